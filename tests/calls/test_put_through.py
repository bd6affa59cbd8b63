"""Putting a caller through: asked first, straight, taken back, three of us; and how it may not work."""

import re

import pytest
from django.urls import reverse

from calls import put_through, records, wrap_up
from calls.models import Call
from clients import rostering
from clients.models import WorkRecord
from secretariat import clock
from secretariat.local.carrier import Party
from secretariat.office.models import Presence
from tests.the_office import identity

from .rooms import heard, talking, the_call
from .throughs import (
    CALLER,
    another_number,
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


def test_asked_first_she_hears_who_and_why_talks_to_the_secretary_and_then_has_the_caller(
    office, priya, tunde, caller
):
    asks(office, priya, tunde, who="Dana Reyes of Reyes Property", why="the Harrow Street lease")
    assert the_call().is_held
    assert caller.heard[-1].kind == "music"
    assert the_attempt().state == "ringing"

    leg = picks_up(office, mobile(tunde))
    assert the_attempt().state == "announced"
    office.passes(20)
    said = ("Okafor Legal", "Dana Reyes of Reyes Property", "the Harrow Street lease", "Priya", "press 1")
    assert [words for words in said if words not in heard(leg)] == []
    assert talking(office) == {identity(priya)}

    presses(office, mobile(tunde), "1")
    assert the_attempt().state == "joined"
    assert talking(office) == {identity(priya), mobile(tunde)}

    does(office, "connect", priya)
    assert talking(office) == {CALLER, mobile(tunde)}
    assert office.phone_of(priya) is None
    call = the_call()
    assert (call.state, call.secretary, call.held_at) == (Call.State.THROUGH, priya, None)
    assert the_attempt().state == "done"
    assert verbs(call) == ["rang", "offered", "answered", "asked", "rung", "taken", "through"]


def test_once_she_has_put_her_through_she_finishes_and_is_free_while_the_two_talk(
    office, priya, tunde, caller
):
    asks(office, priya, tunde)
    takes(office, tunde)
    does(office, "connect", priya)
    assert Presence.objects.get(pk=priya.pk).state == Presence.State.WRAP_UP
    assert "they talk on" in office.browser(priya).get("/desk/calls/bar/").content.decode()
    wrap_up.finish(the_call(), by=priya.user, at=clock.now())
    assert Presence.objects.get(pk=priya.pk).state == Presence.State.READY
    assert the_call().state == Call.State.THROUGH
    office.passes(60)
    office.hangs_up(phone(office, mobile(tunde)))
    call = the_call()
    assert (call.state, call.outcome) == (Call.State.CLOSED, Call.Outcome.PUT_THROUGH)
    assert call.ended_by == "contact"
    assert office.carrier.control.legs() == []


def test_an_unfinished_one_waits_for_her_when_the_two_have_hung_up(office, priya, tunde, caller):
    asks(office, priya, tunde)
    takes(office, tunde)
    does(office, "connect", priya)
    office.hangs_up(caller)
    call = the_call()
    assert (call.state, call.ended_by) == (Call.State.WRAP_UP, "caller")
    assert office.carrier.control.legs() == []
    wrap_up.finish(call, by=priya.user, at=clock.now())
    assert the_call().outcome == Call.Outcome.PUT_THROUGH
    assert Presence.objects.get(pk=priya.pk).state == Presence.State.READY


def test_each_part_of_it_is_kept_to_the_second(office, priya, tunde, caller):
    office.passes(30)
    asks(office, priya, tunde)
    office.passes(8)
    takes(office, tunde)
    office.passes(10)
    does(office, "connect", priya)
    office.passes(15)
    wrap_up.finish(the_call(), by=priya.user, at=clock.now())
    office.passes(45)
    office.hangs_up(caller)
    kept = {row.kind: row.secretary for row in WorkRecord.objects.all()}
    assert kept == {
        "talk": priya,
        "asking": priya,
        "put_through": None,
        "wrap_up": priya,
    }
    began = {each.kind: each.started_at for each in records.stretches(the_call().events.all())}
    assert began["put_through"] == began["wrap_up"]


@pytest.mark.parametrize("way", ["ask", "straight"])
def test_sent_back_the_caller_is_with_the_secretary_again(office, priya, tunde, caller, way):
    asks(office, priya, tunde, way)
    picks_up(office, mobile(tunde))
    presses(office, mobile(tunde), "2")
    assert the_attempt().state == "refused"
    assert phone(office, mobile(tunde)) is None
    with_priya_again(office, priya)


def test_another_key_neither_takes_nor_refuses(office, priya, tunde, caller):
    asks(office, priya, tunde)
    picks_up(office, mobile(tunde))
    presses(office, mobile(tunde), "7")
    assert the_attempt().state == "announced"
    presses(office, mobile(tunde), "1")
    assert the_attempt().state == "joined"


@pytest.mark.parametrize(
    ("party", "result", "state"),
    [
        (Party.no_answer(), "no-answer", "unanswered"),
        (Party.busy(), "busy", "unanswered"),
        (Party.rejects(), "busy", "unanswered"),
        (Party.invalid(), "failed", "failed"),
        (Party.voicemail(after=5), "no-key", "unanswered"),
    ],
)
@pytest.mark.parametrize("way", ["ask", "straight"])
def test_where_nobody_takes_the_call_the_caller_is_with_the_secretary_again(
    office, priya, tunde, caller, way, party, result, state
):
    office.carrier.add_party(mobile(tunde), party)
    asks(office, priya, tunde, way)
    office.passes(75)
    attempt = the_attempt()
    assert (attempt.state, attempt.tried[0]["result"]) == (state, result)
    assert phone(office, mobile(tunde)) is None
    with_priya_again(office, priya)
    assert verbs(the_call())[-2:] == ["not_taken", "back"]


def test_her_numbers_are_tried_in_their_order(office, priya, tunde, caller):
    another_number(tunde, "+442079460777", label="Office", ring_seconds=10)
    office.carrier.add_party(mobile(tunde), Party.busy())
    asks(office, priya, tunde)
    assert phone(office, mobile(tunde)) is None
    assert the_attempt().number["label"] == "Office"
    assert phone(office, "+442079460777").status == "ringing"
    office.passes(11)
    attempt = the_attempt()
    assert attempt.state == "unanswered"
    assert [(each["label"], each["result"]) for each in attempt.tried] == [
        ("Mobile", "busy"),
        ("Office", "no-answer"),
    ]
    assert attempt.tried[1]["seconds"] in (9, 10)
    with_priya_again(office, priya)


def test_a_number_not_for_calls_is_never_rung(office, priya, tunde, caller):
    tunde.addresses.filter(kind="mobile").update(for_calls=False)
    with pytest.raises(ValueError):
        asks(office, priya, tunde)
    assert not the_call().is_held


def test_put_straight_through_a_key_alone_brings_the_two_together(office, priya, tunde, caller):
    asks(office, priya, tunde, "straight")
    assert caller.heard[-1].kind == "ring"
    takes(office, tunde)
    assert talking(office) == {CALLER, mobile(tunde)}
    assert the_call().state == Call.State.THROUGH
    assert office.phone_of(priya) is None


def test_a_number_that_needs_no_key_has_the_call_when_it_is_picked_up(office, priya, tunde, caller):
    tunde.addresses.filter(kind="mobile").update(no_key=True)
    asks(office, priya, tunde, "straight")
    picks_up(office, mobile(tunde))
    assert talking(office) == {CALLER, mobile(tunde)}
    assert the_call().state == Call.State.THROUGH


@pytest.mark.parametrize("point", ["dialled", "ringing", "announced", "joined", "three"])
def test_she_may_take_the_caller_back_at_any_moment(office, priya, tunde, caller, point):
    put_through.ask(the_call(), tunde, by=priya, at=clock.now())
    if point != "dialled":
        office.passes(2)
    if point in ("announced", "joined", "three"):
        picks_up(office, mobile(tunde))
    if point in ("joined", "three"):
        presses(office, mobile(tunde), "1")
    if point == "three":
        does(office, "three_of_us", priya)
    does(office, "take_back", priya)
    office.passes(3)
    assert the_attempt().state == "taken_back"
    assert phone(office, mobile(tunde)) is None
    with_priya_again(office, priya)


def test_three_of_us_and_then_she_leaves_the_two(office, priya, tunde, caller):
    asks(office, priya, tunde)
    takes(office, tunde)
    does(office, "three_of_us", priya)
    assert talking(office) == {CALLER, identity(priya), mobile(tunde)}
    assert the_call().state == Call.State.TALKING
    does(office, "connect", priya)
    assert talking(office) == {CALLER, mobile(tunde)}
    assert the_call().state == Call.State.THROUGH


def test_of_three_the_client_may_leave_first(office, priya, tunde, caller):
    asks(office, priya, tunde)
    takes(office, tunde)
    does(office, "three_of_us", priya)
    office.hangs_up(phone(office, mobile(tunde)))
    assert the_attempt().state == "done"
    with_priya_again(office, priya)


def test_of_three_a_secretary_whose_line_goes_leaves_the_two_talking(office, priya, tunde, caller):
    asks(office, priya, tunde)
    takes(office, tunde)
    does(office, "three_of_us", priya)
    office.hangs_up(office.phone_of(priya))
    assert talking(office) == {CALLER, mobile(tunde)}
    assert (the_call().state, the_call().secretary) == (Call.State.THROUGH, priya)


def test_a_client_who_hangs_up_after_talking_to_the_secretary_has_refused(office, priya, tunde, caller):
    asks(office, priya, tunde)
    takes(office, tunde)
    office.hangs_up(phone(office, mobile(tunde)))
    assert the_attempt().state == "refused"
    with_priya_again(office, priya)


def test_whoever_is_on_call_is_first_in_the_picker_and_beside_the_form(office, okafor, priya, tunde):
    office.contact(okafor, "Amara Bello")
    rostering.write(
        okafor.row,
        people=[tunde],
        by=okafor.owner.user,
        at=clock.now(),
        name="Nights",
        turns="stays",
        since=clock.now().date(),
    )
    office.rings(okafor)
    office.answers(priya)
    call, desk = the_call(), office.browser(priya)
    beside = desk.get(reverse("calls-beside", args=[call.pk])).text
    assert "On call now" in beside
    picker = desk.get(reverse("calls-through", args=[call.pk]), headers={"HX-Request": "true"}).text
    assert picker.index("Tunde Adeyemi") < picker.index("Amara Bello")
    assert picker.index("Tunde Adeyemi") < picker.index(okafor.owner.name)
    assert "On call</span>" in picker


def test_where_one_on_call_is_silent_the_next_is_at_hand(office, okafor, priya, tunde, caller):
    """He stands first as before, but Enter rings the next of the list, and once all are asked the first."""
    amara = office.contact(okafor, "Amara Bello")
    rostering.write(
        okafor.row,
        people=[tunde, amara],
        by=okafor.owner.user,
        at=clock.now(),
        name="Nights",
        turns="stays",
        since=clock.now().date(),
    )
    assert at_hand(office, priya) == tunde.name
    for person, next_one in ((tunde, amara), (amara, tunde)):
        asks(office, priya, person)
        office.passes(60)
        with_priya_again(office, priya)
        assert at_hand(office, priya) == next_one.name


def at_hand(office, secretary) -> str:
    """Whose section of the picker is the one that Enter acts on."""
    address = reverse("calls-through", args=[the_call().pk])
    page = office.browser(secretary).get(address, headers={"HX-Request": "true"}).text
    [name] = re.findall(r'<section class="through-first" aria-label="([^"]+)"', page)
    return name
