"""The judgement of a shift: nights on which the clocks change, rest, overlaps, limits, her word."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.office.rota import least, rules
from secretariat.office.rota.rules import Away, Facts, Grade, Limits, Stretch

LONDON = "Europe/London"
ZONES = [LONDON, "Africa/Lagos", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"]
MONDAY = date(2026, 11, 23)
HOUR = timedelta(hours=1)
minutes = st.integers(0, 24 * 60 - 1).map(lambda n: time(n // 60, n % 60))
JAN = datetime(2026, 1, 5, tzinfo=UTC)


def shift(text: str, zone=LONDON) -> Stretch:
    """ "Mon 09-17", of the week of MONDAY."""
    day, hours = text.split()
    on = MONDAY + timedelta(days=["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].index(day))
    begins, ends = (time(int(each)) for each in hours.split("-"))
    return rules.stretch(on, begins, ends, zone)


def speaks(text: str, *others: str, **facts) -> dict[str, Grade]:
    known = Facts(LONDON, facts.pop("limits", Limits()), tuple(map(shift, others)), **facts)
    return {each.rule: each.grade for each in rules.judge(shift(text), known)}


@pytest.mark.parametrize(
    ("on", "begins", "ends", "hours"),
    [
        (date(2026, 3, 28), time(22), time(6), 7),  # the night the clocks go forward
        (date(2026, 10, 24), time(22), time(6), 9),  # the night they go back
        (date(2026, 10, 25), time(0), time(1, 30), 2.5),  # 01:30 comes twice: she stays for the second
        (date(2026, 3, 29), time(0, 30), time(1, 30), 1),  # 01:30 never comes: as much later
        (date(2026, 11, 24), time(9), time(17), 8),
        (date(2026, 11, 24), time(9), time(9), 24),
    ],
)
def test_a_shift_has_the_hours_that_pass(on, begins, ends, hours):
    assert rules.stretch(on, begins, ends, LONDON).length == hours * HOUR


def test_a_shift_inside_the_skipped_hour_is_none():
    with pytest.raises(rules.ClocksSkip):
        rules.stretch(date(2026, 3, 29), time(1, 30), time(2), LONDON)


def test_a_night_shift_copied_over_the_change_keeps_the_clock_on_the_wall():
    before = rules.stretch(date(2026, 10, 17), time(22), time(6), LONDON)
    after = rules.moved(before, 7, LONDON)
    assert after == rules.stretch(date(2026, 10, 24), time(22), time(6), LONDON)
    assert after.length - before.length == HOUR


@given(
    st.dates(date(2025, 1, 1), date(2027, 12, 31)),
    minutes,
    minutes,
    st.sampled_from(ZONES),
)
def test_every_shift_begins_when_its_wall_says_or_not_at_all(on, begins, ends, zone):
    try:
        found = rules.stretch(on, begins, ends, zone)
    except rules.ClocksSkip:
        return
    assert timedelta() < found.length <= 25 * HOUR
    local = found.begins.astimezone(ZoneInfo(zone))
    if rules.begins_on(found, zone) == on and local.time() != begins:
        assert local.time() > begins  # a time the clocks skip is later, never earlier
    assert rules.moved(found, 0, zone).ends >= found.ends


@pytest.mark.parametrize(
    ("text", "others", "expected"),
    [
        ("Tue 09-17", ["Mon 09-17", "Wed 09-17"], {}),
        ("Tue 09-17", ["Tue 16-20"], {"overlap": Grade.NEVER}),
        ("Tue 17-20", ["Tue 09-17"], {}),  # touching is no overlap, and together one day
        ("Tue 07-12", ["Mon 15-23"], {"rest": Grade.REASONED}),  # eight hours of rest
        ("Tue 10-14", ["Mon 15-23"], {}),  # eleven
        ("Tue 18-21", ["Tue 09-13"], {}),  # a split day, over within thirteen hours
        ("Tue 19-23", ["Tue 09-13"], {"rest": Grade.REASONED}),
        ("Tue 08-21", [], {"length": Grade.REASONED}),
        ("Sun 09-17", [f"{day} 09-17" for day in ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat")], "weekly_rest"),
    ],
)
def test_rest_and_overlap(text, others, expected):
    if isinstance(expected, str):
        assert expected in speaks(text, *others)
    else:
        assert speaks(text, *others) == expected


def test_limits_of_a_contract_are_values_handed_in():
    most = Limits(week_most=20 * HOUR, month_most=100 * HOUR, first_on=date(2026, 1, 1))
    assert speaks("Wed 09-13", "Mon 09-17", "Tue 09-17", limits=most) == {}
    assert speaks("Wed 09-14", "Mon 09-17", "Tue 09-17", limits=most) == {"week": Grade.REASONED}
    assert speaks("Wed 09-14", limits=Limits(month_most=4 * HOUR)) == {"month": Grade.REASONED}
    assert speaks("Wed 09-14", limits=Limits(barred="No contract holds then.")) == {"barred": Grade.NEVER}
    assert speaks("Wed 09-14", limits=Limits(last_on=date(2026, 11, 24))) == {"engaged": Grade.NEVER}
    few = least.of_week(MONDAY, Facts(LONDON, Limits(week_least=16 * HOUR), (shift("Mon 09-17"),)))
    assert [each.words for each in few] == ["8 hours are planned; 16 hours a week are agreed."]


def test_her_word_and_her_days_off():
    at_nine = (shift("Wed 09-10"),)
    assert speaks("Wed 09-14", cannot=at_nine) == {"cannot": Grade.REASONED}
    assert speaks("Wed 09-14", rather_not=at_nine) == {"rather_not": Grade.NOTED}
    wednesday = rules.days(date(2026, 11, 25), date(2026, 11, 25), LONDON)
    assert speaks("Wed 09-14", away=(Away(wednesday, "Holiday"),)) == {"away": Grade.NEVER}
    assert speaks("Wed 09-14", away=(Away(wednesday, "Holiday", asked=True),)) == {"asked_away": Grade.NOTED}


def test_it_says_which_rest_is_too_short_by_her_own_clock():
    [found] = rules.judge(shift("Tue 07-12"), Facts("Africa/Lagos", others=(shift("Mon 15-23"),)))
    assert found.words == "Between Tue 00:00 and Tue 08:00 she rests only 8 hours; 11 hours are due."


stretches = st.lists(st.tuples(st.integers(0, 24 * 6), st.integers(1, 12)), min_size=1, max_size=6).map(
    lambda pairs: [Stretch(JAN + a * HOUR, JAN + (a + n) * HOUR) for a, n in pairs]
)


def disjoint(shifts) -> bool:
    ordered = sorted(shifts)
    return all(not a.meets(b) for i, a in enumerate(ordered) for b in ordered[i + 1 :])


@given(stretches.filter(disjoint))
def test_rest_is_short_exactly_where_some_24_hours_of_work_hold_no_rest(shifts):
    """By brute force: whenever she begins after a rest, the next 24 hours hold eleven free ones in a row."""
    rest = 11 * HOUR
    ordered = sorted(shifts)
    starts = [
        each.begins for n, each in enumerate(ordered) if n == 0 or each.begins - ordered[n - 1].ends >= rest
    ]
    short = any(rules.longest_rest(ordered, Stretch(each, each + 24 * HOUR)) < rest for each in starts)
    assert short == any(rules.short_rest(ordered, rest, about=each) for each in ordered)


@given(stretches, st.integers(-48, 200), st.integers(1, 72))
def test_what_is_planned_in_two_halves_of_a_time_is_what_is_planned_in_it(shifts, begins, length):
    whole = Stretch(JAN + begins * HOUR, JAN + (begins + 2 * length) * HOUR)
    middle = JAN + (begins + length) * HOUR
    halves = Stretch(whole.begins, middle), Stretch(middle, whole.ends)
    assert rules.planned(shifts, whole) == sum((rules.planned(shifts, half) for half in halves), timedelta())


@given(st.dates(date(2025, 1, 1), date(2027, 12, 31)), st.sampled_from(ZONES))
def test_weeks_and_months_follow_each_other_without_a_gap(on, zone):
    week = rules.week_of(on, zone)
    assert week.ends == rules.week_of(on + timedelta(days=7), zone).begins
    month = rules.month_of(on, zone)
    assert month.ends == rules.month_of((on.replace(day=1) + timedelta(days=31)).replace(day=1), zone).begins
