"""The browser that tests drive: the computer's own, or one installed for them.

Without a window to draw, the headless shell opens a page for a third of what a whole Chromium spends on it,
and a story is mostly pages. So it comes first, and is added to a Debian that has the whole one alone.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

SHELL = "chromium-headless-shell"
NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
MACS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)


def found_or_installed() -> str:
    """The path of a Chromium or Chrome. Exits with the one command to run when there is none to be had."""
    return (
        _named()
        or _shell()
        or _found()
        or _from_distribution()
        or _from_playwright()
        or sys.exit(
            "The tests need Chromium: install it with your system's package manager "
            "(on Debian: `apt-get install chromium`) and start again."
        )
    )


def _named() -> str | None:
    """What the environment names, for a run that has found one already or wants another."""
    said = os.environ.get("CHROMIUM")
    return said if said and Path(said).exists() else None


def _shell() -> str | None:
    """The headless shell; beside Debian's Chromium it is installed where we may, and else done without."""
    if not shutil.which(SHELL) and Path("/usr/lib/chromium/chromium").exists():
        _install(SHELL)
    return shutil.which(SHELL)


def _found() -> str | None:
    paths = [*map(shutil.which, NAMES), *MACS]
    return next((path for path in paths if path and Path(path).exists()), None)


def _from_distribution() -> str | None:
    """Debian's own package, where we may install it."""
    return _install(SHELL, renewed=True) or _install("chromium")


def _install(package: str, *, renewed: bool = False) -> str | None:
    """The program of this name from Debian's package of the same name, its lists `renewed` first."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    print(f"Installing {package} …", file=sys.stderr, flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    if renewed:
        subprocess.run(["apt-get", "update", "-q"], env=environment, capture_output=True)
    subprocess.run(["apt-get", "install", "-qy", package], env=environment, capture_output=True)
    return shutil.which(package)


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
