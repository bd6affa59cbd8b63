"""Every page of the access matrix, as somebody who may see it: telephone and laptop, light and dark."""

import pytest

from tests.access.cells import CELLS
from tests.access.world import ADMIN, OWNER, TEAM
from tests.eyes import faults

pytestmark = [pytest.mark.story, pytest.mark.slow]

SIGNED = {"messages-link", "dictated-link", "join"}  # with the key of the process that made the world
STRANGERS = {
    "inbox-frame",
    "inbox-pictures",
    "inbox-within",
    "mail-history-frame",
    "mail-history-pictures",
    "mail-history-within",
}  # what somebody outside wrote, as it was laid out there
PAGES = [
    cell
    for cell in CELLS
    if cell.method == "GET"
    and not cell.headers
    and cell.status == 200
    and cell.name not in SIGNED | STRANGERS
]


@pytest.mark.parametrize("cell", PAGES, ids=lambda cell: cell.name)
def test_nothing_is_in_the_way(world, visit, cell):
    for actor in lookers(cell):
        if cell.before:
            cell.before(world, actor)
        if not is_a_page(world, cell, actor):
            continue  # a region, which is looked at within its page
        page = visit(actor, cell.address(world.a))
        assert page.status == 200
        assert faults(page, keep_as=f"{cell.name} {actor}") == [], actor
        page.close()


@pytest.mark.parametrize(("actor", "room"), [(TEAM, "desk"), (OWNER, "portal"), (ADMIN, "admin")])
def test_nor_where_there_is_nothing(visit, actor, room):
    page = visit(actor, f"/{room}/nothing-here/")
    assert page.status == 404
    assert faults(page, keep_as=f"nothing-here {room}") == []
    page.close()


def lookers(cell) -> list[str]:
    """Whoever of the desk, the portal and the firm sees this page; else somebody who does."""
    allowed = cell.allowed or cell.empty_for
    return [actor for actor in (TEAM, OWNER) if actor in allowed] or sorted(allowed)[:1]


def is_a_page(world, cell, actor) -> bool:
    answer = cell.sent_by(world, actor, world.a, cell.address(world.a))
    return answer.get("Content-Type", "").startswith("text/html") and b"<html" in answer.content
