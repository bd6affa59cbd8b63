"""One door to a client's rows: pages, forms and the admin reach rows through `visible_to` alone."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = (
    "secretariat/office",
    "secretariat/overview",
    "secretariat/media",
    "clients",
    "calls",
    "messages_app",
)
GUARDED = ("views", "forms", "admin", "regions")

# Exempt, each with its reason.
REASONED = {
    "secretariat/media/views.py": "the guard of the file's kind decides, row by row",
}


def guarded_files():
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            inside = path.relative_to(ROOT / package)
            guarded = inside.parts[0].removesuffix(".py") in GUARDED or path.stem in GUARDED
            if guarded and str(path.relative_to(ROOT)) not in REASONED:
                yield pytest.param(path, id=str(path.relative_to(ROOT)))


def unguarded(tree) -> list[int]:
    """Lines on which `.objects` is followed by anything but `visible_to`."""
    guarded = {
        id(node.func.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("visible_to", "none")
    }
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == "objects" and id(node) not in guarded
    ]


@pytest.mark.parametrize("path", list(guarded_files()))
def test_rows_come_through_the_door(path):
    assert unguarded(ast.parse(path.read_text())) == []


def test_the_lint_sees_what_it_should():
    assert unguarded(ast.parse("Message.objects.get(pk=1)")) == [1]
    assert unguarded(ast.parse("Message.objects.visible_to(user).get(pk=1)")) == []
