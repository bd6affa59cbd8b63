"""Answering in a client's name: claimed, typed, approved, sent, and followed to its end."""

from datetime import timedelta

import pytest
from django.core import mail as postbox

from clients import suppressing
from clients.models import WorkItem, WorkRecord
from messages_app.answering import (
    approving,
    asking_client,
    checking,
    claiming,
    drafting,
    following,
    leaving,
    sending_off,
)
from messages_app.answering.sending_off import HappenedMeanwhile, NotSent, Said
from messages_app.mail import filing, tokens
from messages_app.models import ClientQuestion, Mail, MailThread, OutgoingMail
from secretariat import clock, outbox
from secretariat.outbox.models import Effect

State = OutgoingMail.State


@pytest.fixture
def thread(mailbox, writes):
    writes("When do you open on Monday?", Message_ID="<first@harlow.example>")
    return MailThread.objects.get()


@pytest.fixture
def draft(thread, priya):
    claiming.claim(thread, by=priya.user, at=clock.now())
    return drafting.answer(thread, by=priya.user, at=clock.now())


def said(words="We open at nine.", **facts):
    return Said(
        **{"to": ["dana@harlow.example"], "cc": [], "bcc": [], "subject": "Re: Hours", "words": words} | facts
    )


def sent(draft, by, **facts):
    return sending_off.send(draft, said(**facts), by=by, at=clock.now())


def again(row):
    row.refresh_from_db()
    return row


def held_work(kind):
    return WorkItem.objects.open().filter(kind=kind)


def test_an_answer_leaves_after_ten_seconds_and_stands_in_its_conversation(office, draft, thread, priya):
    assert (draft.values["to"], draft.values["subject"]) == ("dana@harlow.example", "Re: Hours")
    row = sent(draft, priya.user, bcc=["ngozi.private@okafor.example"])
    assert row.state == State.SCHEDULED
    office.passes(9)
    assert not postbox.outbox
    office.passes(2)
    (letter,) = postbox.outbox
    assert again(row).state == State.SENT
    assert letter.recipients() == ["dana@harlow.example", "ngozi.private@okafor.example"]
    head = letter.message()
    assert "via" in head["From"]
    assert "<ngozi@okafor.example>" in tokens.without(head["Reply-To"])
    assert head["In-Reply-To"] == "<first@harlow.example>"
    assert head["References"] == "<first@harlow.example>"
    assert head["Message-ID"] == f"<{row.message_id}>"
    kept = row.mail
    assert (kept.thread, kept.direction, kept.by, kept.words.strip()) == (
        *(thread, Mail.Direction.OUT, priya.user, "We open at nine."),
    )
    assert again(thread).state == MailThread.State.WAITING
    assert thread.claimed_by is None
    assert not WorkItem.objects.open().exists()


def test_pressed_twice_it_is_sent_once(office, draft, priya):
    first = sent(draft, priya.user)
    second = sent(draft, priya.user, words="Other words.")
    office.passes(11)
    assert first.pk == second.pk
    assert [letter.body for letter in postbox.outbox] == ["We open at nine."]


def test_for_ten_seconds_it_can_be_taken_back(office, draft, priya):
    row = sent(draft, priya.user)
    office.passes(8)
    assert leaving.undo(again(row), by=priya.user)
    assert again(row).state == State.DRAFTING
    office.passes(60)
    assert not postbox.outbox
    sent(row, priya.user)
    office.passes(11)
    assert len(postbox.outbox) == 1
    assert not leaving.undo(again(row), by=priya.user)
    assert again(row).state == State.SENT


def test_it_leaves_at_the_hour_that_was_asked_for(office, draft, priya):
    row = sent(draft, priya.user, send_at=clock.now() + timedelta(hours=3))
    office.is_later(3 * 3600 - 60)
    assert not postbox.outbox
    office.passes(120)
    assert again(row).state == State.SENT
    with pytest.raises(NotSent):
        sending_off.send(
            drafting.begin(row.mailbox, by=priya.user, at=clock.now()),
            said(send_at=clock.now() - timedelta(minutes=1)),
            by=priya.user,
            at=clock.now(),
        )


def of_client(thread, text="I told her myself.", message_id="<own@okafor.example>"):
    """The client answers in her own program, as her Sent folder tells."""
    raw = (
        f"From: ngozi@okafor.example\r\nTo: dana@harlow.example\r\nSubject: Re: Hours\r\n"
        f"Message-ID: {message_id}\r\nIn-Reply-To: <first@harlow.example>\r\n\r\n{text}\r\n"
    )
    return filing.file(thread.mailbox, raw.encode(), direction="out", at=clock.now()).mail


def test_that_the_client_answered_herself_is_said_before_it_is_sent(office, draft, thread, priya):
    office.passes(60)
    hers = of_client(thread)
    with pytest.raises(HappenedMeanwhile) as told:
        sent(draft, priya.user)
    assert (told.value.what.how, told.value.what.mail) == (checking.ANSWERED, hers)
    assert again(draft).state == State.DRAFTING
    row = sending_off.send(draft, said(), by=priya.user, at=clock.now(), had_seen=str(hers.pk))
    office.passes(11)
    assert again(row).state == State.SENT


def test_if_she_answers_while_it_waits_to_leave_it_does_not(office, draft, thread, priya):
    row = sent(draft, priya.user)
    office.passes(3)
    of_client(thread)
    office.passes(10)
    assert not postbox.outbox
    assert again(row).state == State.FAILED
    assert "herself" in row.error
    assert held_work(leaving.HELD).get().subject_id == row.pk
    assert row.is_writable


def test_what_came_meanwhile_is_shown_too(office, draft, priya, writes):
    office.passes(60)
    writes(
        "And on Tuesday?",
        about="Re: Hours",
        In_Reply_To="<first@harlow.example>",
        Message_ID="<2@harlow.example>",
    )
    with pytest.raises(HappenedMeanwhile) as told:
        sent(draft, priya.user)
    assert told.value.what.how == checking.MORE_CAME


def test_one_writes_and_the_others_see_it(office, draft, thread, okafor, priya):
    rui = office.secretary("Rui", okafor)
    assert claiming.writes_now(again(thread), at=clock.now()) == priya.user
    assert not claiming.claim(thread, by=rui.user, at=clock.now())
    assert claiming.take_over(thread, by=rui.user, at=clock.now())
    assert claiming.writes_now(again(thread), at=clock.now()) == rui.user
    assert drafting.answer(thread, by=rui.user, at=clock.now()) == draft
    assert claiming.claim(again(thread), by=priya.user, at=clock.now() + claiming.GOES_STALE)


def test_a_draft_is_not_run_over(draft, priya):
    def save(words, revision, **facts):
        values = {"to": "dana@harlow.example", "words": words}
        facts |= {"by": priya.user, "at": clock.now(), "values": values, "revision": revision}
        return drafting.save(draft, **facts)

    assert save("One", 0).outgoing.revision == 1
    assert save("One", 0).outgoing.revision == 1  # whose answer was lost on its way
    with pytest.raises(drafting.StaleDraft) as stale:
        save("Two", 0)
    assert stale.value.kept.values["words"] == "One"
    mine = save("Two", 0, unheard=[stale.value.kept.values])
    assert mine.outgoing.values["words"] == "Two"
    card = save("4111 1111 1111 1111", 2)
    assert "4111" not in card.outgoing.values["words"]
    assert "words" in card.redacted


def test_the_seconds_of_writing_are_kept_raw(draft, priya):
    began = clock.now()
    for n, seconds in enumerate((0, 50, 100, 150, 800, 807)):
        at = began + timedelta(seconds=seconds)
        drafting.save(draft, by=priya.user, at=at, values={"words": f"{n}"}, revision=n)
    sent(again(draft), priya.user)
    kept = list(WorkRecord.objects.filter(kind="mail").order_by("started_at"))
    assert [(each.ended_at - each.started_at).total_seconds() for each in kept] == [150, 7]
    assert kept[0].started_at == began
    assert {each.secretary for each in kept} == {priya}


def test_a_second_person_approves_or_asks_for_a_change(office, draft, okafor, priya):
    draft.mailbox.needs_approval = True
    draft.mailbox.save()
    ngozi = okafor.owner.user
    row = sent(again(draft), priya.user)
    first = approving.latest(row)
    assert row.state == State.AWAITING
    assert not approving.may_decide(first, priya.user)
    assert approving.may_decide(first, ngozi)
    assert held_work(approving.WAITS).exists()
    assert approving.ask_for_change(first, note="Say half past eight.", by=ngozi, at=clock.now())
    assert again(row).state == State.CHANGES
    assert held_work(approving.CHANGES_WANTED).get().owner == priya.user
    row = sent(row, priya.user, words="We open at half past eight.")
    second = approving.latest(row)
    assert (second.number, approving.before(second)) == (2, first)
    assert not approving.approve(first, by=ngozi, at=clock.now())
    assert approving.approve(second, by=ngozi, at=clock.now())
    assert not approving.approve(second, by=ngozi, at=clock.now())
    office.passes(11)
    assert [letter.body for letter in postbox.outbox] == ["We open at half past eight."]
    assert again(row).approved_by == ngozi
    assert not WorkItem.objects.open().exists()


def test_what_waits_for_approval_can_be_taken_back_by_its_author(office, draft, priya):
    draft.mailbox.needs_approval = True
    draft.mailbox.save()
    row = sent(again(draft), priya.user)
    assert approving.take_back(row, by=priya.user, at=clock.now())
    assert again(row).state == State.DRAFTING
    assert not approving.take_back(row, by=priya.user, at=clock.now())


def test_nothing_goes_to_an_address_that_came_back(office, draft, priya):
    row = sent(draft, priya.user)
    suppressing.suppress("email", "dana@harlow.example", "bounced", at=clock.now())
    office.passes(11)
    assert not postbox.outbox
    assert again(row).state == State.FAILED
    assert held_work(leaving.HELD).exists()


def test_what_comes_back_is_suppressed_and_shown(office, draft, priya):
    row = sent(draft, priya.user)
    office.passes(11)
    report = (
        "From: mailer-daemon@harlow.example\r\nTo: office@firm.example\r\nSubject: Undeliverable\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; mx.harlow.example\r\n\r\n"
        "Final-Recipient: rfc822; dana@harlow.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <{row.message_id}>\r\n\r\n--b--\r\n"
    )
    for _ in range(2):
        assert following.reported(report.encode(), at=clock.now())
    assert again(row).fates["dana@harlow.example"]["state"] == "bounced"
    assert checking.refused_addresses(["dana@harlow.example"])
    assert held_work(following.CAME_BACK).count() == 1
    assert following.told(again(row).receipt, "delivered", "dana@harlow.example", "", at=clock.now())
    assert again(row).fates["dana@harlow.example"]["state"] == "bounced"
    assert following.told(row.receipt, "complained", "dana@harlow.example", "spam", at=clock.now())
    assert again(row).fates["dana@harlow.example"]["state"] == "complained"
    assert not following.told("somebody else's", "bounced", "x@y.example", "", at=clock.now())


def cut(message):
    raise TimeoutError("cut after the words")


def test_what_nobody_can_tell_is_shown_to_a_person_who_settles_it(office, draft, priya, monkeypatch):
    monkeypatch.setattr("django.core.mail.EmailMessage.send", cut)
    row = sent(draft, priya.user)
    office.passes(11)
    assert again(row).state == State.UNKNOWN
    assert held_work("outbox.effect").exists()
    assert following.arrived_after_all(row, by=priya.user, at=clock.now())
    assert again(row).state == State.SENT
    assert row.mail.words.strip() == "We open at nine."
    assert not WorkItem.objects.open().exists()


def test_or_sends_it_again(office, draft, priya, monkeypatch):
    with monkeypatch.context() as cutting:
        cutting.setattr("django.core.mail.EmailMessage.send", cut)
        row = sent(draft, priya.user)
        office.passes(11)
    outbox.post_again(again(row).effect, actor_id=priya.user.pk)
    office.settle()
    assert again(row).state == State.SENT
    assert len(postbox.outbox) == 1
    assert postbox.outbox[0].message()["Message-ID"] == f"<{row.message_id}>"


def test_the_client_is_asked_and_the_draft_goes_on(office, draft, okafor, priya):
    question = asking_client.ask(
        draft, okafor.owner, "Shall I offer her Tuesday?", by=priya.user, at=clock.now()
    )
    office.settle()
    (letter,) = postbox.outbox
    assert letter.to == [okafor.owner.addresses.get(kind="email").value]
    assert "Shall I offer her Tuesday?" in letter.body
    assert asking_client.question_in(letter.reply_to) == question
    assert asking_client.question_in([letter.reply_to[0].replace("+q-", "+q-a")]) is None
    assert letter.message()["Auto-Submitted"] == "auto-generated"
    assert asking_client.answer(question, "Yes, at ten.", how="portal", at=clock.now(), by=okafor.owner.user)
    assert not asking_client.answer(question, "No.", how="portal", at=clock.now())
    assert held_work(asking_client.ANSWERED).get().owner == priya.user
    assert ClientQuestion.objects.get().answer == "Yes, at ten."
    asking_client.has_been_read(question, by=priya.user)
    assert not held_work(asking_client.ANSWERED).exists()


def test_files_go_along_by_what_is_in_them(office, draft, priya):
    facts = {"by": priya.user, "at": clock.now()}
    made = drafting.enclose(draft, name="../plan.pdf", content=b"%PDF-1.7 x", **facts)
    assert (made.name, made.content_type) == ("plan.pdf", "application/pdf")
    assert (
        drafting.enclose(draft, name="plan.pdf", content=b"%PDF-1.7 x", by=priya.user, at=clock.now()) == made
    )
    for name, content in (("a.txt", b""), ("run.exe", b"MZ..."), ("x.bat", b"del")):
        with pytest.raises(drafting.NotEnclosed):
            drafting.enclose(draft, name=name, content=content, **facts)
    extra = drafting.enclose(draft, name="b.txt", content=b"b", **facts)
    assert drafting.take_out(extra)
    sent(draft, priya.user)
    office.passes(11)
    assert [(each[0], each[1]) for each in postbox.outbox[0].attachments] == [("plan.pdf", b"%PDF-1.7 x")]
    assert not drafting.take_out(made)
    assert OutgoingMail.objects.get().mail.attachments[0]["name"] == "plan.pdf"


def test_a_mail_to_somebody_new_begins_a_conversation(office, mailbox, priya):
    row = drafting.begin(mailbox, by=priya.user, at=clock.now(), to="new@harlow.example")
    sending_off.send(
        row, said(to=["new@harlow.example"], subject="A question"), by=priya.user, at=clock.now()
    )
    office.passes(11)
    assert again(row).state == State.SENT
    assert row.thread.subject == "A question"
    assert row.mail.thread == row.thread


def test_a_draft_is_thrown_away(draft, thread, priya):
    assert drafting.drop(draft, by=priya.user, at=clock.now())
    assert not drafting.drop(draft, by=priya.user, at=clock.now())
    assert again(thread).claimed_by is None
    assert drafting.draft_of(thread) is None
    assert not Effect.objects.filter(kind=leaving.SEND).exists()
