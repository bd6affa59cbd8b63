"""A mail about a meeting is dealt with in the diary, whatever way it came, and ends nothing but itself."""

from email.message import EmailMessage

import pytest

from calendar_app import being_invited
from calendar_app.models import Diary, InvitedTo
from clients.models import WorkItem
from messages_app.mail import opening, syncing
from messages_app.models import Mail, Mailbox, MailRule, MailThread
from secretariat import clock

from .lies_elsewhere import LiesElsewhere

ENDED = "It is about a meeting, and stands in the diary"


@pytest.fixture
def by_provider(mailbox, writes):
    return writes


@pytest.fixture
def by_imap(mailbox, monkeypatch):
    there = LiesElsewhere()
    monkeypatch.setattr(opening, "MailboxAt", there.opened)
    facts = {"incoming": "both", "imap_host": "imap.okafor.example", "connected_at": clock.now()}
    Mailbox.objects.filter(pk=mailbox.pk).update(**facts)
    mailbox.refresh_from_db()
    opening.seal(mailbox, {"password": "right"})
    mailbox.save()
    syncing.look(mailbox, at=clock.now())

    def writing(letter):
        there.inbox.add(letter.as_bytes())
        syncing.look(mailbox, at=clock.now())

    return writing


@pytest.fixture(params=["by_provider", "by_imap"])
def comes(request, office, okafor):
    Diary.objects.create(client=okafor.row)
    comes = request.getfixturevalue(request.param)

    def coming(letter):
        comes(letter)
        office.passes(60)

    return coming


def letter(number: int, words="When do you open?", **headers) -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"] = "Dana Reyes <dana@harlow.example>", "ngozi@okafor.example"
    made["Subject"], made["Message-ID"] = "The lease", f"<{number}@harlow.example>"
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content(words)
    return made


def invitation(number: int, to: str, **headers) -> EmailMessage:
    made = letter(number, "Come to us", **headers)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "METHOD:REQUEST", "BEGIN:VEVENT", f"UID:{number}@harlow"]
    lines += ["DTSTAMP:20261123T120000Z", "DTSTART:20261210T100000Z", "DURATION:PT1H", "SUMMARY:Lease"]
    lines += ["ORGANIZER:mailto:dana@harlow.example", f"ATTENDEE;RSVP=TRUE:mailto:{to}"]
    text = "\r\n".join([*lines, "END:VEVENT", "END:VCALENDAR", ""])
    made.add_alternative(text, subtype="calendar", params={"method": "REQUEST"})
    return made


def waiting():
    return WorkItem.objects.open().filter(kind="messages.correspondence")


def test_an_invitation_is_answered_in_the_diary(okafor, comes):
    comes(invitation(1, okafor.owner.user.email))
    assert InvitedTo.objects.get().uid == "1@harlow"
    assert WorkItem.objects.open().filter(kind=being_invited.KIND).exists()
    thread = MailThread.objects.get()
    assert (thread.state, thread.done_because) == ("done", ENDED)
    assert not waiting().exists()


@pytest.mark.parametrize("verdict", ["answer", "urgent"])
def test_what_waits_in_the_same_conversation_still_does(okafor, comes, verdict):
    MailRule.objects.create(client=okafor.row, verdict=verdict, words="open")
    comes(letter(1))
    before = MailThread.objects.get()
    comes(invitation(2, okafor.owner.user.email, In_Reply_To="<1@harlow.example>"))
    thread = MailThread.objects.get()
    assert (thread.state, thread.verdict, thread.mails.count()) == ("open", verdict, 2)
    assert (thread.promised_at, thread.waits_since) == (before.promised_at, before.waits_since)
    assert waiting().count() == 1
    assert InvitedTo.objects.exists()


def test_what_cannot_be_worked_comes_to_the_desk_and_keeps_nobody_away(okafor, comes, monkeypatch):
    def falls(*_args, **_facts):
        raise RuntimeError("nobody thought of this")

    monkeypatch.setattr(being_invited, "told", falls)
    comes(invitation(1, okafor.owner.user.email))
    comes(letter(2))
    assert Mail.objects.count() == 2
    assert waiting().exists()
