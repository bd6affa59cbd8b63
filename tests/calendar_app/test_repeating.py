"""From what is chosen to dates, to a rule, and to words."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from calendar_app import recurrence, repeating
from calendar_app.repeating import Choice, Unbounded

LONDON, LAGOS, NEW_YORK = "Europe/London", "Africa/Lagos", "America/New_York"
TEN = time(10)


def choice(every, first, **facts):
    return Choice(every, date.fromisoformat(first), **({"at": TEN} | facts))


def days(*texts):
    return [date.fromisoformat(text) for text in texts]


@pytest.mark.parametrize(
    ("chosen", "found", "rule"),
    [
        (
            choice("daily", "2026-12-30", count=4),
            days("2026-12-30", "2026-12-31", "2027-01-01", "2027-01-02"),
            "FREQ=DAILY;UNTIL=20270102T100000Z",
        ),
        (
            choice("weekly", "2026-12-01", until=date(2026, 12, 22)),
            days("2026-12-01", "2026-12-08", "2026-12-15", "2026-12-22"),
            "FREQ=WEEKLY;BYDAY=TU;UNTIL=20261222T100000Z",
        ),
        (  # typed on a Friday, meant for Mondays and Wednesdays
            choice("weekly", "2026-11-27", count=3, days=(2, 0)),
            days("2026-11-30", "2026-12-02", "2026-12-07"),
            "FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20261207T100000Z",
        ),
        (
            choice("fortnightly", "2026-11-27", count=4, days=(0, 4)),
            days("2026-11-27", "2026-12-07", "2026-12-11", "2026-12-21"),
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR;UNTIL=20261221T100000Z",
        ),
        (
            choice("fortnightly", "2026-11-27", count=2, days=(0,)),
            days("2026-11-30", "2026-12-14"),
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;UNTIL=20261214T100000Z",
        ),
        (  # months without that day have none
            choice("monthly_on_date", "2027-01-31", count=3),
            days("2027-01-31", "2027-03-31", "2027-05-31"),
            "FREQ=MONTHLY;BYMONTHDAY=31;UNTIL=20270531T090000Z",
        ),
        (
            choice("monthly_on_weekday", "2026-12-08", count=3),
            days("2026-12-08", "2027-01-12", "2027-02-09"),
            "FREQ=MONTHLY;BYDAY=2TU;UNTIL=20270209T100000Z",
        ),
        (  # the fifth is the last
            choice("monthly_on_weekday", "2026-12-29", count=3),
            days("2026-12-29", "2027-01-26", "2027-02-23"),
            "FREQ=MONTHLY;BYDAY=-1TU;UNTIL=20270223T100000Z",
        ),
    ],
)
def test_what_is_chosen_as_dates_and_as_a_rule(chosen, found, rule):
    assert repeating.dates(chosen) == found
    assert repeating.rule(chosen, LONDON) == rule


@pytest.mark.parametrize(
    "chosen",
    [
        choice("weekly", "2026-12-01"),
        choice("weekly", "2026-12-01", until=date(2026, 11, 30)),
        choice("daily", "2026-12-01", until=date(2027, 12, 1)),
        choice("daily", "2026-12-01", count=101),
        choice("monthly_on_date", "2027-01-31", count=60),
    ],
)
def test_what_has_no_end_or_no_date_or_too_many_is_refused(chosen):
    with pytest.raises(Unbounded):
        repeating.dates(chosen)


@given(
    every=st.sampled_from(["daily", "weekly", "fortnightly", "monthly_on_date", "monthly_on_weekday"]),
    first=st.dates(date(2024, 1, 1), date(2032, 12, 31)),
    at=st.times().map(lambda t: t.replace(second=0, microsecond=0, tzinfo=None, fold=0)),
    count=st.integers(1, 20),
    chosen=st.sets(st.integers(0, 6), max_size=4),
    zone=st.sampled_from([LONDON, LAGOS, NEW_YORK, "Australia/Lord_Howe", "America/Santiago"]),
)
def test_the_rule_means_the_dates(every, first, at, count, chosen, zone):
    made = Choice(every, first, at, count=count, days=tuple(chosen))
    try:
        found = repeating.dates(made)
    except Unbounded:
        return  # further ahead than anybody arranges
    assert len(found) == count
    moments = [repeating.meant(on, at, zone) for on in found]
    assume(not repeating.is_skipped(found[0], at, zone))  # none begins there
    rule = repeating.rule(made, zone)
    assert repeating.between(rule, zone, moments[0], moments[-1]) == moments
    # … and goes on meaning the same from any of them on, as the calendar of one invited later reads it.
    middle = len(found) // 2
    assert repeating.between(rule, zone, moments[middle], moments[-1]) == moments[middle:]
    # … and without being told where to stop, it ends by itself.
    here = ZoneInfo(zone)
    begins = datetime.combine(found[0], at)
    walls = recurrence.walls(recurrence.read(rule), begins, here, begins, begins + timedelta(days=4000))
    assert [recurrence.moment(wall, here) for wall in walls] == moments


@given(
    every=st.sampled_from(["daily", "weekly", "fortnightly"]),
    first=st.dates(date(2026, 1, 1), date(2028, 12, 31)),
    chosen=st.sets(st.integers(0, 6), max_size=4),
    by_days=st.integers(-6, 6),
)
def test_a_rule_that_is_moved_means_the_dates_so_many_days_away(every, first, chosen, by_days):
    made = Choice(every, first, TEN, count=9, days=tuple(chosen))
    away = [on + timedelta(days=by_days) for on in repeating.dates(made)]
    moments = [repeating.meant(on, time(15), LONDON) for on in away]
    before = repeating.rule(made, LONDON)
    rule = repeating.moved(before, by_days, moments[-1], meant=away[0])
    assert repeating.between(rule, LONDON, moments[0], moments[-1]) == moments
    for on in repeating.dates(made):
        assert repeating.goes_to(before, on, repeating.dates(made)[0], by_days) in away


@given(
    every=st.sampled_from(["monthly_on_date", "monthly_on_weekday"]),
    first=st.dates(date(2026, 1, 1), date(2028, 12, 31)),
    by_days=st.integers(-40, 40),
    nth=st.integers(0, 4),
)
def test_a_rule_of_months_means_the_days_its_dates_have_gone_to(every, first, by_days, nth):
    made = Choice(every, first, TEN, count=5)
    dates, rule = repeating.dates(made), repeating.rule(made, LONDON)
    went = [repeating.goes_to(rule, on, dates[nth], by_days) for on in dates]
    assume(all(went))  # the 31st: refused
    moments = [repeating.meant(on, time(15), LONDON) for on in went]
    moved = repeating.moved(rule, by_days, moments[-1], meant=dates[nth])
    means = repeating.between(moved, LONDON, moments[0], moments[-1])
    assert set(moments) <= set(means)
    if first.day < 29 or every == "monthly_on_weekday":  # else it had passed some months over
        assert means == moments


def test_a_monthly_rule_that_is_not_moved_keeps_its_day():
    rule = repeating.rule(choice("monthly_on_weekday", "2026-12-08", count=3), LONDON)
    last = datetime(2027, 2, 9, 15, tzinfo=UTC)
    assert repeating.moved(rule, 0, last, meant=date(2026, 12, 8)) == (
        "FREQ=MONTHLY;BYDAY=2TU;UNTIL=20270209T150000Z"
    )


def test_the_wall_time_stays_though_the_clocks_change():
    made = choice("weekly", "2027-03-15", count=4)
    moments = [repeating.meant(on, made.at, LONDON) for on in repeating.dates(made)]
    assert [f"{each:%d.%m. %H}" for each in moments] == ["15.03. 10", "22.03. 10", "29.03. 09", "05.04. 09"]


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        (choice("daily", "2026-12-01", count=3), "Every day, until 3 December 2026"),
        (choice("weekly", "2026-12-01", count=2), "Every Tuesday, until 8 December 2026"),
        (
            choice("weekly", "2026-11-30", count=3, days=(0, 2, 4)),
            "Every Monday, Wednesday and Friday, until 4 December 2026",
        ),
        (choice("fortnightly", "2026-12-01", count=2), "Every other Tuesday, until 15 December 2026"),
        (choice("monthly_on_date", "2026-12-15", count=2), "Every month on day 15, until 15 January 2027"),
        (
            choice("monthly_on_weekday", "2026-12-08", count=2),
            "Every second Tuesday of a month, until 12 January 2027",
        ),
        (
            choice("monthly_on_weekday", "2026-12-29", count=2),
            "Every last Tuesday of a month, until 26 January 2027",
        ),
    ],
)
def test_a_rule_in_words(chosen, words):
    first = repeating.meant(repeating.dates(chosen)[0], chosen.at, LONDON)
    assert repeating.in_words(repeating.rule(chosen, LONDON), LONDON, first) == words


def test_a_rule_from_before_is_told_as_well():
    first = datetime(2026, 12, 4, 10, tzinfo=UTC)
    assert repeating.in_words("FREQ=WEEKLY;COUNT=4;BYDAY=FR", LONDON, first) == "Every Friday, 4 times"
    assert repeating.in_words("what nobody wrote", LONDON, first) == "what nobody wrote"
