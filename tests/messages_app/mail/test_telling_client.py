"""What of her mail waits for the client, she is told by mail: once, while it waits, and without its words."""

import pytest
from django.core import mail as postbox
from django.test import Client as Http
from django.urls import reverse

from clients.models import WorkItem
from messages_app import work
from messages_app.answering import approving, drafting, sending_off
from messages_app.answering.sending_off import Said
from messages_app.mail import choosing, connection_state
from messages_app.models import Mailbox, MailThread
from secretariat import clock

SAID = Said(to=["dana@harlow.example"], cc=[], bcc=[], subject="Re: Hours", words="We open at nine.")


@pytest.fixture
def thread(mailbox, writes):
    Mailbox.objects.update(needs_approval=True)
    writes("When do you open on Monday?")
    return MailThread.objects.get()


@pytest.fixture
def forward(thread, priya):
    """Priya's answer is put before somebody else."""

    def putting(outgoing=None, words=SAID.words):
        outgoing = outgoing or drafting.answer(thread, by=priya.user, at=clock.now())
        said = Said(SAID.to, SAID.cc, SAID.bcc, SAID.subject, words)
        return sending_off.send(outgoing, said, by=priya.user, at=clock.now())

    return putting


def told(okafor):
    hers = okafor.owner.addresses.get(kind="email").value
    assert {each.to[0] for each in postbox.outbox} <= {hers}
    return [each.subject for each in postbox.outbox]


def signed_in(person) -> Http:
    browser = Http()
    browser.force_login(person.user)
    return browser


def test_a_mail_that_waits_for_her_approval(office, okafor, forward):
    row = forward()
    office.settle()
    assert told(okafor) == ["A mail waits for your word"]
    [mail] = postbox.outbox
    assert reverse("mail-approval", args=[row.pk]) in mail.body
    assert "nine" not in mail.body
    assert mail.message()["Auto-Submitted"] == "auto-generated"
    approving.ask_for_change(approving.latest(row), note="At ten.", by=okafor.owner.user, at=clock.now())
    row.refresh_from_db()
    forward(row, words="We open at ten.")
    office.settle()
    assert told(okafor) == ["A mail waits for your word"] * 2


def test_what_is_decided_or_taken_back_before_it_leaves_tells_nobody(office, okafor, forward, priya):
    row = forward()
    approving.take_back(row, by=priya.user, at=clock.now())
    office.settle()
    assert told(okafor) == []


def test_a_rule_that_is_proposed(office, okafor, thread, priya):
    choosing.call_it(thread, "later", by=priya.user, at=clock.now())
    first = choosing.propose(thread, by=priya.user, at=clock.now())
    office.settle()
    assert told(okafor) == ["Your secretary proposes a rule"]
    assert reverse("mail-portal") in postbox.outbox[0].body
    choosing.call_it(thread, "junk", by=priya.user, at=clock.now())
    assert choosing.propose(thread, by=priya.user, at=clock.now()) != first
    office.settle()
    assert len(told(okafor)) == 1  # she finds both together
    page = signed_in(okafor.owner).get(reverse("mail-portal")).content.decode()
    assert page.count("Proposed by Priya") == 2


def test_a_mailbox_that_is_refused_and_one_that_is_away(office, okafor, mailbox):
    connection_state.away(mailbox, "no_answer", at=clock.now())
    office.settle()
    assert told(okafor) == []
    connection_state.refused(mailbox, "sign_in", at=clock.now())
    office.is_later(3600)
    connection_state.refused(mailbox, "sign_in", at=clock.now())
    office.settle()
    assert told(okafor) == ["Your mailbox must be connected again"]
    [waits] = WorkItem.objects.open().filter(kind=connection_state.WORK)
    assert work.describe[waits.kind](waits).url == reverse("client-card", args=[mailbox.client_id])
    connection_state.worked(mailbox, at=clock.now(), is_over=True)
    office.passes(60)
    connection_state.refused(mailbox, "consent", at=clock.now())
    connection_state.worked(mailbox, at=clock.now(), is_over=True)
    office.settle()
    assert len(told(okafor)) == 1  # it works again
