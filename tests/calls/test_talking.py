"""While they talk: hold and resume, keys, hanging up, and a line that is lost."""

import pytest

from calls import conference, winning
from calls.models import Call, IllegalMove, Leg, Offer
from secretariat import clock
from secretariat.office.models import Presence
from secretariat.outbox.models import Effect
from tests.the_office import identity

from .rooms import heard, rings, talking, the_call, verbs

CALLER = "+447700900123"


@pytest.fixture
def caller(office, okafor, priya):
    """A caller who talks with Priya."""
    leg = office.rings(okafor)
    office.answers(priya)
    return leg


def test_a_held_caller_hears_music_and_talks_again_when_resumed(office, priya, caller):
    conference.hold(the_call(), by=priya, at=clock.now())
    office.settle()
    assert talking(office) == {identity(priya)}
    assert caller.heard[-1].kind == "music"
    assert Leg.objects.get(party="caller").held
    conference.resume(the_call(), by=priya, at=clock.now())
    office.settle()
    assert talking(office) == {identity(priya), CALLER}
    assert not Leg.objects.get(party="caller").held
    assert verbs(the_call()) == ["rang", "offered", "answered", "held", "resumed"]


def test_hold_and_resume_never_overtake_each_other(office, priya, caller):
    conference.hold(the_call(), by=priya, at=clock.now())
    conference.resume(the_call(), by=priya, at=clock.now())
    conference.hold(the_call(), by=priya, at=clock.now())
    office.settle()
    done = Effect.objects.filter(kind__in=["calls.hold", "calls.resume"])
    assert [(effect.kind, effect.state) for effect in done.order_by("place")] == [
        ("calls.hold", "cancelled"),
        ("calls.resume", "cancelled"),
        ("calls.hold", "done"),
    ]
    assert talking(office) == {identity(priya)}


def test_a_hold_asked_for_while_the_caller_is_on_her_way_waits_for_her(office, okafor, priya):
    office.rings(okafor)
    # Both answered and held before the carrier was told to bring the caller.
    leg = office.phone_of(priya)
    offer = Offer.objects.get(secretary=priya)
    winning.win(offer.pk, carrier_id=leg.sid, at=clock.now())
    conference.hold(the_call(), by=priya, at=clock.now())
    office.carrier.control.answer(leg)
    office.passes(5)
    assert talking(office) == {identity(priya)}


def test_what_is_held_cannot_be_held_again(office, priya, caller):
    conference.hold(the_call(), by=priya, at=clock.now())
    with pytest.raises(IllegalMove):
        conference.hold(the_call(), by=priya, at=clock.now())


def test_keys_are_pressed_for_the_caller_alone(office, priya, caller):
    conference.press_keys(the_call(), "1*#", by=priya, at=clock.now())
    office.settle()
    assert [each.text for each in caller.heard if each.kind == "beep"] == ["1*#"]
    office.passes(3)
    assert talking(office) == {identity(priya), CALLER}


def test_only_keys_of_a_telephone_are_pressed(office, priya, caller):
    with pytest.raises(ValueError):
        conference.press_keys(the_call(), "1;rm", by=priya, at=clock.now())


@pytest.mark.parametrize("held", [False, True])
def test_when_she_hangs_up_everybody_is_released(office, priya, caller, held):
    if held:
        conference.hold(the_call(), by=priya, at=clock.now())
        office.settle()
    conference.hang_up(the_call(), by=priya, at=clock.now())
    office.settle()
    assert office.carrier.control.legs() == []
    call = the_call()
    assert (call.state, call.ended_by) == (Call.State.WRAP_UP, "secretary")
    assert Presence.objects.get(pk=priya.pk).state == Presence.State.WRAP_UP


def test_a_caller_who_hangs_up_while_held_ends_the_call(office, priya, caller):
    conference.hold(the_call(), by=priya, at=clock.now())
    office.settle()
    office.hangs_up(caller)
    assert the_call().state == Call.State.WRAP_UP
    assert office.carrier.control.legs() == []


def test_a_browser_that_vanishes_takes_nobody_with_it(office, okafor, priya, maya, caller):
    office.carrier.control.hang_up(office.phone_of(priya))
    office.settle()
    call = the_call()
    assert call.state == Call.State.RINGING
    assert "connecting you again" in heard(caller)
    office.passes(2)
    assert rings(office, priya)
    assert rings(office, maya)
    office.answers(maya)
    assert talking(office) == {CALLER, maya.home_number}
    assert the_call().answered_at == call.answered_at


def test_nobody_is_left_on_hold_when_the_line_of_her_secretary_is_lost(office, okafor, priya, maya, caller):
    conference.hold(the_call(), by=priya, at=clock.now())
    office.settle()
    office.carrier.control.hang_up(office.phone_of(priya))
    office.settle()
    assert the_call().state == Call.State.RINGING
    assert the_call().held_at is None
    office.passes(2)
    office.answers(maya)
    assert talking(office) == {CALLER, maya.home_number}


def test_putting_down_her_own_telephone_ends_the_call(office, okafor, maya):
    office.rings(okafor)
    office.answers(maya)
    office.carrier.control.hang_up(office.phone_of(maya))
    office.settle()
    call = the_call()
    assert (call.state, call.ended_by) == (Call.State.WRAP_UP, "secretary")
    assert office.carrier.control.legs() == []


def test_putting_it_down_with_the_caller_on_hold_does_not(office, okafor, maya):
    office.rings(okafor)
    office.answers(maya)
    conference.hold(the_call(), by=maya, at=clock.now())
    office.settle()
    office.carrier.control.hang_up(office.phone_of(maya))
    office.settle()
    assert the_call().state == Call.State.RINGING


def test_after_a_lost_line_a_caller_who_gives_up_is_still_wrapped_up(office, priya, caller):
    office.carrier.control.hang_up(office.phone_of(priya))
    office.settle()
    office.hangs_up(caller)
    call = the_call()
    assert (call.state, call.secretary) == (Call.State.WRAP_UP, priya)
    assert office.carrier.control.legs() == []


def test_of_two_held_calls_only_one_is_talked_on(office, okafor, priya):
    """Resumed in the same moment, each saw the other held: the database lets only one of them be."""
    for _each in range(2):
        office.rings(okafor)
    office.answers(priya)
    first, second = Call.objects.order_by("rang_at", "pk")
    Call.objects.filter(pk=first.pk).update(held_at=clock.now())
    Call.objects.filter(pk=second.pk).update(state="talking", secretary=priya, held_at=clock.now())
    first.refresh_from_db()
    second.refresh_from_db()
    first.resume()
    with pytest.raises(IllegalMove):
        second.resume()
    Call.objects.filter(pk=second.pk).update(state="ringing", secretary=None, held_at=None)
