"""A line that drops: the caller waits, others are offered her at once, and she who lost her may come back."""

from datetime import timedelta

import pytest
from django.db.models.functions import Now

from calls.models import Call, Offer
from clients.models import NeededSkill
from secretariat import clock
from secretariat.office import presence
from secretariat.office.models import Presence, SecretarySkill, Skill
from tests.the_office import identity

from .rooms import heard, rings, talking, the_call

CALLER = "+447700900123"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def desk(office, priya):
    return office.browser(priya)


@pytest.fixture
def caller(office, okafor, priya):
    leg = office.rings(okafor, caller=CALLER)
    office.answers(priya)
    return leg


def browser_goes(office, secretary):
    office.carrier.unregister(identity(secretary))
    office.settle()


def rejoins(office, desk, line):
    answer = desk.post(f"/desk/calls/{the_call().pk}/rejoin/", {"line": line}, headers=HTMX)
    office.settle()
    return answer


def bar(desk) -> str:
    return desk.get("/desk/calls/bar/", headers=HTMX).content.decode()


def test_the_desk_says_so_and_offers_two_ways_back(office, priya, caller, desk):
    browser_goes(office, priya)
    shown = bar(desk)
    assert "Your line dropped. The caller is on hold." in shown
    assert "Rejoin" in shown
    assert "Use my own phone" in shown
    assert "connecting you again" in heard(caller)


def test_her_dead_browser_is_rung_in_vain_and_that_is_no_miss(office, priya, caller):
    browser_goes(office, priya)
    office.passes(30)
    assert Presence.objects.get(pk=priya.pk).missed_offers == 0
    assert Presence.objects.get(pk=priya.pk).state == "ready"
    assert Offer.objects.filter(unreached=True).count() == 3  # and then it is left alone
    assert the_call().state == Call.State.RINGING


def test_nobody_comes_back_and_the_caller_reaches_voicemail(office, priya, caller):
    browser_goes(office, priya)
    office.passes(75)
    assert the_call().state == Call.State.VOICEMAIL


def test_she_comes_back_by_her_own_telephone(office, priya, caller, desk):
    browser_goes(office, priya)
    assert "press 1" in rejoins(office, desk, "phone").content.decode()
    office.passes(2)
    at_home = office.carrier.control.legs_of(priya.home_number)[-1]
    office.carrier.control.answer(at_home)
    office.settle()
    office.carrier.control.press(at_home, "1")
    office.settle()
    assert talking(office) == {CALLER, priya.home_number}
    assert the_call().secretary == priya


def test_she_comes_back_by_her_browser(office, priya, caller, desk):
    browser_goes(office, priya)
    office.passes(1)
    office.carrier.register(identity(priya))
    assert rejoins(office, desk, "browser").status_code == 200
    office.passes(2)
    office.answers(priya)
    assert talking(office) == {CALLER, identity(priya)}


@pytest.mark.parametrize("line", ["browser", "phone"])
def test_her_browser_answered_before_the_press_was_heard(office, priya, caller, desk, line):
    """Rejoin is two things: her line answers what rings, and we are asked to ring it. Either is first."""
    browser_goes(office, priya)
    office.carrier.register(identity(priya))
    office.passes(2)
    office.answers(priya)
    assert talking(office) == {CALLER, identity(priya)}
    answer = rejoins(office, desk, line)
    assert answer.status_code == 200
    assert "On call" in answer.content.decode()
    assert talking(office) == {CALLER, identity(priya)}


def test_once_somebody_else_has_the_caller_there_is_no_way_back(office, priya, maya, caller, desk):
    browser_goes(office, priya)
    office.passes(2)
    assert rings(office, maya)
    office.answers(maya)
    assert "Your line dropped" not in bar(desk)
    assert rejoins(office, desk, "phone").status_code in (404, 422)
    assert talking(office) == {CALLER, maya.home_number}


def test_a_ring_at_a_browser_being_loaded_again_waits_for_it(office, okafor, priya):
    """The carrier says at once that nobody is there: no miss, and she is rung when she is back."""
    office.carrier.registered.discard(identity(priya))
    office.rings(okafor)
    assert the_call().state == Call.State.RINGING
    assert Presence.objects.get(pk=priya.pk).missed_offers == 0
    office.carrier.registered.add(identity(priya))
    office.passes(5)
    assert rings(office, priya)


def test_a_ring_the_carrier_never_placed_is_no_miss(office, okafor, priya):
    office.carrier.control.chaos(refuse=1000)
    office.rings(okafor)
    office.passes(20)
    assert Offer.objects.filter(state="expired").exists()
    assert Presence.objects.get(pk=priya.pk).missed_offers == 0
    office.carrier.chaos.calm()


@pytest.mark.parametrize(("seconds_ago", "state"), [(3, "ringing"), (20, "voicemail")])
def test_a_line_that_has_just_gone_may_come_back(office, okafor, priya, seconds_ago, state):
    presence.heartbeat(priya, at=clock.now(), phone_registered=False)
    Presence.objects.filter(pk=priya.pk).update(line_lost_at=Now() - timedelta(seconds=seconds_ago))
    office.rings(okafor)
    assert the_call().state == state
    if state == "ringing":
        presence.heartbeat(priya, at=clock.now(), phone_registered=True)
        office.passes(2)
        assert rings(office, priya)


def test_the_pool_needs_the_clients_skills_and_level(office, okafor):
    legal = Skill.objects.create(name="Legal")
    NeededSkill.objects.create(client=okafor.row, skill=legal)
    rui = office.secretary("Rui", okafor, turn="pool")
    office.rings(okafor)
    assert the_call().state == Call.State.VOICEMAIL
    assert {"what": "Rui", "because": "she lacks a skill: Legal"} in the_call().passed_over
    SecretarySkill.objects.create(secretary=rui, skill=legal)
    office.rings(okafor)
    assert rings(office, rui)
    okafor.row.level_needed = 7
    okafor.row.save()
    rui.languages.update(level=6)
    office.rings(okafor, caller="+447700900456")
    assert the_call().state == Call.State.VOICEMAIL


def test_the_client_says_how_long_an_offer_rings(office, okafor, priya):
    okafor.row.offer_seconds = 25
    okafor.row.save()
    office.rings(okafor)
    offer = Offer.objects.get()
    assert (offer.expires_at - offer.offered_at).total_seconds() == 25
    assert office.phone_of(priya).status == "ringing"
