"""Instructions that come back every week, that are for one call type, and stand-ins for who is away."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clients import instruction_words
from clients.availability import Whereabouts
from clients.contradictions import overlaps_of
from clients.differences import ADDED, LONGEST, SAME, TAKEN_OUT, differences, of_parts
from clients.instructions import Caller, Instruction, for_call_type, today, weigh
from clients.standing_in import stand_in_for
from clients.windows import Window
from tests.clients.test_availability import ZONES

TUESDAY = datetime(2026, 11, 24, 14, 30, tzinfo=UTC)  # in London, half past two
STRANGER = Caller("+447700900999")
LONDON = "Europe/London"


def said(**facts):
    written = datetime(2026, 11, 1, tzinfo=UTC)
    return Instruction(**({"id": uuid4(), "series": uuid4(), "written_at": written, "zone": LONDON} | facts))


def window(days=(), begins=None, ends=None):
    return Window(frozenset(days), begins, ends)


def day(text, hour=0, minute=0):
    return datetime.combine(date.fromisoformat(text), time(hour, minute), ZoneInfo(LONDON))


TUE_THU = window([1, 3], time(14), time(16))
ONE_OFF = said(
    text="one-off window",
    from_at=day("2026-11-23"),
    until_at=day("2026-11-28"),
    window=window((), time(14), time(16)),
)
DATED = said(text="dated", from_at=day("2026-11-23"), until_at=day("2026-11-28"))
WEEKLY_WINDOW = said(text="weekly window", window=TUE_THU)
WEEKLY = said(text="weekly", window=window([1]))
FROM_SOME_DAY = said(text="from some day", from_at=day("2026-11-01"))
STANDING = said(text="standing")
IN_ORDER = [ONE_OFF, DATED, WEEKLY_WINDOW, WEEKLY, FROM_SOME_DAY, STANDING]


def ruling(*instructions, at=TUESDAY, caller=STRANGER):
    return weigh(instructions, at=at, caller=caller, line_id=None, zone=LONDON)


@pytest.mark.parametrize("first", range(len(IN_ORDER) - 1))
def test_the_most_specific_in_time_wins(first):
    for loser in IN_ORDER[first + 1 :]:
        verdict = ruling(loser, IN_ORDER[first])
        assert verdict.wins is IN_ORDER[first]
        assert verdict.passed_over[0].because == "another is more specific in time"


@pytest.mark.parametrize(
    ("when", "holds", "until", "again"),
    [
        ("2026-11-24 13:59", False, None, "2026-11-24 14:00"),
        ("2026-11-24 14:00", True, "2026-11-24 16:00", "2026-11-26 14:00"),
        ("2026-11-24 15:59", True, "2026-11-24 16:00", "2026-11-26 14:00"),
        ("2026-11-24 16:00", False, None, "2026-11-26 14:00"),
        ("2026-11-27 10:00", False, None, "2026-12-01 14:00"),
    ],
)
def test_a_weekly_window_comes_back(when, holds, until, again):
    def at(text):
        return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(LONDON))

    assert WEEKLY_WINDOW.holds_at(at(when)) is holds
    assert WEEKLY_WINDOW.begins_after(at(when)) == at(again)
    if holds:
        assert WEEKLY_WINDOW.holds_until(at(when)) == at(until)
    verdict = ruling(WEEKLY_WINDOW, STANDING, at=at(when))
    assert verdict.wins is (WEEKLY_WINDOW if holds else STANDING)
    assert verdict.until == at(until or again)


def test_outside_its_window_it_says_when_it_holds():
    [passed] = ruling(WEEKLY_WINDOW, at=day("2026-11-24", 18)).passed_over
    assert passed.because == "it holds only Tue, Thu 14:00–16:00, next Thu 14:00"


def test_a_window_over_midnight_belongs_to_the_day_on_which_it_begins():
    night = said(window=window([4], time(22), time(6)))  # Fridays
    assert night.holds_at(day("2026-11-27", 23))
    assert night.holds_at(day("2026-11-28", 5))
    assert not night.holds_at(day("2026-11-27", 5))
    assert night.holds_until(day("2026-11-27", 23)) == day("2026-11-28", 6)


def test_a_window_lasts_as_the_clocks_show_on_the_night_they_change():
    night = said(window=window([5], time(23), time(3)))  # Saturdays; the clocks go back at two
    begins, ends = datetime(2026, 10, 24, 22, tzinfo=UTC), datetime(2026, 10, 25, 3, tzinfo=UTC)
    assert night.holds_until(begins) == ends
    assert not night.holds_at(begins - timedelta(seconds=1))
    skipped = said(window=window([6], time(1, 10), time(1, 50)))  # skipped on 29 March
    assert not any(skipped.holds_at(day("2026-03-29") + timedelta(minutes=m)) for m in range(0, 180, 5))


@pytest.mark.parametrize(
    ("instruction", "words"),
    [
        (WEEKLY_WINDOW, "every week, Tue, Thu 14:00–16:00"),
        (said(window=window(range(5))), "every week, Mon–Fri"),
        (said(window=window((), time(8), time(0))), "every day 08:00–24:00"),
        (ONE_OFF, "until Sat 00:00, every day 14:00–16:00"),
        (STANDING, "always"),
    ],
)
def test_how_long_it_holds_is_said_in_words(instruction, words):
    assert instruction_words.holds(instruction, LONDON, now=TUESDAY) == words


times = st.none() | st.builds(time, st.integers(0, 23), st.sampled_from([0, 30]))
moments = st.datetimes(datetime(2015, 1, 1), datetime(2030, 1, 1)).map(lambda when: when.replace(tzinfo=UTC))


@st.composite
def windows(draw):
    begins, ends = draw(times), draw(times)
    return Window(frozenset(draw(st.sets(st.integers(0, 6)))), begins, None if begins == ends else ends)


@given(windows(), moments, st.sampled_from(ZONES))
def test_a_window_holds_when_the_wall_clock_says_so_and_until_when_it_says(kept, moment, name):
    instruction, zone = said(window=kept, zone=name), ZoneInfo(name)
    around = {(moment + timedelta(hours=offset)).astimezone(zone).utcoffset() for offset in (-50, 0, 50)}
    if len(around) == 1 and kept:
        local = moment.astimezone(zone)
        begins, ends = kept.begins or time.min, kept.ends or time.min
        days = kept.weekdays or set(range(7))
        if kept.crosses_midnight:
            early = local.time() < ends and (local.weekday() - 1) % 7 in days
            expected = early or (local.time() >= begins and local.weekday() in days)
        else:
            inside = begins <= local.time() and (ends == time.min or local.time() < ends)
            expected = inside and local.weekday() in days
        assert instruction.holds_at(moment) is expected
    edges = sorted(instruction.edges(moment))
    for edge, following in pairwise(edges):
        middle = edge + (following - edge) / 2
        assert instruction.holds_at(middle) is instruction.holds_at(following - timedelta(microseconds=1))
    if edges:
        assert instruction.holds_at(moment) is instruction.holds_at(edges[0] - timedelta(microseconds=1))


def test_an_instruction_for_a_call_type_routes_nothing_and_holds_once_it_is_picked():
    court = UUID(int=5)
    typed = said(call_type_id=court, call_type="Court", action="put_through", put_through_to=UUID(int=1))
    verdict = ruling(typed, STANDING)
    assert verdict.wins is STANDING
    assert (
        verdict.passed_over[0].because == "it is for “Court” alone, which is known once somebody has answered"
    )
    assert today([typed], at=TUESDAY) == ()
    everything = [typed, STANDING]
    picked = {"at": TUESDAY, "caller": STRANGER, "line_id": None}
    assert for_call_type(everything, court, **picked) is typed
    assert for_call_type(everything, UUID(int=6), **picked) is None


def test_of_two_that_overlap_it_is_said_which_wins():
    weekly = said(window=TUE_THU, action="put_through", put_through_to=UUID(int=1), put_through_name="Tunde")
    now = day("2026-11-24", 9)
    assert list(overlaps_of(weekly, [weekly, STANDING], now=now)) == [
        "“Anyone: put through to Tunde” wins over “Anyone: take a message. Standing” while both hold, "
        "as 14:00: another is more specific in time."
    ]
    known = said(callers="people", people=frozenset({UUID(int=9)}), action="voicemail")
    unknown = said(callers="unknown")
    assert list(overlaps_of(known, [unknown], now=now)) == []


def away(who, stand_in, name="Ngozi"):
    begins, ends = day("2026-11-23"), day("2026-11-27", 18)
    return Whereabouts(
        UUID(int=who),
        name,
        "away",
        "Away",
        begins,
        ends,
        begins,
        stand_in_id=UUID(int=stand_in),
        stand_in=f"P{stand_in}",
    )


@pytest.mark.parametrize(
    ("absences", "takes"),
    [
        ([], None),
        ([away(1, 2)], 2),
        ([away(1, 2), away(2, 3)], 3),
        ([away(1, 2), away(2, 1)], None),
        ([away(1, 2), away(2, 3), away(3, 2)], None),
        ([away(2, 3)], None),
    ],
)
def test_who_stands_in_passes_on_what_she_cannot_take(absences, takes):
    found = stand_in_for(UUID(int=1), absences, zone=LONDON, at=TUESDAY)
    assert (found and found.contact_id.int) == takes
    if found:
        assert found.because == "stands in for Ngozi until Fri 18:00"


words = st.lists(st.sampled_from(["Put", "them", "through", "to", "Ngozi", "Tunde", "never"]), max_size=12)


@given(words, words)
def test_a_difference_holds_both_wordings(before, after):
    pieces = differences(" ".join(before), " ".join(after))
    assert "".join(p.text for p in pieces if p.kind != ADDED).split() == before
    assert "".join(p.text for p in pieces if p.kind != TAKEN_OUT).split() == after
    if before == after:
        assert {p.kind for p in pieces} <= {SAME}


def test_a_long_text_is_compared_line_by_line():
    lines = ["a word " * 20 + f"{number}\n" for number in range(LONGEST // 20)]
    pieces = differences("".join(lines), "".join([*lines[:5], "new\n", *lines[6:]]))
    assert [(each.kind, each.text) for each in pieces if each.kind != SAME] == [
        (TAKEN_OUT, lines[5]),
        (ADDED, "new\n"),
    ]


def test_of_parts_those_are_told_that_are_not_as_they_were():
    before = [("To", "dana@harlow.example"), ("Subject", "Lease"), ("Day", "Tuesday")]
    after = [("To", "dana@harlow.example"), ("Subject", "Rent"), ("Bcc", "tom@harlow.example")]
    told = {
        caption: [(piece.kind, piece.text) for piece in pieces] for caption, pieces in of_parts(before, after)
    }
    assert told == {
        "Subject": [(TAKEN_OUT, "Lease"), (ADDED, "Rent")],
        "Bcc": [(ADDED, "tom@harlow.example")],
        "Day": [(TAKEN_OUT, "Tuesday")],
    }
