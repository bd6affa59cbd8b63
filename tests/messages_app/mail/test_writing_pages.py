"""The pages of writing in a client's name: at the desk, and in the portal."""

from datetime import timedelta

import pytest
from django.core import mail as postbox
from django.urls import reverse

from clients import suppressing
from clients.models import WorkItem
from messages_app.answering import approving, drafting, templates
from messages_app.models import ClientQuestion, MailThread, OutgoingMail
from secretariat import clock
from secretariat.outbox.models import Effect

State = OutgoingMail.State


@pytest.fixture
def thread(mailbox, writes):
    mailbox.tone, mailbox.signature = "Brief and warm", "Ngozi Okafor"
    mailbox.save()
    writes("When do you open on Monday?", Message_ID="<first@harlow.example>")
    return MailThread.objects.get()


@pytest.fixture
def begun(desk, thread):
    answer = desk.post(reverse("inbox-answer", args=[thread.pk]))
    assert answer.status_code == 303
    return OutgoingMail.objects.get()


def page_of(browser, name, *ids):
    return browser.get(reverse(name, args=ids)).content.decode()


def typed(**facts):
    usual = {"to": "dana@harlow.example", "subject": "Re: Hours", "words": "We open at nine.", "quote": "on"}
    return usual | facts


def test_an_answer_is_begun_kept_and_sent_from_the_desk(office, desk, begun, thread):
    page = page_of(desk, "outgoing", begun.pk)
    for words in ("Brief and warm", "Ngozi Okafor", "When do you open on Monday?", "dana@harlow.example"):
        assert words in page
    kept = desk.post(reverse("outgoing-draft", args=[begun.pk]), typed(revision="0"))
    assert kept.json()["revision"] == 1
    assert (
        desk.post(reverse("outgoing-draft", args=[begun.pk]), typed(words="x", revision="0")).status_code
        == 409
    )
    assert "We open at nine." in page_of(desk, "outgoing", begun.pk)
    sent = desk.post(reverse("outgoing-send", args=[begun.pk]), typed(revision="1"))
    assert sent.status_code == 303
    assert reverse("outgoing-undo", args=[begun.pk]) in page_of(desk, "outgoing", begun.pk)
    office.passes(11)
    assert "Dana Reyes wrote:" in postbox.outbox[0].body
    assert "> When do you open on Monday?" in postbox.outbox[0].body
    assert "-- \nNgozi Okafor" in postbox.outbox[0].body
    assert "We open at nine." in page_of(desk, "inbox-thread", thread.pk)
    assert "We open at nine." in page_of(desk, "outgoing", begun.pk)


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"to": "dana"}, "no address that can be written to"),
        ({"to": ""}, "This field is required"),
        ({"words": "Dear {name}"}, "Fill in {name} first"),
        ({"send_on": "2026-11-30"}, "Say the day and the time"),
        ({"send_on": "2020-01-01", "send_at": "10:00"}, "That moment is over"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(desk, begun, facts, told):
    answer = desk.post(reverse("outgoing-send", args=[begun.pk]), typed(revision="0", **facts))
    assert answer.status_code == 422
    assert told in answer.content.decode()
    begun.refresh_from_db()
    assert begun.state == State.DRAFTING
    assert all(begun.values[name] == value for name, value in facts.items())


def test_that_mail_to_somebody_came_back_is_said_before_and_when_it_is_answered(desk, begun, thread):
    assert "came back" not in page_of(desk, "inbox-thread", thread.pk)
    suppressing.suppress("email", "dana@harlow.example", "bounced", at=clock.now())
    told = "Nothing is sent to dana@harlow.example: mail came back for good."
    assert told in page_of(desk, "inbox-thread", thread.pk)
    refused = desk.post(reverse("outgoing-send", args=[begun.pk]), typed(revision="0"))
    assert refused.status_code == 422
    assert told in refused.content.decode()


def test_somebody_else_sees_who_writes_and_may_take_over(office, desk, begun, thread, okafor):
    rui = office.browser(office.secretary("Rui", okafor))
    assert "Priya has been writing an answer" in page_of(rui, "inbox-thread", thread.pk)
    rui.post(reverse("inbox-answer", args=[thread.pk]))
    thread.refresh_from_db()
    assert thread.claimed_by.name == "Priya"
    rui.post(reverse("inbox-answer", args=[thread.pk]), {"over": "1"})
    assert "Rui has taken this over" in page_of(desk, "outgoing", begun.pk)


def test_what_waits_for_its_hour_says_it_by_both_clocks(office, desk, begun, priya):
    priya.user.zone = "Asia/Tokyo"
    priya.user.save()
    later = typed(revision="0", send_on="2026-11-30", send_at="09:00")
    assert desk.post(reverse("outgoing-send", args=[begun.pk]), later).status_code == 303
    page = page_of(desk, "outgoing", begun.pk)
    assert (
        "It leaves Mon 30 Nov at 09:00 by the client’s clock, in Lagos: Mon 30 Nov at 17:00 by yours." in page
    )


@pytest.mark.parametrize("how", ["again", "left"])
def test_what_nobody_can_tell_for_so_long_that_its_words_are_gone(office, desk, begun, monkeypatch, how):
    def cut(message):
        raise TimeoutError("cut after the words")

    with monkeypatch.context() as cutting:
        cutting.setattr("django.core.mail.EmailMessage.send", cut)
        desk.post(reverse("outgoing-send", args=[begun.pk]), typed(revision="0"))
        office.passes(11)
    begun.refresh_from_db()
    assert begun.state == State.UNKNOWN
    Effect.objects.filter(pk=begun.effect_id).update(payload={}, emptied_at=clock.now())
    assert desk.post(reverse("outgoing-settle", args=[begun.pk]), {"how": how}).status_code == 303
    page = page_of(desk, "outgoing", begun.pk)
    assert not WorkItem.objects.open().filter(kind="outbox.effect").exists()
    if how == "left":
        assert "We open at nine." in page_of(desk, "inbox-thread", begun.thread_id)
        return
    assert "send it anew" in page
    again = typed(revision=str(OutgoingMail.objects.get().revision))
    assert desk.post(reverse("outgoing-send", args=[begun.pk]), again).status_code == 303
    office.passes(11)
    assert len(postbox.outbox) == 1


def test_a_template_is_written_and_filled_in(desk, begun, okafor, priya):
    desk.post(
        reverse("mail-template-new"),
        {"client": okafor.row.pk, "name": "Hours", "words": "Dear {first_name}, {day} we open at nine."},
    )
    assert "Hours" in page_of(desk, "mail-templates")
    (template,) = templates.MailTemplate.objects.all()
    desk.post(
        reverse("outgoing-fill", args=[begun.pk]),
        typed(revision="0", words="And more.", template=template.pk),
    )
    begun.refresh_from_db()
    assert begun.values["words"] == "Dear Dana, {day} we open at nine.\n\nAnd more."
    assert "Fill in yourself: {day}" in page_of(desk, "outgoing", begun.pk)
    send = reverse("outgoing-send", args=[begun.pk])
    for gap in ({"words": "On {day}, {sic}"}, {"subject": "{day}"}):
        refused = desk.post(send, typed(revision="0", **gap))
        assert "Fill in {day} first" in refused.content.decode()
    assert desk.post(send, typed(revision="0", words="As typed: {sic}")).status_code == 303


def test_the_client_approves_in_the_portal_with_the_difference_before_her(office, desk, begun, okafor):
    begun.mailbox.needs_approval = True
    begun.mailbox.save()
    portal = office.browser(okafor.owner)
    assert "Nothing waits for you" in page_of(portal, "mail-approvals")
    desk.post(reverse("outgoing-send", args=[begun.pk]), typed(revision="0"))
    assert "Re: Hours" in page_of(portal, "mail-approvals")
    decide = reverse("mail-approval-decide", args=[begun.pk])
    portal.post(decide, {"version": "1", "decision": "change", "note": "Half past eight."})
    assert "Half past eight." in page_of(desk, "outgoing", begun.pk)
    again = typed(words="We open at half past eight.", revision=str(OutgoingMail.objects.get().revision))
    desk.post(reverse("outgoing-send", args=[begun.pk]), again)
    page = page_of(portal, "mail-approval", begun.pk)
    assert "<ins> half past eight.</ins>" in page
    assert "<del> nine.</del>" in page
    portal.post(decide, {"version": "1", "decision": "approve"})
    assert approving.latest(begun).decision == ""
    portal.post(decide, {"version": "2", "decision": "approve"})
    office.passes(11)
    assert "half past eight" in postbox.outbox[-1].body
    assert "Written in your name" in page_of(portal, "mail-approvals")


def test_copies_and_files_that_changed_stand_in_the_difference_too(office, desk, begun, okafor):
    begun.mailbox.needs_approval = True
    begun.mailbox.save()
    facts = {"by": begun.author, "at": clock.now()}
    plan = drafting.enclose(begun, name="plan.pdf", content=b"%PDF-1 the plan", **facts)
    drafting.enclose(begun, name="map.pdf", content=b"%PDF-1 the map", **facts)
    desk.post(reverse("outgoing-send", args=[begun.pk]), typed(revision="0", cc="kim@brill.example"))
    portal, send = office.browser(okafor.owner), reverse("outgoing-send", args=[begun.pk])
    asked = {"version": "1", "decision": "change", "note": "The new plan, please."}
    portal.post(reverse("mail-approval-decide", args=[begun.pk]), asked)
    drafting.take_out(plan)
    drafting.enclose(begun, name="plan.pdf", content=b"%PDF-1 another plan", **facts)
    drafting.enclose(begun, name="price.pdf", content=b"%PDF-1 the price", **facts)
    desk.post(send, typed(revision="1", cc="tom@brill.example", bcc="lee@brill.example"))
    rui = office.browser(office.secretary("Rui", okafor))
    for page in (page_of(portal, "mail-approval", begun.pk), page_of(rui, "outgoing", begun.pk)):
        difference = page.partition("What changed since the last version")[2]
        assert "<del>kim@brill.example</del> <ins>tom@brill.example</ins>" in difference
        assert "<ins>lee@brill.example</ins>" in difference
        assert "<ins>price.pdf</ins>" in difference
        assert "plan.pdf has other contents" in difference
        assert "map.pdf" not in difference.partition("</article>")[0].partition("mail-words")[0]


def test_at_the_desk_too_the_version_that_was_read_is_decided_upon(office, desk, begun, okafor):
    begun.mailbox.needs_approval = True
    begun.mailbox.save()
    desk.post(reverse("outgoing-send", args=[begun.pk]), typed(revision="0"))
    rui = office.browser(office.secretary("Rui", okafor))
    assert '<input type="hidden" name="version" value="1">' in page_of(rui, "outgoing", begun.pk)
    desk.post(reverse("outgoing-take-back", args=[begun.pk]))
    desk.post(reverse("outgoing-send", args=[begun.pk]), typed(revision="1", words="We open at ten."))
    decide = reverse("outgoing-decide", args=[begun.pk])
    for said in ({"decision": "approve"}, {"decision": "change", "note": "Nine?"}):
        told = rui.post(decide, said | {"version": "1"}, follow=True).content.decode()
        assert "There is a newer version. Here it is." in told
        assert approving.latest(begun).decision == ""
    rui.post(decide, {"version": "2", "decision": "approve"})
    office.passes(11)
    assert "We open at ten." in postbox.outbox[0].body


def test_the_client_answers_a_question_in_the_portal(office, desk, begun, okafor):
    asked = {"contact": okafor.owner.pk, "question": "May I offer Tuesday?"}
    desk.post(reverse("outgoing-ask", args=[begun.pk]), asked)
    question = ClientQuestion.objects.get()
    portal = office.browser(okafor.owner)
    assert "May I offer Tuesday?" in page_of(portal, "mail-question", question.pk)
    portal.post(reverse("mail-question-answer", args=[question.pk]), {"answer": "Yes, at ten."})
    address = reverse("outgoing", args=[begun.pk])
    asked_again = desk.get(address, headers={"HX-Request": "true", "HX-Target": "asked"})
    assert "Yes, at ten." in asked_again.content.decode()
    assert "HX-Reselect" not in asked_again  # that part alone, beside the form she types in
    becomes_a_form = desk.get(address, headers={"HX-Request": "true", "HX-Target": "outgoing"})
    assert becomes_a_form["HX-Reselect"] == "#outgoing"


def test_lists_say_what_will_stand_in_them(desk, mailbox, priya):
    assert "Nothing is being written" in page_of(desk, "outgoing-list")
    assert "No templates yet" in page_of(desk, "mail-templates")
    begun = desk.post(reverse("outgoing-new"), {"mailbox": mailbox.pk, "to": "new@harlow.example"})
    assert begun.status_code == 303
    assert "new@harlow.example" in page_of(desk, "outgoing-list")
    drafting.drop(OutgoingMail.objects.get(), by=priya.user, at=clock.now())
    assert "new@harlow.example" not in page_of(desk, "outgoing-list")


def test_what_was_sent_long_ago_is_on_a_later_page(desk, mailbox, priya, okafor):
    at, whose = clock.now(), {"client": okafor.row, "mailbox": mailbox, "author": priya.user}
    OutgoingMail.objects.bulk_create(
        OutgoingMail(**whose, state="sent", subject=f"Sent {n:02}", began_at=at - timedelta(hours=n))
        for n in range(30)
    )
    first = desk.get(reverse("outgoing-list"), {"show": "sent"})
    assert ("Sent 24" in first.content.decode(), "Sent 25" in first.content.decode()) == (True, False)
    second = desk.get(reverse("outgoing-list"), {"show": "sent", "after": first.context["next"]})
    assert "Sent 29" in second.content.decode()
    assert "Older" not in second.content.decode()
