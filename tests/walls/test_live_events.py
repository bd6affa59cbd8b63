"""What the office announces, the page listens for, and a part of a page waits for nothing else."""

import ast
import re
from pathlib import Path

import pytest

from secretariat import live
from secretariat.live.events import EVENTS, NobodyListens

ROOT = Path(__file__).resolve().parents[2]
OF_THE_STREAM = {"resync", "session.ended"}  # which the stream itself says
PACKAGES = ("calendar_app", "calls", "clients", "messages_app", "secretariat")
LIVE = re.compile(r"live:([a-z]+(?:\.[a-z]+)?)")


def product(package: str) -> list[Path]:
    return [path for path in (ROOT / package).rglob("*.py") if "local" not in path.parts]


def listened_for() -> set[str]:
    script = (ROOT / "static/js/live.js").read_text()
    return set(re.findall(r'"([a-z.]+)"', re.search(r"const EVENTS = \[(.*?)\];", script, re.S)[1]))


def waited_for() -> dict[str, str]:
    """Every event that a part of a page names, and one place where it does."""
    pages = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "static/js").glob("*.js")]
    pages += [path for package in PACKAGES for path in product(package)]
    return {name: path.name for path in pages for name in LIVE.findall(path.read_text())}


def written_in_announcements() -> set[str]:
    """Names written out where something is announced."""
    found: set[str] = set()
    for package in PACKAGES:
        for path in product(package):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "announce" and node.args:
                    found |= {node.args[0].value} if isinstance(node.args[0], ast.Constant) else set()
    return found


def test_the_page_listens_for_everything_that_is_announced():
    assert listened_for() == EVENTS | OF_THE_STREAM


def test_no_part_of_a_page_waits_for_what_is_never_announced():
    known = EVENTS | OF_THE_STREAM | {"beat"}
    assert {name: where for name, where in waited_for().items() if name not in known} == {}


def test_some_part_of_a_page_waits_for_each():
    wallboard = set(re.findall(r'"([a-z.]+)"', (ROOT / "static/js/wallboard.js").read_text()))
    assert EVENTS - set(waited_for()) - wallboard == set()


def test_what_is_announced_is_one_of_them():
    assert len(written_in_announcements()) > 15
    assert written_in_announcements() <= EVENTS
    with pytest.raises(NobodyListens):
        live.announce("nobody.listens", "1", 1, ["0b7e1a52-5a0d-4a52-9a70-5c4e3a4f0001"])
