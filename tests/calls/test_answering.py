"""A caller rings and a secretary answers: the rooms where it happens."""

import pytest

from calls import wrap_up
from calls.models import Call, Offer
from clients.models import Access, WorkRecord
from secretariat.office.models import Presence
from tests.the_office import identity
from tests.told import recorded, told

from .rooms import heard, rings, talking, the_call, verbs, work_kinds

CALLER = "+447700900123"


def presence_of(secretary):
    return Presence.objects.get(pk=secretary.pk).state


def test_the_clients_own_secretary_is_rung_first_and_meets_the_caller(office, okafor, priya, maya):
    office.rings(okafor)
    assert rings(office, priya)
    assert not rings(office, maya)
    office.answers(priya)
    call = the_call()
    assert (call.state, call.secretary) == (Call.State.TALKING, priya)
    assert talking(office) == {CALLER, identity(priya)}
    assert presence_of(priya) == Presence.State.ON_CALL
    assert told("call.answered") == {priya.user_id}
    assert recorded("call.answered") == [(priya.user_id, str(call.pk))]


def test_the_caller_hears_ringing_then_the_clients_greeting(office, okafor, priya):
    okafor.line.greeting = "Thank you for calling Okafor Legal."
    okafor.line.save()
    leg = office.rings(okafor)
    office.passes(19)
    assert heard(leg) == ""
    assert {each.kind for each in leg.heard} == {"ring"}
    office.passes(10)
    assert "Thank you for calling Okafor Legal. To leave a message instead, press 1." in heard(leg)
    assert "number" not in heard(leg)


def test_a_place_in_the_queue_is_told_only_where_the_client_asked(office, okafor, priya):
    okafor.line.announce_place = True
    okafor.line.save()
    leg = office.rings(okafor)
    office.passes(25)
    assert "You are number 1 in the queue." in heard(leg)


def test_when_the_caller_hangs_up_the_call_is_wrapped_up(office, okafor, priya):
    leg = office.rings(okafor)
    office.answers(priya)
    office.passes(42)
    office.hangs_up(leg)
    call = the_call()
    assert (call.state, call.ended_by) == (Call.State.WRAP_UP, "caller")
    assert office.carrier.control.legs() == []
    assert presence_of(priya) == Presence.State.WRAP_UP
    assert told("call.wrapup") == {priya.user_id}


def test_speed_of_answer_counts_from_the_first_ring(office, okafor, priya):
    office.rings(okafor)
    office.passes(9)
    office.answers(priya)
    call = the_call()
    assert 9 <= (call.answered_at - call.rang_at).total_seconds() < 12


def test_her_own_telephone_whispers_whose_call_it_is_and_waits_for_a_key(office, okafor, maya):
    office.rings(okafor)
    leg = office.phone_of(maya)
    office.carrier.control.answer(leg)
    office.settle()
    assert the_call().state == Call.State.RINGING
    office.passes(3)
    assert "Call for Okafor Legal. To answer, press 1." in heard(leg)
    office.carrier.control.press(leg, "1")
    office.settle()
    assert talking(office) == {CALLER, maya.home_number}


def test_a_telephone_nobody_presses_a_key_on_has_missed_the_call(office, okafor, maya):
    office.rings(okafor)
    office.carrier.control.answer(office.phone_of(maya))
    office.passes(30)
    assert Offer.objects.filter(state=Offer.State.EXPIRED, secretary=maya).exists()
    assert the_call().secretary is None


def test_another_key_on_her_telephone_says_not_now(office, okafor, maya):
    office.rings(okafor)
    leg = office.phone_of(maya)
    office.carrier.control.answer(leg)
    office.settle()
    office.carrier.control.press(leg, "5")
    office.settle()
    assert Offer.objects.get(secretary=maya).state == Offer.State.DECLINED
    assert the_call().state == Call.State.VOICEMAIL


def test_not_now_passes_the_call_on_at_once_and_is_no_miss(office, okafor, priya, maya):
    office.rings(okafor)
    office.carrier.control.decline(office.phone_of(priya))
    office.passes(2)  # the carrier begins one call a second
    assert Offer.objects.get(secretary=priya).state == Offer.State.DECLINED
    assert rings(office, maya)
    assert Presence.objects.get(pk=priya.pk).missed_offers == 0
    assert verbs(the_call()) == ["rang", "offered", "declined", "offered"]


def test_an_offer_nobody_takes_expires_counts_as_missed_and_goes_on(office, okafor, priya, maya):
    office.rings(okafor)
    office.passes(18)
    assert Offer.objects.get(secretary=priya).state == Offer.State.EXPIRED
    assert Presence.objects.get(pk=priya.pk).missed_offers == 1
    assert rings(office, maya)
    assert not Access.objects.current().filter(because="offer", secretary=priya).exists()


def test_everybody_of_one_turn_rings_and_the_losers_are_told(office, okafor, priya, maya):
    joan = office.secretary("Joan", okafor)
    office.rings(okafor)
    office.passes(2)
    assert rings(office, priya)
    assert rings(office, joan)
    office.answers(joan)
    assert Offer.objects.get(secretary=priya).state == Offer.State.WITHDRAWN
    assert not rings(office, priya)
    assert told("call.withdrawn") == {priya.user_id}
    assert talking(office) == {CALLER, identity(joan)}


def test_whoever_becomes_ready_while_a_caller_waits_is_offered_the_call(office, okafor, priya):
    office.rings(okafor)
    office.answers(priya)
    office.rings(okafor, caller="+447700900999")
    assert the_call().state == Call.State.RINGING
    joan = office.secretary("Joan", okafor)
    office.passes(17)  # it rings at Priya first, who may take a second call
    assert rings(office, joan)


@pytest.mark.parametrize("kind", ["ring", "talk"])
def test_the_seconds_are_kept_raw_when_the_call_closes(office, okafor, priya, kind):
    leg = office.rings(okafor)
    office.passes(5)
    office.answers(priya)
    office.passes(30)
    office.hangs_up(leg)
    call = the_call()
    wrap_up.close_without_message(call, "wrong_number", by=priya.user, at=call.ended_at)
    kept = WorkRecord.objects.get(subject_id=call.pk, kind=kind)
    length = (kept.ended_at - kept.started_at).total_seconds()
    assert length == pytest.approx({"ring": 5, "talk": 30}[kind], abs=3)
    assert presence_of(priya) == Presence.State.READY
    assert work_kinds() == []
