"""What was promised for an hour is told of when it comes: to its owner, or to the desk; once."""

from datetime import timedelta

import pytest

from clients import minders, work
from clients.models import WorkItem
from secretariat import clock
from secretariat.live.models import LiveEvent
from tests.told import told

EVENT = minders.EVENT


@pytest.fixture
def okafor(office):
    office.clock_says("2026-11-24 10:30")
    return office.client("Okafor Legal")


@pytest.fixture
def priya(office, okafor):
    return office.secretary("Priya", okafor, ready=False)


def promised(okafor, *, owner=None):
    at = clock.now() + timedelta(minutes=10)
    return work.open_item(
        "clients.task",
        subject=("clients.client", okafor.row.pk),
        client=okafor.row,
        promised_at=at,
        owner=owner,
    )


def test_nothing_before_its_time_and_once_after(office, okafor, priya):
    promised(okafor, owner=priya.user)
    assert minders.announce_due(at=clock.now()) == 0
    office.clock_says("2026-11-24 10:40:01")
    assert [minders.announce_due(at=clock.now()) for _twice in range(2)] == [1, 0]
    assert told(EVENT) == {priya.user.pk}


def test_what_nobody_has_taken_is_told_to_the_desk(office, okafor, priya):
    helen = office.supervisor()
    promised(okafor)
    office.clock_says("2026-11-24 10:41")
    minders.announce_due(at=clock.now())
    assert told(EVENT) == {priya.user.pk, helen.pk}


def test_a_new_promise_is_told_of_again(office, okafor, priya):
    item = promised(okafor, owner=priya.user)
    office.clock_says("2026-11-24 10:41")
    minders.announce_due(at=clock.now())
    WorkItem.objects.filter(pk=item.pk).update(promised_at=clock.now() + timedelta(minutes=2))
    office.clock_says("2026-11-24 10:44")
    assert minders.announce_due(at=clock.now()) == 1
    assert LiveEvent.objects.filter(event=EVENT).count() == 2


def test_what_is_done_or_long_late_is_not(office, okafor, priya):
    item = promised(okafor, owner=priya.user)
    office.clock_says("2026-11-24 10:50")
    assert minders.announce_due(at=clock.now()) == 0  # the list and the board have said so by now
    office.clock_says("2026-11-24 10:41")
    work.finish(item, by=priya.user, outcome="Rang back")
    assert minders.announce_due(at=clock.now()) == 0
