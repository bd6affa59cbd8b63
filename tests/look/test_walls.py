"""What no template may hold. The policy for content forbids it, or htmx silently does the wrong thing."""

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SCRIPTS = sorted((ROOT / "static" / "js").glob("*.js"))
SHEETS = sorted((ROOT / "static" / "css").glob("*.css"))

FORBIDDEN = {
    "a style attribute": r"""\sstyle\s*=\s*["']""",
    "an inline style sheet": r"<style[\s>]",
    "an inline script": r"<script(?![^>]*\ssrc=)[^>]*>",
    "a script that blocks the page": r"<script(?=[^>]*\ssrc=)(?![^>]*\sdefer)[^>]*>",
    "an event handler attribute": r"""\son[a-z]+\s*=\s*["']""",
    "hx-on, which needs eval": r"\shx-on[:=-]",
    "js: values, which htmx drops but sends the request": r"""hx-(?:vals|headers)\s*=\s*["']j(?:ava)?s""",
    "a trigger filter, ignored so that the request always fires": r"""hx-trigger\s*=\s*["'][^"'{]*\[""",
    "an address of another host": r"""(?:src|href)\s*=\s*["'](?:https?:)?//""",
}


def of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_holds(what):
    found = [of(path) for path in TEMPLATES if re.search(FORBIDDEN[what], path.read_text())]
    assert found == []


@pytest.mark.parametrize(
    ("what", "example"),
    [
        ("a style attribute", '<p style="color: red">'),
        ("an inline style sheet", "<style>p{}</style>"),
        ("an inline script", "<script>go()</script>"),
        ("a script that blocks the page", '<script src="/x.js"></script>'),
        ("an event handler attribute", '<p onclick="go()">'),
        ("hx-on, which needs eval", '<p hx-on:click="go()">'),
        ("js: values, which htmx drops but sends the request", "<p hx-vals='js:{a: 1}'>"),
        (
            "a trigger filter, ignored so that the request always fires",
            '<p hx-trigger="click[ctrlKey]">',
        ),
        ("an address of another host", '<img src="//elsewhere.example/x.png">'),
    ],
)
def test_each_wall_would_fall_over_its_example(what, example):
    assert re.search(FORBIDDEN[what], example)


def test_scripts_evaluate_no_text_and_write_no_styles():
    forbidden = re.compile(
        r"\beval\(|new Function|\.style\.|setAttribute\(\"style\"|innerHTML|insertAdjacentHTML"
    )
    assert [of(path) for path in SCRIPTS if forbidden.search(path.read_text())] == []


def test_a_script_has_one_behaviour_and_says_it_first():
    for path in SCRIPTS:
        lines = path.read_text().splitlines()
        assert len(lines) <= 150, f"{of(path)} has grown to {len(lines)} lines"
        assert lines[0].startswith(("//", "/*")), f"{of(path)} does not say what it does"


def test_a_style_sheet_stays_small_and_in_its_layer():
    for path in SHEETS:
        text = path.read_text()
        assert len(text.splitlines()) < 400, of(path)
        if path.name not in ("admin.css", "print.css"):
            assert "@layer" in text, of(path)
        assert "@import" not in text, of(path)
