from datetime import UTC, datetime, time
from uuid import UUID

import pytest

from clients import telling_callers, wording
from clients.availability import Interval
from clients.instruction_words import sentence
from clients.instructions import Instruction

NOW = datetime(2026, 11, 24, 11, 30, tzinfo=UTC)
MORNING, AFTERNOON = (time(9), time(12, 30)), (time(13, 30), time(17))


def utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "zone", "words"),
    [
        ("2026-11-24 14:00", "Africa/Lagos", "15:00"),
        ("2026-11-24 23:30", "Africa/Lagos", "Wed 00:30"),
        ("2026-11-30 08:00", "Africa/Lagos", "Mon 09:00"),
        ("2026-12-01 08:00", "Africa/Lagos", "Tue 1 Dec 09:00"),
        ("2026-11-23 08:00", "Africa/Lagos", "Mon 23 Nov 09:00"),
        ("2027-01-04 08:00", "Europe/London", "Mon 4 Jan 2027 08:00"),
    ],
)
def test_a_moment_is_as_short_as_it_can_be_without_doubt(at, zone, words):
    assert wording.moment(utc(at), zone, now=NOW) == words


@pytest.mark.parametrize(
    ("mine", "words"),
    [("Europe/London", "15:00 Lagos · 14:00 you"), ("Africa/Lagos", "15:00"), ("Europe/Berlin", "15:00")],
)
def test_two_clocks_only_where_they_differ_at_that_moment(mine, words):
    assert wording.two_clocks(utc("2026-11-24 14:00"), "Africa/Lagos", mine, now=NOW) == words


def test_days_with_the_same_hours_stand_together():
    intervals = [Interval(day, *hours) for day in (0, 1, 2, 4) for hours in (AFTERNOON, MORNING)]
    assert wording.week([*intervals, Interval(6, time(10), time(0))]) == [
        "Monday–Wednesday 09:00–12:30, 13:30–17:00",
        "Friday 09:00–12:30, 13:30–17:00",
        "Sunday 10:00–00:00",
    ]
    assert wording.week([]) == []


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("available", "One moment, I will see whether Ngozi can take your call."),
        ("meeting", "Ngozi is in a meeting until 15:00. May I take a message?"),
        ("lunch", "Ngozi is at lunch until 15:00. May I take a message?"),
        ("gone", "Ngozi has left for the day. May I take a message?"),
        ("away", "Ngozi is away until 15:00. May I take a message?"),
        ("out", "Ngozi is out until 15:00. May I take a message?"),
        ("busy", "Ngozi cannot be reached until 15:00. May I take a message?"),
    ],
)
def test_callers_are_told_where_she_is_in_whole_sentences(kind, words):
    facts = {"kind": kind, "until_at": utc("2026-11-24 14:00"), "zone": "Africa/Lagos", "now": NOW}
    assert telling_callers.about("Ngozi", **facts) == words


def test_what_she_lets_us_tell_callers_is_added():
    said = telling_callers.about(
        "Ngozi",
        kind="out",
        until_at=utc("2026-11-24 14:00"),
        zone="Africa/Lagos",
        now=NOW,
        note="She rings back after half past two.",
    )
    assert said.endswith("May I take a message? She rings back after half past two.")


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({}, "Anyone: take a message."),
        ({"callers": "vips", "action": "voicemail"}, "VIPs: to voicemail."),
        ({"callers": "unknown", "action": "refuse"}, "Unknown callers: refuse the call."),
        (
            {"callers": "companies", "companies": frozenset({"Harlow & Sons"}), "text": "even in court"},
            "Harlow & Sons: take a message. Even in court",
        ),
        (
            {
                "callers": "numbers",
                "numbers": frozenset({"+447700900123"}),
                "action": "put_through",
                "put_through_name": "Tunde",
            },
            "+44 7700 900123: put through to Tunde.",
        ),
        ({"callers": "people"}, "Nobody: take a message."),
    ],
)
def test_an_instruction_reads_as_a_sentence(facts, words):
    assert sentence(Instruction(UUID(int=1), UUID(int=2), NOW, **facts)) == words
