"""The test run's databases: one for each worker, copied from the migrated template.

Tests connect as the role `app`, as the product does. It may not empty tables, so after a test with
committed rows the owner does.
"""

import pytest
from django.conf import settings
from django.db import connections
from django.test import TransactionTestCase

from secretariat.local import databases, test_servers
from secretariat.local.emptying import empty


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker):
    """Give this worker its database, in place of pytest-django's way, which would migrate as `app`."""
    servers = test_servers.TestServers.of_this_run()
    if servers is None:
        pytest.exit("Tests need servers of their own: run `python3 manage.py test`, arguments go to pytest.")
    with django_db_blocker.unblock():
        connections.close_all()
        databases.copy_database(
            test_servers.on(servers.owner_url, "postgres"),
            servers.template,
            settings.DATABASES["default"]["NAME"],
        )
    TransactionTestCase._fixture_teardown = lambda case: empty(settings.DATABASE_OWNER_URL)
    yield
    with django_db_blocker.unblock():
        connections.close_all()
