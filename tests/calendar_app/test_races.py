"""Committed rows, threads with connections of their own: of many who want one time, one gets it."""

import random
from datetime import timedelta
from itertools import pairwise

import pytest

from calendar_app import answering, asking, booking
from calendar_app.asking import ToAsk
from calendar_app.models import Meeting
from calendar_app.planning import Clashing, Coming, NotPossible
from tests.clients import house as houses
from tests.clients.test_races import at_once

from .diaries import AT, booked, diary_of, plan

pytestmark = pytest.mark.django_db(transaction=True)
BOOKERS, TIMES = 12, 4  # of each round; more than this only waits for the computer


@pytest.fixture
def diary(transactional_db):
    return diary_of(houses.build().okafor.client)


def overlapping():
    standing = Meeting.objects.standing().order_by("starts_at")
    return [(one, other) for one, other in pairwise(standing) if other.starts_at < one.ends_at]


def test_of_many_who_book_a_few_times_each_time_goes_to_one(diary):
    times = [f"{10 + n}:00" for n in range(TIMES)]
    wanted = [times[n % TIMES] for n in range(BOOKERS)]
    outcomes = at_once(*(lambda at=at: booked(diary, at).pk for at in wanted))
    assert sorted(f"{each.at:%H:%M}" for each in Meeting.objects.all()) == times
    assert [each for each in outcomes if isinstance(each, type)] == [Clashing] * (BOOKERS - TIMES)


def test_whatever_many_do_at_once_nothing_overlaps(diary):
    lots = random.Random(7)
    standing = [booked(diary, f"{8 + n:02}:00", minutes=45) for n in range(4)]

    def act(n):
        at = f"{lots.randrange(8, 14):02}:{lots.choice(['00', '15', '30'])}"
        until = AT + timedelta(hours=1)
        return [
            lambda: booked(diary, at, minutes=45),
            lambda: booking.hold(diary, plan(at, minutes=45), until=until, by=None, at=AT),
            lambda: booking.move(standing[n % 4], version=0, plan=plan(at, minutes=45), by=None, at=AT),
        ][n % 3]

    outcomes = at_once(*(act(n) for n in range(BOOKERS)))
    assert not [each for each in outcomes if isinstance(each, type) and not issubclass(each, NotPossible)]
    assert overlapping() == []


def test_of_two_who_act_on_one_meeting_one_is_told_that_it_changed(diary):
    meeting = booked(diary)
    outcomes = at_once(
        lambda: booking.move(meeting, version=0, plan=plan("12:00"), by=None, at=AT).state,
        lambda: booking.cancel(meeting, version=0, because="ill", by=None, at=AT).state,
    )
    assert booking.Changed in outcomes
    assert Meeting.objects.get().version == 1


def test_of_two_answers_to_one_request_the_first_is_agreed_and_the_other_times_are_free(diary):
    dana = ToAsk(Coming("Dana", number="+447700900123"), way="call")
    day = 24 * timedelta(hours=1)
    asked = asking.ask(
        diary,
        [plan(at) for at in ("10:00", "12:00", "14:00")],
        to=(dana,),
        until=AT + day,
        promised_at=None,
        by=None,
        at=AT,
    )
    party = asked.parties.select_related("request").get()
    options = [each.pk for each in asked.options.all()]
    outcomes = at_once(
        *(lambda pk=pk: answering.answer(party, [pk], by=None, at=AT).agreed for pk in options)
    )
    assert sorted(map(str, outcomes)) == sorted(map(str, [True, booking.Changed, booking.Changed]))
    assert sorted(each.state for each in Meeting.objects.all()) == ["confirmed", "lapsed", "lapsed"]
    asked.refresh_from_db()
    assert asked.meeting.state == "confirmed"
