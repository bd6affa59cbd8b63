"""Every address, every method, every actor: who may, sees and changes; who may not, learns nothing."""

import re

import pytest

from .beside import EXEMPT, FOREIGN_IDS
from .cells import CELLS
from .matrix import METHODS, Watch, addresses, content, told_apart, undone
from .world import ACTORS, ADMIN, ANONYMOUS, MEMBER, OWNER, SUPERVISOR, TEAM

KNOWN = {cell.name for cell in CELLS}
by_cell = pytest.mark.parametrize("cell", CELLS, ids=str)


def exempt(route: str) -> bool:
    return any(re.match(pattern, route) for pattern in EXEMPT)


def test_the_matrix_knows_every_address():
    unknown = {f"{name} ({route})" for name, route in addresses() if name not in KNOWN and not exempt(route)}
    assert not unknown


def test_the_matrix_knows_no_address_that_is_gone():
    served = {name for name, _route in addresses()}
    assert served >= KNOWN
    for pattern in EXEMPT:
        assert any(re.match(pattern, route) for _name, route in addresses()), pattern


def test_every_cell_sends_what_succeeds():
    """A body that is refused proves nothing about the door before it."""
    refused = {cell.name for cell in CELLS if cell.status >= 400}
    # Of their words from outside: tests/online/test_consent.py, tests/messages_app/mail/test_letting_in.py,
    # and of pictures that are there: tests/messages_app/mail/test_lying_elsewhere.py
    assert refused <= {"calendars-online-back", "mail-online-back", "mail-picture"}


@by_cell
def test_those_who_may(world, cell):
    """See the client's word or change rows, with exactly this status."""
    for actor in sorted(cell.allowed):
        with undone():
            if cell.before:
                cell.before(world, actor)
            watch = Watch() if cell.changes else None
            answer = cell.sent_by(world, actor, world.a, cell.address(world.a))
            assert answer.status_code == cell.status, f"{actor}: {content(answer)[-2000:]}"
            if cell.shows:
                assert world.a.word in content(answer), actor
            if watch:
                assert watch.changed(), f"{actor} changed nothing"


@by_cell
def test_those_who_may_not(world, cell):
    """Change and read nothing; to who has nothing to do with client A it is as if nothing were there."""
    for actor in sorted(set(ACTORS) - cell.allowed):
        with undone():
            if cell.before:
                cell.before(world, TEAM)
            watch = Watch()
            answer = cell.sent_by(world, actor, world.a, cell.address(world.a))
            assert answer.status_code == cell.expected(actor), f"{actor}: {content(answer)[-2000:]}"
            if cell.status != cell.expected(actor) or cell.method == "GET":
                assert not watch.changed() - LOOKS, actor
            assert_tells_nothing_of(world.a, answer, actor)
            if cell.args and actor not in cell.empty_for and actor not in KNOW_OF_IT:
                nothing = cell.address_of_nothing(world.a)
                other = cell.sent_by(world, actor, world.a, nothing)
                assert told_apart(answer, cell.address(world.a)) == told_apart(other, nothing), actor


KNOW_OF_IT = {TEAM, SUPERVISOR, ADMIN, OWNER, MEMBER}  # that it is there is no secret to them
LOOKS = {"ledger_entry", "ledger_unsealed"}  # a look at one's own rows is recorded


def assert_tells_nothing_of(side, answer, actor):
    if actor in ("member",):  # she is at client A: what she may not have is what the firm knows of it
        return
    assert side.word not in content(answer), f"{actor} reads of {side.word}"
    assert side.word not in str(answer.headers), f"{actor} reads of {side.word} in a header"


@by_cell
def test_a_foreign_page_changes_nothing(world, cell):
    """Without the token of our own page every deed is refused, whoever is signed in."""
    if cell.method == "GET":
        return
    actor = min(cell.allowed - {ANONYMOUS} or cell.allowed)
    browser = world.browsers[actor]
    browser.handler.enforce_csrf_checks = True
    try:
        watch = Watch()
        answer = cell.sent_by(world, actor, world.a, cell.address(world.a))
        assert answer.status_code == 403
        assert not watch.changed()
    finally:
        browser.handler.enforce_csrf_checks = False


@pytest.mark.parametrize("name", sorted(KNOWN))
def test_other_methods_do_nothing(world, name):
    cells = {cell.method: cell for cell in CELLS if cell.name == name}
    some = next(iter(cells.values()))
    actor = TEAM if TEAM in some.allowed or not some.allowed else min(some.allowed)
    watch = Watch()
    for method in set(METHODS) - set(cells):
        answer = getattr(world.browsers[actor], method.lower())(some.address(world.a))
        assert answer.status_code in (404, 405), method
    assert not watch.changed()


@pytest.mark.parametrize(("name", "field", "row", "status"), FOREIGN_IDS)
def test_an_id_of_another_client_is_refused(world, name, field, row, status):
    [cell] = [cell for cell in CELLS if cell.name == name and cell.method == "POST"]
    actor = TEAM if TEAM in cell.allowed else OWNER
    theirs = getattr(world.b, row)
    theirs = str(getattr(theirs, "row", theirs).pk)
    watch = Watch()
    answer = cell.sent_by(world, actor, world.a, cell.address(world.a), {field: theirs})
    assert answer.status_code == status
    # What was typed is kept as a draft, which is the call's own.
    assert not watch.changed() - {"messages_app_draft"}
    assert world.b.word not in content(answer)
