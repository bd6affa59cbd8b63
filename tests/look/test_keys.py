"""Keys press the real controls: `static/js/keys.js` and `palette.js`."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from secretariat.office.keys import KEYS

PRESSED = """
<button data-key="F2">Answer<kbd>F2</kbd></button><button data-key="F4">Hold<kbd>F4</kbd></button>
<form><textarea aria-label="Message"></textarea>
<button type="button" data-key="Ctrl+Enter">Send</button></form>
<a href="#tasks" data-key="g t">Tasks</a><button data-key="1">Text Ngozi</button>
<ul><li data-row><a href="#one">One</a><button data-key="e">Done one</button></li>
<li data-row><a href="#two">Two</a><button data-key="e">Done two</button></li></ul>
<dialog id="keys-help"><form method="dialog"><button>Close</button></form><dl data-keys-list></dl></dialog>
<dialog id="palette"><input id="palette-input" aria-label="Find"><ul id="palette-here"></ul>
<div id="palette-found"></div></dialog>
<output></output>
"""
WATCH = """document.addEventListener("click", (event) => {
  const control = event.target.closest("[data-key]");
  if (control) document.querySelector("output").textContent += control.firstChild.textContent + ";";
})"""


@pytest.fixture
def pressed(desk):
    """Opens the page and returns what says which controls were pressed."""

    def opened(data=""):
        desk.open(PRESSED, "keys.js", "palette.js", data=data)
        desk.page.evaluate(WATCH)
        return desk.page.locator("output")

    return opened


def test_function_keys_work_while_typing_and_keep_the_text(desk, pressed):
    output = pressed()
    desk.page.locator("textarea").fill("Half a sent")
    desk.page.locator("textarea").press("F2")
    expect(output).to_have_text("Answer;")
    expect(desk.page.locator("textarea")).to_have_value("Half a sent")
    expect(desk.page.locator("textarea")).to_be_focused()


def test_control_enter_sends(desk, pressed):
    output = pressed()
    desk.page.locator("textarea").press("Control+Enter")
    expect(output).to_have_text("Send;")


def test_enter_in_a_field_with_a_button_of_its_own_presses_that_one(desk):
    """The first button of the form does nothing, so that Enter in the other fields sends nothing."""
    desk.open(
        """<form><button type="submit" disabled hidden></button><input aria-label="Subject">
        <button name="kind" value="letter">A letter</button>
        <input aria-label="Book" data-enter><button type="button" name="book">Put in</button></form>
        <output></output>""",
        "keys.js",
    )
    desk.page.evaluate(
        """document.addEventListener("click", ({ target }) => {
        document.querySelector("output").textContent += `${target.name};`; });"""
    )
    desk.page.get_by_label("Subject").press("Enter")
    desk.page.get_by_label("Book").press("Enter")
    expect(desk.page.locator("output")).to_have_text("book;")


def test_letters_never_act_inside_a_field(desk, pressed):
    output = pressed()
    desk.page.locator("textarea").press_sequentially("1e g t")
    expect(desk.page.locator("textarea")).to_have_value("1e g t")
    expect(output).to_have_text("")


@pytest.mark.parametrize("key", ["Control+1", "Alt+1", "Meta+1"])
def test_letters_never_act_with_a_modifier(desk, pressed, key):
    output = pressed()
    desk.page.keyboard.press(key)
    desk.page.keyboard.press("F4")
    expect(output).to_have_text("Hold;")


def test_two_letters_go_and_digits_act(desk, pressed):
    output = pressed()
    desk.page.keyboard.press("1")
    desk.page.keyboard.press("g")
    desk.page.keyboard.press("t")
    expect(output).to_have_text("Text Ngozi;Tasks;")


def test_rows_are_walked_and_done_is_of_the_row_walked_to(desk, pressed):
    output = pressed()
    for key in ("j", "j", "j", "e"):
        desk.page.keyboard.press(key)
    expect(desk.page.get_by_role("link", name="Two")).to_be_focused()
    expect(output).to_have_text("Done two;")
    desk.page.keyboard.press("k")
    expect(desk.page.get_by_role("link", name="One")).to_be_focused()


def test_she_may_choose_other_keys_and_sees_them(desk, pressed):
    output = pressed("""data-keys='{"F4": "F6"}'""")
    desk.page.keyboard.press("F4")
    desk.page.keyboard.press("F6")
    expect(output).to_have_text("Hold;")
    expect(desk.page.get_by_role("button", name="Hold").locator("kbd")).to_have_text("F6")


def test_letters_can_be_turned_off(desk, pressed):
    output = pressed('data-letters="off"')
    desk.page.keyboard.press("1")
    desk.page.keyboard.press("F4")
    expect(output).to_have_text("Hold;")


def test_a_question_mark_shows_the_keys_of_this_page(desk, pressed):
    pressed()
    desk.page.keyboard.press("?")
    dialog = desk.page.locator("#keys-help")
    expect(dialog).to_be_visible()
    expect(dialog).to_contain_text("Answer")
    desk.page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_the_palette_finds_what_the_page_can_do(desk, pressed):
    output = pressed()
    desk.page.locator("textarea").focus()
    desk.page.keyboard.press("Control+k")
    desk.page.get_by_label("Find").fill("ngo")
    expect(desk.page.locator("#palette-here li")).to_have_count(1)
    desk.page.keyboard.press("Enter")
    expect(desk.page.locator("#palette")).to_be_hidden()
    expect(output).to_have_text("Text Ngozi;")


def test_a_key_she_turned_off_does_nothing_and_is_not_shown(desk, pressed):
    output = pressed("""data-keys='{"F4":"","e":""}'""")
    desk.page.locator("body").press("F4")
    desk.page.get_by_text("One", exact=True).focus()
    desk.page.keyboard.press("e")
    desk.page.keyboard.press("F2")
    expect(output).to_have_text("Answer;")
    expect(desk.page.get_by_role("button", name="Hold").locator("kbd")).to_be_hidden()


def test_letters_and_the_first_of_two_can_be_others(desk, pressed):
    output = pressed("""data-keys='{"e":"x","g":"q"}'""")
    desk.page.get_by_text("One", exact=True).focus()
    for key in ("e", "x", "g", "t", "q", "t"):
        desk.page.keyboard.press(key)
    expect(output).to_have_text("Done one;Tasks;")


def test_settings_that_were_just_saved_hold_at_once(desk, pressed):
    output = pressed()
    desk.page.evaluate("""document.body.dataset.keys = '{"F4":"F6"}';
        document.body.dispatchEvent(new CustomEvent("page:shown"))""")
    desk.page.keyboard.press("F6")
    expect(output).to_have_text("Hold;")
    expect(desk.page.get_by_role("button", name="Hold").locator("kbd")).to_have_text("F6")


def test_digits_press_the_next_actions_in_their_order(desk, pressed):
    desk.open(
        PRESSED.replace('<button data-key="1">Text Ngozi</button>', "")
        + '<div data-actions><a href="#first">First</a><button hidden>No</button>'
        '<a href="#second">Two</a></div>',
        "keys.js",
    )
    desk.page.keyboard.press("2")
    expect(desk.page).to_have_url("https://desk.example/#second")


def test_every_key_that_works_while_typing_is_one_to_the_browser():
    script = (Path(__file__).resolve().parents[2] / "static/js/keys.js").read_text()
    [heard] = re.findall(r"ANYWHERE = new Set\(\[(.*?)\]\)", script)
    assert {key.ours for key in KEYS if key.inside} <= set(re.findall(r"[^\", ]+", heard))
