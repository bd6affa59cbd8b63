"""A second call while she is on one: the first is held, never ended, and both callers are looked after."""

import re

import pytest

from calls import conference
from calls.models import Call, Leg, Offer
from secretariat import clock
from secretariat.office.models import Firm, Presence
from secretariat.outbox.models import Effect
from tests.the_office import identity

from .rooms import heard, talking

DANA, LENA = "+447700900123", "+447700900456"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def desk(office, priya):
    return office.browser(priya)


@pytest.fixture
def dana(office, okafor, priya):
    """A caller who talks with Priya."""
    leg = office.rings(okafor, caller=DANA)
    office.answers(priya)
    return leg


@pytest.fixture
def lena(office, okafor, dana):
    """Another, who rings while Priya talks."""
    return office.rings(okafor, caller=LENA)


def call_of(number) -> Call:
    return Call.objects.select_related("client", "line", "secretary").get(caller_number=number)


def does(office, desk, verb, number, **words):
    answer = desk.post(f"/desk/calls/{call_of(number).pk}/{verb}/", words, headers=HTMX)
    assert answer.status_code == 200, answer.content.decode()
    office.settle()
    return answer.content.decode()


def bar(desk) -> str:
    return desk.get("/desk/calls/bar/", headers=HTMX).content.decode()


def states() -> dict:
    found = Call.objects.values_list("caller_number", "state", "held_at")
    return {number: "held" if held_at else state for number, state, held_at in found}


def foremost(desk) -> str:
    """Whose call the desk's form is about."""
    [call_id] = set(re.findall(r"/desk/messages/([0-9a-f-]{36})/draft/", desk.get("/desk/").content.decode()))
    return Call.objects.get(pk=call_id).caller_number


def second_offer() -> Offer:
    return Offer.objects.get(is_second=True)


def test_with_nobody_free_she_is_offered_it_without_a_leg(office, priya, lena, desk):
    offer = second_offer()
    assert (offer.secretary, offer.leg, offer.state) == (priya, None, "pending")
    assert "may hold the call she is on" in offer.because
    shown = bar(desk)
    assert "Hold and answer" in shown
    assert "On call" in shown
    assert talking(office) == {identity(priya), DANA}


def test_with_somebody_free_she_is_left_in_peace(office, okafor, priya, maya, dana):
    office.rings(okafor, caller=LENA)
    assert not Offer.objects.filter(is_second=True).exists()
    assert Offer.objects.pending().get().secretary == maya


@pytest.mark.parametrize(
    ("firm", "client", "turn", "offered"),
    [
        ("own", "", "own", True),
        ("own", "", "stand_in", False),
        ("everybody", "", "stand_in", True),
        ("nobody", "", "own", False),
        ("nobody", "own", "own", True),
        ("everybody", "nobody", "own", False),
    ],
)
def test_who_is_asked_is_the_clients_wish_or_else_the_firms(office, okafor, firm, client, turn, offered):
    Firm.objects.update_or_create(pk=True, defaults={"second_calls": firm})
    okafor.row.second_calls = client
    okafor.row.save()
    joan = office.secretary("Joan", okafor, turn=turn)
    office.rings(okafor, caller=DANA)
    office.answers(joan)
    office.rings(okafor, caller=LENA)
    assert Offer.objects.filter(is_second=True).exists() is offered


def test_answering_holds_the_first_caller_and_takes_her_line_to_the_second(office, priya, lena, dana, desk):
    shown = does(office, desk, "answer", LENA)
    assert "Return to the call" in shown
    assert states() == {DANA: "held", LENA: "talking"}
    assert talking(office) == {identity(priya), LENA}
    assert dana.heard[-1].kind == "music"
    assert office.carrier.check() == []
    line = Leg.objects.get(party="secretary")
    assert (line.call, line.room, line.in_room) == (call_of(LENA), call_of(LENA).room, True)


def test_return_does_the_reverse_as_often_as_she_likes(office, priya, lena, desk):
    does(office, desk, "answer", LENA)
    for back, held in ((DANA, LENA), (LENA, DANA), (DANA, LENA)):
        does(office, desk, "resume", back)
        assert states() == {back: "talking", held: "held"}
        assert talking(office) == {identity(priya), back}
        assert office.carrier.check() == []


def test_back_before_her_line_came_to_the_second(office, priya, dana, lena, desk):
    office.carrier.control.chaos(refuse=3)  # holding the first, fetching the second, moving her line
    does(office, desk, "answer", LENA)
    does(office, desk, "resume", DANA)
    office.passes(20)
    assert states() == {DANA: "talking", LENA: "held"}
    assert talking(office) == {identity(priya), DANA}
    assert not Effect.objects.filter(state__in=Effect.UNFINISHED).exists()
    assert office.carrier.check() == []
    does(office, desk, "resume", LENA)
    assert talking(office) == {identity(priya), LENA}


def test_not_now_leaves_the_second_caller_waiting_for_her(office, priya, lena, desk):
    does(office, desk, "decline", LENA)
    assert states() == {DANA: "talking", LENA: "ringing"}
    office.passes(5)
    assert not Offer.objects.pending().exists()  # asked once, and no more
    assert states()[LENA] == "ringing"
    conference.hang_up(call_of(DANA), by=priya, at=clock.now())
    does(office, desk, "park", DANA)
    office.passes(2)
    assert Offer.objects.pending().get().is_second is False


def test_a_second_call_let_by_is_no_missed_call(office, priya, lena):
    office.passes(40)
    assert second_offer().state == "expired"
    assert Presence.objects.get(pk=priya.pk).missed_offers == 0
    assert states() == {DANA: "talking", LENA: "ringing"}


def test_the_second_caller_gives_up_before_an_answer(office, priya, lena, desk):
    office.hangs_up(lena)
    assert "Hold and answer" not in bar(desk)
    assert talking(office) == {identity(priya), DANA}


def test_the_first_caller_hangs_up_while_the_second_rings(office, priya, dana, lena, desk):
    office.hangs_up(dana)
    assert "Call ended" in bar(desk)
    does(office, desk, "answer", LENA)
    assert states() == {DANA: "wrap_up", LENA: "talking"}
    assert talking(office) == {identity(priya), LENA}


def test_a_line_kept_for_a_second_caller_ends_when_she_does_not_come(office, dana, lena):
    office.hangs_up(dana)
    office.hangs_up(lena)
    assert office.carrier.control.legs() == []


def test_hanging_up_leaves_the_call_to_finish_and_the_held_one_to_return_to(office, priya, lena, desk):
    assert "stays on hold" in does(office, desk, "answer", LENA)
    shown = does(office, desk, "hang-up", LENA)
    assert "Call ended" in shown
    assert "Return to the call" in shown
    assert states() == {DANA: "held", LENA: "wrap_up"}
    assert office.carrier.check() == []
    does(office, desk, "resume", DANA)
    assert states() == {DANA: "talking", LENA: "wrap_up"}
    assert talking(office) == {identity(priya), DANA}


def test_the_second_caller_hangs_up_and_she_returns(office, priya, lena, desk):
    does(office, desk, "answer", LENA)
    office.hangs_up(lena)
    assert states() == {DANA: "held", LENA: "wrap_up"}
    assert office.carrier.check() == []
    does(office, desk, "resume", DANA)
    assert talking(office) == {identity(priya), DANA}


def test_the_caller_on_hold_hangs_up(office, priya, dana, lena, desk):
    does(office, desk, "answer", LENA)
    office.hangs_up(dana)
    assert states() == {DANA: "wrap_up", LENA: "talking"}
    assert talking(office) == {identity(priya), LENA}
    does(office, desk, "hang-up", LENA)
    assert office.carrier.control.legs() == []


def test_of_two_calls_to_finish_the_one_she_has_just_talked_on_stands_before_her(
    office, priya, dana, lena, desk
):
    """What she is writing for one caller must not turn into the other's form when the caller hangs up."""
    does(office, desk, "answer", LENA)
    office.hangs_up(dana)
    office.passes(5)
    assert foremost(desk) == LENA
    office.hangs_up(lena)
    assert states() == {DANA: "wrap_up", LENA: "wrap_up"}
    assert foremost(desk) == LENA


def test_a_caller_who_gives_up_on_hold_does_not_come_before_the_one_she_is_finishing(
    office, priya, dana, lena, desk
):
    does(office, desk, "answer", LENA)
    does(office, desk, "hang-up", LENA)
    office.passes(5)
    assert foremost(desk) == LENA
    office.hangs_up(dana)
    assert states() == {DANA: "wrap_up", LENA: "wrap_up"}
    assert foremost(desk) == LENA


def test_of_two_calls_to_finish_the_one_she_returned_to_last_stands_before_her(
    office, priya, dana, lena, desk
):
    does(office, desk, "answer", LENA)
    office.passes(5)
    does(office, desk, "resume", DANA)
    does(office, desk, "hang-up", DANA)
    office.passes(5)
    office.hangs_up(lena)
    assert states() == {DANA: "wrap_up", LENA: "wrap_up"}
    assert foremost(desk) == DANA


def test_both_on_hold(office, priya, lena, desk):
    does(office, desk, "answer", LENA)
    does(office, desk, "hold", LENA)
    assert states() == {DANA: "held", LENA: "held"}
    assert talking(office) == {identity(priya)}
    does(office, desk, "resume", DANA)
    assert states() == {DANA: "talking", LENA: "held"}
    assert talking(office) == {identity(priya), DANA}


def test_with_two_calls_on_her_desk_a_third_waits(office, okafor, priya, lena, desk):
    does(office, desk, "answer", LENA)
    office.rings(okafor, caller="+447700900789")
    assert not Offer.objects.pending().exists()


def test_her_line_dies_with_two_calls_and_both_are_offered_again(office, priya, dana, lena, desk):
    does(office, desk, "answer", LENA)
    office.carrier.control.hang_up(office.phone_of(priya))
    office.settle()
    assert states() == {DANA: "ringing", LENA: "ringing"}
    assert "connecting you again" in heard(dana)
    assert "connecting you again" in heard(lena)
    assert "Your line dropped" in bar(desk)
    office.passes(2)
    office.answers(priya)  # one of them rings at her desk
    one, other = (DANA, LENA) if states()[DANA] == "talking" else (LENA, DANA)
    assert talking(office) == {identity(priya), one}
    office.passes(2)
    does(office, desk, "answer", other)  # and the other is a second call again
    assert states() == {one: "held", other: "talking"}


def test_her_line_dies_while_a_second_call_rings(office, okafor, priya, maya, dana):
    Presence.objects.filter(pk=maya.pk).update(state="break")
    office.rings(okafor, caller=LENA)
    office.carrier.control.hang_up(office.phone_of(priya))
    office.settle()
    assert second_offer().state == "withdrawn"
    assert set(states().values()) == {"ringing"}


def test_a_late_word_of_an_old_line_ends_no_call_of_the_new_one(office, okafor, priya, dana, desk):
    office.carrier.control.chaos(delay=1.0)
    conference.hang_up(call_of(DANA), by=priya, at=clock.now())
    office.settle()
    does(office, desk, "park", DANA)
    office.carrier.chaos.calm()
    office.rings(okafor, caller=LENA)
    office.passes(2)
    office.answers(priya)
    assert states()[LENA] == "talking"
    office.passes(62)
    assert states()[LENA] == "talking"


def test_somebody_elses_second_call_is_not_found(office, okafor, priya, lena):
    rui = office.secretary("Rui", okafor, turn="pool", ready=False)
    answer = office.browser(rui).post(f"/desk/calls/{call_of(LENA).pk}/answer/", headers=HTMX)
    assert answer.status_code == 404
