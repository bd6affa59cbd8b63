"""Notices come late, twice and in the wrong order: in the end it is as if they had come in order, once."""

import os
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from calls import following
from calls.models import Call, Leg
from clients.models import Client, Line

AT = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
STORY = ["initiated", "ringing", "in-progress", "completed"]
ROOM = [(True, False), (True, True), (True, False), (False, False)]  # in, held, resumed, out
NOTICES = [
    *(("status", each) for each in STORY[:3]),
    *(("room", n) for n in range(len(ROOM))),
    ("status", STORY[3]),
]
unhurried = settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.too_slow])
as_often = settings(  # ten thousand times by one command: docs/figures.md
    unhurried, max_examples=int(os.environ.get("DISORDERS", "25"))
)


def a_leg(other="", party=Leg.Party.SECRETARY):
    client = Client.objects.create(name="Okafor Legal")
    line = Line.objects.create(
        client=client, number=f"+44207946010{other or 1}", recording_notice="Recorded."
    )
    call = Call.objects.create(
        client=client,
        line=line,
        carrier_id=f"CA1{other}",
        state=Call.State.CLOSED,
        outcome=Call.Outcome.ABANDONED,
        closed_at=AT,
    )
    return Leg.objects.create(client=client, call=call, party=party, carrier_id=f"CA2{other}")


def end_state(leg):
    leg.refresh_from_db()
    return leg.status, leg.ended_at is not None, leg.in_room, leg.held


def tell(leg, notice):
    kind, what = notice
    if kind == "status":
        following.leg_said(leg.pk, what, at=AT)
    else:
        in_room, held = ROOM[what]
        following.room_said(
            leg.pk,
            in_room=in_room,
            held=held,
            event_at=AT + timedelta(seconds=what // 2),
            sequence=what,
            at=AT,
        )


class Disorder(TestCase):
    everything = st.permutations(
        [("status", each) for each in STORY] + [("room", n) for n in range(len(ROOM))]
    )

    @unhurried
    @given(everything, st.lists(st.integers(0, 7), max_size=8))
    def test_any_order_any_number_of_times(self, order, again):
        leg = a_leg()
        for notice in [*order, *(order[n] for n in again)]:
            tell(leg, notice)
        assert end_state(leg) == ("completed", True, False, False)

    told = st.lists(st.sampled_from(NOTICES), max_size=6, unique=True)

    @as_often
    @given(told, st.data())
    def test_some_notices_each_one_to_three_times_are_as_if_told_in_order_once(self, told, data):
        times = [each for notice in told for each in [notice] * data.draw(st.integers(1, 3))]
        leg, other = a_leg(), a_leg("2")
        for notice in data.draw(st.permutations(times)):
            tell(leg, notice)
        for notice in sorted(told, key=NOTICES.index):
            tell(other, notice)
        assert end_state(leg) == end_state(other)

    @unhurried
    @given(st.permutations([("room", n) for n in range(3)]), st.lists(st.integers(0, 2), max_size=4))
    def test_of_the_rooms_events_the_latest_counts(self, order, again):
        leg = a_leg()
        for notice in [*order, *(order[n] for n in again)]:
            tell(leg, notice)
        assert end_state(leg)[2:] == (True, False)


@pytest.mark.parametrize("terminal", ["completed", "busy", "no-answer", "failed", "canceled"])
def test_the_first_end_stands(db, terminal):
    leg = a_leg()
    following.leg_said(leg.pk, terminal, at=AT)
    for later in ["ringing", "in-progress", "completed", "busy", "something new"]:
        following.leg_said(leg.pk, later, at=AT)
    assert end_state(leg)[0] == terminal


@pytest.mark.parametrize("order", list(permutations(["in-progress", "ringing", "initiated"])))
def test_a_late_status_never_lowers_a_rank(db, order):
    leg = a_leg()
    for status in order:
        following.leg_said(leg.pk, status, at=AT)
    assert end_state(leg)[0] == "in-progress"


@pytest.mark.parametrize("chaos", [{"duplicate": 1.0}, {"reorder": True}])
def test_a_whole_call_under_a_disorderly_carrier(office, okafor, priya, chaos):
    office.carrier.control.chaos(**chaos)
    leg = office.rings(okafor)
    office.passes(3)
    office.answers(priya)
    office.passes(5)
    office.hangs_up(leg)
    office.passes(8)
    call = Call.objects.get()
    assert (call.state, call.ended_by, call.secretary) == (Call.State.WRAP_UP, "caller", priya)
    assert [event.verb for event in call.events.all()] == ["rang", "offered", "answered", "hung_up"]
    assert not Leg.objects.live().exists()
