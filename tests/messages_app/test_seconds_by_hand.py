"""The seconds in which a message is passed on by hand are kept, beside the message itself."""

import pytest
from django.urls import reverse

from clients.models import WorkRecord
from messages_app import taking
from messages_app.models import InboundText, Message
from secretariat import clock


@pytest.fixture
def message(office, call, priya, okafor) -> Message:
    facts = {"contact": okafor.owner, "caller_name": "Dana Reyes", "caller_firm": "", "call_back_on": ""}
    made = taking.take_message(
        call=call, by=priya.user, at=clock.now(), answers=[], text="Ring back", **facts
    )
    office.passes(300)  # whatever was still to be finished of the call is
    return made


def test_what_is_rung_and_sent_by_hand_is_kept_and_the_message_is_not_counted_by_it(
    office, okafor, priya, desk, message
):
    page = reverse("messages-message", args=[message.pk])
    whom = {"contact": str(okafor.owner.pk)}
    for seconds, verb, said in (
        (70, "messages-rang", {"result": "left_message"}),
        (20, "messages-deliver", {"channel": "email"}),
    ):
        began = desk.get(page).context["began"]
        office.passes(seconds)
        assert desk.post(reverse(verb, args=[message.pk]), whom | said | {"began": began}).status_code == 303
    records = WorkRecord.objects.filter(kind="desk", secretary=priya).order_by("started_at")
    assert [(each.ended_at - each.started_at).total_seconds() for each in records] == [70, 20]
    assert {(each.subject_kind, each.subject_id) for each in records} == {
        ("messages_app.passed_on", message.pk)
    }


def test_what_could_not_be_done_is_not_kept(office, desk, message):
    began = desk.get(reverse("messages-message", args=[message.pk])).context["began"]
    office.passes(30)
    desk.post(reverse("messages-rang", args=[message.pk]), {"result": "left_message", "began": began})
    assert not WorkRecord.objects.filter(kind="desk").exists()


@pytest.mark.parametrize(("verb", "said"), [("answer", {"words": "From ten to four."}), ("done", {})])
def test_a_text_that_was_answered_or_put_aside(office, okafor, priya, desk, verb, said):
    facts = {"client": okafor.row, "number": "+447700900124", "words": "Is the shop open?"}
    text = InboundText.objects.create(came_at=clock.now(), **facts)
    began = desk.get(reverse("messages-text-came", args=[text.pk])).context["began"]
    office.passes(25)
    page = reverse(f"messages-text-{verb}", args=[text.pk])
    assert desk.post(page, said | {"began": began}).status_code == 303
    record = WorkRecord.objects.get(kind="desk")
    assert (record.client, record.secretary, record.subject_id) == (okafor.row, priya, text.pk)
    assert (record.ended_at - record.started_at).total_seconds() == 25
    desk.post(reverse("messages-text-done", args=[text.pk]), {"began": began})  # it was seen to
    assert WorkRecord.objects.count() == 1
