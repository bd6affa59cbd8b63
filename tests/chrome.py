"""The one Chromium of a test process. Each test opens contexts of its own in it."""

import os

import pytest
from playwright.sync_api import sync_playwright

from secretariat.local import chromium

FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
    *("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"),
    "--autoplay-policy=no-user-gesture-required",
    # The browser reaches this computer alone: whatever else is named is not found, numbers too.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE *.localhost, EXCLUDE 127.0.0.1",
]


@pytest.fixture(scope="session")
def chrome():
    """Only one can be: Playwright keeps an event loop running in the thread that started it."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # else Django refuses to query beside that loop
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.found_or_installed(), args=FLAGS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
