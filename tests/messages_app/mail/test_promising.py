"""Who writes is told at once by when she is answered, where the client wants that; machines never are."""

from datetime import timedelta
from email import message_from_bytes, policy
from zoneinfo import ZoneInfo

import pytest
from django.core import mail as postbox
from django.urls import reverse

from clients.models import Correspondent, CorrespondentAddress
from messages_app.mail import by_provider, opening, syncing, tokens
from messages_app.models import Mail, Mailbox, MailRule, MailThread
from secretariat import clock
from secretariat.channels import mail_as

from .lies_elsewhere import LiesElsewhere


@pytest.fixture
def mailbox(mailbox):
    Mailbox.objects.filter(pk=mailbox.pk).update(acknowledges=True, answer_hours=2)
    mailbox.refresh_from_db()
    return mailbox


def said():
    return [letter.message() for letter in postbox.outbox]


def test_who_writes_is_told_by_when_and_by_a_machine(office, okafor, mailbox, writes):
    office.clock_says("2026-11-24 11:05")
    writes(Message_ID="<first@harlow.example>")
    (letter,) = postbox.outbox
    (head,) = said()
    promised = MailThread.objects.get().promised_at.astimezone(ZoneInfo("Africa/Lagos"))
    assert letter.to == ["dana@harlow.example"]
    assert f"answered by Tuesday 24 November, {promised:%H:%M} in Lagos" in letter.body
    assert "A machine wrote this" in letter.body
    assert (head["Auto-Submitted"], head["X-Auto-Response-Suppress"]) == ("auto-replied", "All")
    assert (head["In-Reply-To"], head["Subject"]) == ("<first@harlow.example>", "Re: Hours")
    assert "<ngozi@okafor.example>" in tokens.without(head["Reply-To"])
    assert MailThread.objects.get().state == "open"
    assert letter.no_way_back
    assert Mail.objects.get().acknowledged_at is not None


def test_by_her_own_server_it_leaves_with_no_way_back(office, mailbox, writes, monkeypatch):
    handed = []

    def hand_in(server, raw, *, envelope, recipients, receipt):
        handed.append((envelope, list(recipients)))
        return mail_as.Sent(receipt)

    monkeypatch.setattr(mail_as, "through_server", hand_in)
    Mailbox.objects.update(from_mode="own", smtp_host="smtp.okafor.example")
    mailbox.refresh_from_db()
    opening.seal(mailbox, {"password": "right"})
    mailbox.save()
    writes()
    assert handed == [("", ["dana@harlow.example"])]


def test_what_the_provider_calls_spam_is_junk_and_is_not_answered(mailbox, writes, desk):
    writes(X_Spam_Status="Yes", X_Spam_Score="9.1")
    thread = MailThread.objects.get()
    assert (thread.verdict, thread.state) == ("junk", "done")
    assert not postbox.outbox
    page = desk.get(reverse("inbox-thread", args=[thread.pk])).content.decode()
    assert "the e-mail provider calls it spam" in page


def test_nobody_she_knows_and_nothing_within_a_conversation_is_junk_by_the_providers_word(
    mailbox, writes, desk
):
    """A provider errs now and then. Who was answered before would wait for ever, and nobody would see it."""
    writes(Message_ID="<first@harlow.example>")
    thread = MailThread.objects.get()
    desk.post(reverse("inbox-done", args=[thread.pk]))
    writes(In_Reply_To="<first@harlow.example>", X_Spam_Status="Yes", X_Spam_Score="9.1")
    thread.refresh_from_db()
    assert (thread.verdict, thread.state) == ("answer", "open")
    kim = Correspondent.objects.create(client=mailbox.client, name="Kim Brill")
    CorrespondentAddress.objects.create(
        client=mailbox.client, correspondent=kim, kind="email", value="kim@brill.example"
    )
    writes(of="Kim <kim@brill.example>", about="An order", X_Spam_Status="Yes", X_Spam_Score="9.1")
    assert MailThread.objects.get(address="kim@brill.example").verdict == "answer"


def test_a_rule_of_hers_counts_for_more_and_still_no_machine_answers(mailbox, writes):
    MailRule.objects.create(client=mailbox.client, verdict="answer", sender="harlow.example")
    writes(X_Spam_Status="Yes", X_Spam_Score="9.1")
    assert (MailThread.objects.get().verdict, MailThread.objects.get().state) == ("answer", "open")
    assert not postbox.outbox


def test_each_is_told_once_a_day(office, mailbox, writes):
    writes()
    writes(about="Another")
    writes(of="Kim <kim@brill.example>", about="A third")
    assert [letter.to for letter in postbox.outbox] == [["dana@harlow.example"], ["kim@brill.example"]]
    Mail.objects.filter(acknowledged_at__isnull=False).update(acknowledged_at=clock.now() - timedelta(days=1))
    writes(about="The day after")
    assert len(postbox.outbox) == 3


def test_no_time_is_promised_that_is_past(office, mailbox, writes):
    """She was not answered by when she was told, and writes again."""
    office.clock_says("2026-11-24 11:05")
    writes(Message_ID="<first@harlow.example>")
    office.clock_says("2026-11-25 11:06")
    writes("Are you there?", In_Reply_To="<first@harlow.example>", References="<first@harlow.example>")
    assert MailThread.objects.get().promised_at < clock.now()
    assert len(postbox.outbox) == 1
    assert Mail.objects.filter(acknowledged_at__isnull=False).count() == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Precedence": "bulk"},
        {"List_Id": "<news.harlow.example>"},
        {"X_Auto_Response_Suppress": "All"},
        {"of": "no-reply@harlow.example"},
        {"of": "ngozi@okafor.example"},
        {"of": "MAILER-DAEMON@harlow.example"},
    ],
)
def test_no_machine_is_answered_by_a_machine(mailbox, writes, headers):
    writes(**headers)
    assert Mail.objects.exists()
    assert not postbox.outbox


def test_what_was_sent_with_no_way_back_is_not_answered(mailbox, office):
    raw = b"From: dana@harlow.example\r\nTo: ngozi@okafor.example\r\nSubject: Hours\r\n\r\nWhen?\r\n"
    by_provider.came(raw, mailbox, recipient=mailbox.address, at=clock.now(), envelope_sender="")
    office.settle()
    assert MailThread.objects.get().state == "open"
    assert not postbox.outbox


@pytest.mark.parametrize("verdict", ["later", "junk"])
def test_what_is_kept_for_later_promises_nothing(mailbox, writes, verdict):
    MailRule.objects.create(client=mailbox.client, verdict=verdict, sender="harlow.example")
    writes()
    assert not postbox.outbox


def test_nobody_is_told_unless_the_client_wants_it(mailbox, okafor, office, writes, desk):
    Mailbox.objects.update(acknowledges=False)
    writes()
    assert not postbox.outbox
    portal = office.browser(okafor.owner)
    settings = reverse("mail-settings", args=[mailbox.pk])
    portal.post(settings, {"name": "Ngozi", "answer_hours": "2", "acknowledges": "on"})
    writes(about="Next")
    assert len(postbox.outbox) == 1
    told = MailThread.objects.get(subject="Next")
    page = desk.get(reverse("inbox-thread", args=[told.pk])).content.decode()
    assert "Told at once" in page


def test_two_that_both_tell_at_once_do_not_go_on_for_ever(office, mailbox, writes):
    brill = office.client("Brill Dental")
    Mailbox.objects.create(client=brill.row, address="kim@brill.example", acknowledges=True)
    writes(of="kim@brill.example")
    (first,) = said()
    answer = message_from_bytes(first.as_bytes(), policy=policy.default)
    del answer["Reply-To"]
    writes(answer, to="kim@brill.example", To="kim@brill.example", From="ngozi@okafor.example")
    assert Mail.objects.filter(mailbox__address="kim@brill.example").exists()
    assert len(postbox.outbox) == 1


def test_what_lay_there_before_is_promised_nothing(office, mailbox, monkeypatch):
    there = LiesElsewhere()
    monkeypatch.setattr(opening, "MailboxAt", there.opened)
    Mailbox.objects.update(incoming="imap", imap_host="imap.okafor.example")
    mailbox.refresh_from_db()
    opening.seal(mailbox, {"password": "right"})
    mailbox.save()
    raw = b"From: dana@harlow.example\r\nTo: ngozi@okafor.example\r\nSubject: Old\r\n\r\nWhen?\r\n"
    there.inbox.add(raw, "\\seen")
    syncing.look(mailbox, at=clock.now())
    there.inbox.add(raw.replace(b"Old", b"New"))
    syncing.look(mailbox, at=clock.now())
    office.settle()
    assert [letter.subject for letter in postbox.outbox] == ["Re: New"]
