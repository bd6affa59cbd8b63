"""A real office for every story: started at the first one of a worker, emptied before each."""

from pathlib import Path

import pytest

from secretariat.local import loopback

from .in_life import Browsers, OfficeInLife, begin_anew, beside
from .own_mailbox import hers, imap_port, postmaster, watched  # noqa: F401  found through here

HERE = Path(__file__).parent
WARNS = ("error:", "warning:")


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.parent == HERE:
            item.add_marker(pytest.mark.story)


@pytest.fixture
def office(running_office, chrome, django_db_blocker, request):
    """The words of `tests.the_office`, spoken to real processes. Afterwards no console has complained."""
    begin_anew(running_office)
    browsers = Browsers(chrome)
    with django_db_blocker.unblock(), beside(running_office):
        made = OfficeInLife(running_office, browsers)
        yield made
        browsers.close()
        for name in {"web", "worker", "sweep"} - {c.name for c in made.processes.children.running}:
            made.starts(name)
        made.settle()  # what the last keystroke began
        assert made.outside.check() == []
        assert loopback.noted(running_office.tried) == []
    if not request.node.get_closest_marker("console_may_complain"):
        assert [said for said in browsers.said if said.startswith(WARNS)] == []
