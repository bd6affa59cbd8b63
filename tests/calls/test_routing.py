"""Routing reads like the rule: no database, no clock."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from calls.routing import (
    POOL_AT_ONCE,
    Candidate,
    Situation,
    anybody_may_come,
    choose_route,
    who_is_next,
)
from clients.availability import Fact, Whereabouts
from clients.instructions import Caller, Instruction, Verdict

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
NOBODY_SAID = Verdict(None, "no instruction is in force for this caller", None)


def secretary(name="Priya", turn="own", **facts):
    return Candidate(secretary_id=uuid4(), name=name, turn=turn, line="browser", **facts)


def busy(name, turn="own", **facts):
    return secretary(name, turn, **{"state": "on_call", "may_hold": True} | facts)


def told(action, **facts):
    wins = Instruction(id=uuid4(), series=uuid4(), written_at=NOON, action=action, **facts)
    return Verdict(wins, "it is the only instruction", None)


def situation(*candidates, **facts):
    usual = {
        "caller": Caller(number="+447700900123"),
        "answered": Fact(True, "we always answer this line"),
        "verdict": NOBODY_SAID,
        "zone": "Europe/London",
        "at": NOON,
        "candidates": candidates,
    }
    return Situation(**(usual | facts))


CLOSED = Fact(False, "outside the hours we answer, which resume Tue 08:30")
TABLE = [
    # facts, candidates, route, the reason that decided
    ({}, [secretary()], "offer", "her own secretary, on shift and free"),
    ({"loop": "it comes from one of our own lines"}, [secretary()], "looped", "one of our own lines"),
    ({"caller": Caller(blocked=True)}, [secretary()], "refuse", "the client has blocked this number"),
    ({"answered": CLOSED}, [secretary()], "voicemail", "which resume Tue 08:30"),
    ({"verdict": told("voicemail")}, [secretary()], "voicemail", "the only instruction"),
    ({"verdict": told("refuse")}, [secretary()], "refuse", "the only instruction"),
    ({"verdict": told("message")}, [secretary()], "offer", "her own secretary"),
    ({"verdict": told("put_through", put_through_name="Ngozi")}, [secretary()], "offer", "her own secretary"),
    ({}, [], "voicemail", "nobody who may take it is at work"),
    ({}, [secretary(state="off")], "voicemail", "nobody who may take it is at work"),
    ({}, [secretary(present=False)], "voicemail", "nobody who may take it is at work"),
    ({}, [secretary(state="on_call")], "offer", "the caller waits for the first to be free"),
    ({}, [secretary(ringing=True)], "offer", "the caller waits for the first to be free"),
    ({}, [secretary(state="away")], "voicemail", "nobody who may take it is at work"),
    ({}, [busy("Priya")], "offer", "nobody is free, and she may hold the call she is on"),
    ({}, [busy("Priya", offered=1)], "offer", "the caller waits for the first to be free"),
    ({}, [secretary(present=False, returning=True)], "offer", "waits for it to come back"),
    ({}, [secretary(pausing=True, unreached=1)], "offer", "the caller waits for the first to be free"),
    ({}, [secretary(unreached=3)], "voicemail", "nobody who may take it is at work"),
    ({}, [secretary("Rui", "pool", skills_missing=("Legal",))], "voicemail", "is at work"),
    # Blocked beats closed, closed beats instructions.
    ({"caller": Caller(blocked=True), "answered": CLOSED}, [], "refuse", "has blocked this number"),
    ({"answered": CLOSED, "verdict": told("refuse")}, [], "voicemail", "which resume Tue 08:30"),
]


@pytest.mark.parametrize(("facts", "candidates", "kind", "because"), TABLE)
def test_what_becomes_of_a_call(facts, candidates, kind, because):
    route = choose_route(situation(*candidates, **facts))
    assert route.kind == kind
    decided = [reason for reason in route.reasons if reason.decided]
    assert because in decided[-1].because


def test_every_answer_names_its_question_in_order():
    where = Whereabouts(
        contact_id=UUID(int=1),
        name="Ngozi",
        kind="out",
        words="In court",
        from_at=NOON - timedelta(hours=2),
        until_at=NOON + timedelta(hours=3),
        set_at=NOON - timedelta(hours=4),
        set_by="Ngozi",
    )
    route = choose_route(situation(secretary(), whereabouts=where, verdict=told("message")))
    assert [(reason.question, reason.answer) for reason in route.reasons] == [
        ("Blocked or going round in a loop?", "No"),
        ("Do we answer now?", "Yes"),
        ("Where is Ngozi?", "In court until 15:00"),
        ("Which instruction wins?", "“Take a message”"),
        ("Who is offered the call?", "Priya"),
    ]
    assert route.reasons[2].because == "set by Ngozi 08:00"


@pytest.mark.parametrize(
    ("candidates", "names"),
    [
        ([secretary("Priya"), secretary("Maya", "stand_in"), secretary("Rui", "pool")], ["Priya"]),
        ([secretary("Priya", state="on_call"), secretary("Maya", "stand_in")], ["Maya"]),
        ([secretary("Priya", declined=True, offered=1), secretary("Rui", "pool")], ["Rui"]),
        # Nobody is asked twice before everybody was asked once.
        ([secretary("Priya", offered=1), secretary("Maya", "stand_in")], ["Maya"]),
        ([secretary("Priya", offered=1), secretary("Maya", "stand_in", offered=1)], ["Priya"]),
        ([secretary("Priya"), secretary("Joan")], ["Priya", "Joan"]),
        ([secretary("Rui", "pool", terms_accepted=False)], []),
        ([secretary("Rui", "pool", level=3)], []),
        ([secretary("Rui", "own", level=0, terms_accepted=False)], ["Rui"]),
        # Stand-ins together; the pool by the client's level and skills.
        ([secretary("Maya", "stand_in"), secretary("Joan", "stand_in")], ["Maya", "Joan"]),
        ([secretary("Rui", "pool", level=4, level_needed=5), secretary("Joan", "pool")], ["Joan"]),
        ([secretary("Rui", "pool", level=2, level_needed=2)], ["Rui"]),
        ([secretary("Rui", "pool", skills_missing=("Legal",)), secretary("Joan", "pool")], ["Joan"]),
        ([secretary("Priya", "own", skills_missing=("Legal",))], ["Priya"]),
        # With nobody free, those who may hold a call for a second one, in the same turns.
        ([busy("Priya"), secretary("Maya", "stand_in")], ["Maya"]),
        ([busy("Priya"), busy("Maya", "stand_in")], ["Priya"]),
        ([busy("Priya", may_hold=False), busy("Maya", "stand_in")], ["Maya"]),
        ([busy("Priya", offered=1), busy("Maya", "stand_in")], ["Maya"]),
        ([busy("Priya", state="wrap_up")], []),
        ([busy("Priya", present=False)], []),
        # A line that did not ring is left alone for a moment, and after some tries for good.
        ([secretary("Priya", pausing=True, unreached=1)], []),
        ([secretary("Priya", unreached=2, offered=2)], ["Priya"]),
        ([secretary("Priya", unreached=3, offered=3), secretary("Rui", "pool")], ["Rui"]),
    ],
)
def test_who_is_next(candidates, names):
    assert [each.name for each in who_is_next(candidates)[0]] == names


def test_of_the_pool_those_who_waited_longest_are_rung_and_only_so_many():
    pool = [secretary(f"S{n}", "pool", idle_since=NOON - timedelta(minutes=n)) for n in range(6)]
    assert [each.name for each in who_is_next(pool)[0]] == ["S5", "S4", "S3"]


def test_after_a_lost_line_there_are_no_turns():
    everyone = [secretary("Priya", offered=1), secretary("Maya", "stand_in"), secretary("Rui", "pool")]
    assert {each.name for each in who_is_next(everyone, all_at_once=True)[0]} == {"Priya", "Maya", "Rui"}


# However busy the computer is.
unhurried = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
people = st.builds(
    Candidate,
    secretary_id=st.builds(UUID, int=st.integers(1, 99)),
    name=st.sampled_from(["Priya", "Maya", "Rui", "Joan"]),
    turn=st.sampled_from(["own", "stand_in", "pool"]),
    line=st.sampled_from(["browser", "phone"]),
    state=st.sampled_from(["ready", "on_call", "wrap_up", "break", "away", "off"]),
    present=st.booleans(),
    ringing=st.booleans(),
    terms_accepted=st.booleans(),
    level=st.integers(0, 7),
    level_needed=st.integers(1, 7),
    skills_missing=st.sampled_from([(), ("Legal",)]),
    may_hold=st.booleans(),
    returning=st.booleans(),
    pausing=st.booleans(),
    unreached=st.integers(0, 4),
    idle_since=st.none() | st.just(NOON),
    offered=st.integers(0, 3),
    declined=st.booleans(),
)


@unhurried
@given(st.lists(people, max_size=8, unique_by=lambda each: each.secretary_id))
def test_whoever_is_rung_is_free_and_whoever_is_not_hears_why(candidates):
    chosen, passed_over = who_is_next(candidates)
    anybody_free = any(not each.why_not() for each in candidates)
    for each in chosen:
        assert each.present
        assert not each.ringing
        assert not each.unfit()
        assert each.state == "ready" if anybody_free else each.state == "on_call" and each.may_hold
    assert len(chosen) + len(passed_over) == len(candidates)
    assert all(each.because for each in passed_over)
    assert len([each for each in chosen if each.turn == "pool"]) <= POOL_AT_ONCE
    if any(not each.why_not() for each in candidates):
        assert chosen
        assert anybody_may_come(candidates)


@unhurried
@given(st.lists(people, max_size=5), st.booleans(), st.booleans())
def test_a_caller_is_never_left_without_an_end(candidates, answered, blocked):
    caller = Caller(number="+447700900123", blocked=blocked)
    fact = Fact(answered, "because")
    facts = situation(*candidates, caller=caller, answered=fact)
    route = choose_route(facts)
    assert route.kind in ("offer", "voicemail", "refuse")
    assert route.reasons[-1].decided
    assert route == choose_route(replace(facts))
