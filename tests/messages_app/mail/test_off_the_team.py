"""Whoever is taken off a client's team does not get the client back with a mail that she had once written."""

import pytest

from clients import team
from clients.models import Client, WorkItem
from messages_app.answering import approving, asking_client, leaving
from secretariat import clock

from .test_answering import again, of_client, sent
from .test_answering import draft as draft
from .test_answering import thread as thread


def leaves_the_team(secretary):
    team.end(secretary.assignments.get(), by=None, at=clock.now())


def test_with_a_change_that_is_asked_for(draft, okafor, priya):
    draft.mailbox.needs_approval = True
    draft.mailbox.save()
    row = sent(again(draft), priya.user)
    leaves_the_team(priya)
    version = approving.latest(row)
    assert approving.ask_for_change(version, note="Shorter.", by=okafor.owner.user, at=clock.now())
    assert WorkItem.objects.open().get(kind=approving.CHANGES_WANTED).owner is None
    assert not Client.objects.served_by(priya).exists()


def test_with_a_mail_that_is_held_back(office, draft, thread, priya):
    sent(draft, priya.user)
    leaves_the_team(priya)
    of_client(thread)
    office.passes(11)
    assert WorkItem.objects.open().get(kind=leaving.HELD).owner is None
    assert not Client.objects.served_by(priya).exists()


@pytest.mark.parametrize("arrives", [True, False])
def test_with_an_answer_to_what_she_asked_or_its_not_having_arrived(draft, okafor, priya, arrives):
    asked = asking_client.ask(draft, okafor.owner, "Are you in?", by=priya.user, at=clock.now())
    leaves_the_team(priya)
    if arrives:
        asking_client.answer(asked, "Yes.", how="portal", at=clock.now())
    else:
        asking_client.not_reached(asked, "bounced")
    assert WorkItem.objects.open().get(subject_id=asked.pk).owner is None
    assert not Client.objects.served_by(priya).exists()
