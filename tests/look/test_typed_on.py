"""What she types on after she has pressed, until the answer is there: `draft-leaving.js`.

What she typed on while something was put in for her: tests/stories/test_dictation.py.
"""

import time

import pytest
from playwright.sync_api import expect

from tests.patience import PATIENCE

from .test_presses import CONFIG

DRAFT = ("htmx-2.min.js", "pages.js", "shelf.js", "draft.js", "draft-leaving.js")


def form_of(revision: int, *, words: str = "", error: str = "") -> str:
    """A page that is written on, as the office draws it over `revision`."""
    return f"""<div class="desk"><main id="main"><h1>Draft</h1>{error}
      <form method="post" action="/desk/send/" data-draft-url="/draft/" data-revision="{revision}">
      <label>Words <textarea name="words">{words}</textarea></label>
      <button>Send</button></form></main></div>"""


@pytest.fixture
def held(desk):
    """The page is open; what she sends is held back until the test answers it."""
    held = []
    desk.answers["/draft/"] = lambda route: route.fulfill(json={"revision": 4, "saved": "14:32:05"})
    desk.answers["/desk/send/"] = held.append
    desk.open(f"{CONFIG}{form_of(3)}", *DRAFT)
    return held


def test_it_is_not_lost_where_what_she_sent_is_refused(desk, held):
    words = desk.page.get_by_label("Words")
    words.fill("We agree")
    desk.page.get_by_role("button", name="Send").click()
    latest = time.monotonic() + PATIENCE
    while not held and time.monotonic() < latest:
        desk.page.evaluate("0")
    words.press("End")
    desk.page.keyboard.type(" to it.")
    page = form_of(4, words="We agree", error="<p data-error-summary tabindex=-1>Say to whom it goes.</p>")
    held[0].fulfill(status=422, body=page, content_type="text/html")
    expect(desk.page.get_by_text("Say to whom it goes.")).to_be_visible()
    expect(words).to_have_value("We agree to it.")
    expect(words).to_be_focused()
