"""Whatever people do and the carrier mixes up: nobody alone on hold, no room without an end, no call lost.

A machine that does what callers, secretaries and clients may do, in any order, against the carrier's core,
which doubles and reorders what it says. After each step, with everything settled, the carrier's own rules
hold. At the end everybody hangs up, and every call must have a named end or lie on a desk.

`PUT_THROUGH_EXAMPLES` says how many such lives are lived; without it few are, and many under `slow`.
"""

import os

import pytest
from django.db import transaction
from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from calls import her_line, wrap_up
from calls.models import Call, IllegalMove, Leg, Offer, PutThrough
from clients import instructing
from clients.models import Assignment, NeededSkill
from secretariat import clock
from secretariat.office import presence
from secretariat.office.models import Secretary, SecretarySkill, Skill
from tests.the_office import Office

from .rounds_kept import wrong_with
from .throughs import CALLER, mobile

CALLERS = (CALLER, "+447700900456", "+447700900789")
HER_VERBS = (
    "hold",
    "resume",
    "hang-up",
    "through/connect",
    "through/three",
    "through/back",
    "park",
    "take-up",
)
HTMX = {"HX-Request": "true"}
WAITED_FOR = (Call.State.RINGING, Call.State.TALKING, Call.State.THROUGH, Call.State.VOICEMAIL)
either = st.integers(0, 1)
whoever = st.integers(0, 5)  # of however many secretaries there are
# Who answers beside Priya, the client's own secretary, and Maya, her stand-in.
TEAMS = {
    "two of us": {},
    "stand-ins": {"Nell": "stand_in", "Tess": "stand_in"},
    "a pool": {"Rui": "pool", "Joan": "pool"},
    "everybody": {"Nell": "stand_in", "Rui": "pool", "Joan": "pool", "Kit": "pool", "Sol": "pool"},
}
LACKS = ("skill", "language", "terms")
PARTS, ASKED = 4, {"EXAMPLES": "2000", "SEED": "0"}


class AnyCall(RuleBasedStateMachine):
    """One line, its secretaries, two people at the client. Further things to do are further rules."""

    @initialize(
        disorder=st.sampled_from([{}, {"duplicate": 1.0}, {"reorder": True}]),
        directly=st.booleans(),
        together=st.booleans(),
        team=st.sampled_from(["two of us", *TEAMS]),
        own_at_work=st.sampled_from([True, True, False]),
    )
    def open_the_office(self, disorder, directly, together, team, own_at_work):
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.office = office = Office(hurried=True)
        self.disorderly = bool(disorder)
        office.carrier.control.chaos(**disorder)
        self.client = office.client("Okafor Legal", ring_seconds=20, voicemail_after_seconds=60)
        self.secretaries = [
            office.secretary("Priya", self.client, ready=own_at_work or not TEAMS[team]),
            office.secretary("Maya", self.client, line="phone", turn="stand_in", ready=together),
            *(office.secretary(name, self.client, turn=turn) for name, turn in TEAMS[team].items()),
        ]
        self.desks = {}
        self.open_the_pool()
        self.people = [office.contact(self.client, name) for name in ("Tunde Adeyemi", "Amara Bello")]
        self.mobiles = [mobile(each) for each in self.people]
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

    def open_the_pool(self):
        """All of the pool may take the calls; each of them may come to lack something."""
        of_team = Assignment.objects.filter(client=self.client.row).values_list("secretary", "turn")
        self.turns = dict(of_team)
        self.seen = set()  # rounds, by call and number
        self.pool = [each for each in self.secretaries if self.turns[each.pk] == "pool"]
        self.lacking = {each.pk: set() for each in self.pool}
        self.fit_since = {each.pk: clock.now() for each in self.pool}
        if self.pool:
            self.skill = Skill.objects.create(name="Legal")
            NeededSkill.objects.create(client=self.client.row, skill=self.skill)
            SecretarySkill.objects.bulk_create(
                SecretarySkill(secretary=each, skill=self.skill) for each in self.pool
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

    @precondition(lambda self: len(self.callers()) < len(CALLERS))
    @rule()
    def somebody_rings(self):
        number = next(each for each in CALLERS if not self.office.carrier.control.legs_of(each))
        self.office.rings(self.client, caller=number)

    @precondition(lambda self: self.ringing())
    @rule(who=whoever)
    def a_secretary_answers(self, who):
        ringing = self.ringing()
        self.office.answers(ringing[who % len(ringing)])

    @precondition(lambda self: self.ringing())
    @rule(who=whoever)
    def a_secretary_says_not_now(self, who):
        ringing = self.ringing()
        her = ringing[who % len(ringing)]
        for offer in Offer.objects.pending().filter(secretary=her):
            self.presses(self.secretaries.index(her), offer.call_id, "decline")

    @rule(who=whoever, verb=st.sampled_from(["answer", "answer", "decline"]))
    def a_secretary_is_asked_to_take_another_call(self, who, verb):
        for offer in Offer.objects.pending().filter(is_second=True, secretary=self.secretary(who)):
            self.presses(who, offer.call_id, verb)

    @rule(who=whoever, does=st.sampled_from(["break", "away", "ready", "ready"]))
    def a_secretary_comes_or_goes(self, who, does):
        her, at = self.secretary(who), clock.now()
        match does:
            case "break":
                self.tries(lambda: presence.take_break(her, reason="meal", at=at))
            case "away":
                self.tries(lambda: presence.away(her, at=at))
            case "ready":
                self.tries(lambda: presence.ready(her, at=at))

    @precondition(lambda self: self.pool)
    @rule(who=whoever, what=st.sampled_from(LACKS))
    def one_of_the_pool_comes_to_lack_something_or_has_it_again(self, who, what):
        her = self.pool[who % len(self.pool)]
        lacking = self.lacking[her.pk]
        lacking ^= {what}
        match what:
            case "skill" if what in lacking:
                her.skills.all().delete()
            case "skill":
                SecretarySkill.objects.create(secretary=her, skill=self.skill)
            case "language":
                her.languages.update(level=2 if what in lacking else 7)
            case "terms":
                at = None if what in lacking else clock.now()
                Assignment.objects.filter(secretary=her).update(terms_accepted_at=at)
        if lacking:
            self.fit_since.pop(her.pk, None)
        else:
            self.fit_since[her.pk] = clock.now()

    @precondition(lambda self: self.callers())
    @rule(verb=st.sampled_from(HER_VERBS), who=whoever, which=either)
    def a_secretary_presses(self, verb, who, which):
        for call in self.calls_of(who)[which : which + 1]:
            self.presses(who, call, verb)

    @precondition(lambda self: self.callers())
    @rule(way=st.sampled_from(["ask", "straight"]), who=whoever, whom=either, which=either)
    def a_secretary_puts_through(self, way, who, whom, which):
        for call in self.calls_of(who)[which : which + 1]:
            self.presses(who, call, f"through/{way}", person=self.people[whom].pk)

    @rule(who=whoever)
    def a_secretary_finishes(self, who):
        secretary = self.secretary(who)
        for call in Call.objects.at_desk_of(secretary).filter(state__in=Call.FINISHING):
            if call.through_at:
                self.presses(who, call.pk, "finish")
            else:
                self.tries(
                    lambda: wrap_up.close_without_message(
                        call,  # noqa: B023  at once
                        "hung_up",
                        by=secretary.user,
                        at=clock.now(),
                    )
                )

    @precondition(lambda self: self.client_is_rung())
    @rule(key=st.sampled_from(["1", "1", "2", "5", None]))
    def somebody_at_the_client_picks_up(self, key):
        for leg in self.client_is_rung():
            self.office.carrier.control.answer(leg)
            self.office.settle()
            if key:
                self.office.carrier.control.press(leg, key)
                self.office.settle()

    @precondition(lambda self: self.client_is_rung())
    @rule(
        who=whoever,
        verb=st.sampled_from(["through/back", "through/back", "through/connect", "hang-up", "resume"]),
        key=st.sampled_from(["1", "2", "hang up"]),
    )
    def a_secretary_presses_while_the_client_does(self, who, verb, key):
        """On the lines it has happened, and we have not heard of it yet."""
        for leg in self.client_is_rung():
            self.office.carrier.control.answer(leg)
            self.office.settle()
            self.meanwhile(leg, key)
            self.first_call_of(who, verb)

    @precondition(lambda self: self.callers())
    @rule(who=whoever, verb=st.sampled_from(HER_VERBS), which=either)
    def a_secretary_presses_while_a_caller_hangs_up(self, who, verb, which):
        for leg in self.callers()[which : which + 1]:
            self.meanwhile(leg, "hang up")
            self.first_call_of(who, verb)

    @precondition(lambda self: self.client_is_rung())
    @rule()
    def somebody_at_the_client_hangs_up(self):
        for leg in self.client_is_rung():
            self.office.hangs_up(leg)

    @precondition(lambda self: self.lines())
    @rule(who=whoever)
    def a_line_drops(self, who):
        lines = self.lines()
        self.office.hangs_up(lines[who % len(lines)])

    @precondition(lambda self: self.callers())
    @rule(which=st.integers(0, 2))
    def a_caller_hangs_up(self, which):
        for leg in self.callers()[which : which + 1]:
            self.office.hangs_up(leg)

    @rule(seconds=st.sampled_from([1, 4, 12, 30, 70]))
    def time_passes(self, seconds):
        self.office.passes(seconds)

    # --- What must hold ------------------------------------------------------------------------------------

    @invariant()
    def nobody_is_left_alone_and_we_know_of_all(self):
        if not hasattr(self, "office"):
            return
        if self.disorderly:
            self.office.passes(4)  # whatever was delayed has come by then
        else:
            self.office.settle()
        kept = self.kept_for_a_second_caller()
        on_purpose = tuple(f"{line} (outbound-api) is alone in the room" for line in kept)
        assert [said for said in self.office.carrier.check() if not said.startswith(on_purpose)] == []
        self.our_rows_agree_with_the_lines(kept)
        self.every_round_was_as_it_must_be()

    def kept_for_a_second_caller(self):
        """Lines whose caller has hung up while another rings at that desk: they stay, to be there for her."""
        asked = Offer.objects.pending().filter(is_second=True).select_related("secretary")
        lines = [her_line.of(each.secretary) for each in asked]
        return {line.carrier_id for line in lines if line}

    def our_rows_agree_with_the_lines(self, kept):
        live = {leg.sid for leg in self.office.carrier.control.legs()}
        for call in Call.objects.filter(state__in=[Call.State.TALKING, Call.State.THROUGH]):
            assert call.carrier_id in live, f"{call.state}, and the caller has gone"
        for put in PutThrough.objects.open().select_related("call"):
            assert put.call.state in (Call.State.RINGING, Call.State.TALKING), put.call.state
        asked_for = Leg.objects.filter(call__state__in=[Call.State.WRAP_UP, Call.State.CLOSED])
        ended = set(asked_for.exclude(party="caller").values_list("carrier_id", flat=True))
        assert not (live - kept) & ended

    def every_round_was_as_it_must_be(self):
        ringing = Offer.objects.pending().exclude(call__state=Call.State.RINGING)
        assert not ringing.exists(), "it still rings for a call that has somebody, or is over"
        rounds = set(Offer.objects.values_list("call", "round"))
        for call, number in rounds - self.seen:
            wrong = wrong_with(Call.objects.get(pk=call), number, self.turns, self.fit_since)
            assert wrong == []
        self.seen |= rounds

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

    def lines(self):
        """Lines of secretaries that ring or are up."""
        lines = [self.office.phone_of(each) for each in self.secretaries]
        return [leg for leg in lines if leg]

    def ringing(self):
        """Secretaries whose telephone rings."""
        phones = [(each, self.office.phone_of(each)) for each in self.secretaries]
        return [each for each, leg in phones if leg and leg.status == "ringing"]

    def client_is_rung(self):
        """The last line to each of the people at the client, ringing or up."""
        legs_of = self.office.carrier.control.legs_of
        return [leg for each in self.mobiles for leg in legs_of(each)[-1:]]

    def secretary(self, who) -> Secretary:
        return self.secretaries[who % len(self.secretaries)]

    def calls_of(self, who):
        hers = Call.objects.filter(secretary=self.secretary(who), state__in=WAITED_FOR)
        return list(hers.order_by("rang_at").values_list("pk", flat=True))

    # --- Doing ---------------------------------------------------------------------------------------------

    def presses(self, who, call, verb, **words):
        """A button of her desk. What is not possible is refused, and changes nothing."""
        her = self.secretary(who)
        if her.pk not in self.desks:
            self.desks[her.pk] = self.office.browser(her)
        answer = self.desks[her.pk].post(f"/desk/calls/{call}/{verb}/", words, headers=HTMX)
        assert answer.status_code in (200, 404, 422), answer.content.decode()
        self.office.settle()

    def first_call_of(self, who, verb):
        for call in self.calls_of(who)[:1]:
            self.presses(who, call, verb)
        self.office.settle()

    def meanwhile(self, leg, key):
        if key == "hang up":
            self.office.carrier.control.hang_up(leg)
        else:
            self.office.carrier.control.press(leg, key)

    def tries(self, act):
        """What is not possible is refused, and changes nothing."""
        try:
            with transaction.atomic():
                act()
        except (IllegalMove, ValueError, presence.NotNow):
            pass
        self.office.settle()


def live_so_many(examples, steps, number):
    """The same lives each time for the same number."""
    run_state_machine_as_test(
        seed(number)(AnyCall),
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_a_few_lives(db):
    live_so_many(2, 6, number=0)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_many_lives(db, part):
    """In parts, so that two processors share them. `PUT_THROUGH_SEED` gives other lives than the sample's."""
    lives, number = (int(os.environ.get(f"PUT_THROUGH_{name}", other)) for name, other in ASKED.items())
    live_so_many(-(-lives // PARTS), 15, number=number * PARTS + part)
