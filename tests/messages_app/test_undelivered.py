"""A delivery that did not arrive is somebody's work until it has, or its addressee was told otherwise."""

import pytest
from django.urls import reverse

from clients.models import WorkItem
from messages_app import receipts, taking
from messages_app.models import Delivery, Message
from secretariat import clock
from secretariat.outbox.models import Effect


@pytest.fixture
def message(call, priya, okafor):
    return taking.take_message(
        call=call,
        by=priya.user,
        at=clock.now(),
        answers=[],
        contact=okafor.owner,
        caller_name="Dana Reyes",
        caller_firm="",
        call_back_on="",
        text="Ring back",
    )


@pytest.fixture
def delivery(office, message, monkeypatch):
    """The mail to the owner: nobody can tell whether the server took it."""
    from secretariat.channels import Silent, email

    def silent(**_mail):
        raise Silent("timeout")

    with monkeypatch.context() as down:
        down.setattr(email, "send", silent)
        office.settle()
    found = message.deliveries.get(channel="email")
    assert found.state == Delivery.State.UNKNOWN
    return found


@pytest.fixture
def item(delivery):
    return WorkItem.objects.get(kind="outbox.effect", subject_id=delivery.effect_id)


def test_sent_again_from_the_list_of_work_it_reaches_the_client(office, desk, delivery, item, mailoutbox):
    desk.post(reverse("work-send-again", args=[item.pk]))
    office.settle()
    delivery.refresh_from_db()
    assert delivery.state == Delivery.State.ACCEPTED
    assert delivery.effect.key.endswith("#2")
    assert len(mailoutbox) == 1
    again = delivery.message.events.get(verb="sent_again")
    assert again.by.name == "Priya"


def test_sent_again_from_the_messages_page_the_work_is_done(office, desk, delivery, item, mailoutbox):
    desk.post(reverse("messages-send-again", args=[delivery.message_id, delivery.pk]))
    office.settle()
    item.refresh_from_db()
    assert (item.outcome, item.done_by.name) == ("Sent again", "Priya")
    assert len(mailoutbox) == 1
    assert not Effect.objects.filter(state="cancelled").exists()


def test_somebody_who_was_told_by_telephone_is_no_work_any_more(desk, delivery, item):
    desk.post(reverse("messages-told", args=[delivery.message_id, delivery.pk]))
    item.refresh_from_db()
    assert item.outcome == "Acknowledged"
    assert Message.objects.get().acknowledged_how == "told"


def test_what_arrived_after_all_is_no_work_any_more(delivery, item):
    receipts.move(delivery, Delivery.State.DELIVERED)
    item.refresh_from_db()
    assert item.outcome == "It arrived after all"
    assert item.done_by is None


def test_the_work_leads_to_the_message(desk, delivery, item):
    page = desk.get(reverse("work-item", args=[item.pk])).content.decode()
    assert reverse("messages-message", args=[delivery.message_id]) in page
    assert "nobody can tell whether it arrived" in page
