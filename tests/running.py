"""The one office with real processes that a pytest worker has, for stories and for looking at screens."""

import pytest

from secretariat.local import story_office
from secretariat.local.test_servers import TestServers


@pytest.fixture(scope="session")
def running_office(django_db_setup):
    """Started at its first use. A second one needs a name of its own."""
    with story_office.running(TestServers.of_this_run()) as running:
        yield running
