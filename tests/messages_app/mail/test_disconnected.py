"""The client disconnects her mailbox: nothing leaves in its name any more, and it is said where it was to."""

import pytest
from django.core import mail as postbox
from django.urls import reverse

from clients.models import WorkItem
from messages_app.answering import approving, leaving
from messages_app.models import Mailbox, MailThread, OutgoingMail

State = OutgoingMail.State
WHY = "The client has disconnected this mailbox: nothing leaves in its name."


@pytest.fixture
def thread(mailbox, writes):
    writes("When do you open on Monday?")
    return MailThread.objects.get()


@pytest.fixture
def begun(desk, thread):
    desk.post(reverse("inbox-answer", args=[thread.pk]))
    return OutgoingMail.objects.get()


@pytest.fixture
def portal(office, okafor):
    return office.browser(okafor.owner)


def sends(desk, begun, **facts):
    said = {"to": "dana@harlow.example", "subject": "Re: Hours", "words": "We open at nine."}
    return desk.post(reverse("outgoing-send", args=[begun.pk]), said | {"revision": "0"} | facts)


def page_of(browser, name, *ids):
    return browser.get(reverse(name, args=ids)).content.decode()


def disconnects(portal, mailbox):
    portal.post(reverse("mail-end", args=[mailbox.pk]))
    mailbox.refresh_from_db()
    assert mailbox.ended_at


@pytest.mark.parametrize("facts", [{}, {"send_on": "2026-11-30", "send_at": "09:00"}])
def test_what_waits_to_leave_is_held_at_once_and_somebody_sees_why(
    office, desk, portal, begun, mailbox, facts
):
    assert sends(desk, begun, **facts).status_code == 303
    disconnects(portal, mailbox)
    begun.refresh_from_db()
    assert (begun.state, begun.error) == (State.FAILED, WHY)
    held = WorkItem.objects.open().get(kind=leaving.HELD)
    assert (held.subject_id, held.because) == (begun.pk, WHY)
    assert WHY in page_of(desk, "outgoing", begun.pk)
    office.clock_says("2026-11-30 10:00")
    office.passes(60)
    assert not postbox.outbox


def test_what_waits_for_approval_waits_no_more(office, okafor, desk, portal, begun, mailbox):
    mailbox.needs_approval = True
    mailbox.save()
    sends(desk, begun)
    disconnects(portal, mailbox)
    begun.refresh_from_db()
    assert (begun.state, begun.error) == (State.FAILED, WHY)
    assert not WorkItem.objects.open().filter(kind=approving.WAITS).exists()
    decide = reverse("mail-approval-decide", args=[begun.pk])
    portal.post(decide, {"version": "1", "decision": "approve"})
    office.passes(11)
    assert not postbox.outbox


def test_what_is_on_its_way_out_is_asked_once_more(office, desk, begun):
    sends(desk, begun)
    Mailbox.objects.update(state="off", ended_at="2026-11-24T09:00Z")  # as before anybody held it
    office.passes(11)
    begun.refresh_from_db()
    assert not postbox.outbox
    assert (begun.state, begun.error) == (State.FAILED, WHY)


def test_what_is_being_written_stays_and_says_why_it_cannot_leave(desk, portal, begun, mailbox):
    desk.post(reverse("outgoing-draft", args=[begun.pk]), {"words": "We open", "revision": "0"})
    disconnects(portal, mailbox)
    page = page_of(desk, "outgoing", begun.pk)
    assert WHY in page
    assert "We open" in page
    refused = sends(desk, begun, revision="1")
    assert refused.status_code == 422
    assert WHY in refused.content.decode()
    begun.refresh_from_db()
    assert (begun.state, begun.values["words"]) == (State.DRAFTING, "We open at nine.")


def test_no_answer_is_begun_in_its_conversations(desk, portal, thread, mailbox):
    disconnects(portal, mailbox)
    answer = reverse("inbox-answer", args=[thread.pk])
    page = page_of(desk, "inbox-thread", thread.pk)
    assert WHY in page
    assert answer not in page
    assert WHY in desk.post(answer, follow=True).content.decode()
    assert not OutgoingMail.objects.exists()
