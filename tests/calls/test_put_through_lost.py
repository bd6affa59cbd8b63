"""While a caller is put through: people hang up, lines are lost, and what comes late comes too late."""

import pytest

from calls import conference, put_through
from calls.models import Call, IllegalMove, Leg
from secretariat import clock

from .rooms import talking, the_call
from .throughs import (
    CALLER,
    asks,
    does,
    mobile,
    phone,
    picks_up,
    presses,
    takes,
    the_attempt,
    verbs,
    with_priya_again,
)


@pytest.fixture
def caller(office, okafor, priya):
    """A caller who talks with Priya."""
    leg = office.rings(okafor)
    office.answers(priya)
    return leg


@pytest.mark.parametrize("point", ["ringing", "announced", "joined"])
def test_a_caller_who_hangs_up_while_she_is_held_ends_it_for_all(office, priya, tunde, caller, point):
    asks(office, priya, tunde)
    if point != "ringing":
        picks_up(office, mobile(tunde))
    if point == "joined":
        presses(office, mobile(tunde), "1")
    office.hangs_up(caller)
    assert the_attempt().state == "abandoned"
    assert office.carrier.control.legs() == []
    assert the_call().state == Call.State.WRAP_UP


@pytest.mark.parametrize("point", ["ringing", "announced", "joined"])
def test_a_browser_that_dies_while_the_client_is_asked_leaves_nobody_on_hold(
    office, okafor, priya, maya, tunde, caller, point
):
    asks(office, priya, tunde)
    if point != "ringing":
        picks_up(office, mobile(tunde))
    if point == "joined":
        presses(office, mobile(tunde), "1")
    office.hangs_up(office.phone_of(priya))
    assert the_attempt().state == "failed"
    assert phone(office, mobile(tunde)) is None
    call = the_call()
    assert (call.state, call.held_at) == (Call.State.RINGING, None)
    office.passes(2)
    office.answers(maya)
    assert talking(office) == {CALLER, maya.home_number}


def test_while_she_asks_hold_and_resume_are_not_hers_to_press(office, priya, tunde, caller):
    asks(office, priya, tunde)
    for verb in (conference.hold, conference.resume):
        with pytest.raises(IllegalMove):
            verb(the_call(), by=priya, at=clock.now())
    with pytest.raises(IllegalMove):
        asks(office, priya, tunde)


def test_keys_go_to_the_client_she_asks(office, priya, tunde, caller):
    asks(office, priya, tunde)
    takes(office, tunde)
    conference.press_keys(the_call(), "3", by=priya, at=clock.now())
    office.settle()
    assert [each.text for each in phone(office, mobile(tunde)).heard if each.kind == "beep"] == ["3"]
    office.passes(3)


def test_nobody_is_connected_who_has_not_taken_the_call(office, priya, tunde, caller):
    asks(office, priya, tunde)
    for verb in ("connect", "three_of_us"):
        with pytest.raises(IllegalMove):
            does(office, verb, priya)
    picks_up(office, mobile(tunde))
    with pytest.raises(IllegalMove):
        does(office, "connect", priya)


def test_what_goes_on_without_her_she_can_no_longer_end(office, priya, tunde, caller):
    asks(office, priya, tunde, "straight")
    takes(office, tunde)
    with pytest.raises(IllegalMove):
        conference.hang_up(the_call(), by=priya, at=clock.now())
    assert talking(office) == {CALLER, mobile(tunde)}


def test_she_hangs_up_while_she_asks_and_everybody_is_released(office, priya, tunde, caller):
    asks(office, priya, tunde)
    takes(office, tunde)
    conference.hang_up(the_call(), by=priya, at=clock.now())
    office.settle()
    assert office.carrier.control.legs() == []
    assert the_attempt().state == "abandoned"


def test_should_the_carrier_fall_silent_the_next_number_is_tried(office, priya, tunde, caller):
    asks(office, priya, tunde)
    office.carrier.control.chaos(drop=1.0)
    office.passes(100)
    assert the_attempt().state == "unanswered"
    office.carrier.control.chaos(drop=0.0)
    with_priya_again(office, priya)


@pytest.mark.parametrize("chaos", [{"duplicate": 1.0}, {"reorder": True}])
def test_a_whole_put_through_under_a_disorderly_carrier(office, priya, tunde, caller, chaos):
    office.carrier.control.chaos(**chaos)
    asks(office, priya, tunde)
    office.passes(4)
    takes(office, tunde)
    office.passes(5)
    does(office, "connect", priya)
    office.passes(5)
    assert talking(office) == {CALLER, mobile(tunde)}
    office.hangs_up(caller)
    office.passes(8)
    assert the_call().state == Call.State.WRAP_UP
    assert office.carrier.control.legs() == []
    assert not Leg.objects.live().exists()
    assert verbs(the_call())[3:] == ["asked", "rung", "taken", "through", "hung_up"]


def test_a_key_pressed_as_the_caller_is_taken_back_comes_too_late(office, priya, tunde, caller):
    """She hears that nobody waits any more, though our word to hang up had not reached the carrier yet."""
    asks(office, priya, tunde)
    leg = picks_up(office, mobile(tunde))
    put_through.take_back(the_call(), by=priya, at=clock.now())
    office.carrier.control.press(leg, "1")
    office.transport.deliver()
    office.passes(8)
    assert the_attempt().state == "taken_back"
    assert phone(office, mobile(tunde)) is None
    with_priya_again(office, priya)
