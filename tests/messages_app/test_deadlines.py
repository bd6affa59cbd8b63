"""What is tried next and when: tables, and what holds for every ladder."""

import itertools
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messages_app import deadlines
from messages_app.deadlines import CALL, EMAIL, TEXT, Reachable, Rung

NGOZI, CHIDI, ADA = (UUID(int=n) for n in (1, 2, 3))
NAMES = {NGOZI: "Ngozi", CHIDI: "Chidi", ADA: "Ada", None: "the desk"}
AT = datetime(2026, 11, 24, 10, 30, tzinfo=UTC)
MOBILE = "+447700900123"


def told(steps):
    return [f"{s.due_at:%H:%M} {NAMES[s.contact]} {s.channel}".strip() for s in steps]


@pytest.mark.parametrize(
    ("people", "addressed_to", "expected"),
    [
        ([Reachable(NGOZI, MOBILE, "n@x", True)], NGOZI, ["Ngozi text", "Ngozi call"]),
        ([Reachable(NGOZI, "", "n@x", True)], NGOZI, ["Ngozi email"]),
        (
            [Reachable(NGOZI, MOBILE, "", True), Reachable(CHIDI, MOBILE, "", True)],
            CHIDI,
            ["Chidi text", "Chidi call", "Ngozi text", "Ngozi call"],
        ),
        # A member hears of what is addressed to her and of nothing else.
        ([Reachable(NGOZI, MOBILE, "", True), Reachable(ADA, MOBILE)], None, ["Ngozi text", "Ngozi call"]),
        (
            [Reachable(ADA, MOBILE), Reachable(NGOZI, "", "n@x", True)],
            ADA,
            ["Ada text", "Ada call", "Ngozi email"],
        ),
        ([Reachable(NGOZI, "", "", True)], NGOZI, []),
        ([Reachable(NGOZI, "", "", True, push="b")], NGOZI, ["Ngozi push"]),
    ],
)
def test_the_usual_ladder_follows_the_order_of_people(people, addressed_to, expected):
    rungs = deadlines.usual_rungs(addressed_to, people)
    assert [f"{NAMES[rung.contact]} {rung.channel}" for rung in rungs] == expected


def test_the_usual_ladder_texts_once_and_rings_every_five_minutes():
    rungs = deadlines.usual_rungs(NGOZI, [Reachable(NGOZI, MOBILE, "", True)])
    steps = deadlines.climb(rungs, passes=3, begins_at=AT)
    assert told(steps) == [
        "10:30 Ngozi text",
        "10:35 Ngozi call",
        "10:40 Ngozi call",
        "10:45 Ngozi call",
        "10:50 the desk",
    ]
    assert deadlines.refrain(steps) == deadlines.Refrain(NGOZI, CALL, timedelta(minutes=5), 3)


def test_a_ladder_of_several_people_has_no_refrain():
    rungs = [Rung(NGOZI, TEXT), Rung(CHIDI, CALL, timedelta(minutes=10))]
    steps = deadlines.climb(rungs, passes=2, begins_at=AT)
    assert told(steps) == [
        "10:30 Ngozi text",
        "10:35 Chidi call",
        "10:45 Ngozi text",
        "10:50 Chidi call",
        "11:00 the desk",
    ]
    assert deadlines.refrain(steps) is None


def test_nobody_to_try_is_red_at_once():
    assert told(deadlines.climb([], passes=3, begins_at=AT)) == ["10:30 the desk"]


def test_a_night_on_which_the_clocks_change_is_no_longer_and_no_shorter():
    begins = datetime(2026, 10, 25, 0, 58, tzinfo=ZoneInfo("Europe/London"))
    steps = deadlines.climb([Rung(NGOZI, CALL)], passes=2, begins_at=begins)
    assert steps[-1].due_at - begins.astimezone(UTC) == timedelta(minutes=10)


RUNGS = st.lists(
    st.builds(
        Rung,
        contact=st.sampled_from([NGOZI, CHIDI]),
        channel=st.sampled_from([TEXT, CALL, EMAIL]),
        wait=st.integers(1, 120).map(lambda minutes: timedelta(minutes=minutes)),
        every_pass=st.booleans(),
    ),
    max_size=6,
)
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.timezones())


@given(rungs=RUNGS, passes=st.integers(1, 5), begins_at=MOMENTS)
def test_every_ladder_begins_at_once_goes_forward_and_ends_once(rungs, passes, begins_at):
    steps = deadlines.climb(rungs, passes=passes, begins_at=begins_at)
    moments = [step.due_at for step in steps]
    assert moments[0] == begins_at.astimezone(UTC)
    assert all(sooner < later for sooner, later in itertools.pairwise(moments))
    assert [step.is_end for step in steps] == [False] * (len(steps) - 1) + [True]
    waits = sum((r.wait * (passes if r.every_pass else 1) for r in rungs), timedelta())
    assert moments[-1] - moments[0] == waits


@given(rungs=RUNGS, passes=st.integers(1, 5), begins_at=MOMENTS, past=st.integers(0, 600))
def test_bringing_forward_never_puts_off_and_keeps_the_distances(rungs, passes, begins_at, past):
    waiting = [s.due_at for s in deadlines.climb(rungs, passes=passes, begins_at=begins_at)]
    at = begins_at.astimezone(UTC) - timedelta(minutes=past)
    sooner = deadlines.brought_forward(waiting, at)
    assert sooner[0] == at
    assert all(new <= old for new, old in zip(sooner, waiting, strict=True))
    assert [b - a for a, b in itertools.pairwise(sooner)] == [b - a for a, b in itertools.pairwise(waiting)]
