"""What a listing of the files shows: nothing long, and no name that could mean anything."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OURS = [ROOT / name for name in ("secretariat", "clients", "calls", "messages_app", "calendar_app", "tests")]
FILES = sorted(path for folder in OURS for path in folder.rglob("*.py"))
MOST_LINES = 400
WRITTEN_BY_DJANGO = "migrations"
MEAN_ANYTHING = {"utils", "util", "helpers", "helper", "services", "service", "managers", "common", "misc"}


def of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_no_file_is_long():
    ours = [path for path in FILES if WRITTEN_BY_DJANGO not in path.parts]
    assert [of(path) for path in ours if len(path.read_text().splitlines()) > MOST_LINES] == []


def test_no_name_could_mean_anything():
    names = {path: {path.stem, *path.relative_to(ROOT).parts[:-1]} for path in FILES}
    assert [of(path) for path, parts in names.items() if parts & MEAN_ANYTHING] == []


@pytest.mark.parametrize("path", FILES, ids=of)
def test_every_file_can_be_read_by_the_oldest_python(path):
    ast.parse(path.read_text(), feature_version=(3, 11))
