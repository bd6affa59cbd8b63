"""A mail of ours did not arrive, and the client's own inbox is told of it."""

from email import message_from_bytes, policy

import pytest

from clients.models import Suppression, WorkItem
from messages_app.answering import claiming, drafting, following, sending_off
from messages_app.answering.sending_off import Said
from messages_app.mail import opening, syncing
from messages_app.models import Mail, Mailbox, MailThread, OutgoingMail
from secretariat import clock

from .lies_elsewhere import LiesElsewhere

REPORT = """From: mailer-daemon@harlow.example
To: ngozi@okafor.example
Subject: Undeliverable: Re: Hours
Message-ID: <{number}@mx.harlow.example>
MIME-Version: 1.0
Auto-Submitted: auto-replied
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

Nobody here is called Dana.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.harlow.example

Final-Recipient: rfc822; {address}
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 No such user

--b
Content-Type: text/rfc822-headers

Message-ID: <{message_id}>

--b--
"""


@pytest.fixture
def sent(office, mailbox, writes, priya):
    """An answer to Dana, which has left."""
    writes(Message_ID="<first@harlow.example>")
    thread = MailThread.objects.get()
    claiming.claim(thread, by=priya.user, at=clock.now())
    draft = drafting.answer(thread, by=priya.user, at=clock.now())
    said = Said(["dana@harlow.example"], [], [], "Re: Hours", "At nine.")
    sending_off.send(draft, said, by=priya.user, at=clock.now())
    office.passes(11)
    return OutgoingMail.objects.get(state="sent")


@pytest.fixture
def there(monkeypatch):
    there = LiesElsewhere()
    monkeypatch.setattr(opening, "MailboxAt", there.opened)
    return there


def look(mailbox):
    Mailbox.objects.filter(pk=mailbox.pk).update(incoming="both", imap_host="imap.okafor.example")
    mailbox.refresh_from_db()
    opening.seal(mailbox, {"password": "right"})
    mailbox.save()
    syncing.look(mailbox, at=clock.now())


def report(row, address="dana@harlow.example", number=1):
    return REPORT.format(address=address, message_id=row.message_id, number=number).encode()


def came_back():
    return WorkItem.objects.open().filter(kind=following.CAME_BACK)


def test_a_report_in_her_own_inbox_is_matched(office, sent, mailbox, there):
    look(mailbox)
    there.inbox.add(report(sent))
    look(mailbox)
    look(mailbox)
    sent.refresh_from_db()
    assert sent.fates["dana@harlow.example"]["state"] == "bounced"
    assert Suppression.objects.get().address == "dana@harlow.example"
    assert came_back().get().subject_id == sent.pk
    told = Mail.objects.get(message_id="1@mx.harlow.example")
    assert told.thread.state == "done"
    assert told.thread.done_because == "It tells that a mail did not arrive, which is seen to there"
    assert not WorkItem.objects.open().filter(kind="messages.correspondence").exists()


@pytest.mark.parametrize("address", ["client@example.com", "DANA@harlow.example.evil.example"])
def test_a_report_about_somebody_we_never_wrote_to_counts_for_nothing(sent, mailbox, there, address):
    look(mailbox)
    there.inbox.add(report(sent, address))
    look(mailbox)
    sent.refresh_from_db()
    assert sent.fates == {}
    assert not Suppression.objects.exists()
    assert not came_back().exists()


def test_a_report_that_the_provider_brings_is_matched_too(office, sent, writes, mailbox):
    writes(message_from_bytes(report(sent), policy=policy.default))
    sent.refresh_from_db()
    assert sent.fates["dana@harlow.example"]["state"] == "bounced"
    assert came_back().count() == 1
    assert following.troubles_in_words(sent) == [
        "dana@harlow.example did not get it: it came back. 550 5.1.1 No such user"
    ]


def test_anothers_mail_is_not_touched_by_a_report_in_her_inbox(office, sent, there):
    brill = office.client("Brill Dental")
    theirs = Mailbox.objects.create(client=brill.row, address="kim@brill.example")
    look(theirs)
    there.inbox.add(report(sent))
    look(theirs)
    sent.refresh_from_db()
    assert sent.fates == {}
