import pytest

from calls.models import Call


@pytest.fixture
def okafor(office):
    office.clock_says("2026-11-24 10:30")
    return office.client("Okafor Legal", zone="Africa/Lagos", country="NG", band="plum")


@pytest.fixture
def priya(office, okafor):
    return office.secretary("Priya", okafor)


@pytest.fixture
def desk(office, priya):
    """Priya's browser."""
    return office.browser(priya)


@pytest.fixture
def call(office, okafor, priya):
    """A call that Priya answered and the caller ended: it waits for its message."""
    leg = office.rings(okafor, caller="+447700900123")
    office.answers(priya)
    office.passes(20)
    office.hangs_up(leg)
    return Call.objects.get()
