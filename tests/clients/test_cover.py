"""Whether somebody is planned for every hour that was promised, and in words when nobody is."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from clients.availability import Hours, Interval, promised
from clients.cover import cover, joined, without
from secretariat import clock
from secretariat.office.rota import planning, rules
from secretariat.office.rota.rules import Stretch

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)
MONDAY = date(2026, 11, 30)
HOUR = timedelta(hours=1)


def hours(text: str) -> list[Stretch]:
    """ "9-12 13-17", of one day."""
    pairs = (each.split("-") for each in text.split())
    return [
        Stretch(*(NOON.replace(hour=0) + int(edge) * HOUR for edge in (begins, ends)))
        for begins, ends in pairs
    ]


@pytest.mark.parametrize(
    ("due", "shifts", "gaps"),
    [
        ("9-17", "9-17", ""),
        ("9-17", "8-18", ""),
        ("9-17", "", "9-17"),
        ("9-17", "9-12 13-17", "12-13"),
        ("9-17", "10-16", "9-10 16-17"),
        ("9-12 14-17", "8-15", "15-17"),
        ("9-17", "8-12 10-14", "14-17"),
        ("9-17", "17-20", "9-17"),
    ],
)
def test_what_nobody_is_planned_for(due, shifts, gaps):
    found = cover(hours(due), hours(shifts))
    assert list(found.gaps) == hours(gaps)
    assert found.promised - found.covered == sum((each.length for each in hours(gaps)), timedelta())


SOME = st.lists(st.tuples(st.integers(0, 20), st.integers(1, 8)), max_size=5).map(
    lambda pairs: [Stretch(NOON + begins * HOUR, NOON + (begins + length) * HOUR) for begins, length in pairs]
)


@settings(max_examples=50)
@given(SOME, SOME)
def test_every_promised_hour_is_covered_or_a_gap_and_none_is_both(due, shifts):
    gaps = without(due, shifts)
    for n in range(30):
        hour = Stretch(NOON + n * HOUR, NOON + (n + 1) * HOUR)
        is_due, is_covered = (any(each.meets(hour) for each in some) for some in (due, shifts))
        assert any(each.meets(hour) for each in gaps) == (is_due and not is_covered)
    assert joined(gaps) == gaps


def test_the_hours_of_a_line_are_promised_by_what_it_is_answered_in():
    begins, ends = NOON.replace(hour=0), NOON.replace(hour=0) + timedelta(days=1)
    day, evening = Interval(0, time(9), time(17)), Interval(0, time(18), time(0))

    def of(answers) -> list[tuple[int, int]]:
        spans = promised(Hours("UTC", (day,), (evening,), answers), begins, ends)
        return [(since.hour, until.hour or 24) for since, until in spans]

    assert of("always") == [(9, 17)]
    assert of("listed") == [(18, 24)]
    assert of("when_closed") == [(0, 9), (17, 24)]


def test_the_firm_reads_when_nobody_is_planned_for_a_client(office):
    office.clock_says("2026-11-24 10:30")
    okafor, helen = office.client("Okafor Legal"), office.supervisor()
    priya, maya = office.secretary("Priya", okafor, ready=False), office.secretary("Maya", ready=False)
    for who, begins, ends in ((priya, time(9), time(12)), (maya, time(9), time(17))):
        stretch = rules.stretch(MONDAY, begins, ends, who.zone)
        planning.add(secretary=who, stretch=stretch, by=helen, at=clock.now())
    page = office.browser(helen).get(f"{reverse('rota-cover')}?week=2026-11-30").content.decode()
    clients, languages = page.split("Languages</caption>")
    assert "Mon 30 Nov 12:00–17:00" in clients  # Maya is planned, but is not on the team
    assert "56 h 00 min" in clients
    assert "Mon 30 Nov" not in languages  # she speaks the callers' language
