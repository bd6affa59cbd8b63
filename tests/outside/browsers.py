"""A real Chromium for the pages and the softphone: one for each file of tests, a context for each test."""

import pytest
from playwright.sync_api import sync_playwright

from secretariat.local import chromium

FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
    *("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"),
]


@pytest.fixture(scope="module")
def chromium_running():
    # While Playwright is there its event loop runs, so no test beside these may find it.
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        running = playwright.chromium.launch(executable_path=chromium.found_or_installed(), args=FLAGS)
        yield running
        running.close()


@pytest.fixture
def visitor(chromium_running):
    """A browser window of somebody's own; whatever its console complains of fails the test."""
    context = chromium_running.new_context(viewport={"width": 1366, "height": 768})
    complaints = []
    context.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    context.complaints = complaints
    yield context
    context.close()
    assert complaints == []
