"""A real office for every story: started at the first one of a worker, emptied before each."""

import pytest
from playwright.sync_api import expect

from secretariat.local import story_office
from secretariat.local.test_servers import TestServers

from .in_life import Browsers, OfficeInLife, begin_anew, beside

# Several processes and a browser share what may be one slow computer; nothing here measures time.
expect.set_options(timeout=20_000)
WARNS = ("error:", "warning:")


def pytest_collection_modifyitems(items):
    for item in items:
        if "/stories/" in str(item.path):
            item.add_marker(pytest.mark.story)
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def running_office(django_db_setup):
    with story_office.running(TestServers.of_this_run()) as running:
        yield running


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
        assert made.outside.check() == []
    if not request.node.get_closest_marker("console_may_complain"):
        assert [said for said in browsers.said if said.startswith(WARNS)] == []
