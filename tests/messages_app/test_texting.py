"""The client answers by text: OK, a code, words, STOP; and texts that answer nothing are read by somebody."""

import pytest
from django.conf import settings
from django.urls import reverse

from clients.models import ContactAddress, DeliveryRule, Suppression, WorkItem
from messages_app import taking
from messages_app.models import Delivery, InboundText, Message
from secretariat import clock
from secretariat.local.carrier import Party
from tests.messages_app.test_consent import REPORT


@pytest.fixture
def number(okafor):
    DeliveryRule.objects.create(client=okafor.row, contact=okafor.owner, channel="text")
    return ContactAddress.objects.get(contact=okafor.owner, kind="mobile").value


@pytest.fixture
def take(call, priya, okafor):
    def taken(**said):
        from calls.models import Call

        another = Message.objects.exists() and Call.objects.create(
            client=call.client,
            line=call.line,
            carrier_id=f"CA{Message.objects.count():032}",
            state=Call.State.WRAP_UP,
            secretary=priya,
            rang_at=clock.now(),
            answered_at=clock.now(),
            ended_at=clock.now(),
        )
        facts = {"contact": okafor.owner, "caller_name": "Dana Reyes", "text": "Ring back.", "urgency": 1}
        facts |= {"caller_firm": "", "call_back_on": ""}
        return taking.take_message(
            call=another or call, by=priya.user, at=clock.now(), answers=[], **(facts | said)
        )

    return taken


def texts(office, number) -> list[str]:
    return [m.body for m in office.carrier.messages.by_sid.values() if m.to == number]


def says(office, number, body, to=None):
    office.carrier.control.text(to or settings.TWILIO_TEXT_FROM, number, body)
    office.settle()


@pytest.mark.parametrize("body", ["OK", "ok.", "1"])
def test_ok_acknowledges_the_only_one(office, take, number, body):
    message = take()
    office.settle()
    assert "Reply OK, or open" in texts(office, number)[0]  # no code while none is needed
    says(office, number, body)
    message.refresh_from_db()
    assert (message.state, message.acknowledged_how) == ("acknowledged", "text")


def test_with_two_open_a_bare_ok_is_asked_back_and_the_code_decides(office, take, number):
    first, second = take(), take(caller_name="Hugo Silva")
    office.settle()
    assert ["Reply OK, or" in texts(office, number)[0], "Reply OK 2, or" in texts(office, number)[1]] == [
        True
    ] * 2
    says(office, number, "OK")
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.acknowledged_at is second.acknowledged_at is None
    asked = texts(office, number)[-1]
    assert "2 messages are open" in asked
    assert "OK 1 for the one of" in asked
    assert "OK 2 for the one of" in asked
    assert "Dana" not in asked
    says(office, number, "2 ok")
    second.refresh_from_db()
    assert second.acknowledged_how == "text"
    says(office, number, "ok")
    first.refresh_from_db()
    assert first.acknowledged_how == "text"


def test_words_are_a_reply_to_the_newest_that_is_open(office, take, number):
    message = take()
    office.settle()
    says(office, number, "Tell her Tuesday")
    assert message.replies.get().text == "Tell her Tuesday"


def test_stop_ends_texts_is_shown_and_start_brings_them_back(office, take, number, desk, okafor):
    says(office, number, "STOP")
    assert Suppression.objects.get().because == "stop"
    message = take()
    office.settle()
    delivery = message.deliveries.get(channel="text")
    assert delivery.state == Delivery.State.FAILED
    assert texts(office, number) == []
    page = desk.get(reverse("messages-message", args=[message.pk])).content.decode()
    assert "Texted STOP on" in page
    people = office.browser(okafor.owner).get(reverse("people")).content.decode()
    assert "Texted STOP" in people
    says(office, number, "START")
    take(caller_name="Hugo")
    office.settle()
    assert len(texts(office, number)) == 1


def test_stopped_while_it_waited_it_is_not_sent(office, take, number, okafor):
    from clients import suppressing

    message = take()
    suppressing.suppress("text", number, "stop", at=clock.now())
    office.settle()
    assert texts(office, number) == []
    assert message.deliveries.get(channel="text").state == Delivery.State.FAILED


def test_an_opted_out_number_that_the_carrier_refuses_is_remembered(office, take, number, monkeypatch):
    from secretariat.channels import Refused, text

    def refuses(**_text):
        raise Refused("21610", permanent=True)

    monkeypatch.setattr(text, "send", refuses)
    take()
    office.settle()
    assert Suppression.objects.get(address=number).because == "refused"


def test_the_ladder_goes_to_the_next_channel_at_once(office, take, number, okafor):
    from clients import suppressing

    suppressing.suppress("text", number, "stop", at=clock.now())
    office.carrier.add_party(number, Party())
    take(urgency=3)
    office.settle()
    assert len(office.carrier.control.legs_of(number)) == 1


def test_a_text_that_answers_nothing_is_read_and_answered_at_the_desk(office, desk, okafor, priya):
    stranger = "+447700900777"
    says(office, stranger, "Is the shop open on Sunday?", to=okafor.number)
    text = InboundText.objects.get()
    assert (text.client, text.words) == (okafor.row, "Is the shop open on Sunday?")
    item = WorkItem.objects.get(kind="messages.stray_text")
    assert (
        reverse("messages-text-came", args=[text.pk])
        in desk.get(reverse("work-item", args=[item.pk])).content.decode()
    )
    address = reverse("messages-text-answer", args=[text.pk])
    assert desk.post(address, {"words": ""}).status_code == 422
    desk.post(address, {"words": "From ten to four."})
    office.settle()
    assert texts(office, stranger) == ["From ten to four."]
    item.refresh_from_db()
    assert item.outcome == "Answered by text"
    assert "From ten to four." in desk.get(reverse("messages-text-came", args=[text.pk])).content.decode()


def test_a_text_of_nobody_is_the_firms_to_read(office, desk, okafor):
    says(office, "+447700900777", "Hello?")
    text = InboundText.objects.get()
    address = reverse("messages-text-came", args=[text.pk])
    assert text.client is None
    assert desk.get(address).status_code == 404
    assert "Hello?" in office.browser(office.supervisor()).get(address).content.decode()


def test_a_mailbox_that_does_not_exist_is_not_written_to_again(office, take, okafor, mailoutbox):
    from anymail.inbound import AnymailInboundMessage
    from anymail.signals import AnymailInboundEvent, inbound

    ContactAddress.objects.filter(contact=okafor.owner, kind="email").update(value="ada@example.com")
    first = take()
    office.settle()
    sent = first.deliveries.get(channel="email").receipt
    mail = AnymailInboundMessage.parse_raw_mime_bytes(REPORT.replace(b"<key@office.example>", sent.encode()))
    inbound.send(
        sender=object(), event=AnymailInboundEvent(event_type="inbound", message=mail), esp_name="Test"
    )
    office.settle()
    assert Suppression.objects.get().address == "ada@example.com"
    message = take()
    office.settle()
    assert len(mailoutbox) == 1
    assert "came back for good" in message.deliveries.get(channel="email").error
