"""Stories told twice with one body each: in a room, with everything in one process, and in life.

They hold the two offices to each other: a word that means something else in one of them fails here.
"""

import pytest

from calls.models import Call, Offer


def the_call() -> Call:
    return Call.objects.select_related("secretary").get()


def call_is(state) -> bool:
    return Call.objects.filter(state=state).exists()


class InBoth:
    @pytest.fixture
    def okafor(self, office):
        return office.client("Okafor Legal")

    def test_she_answers_talks_and_has_the_call_to_finish(self, office, okafor):
        priya = office.secretary("Priya", okafor)
        office.sits_down(priya)
        caller = office.rings(okafor)
        office.answers(priya)
        office.eventually(lambda: call_is(Call.State.TALKING))
        assert office.phone_of(priya).status == caller.status == "in-progress"
        office.passes(20)
        office.hangs_up(caller)
        office.eventually(lambda: call_is(Call.State.WRAP_UP))
        office.settle()
        assert (the_call().secretary, the_call().ended_by) == (priya, "caller")
        assert office.phone_of(priya) is None

    def test_her_own_telephone_takes_the_call_by_a_key(self, office, okafor):
        maya = office.secretary("Maya", okafor, line="phone")
        caller = office.rings(okafor)
        office.eventually(lambda: office.phone_of(maya))
        assert office.phone_of(maya).status == "ringing"
        office.answers(maya)
        office.eventually(lambda: call_is(Call.State.TALKING))
        assert the_call().secretary == maya
        assert Offer.objects.get().state == Offer.State.ACCEPTED
        office.hangs_up(caller)
        office.eventually(lambda: call_is(Call.State.WRAP_UP))
        office.settle()
        assert office.phone_of(maya) is None

    def test_with_nobody_there_the_caller_comes_to_voicemail(self, office, okafor):
        office.secretary("Priya", okafor, ready=False)
        caller = office.rings(okafor)
        office.passes(90)
        office.eventually(lambda: call_is(Call.State.VOICEMAIL))
        assert caller.status == "in-progress"
        office.passes(5)
        office.hangs_up(caller)
        office.passes(30)
        office.eventually(lambda: call_is(Call.State.CLOSED))
        assert the_call().secretary is None
