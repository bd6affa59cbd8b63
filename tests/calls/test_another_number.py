"""A caller is put through to a number the secretary types, where the client lets her, and to no other."""

import pytest

from calls import other_numbers
from calls.models import CallEvent
from secretariat.ledger.models import LedgerEntry

from .rooms import heard, talking, the_call
from .throughs import CALLER, does, phone, picks_up, presses, the_attempt, verbs, with_priya_again

FIELD = "+442079460321"


@pytest.fixture
def caller(office, okafor, priya):
    leg = office.rings(okafor)
    office.answers(priya)
    return leg


@pytest.fixture
def open_okafor(okafor):
    okafor.row.other_numbers = True
    okafor.row.save()
    return okafor


def types(office, priya, number, name="Mr Field", verb="ask", **words):
    told = {"another_number": number, "another_name": name, **words}
    address = f"/desk/calls/{the_call().pk}/through/{verb}/"
    answer = office.browser(priya).post(address, told, headers={"HX-Request": "true"})
    office.passes(2)
    return answer


def test_she_asks_at_a_number_she_typed_and_connects_the_two(office, priya, open_okafor, caller):
    answer = types(office, priya, "020 7946 0321", why="the Harrow Street lease")
    assert answer.status_code == 200
    assert the_call().is_held
    attempt = the_attempt()
    assert (attempt.contact, attempt.name, attempt.number["number"]) == (None, "Mr Field", FIELD)
    leg = picks_up(office, FIELD)
    office.passes(5)
    assert "the Harrow Street lease" in heard(leg)
    presses(office, FIELD, "1")
    shown = office.browser(priya).get("/desk/").content.decode()
    assert "Mr Field, I have" in shown
    assert "Mr Field has answered" in shown
    does(office, "connect", priya)
    assert talking(office) == {CALLER, FIELD}
    assert "is through to Mr Field" in office.browser(priya).get("/desk/calls/bar/").content.decode()


def test_it_stands_on_the_timeline_by_name_and_number_and_on_the_ledger_by_neither(
    office, priya, open_okafor, caller
):
    types(office, priya, "020 7946 0321", verb="straight")
    record = office.browser(priya).get(f"/desk/calls/{the_call().pk}/").content.decode()
    assert "straight through to Mr Field (+44 20 7946 0321)" in record
    assert CallEvent.objects.get(verb="asked").detail["number"] == FIELD
    entry = LedgerEntry.objects.get(verb="call.put_straight_through")
    assert entry.detail == {"to": "another_number"}


def test_nobody_there_and_the_caller_is_with_the_secretary_again(office, priya, open_okafor, caller):
    types(office, priya, "020 7946 0321")
    picks_up(office, FIELD)
    presses(office, FIELD, "2")
    assert the_attempt().state == "refused"
    assert phone(office, FIELD) is None
    with_priya_again(office, priya)


def test_a_client_who_does_not_want_it_is_not_asked_and_cannot_be_passed_over(office, priya, okafor, caller):
    panel = office.browser(priya).get(f"/desk/calls/{the_call().pk}/through/", headers={"HX-Request": "true"})
    assert "another_number" not in panel.content.decode()
    answer = types(office, priya, "020 7946 0321")
    assert answer.status_code == 422
    assert "only to the people entered here" in answer.content.decode()
    assert "asked" not in verbs(the_call())


@pytest.mark.parametrize(
    ("number", "name", "says"),
    [
        ("999", "Ambulance", "an emergency number"),
        ("0909 879 0123", "A line", "costs more"),
        ("020 7946 0321", " ", "Type whose number it is"),
        ("+44 7700 900123", "Herself", "the caller’s own number"),
    ],
)
def test_what_is_refused_is_said_and_what_she_typed_stands(
    office, priya, open_okafor, caller, number, name, says
):
    answer = types(office, priya, number, name, why="The lease")
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert says in shown
    assert [typed for typed in (number, "The lease") if f'value="{typed}"' not in shown] == []
    assert not the_call().is_held
    assert "asked" not in verbs(the_call())


def test_our_own_lines_are_not_rung(office, priya, open_okafor, caller):
    answer = types(office, priya, office.client("Brill Dental").number)
    assert "come back to us" in answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "country", "kept"),
    [
        ("020 7946 0321", "GB", FIELD),
        ("+234 803 555 0142", "GB", "+2348035550142"),
        ("0803 555 0142", "NG", "+2348035550142"),
        ("+1 212 555 0199", "GB", "+12125550199"),
    ],
)
def test_an_ordinary_number_is_read_as_in_the_clients_country(typed, country, kept):
    assert other_numbers.read(typed, country).e164 == kept


@pytest.mark.parametrize(
    ("typed", "country", "says"),
    [
        ("", "GB", "Type the number"),
        ("Field", "GB", "Type the number"),
        ("999", "GB", "emergency"),
        ("112", "NG", "emergency"),
        ("911", "GB", "emergency"),
        ("110", "DE", "emergency"),
        ("101", "GB", "short number"),
        ("118 500", "GB", "short number"),
        ("090 1234 5678", "GB", "costs more"),
        ("0909 879 0123", "GB", "costs more"),
        ("1 900 555 0123", "US", "costs more"),
        ("+979 1 2345 6789", "GB", "costs more"),
        ("+881 6 1234 5678", "GB", "costs more"),
        ("070 1234 5678", "GB", "costs more"),
        ("555 0199", "US", "area code"),
        ("020 7946 03210000", "GB", "too short or too long"),
    ],
)
def test_a_number_that_is_not_rung_says_why(typed, country, says):
    number = other_numbers.read(typed, country)
    assert number.e164 == ""
    assert says in number.because
