"""What is offered; and that whatever is offered can be booked, over zones and days on which clocks change."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calendar_app.free_time import (
    Awake,
    Book,
    Kind,
    Rules,
    Taken,
    Why,
    Wish,
    clashes,
    counts,
    grid,
    moment_of,
    next_good_times,
)
from clients.availability import Holiday, Interval

from .times import (
    HALF_AN_HOUR,
    KATHMANDU,
    LAGOS,
    LONDON,
    NEW_YORK,
    NOW,
    RULES,
    against,
    at,
    every_day,
    offered,
    taken,
)


@pytest.mark.parametrize(
    ("entries", "rules", "wish", "now", "found"),
    [
        pytest.param([], {}, {}, NOW, ["Tue 09:00", "Tue 09:15", "Tue 09:30"], id="an empty day"),
        pytest.param(
            [taken("2026-11-24 08:50", "2026-11-24 09:50")],
            {},
            {},
            NOW,
            ["Tue 10:00", "Tue 10:15", "Tue 10:30"],
            id="the grid goes by the clock, whatever begins at ten to",
        ),
        pytest.param(
            [],
            {"hours": every_day("09:00-10:00", "13:30-17:00")},
            {"minutes": 60},
            NOW,
            ["Tue 09:00", "Tue 13:30", "Tue 13:45"],
            id="a day with a gap",
        ),
        pytest.param(
            [],
            {"hours": every_day("23:00-00:00", "00:00-00:30"), "days_ahead": 0},
            {"minutes": 60},
            "2026-11-24 21:00",
            ["Tue 23:00", "Tue 23:15", "Tue 23:30"],
            id="23:30 to 00:30 on the last day",
        ),
        pytest.param(
            [],
            {"holidays": (Holiday(date(2026, 11, 24), date(2026, 11, 25), "Closed"),)},
            {},
            NOW,
            ["Thu 09:00", "Thu 09:15", "Thu 09:30"],
            id="two days shut",
        ),
        pytest.param(
            [],
            {"daily_limit": 1},
            {},
            NOW,
            ["Tue 09:00", "Tue 09:15", "Tue 09:30"],
            id="a limit not reached yet",
        ),
        pytest.param(
            [taken("2026-11-24 16:00", "2026-11-24 17:00")],
            {"daily_limit": 1},
            {},
            NOW,
            ["Wed 09:00", "Wed 09:15", "Wed 09:30"],
            id="and one that is",
        ),
    ],
)
def test_what_is_offered(entries, rules, wish, now, found):
    assert (
        offered(
            *entries,
            rules=replace(RULES, **rules),
            wish=replace(HALF_AN_HOUR, **wish),
            now=now,
            at_most=3,
        )
        == found
    )


def test_the_grid_of_kathmandu_begins_at_its_own_quarters():
    rules = replace(RULES, zone=KATHMANDU, grid_minutes=30)
    book = Book(rules, (), at("2026-11-24 08:00", KATHMANDU))
    first = next_good_times(book, HALF_AN_HOUR, at_most=1)[0]
    assert first.starts == at("2026-11-24 09:00", KATHMANDU) == datetime(2026, 11, 24, 3, 15, tzinfo=UTC)


def test_a_holiday_of_one_country_shuts_one_diary():
    thanksgiving = Holiday(date(2026, 11, 26), date(2026, 11, 26), "Thanksgiving", is_public=True)
    there = replace(RULES, zone=NEW_YORK, holidays=(thanksgiving,))
    assert [each.why for each in against("2026-11-26 14:00", rules=there)] == [Why.HOLIDAY]
    assert against("2026-11-26 14:00") == ()


def test_preferred_times_come_first_and_each_kind_in_order():
    rules = replace(RULES, preferred=every_day("15:00-16:00", days=[3]))
    assert offered(rules=rules, wish=Wish(60), at_most=3, a_day=2) == ["Thu 15:00", "Tue 09:00", "Tue 10:00"]


def test_no_more_a_day_than_asked_for_and_none_beside_another():
    assert offered(a_day=2, at_most=5) == ["Tue 09:00", "Tue 09:30", "Wed 09:00", "Wed 09:30", "Thu 09:00"]


def test_nothing_is_offered_from_a_diary_that_is_full():
    away = taken("2026-11-01 00:00", "2027-11-01 00:00", what="Sabbatical")
    assert offered(away) == []


@pytest.mark.parametrize(
    ("on", "zone", "first", "count"),
    [
        (date(2027, 3, 28), LONDON, "00:00 00:30 02:00 02:30", 46),
        (date(2026, 10, 25), LONDON, "00:00 00:30 01:00 01:30", 48),
        (date(2026, 11, 1), NEW_YORK, "00:00 00:30 01:00 01:30", 48),
        (date(2026, 11, 24), LAGOS, "00:00 00:30 01:00 01:30", 48),
        (date(2026, 9, 6), "America/Santiago", "01:00 01:30 02:00 02:30", 46),  # the clocks skip midnight
    ],
)
def test_the_grid_of_days_on_which_the_clocks_change(on, zone, first, count):
    moments = list(grid(on, ZoneInfo(zone), 30))
    assert " ".join(f"{each.astimezone(ZoneInfo(zone)):%H:%M}" for each in moments[:4]) == first
    assert len(moments) == count
    assert moments == sorted(set(moments))


def test_hours_are_real_hours_on_the_day_the_clocks_go_forward():
    rules = replace(RULES, hours=every_day("00:00-03:00"), grid_minutes=60)
    book = Book(rules, (), at("2027-03-27 12:00"))
    begin = [each.starts for each in next_good_times(book, Wish(60), at_most=2, a_day=None)]
    assert begin == [at("2027-03-28 00:00"), at("2027-03-28 02:00")]


def test_a_time_the_clocks_skip_does_not_exist_and_of_two_the_first_is_meant():
    assert moment_of(date(2027, 3, 28), time(1, 30), LONDON) is None
    assert moment_of(date(2026, 10, 25), time(1, 30), LONDON) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


ZONES = [LONDON, LAGOS, NEW_YORK, KATHMANDU, "Australia/Lord_Howe", "America/Santiago", "Pacific/Apia"]
CHANGES = [
    datetime(2027, 3, 26, 12, tzinfo=UTC),
    datetime(2026, 10, 23, 12, tzinfo=UTC),
    datetime(2026, 10, 30, 12, tzinfo=UTC),
    datetime(2027, 4, 1, 12, tzinfo=UTC),
    datetime(2026, 9, 4, 12, tzinfo=UTC),
    datetime(2026, 11, 24, 12, tzinfo=UTC),
]
QUARTERS = st.integers(0, 95).map(lambda n: time(n // 4, n % 4 * 15))
HOURS = st.lists(
    st.builds(Interval, st.integers(0, 6), QUARTERS, QUARTERS).filter(
        lambda each: each.opens < each.closes or each.closes == time.min
    ),
    max_size=14,
).map(tuple)


@st.composite
def diaries(draw):
    """A diary with anything in it, near a day on which clocks change somewhere."""
    now = draw(st.sampled_from(CHANGES)) + timedelta(minutes=draw(st.integers(0, 2880)))
    days = st.integers(0, 5).map(lambda n: now.date() + timedelta(days=n))
    rules = Rules(
        zone=draw(st.sampled_from(ZONES)),
        hours=draw(HOURS),
        preferred=draw(st.one_of(st.just(()), HOURS)),
        holidays=tuple(draw(st.lists(st.builds(lambda on: Holiday(on, on, "Fair"), days), max_size=1))),
        grid_minutes=draw(st.sampled_from([10, 15, 30, 60])),
        gap_before=draw(st.integers(0, 30)),
        gap_after=draw(st.integers(0, 30)),
        travel=draw(st.integers(0, 60)),
        notice=draw(st.integers(0, 1500)),
        days_ahead=draw(st.integers(0, 5)),
        daily_limit=draw(st.one_of(st.none(), st.integers(1, 3))),
        all_day_is_busy=draw(st.booleans()),
        tentative_is_busy=draw(st.booleans()),
    )
    entries = [
        Taken(
            starts=now + timedelta(minutes=draw(st.integers(-600, 7200))),
            ends=now,
            kind=draw(st.sampled_from(Kind)),
            gap_before=draw(st.integers(0, 45)),
            gap_after=draw(st.integers(0, 45)),
            place=draw(st.sampled_from(["", "here", "there"])),
            busy=draw(st.sampled_from(["busy", "busy", "tentative", "free"])),
            all_day=draw(st.sampled_from([False, False, True])),
            id=UUID(int=number),
        )
        for number in range(draw(st.integers(0, 8)))
    ]
    lengths = st.sampled_from([0, 15, 50, 240, 3000])
    entries = [replace(each, ends=each.starts + timedelta(minutes=draw(lengths))) for each in entries]
    guests = tuple(Awake(zone) for zone in draw(st.lists(st.sampled_from(ZONES), max_size=1)))
    wish = Wish(draw(st.sampled_from([15, 30, 50, 90])), draw(st.sampled_from(["", "here"])), guests=guests)
    return Book(rules, entries, now), wish


@settings(max_examples=60, deadline=None)
@given(diaries())
def test_what_is_offered_can_always_be_booked_and_what_is_not_has_a_reason(diary):
    book, wish = diary
    offers = [each.starts for each in next_good_times(book, wish, at_most=10_000, a_day=None)]
    today = book.now.astimezone(book.zone).date()
    every = [
        starts
        for ahead in range(book.rules.days_ahead + 1)
        for starts in grid(today + timedelta(days=ahead), book.zone, book.rules.grid_minutes)
    ]
    refused = {starts: clashes(book, wish, starts) for starts in every}
    # Nothing good is passed over either, however far the search has jumped ahead.
    assert sorted(offers) == [starts for starts, why in refused.items() if not why]
    assert all(clash.words for why in refused.values() for clash in why)


@settings(max_examples=60, deadline=None)
@given(diaries(), st.integers(0, 100))
def test_whatever_is_good_overlaps_nothing_and_keeps_every_gap(diary, offset):
    book, wish = diary
    # Not only on the grid: a person may choose any minute.
    for minutes in range(offset, 7000, 101):
        starts = book.now + timedelta(minutes=minutes)
        if not clashes(book, wish, starts):
            for other in book.taken:
                assert counts(other, book.rules)
                assert_apart(book, wish, starts, other)


def assert_apart(book, wish, starts, other):
    ends = starts + timedelta(minutes=wish.minutes)
    assert other.ends <= starts or ends <= other.starts
    if other.all_day:
        return
    between = max(starts - other.ends, other.starts - ends)
    wanted = (
        max(other.gap_after, book.rules.gap_before)
        if other.ends <= starts
        else max(book.rules.gap_after, other.gap_before)
    )
    if wish.place and other.place and wish.place != other.place:
        wanted = max(wanted, book.rules.travel)
    assert between >= timedelta(minutes=wanted)


@settings(max_examples=60, deadline=None)
@given(diaries())
def test_preferred_offers_are_first_and_never_more_than_asked_for(diary):
    book, wish = diary
    found = next_good_times(book, wish, at_most=5)
    assert len(found) <= 5
    assert [each.preferred for each in found] == sorted((each.preferred for each in found), reverse=True)
    for kind in (True, False):
        begins = [each.starts for each in found if each.preferred is kind]
        assert begins == sorted(begins)
