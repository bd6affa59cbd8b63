"""A second call while she talks, by keyboard alone; and a line that drops."""

import pytest
from playwright.sync_api import expect

from calls.models import Call, CallEvent
from tests.the_office import identity

DANA, LENA = "+447700900123", "+447700900456"


def states() -> dict:
    found = Call.objects.values_list("caller_number", "state", "held_at")
    return {number: "held" if held_at else state for number, state, held_at in found}


def test_by_keyboard_she_holds_one_caller_for_another_and_goes_back(office):
    okafor, brill = office.client("Okafor Legal"), office.client("Brill Dental")
    desk = office.at_her_desk(office.secretary("Priya", okafor, brill))
    bar, keys = desk.locator("#callbar"), desk.keyboard
    office.rings(okafor, caller=DANA)
    expect(bar).to_contain_text("Okafor Legal is ringing")
    keys.press("F2")
    expect(bar).to_contain_text("On call")
    office.rings(brill, caller=LENA)
    card = desk.locator(".ring-card")
    expect(card).to_contain_text("Brill Dental is ringing")
    expect(bar).to_contain_text("On call")

    keys.press("F2")  # holds the one, answers the other
    expect(desk.locator(".held-card")).to_contain_text("Okafor Legal")
    office.eventually(lambda: states() == {DANA: "held", LENA: "talking"})
    expect(desk.get_by_role("button", name="Send to Brill Dental")).to_be_visible()
    keys.press("F2")  # and back
    expect(desk.locator(".held-card")).to_contain_text("Brill Dental")
    office.eventually(lambda: states() == {DANA: "talking", LENA: "held"})
    expect(desk.get_by_role("button", name="Send to Okafor Legal")).to_be_visible()

    keys.press("F9")  # asks, for somebody is on hold
    expect(desk.get_by_text("The caller for Brill Dental stays on hold.")).to_be_visible()
    assert states()[DANA] == "talking"
    keys.press("Escape")
    expect(desk.get_by_text("The caller for Brill Dental stays on hold.")).to_be_hidden()
    keys.press("F9")
    keys.press("Enter")
    expect(bar).to_contain_text("Call ended")
    expect(desk.locator(".held-card")).to_contain_text("Brill Dental")
    keys.press("F2")
    expect(bar).to_contain_text("On call")
    office.eventually(lambda: states() == {DANA: "wrap_up", LENA: "talking"})
    keys.press("F9")
    expect(bar).to_contain_text("Call ended")


@pytest.mark.slow
def test_hold_pressed_twice_at_once_never_leaves_the_caller_stuck(office):
    okafor = office.client("Okafor Legal")
    desk = office.at_her_desk(office.secretary("Priya", okafor))
    bar = desk.locator("#callbar")
    office.rings(okafor)
    expect(bar).to_contain_text("is ringing")
    desk.keyboard.press("F2")
    expect(bar).to_contain_text("On call")
    for times in (1, 2, 3):
        desk.keyboard.press("F4")
        desk.keyboard.press("F4")
        # The second press waits for what the first has done, and does the contrary: neither is lost.
        office.eventually(lambda times=times: pressed("held") == pressed("resumed") == times)
        office.settle()
        expect(bar.locator(".call-bar .state")).to_have_text("On call")
        assert states()["+447700900123"] == "talking"


def pressed(verb: str) -> int:
    return CallEvent.objects.filter(verb=verb).count()


def test_a_dropped_line_is_joined_again_by_one_key(office):
    okafor = office.client("Okafor Legal")
    priya = office.secretary("Priya", okafor)
    desk = office.at_her_desk(priya)
    bar = desk.locator("#callbar")
    caller = office.rings(okafor)
    expect(bar).to_contain_text("is ringing")
    desk.keyboard.press("F2")
    expect(bar).to_contain_text("On call")
    office.outside.call_to(f"client:{identity(priya)}").hang_up()
    expect(bar).to_contain_text("Your line dropped. The caller is on hold.")
    expect(bar.get_by_role("button", name="Rejoin")).to_be_visible()
    desk.keyboard.press("F2")
    expect(bar).to_contain_text("On call")
    assert states()["+447700900123"] == "talking"
    assert caller.status == "in-progress"


COUNTS_SOUNDS = """
window.sounds = 0;
const start = OscillatorNode.prototype.start;
OscillatorNode.prototype.start = function (...when) { window.sounds += 1; return start.apply(this, when); };
"""


def test_of_two_tabs_one_rings(office):
    okafor = office.client("Okafor Legal")
    desk = office.at_her_desk(office.secretary("Priya", okafor))
    desk.context.add_init_script(COUNTS_SOUNDS)
    other = desk.context.new_page()
    for tab in (desk, other):
        tab.goto(desk.url)
        tab.locator("h1").first.wait_for(state="attached")
        tab.mouse.click(5, 5)
    office.rings(okafor)
    for tab in (desk, other):
        expect(tab.locator("#callbar")).to_contain_text("is ringing")
    office.eventually(lambda: any(tab.evaluate("window.sounds") for tab in (desk, other)))
    assert sorted(bool(tab.evaluate("window.sounds")) for tab in (desk, other)) == [False, True]
