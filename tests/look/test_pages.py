"""One page of the desk after another in one document: `pages.js`, with `live.js` and htmx."""

import time

import pytest
from playwright.sync_api import expect

from tests.patience import PATIENCE

from .test_presses import CONFIG

RESUMED = 'retry: 600000\n\nid: 1\nevent: call.resumed\ndata: {"id": "c1", "version": 2}\n\n'


def page_of(words: str, title: str) -> str:
    """A page whose call bar asks again when the call is resumed."""
    region = f'<div id="bar" hx-get="/desk/bar/" hx-trigger="live:call.resumed from:body">{words}</div>'
    return f'<div class="desk">{region}<main id="main"><h1>{title}</h1></main><a href="/desk/">Desk</a></div>'


@pytest.fixture
def at_messages(desk):
    """The caller is on hold; the stream and the desk's page are held back until the test answers them."""
    desk.pages, desk.streams = [], []
    desk.answers |= {"/desk/": desk.pages.append, "/desk/bar/": "On call", "/live/": desk.streams.append}
    scripts = ("htmx-2.min.js", "pages.js", "live.js")
    desk.open(f"{CONFIG}{page_of('On hold', 'Messages')}", *scripts, data='data-live-url="/live/"')
    return desk


def answer(desk, held: list, words: str, kind: str = "text/html") -> None:
    latest = time.monotonic() + PATIENCE
    while not held and time.monotonic() < latest:  # until what the browser has sent lies here
        desk.page.evaluate("0")
    held.pop(0).fulfill(body=words, content_type=kind)


def bar_says(desk, words: str) -> None:
    expect(desk.page.locator("#bar")).to_have_text(words)


def test_what_happens_while_a_page_is_on_its_way_stands_on_it_too(at_messages):
    """The page was made before she went on with the call, and comes after the bar has been told of it."""
    desk = at_messages
    with desk.page.expect_request("**/desk/"):
        desk.page.get_by_role("link", name="Desk").click()
    answer(desk, desk.streams, RESUMED, "text/event-stream")
    bar_says(desk, "On call")
    answer(desk, desk.pages, page_of("On hold", "Desk"))
    expect(desk.page.locator("h1")).to_have_text("Desk")
    bar_says(desk, "On call")


def test_what_happened_before_a_page_was_asked_for_is_not_told_again(at_messages):
    desk = at_messages
    answer(desk, desk.streams, RESUMED, "text/event-stream")
    bar_says(desk, "On call")
    desk.page.get_by_role("link", name="Desk").click()
    answer(desk, desk.pages, page_of("On call, as the page has it", "Desk"))
    expect(desk.page.locator("h1")).to_have_text("Desk")
    desk.page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    bar_says(desk, "On call, as the page has it")
