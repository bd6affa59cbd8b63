"""The house keeps its floors: nothing names what stands above it.

Read from the source: imports, foreign keys and models named by strings, migrations' dependencies,
`reverse()`, `{% url %}` and `apps.get_model()`.
"""

import ast
import re
from pathlib import Path

import pytest
from django.urls import get_resolver

ROOT = Path(__file__).resolve().parent.parent
GROUND, OFFICE, CLIENTS, CALENDAR, CALLS, MESSAGES, ROOF, SCAFFOLDING = range(8)
FLOORS = {
    "secretariat.local": SCAFFOLDING,
    "secretariat.settings": SCAFFOLDING,
    "secretariat.overview": ROOF,
    "secretariat.books": ROOF,
    "secretariat.urls": ROOF,
    "secretariat.office": OFFICE,
    "secretariat": GROUND,
    "clients": CLIENTS,
    "calendar_app": CALENDAR,
    "calls": CALLS,
    "messages_app": MESSAGES,
}
LABELS = {
    **dict.fromkeys(["outbox", "ledger", "live", "media", "retention"], GROUND),
    "office": OFFICE,
    "clients": CLIENTS,
    "calendar_app": CALENDAR,
    "calls": CALLS,
    "messages_app": MESSAGES,
    "overview": ROOF,
    "books": ROOF,
    "local": SCAFFOLDING,
}
PACKAGES = ("secretariat", "clients", "calendar_app", "calls", "messages_app")
NAMED_MODEL = re.compile(rf"^({'|'.join(LABELS)})\.[A-Za-z]+$")
URL_TAG = re.compile(r"{%\s*url\s+[\"']([\w-]+)[\"']")


def floor_of(module: str) -> int | None:
    """The floor a module stands on; None for what is not ours."""
    parts = module.split(".")
    for length in range(len(parts), 0, -1):
        if (floor := FLOORS.get(".".join(parts[:length]))) is not None:
            return floor
    return None


def sources():
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
            if floor_of(module) != SCAFFOLDING:
                yield pytest.param(module, path, id=module)


def address_floors() -> dict[str, int]:
    """Every URL name of ours and the floor its view stands on."""
    floors = {}

    def walk(patterns):
        for pattern in patterns:
            if hasattr(pattern, "url_patterns"):
                walk(pattern.url_patterns)
            elif pattern.name and (floor := floor_of(pattern.callback.__module__)) is not None:
                floors[pattern.name] = floor

    walk(get_resolver().url_patterns)
    return floors


def imported(tree, module: str, is_package: bool):
    """The full names of all modules that this source imports, wherever in it."""
    here = module.split(".") if is_package else module.split(".")[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = here[: len(here) - node.level + 1] if node.level else []
            origin = ".".join([*base, node.module] if node.module else base)
            yield from ((f"{origin}.{alias.name}", node.lineno) for alias in node.names)


def called_with_text(tree, *functions):
    """First arguments, where they are literal, of calls of these functions."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in functions and isinstance(node.args[0].value, str):
                yield node.args[0].value, node.lineno


@pytest.mark.parametrize(("module", "path"), list(sources()))
def test_nothing_names_what_stands_above_it(module, path):
    floor, tree = floor_of(module), ast.parse(path.read_text())
    above = [
        f"line {line} imports {name}"
        for name, line in imported(tree, module, path.name == "__init__.py")
        if (theirs := floor_of(name)) is not None and theirs > floor
    ]
    if "migrations" not in module:
        above += [
            f"line {node.lineno} names the model {node.value}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
            if (named := NAMED_MODEL.match(node.value)) and LABELS[named[1]] > floor
            if node.value.split(".")[1][0].isupper()
        ]
    else:
        above += [
            f"depends on {label}"
            for label in re.findall(r"\(\s*[\"'](\w+)[\"'],\s*[\"']\d{4}_", path.read_text())
            if LABELS.get(label, GROUND) > floor
        ]
    addresses = address_floors()
    above += [
        f"line {line} reverses {name}"
        for name, line in called_with_text(tree, "reverse", "reverse_lazy", "redirect", "resolve_url")
        if addresses.get(name, GROUND) > floor
    ]
    assert above == []


def templates():
    for path in sorted((ROOT / "templates").rglob("*.*")):
        if path.suffix in (".html", ".txt"):
            yield pytest.param(path, id=str(path.relative_to(ROOT)))


@pytest.mark.parametrize("path", list(templates()))
def test_no_template_links_to_a_floor_above_its_own(path):
    folder = path.relative_to(ROOT / "templates").parts[0]
    floor = LABELS.get(folder, GROUND if folder == "ui" else ROOF)
    addresses = address_floors()
    above = [name for name in URL_TAG.findall(path.read_text()) if addresses.get(name, GROUND) > floor]
    assert above == []


def test_only_the_door_and_the_settings_know_the_scaffolding():
    strangers = [
        str(path.relative_to(ROOT))
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
        if "secretariat.local" in path.read_text()
        and not path.is_relative_to(ROOT / "secretariat" / "local")
        and path.name not in ("demo.py", "test.py")
    ]
    assert strangers == []


def test_the_top_level_is_what_it_was_agreed_to_be():
    agreed = {
        "secretariat",
        "clients",
        "calls",
        "messages_app",
        "calendar_app",
        "templates",
        "static",
        "tests",
    }
    folders = {p.name for p in ROOT.iterdir() if p.is_dir() and not p.name.startswith((".", "_"))}
    assert folders - agreed - {"docs", "staticfiles", "node_modules"} == set()
