"""Two callers at once, and a line that drops: nobody is lost, and all of it goes by keyboard."""

import pytest
from playwright.sync_api import expect

from calls.models import Call
from tests.the_office import identity

from .at_desk import answers, bar_says, presses_on

DANA, LENA = "+447700900123", "+447700900456"


@pytest.fixture
def okafor(office):
    return office.client("Okafor Legal")


@pytest.fixture
def priya(office, okafor):
    return office.secretary("Priya", okafor)


@pytest.fixture
def desk(office, okafor, priya):
    """Priya talks with Dana."""
    page = office.at_her_desk(priya)
    page.caller = office.rings(okafor, caller=DANA)
    answers(page)
    return page


def held() -> dict[str, bool]:
    talking = Call.objects.filter(state=Call.State.TALKING)
    return {number: bool(at) for number, at in talking.values_list("caller_number", "held_at")}


def test_a_second_call_holds_the_first_which_she_returns_to(office, okafor, desk):
    lena = office.rings(okafor, caller=LENA)
    expect(desk.locator(".ring-card")).to_contain_text("Okafor Legal is ringing")
    desk.keyboard.press("F2")
    expect(desk.locator(".held-card")).to_contain_text("On hold")
    office.eventually(lambda: held() == {DANA: True, LENA: False})
    desk.keyboard.press("F2")
    office.eventually(lambda: held() == {DANA: False, LENA: True})
    bar_says(desk, "Return to the call")

    # With somebody on hold, F9 asks first.
    office.settle()
    desk.keyboard.press("F9")
    expect(desk.get_by_text("The caller for Okafor Legal stays on hold.")).to_be_visible()
    assert desk.caller.status == "in-progress"
    desk.keyboard.press("F9")
    office.eventually(lambda: desk.caller.status == "completed")
    bar_says(desk, "Call ended")
    assert lena.status == "in-progress"
    desk.keyboard.press("F2")
    office.eventually(lambda: held() == {LENA: False})


def test_her_line_drops_and_she_rejoins_the_caller(office, desk, priya):
    line = office.outside.call_to(f"client:{identity(priya)}")
    line.hang_up()
    bar_says(desk, "Your line dropped. The caller is on hold.")
    assert desk.caller.status == "in-progress"
    presses_on(desk.get_by_role("button", name="Rejoin"), "F2")
    bar_says(desk, "On call")
    assert held() == {DANA: False}
    assert desk.caller.status == "in-progress"
