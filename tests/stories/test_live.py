"""Live: what happens shows itself in every tab, and when the stream is lost the desk asks."""

import pytest
from playwright.sync_api import expect

from .looking import go_to, host

TABS = 8
SILENCE = 40_000  # ms without a sign, after which the stream counts as lost


@pytest.fixture
def okafor(office):
    return office.client("Okafor Legal")


@pytest.mark.slow  # a fault, and a load
def test_eight_tabs_share_one_stream_and_all_of_them_ring(office, okafor):
    first = office.at_her_desk(office.secretary("Priya", okafor))
    streams = []
    first.context.on("request", lambda asked: streams.append(asked.url) if "/live/" in asked.url else None)
    tabs = [first]
    for _ in range(TABS - 1):
        tab = first.context.new_page()
        tab.goto(f"{host(first)}/desk/")
        tabs.append(tab)
    office.rings(okafor)
    for tab in tabs:
        expect(tab.locator("#callbar")).to_contain_text("is ringing")
    assert len(streams) <= 1
    tabs[-1].keyboard.press("F2")
    for tab in tabs:
        expect(tab.locator("#callbar")).to_contain_text("On call")


@pytest.mark.slow  # a fault, and a load
@pytest.mark.console_may_complain  # a stream that cannot be reached is reported by the browser
def test_a_lost_stream_is_said_and_made_good(office, okafor):
    priya = office.secretary("Priya", okafor)
    desk = office.at_her_desk(priya)
    desk.clock.install()
    desk.context.route("**/live/*", lambda route: route.abort())
    desk.reload()
    desk.clock.fast_forward(SILENCE)
    expect(desk.locator("[data-live-mark]")).to_contain_text("Not live")
    office.line_is_connected(desk, priya)
    office.rings(okafor)
    expect(desk.locator("#callbar")).to_contain_text("is ringing")
    desk.context.unroute("**/live/*")
    expect(desk.locator("[data-live-mark]")).not_to_contain_text("Not live")


def test_what_the_client_says_now_stands_on_an_open_call(office, okafor):
    priya = office.secretary("Priya", okafor)
    portal = office.enters(okafor.owner, to="/portal/where-i-am/")
    desk = office.at_her_desk(priya)
    office.rings(okafor)
    expect(desk.locator("#callbar")).to_contain_text("is ringing")
    desk.keyboard.press("F2")
    words = desk.get_by_label("Message", exact=True)
    words.fill("half a sen")

    portal.get_by_label("In a meeting").check()
    portal.get_by_label("30 minutes").check()
    portal.locator("#save-where").click()
    expect(desk.locator("#guidance")).to_contain_text("meeting")
    words.press_sequentially("tence")
    expect(words).to_have_value("half a sentence")


def test_a_whole_call_without_a_mouse(office, okafor):
    desk = office.at_her_desk(office.secretary("Priya", okafor))
    caller = office.rings(okafor)
    expect(desk.locator("#callbar")).to_contain_text("is ringing")
    press = desk.keyboard.press
    press("F2")
    name = desk.get_by_label("Caller’s name")
    expect(name).to_be_visible()
    for _ in range(60):  # from wherever the focus is, forwards to the field
        if name.evaluate("field => field === document.activeElement"):
            break
        press("Tab")
    expect(name).to_be_focused()
    desk.keyboard.type("Dana Reyes")
    press("F4")
    expect(desk.locator("#callbar")).to_contain_text("On hold")
    expect(name).to_be_focused()
    press("F4")
    expect(desk.locator("#callbar")).to_contain_text("On call")
    message = desk.get_by_label("Message", exact=True)
    for _ in range(30):
        if message.evaluate("field => field === document.activeElement"):
            break
        press("Tab")
    expect(message).to_be_focused()
    desk.keyboard.type("Ring back about clause 9.")
    press("F9")
    expect(desk.locator("#callbar")).to_contain_text("Call ended")
    press("Control+Enter")
    expect(desk.get_by_text("Sent to Okafor Legal")).to_be_visible()
    office.eventually(lambda: caller.status == "completed")
    go_to(desk, "/desk/messages/")
    expect(desk.locator("main")).to_contain_text("Dana Reyes")
