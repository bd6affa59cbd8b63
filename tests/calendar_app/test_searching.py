"""The quick search finds what judging every time one by one finds, and what it finds can be booked."""

import random
from datetime import time, timedelta
from zoneinfo import ZoneInfo

import pytest

from calendar_app import booking, busy, free_time, planning, searching
from calendar_app.free_time import Wish
from calendar_app.models import Calendar, DiaryHours, Meeting, Occurrence, Place, RemoteEvent
from tests.clients import house as houses

from .diaries import AT, diary_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def client(db):
    return houses.build().okafor.client


def filled(client, seed):
    """A diary with entries of every sort in two calendars and in our own rows, some of them in both."""
    lots = random.Random(seed)
    diary = diary_of(
        client,
        travel_minutes=lots.choice([0, 25]),
        gap_before_minutes=lots.choice([0, 10]),
        gap_after_minutes=lots.choice([0, 20]),
        days_ahead=lots.choice([12, 60]),
        daily_limit=lots.choice([None, 2]),
        all_day_is_busy=lots.random() < 0.5,
        tentative_is_busy=lots.random() < 0.5,
    )
    for weekday in range(5):
        DiaryHours.objects.create(client=client, diary=diary, weekday=weekday, opens=time(9), closes=time(13))
    if lots.random() < 0.5:
        best = {"kind": "preferred", "weekday": lots.randrange(5), "opens": time(11), "closes": time(13)}
        DiaryHours.objects.create(client=client, diary=diary, **best)
    Place.objects.create(client=client, name="Court", address="Long Lane 1")
    calendars = [
        Calendar.objects.create(client=client, diary=diary, name=name, counts_as_busy=name != "Birthdays")
        for name in ("Work", "Home", "Birthdays")
    ]
    meetings = [_ours(diary, lots) for _ in range(6)]
    for number in range(60):
        calendar = lots.choice(calendars)
        event = RemoteEvent.objects.create(
            client=client, calendar=calendar, remote_id=f"{number}.ics", uid=f"{number}"
        )
        starts = AT.replace(minute=0) + timedelta(minutes=15 * lots.randrange(-200, 96 * 40))
        ours = lots.choice([*meetings, *[None] * 30])
        if ours:
            event.uid, starts = ours.uid, ours.starts_at + lots.choice([0, 0, 1]) * DAY
            event.save()
        Occurrence.objects.create(
            client=client,
            calendar=calendar,
            event=event,
            during=(starts, starts + timedelta(minutes=lots.choice([15, 45, 240, 3000]))),
            busy=lots.choice(["busy", "busy", "tentative", "free"]),
            all_day=lots.random() < 0.15,
            where=lots.choice(["", "Court", "long lane 1, London", "Elsewhere", "https://example.com/x"]),
        )
    return diary


def _ours(diary, lots):
    on = AT.date() + lots.randrange(1, 30) * DAY
    plan = planning.Plan(about="Harlow", on=on, at=time(lots.randrange(9, 13)), minutes=30, where="Elsewhere")
    meeting = booking.book(diary, plan, by=None, at=AT, word=booking.Word("it must be"))
    writing = lots.choice([Meeting.Writing.OURS, Meeting.Writing.WAITING, Meeting.Writing.WRITTEN])
    Meeting.objects.filter(pk=meeting.pk).update(writing=writing)
    return meeting


WISHES = [
    (Wish(30), {}),
    (Wish(45, place="elsewhere"), {"at_most": 3}),
    (Wish(15), {"a_day": None, "at_most": 60}),
    (Wish(60), {"begins": AT + 9 * DAY}),
    (Wish(30), {"until": AT + 5 * DAY}),
    (Wish(30), {"until": AT + 45 * DAY, "at_most": 200, "a_day": None}),
]


@pytest.mark.parametrize("seed", range(4))
def test_the_quick_search_finds_what_judging_each_time_finds(client, seed):
    diary = filled(client, seed)
    whole = busy.book(diary, at=AT, reader=None)
    found = 0
    for wish, how in WISHES:
        slowly = free_time.next_good_times(whole, wish, **how)
        assert searching.next_good_times(diary, wish, at=AT, reader=None, **how) == slowly
        found += len(slowly)
    assert found


def test_what_is_offered_is_booked_one_after_the_other(client):
    diary = filled(client, 7)
    for number in range(8):
        [first, *_] = busy.next_good_times(diary, Wish(30, place="elsewhere"), at=AT, reader=None)
        local = first.starts.astimezone(ZoneInfo(diary.zone_name))
        plan = planning.Plan(
            about=f"{number}", on=local.date(), at=local.time(), minutes=30, where="Elsewhere"
        )
        assert booking.book(diary, plan, by=None, at=AT).starts_at == first.starts


def test_it_does_not_look_a_year_ahead_for_what_is_free_tomorrow(client, django_assert_num_queries):
    diary = filled(client, 3)
    with django_assert_num_queries(12):
        searching.next_good_times(diary, Wish(30), at=AT, reader=None, until=AT + 28 * DAY)
