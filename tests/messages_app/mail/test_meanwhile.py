"""The client marked a mail as answered, and no answer of hers is found: nobody answers twice unwarned."""

import re

import pytest
from django.core import mail as postbox
from django.urls import reverse

from clients.models import WorkItem
from messages_app.answering import checking, drafting, leaving, sending_off
from messages_app.answering.sending_off import HappenedMeanwhile, Said
from messages_app.mail import choosing, herself
from messages_app.models import Mail, MailThread, OutgoingMail
from secretariat import clock

State = OutgoingMail.State
SAID = Said(to=["dana@harlow.example"], cc=[], bcc=[], subject="Re: Hours", words="We open at nine.")


@pytest.fixture
def mail(mailbox, writes):
    writes("When do you open on Monday?")
    return Mail.objects.get()


@pytest.fixture
def draft(office, mail, priya):
    begun = drafting.answer(mail.thread, by=priya.user, at=clock.now())
    office.passes(60)
    return begun


def marks(mail, *flags):
    """The next look finds these marks on it in her inbox."""
    mail.refresh_from_db()
    herself.marked(mail, frozenset(flags), at=clock.now())


def send(draft, by, **facts):
    return sending_off.send(draft, SAID, by=by, at=clock.now(), **facts)


def test_her_mark_is_told_before_it_is_sent(office, draft, mail, desk):
    marks(mail, "\\seen", "\\answered")
    address = reverse("outgoing-send", args=[draft.pk])
    typed = {
        "to": "dana@harlow.example",
        "subject": "Re: Hours",
        "words": "We open at nine.",
        "revision": "0",
    }
    told = desk.post(address, typed)
    page = told.content.decode()
    assert told.status_code == 422
    assert "the client has answered this" in page
    assert "Send it all the same" in page
    assert "We open at nine." in page
    (known_at,) = re.findall(r'name="known_at" value="([^"]+)"', page)
    assert desk.post(address, typed | {"revision": "1", "known_at": "whenever"}).status_code == 422
    assert desk.post(address, typed | {"revision": "1", "known_at": known_at}).status_code == 303
    office.passes(11)
    draft.refresh_from_db()
    assert draft.state == State.SENT
    assert len(postbox.outbox) == 1


def test_marked_while_it_waits_to_leave_it_does_not(office, draft, mail, priya):
    row = send(draft, priya.user)
    office.passes(3)
    marks(mail, "\\answered")
    office.passes(10)
    row.refresh_from_db()
    assert not postbox.outbox
    assert (row.state, row.error) == (State.FAILED, "The client answered this herself, so it was not sent.")
    assert WorkItem.objects.open().get(kind=leaving.HELD).subject_id == row.pk
    with pytest.raises(HappenedMeanwhile) as told:
        send(row, priya.user)
    assert (told.value.what.how, told.value.what.mail) == (checking.MARKED, mail)


def test_who_knew_it_when_she_began_is_not_asked(office, mail, priya):
    marks(mail, "\\answered")
    thread = MailThread.objects.get()
    assert thread.state == MailThread.State.WAITING
    office.passes(60)
    choosing.reopen(thread, by=priya.user, at=clock.now())
    row = send(drafting.answer(thread, by=priya.user, at=clock.now()), priya.user)
    office.passes(11)
    row.refresh_from_db()
    assert row.state == State.SENT


def test_what_she_marked_is_not_marked_anew_when_we_answer(office, mail, priya):
    marks(mail, "\\answered")
    office.passes(60)
    thread = MailThread.objects.get()
    choosing.reopen(thread, by=priya.user, at=clock.now())
    send(drafting.answer(thread, by=priya.user, at=clock.now()), priya.user)
    office.passes(11)
    thread.refresh_from_db()
    choosing.reopen(thread, by=priya.user, at=clock.now())
    marks(mail, "\\answered")
    thread.refresh_from_db()
    assert thread.state == MailThread.State.OPEN


def test_that_she_filed_it_is_shown_and_stops_nothing(office, draft, mail, desk, priya):
    mail.refresh_from_db()
    herself.took_away(mail, at=clock.now())
    page = desk.get(reverse("outgoing", args=[draft.pk])).content.decode()
    assert "The client has filed or deleted the mail that this answers." in page
    send(draft, priya.user)
    office.passes(11)
    assert len(postbox.outbox) == 1
