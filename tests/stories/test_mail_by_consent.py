"""A client whose mail lies at Google or Microsoft gives no password: she agrees there, and it is seen to.

Her mail server asks the service for whom the token speaks that it is shown, as theirs do.
"""

import json
import urllib.error
import urllib.request
from uuid import uuid4

import pytest
from django.test import override_settings
from django.urls import reverse
from playwright.sync_api import expect

from messages_app.mail import opening
from messages_app.models import Mailbox
from secretariat.local import dovecot
from secretariat.local.outside import letters
from tests.mail_program import MailProgram
from tests.postmaster import at_the_door

from .by_keyboard import presses, types
from .looking import go_to

pytestmark = pytest.mark.slow
DANA = "dana@harlow.example"
SERVICES = [("Google Workspace or Gmail", "google"), ("Microsoft 365 or Outlook", "microsoft")]


@pytest.fixture(params=SERVICES, ids=[kind for _name, kind in SERVICES])
def service(request):
    return request.param


@pytest.fixture
def tokens_at(office, service):
    return f"{office.running.outside_url}/{service[1]}/tokens/?token="


@pytest.fixture
def hers(office, tokens_at, service):
    """Her own mail program, at the service's mail server."""
    assert dovecot.program(), "apt-get install dovecot-imapd"
    with dovecot.running(port=office.running.mail_ports[0], tokens_at=tokens_at) as port:
        program = MailProgram(port, f"somebody@{service[1]}.example")
        yield program
        program.closes()


@pytest.fixture
def taken(office, tokens_at):
    """What the service's mail server was handed by whom it let in."""
    with at_the_door(office.running.mail_ports[1]) as postmaster:
        postmaster.account_of = lambda token: account_of(f"{tokens_at}{token}")
        yield postmaster.taken


def account_of(address):
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return json.load(answer)["email"]
    except urllib.error.HTTPError:
        return None


@pytest.fixture
def okafor(office):
    return office.client("Okafor Legal", opens="00:00", closes="00:00")


def test_she_agrees_there_is_answered_from_there_and_takes_it_back(
    office, okafor, service, hers, taken, tokens_at
):
    name, kind = service
    portal = office.enters(okafor.owner, to=reverse("mail-portal"))
    presses(portal.get_by_role("link", name=name))
    expect(portal.get_by_role("heading", name="mailbox")).to_be_visible()
    presses(portal.get_by_role("link", name="Do not allow it"))
    expect(portal.get_by_text("You did not agree")).to_be_visible()
    assert not Mailbox.objects.exists()

    go_to(portal, reverse("mail-portal"))
    presses(portal.get_by_role("link", name=name))
    presses(portal.get_by_role("link", name=hers.username))
    expect(portal.get_by_text("Connected. What comes in from now on is seen to.")).to_be_visible()
    office.eventually(Mailbox.objects.filter(state="connected", address=hers.username).exists)

    about = f"Lease {uuid4().hex[:8]}"
    desk = office.enters(office.secretary("Priya", okafor), to=reverse("inbox"))
    hers.receives(letters.written(DANA, hers.username, about, "When may we come?").as_bytes())
    desk.get_by_role("link", name=about).click()
    expect(desk.get_by_role("heading", name=about)).to_be_visible()
    desk.keyboard.press("r")
    types(desk.get_by_label("Words"), "On Thursday at nine.")
    desk.keyboard.press("Control+Enter")
    office.passes(11)
    office.eventually(lambda: taken)
    [(sender, to, raw)] = taken
    assert (sender, to) == (hers.username, [DANA])
    assert b"On Thursday at nine." in raw

    with override_settings(VAULT_KEYS=[f"demo:{office.running.keys.vault_key}"]):
        token = opening.secret_of(Mailbox.objects.get())["access_token"]
    assert account_of(f"{tokens_at}{token}") == hers.username
    go_to(portal, reverse("mail-portal"))
    presses(portal.get_by_role("link", name=f"Disconnect {hers.username}"))
    presses(portal.get_by_role("button", name="Disconnect"))
    expect(portal.get_by_role("link", name=f"Disconnect {hers.username}")).to_have_count(0)
    assert bytes(Mailbox.objects.get().sealed_secret) == b""
    if kind == "google":  # Microsoft has no address at which a consent is given back
        office.eventually(lambda: account_of(f"{tokens_at}{token}") is None)
