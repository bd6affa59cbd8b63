"""What she has typed, opened and stands on outlives a part drawn anew around it: `static/js/typed.js`."""

import pytest
from playwright.sync_api import expect

from .test_presses import HTMX, PARTS

TOLD = """() => document.body.dispatchEvent(new CustomEvent("live:shift.changed"))"""
ASKS = (
    'hx-get="/part/" hx-select="#part" hx-target="#part" hx-swap="outerHTML" hx-disinherit="*"'
    ' hx-trigger="live:shift.changed from:body"'
)


def row(who: str, reason: str = "") -> str:
    post = f'method="post" action="/explain/{who}/" hx-post="/explain/{who}/" hx-target="#said"'
    return f"""<li><details><summary>Why: {who}</summary><form {post}>
      <input type="hidden" name="seen" value="1">
      <label>Reason of {who} <input id="id_{who}_reason" name="reason" value="{reason}"></label>
      <label>Excused: {who} <input type="checkbox" name="excused" value="{who}"></label>
      <label>Paper of {who} <input type="file" name="paper"></label>
      <label>Kind: {who} <select name="kind"><option>Late</option><option>Ill</option></select></label>
      <button>Note it: {who}</button></form></details></li>"""


def part(*rows: str, drawn: int) -> str:
    return f'<div id="part" {ASKS}><p>Drawn {drawn}</p><ul>{"".join(rows)}</ul></div>'


@pytest.fixture
def page(desk):
    """Two rows stand; when it is told that a shift has changed, a third comes before them."""
    desk.answers["/htmx.js"] = lambda route: route.fulfill(path=HTMX, content_type="text/javascript")
    standing = part(row("maya"), row("priya"), drawn=1)
    desk.open(f'{PARTS}{standing}<p id="said"></p>', "swaps.js", "typed.js")
    desk.answers["/part/"] = part(row("ana"), row("maya"), row("priya"), drawn=2)
    return desk.page


def drawn_anew(page, drawn: int = 2) -> None:
    page.evaluate(TOLD)
    expect(page.locator("#part > p")).to_have_text(f"Drawn {drawn}")


def opens(page, who: str) -> None:
    page.get_by_text(f"Why: {who}").click()


def test_what_she_is_typing_stays_with_its_caret(page):
    opens(page, "priya")
    reason = page.get_by_label("Reason of priya")
    reason.press_sequentially("The was late")
    for _ in range(len("was late")):
        page.keyboard.press("ArrowLeft")
    drawn_anew(page)
    expect(reason).to_be_focused()
    page.keyboard.type("train ")
    expect(reason).to_have_value("The train was late")
    expect(page.get_by_label("Reason of maya")).to_have_value("")
    expect(page.get_by_label("Reason of maya")).to_be_hidden()  # what she did not open


def test_what_she_ticked_chose_and_attached_stays(page):
    opens(page, "priya")
    page.get_by_label("Excused: priya").check()
    page.get_by_label("Kind: priya").select_option("Ill")
    paper = {"name": "note.txt", "mimeType": "text/plain", "buffer": b"from the doctor"}
    page.get_by_label("Paper of priya").set_input_files(paper)
    drawn_anew(page)
    expect(page.get_by_label("Excused: priya")).to_be_checked()
    expect(page.get_by_label("Kind: priya")).to_have_value("Ill")
    attached = page.get_by_label("Paper of priya").evaluate("field => field.files[0].name")
    assert attached == "note.txt"
    expect(page.get_by_label("Excused: maya")).not_to_be_checked()


def test_what_she_left_alone_says_what_is_so_now(desk, page):
    desk.answers["/part/"] = part(row("maya", "The firm knows"), row("priya", "A colleague wrote"), drawn=2)
    opens(page, "priya")
    page.get_by_label("Reason of priya").fill("Her train was late")
    drawn_anew(page)
    expect(page.get_by_label("Reason of maya")).to_have_value("The firm knows")
    expect(page.get_by_label("Reason of priya")).to_have_value("Her train was late")


def test_a_letter_that_takes_two_keys_is_not_cut_in_two(page):
    """Where an accent comes before its letter, the field is not taken from under her between them."""
    opens(page, "priya")
    reason = page.get_by_label("Reason of priya")
    reason.focus()
    keys = page.context.new_cdp_session(page)
    keys.send("Input.imeSetComposition", {"text": "´", "selectionStart": 1, "selectionEnd": 1})
    with page.expect_response("**/part/"):
        page.evaluate(TOLD)
    expect(page.locator("#part > p")).to_have_text("Drawn 1")
    keys.send("Input.insertText", {"text": "é"})
    expect(page.locator("#part > p")).to_have_text("Drawn 2")
    expect(reason).to_have_value("é")


def test_what_was_taken_does_not_come_back(desk, page):
    desk.answers["/explain/priya/"] = "Noted."
    opens(page, "priya")
    page.get_by_label("Reason of priya").fill("Her train was late")
    page.get_by_role("button", name="Note it: priya").click()
    expect(page.locator("#said")).to_have_text("Noted.")
    drawn_anew(page)
    expect(page.get_by_label("Reason of priya")).to_have_value("")


def test_nor_where_it_was_drawn_anew_before_the_answer_came(desk, page):
    held = []
    desk.answers["/explain/priya/"] = held.append
    opens(page, "priya")
    page.get_by_label("Reason of priya").fill("Her train was late")
    with page.expect_request("**/explain/priya/"):
        page.get_by_role("button", name="Note it: priya").click()
    drawn_anew(page)
    expect(page.get_by_label("Reason of priya")).to_have_value(
        "Her train was late"
    )  # nobody has taken it yet
    held.pop().fulfill(body="Noted.", content_type="text/html")
    expect(page.locator("#said")).to_have_text("Noted.")
    desk.answers["/part/"] = part(row("priya"), drawn=3)
    drawn_anew(page, 3)
    expect(page.get_by_label("Reason of priya")).to_have_value("")


@pytest.mark.console_may_complain
def test_what_was_refused_stays(desk, page):
    desk.answers["/explain/priya/"] = lambda route: route.fulfill(status=503)
    opens(page, "priya")
    page.get_by_label("Reason of priya").fill("Her train was late")
    with page.expect_response("**/explain/priya/"):
        page.get_by_role("button", name="Note it: priya").click()
    drawn_anew(page)
    expect(page.get_by_label("Reason of priya")).to_have_value("Her train was late")


@pytest.mark.parametrize("comes", [True, False])
def test_nothing_is_drawn_anew_before_what_keeps_her_words_is_there(desk, comes):
    """On a slow line the script that keeps them comes a while after her first touch, or does not come."""
    asked_for = []
    desk.answers["/htmx.js"] = lambda route: route.fulfill(path=HTMX, content_type="text/javascript")
    desk.answers["/typed.js"] = asked_for.append
    desk.answers["/part/"] = part(row("maya"), row("priya"), drawn=2)
    swaps = '<script src="/static/swaps.js" data-typed="/typed.js" defer></script>'
    desk.open(f"{PARTS}{swaps}{part(row('maya'), row('priya'), drawn=1)}")
    opens(desk.page, "priya")
    reason = desk.page.get_by_label("Reason of priya")
    reason.press_sequentially("The train was late")
    with desk.page.expect_response("**/part/"):
        desk.page.evaluate(TOLD)
    drawn = desk.page.locator("#part > p")
    expect(drawn).to_have_text("Drawn 1")
    expect(reason).to_have_value("The train was late")
    for route in asked_for:
        if comes:
            route.fulfill(path=desk.scripts / "typed.js", content_type="text/javascript")
        else:
            route.abort()
    expect(drawn).to_have_text("Drawn 2")
    if comes:
        expect(reason).to_have_value("The train was late")
        expect(reason).to_be_focused()
