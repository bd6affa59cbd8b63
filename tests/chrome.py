"""The one Chromium of a test process. Each test opens contexts of its own in it."""

import os
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect, sync_playwright

from secretariat.local import chromium

from .patience import IN_BROWSER

FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
    *("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"),
    "--autoplay-policy=no-user-gesture-required",
    # The browser reaches this computer alone: whatever else is named is not found, numbers too.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE *.localhost, EXCLUDE 127.0.0.1",
]


class Patient:
    """The browser, in whose pages is waited for as long as anywhere in the tests."""

    def __init__(self, browser):
        self._browser = browser

    def new_context(self, **options):
        context = self._browser.new_context(**options)
        context.set_default_timeout(IN_BROWSER)
        return context

    def new_page(self):
        page = self._browser.new_page()
        page.set_default_timeout(IN_BROWSER)
        return page


def stop_clock(page) -> datetime:
    """From now on this page's clock moves by `page.clock.run_for` alone. Where it stands.

    Installed and no more it would run on with the computer's, and a slow one has soon spent the pauses that a
    test speaks of.
    """
    now = datetime.now(UTC)
    page.clock.install(time=now - timedelta(days=1))  # it is stopped at a moment that has not yet come
    page.clock.pause_at(now)
    return now


@pytest.fixture(scope="session")
def chrome():
    """Only one can be: Playwright keeps an event loop running in the thread that started it."""
    expect.set_options(timeout=IN_BROWSER)
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # else Django refuses to query beside that loop
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.found_or_installed(), args=FLAGS)
        yield Patient(browser)
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
