"""Small things people do with a page."""

import re

from playwright.sync_api import expect


def host(page) -> str:
    """The person's own host, as her first page had it."""
    return re.match(r"http://[^/]+", page.url)[0]


def go_to(page, path: str):
    page.goto(f"{host(page)}{path}")
    return page


LENGTH = """audio => new Promise((known, failed) => {
  audio.addEventListener("loadedmetadata", () => known(audio.duration));
  audio.addEventListener("error", () => failed(new Error("it cannot be played")));
  audio.load();
})"""


def length_of_recording(page) -> float:
    """Seconds of the recording on this page, as the browser's own player reads them."""
    audio = page.locator("audio").first
    expect(audio).to_be_attached()
    return audio.evaluate(LENGTH)
