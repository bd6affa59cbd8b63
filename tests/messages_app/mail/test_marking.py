"""Read marks stay the client's, unless she lets us set them; and ours are never taken for hers."""

from datetime import timedelta

import pytest
from django.urls import reverse

from messages_app.mail import opening, syncing
from messages_app.models import Mail, Mailbox, MailThread
from secretariat import clock
from secretariat.local.outside import letters
from secretariat.outbox.models import Effect

from .lies_elsewhere import LiesElsewhere

DANA = "Dana <dana@harlow.example>"


@pytest.fixture
def there(monkeypatch):
    there = LiesElsewhere()
    monkeypatch.setattr(opening, "MailboxAt", there.opened)
    return there


@pytest.fixture
def mailbox(okafor, there):
    mailbox = Mailbox(client=okafor.row, address="ngozi@okafor.example", incoming="imap", may_mark_read=True)
    mailbox.imap_host, mailbox.connected_at = "imap.okafor.example", clock.now()
    opening.seal(mailbox, {"password": "right"})
    mailbox.save()
    syncing.look(mailbox, at=clock.now())
    written = letters.written(DANA, mailbox.address, "Hours", "When?")
    there.inbox.add(written.as_bytes())
    syncing.look(mailbox, at=clock.now())
    return mailbox


def opened_at_the_desk(office, desk):
    desk.get(reverse("inbox-thread", args=[MailThread.objects.get().pk]))
    office.settle()


def test_what_is_opened_here_is_read_there_if_she_lets_us(office, mailbox, there, desk):
    desk.get(reverse("inbox"))
    office.settle()
    assert there.inbox.mails[1].flags == set()
    opened_at_the_desk(office, desk)
    assert there.inbox.mails[1].flags == {"\\seen"}
    syncing.look(mailbox, at=clock.now())
    mail = Mail.objects.get()
    assert mail.marked_read_at is not None
    assert not mail.seen_by_client
    opened_at_the_desk(office, desk)
    assert Effect.objects.filter(kind="messages.mail_mark_read").count() == 1


def test_without_her_leave_nothing_is_marked(office, mailbox, there, desk):
    Mailbox.objects.update(may_mark_read=False)
    opened_at_the_desk(office, desk)
    assert there.inbox.mails[1].flags == set()
    assert not Effect.objects.filter(kind="messages.mail_mark_read").exists()


def test_what_she_read_first_stays_read_by_her(office, mailbox, there, desk):
    there.inbox.mails[1].flags.add("\\seen")
    syncing.look(mailbox, at=clock.now())
    opened_at_the_desk(office, desk)
    mail = Mail.objects.get()
    assert mail.seen_by_client
    assert mail.marked_read_at is None


def test_other_numbers_mark_no_other_mail(office, mailbox, there, desk):
    there.inbox.renumber()
    there.inbox.mails[7] = there.inbox.mails.pop(1)
    opened_at_the_desk(office, desk)
    assert there.inbox.mails[7].flags == set()
    syncing.look(mailbox, at=clock.now())
    office.passes(120)
    assert there.inbox.mails[7].flags == {"\\seen"}


def test_what_came_after_the_page_was_opened_stays_unread(office, mailbox, there, desk):
    page = reverse("inbox-thread", args=[MailThread.objects.get().pk])
    desk.get(page)
    answered = Mail.objects.get().message_id
    written = letters.written(DANA, mailbox.address, "Re: Hours", "Now?", f"<{answered}>")
    there.inbox.add(written.as_bytes())
    syncing.look(mailbox, at=clock.now())  # before what is to be marked is marked
    office.settle()
    assert (MailThread.objects.count(), Mail.objects.count()) == (1, 2)
    assert [each.flags for each in there.inbox.mails.values()] == [{"\\seen"}, set()]
    opened_at_the_desk(office, desk)
    assert [each.flags for each in there.inbox.mails.values()] == [{"\\seen"}, {"\\seen"}]


def test_what_is_found_late_is_marked_when_it_is_opened_though_it_came_before(office, mailbox, there, desk):
    opened_at_the_desk(office, desk)
    answered = Mail.objects.get().message_id
    written = letters.written(DANA, mailbox.address, "Re: Hours", "Now?", f"<{answered}>")
    there.inbox.add(written.as_bytes(), at=clock.now() - timedelta(hours=1))
    syncing.look(mailbox, at=clock.now())
    assert MailThread.objects.count() == 1
    opened_at_the_desk(office, desk)
    assert [each.flags for each in there.inbox.mails.values()] == [{"\\seen"}, {"\\seen"}]
