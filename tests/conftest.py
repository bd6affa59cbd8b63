"""What every test may use."""

import gc

import pytest
from hypothesis import HealthCheck, settings

# How long a small, shared computer takes to think of an example says nothing of the office.
settings.register_profile("anywhere", suppress_health_check=[HealthCheck.too_slow], deadline=None)
settings.load_profile("anywhere")

pytest_plugins = [
    "tests.chrome",
    "tests.circles",
    "tests.database",
    "tests.network",
    "tests.running",
    "tests.sharing",
]


def pytest_collection_finish():
    """What was collected stays to the end: it is not looked through for waste again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def office(db, settings, tmp_path):
    """A firm with nobody in it yet, and a carrier of its own."""
    from tests.the_office import Office

    settings.MEDIA_ROOT = str(tmp_path)
    made = Office(hurried=True)
    yield made
    assert made.carrier.check() == []
