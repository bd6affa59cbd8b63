"""Whatever people do and the carrier mixes up: nobody alone on hold, no room without an end, no call lost.

A machine that does what callers, secretaries and clients may do, in any order, against the carrier's core,
which doubles and reorders what it says. After each step, with everything settled, the carrier's own rules
hold. At the end everybody hangs up, and every call must have a named end or lie on a desk.

`PUT_THROUGH_EXAMPLES` says how many such lives are lived; without it few are, and many under `slow`.
"""

import os

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from calls import conference, put_through, wrap_up
from calls.models import Call, IllegalMove, Leg, PutThrough
from clients import instructing
from secretariat import clock
from tests.the_office import Office, identity

from .throughs import CALLER, mobile

HER_VERBS = {
    "hold": conference.hold,
    "resume": conference.resume,
    "hang_up": conference.hang_up,
    "connect": put_through.connect,
    "three_of_us": put_through.three_of_us,
    "take_back": put_through.take_back,
}
WAITED_FOR = (Call.State.RINGING, Call.State.TALKING, Call.State.THROUGH, Call.State.VOICEMAIL)


class AnyCall(RuleBasedStateMachine):
    """One line, two secretaries, two people at the client. Further things to do are further rules."""

    @initialize(disorder=st.sampled_from([{}, {"duplicate": 1.0}, {"reorder": True}]), directly=st.booleans())
    def open_the_office(self, disorder, directly):
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.office = office = Office()
        self.disorderly = bool(disorder)
        office.carrier.control.chaos(**disorder)
        self.client = office.client("Okafor Legal", ring_seconds=20, voicemail_after_seconds=60)
        self.secretaries = [
            office.secretary("Priya", self.client),
            office.secretary("Maya", self.client, line="phone", turn="stand_in"),
        ]
        self.people = [office.contact(self.client, name) for name in ("Tunde Adeyemi", "Amara Bello")]
        self.people[1].addresses.filter(kind="mobile").update(no_key=True)
        if directly:
            instructing.write(
                self.client.row,
                by=self.client.owner.user,
                at=clock.now(),
                action="put_through",
                put_through_to=self.people[0],
                directly=True,
            )

    def teardown(self):
        if not hasattr(self, "undone"):
            return
        try:
            self.everybody_goes_home()
        finally:
            transaction.set_rollback(True)
            self.undone.__exit__(None, None, None)

    # --- What people do ------------------------------------------------------------------------------------

    @precondition(lambda self: len(self.callers()) < 2)
    @rule()
    def somebody_rings(self):
        number = CALLER if not self.callers() else "+447700900456"
        self.office.rings(self.client, caller=number)

    @rule(who=st.integers(0, 1))
    def a_secretary_answers(self, who):
        secretary = self.secretaries[who]
        leg = self.office.phone_of(secretary)
        if leg and leg.status == "ringing":
            self.office.answers(secretary)

    @rule(verb=st.sampled_from(sorted(HER_VERBS)), who=st.integers(0, 1))
    def a_secretary_presses(self, verb, who):
        secretary = self.secretaries[who]
        for call in self.calls_of(secretary):
            self.tries(lambda: HER_VERBS[verb](call, by=secretary, at=clock.now()))  # noqa: B023  at once
            break

    @rule(way=st.sampled_from(["ask", "straight"]), who=st.integers(0, 1), whom=st.integers(0, 1))
    def a_secretary_puts_through(self, way, who, whom):
        secretary = self.secretaries[who]
        for call in self.calls_of(secretary):
            verb = getattr(put_through, way)
            self.tries(lambda: verb(call, self.people[whom], by=secretary, at=clock.now()))  # noqa: B023
            break

    @rule(who=st.integers(0, 1))
    def a_secretary_finishes(self, who):
        secretary = self.secretaries[who]
        for call in Call.objects.at_desk_of(secretary).filter(state__in=Call.FINISHING):
            if call.through_at:
                self.tries(lambda: wrap_up.finish(call, by=secretary.user, at=clock.now()))  # noqa: B023
            else:
                self.tries(
                    lambda: wrap_up.close_without_message(
                        call,  # noqa: B023
                        "hung_up",
                        by=secretary.user,
                        at=clock.now(),
                    )
                )

    @rule(whom=st.integers(0, 1), key=st.sampled_from(["1", "2", "5", None]))
    def somebody_at_the_client_picks_up(self, whom, key):
        for leg in self.office.carrier.control.legs_of(mobile(self.people[whom]))[-1:]:
            self.office.carrier.control.answer(leg)
            self.office.settle()
            if key:
                self.office.carrier.control.press(leg, key)
                self.office.settle()

    @rule(whom=st.integers(0, 1))
    def somebody_at_the_client_hangs_up(self, whom):
        for leg in self.office.carrier.control.legs_of(mobile(self.people[whom]))[-1:]:
            self.office.hangs_up(leg)

    @rule(who=st.integers(0, 1))
    def a_line_drops(self, who):
        secretary = self.secretaries[who]
        address = identity(secretary) if who == 0 else secretary.home_number
        for leg in self.office.carrier.control.legs_of(address)[-1:]:
            self.office.hangs_up(leg)

    @rule(which=st.integers(0, 1))
    def a_caller_hangs_up(self, which):
        for leg in self.callers()[which : which + 1]:
            self.office.hangs_up(leg)

    @rule(seconds=st.sampled_from([1, 4, 12, 30, 70]))
    def time_passes(self, seconds):
        self.office.passes(seconds)

    # --- What must hold ------------------------------------------------------------------------------------

    @invariant()
    def the_carrier_finds_nothing_wrong(self):
        if not hasattr(self, "office"):
            return
        if self.disorderly:
            self.office.passes(4)  # whatever was delayed has come by then
        else:
            self.office.settle()
        assert self.office.carrier.check() == []

    @invariant()
    def our_rows_agree_with_the_lines(self):
        if not hasattr(self, "office"):
            return
        live = {leg.sid for leg in self.office.carrier.control.legs()}
        for call in Call.objects.filter(state__in=[Call.State.TALKING, Call.State.THROUGH]):
            assert call.carrier_id in live, f"{call.state}, and the caller has gone"
        for put in PutThrough.objects.open().select_related("call"):
            assert put.call.state in (Call.State.RINGING, Call.State.TALKING), put.call.state
        asked_for = Leg.objects.filter(call__state__in=[Call.State.WRAP_UP, Call.State.CLOSED])
        assert not live & set(asked_for.exclude(party="caller").values_list("carrier_id", flat=True))

    def everybody_goes_home(self):
        for leg in self.callers():
            self.office.hangs_up(leg)
        self.office.passes(8)
        if Call.objects.filter(state=Call.State.VOICEMAIL).exists():
            self.office.passes(150)  # until nothing can have been recorded any more
        assert self.office.carrier.control.legs() == []
        assert not PutThrough.objects.open().exists()
        left = Call.objects.filter(state__in=WAITED_FOR)
        assert [f"{call.state} {call.outcome}" for call in left] == []
        for call in Call.objects.filter(state=Call.State.WRAP_UP):
            assert call.secretary is not None

    # --- Looking -------------------------------------------------------------------------------------------

    def callers(self):
        legs = self.office.carrier.control.legs() if hasattr(self, "office") else []
        return [leg for leg in legs if leg.direction == "inbound"]

    def calls_of(self, secretary):
        hers = Call.objects.select_for_update(of=["self"]).select_related("client", "line")
        return list(hers.filter(secretary=secretary, state__in=WAITED_FOR).order_by("rang_at"))

    def tries(self, act):
        """What is not possible is refused, and changes nothing."""
        try:
            with transaction.atomic():
                act()
        except (IllegalMove, ValueError):
            pass
        self.office.settle()


def live_so_many(examples, steps):
    run_state_machine_as_test(
        AnyCall,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            derandomize="PUT_THROUGH_EXAMPLES" in os.environ,  # a sample is the same each time
            suppress_health_check=list(HealthCheck),
            print_blob=True,
        ),
    )


def test_a_few_lives(db):
    live_so_many(2, 6)


@pytest.mark.slow
def test_many_lives(db):
    live_so_many(int(os.environ.get("PUT_THROUGH_EXAMPLES", "2000")), 15)
