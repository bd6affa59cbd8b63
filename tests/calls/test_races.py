"""Two at once, with rows really committed: the database decides, and exactly one wins."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from types import SimpleNamespace

import pytest
from django.db import connection, transaction

from calls import conference, following, inbox, offers, winning
from calls.models import Call, IllegalMove, Leg, Offer
from clients import team
from secretariat import clock
from secretariat.office.models import Presence
from secretariat.outbox.models import Effect
from tests.meeting import until_another_waits_for_me
from tests.patience import PATIENCE

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """Do these at the same moment, each on a connection of its own; their results, or what they raised."""
    together = Barrier(len(acts))

    def run(act):
        try:
            together.wait(PATIENCE)
            with transaction.atomic():
                return act()
        except Exception as raised:
            return raised
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))


@pytest.fixture
def ringing(office, okafor, priya):
    """A call that rings at two desks. Returns the offers."""
    office.secretary("Joan", okafor)
    office.rings(okafor)
    office.passes(2)
    return list(Offer.objects.pending())


def takes(offer, n):
    return lambda: winning.win(offer.pk, carrier_id=f"CA{n:032}", at=clock.now())


def test_of_two_who_answer_in_the_same_second_one_has_the_caller(ringing):
    outcomes = at_once(*(takes(offer, n) for n, offer in enumerate(ringing)))
    won = [outcome for outcome in outcomes if isinstance(outcome, winning.Won)]
    lost = [outcome for outcome in outcomes if isinstance(outcome, winning.Lost)]
    assert (len(won), len(lost)) == (1, 1)
    winner = Call.objects.get().secretary
    assert lost[0].sentence == f"{winner.spoken_name} answered this call."
    assert list(Presence.objects.filter(state="on_call").values_list("secretary", flat=True)) == [winner.pk]
    assert Effect.objects.filter(kind="calls.redirect_caller").count() == 1


def test_she_answers_while_the_first_word_of_her_line_is_worked(ringing):
    offer = ringing[0]
    Leg.objects.filter(pk=offer.leg_id).update(
        carrier_id=""
    )  # the carrier's answer to our request is still out
    notice = SimpleNamespace(
        fields={"CallSid": "CA1", "CallStatus": "ringing"},
        headers={"Query-String": f"leg={offer.leg_id.hex}"},
    )

    def is_worked():
        try:
            with transaction.atomic():
                inbox.call_status(notice)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as worker:
        with transaction.atomic():
            Call.objects.select_for_update().get()
            working = worker.submit(is_worked)
            until_another_waits_for_me(working)
            won = winning.win(offer.pk, carrier_id="CA1", at=clock.now())
        working.result(PATIENCE)
    assert isinstance(won, winning.Won)
    leg = Leg.objects.get(pk=offer.leg_id)
    assert (leg.carrier_id, leg.status) == ("CA1", "in-progress")


def test_an_offer_is_taken_or_it_expires_but_never_both(ringing):
    offer = ringing[0]
    at_once(takes(offer, 1), lambda: offers.expire(offer, at=clock.now()))
    offer.refresh_from_db()
    call = Call.objects.get()
    if offer.state == Offer.State.ACCEPTED:
        assert (call.state, call.secretary_id) == (Call.State.TALKING, offer.secretary_id)
    else:
        assert offer.state == Offer.State.EXPIRED
        assert call.secretary_id != offer.secretary_id


def test_she_answers_while_the_caller_hangs_up(ringing):
    caller = Leg.objects.get(party="caller")
    at_once(
        takes(ringing[0], 1),
        lambda: following.leg_said(caller.pk, "completed", at=clock.now()),
    )
    call = Call.objects.get()
    assert call.state in (Call.State.CLOSED, Call.State.WRAP_UP)
    assert not Offer.objects.pending().exists()


def test_one_secretary_cannot_win_two_calls_at_once(office, okafor, priya):
    brill = office.client("Brill Dental")
    team.assign(priya, brill.row, by=None, at=clock.now())
    office.rings(okafor)
    office.rings(brill, caller="+447700900999")
    # The second could not ring at her desk; somebody offers it all the same.
    first, second = Call.objects.order_by("rang_at", "pk")
    assert not second.offers.exists()
    offered = first.offers.get()
    outcomes = at_once(takes(offered, 1), takes(offered, 1))
    assert all(isinstance(outcome, winning.Won) for outcome in outcomes)
    assert Call.objects.filter(secretary=priya, state="talking", held_at=None).count() == 1


def test_hold_pressed_twice_at_once_holds_once(office, okafor, priya):
    office.rings(okafor)
    office.answers(priya)
    call = Call.objects.get()

    def hold():
        mine = Call.objects.get(pk=call.pk)
        return conference.hold(mine, by=priya, at=clock.now())

    outcomes = at_once(hold, hold)
    assert sum(isinstance(outcome, IllegalMove) for outcome in outcomes) == 1
    assert Effect.objects.filter(kind="calls.hold").count() == 1
