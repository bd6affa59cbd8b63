from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clients.availability import Holiday, Hours, Interval, Whereabouts, availability, overlaps, where
from clients.local_time import first_moment, is_skipped, is_twice, last_moment

WORKDAYS = tuple(Interval(day, time(8, 30), time(17)) for day in range(5))
WITH_LUNCH = tuple(
    interval
    for day in range(5)
    for interval in (Interval(day, time(9), time(12, 30)), Interval(day, time(13, 30), time(17)))
)
LISBON = Hours("Europe/Lisbon", open=WORKDAYS)
# Places that change their clocks by an hour, half an hour, at midnight, or not at all; Apia once lost a day.
ZONES = [
    "Europe/London",
    "America/New_York",
    "Africa/Lagos",
    "Australia/Lord_Howe",
    "America/Sao_Paulo",
    "Africa/Cairo",
    "Asia/Kathmandu",
    "Pacific/Apia",
]


def at(text, zone="Europe/Lisbon"):
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def holiday(first, name="", last=None, **facts):
    return Holiday(date.fromisoformat(first), date.fromisoformat(last or first), name, **facts)


@pytest.mark.parametrize(
    ("when", "is_open", "until", "because"),
    [
        ("2026-03-02 08:29", False, "2026-03-02 08:30", "resume 08:30"),
        ("2026-03-02 08:30", True, "2026-03-02 17:00", "inside the client’s opening hours"),
        ("2026-03-02 17:00", False, "2026-03-03 08:30", "resume Tue 08:30"),
        ("2026-03-06 18:00", False, "2026-03-09 08:30", "resume Mon 08:30"),
    ],
)
def test_the_client_is_open_in_her_own_hours(when, is_open, until, because):
    found = availability(LISBON, at=at(when)).open
    assert (found.holds, found.until) == (is_open, at(until))
    assert because in found.because


def test_she_closes_for_lunch():
    hours = Hours("Europe/Lisbon", open=WITH_LUNCH)
    assert not availability(hours, at=at("2026-03-02 13:00")).open.holds
    assert availability(hours, at=at("2026-03-02 13:00")).open.until == at("2026-03-02 13:30")


@pytest.mark.parametrize(
    ("answers", "when", "answered", "because"),
    [
        ("always", "2026-03-01 03:00", True, "we always answer this line"),
        ("when_closed", "2026-03-02 09:00", False, "answers this line herself until 17:00"),
        ("when_closed", "2026-03-02 18:05", True, "the client is closed, and then we answer"),
        ("listed", "2026-03-02 07:30", True, "inside the hours we answer"),
        ("listed", "2026-03-02 18:05", False, "outside the hours we answer, which resume Tue 07:00"),
    ],
)
def test_what_the_client_asked_decides_whether_we_answer(answers, when, answered, because):
    hours = Hours(
        "Europe/Lisbon",
        open=WORKDAYS,
        answered=tuple(Interval(day, time(7), time(18)) for day in range(5)),
        answers=answers,
    )
    found = availability(hours, at=at(when)).answered
    assert found.holds is answered
    assert because in found.because


def test_a_holiday_closes_the_client_and_not_us():
    hours = Hours(
        "Europe/Lisbon",
        open=WORKDAYS,
        answered=WORKDAYS,
        answers="listed",
        holidays=(holiday("2026-12-08", "Immaculate Conception"), holiday("2026-12-09")),
    )
    found = availability(hours, at=at("2026-12-08 10:00"))
    assert found.open.because == "holiday: Immaculate Conception"
    assert found.open.until == at("2026-12-10 08:30")
    assert found.answered.holds
    assert found.holiday == "Immaculate Conception"
    assert availability(hours, at=at("2026-12-09 10:00")).open.because == "holiday"


def test_hours_that_touch_over_midnight_are_one_stretch():
    night = tuple(
        interval
        for day in range(7)
        for interval in (Interval(day, time(20), time(0)), Interval(day, time(0), time(6)))
    )
    found = availability(Hours("Europe/London", open=night), at=at("2026-03-02 22:00", "Europe/London"))
    assert found.open.until == at("2026-03-03 06:00", "Europe/London")


def test_without_any_hours_she_counts_as_open_and_nothing_is_foreseen():
    found = availability(Hours("Europe/London"), at=at("2026-03-02 03:00")).open
    assert (found.holds, found.until) == (True, None)


def test_listed_hours_that_list_nothing_never_come():
    found = availability(Hours("Europe/London", answers="listed"), at=at("2026-03-02 03:00")).answered
    assert (found.holds, found.until, found.because) == (False, None, "outside the hours we answer")


def test_hours_that_begin_in_the_skipped_hour_begin_when_the_clocks_jump():
    hours = Hours("Europe/London", open=(Interval(6, time(1, 30), time(5)),))
    before = datetime(2026, 3, 29, 0, 59, tzinfo=UTC)
    assert availability(hours, at=before).open.until == datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert availability(hours, at=datetime(2026, 3, 29, 1, tzinfo=UTC)).open.holds


def test_hours_wholly_inside_the_skipped_hour_do_not_happen_that_day():
    hours = Hours("Europe/London", open=(Interval(6, time(1, 10), time(1, 50)),))
    found = availability(hours, at=datetime(2026, 3, 28, 12, tzinfo=UTC)).open
    assert found.until == at("2026-04-05 01:10", "Europe/London")


def test_hours_in_the_hour_that_comes_twice_last_until_its_second_end():
    hours = Hours("Europe/London", open=(Interval(6, time(1, 0), time(1, 30)),))
    assert availability(hours, at=datetime(2026, 10, 25, 0, 0, tzinfo=UTC)).open.holds
    assert availability(hours, at=datetime(2026, 10, 25, 0, 0, tzinfo=UTC)).open.until == datetime(
        2026, 10, 25, 1, 30, tzinfo=UTC
    )


def test_overlapping_intervals_are_found():
    early, late = Interval(0, time(8), time(13)), Interval(0, time(12), time(17))
    assert overlaps([late, early, Interval(1, time(8), time(13))]) == [(early, late)]
    assert overlaps(WITH_LUNCH) == []
    assert overlaps([Interval(0, time(9), time(0)), Interval(0, time(18), time(19))]) != []


def test_of_two_statuses_that_overlap_the_one_set_last_holds():
    ngozi = UUID(int=1)

    def status(words, begins, ends, set_at):
        return Whereabouts(ngozi, "Ngozi", "out", words, at(begins), at(ends), at(set_at))

    away = status("Away", "2026-03-02 09:00", "2026-03-06 18:00", "2026-02-20 10:00")
    court = status("In court", "2026-03-02 11:00", "2026-03-02 15:00", "2026-03-02 08:10")
    assert where([court, away], at=at("2026-03-02 12:00")) == {ngozi: court}
    assert where([court, away], at=at("2026-03-02 15:00")) == {ngozi: away}
    assert where([court, away], at=at("2026-03-07 15:00")) == {}


times = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 45]))
moments = st.datetimes(datetime(2008, 1, 1), datetime(2030, 1, 1)).map(lambda when: when.replace(tzinfo=UTC))


@st.composite
def hours(draw):
    intervals = []
    for weekday in draw(st.sets(st.integers(0, 6))):
        edges = sorted(draw(st.sets(times, min_size=2, max_size=6)))
        intervals += [
            Interval(weekday, *pair) for pair in zip(edges[::2], edges[1::2], strict=False) if len(pair) == 2
        ]
    return Hours(
        draw(st.sampled_from(ZONES)), open=tuple(intervals), answered=tuple(intervals), answers="listed"
    )


@given(hours(), moments)
def test_what_is_said_holds_until_the_moment_named_and_no_longer(hours, moment):
    found = availability(hours, at=moment).answered
    if found.until is None:
        assert not found.holds
        return
    assert found.until > moment
    almost = found.until - timedelta(microseconds=1)
    assert availability(hours, at=almost).answered.holds == found.holds
    assert availability(hours, at=moment + (almost - moment) / 2).answered.holds == found.holds
    assert availability(hours, at=found.until).answered.holds != found.holds


@given(hours(), moments)
def test_away_from_clock_changes_it_is_what_the_clock_on_the_wall_says(hours, moment):
    zone = ZoneInfo(hours.zone)
    around = {(moment + timedelta(hours=offset)).astimezone(zone).utcoffset() for offset in (-26, 0, 26)}
    local = moment.astimezone(zone)
    if len(around) == 1:
        expected = any(
            each.weekday == local.weekday() and each.opens <= local.time() < each.closes
            for each in hours.answered
        )
        assert availability(hours, at=moment).answered.holds == expected


@st.composite
def holidays_about(draw, moment):
    """Some holidays and closures in the days around a moment, each answered or not."""
    found = []
    for _ in range(draw(st.integers(0, 5))):
        first = moment.date() + timedelta(days=draw(st.integers(-6, 12)))
        says = draw(st.sampled_from(["closed", "half", "open", "asked"]))
        opens, closes = None, None
        if says == "half":
            edges = sorted(draw(st.sets(times, min_size=2, max_size=2)))
            which = draw(st.sampled_from([(True, True), (True, False), (False, True)]))
            opens, closes = (edge if there else None for edge, there in zip(edges, which, strict=True))
            closes = None if closes == time.min else closes
            says = says if opens or closes else "closed"
        last = first + timedelta(days=draw(st.integers(0, 5)))
        facts = {"is_public": draw(st.booleans()), "is_for_line": draw(st.booleans())}
        found.append(Holiday(first, last, "A day", says, opens, closes, **facts))
    return tuple(found)


def test_what_lies_beyond_the_looking_is_no_end_though_a_day_was_left_out():
    """Samoa had no 30 December 2011."""
    always = Hours("Pacific/Apia", holidays=(Holiday(date(2011, 11, 30), date(2011, 11, 30), "A day"),))
    found = availability(always, at=datetime(2011, 12, 1, 10, 0, 0, 1, tzinfo=UTC)).open
    assert (found.holds, found.until) == (True, None)


@given(st.data(), hours(), moments)
def test_holidays_hold_on_their_days_and_until_the_moment_named(data, hours, moment):
    """The wall clock's hours, cut by the one holiday that decides; and what is said lasts as long as said."""
    hours = replace(hours, holidays=data.draw(holidays_about(moment)))
    zone = ZoneInfo(hours.zone)
    local = moment.astimezone(zone)
    found = availability(hours, at=moment).open
    around = {(moment + timedelta(hours=offset)).astimezone(zone).utcoffset() for offset in (-26, 0, 26)}
    if len(around) == 1:
        theirs = [each for each in hours.holidays if each.first <= local.date() <= each.last]
        day = min(theirs, key=lambda each: each.precedence, default=None)
        usual = not hours.open or any(
            each.weekday == local.weekday() and each.opens <= local.time() < each.closes
            for each in hours.open
        )
        if day and day.says == "closed":
            usual = False
        elif day and day.says == "half":
            usual = usual and (day.opens or time.min) <= local.time()
            usual = usual and (day.closes is None or local.time() < day.closes)
        assert found.holds == usual
    if found.until:
        assert found.until > moment
        almost = found.until - timedelta(microseconds=1)
        assert availability(hours, at=almost).open.holds == found.holds
        assert availability(hours, at=found.until).open.holds != found.holds


def test_a_half_day_on_the_day_the_clocks_change_ends_when_they_show_its_end():
    """In London the clocks go back at two on 25 October 2026: 01:30 comes twice, and 02:00 an hour later."""
    half = holiday("2026-10-25", "Inventory", says="half", closes=time(1, 30))
    hours = Hours("Europe/London", open=(Interval(6, time(0), time(6)),), holidays=(half,))
    found = availability(hours, at=datetime(2026, 10, 24, 23, 30, tzinfo=UTC)).open
    assert (found.holds, found.until) == (True, datetime(2026, 10, 25, 1, 30, tzinfo=UTC))
    assert found.because == "inside the hours of a half day: Inventory"


@given(st.dates(date(2008, 1, 1), date(2030, 1, 1)), times, st.sampled_from(ZONES))
def test_a_wall_time_is_the_moment_the_clock_first_shows_it_or_something_later(on, wall, name):
    zone = ZoneInfo(name)
    first, last = first_moment(on, wall, zone), last_moment(on, wall, zone)
    shown = first.astimezone(zone)
    if is_skipped(on, wall, zone):
        assert first == last
        assert shown.replace(tzinfo=None) > datetime.combine(on, wall)
        just_before = (first - timedelta(seconds=1)).astimezone(zone)
        assert just_before.replace(tzinfo=None) < datetime.combine(on, wall)
    else:
        assert (shown.date(), shown.time()) == (on, wall)
        assert last.astimezone(zone).time() == wall
    assert is_twice(on, wall, zone) == (first < last)
