"""Guests are reminded by telephone, and say with a key what they think of it."""

from datetime import date

import pytest

from calendar_app import around
from calendar_app.models import Reminder
from calendar_app.planning import Coming
from clients import work
from clients.models import WorkItem
from secretariat import clock
from tests.calendar_app import diaries

from .rooms import heard
from .throughs import phone, picks_up, presses

DANA = "+447700900301"
State = Reminder.State


@pytest.fixture
def meeting(office):
    office.clock_says("2026-11-24 10:30")
    harlow = office.client("Harlow")
    diary = diaries.diary_of(harlow.row)
    around.say(diary, {"shortly_by": ["call"]}, by=harlow.owner.user)
    guest = Coming(name="Dana Reyes", email="dana@reyes.example", number=DANA)
    made = diaries.booked(diary, "15:00", date(2026, 11, 24), when=clock.now(), guests=(guest,))
    office.settle()
    return made


def is_time(office):
    office.clock_says("2026-11-24 13:00")
    office.settle()


def the_reminder() -> Reminder:
    return Reminder.objects.get()


def test_a_guest_hears_of_it_and_confirms(office, meeting):
    is_time(office)
    leg = picks_up(office, DANA)
    assert phone(office, DANA)
    presses(office, DANA, "1")
    office.passes(10)
    assert the_reminder().state == State.CONFIRMED
    assert phone(office, DANA) is None
    assert (
        "You have a meeting on Tuesday the twenty-fourth of November at three o’clock, London time."
        in heard(leg)
    )
    assert "To confirm, press 1." in heard(leg)
    assert meeting.events.filter(words="Dana Reyes was rung and confirmed").exists()


def test_a_guest_asks_to_be_called_back(office, meeting):
    is_time(office)
    picks_up(office, DANA)
    presses(office, DANA, "2")
    office.passes(10)
    assert the_reminder().state == State.CALL_BACK
    item = WorkItem.objects.open().get(kind="calls.call_guest_back")
    assert work.describe(item).title == "Dana Reyes asks to be called back about a meeting"
    assert item.promised_at == the_reminder().of


def test_who_picks_up_and_presses_nothing_was_told(office, meeting):
    is_time(office)
    picks_up(office, DANA)
    office.passes(60)
    assert the_reminder().state == State.SENT
    assert the_reminder().because == "picked up, and no key was pressed"


def test_who_does_not_answer_is_rung_once_more_and_then_somebody_sees_it(office, meeting):
    is_time(office)
    office.passes(40)
    assert the_reminder().state == State.LEAVING
    office.passes(16 * 60)
    assert the_reminder().state == State.FAILED
    assert the_reminder().legs.count() == 2
    assert WorkItem.objects.open().filter(kind="calendar.not_reminded").exists()
