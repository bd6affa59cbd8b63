"""From the form on the desk to the client who acknowledges, over the real views, outbox and carrier."""

import re

import pytest
from django.urls import reverse

from clients.models import Contact, DeliveryRule, Prompt, WorkItem
from messages_app.models import Draft, Message


@pytest.fixture
def said(call, okafor):
    return {
        "contact": str(okafor.owner.pk),
        "caller_name": "Dana Reyes",
        "caller_firm": "Reyes Property",
        "call_back_on": "+44 7700 900123",
        "text": "The landlord has sent a new draft.",
        "urgency": "1",
        "call_type": str(okafor.row.call_types.get().pk),
    }


def take(desk, call, said):
    return desk.post(reverse("messages-take", args=[call.pk]), said)


def test_a_message_goes_to_the_client_by_portal_and_mail(office, desk, call, said, okafor, mailoutbox):
    assert take(desk, call, said).status_code == 303
    office.settle()

    message = Message.objects.get()
    assert message.call_back_on == "+447700900123"
    assert message.state == Message.State.DELIVERED
    assert {(d.channel, d.state) for d in message.deliveries.all()} == {
        ("portal", "accepted"),
        ("email", "accepted"),
    }
    [mail] = mailoutbox
    assert mail.to == ["owner.of.okafor.legal@clients.example"]
    assert "The landlord has sent a new draft." in mail.body
    assert "Dana" not in mail.subject
    call.refresh_from_db()
    assert (call.state, call.outcome) == ("closed", "message")


def test_an_urgent_message_is_texted_too_and_the_text_names_no_caller(office, desk, call, said, okafor):
    DeliveryRule.objects.create(client=okafor.row, contact=okafor.owner, channel="text", at_least=3)
    take(desk, call, said | {"urgency": "3"})
    office.passes(10)
    delivery = Message.objects.get().deliveries.get(channel="text")
    assert delivery.state == "delivered"
    [text] = [m for m in office.carrier.messages.by_sid.values() if m.to == delivery.address]
    assert "Urgent message for Okafor Legal" in text.body
    assert "Dana" not in text.body


def test_sending_twice_sends_once(office, desk, call, said, mailoutbox):
    take(desk, call, said)
    take(desk, call, said)
    office.settle()
    assert Message.objects.count() == 1
    assert len(mailoutbox) == 1


def test_what_is_missing_is_said_and_nothing_typed_is_lost(desk, call, said, okafor):
    okafor.row.read_back_required = True
    okafor.row.save()
    answer = take(desk, call, said | {"call_back_on": "12", "text": "Half a thought"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "cannot be dialled" in page or "not a number that can be dialled" in page
    assert "Half a thought" in page
    assert not Message.objects.exists()
    assert Draft.objects.get(call=call).values["text"] == "Half a thought"


def test_a_card_number_is_never_written_down(desk, call, said):
    answer = take(desk, call, said | {"text": "Card 4111 1111 1111 1111, ring back"})
    assert answer.status_code == 422
    assert "4111 1111 1111 1111" not in answer.content.decode()
    assert "4111" not in str(Draft.objects.get(call=call).values)


def test_the_client_acknowledges_by_the_link_in_the_mail(office, desk, call, said, client, mailoutbox):
    take(desk, call, said)
    office.settle()
    link = re.search(r"http://testserver(/m/\S+)", mailoutbox[0].body)[1]
    page = client.get(link)
    assert "The landlord has sent a new draft." in page.content.decode()
    assert Message.objects.get().acknowledged_at is None  # a mail scanner opens links too

    client.post(f"{link}acknowledge/")
    message = Message.objects.get()
    assert (message.state, message.acknowledged_how) == ("acknowledged", "link")


def test_a_forged_link_finds_nothing_and_an_old_one_says_so(office, desk, call, said, client, mailoutbox):
    take(desk, call, said)
    office.settle()
    link = re.search(r"http://testserver(/m/\S+)", mailoutbox[0].body)[1]
    assert client.get(link[:-3] + "xx/").status_code == 404
    from messages_app import links

    links.GOOD_FOR, kept = -links.GOOD_FOR, links.GOOD_FOR
    try:
        answer = client.get(link)
    finally:
        links.GOOD_FOR = kept
    assert answer.status_code == 410
    assert "no longer opens" in answer.content.decode()


def test_a_reply_lands_on_the_desk_and_acknowledges(office, desk, call, said, okafor):
    take(desk, call, said)
    message = Message.objects.get()
    portal = office.browser(okafor.owner)
    portal.post(reverse("messages-portal-reply", args=[message.pk]), {"text": "Tell her yes."})
    message.refresh_from_db()
    assert message.acknowledged_how == "portal"
    assert "Tell her yes." in desk.get(reverse("messages-message", args=[message.pk])).content.decode()
    item = WorkItem.objects.get(kind="messages.reply")
    reply = message.replies.get()
    desk.post(reverse("messages-reply-read", args=[message.pk, reply.pk]))
    item.refresh_from_db()
    assert item.done_at is not None


def test_a_correction_is_sent_and_the_original_stays(office, desk, call, said, mailoutbox):
    take(desk, call, said)
    original = Message.objects.get()
    desk.post(
        reverse("messages-correct", args=[original.pk]),
        said | {"text": "The tenant has sent a new draft.", "note": "It was the tenant."},
    )
    office.settle()
    correction = original.corrected_by
    assert correction.text == "The tenant has sent a new draft."
    original.refresh_from_db()
    assert original.text == "The landlord has sent a new draft."
    assert "It was the tenant." in mailoutbox[-1].body


def test_the_answers_to_questions_are_corrected_too(office, desk, call, said, okafor, mailoutbox):
    message_type = okafor.row.call_types.get()
    day = Prompt.objects.create(client=okafor.row, call_type=message_type, caption="Day")
    gone = Prompt.objects.create(client=okafor.row, call_type=message_type, caption="Matter", rank=1)
    take(desk, call, said | {f"prompt_{day.pk.hex}": "Monday", f"prompt_{gone.pk.hex}": "LD/22"})
    original = Message.objects.get()
    gone.delete()
    address = reverse("messages-correct", args=[original.pk])
    page = desk.get(address).content.decode()
    assert "Monday" in page
    assert "LD/22" in page
    matter = original.answers.get(caption="Matter")
    right = {f"prompt_{day.pk.hex}": "Tuesday", f"answer_{matter.pk.hex}": "LD/23", "note": "The day"}
    desk.post(address, said | right)
    office.settle()
    answers = original.corrected_by.answers.values_list("caption", "value")
    assert sorted(answers) == [("Day", "Tuesday"), ("Matter", "LD/23")]
    assert original.answers.get(caption="Day").value == "Monday"
    assert "Tuesday" in mailoutbox[-1].body


def test_nought_is_an_answer(desk, call, said, okafor):
    message_type = okafor.row.call_types.get()
    facts = {"client": okafor.row, "call_type": message_type, "caption": "How many rooms?", "kind": "number"}
    rooms = Prompt.objects.create(**facts)
    take(desk, call, said | {f"prompt_{rooms.pk.hex}": "0"})
    assert Message.objects.get().answers.get().value == "0"


def test_what_arrives_after_the_message_was_sent_is_not_kept(desk, call, said):
    take(desk, call, said)
    late = desk.post(reverse("messages-draft", args=[call.pk]), said | {"revision": "0"})
    assert late.status_code == 200
    assert not Draft.objects.exists()


def test_a_correction_holds_no_card_number_either(desk, call, said):
    take(desk, call, said)
    original = Message.objects.get()
    wrong = said | {"text": "Card 4111 1111 1111 1111", "note": "More"}
    answer = desk.post(reverse("messages-correct", args=[original.pk]), wrong)
    assert answer.status_code == 422
    assert "4111 1111" not in answer.content.decode()
    assert not Message.objects.filter(corrects=original).exists()


def test_a_member_sees_only_what_is_addressed_to_her(office, desk, call, said, okafor):
    ada = office.contact(okafor, "Ada Member")
    take(desk, call, said)
    message = Message.objects.get()
    portal = office.browser(ada)
    assert portal.get(reverse("messages-portal-message", args=[message.pk])).status_code == 404
    assert "Dana Reyes" not in portal.get(reverse("messages-portal")).content.decode()


def test_a_member_reads_how_she_was_told_and_not_how_others_were(office, desk, call, said, okafor):
    ada = office.contact(okafor, "Ada Member")
    DeliveryRule.objects.create(
        client=okafor.row, contact=okafor.owner, channel="email", even_if_not_addressed=True
    )
    take(desk, call, said | {"contact": str(ada.pk)})
    message = Message.objects.get()
    address = reverse("messages-portal-message", args=[message.pk])
    assert okafor.owner.name not in office.browser(ada).get(address).content.decode()
    assert "Ada Member" in office.browser(okafor.owner).get(address).content.decode()


def test_changing_the_call_type_moves_answers_along(desk, call, said, okafor):
    message_type = okafor.row.call_types.get()
    about = Prompt.objects.create(client=okafor.row, call_type=message_type, caption="About")
    matter = Prompt.objects.create(client=okafor.row, call_type=message_type, caption="Matter", rank=1)
    court = okafor.row.call_types.create(client=okafor.row, name="Court", rank=2)
    there = Prompt.objects.create(client=okafor.row, call_type=court, caption="About")
    typed = said | {
        f"prompt_{about.pk.hex}": "Lease",
        f"prompt_{matter.pk.hex}": "LD/22",
        "change_to": str(court.pk),
        "revision": "0",
    }
    page = desk.post(reverse("messages-form", args=[call.pk]), typed).content.decode()
    values = Draft.objects.get(call=call).values
    assert values[f"prompt_{there.pk.hex}"] == "Lease"
    assert values["also_noted"] == "Matter: LD/22"
    assert "The landlord has sent a new draft." in page


def test_no_message_needs_a_reason(desk, call):
    assert desk.post(reverse("messages-none", args=[call.pk]), {}).status_code == 422
    desk.post(reverse("messages-none", args=[call.pk]), {"reason": "wrong_number"})
    call.refresh_from_db()
    assert (call.state, call.outcome, call.no_message_reason) == ("closed", "no_message", "wrong_number")


def test_a_message_that_reaches_nobody_becomes_work(office, desk, call, said, okafor):
    Contact.objects.filter(client=okafor.row).update(is_active=False)
    take(desk, call, said | {"contact": ""})
    assert WorkItem.objects.filter(kind="messages.nobody", done_at=None).count() == 1
    assert Message.objects.get().state == Message.State.UNDELIVERED
