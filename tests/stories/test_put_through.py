"""Putting a caller through from the keyboard, with a real browser and a real telephone at the client."""

import pytest
from playwright.sync_api import expect

from calls.models import Call, PutThrough

from .at_desk import answers, bar_says, presses_on, writes
from .looking import go_to


@pytest.fixture
def okafor(office):
    return office.client("Okafor Legal")


@pytest.fixture
def tunde(office, okafor):
    return office.contact(okafor, "Tunde Adeyemi")


@pytest.fixture
def mobile(office, tunde):
    return office.mobile_of(tunde)


@pytest.fixture
def desk(office, okafor, tunde):
    """Priya talks with Dana, who rang for Tunde."""
    page = office.at_her_desk(office.secretary("Priya", okafor))
    page.caller = office.rings(okafor)
    answers(page)
    writes(page, "The Harrow Street lease. It ends in May.")
    return page


def puts_through(desk, way: str) -> None:
    """F8, and then the way she chooses beside Tunde's name."""
    desk.keyboard.press("F8")
    presses_on(by_tunde(desk).get_by_role("button", name=way))
    panel_says(desk, "telephone rings")


def by_tunde(desk):
    return desk.locator(".through-panel section", has_text="Tunde Adeyemi")


def panel_says(desk, words: str) -> None:
    expect(desk.locator(".through-panel")).to_contain_text(words)


def the_attempts() -> list[str]:
    return list(PutThrough.objects.order_by("asked_at").values_list("state", flat=True))


def test_she_asks_first_and_puts_the_caller_through_by_keyboard(office, desk, mobile):
    puts_through(desk, "Ask first")
    expect(desk.locator("#guidance")).to_contain_text("I have Dana Reyes about The Harrow Street lease")
    expect(desk.get_by_label("Message", exact=True)).to_have_value("The Harrow Street lease. It ends in May.")
    mobile.answers()
    panel_says(desk, "a key takes the call")
    mobile.presses("1")
    panel_says(desk, "Tunde has answered")
    desk.keyboard.press("F8")
    bar_says(desk, "they talk on")
    presses_on(desk.get_by_role("button", name="Finish"))
    bar_says(desk, "Ready for calls")
    mobile.hangs_up()
    office.settle()


def test_a_slow_refresh_does_not_close_what_she_opened_meanwhile(desk):
    """The page asks for its side when something happens; the answer comes after she has pressed F8."""
    asked = []
    desk.route("**/desk/side/*", lambda route: route.continue_() if asked else asked.append(route))
    with desk.expect_request("**/desk/side/*"):  # sent, and not waiting behind another that is under way
        desk.evaluate("document.body.dispatchEvent(new Event('live:resync'))")
    desk.keyboard.press("F8")
    panel_says(desk, "Tunde Adeyemi")
    with desk.expect_response("**/desk/side/?through=choose"):  # asked again, as it is now
        asked[0].fulfill(body="<p>As it was before</p>", content_type="text/html")
    panel_says(desk, "Tunde Adeyemi")


def test_she_takes_the_caller_back_and_then_puts_her_straight_through(office, desk, mobile):
    puts_through(desk, "Ask first")
    desk.keyboard.press("F4")
    bar_says(desk, "On call")
    office.eventually(lambda: not mobile.rings)
    puts_through(desk, "Put straight through")
    mobile.answers()
    panel_says(desk, "a key takes the call")
    mobile.presses("1")
    bar_says(desk, "they talk on")
    assert (desk.caller.status, mobile.talks) == ("in-progress", True)
    assert the_attempts() == ["taken_back", "done"]


@pytest.mark.slow  # likewise in rooms: tests/calls/
def test_three_of_us_and_then_she_leaves_the_two(office, desk, mobile):
    puts_through(desk, "Ask first")
    mobile.answers()
    panel_says(desk, "a key takes the call")
    mobile.presses("1")
    panel_says(desk, "Tunde has answered")
    presses_on(desk.get_by_role("button", name="Three of us"))
    expect(desk.get_by_role("button", name="Leave the two talking")).to_be_visible()
    bar_says(desk, "On call")
    desk.keyboard.press("F8")
    bar_says(desk, "they talk on")
    assert (desk.caller.status, mobile.talks) == ("in-progress", True)


@pytest.mark.slow  # likewise in rooms: tests/calls/
def test_neither_a_refusal_nor_a_mailbox_is_somebody_reached(office, desk, mobile):
    puts_through(desk, "Ask first")
    mobile.answers()
    panel_says(desk, "a key takes the call")
    mobile.presses("2")
    bar_says(desk, "On call")
    mobile.has_a_mailbox(after=1)
    desk.keyboard.press("F8")
    presses_on(by_tunde(desk).get_by_role("button", name="Ask first"))
    panel_says(desk, "a key takes the call")  # the machine hears it, and presses none
    office.passes(40)
    bar_says(desk, "On call")
    assert the_attempts() == ["refused", "unanswered"]
    assert desk.caller.status == "in-progress"
    desk.keyboard.press("F8")
    panel_says(desk, "Asked ")


@pytest.mark.slow  # likewise in rooms: tests/calls/
def test_a_mobile_forwarded_to_us_brings_nobody_round_in_a_circle(office, desk, mobile, okafor):
    mobile.forwards_to(okafor.number)
    desk.keyboard.press("F8")
    presses_on(by_tunde(desk).get_by_role("button", name="Ask first"))
    office.eventually(lambda: the_attempts() == ["looped"])
    bar_says(desk, "On call")
    assert Call.objects.filter(outcome=Call.Outcome.LOOPED).count() == 1
    assert desk.caller.status == "in-progress"


@pytest.mark.slow
def test_the_client_has_callers_put_through_without_a_secretary(office, okafor, tunde, mobile):
    """Tunde sends the first one back, who comes to Priya; the second one she never hears of."""
    desk = office.at_her_desk(office.secretary("Priya", okafor))
    portal = office.enters(okafor.owner, to="/portal/instructions/new/")
    portal.get_by_label("What the secretary should know").fill("Tunde takes every call today.")
    portal.get_by_label("Put through", exact=True).check()
    portal.get_by_label("Put through to").select_option(label="Tunde Adeyemi")
    portal.get_by_label("Without a secretary").check()
    for choice in ("Anyone", "Today"):
        portal.get_by_label(choice, exact=True).check()
    portal.get_by_role("button", name="Save the instruction").click()
    expect(portal.get_by_text("Tunde takes every call today.").first).to_be_visible()

    caller = office.rings(okafor)
    office.eventually(lambda: mobile.rings)
    bar_says(desk, "Ready for calls")
    mobile.answers()
    office.eventually(lambda: "press 1" in " ".join(mobile.heard()).lower())
    mobile.presses("2")
    answers(desk)
    caller.hang_up()
    bar_says(desk, "Call ended")

    second = office.rings(okafor, caller="+447700900456")
    office.eventually(lambda: mobile.rings)
    mobile.answers()
    office.eventually(lambda: "press 1" in " ".join(mobile.heard()).lower())
    mobile.presses("1")
    office.eventually(lambda: Call.objects.filter(state=Call.State.THROUGH, secretary=None).exists())
    go_to(desk, "/desk/")
    bar_says(desk, "Call ended")
    second.hang_up()
    office.settle()
