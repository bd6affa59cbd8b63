"""A mail that is found long after it came: its place is by when it came, and what follows begins now."""

from datetime import timedelta
from email.utils import parsedate_to_datetime

import pytest
from django.core import mail as postbox

from clients.models import WorkItem
from messages_app import escalating
from messages_app.mail import opening, standing, syncing
from messages_app.models import Mail, Mailbox, MailRule, MailThread, Message
from secretariat import clock
from secretariat.local.outside import letters

from .lies_elsewhere import LiesElsewhere


@pytest.fixture
def mailbox(okafor):
    mailbox = Mailbox(
        client=okafor.row,
        address="ngozi@okafor.example",
        incoming="imap",
        imap_host="mail.okafor.example",
        connected_at=clock.now(),
        due_at=clock.now(),
    )
    opening.seal(mailbox, {"password": "right"})
    mailbox.save()
    return mailbox


@pytest.fixture
def there(office, mailbox, monkeypatch):
    """Her server, at which everything was read a moment ago."""
    there = LiesElsewhere()
    monkeypatch.setattr(opening, "MailboxAt", there.opened)
    office.settle()
    return there


@pytest.fixture
def find(office, mailbox, there):
    """The next look finds a mail that came so long ago."""

    def finding(about="Hours", *, came: timedelta, of="Dana <dana@harlow.example>", answers=""):
        mail = letters.written(of, "ngozi@okafor.example", about, "When?", answers)
        there.inbox.add(mail.as_bytes(), at=clock.now() - came)
        mailbox.refresh_from_db()
        syncing.look(mailbox, at=clock.now())
        office.settle()
        return mail["Message-ID"]

    return finding


def test_an_urgent_one_begins_its_ladder_when_it_is_found(mailbox, find):
    MailRule.objects.create(client=mailbox.client, verdict="urgent", sender="harlow.example")
    found_at, came = clock.now(), timedelta(minutes=40)
    find(came=came)
    message, thread = Message.objects.get(), MailThread.objects.get()
    assert [step.state for step in message.ladder_steps.all()][:2] == ["tried", "waiting"]
    assert all(step.due_at >= found_at for step in message.ladder_steps.all())
    assert message.taken_at == found_at
    assert (thread.waits_since, thread.last_at) == (found_at - came, found_at - came)
    assert not WorkItem.objects.filter(kind=escalating.END_KIND).exists()


def test_its_author_is_told_now_and_only_what_is_still_to_come(mailbox, find):
    Mailbox.objects.update(acknowledges=True, answer_hours=2)
    find("In time", came=timedelta(minutes=40))
    [letter] = postbox.outbox
    assert parsedate_to_datetime(letter.message()["Date"]) == clock.now()
    assert Mail.objects.get().acknowledged_at == clock.now()
    find("Missed", came=timedelta(hours=5), of="Kim <kim@brill.example>")
    missed = Mail.objects.get(subject="Missed")
    assert (missed.thread.state, missed.acknowledged_at) == ("open", None)
    assert postbox.outbox == [letter]


def test_a_conversation_waits_since_its_oldest_and_stands_where_its_newest_put_it(find):
    now = clock.now()
    first = find("Hours", came=timedelta(minutes=10))
    find("Re: Hours", came=timedelta(minutes=30), answers=first)
    thread = MailThread.objects.get()
    newest, oldest = thread.mails.order_by("-at")
    assert thread.last_at == newest.at == now - timedelta(minutes=10)
    assert thread.waits_since == oldest.at == now - timedelta(minutes=30)
    assert list(standing.waiting(thread, since=thread.waits_since).order_by("at")) == [oldest, newest]
    assert not standing.waits_alone(oldest)
