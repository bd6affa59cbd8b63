"""No press of a key is lost while the page is being drawn anew: `keys.js`, `swaps.js` and htmx together."""

import re
import time
from pathlib import Path

import django_htmx
import pytest
from django.conf import settings
from playwright.sync_api import expect

from tests.patience import PATIENCE

HTMX = Path(django_htmx.__file__).parent / "static" / "django_htmx" / "htmx-2.min.js"
BASE = Path(settings.BASE_DIR) / "templates" / "base.html"
CONFIG = re.search(r'<meta name="htmx-config"[^>]*>', BASE.read_text()).group()
PARTS = f'{CONFIG}<script src="/htmx.js"></script>'


def verb(name: str, words: str, key: str = "F4") -> str:
    address = f"/desk/calls/1/{name}/"
    return (
        f'<form method="post" action="{address}" hx-post="{address}" hx-target="#bar"'
        f' hx-disabled-elt="find button"><button type="submit" data-key="{key}">{words}</button></form>'
    )


def bar(inside: str, *, of="1", version=1, before="") -> str:
    return f'{before}<div class="call-bar" data-of="{of}" data-version="{version}">{inside}</div>'


HOLD, RESUME = bar(verb("hold", "Hold")), bar(verb("resume", "Resume"), version=2)


@pytest.fixture
def at_desk(desk):
    """Opens a page with this bar, and holds back what is posted until the test answers it."""
    desk.held = []
    desk.answers["/htmx.js"] = lambda route: route.fulfill(path=HTMX, content_type="text/javascript")
    for name in ("hold", "resume", "hang-up"):
        desk.answers[f"/desk/calls/1/{name}/"] = desk.held.append

    def opened(standing, *scripts):
        desk.open(f'{PARTS}<div id="bar">{standing}</div>', "pages.js", *scripts, "keys.js")
        return desk

    return opened


def answer(desk, words: str) -> None:
    latest = time.monotonic() + PATIENCE
    while not desk.held and time.monotonic() < latest:  # until what the browser has sent lies here
        desk.page.evaluate("0")
    desk.held.pop(0).fulfill(body=words, content_type="text/html")


def test_a_key_pressed_as_soon_as_the_control_stands_is_that_controls_own(at_desk):
    """Not a form the page sends as a whole: that would draw everything anew, and move her from her field."""
    desk = at_desk(HOLD)
    desk.page.evaluate("""new MutationObserver((_changes, watch) => {
        if (!document.body.textContent.includes("Resume")) return;
        watch.disconnect();
        document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "F4", bubbles: true }));
    }).observe(document.getElementById("bar"), { childList: true, subtree: true })""")
    with desk.page.expect_request("**/hold/"):
        desk.page.keyboard.press("F4")
    with desk.page.expect_request("**/resume/") as resumed:
        answer(desk, RESUME)
    assert resumed.value.headers.get("hx-request") == "true"


def test_a_second_press_before_the_first_is_answered_is_done_after_it(at_desk):
    desk = at_desk(HOLD)
    with desk.page.expect_request("**/hold/"):
        desk.page.keyboard.press("F4")
    desk.page.keyboard.press("F4")
    with desk.page.expect_request("**/resume/"):
        answer(desk, RESUME)


def test_a_refresh_that_comes_first_does_not_turn_a_second_press_into_the_first_again(at_desk):
    """The page had asked for the bar before she pressed; it draws Hold anew while holding is on its way."""
    desk = at_desk(HOLD, "swaps.js")
    with desk.page.expect_request("**/hold/"):
        desk.page.keyboard.press("F4")
    desk.answers["/desk/calls/bar/"] = bar(verb("hold", "Hold") + "<i>Drawn anew</i>")
    desk.page.evaluate("""htmx.ajax("GET", "/desk/calls/bar/", {source: "#bar", target: "#bar"})""")
    expect(desk.page.locator("#bar")).to_contain_text("Drawn anew")
    desk.page.keyboard.press("F4")
    with desk.page.expect_request("**/resume/"):
        answer(desk, RESUME)
    assert len(desk.posts("/desk/calls/1/hold/")) == 1


def test_a_third_press_takes_the_second_back(at_desk):
    desk = at_desk(HOLD)
    with desk.page.expect_request("**/hold/"):
        desk.page.keyboard.press("F4")
    desk.page.keyboard.press("F4")
    desk.page.keyboard.press("F4")
    answer(desk, RESUME)
    expect(desk.page.get_by_role("button", name="Resume")).to_be_enabled()
    assert desk.posts("/desk/calls/1/resume/") == []


def test_a_press_meant_for_one_call_is_never_anothers(at_desk):
    desk = at_desk(HOLD)
    with desk.page.expect_request("**/hold/"):
        desk.page.keyboard.press("F4")
    desk.page.keyboard.press("F4")
    answer(desk, bar(verb("resume", "Resume"), of="2", version=9))
    expect(desk.page.get_by_role("button", name="Resume")).to_be_enabled()
    desk.page.keyboard.press("F9")  # whatever was kept would have been sent by now
    assert desk.posts("/desk/calls/1/resume/") == []


def test_a_question_stays_open_while_what_is_around_it_is_drawn_anew(at_desk):
    ask = f'<div id="ask" popover>{verb("hang-up", "Hang up Okafor Legal", key="F9")}</div>'
    inside = '<button type="button" popovertarget="ask" data-key="F9">Hang up</button>'
    desk = at_desk(bar(inside, before=ask), "swaps.js")
    desk.page.keyboard.press("F9")
    expect(desk.page.locator("#ask")).to_be_visible()
    desk.answers["/desk/calls/bar/"] = bar(inside + "<i>On hold</i>", version=2, before=ask)
    desk.page.evaluate("""htmx.ajax("GET", "/desk/calls/bar/", {source: "#bar", target: "#bar"})""")
    expect(desk.page.locator("#bar")).to_contain_text("On hold")
    with desk.page.expect_request("**/hang-up/"):
        desk.page.keyboard.press("F9")


def test_a_question_has_her_enter_though_the_bar_was_drawn_anew_before_it_was_asked(at_desk):
    """She stood on a button of the bar then, and is brought back to it; the question begins at its own."""
    sure = verb("hang-up", "Hang up Okafor Legal", key="F9").replace("<button", "<button autofocus")
    inside = f'{verb("hold", "Hold")}<button type="button" popovertarget="ask" data-key="F9">Hang up</button>'
    whole = bar(inside, before=f'<div id="ask" popover>{sure}</div>')
    desk = at_desk(whole, "swaps.js")
    desk.page.get_by_role("button", name="Hold").focus()
    desk.answers["/desk/calls/bar/"] = whole + "<i>Drawn anew</i>"
    desk.page.evaluate("""htmx.ajax("GET", "/desk/calls/bar/", {source: "#bar", target: "#bar"})""")
    expect(desk.page.locator("#bar")).to_contain_text("Drawn anew")
    desk.page.keyboard.press("F9")
    expect(desk.page.locator("#ask")).to_be_visible()
    with desk.page.expect_request("**/hang-up/"):
        desk.page.keyboard.press("Enter")


def part(version: int) -> str:
    """A part that asks again by itself, with a button in it."""
    inside = verb("hold", "Hold", key="") + f"<i>Drawn {version}</i>"
    return f'<div data-of="1" data-version="{version}">{inside}</div>'


@pytest.fixture
def at_part(at_desk):
    """The part stands, and `drawn_anew` brings its second version."""
    desk = at_desk("", "swaps.js", "typed.js")
    desk.page.evaluate(
        """words => {
          const bar = document.getElementById("bar");
          bar.setAttribute("hx-get", "/part/");
          bar.setAttribute("hx-trigger", "again");
          bar.innerHTML = words;
          htmx.process(bar);
        }""",
        part(1),
    )
    desk.answers["/part/"] = part(2)
    desk.drawn_anew = lambda: desk.page.evaluate("htmx.trigger('#bar', 'again')")
    return desk


def test_a_button_drawn_anew_under_her_finger_hears_her_enter(at_part):
    at_part.page.get_by_role("button", name="Hold").focus()
    at_part.drawn_anew()
    expect(at_part.page.locator("#bar")).to_contain_text("Drawn 2")
    with at_part.page.expect_request("**/hold/"):
        at_part.page.keyboard.press("Enter")


def test_drawn_anew_the_button_of_another_person_is_not_pressed(at_part):
    """Two buttons that differ in whom their forms name; the first is where the panel begins."""

    def ask(person: str, more: str = "") -> str:
        named = f'<input type="hidden" name="person" value="{person}">'
        return verb("hold", f"Ask {person}", key="").replace("<button", f"{named}<button {more}")

    page = at_part.page
    both = ask("owner", "autofocus") + ask("tunde")
    at_part.answers["/part/"] = both
    at_part.drawn_anew()
    expect(page.get_by_role("button", name="Ask owner")).to_be_focused()
    page.get_by_role("button", name="Ask tunde").focus()
    at_part.answers["/part/"] = f"{both}<i>Drawn again</i>"
    at_part.drawn_anew()
    expect(page.locator("#bar")).to_contain_text("Drawn again")
    expect(page.locator("#bar.htmx-settling")).to_have_count(0)  # htmx moves the focus when it has settled
    expect(page.get_by_role("button", name="Ask tunde")).to_be_focused()


def test_a_button_is_not_drawn_anew_between_pressing_and_letting_go(at_part):
    page = at_part.page
    page.get_by_role("button", name="Hold").hover()
    page.mouse.down()
    with page.expect_response("**/part/"):
        at_part.drawn_anew()
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    expect(page.locator("#bar")).to_contain_text("Drawn 1")
    with page.expect_request("**/hold/"):
        page.mouse.up()
    expect(page.locator("#bar")).to_contain_text("Drawn 2")


def test_what_answers_a_choice_does_not_take_the_button_from_under_the_finger(at_desk):
    """As on *Where I am*: what we will say is asked for with each choice, and Save stands below it."""
    said = '<p>In a meeting</p><button type="submit">Save</button>'
    desk = at_desk(
        '<form method="post" action="/desk/calls/1/hold/" hx-get="/said/" hx-trigger="change"'
        ' hx-target="#said">'
        '<label><input type="radio" name="kind" value="meeting">In a meeting</label>'
        f'<div id="said">{said.replace("In a meeting", "Choose")}</div></form>',
        "swaps.js",
    )
    page, late = desk.page, []
    desk.answers["/said/"] = late.append
    with page.expect_request("**/said/**"):
        page.get_by_label("In a meeting").check()
    page.get_by_role("button", name="Save").hover()
    page.mouse.down()
    desk.answers["/said/"] = said
    with page.expect_response("**/said/**"):
        late[0].fulfill(body=said, content_type="text/html")
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    with page.expect_request("**/hold/"):
        page.mouse.up()
