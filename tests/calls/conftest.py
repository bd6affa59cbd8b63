import pytest

from . import lock_order


@pytest.fixture
def okafor(office):
    """A client whose line rings for twenty seconds and goes to voicemail after a minute."""
    office.carrier.add_sound("ringing-gb.wav", "ring", 3)
    return office.client("Okafor Legal", ring_seconds=20, voicemail_after_seconds=60)


@pytest.fixture
def priya(office, okafor):
    """The client's own secretary, by browser."""
    return office.secretary("Priya", okafor)


@pytest.fixture
def maya(office, okafor):
    """The stand-in, by her own telephone."""
    return office.secretary("Maya", okafor, line="phone", turn="stand_in")


@pytest.fixture
def tunde(office, okafor):
    """Somebody at the client, with a mobile."""
    return office.contact(okafor, "Tunde Adeyemi")


@pytest.fixture(autouse=True)
def locks_in_order(request):
    """Nothing in these rooms locks a call after one of its lines."""
    if "office" not in request.fixturenames or getattr(request.module, "SAVEPOINTS_ARE_THE_TESTS_OWN", False):
        yield
        return
    request.getfixturevalue("office")
    with lock_order.watched():
        yield
