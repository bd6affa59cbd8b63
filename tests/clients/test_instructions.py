from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clients.instructions import Caller, Instruction, same_firm, standing, today, weigh

MORNING = datetime(2026, 11, 24, 8, 10, tzinfo=UTC)
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
EVENING = datetime(2026, 11, 24, 17, tzinfo=UTC)
DANA, LINE, OTHER_LINE = UUID(int=7), UUID(int=8), UUID(int=9)
HARLOW = Caller("+447700900123", DANA, name="Dana", firm="Harlow & Sons", vip=True)
STRANGER = Caller("+447700900999")
WITHHELD = Caller()


def said(**facts):
    facts = {"id": uuid4(), "series": uuid4(), "written_at": MORNING} | facts
    return Instruction(**facts)


def ruling(*instructions, caller=HARLOW, at=NOON, line_id=LINE):
    return weigh(instructions, at=at, caller=caller, line_id=line_id, zone="Europe/London")


STANDS = said(text="stands")
TODAY = said(text="today", from_at=MORNING, until_at=EVENING)


@pytest.mark.parametrize(
    ("wins", "loses", "because"),
    [
        (TODAY, STANDS, "another is more specific in time"),
        (
            said(from_at=NOON, until_at=NOON + timedelta(hours=1)),
            said(from_at=MORNING, until_at=EVENING, callers="numbers", numbers=frozenset({HARLOW.number})),
            "another is more specific in time",
        ),
        (said(from_at=MORNING), STANDS, "another is more specific in time"),
        (TODAY, said(from_at=MORNING), "another is more specific in time"),
        (
            said(callers="numbers", numbers=frozenset({HARLOW.number})),
            said(callers="people", people=frozenset({DANA})),
            "another is more specific about the caller",
        ),
        (
            said(callers="people", people=frozenset({DANA})),
            said(callers="companies", companies=frozenset({"harlow and sons ltd"})),
            "another is more specific about the caller",
        ),
        (
            said(callers="companies", companies=frozenset({"Harlow and Sons"})),
            said(callers="vips"),
            "another is more specific about the caller",
        ),
        (said(callers="vips"), STANDS, "another is more specific about the caller"),
        (said(line_id=LINE), STANDS, "another is for this very line"),
        (said(written_at=NOON), STANDS, "another was written later"),
    ],
)
def test_the_most_specific_wins_and_the_loser_is_told_why(wins, loses, because):
    for order in ((wins, loses), (loses, wins)):
        verdict = ruling(*order)
        assert verdict.wins is wins
        assert [(each.instruction, each.because) for each in verdict.passed_over] == [(loses, because)]


@pytest.mark.parametrize(
    ("instruction", "caller", "because"),
    [
        (said(until_at=MORNING), HARLOW, "it ended 08:10"),
        (said(from_at=EVENING), HARLOW, "it begins 17:00"),
        (said(line_id=OTHER_LINE), HARLOW, "it is for another line"),
        (said(callers="people", people=frozenset({UUID(int=1)})), HARLOW, "it is for other people"),
        (said(callers="people", people=frozenset({DANA})), STRANGER, "it is for other people"),
        (said(callers="numbers", numbers=frozenset({"+441"})), HARLOW, "it is for other numbers"),
        (
            said(callers="numbers", numbers=frozenset({"+441"})),
            WITHHELD,
            "it is for listed numbers, and the caller’s is withheld",
        ),
        (
            said(callers="companies", companies=frozenset({"Brill"})),
            HARLOW,
            "it is for callers of other firms",
        ),
        (
            said(callers="companies", companies=frozenset({"Brill"})),
            STRANGER,
            "it is for callers of listed firms, and the caller’s firm is not known",
        ),
        (said(callers="vips"), STRANGER, "it is for VIPs, and the caller is not one"),
        (said(callers="unknown"), HARLOW, "it is for unknown callers, and we know this one"),
    ],
)
def test_what_does_not_apply_says_why(instruction, caller, because):
    verdict = ruling(instruction, caller=caller)
    assert verdict.wins is None
    assert verdict.because == "no instruction is in force for this caller"
    assert [each.because for each in verdict.passed_over] == [because]


HOUR = timedelta(hours=1)
IN_A_MEETING = {"meetings": ((NOON - HOUR, NOON + HOUR), (EVENING, EVENING + HOUR))}
NOT_YET = {"meetings": ((EVENING, EVENING + HOUR),)}


@pytest.mark.parametrize(
    ("facts", "holds", "until"),
    [
        ({"action": "put_through"} | IN_A_MEETING, False, None),
        ({"action": "put_through"} | NOT_YET, True, EVENING),
        ({"action": "put_through", "in_meetings": "also"} | IN_A_MEETING, True, None),
        ({"action": "message"} | IN_A_MEETING, True, None),
        ({"action": "message", "in_meetings": "only"} | IN_A_MEETING, True, NOON + HOUR),
        ({"action": "message", "in_meetings": "only"} | NOT_YET, False, None),
        ({"action": "put_through", "in_meetings": "only"} | IN_A_MEETING, True, NOON + HOUR),
        ({"action": "put_through", "in_meetings": "only"}, False, None),
    ],
)
def test_a_meeting_suspends_putting_through_unless_the_client_says_otherwise(facts, holds, until):
    instruction = said(**facts)
    assert instruction.holds_at(NOON) is holds
    if holds:
        assert instruction.holds_until(NOON) == until


def test_what_is_for_meetings_wins_over_what_holds_always_and_says_why():
    only = said(in_meetings="only", action="voicemail", **IN_A_MEETING)
    through = said(action="put_through", put_through_name="Ngozi", **IN_A_MEETING)
    verdict = ruling(only, through, STANDS)
    assert (verdict.wins, verdict.until) == (only, NOON + HOUR)
    assert {each.instruction: each.because for each in verdict.passed_over} == {
        through: "Ngozi is in a meeting until 13:00",
        STANDS: "another is more specific in time",
    }
    later = ruling(only, through, STANDS, at=NOON + 2 * HOUR)
    assert later.wins in (through, STANDS)
    assert later.until == EVENING
    assert "it holds during meetings only" in [each.because for each in later.passed_over]
    assert today([only, STANDS], at=NOON) == (only,)
    assert standing([only, STANDS], at=NOON) == (STANDS,)


def test_a_withheld_number_is_an_unknown_caller():
    instruction = said(callers="unknown", action="voicemail")
    assert ruling(instruction, caller=WITHHELD).wins is instruction


def test_until_is_when_something_else_wins_not_when_something_else_begins():
    hour = said(from_at=EVENING, until_at=EVENING + timedelta(hours=1))
    weaker = said(from_at=NOON + timedelta(hours=1), until_at=EVENING + timedelta(days=3))
    assert ruling(TODAY, weaker, hour, STANDS).until == EVENING
    assert ruling(STANDS).until is None
    assert ruling(STANDS, weaker).until == weaker.from_at


def test_today_is_what_is_dated_and_in_force_whoever_calls():
    harlow = said(from_at=MORNING, until_at=EVENING, callers="companies", companies=frozenset({"Harlow"}))
    tomorrow = said(from_at=EVENING + timedelta(days=1))
    elsewhere = said(from_at=MORNING, until_at=EVENING, line_id=OTHER_LINE)
    everything = [STANDS, TODAY, harlow, tomorrow, elsewhere]
    assert today(everything, at=NOON, line_id=LINE) == (harlow, TODAY)
    assert elsewhere in today(everything, at=NOON)
    assert standing(everything, at=NOON, line_id=LINE) == (STANDS,)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Harlow & Sons", "HARLOW AND SONS LTD.", True),
        ("Harlow & Sons", "Harlow", False),
        ("Co", "Co", True),
        ("Zöller GmbH", "zöller", True),
    ],
)
def test_a_firm_is_the_same_however_it_is_written(one, other, same):
    assert (same_firm(one) == same_firm(other)) is same


days = st.none() | st.integers(-3, 3).map(lambda offset: NOON + timedelta(days=offset))


@st.composite
def instructions(draw):
    from_at, until_at = draw(days), draw(days)
    if from_at and until_at and from_at >= until_at:
        from_at = None
    return said(
        from_at=from_at,
        until_at=until_at,
        callers=draw(st.sampled_from(["anyone", "numbers", "people", "companies", "vips", "unknown"])),
        numbers=frozenset(draw(st.sets(st.sampled_from([HARLOW.number, "+441"])))),
        people=frozenset(draw(st.sets(st.sampled_from([DANA, UUID(int=1)])))),
        companies=frozenset(draw(st.sets(st.sampled_from(["Harlow & Sons", "Brill"])))),
        line_id=draw(st.sampled_from([None, LINE, OTHER_LINE])),
        written_at=MORNING + timedelta(minutes=draw(st.integers(0, 3))),
        action=draw(st.sampled_from(["message", "put_through"])),
        in_meetings=draw(st.sampled_from(["", "", "also", "only"])),
        meetings=draw(st.sampled_from([(), ((NOON - HOUR, NOON + HOUR),), ((EVENING, EVENING + HOUR),)])),
    )


@given(st.lists(instructions(), max_size=8), st.sampled_from([HARLOW, STRANGER, WITHHELD]), st.randoms())
def test_every_instruction_is_accounted_for_and_order_does_not_matter(everything, caller, random):
    verdict = ruling(*everything, caller=caller)
    shuffled = random.sample(everything, len(everything))
    assert ruling(*shuffled, caller=caller).wins is verdict.wins
    named = [each.instruction for each in verdict.passed_over] + ([verdict.wins] if verdict.wins else [])
    assert sorted(each.series for each in named) == sorted(each.series for each in everything)
    assert all(each.because for each in verdict.passed_over)
    if verdict.wins:
        assert verdict.wins.holds_at(NOON)
        assert verdict.wins.is_for(caller)
    if verdict.until:
        almost = verdict.until - timedelta(microseconds=1)
        assert ruling(*everything, caller=caller, at=almost).wins is verdict.wins
        assert ruling(*everything, caller=caller, at=verdict.until).wins is not verdict.wins
