"""A new way out of the house is noticed here before anything has gone by it."""

import ast
import importlib
import re
from functools import cache

import pytest
from django.apps import apps
from django.contrib import admin
from django.core.management import get_commands
from django.db.models import fields
from django.test import RequestFactory
from django.urls import reverse

from secretariat.live.models import LiveEvent
from secretariat.media import guards
from secretariat.office import half_typed
from secretariat.outbox import effects, inbox
from tests.walls import test_outward
from tests.walls.test_outward import ROOT, named

from . import side_paths
from .cells import CELLS
from .matrix import undone
from .world import ADMIN, WORDS

OTHER_THAN_A_PAGE = {"FileResponse", "JsonResponse", "StreamingHttpResponse"}


@cache
def sources():
    return list(test_outward.sources())


def answers_no_page(function) -> bool:
    """Whether a function makes an answer that is a file, data, or a document of a type it names."""
    for node in ast.walk(function):
        if isinstance(node, ast.Call):
            made = ast.unparse(node.func).rpartition(".")[2]
            typed = any(word.arg == "content_type" for word in node.keywords)
            if made in OTHER_THAN_A_PAGE or (made == "HttpResponse" and typed):
                return True
    return False


def functions(tree):
    """Those at the top of a file and in its classes: one inside another belongs to it."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
        elif isinstance(node, ast.ClassDef):
            yield from functions(node)


def no_pages() -> set[str]:
    return {
        f"{name} {each.name}" for name, tree in sources() for each in functions(tree) if answers_no_page(each)
    }


def takes(tree, *arguments) -> bool:
    named = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return any(set(arguments) <= {each.arg for each in node.args.args} for node in named)


def asks_for_words(tree) -> bool:
    """Whether it reads what somebody searches for."""
    return any(
        isinstance(node, ast.Call)
        and ast.unparse(node.func).endswith((".GET.get", ".POST.get"))
        and node.args
        and ast.unparse(node.args[0]) == "'q'"
        for node in ast.walk(tree)
    )


def test_every_answer_that_is_no_page_is_on_the_list():
    assert no_pages() == set(side_paths.ANSWERS)


@pytest.mark.slow
def test_every_answer_of_the_matrix_is_a_page_or_on_the_list(steps):
    """Whatever way a view takes to make it."""
    known = {held.removeprefix("cell:") for held in side_paths.ANSWERS.values()}
    # Made by the same functions as another that is on the list.
    known |= {"report-portal-file", "diary-portal-file", "diary-portal-meeting-file", "diary-calendar-raw"}
    known |= {"letters-portal-page", "letters-portal-letterhead-page"}
    known |= {f"half-typed-{form}" for form in half_typed.FORMS}
    known |= {"letters-serial-draft", "books-bill-pdf", "my-shifts-file"}
    known |= {"contract-pdf", "mail-history-part"}
    known |= {
        "pay-statement-pdf",
        "pay-for-bank",
        "pay-for-bank-again",
        "agreement-pdf",
        "portal-agreement-pdf",
        "partner-statement-pdf",
        "partner-contract-pdf",
        "data-copy-fetch",
    }
    for step in steps:
        typed = step.headers.get("Content-Type", "text/html")
        if step.cell.name not in known:
            assert typed.startswith("text/html") or not step.body, f"{step.cell}: {typed}"
            assert "Content-Disposition" not in step.headers, str(step.cell)


def test_every_application_beside_the_pages_is_on_the_list():
    found = {name for name, tree in sources() if takes(tree, "scope", "receive", "send")}
    assert found == set(side_paths.STREAMS)


def test_every_search_is_on_the_list():
    assert {name for name, tree in sources() if asks_for_words(tree)} == set(side_paths.SEARCHES)


def test_every_kind_of_effect_is_on_the_list():
    lists = (
        side_paths.TO_PEOPLE,
        side_paths.TO_SECRETARIES,
        side_paths.TO_THE_CARRIER,
        side_paths.TO_CALENDARS,
        side_paths.TO_MAILBOXES,
        side_paths.TO_NOBODY,
    )
    named = [kind for each in lists for kind in each]
    assert len(named) == len(set(named))
    assert set(named) == {kind for kind in effects.known() if not kind.startswith("tests.")}


def test_every_kind_of_notice_is_on_the_list():
    assert {name for name in inbox.names() if not name.startswith("tests.")} == set(side_paths.NOTICES)


def test_every_kind_of_file_is_on_the_list():
    guarded = {kind for kind in guards._guards if not kind.startswith("test")}
    assert guarded <= set(side_paths.FILES)
    assert stored_kinds() == set(side_paths.FILES)


def stored_kinds() -> set[str]:
    """The kinds under which files are stored, found where they are."""
    kinds = set()
    for name, tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(
                ("media.store", "storing.store", "storing.claim")
            ):
                [kind] = [word.value for word in node.keywords if word.arg == "kind"]
                module = importlib.import_module(name.removesuffix(".py").replace("/", "."))
                kinds.add(kind.value if isinstance(kind, ast.Constant) else getattr(module, kind.id))
    return kinds


def actions(world):
    request = RequestFactory().get("/admin/")
    request.user, request.session = world.people[ADMIN], {}
    for model, its in admin.site._registry.items():
        for name in its.get_actions(request):
            yield model, name


def test_no_action_of_the_admin_hands_rows_out(world):
    """Each is on the list, does something, and answers with a page."""
    assert {name for _model, name in actions(world)} == set(side_paths.ADMIN_ACTIONS)
    browser = world.browsers[ADMIN]
    for model, name in actions(world):
        with undone():
            address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
            keys = list(model._base_manager.values_list("pk", flat=True)[:2])
            answer = browser.post(address, {"action": name, "_selected_action": keys})
            assert answer.status_code in (200, 302), (model, name)
            assert answer.headers["Content-Type"].startswith("text/html"), (model, name)
            assert "Content-Disposition" not in answer.headers, (model, name)


def test_everybody_who_caches_is_on_the_list():
    found = {
        name
        for name, tree in sources()
        if any(
            each.startswith(("django.core.cache", "django.views.decorators.cache.cache_page"))
            for each in named(tree)
        )
    }
    assert found == set(side_paths.CACHES)
    cached = [
        path for path in (ROOT / "templates").rglob("*") if path.is_file() and "{% cache" in path.read_text()
    ]
    assert cached == []


def test_every_command_is_on_the_list():
    ours = {config.name for config in apps.get_app_configs() if config.name.startswith(test_outward.PACKAGES)}
    assert {name for name, app in get_commands().items() if app in ours} == set(side_paths.COMMANDS)


def test_an_event_has_no_room_for_words():
    """Whatever is announced: a name of ours, an id, a number, whom."""
    kinds = {field.name: type(field) for field in LiveEvent._meta.get_fields()}
    assert set(kinds) == {"id", "event", "subject_id", "version", "audience", "created_at"}
    assert not {name for name, kind in kinds.items() if kind in (fields.TextField, fields.json.JSONField)}


def held_by() -> list[tuple[str, str]]:
    tables = {name: table for name, table in vars(side_paths).items() if name.isupper()}
    return [
        (f"{name}: {way}", held)
        for name, table in tables.items()
        if isinstance(table, dict)
        for way, held in table.items()
    ]


def test_what_holds_each_of_them_is_there():
    cells = {cell.name for cell in CELLS}
    for way, held in held_by():
        if held.startswith("cell:"):
            assert held.removeprefix("cell:") in cells, way
        elif found := re.search(r"(tests/[\w/]+\.py)::(\w*)", held):
            path, test = ROOT / found[1], found[2]
            assert path.exists(), way
            assert not test or f"def {test}(" in path.read_text(), way
        else:
            assert held, way


@pytest.mark.parametrize(
    "written",
    [
        "def f(request):\n    return JsonResponse({})",
        "def f(request):\n    return HttpResponse('', content_type='text/calendar')",
        "def f(request):\n    def g():\n        return http.FileResponse(x)\n    return g()",
        "async def f(request):\n    return StreamingHttpResponse(x)",
    ],
)
def test_a_new_answer_would_be_noticed(written):
    assert [each for each in functions(ast.parse(written)) if answers_no_page(each)]


def test_a_page_is_none():
    assert not answers_no_page(ast.parse("def f(request):\n    return HttpResponse(status=204)").body[0])


def test_the_two_clients_have_words_to_look_for():
    assert len(set(WORDS.values())) == 2
