"""The browser that tests drive: the computer's own, or one installed for them."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
MACS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)


def found_or_installed() -> str:
    """The path of a Chromium or Chrome. Exits with the one command to run when there is none to be had."""
    return (
        _found()
        or _from_distribution()
        or _from_playwright()
        or sys.exit(
            "The tests need Chromium: install it with your system's package manager "
            "(on Debian: `apt-get install chromium`) and start again."
        )
    )


def _found() -> str | None:
    said = os.environ.get("CHROMIUM")
    paths = [said, *map(shutil.which, NAMES), *MACS]
    return next((path for path in paths if path and Path(path).exists()), None)


def _from_distribution() -> str | None:
    """Debian's own package, where we may install it."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    print("Installing Chromium …", file=sys.stderr, flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-q"], env=environment, capture_output=True)
    subprocess.run(["apt-get", "install", "-qy", "chromium"], env=environment, capture_output=True)
    return _found()


def _from_playwright() -> str | None:
    from playwright.sync_api import Error, sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    if not Path(path).exists():
        print("Downloading Chromium …", file=sys.stderr, flush=True)
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], capture_output=True)
    if not Path(path).exists():
        return None
    try:
        with sync_playwright() as playwright:
            playwright.chromium.launch(args=["--no-sandbox"]).close()
    except Error:  # downloaded, but libraries of the system are missing
        return None
    return path
