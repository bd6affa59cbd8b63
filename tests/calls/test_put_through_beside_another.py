"""Putting a caller through while another is on hold: each has somebody to come back to."""

import pytest

from calls.models import Call
from tests.the_office import identity

from .rooms import talking
from .throughs import mobile, phone, picks_up, presses

DANA, LENA = "+447700900123", "+447700900456"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def desk(office, priya):
    return office.browser(priya)


@pytest.fixture
def dana(office, okafor, priya):
    """A caller who talked with Priya and is on hold since she answered Lena."""
    leg = office.rings(okafor, caller=DANA)
    office.answers(priya)
    return leg


@pytest.fixture
def lena(office, okafor, dana, desk):
    """A second caller, who talks with Priya."""
    leg = office.rings(okafor, caller=LENA)
    does(office, desk, "answer", LENA)
    assert states() == {DANA: "held", LENA: "talking"}
    return leg


def call_of(number) -> Call:
    return Call.objects.select_related("client", "line", "secretary").get(caller_number=number)


def does(office, desk, verb, number, *, refused=False, **words):
    answer = desk.post(f"/desk/calls/{call_of(number).pk}/{verb}/", words, headers=HTMX)
    assert answer.status_code == (422 if refused else 200), answer.content.decode()
    office.settle()
    return answer.content.decode()


def asks(office, desk, number, person, way="ask"):
    does(office, desk, f"through/{way}", number, person=person.pk)
    office.passes(2)


def takes(office, person):
    picks_up(office, mobile(person))
    presses(office, mobile(person), "1")


def states() -> dict:
    found = Call.objects.values_list("caller_number", "state", "held_at")
    return {number: "held" if held_at else state for number, state, held_at in found}


@pytest.mark.parametrize("way", ["ask", "straight"])
def test_once_the_second_is_through_her_line_goes_to_the_first(office, priya, tunde, dana, lena, desk, way):
    asks(office, desk, LENA, tunde, way)
    takes(office, tunde)
    if way == "ask":
        assert talking(office) == {identity(priya), mobile(tunde)}
        does(office, desk, "through/connect", LENA)
    assert states() == {DANA: "held", LENA: "through"}
    assert {LENA, mobile(tunde)} <= talking(office)
    assert office.carrier.check() == []
    does(office, desk, "resume", DANA)
    assert talking(office) == {LENA, mobile(tunde), DANA, identity(priya)}
    assert states() == {DANA: "talking", LENA: "through"}


def test_the_first_is_put_through_after_she_returned_to_her_and_the_second_waits(
    office, priya, tunde, dana, lena, desk
):
    does(office, desk, "resume", DANA)
    asks(office, desk, DANA, tunde)
    takes(office, tunde)
    does(office, desk, "through/connect", DANA)
    assert states() == {DANA: "through", LENA: "held"}
    assert {DANA, mobile(tunde)} <= talking(office)
    does(office, desk, "resume", LENA)
    assert talking(office) == {DANA, mobile(tunde), LENA, identity(priya)}


@pytest.mark.parametrize("key", ["2", None])
def test_should_the_client_not_want_the_second_she_has_her_again_and_the_first_waits(
    office, priya, tunde, dana, lena, desk, key
):
    asks(office, desk, LENA, tunde)
    if key:
        picks_up(office, mobile(tunde))
        presses(office, mobile(tunde), key)
    else:
        office.passes(100)
    assert phone(office, mobile(tunde)) is None
    assert states() == {DANA: "held", LENA: "talking"}
    assert talking(office) == {identity(priya), LENA}


def test_while_she_asks_for_the_second_she_cannot_return_to_the_first(office, priya, tunde, dana, lena, desk):
    asks(office, desk, LENA, tunde)
    assert "no longer possible" in does(office, desk, "resume", DANA, refused=True)
    does(office, desk, "through/back", LENA)
    does(office, desk, "resume", DANA)
    assert states() == {DANA: "talking", LENA: "held"}
    assert talking(office) == {identity(priya), DANA}


def test_the_first_hangs_up_while_she_asks_for_the_second(office, priya, tunde, dana, lena, desk):
    asks(office, desk, LENA, tunde)
    office.hangs_up(dana)
    assert states() == {DANA: "wrap_up", LENA: "held"}
    takes(office, tunde)
    does(office, desk, "through/connect", LENA)
    assert talking(office) == {LENA, mobile(tunde)}
    assert office.phone_of(priya) is None


def test_the_second_hangs_up_while_she_asks_for_her_and_the_first_is_there_still(
    office, priya, tunde, dana, lena, desk
):
    asks(office, desk, LENA, tunde)
    takes(office, tunde)
    office.hangs_up(lena)
    assert states() == {DANA: "held", LENA: "wrap_up"}
    assert phone(office, mobile(tunde)) is None
    does(office, desk, "resume", DANA)
    assert talking(office) == {identity(priya), DANA}


def test_her_line_dies_while_she_asks_for_the_second_and_both_are_offered_again(
    office, priya, tunde, dana, lena, desk
):
    asks(office, desk, LENA, tunde)
    office.hangs_up(office.phone_of(priya))
    assert states() == {DANA: "ringing", LENA: "ringing"}
    assert phone(office, mobile(tunde)) is None
    assert office.carrier.check() == []


def test_of_three_who_talk_she_leaves_two_and_goes_back_to_the_first(office, priya, tunde, dana, lena, desk):
    asks(office, desk, LENA, tunde)
    takes(office, tunde)
    does(office, desk, "through/three", LENA)
    assert talking(office) == {identity(priya), LENA, mobile(tunde)}
    does(office, desk, "through/connect", LENA)
    assert {LENA, mobile(tunde)} <= talking(office)
    does(office, desk, "resume", DANA)
    assert talking(office) == {LENA, mobile(tunde), DANA, identity(priya)}


def test_the_two_who_talk_hang_up_and_the_caller_on_hold_stays(office, priya, tunde, dana, lena, desk):
    asks(office, desk, LENA, tunde, "straight")
    takes(office, tunde)
    office.hangs_up(lena)
    assert states()[DANA] == "held"
    assert phone(office, mobile(tunde)) is None
    does(office, desk, "resume", DANA)
    assert talking(office) == {identity(priya), DANA}
