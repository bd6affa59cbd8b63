import pytest

from messages_app.letters import lettering
from messages_app.models import Letterhead
from secretariat.channels import lob

from . import lob_played
from .carriers import FACTORIES
from .lob_letters import NOON


@pytest.fixture(params=list(FACTORIES))
def reach(request):
    """Each carrier in turn: a promise must hold for all of them."""
    with FACTORIES[request.param]() as reach:
        yield reach


@pytest.fixture
def played(settings):
    settings.LOB_API_KEY, settings.LOB_WEBHOOK_SECRET = lob_played.KEY, lob_played.SECRET
    played = lob_played.Lob()
    with lob.transported_by(played):
        yield played


@pytest.fixture
def okafor(office):
    office.clock_says("2026-11-24 10:30")
    okafor = office.client("Okafor Legal", country="US", zone="America/New_York")
    Letterhead.objects.create(
        client=okafor.row,
        name="Okafor Legal",
        layout="us-10",
        needs_approval=False,
        sender_at_carrier="adr_210a8d4b0b76d77b",
    )
    return okafor


@pytest.fixture
def desk(office, okafor):
    office.priya = office.secretary("Priya", okafor)
    return office.browser(office.priya)


@pytest.fixture
def letter(office, okafor, desk):
    letter = lettering.begin(okafor.row, by=office.priya.user, at=NOON)
    words = {each: getattr(lettering.newest_of(letter), each) for each in lettering.WORDS}
    words |= {"name": "Harry Zhang", "street": "210 King St\n# 6100", "city": "San Francisco"}
    words |= {"region": "CA", "postcode": "94107", "country": "US", "subject": "Keys", "body": "With Priya."}
    lettering.save(letter, words, version=letter.version, by=office.priya.user, at=NOON)
    lettering.release(letter, version=letter.version, by=office.priya.user, at=NOON)
    return letter
