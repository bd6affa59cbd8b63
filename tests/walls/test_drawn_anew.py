"""What she types in a part that draws itself anew is kept: `typed.js` is wherever such a part may be."""

import re
from pathlib import Path

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
BY_ITSELF = re.compile(r'(?:hx-trigger|events)="[^"]*(?:live:|\bevery )')
KEPT = re.compile(r'"swaps\.js".*"typed\.js"', re.S)  # in this order: a swap that is dropped keeps nothing
NOTHING_IS_TYPED = ["overview/firm/wallboard.html"]  # it hangs on a wall


def text_of(name: str) -> str:
    return (TEMPLATES / name).read_text()


def those_with(sign: str) -> list[str]:
    names = sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html"))
    return [name for name in names if re.search(sign, text_of(name))]


def test_every_frame_in_which_a_part_may_ask_by_itself_keeps_what_is_typed_there():
    """Whichever page it stands in: without htmx no part asks, and without live.js none hears."""
    frames = those_with(r'{% htmx_script %}|"live\.js"')
    assert {"ui/desk.html", "ui/portal.html"} <= set(frames)
    assert [name for name in frames if not KEPT.search(text_of(name))] == NOTHING_IS_TYPED


def test_where_nothing_is_kept_nothing_is_typed():
    for name in NOTHING_IS_TYPED:
        included = re.findall(r'{% include "([^"]+)"', text_of(name))
        whole = "".join(text_of(each) for each in [name, *included])
        assert not re.search(r"<(input|textarea|select|form)\b|ui/_field\.html", whole)


def test_there_are_such_parts_with_fields_in_them():
    parts = [name for name in those_with(BY_ITSELF.pattern) if "<form" in text_of(name)]
    assert "office/attendance.html" in parts
