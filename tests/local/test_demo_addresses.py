from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core import signing
from django.db import transaction
from django.test import Client, override_settings

from secretariat import clock, outbox
from secretariat.ids import uuid7
from secretariat.local import entering, landing, moving_clock
from secretariat.local.demo_office import filling
from secretariat.office.models import LineKind, Presence, User
from secretariat.outbox.models import Effect

DEMO = {"PUBLIC_BASE_URL": "http://127.0.0.1:8000", "ROOT_URLCONF": "secretariat.local.demo_urls"}
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def nobody_yet(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def people(nobody_yet, tmp_path_factory):
    """Filled once, which is what takes long; each test finds it as it was."""
    media = str(tmp_path_factory.mktemp("media"))  # the demo's voicemail lies there
    with override_settings(MEDIA_ROOT=media, **DEMO):
        filling.fill()


@pytest.fixture(autouse=True)
def demo(nobody_yet, settings):
    for name, value in DEMO.items():
        setattr(settings, name, value)
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def signed_in(browser: Client) -> str | None:
    user_id = browser.session.get("_auth_user_id")
    return User.objects.get(pk=user_id).email if user_id else None


def test_an_empty_office_has_nobody_to_try(settings, client):
    settings.LANDING_DEMO = "secretariat.local.landing.demo"
    filling.fill(empty=True)
    assert "Or walk in as somebody" not in client.get("/").content.decode()


def test_a_link_opens_at_its_persons_own_host_name(people, client):
    link = urlsplit(entering.link_for("client@example.com"))
    assert link.netloc == "client.localhost:8000"
    assert client.get(link.path).status_code == 302
    assert signed_in(client) == "client@example.com"


def test_a_secretary_who_goes_in_comes_to_work(people, client):
    client.get(urlsplit(entering.link_for("secretary@example.com")).path)
    presence = Presence.objects.get(secretary__user__email="secretary@example.com")
    assert (presence.state, presence.line) == (Presence.State.READY, LineKind.BROWSER)


def test_the_first_page_rings_a_client_and_lets_everybody_in(people, settings, client):
    settings.LANDING_DEMO = "secretariat.local.landing.demo"
    page = client.get("/").content.decode()
    assert "Ring Okafor Legal and see" in page
    for name in ("Priya Nair", "Ngozi Okafor", "Helen Marsh", "Everybody else"):
        assert f"<strong>{name}</strong>" in page
    ring = urlsplit(landing.demo()["ring_url"])
    assert client.get(f"{ring.path}?{ring.query}").url == "/desk/?ring=%2B442079460101"


def test_a_link_goes_on_to_an_address_of_this_site_only(people, client):
    path = urlsplit(entering.link_for("client@example.com")).path
    assert client.get(path, {"next": "/portal/messages/"}).url == "/portal/messages/"
    assert client.get(path, {"next": "https://elsewhere.example/"}).url == "/"


@pytest.mark.parametrize(
    "token",
    [
        lambda: "nonsense",
        lambda: signing.dumps("client@example.com", salt="another"),
        lambda: signing.dumps("nobody@example.com", salt=entering.SALT),
    ],
    ids=["nonsense", "signed for something else", "nobody's"],
)
def test_a_false_link_is_not_found(people, client, token):
    assert client.get(f"/demo/enter/{token()}/").status_code == 404
    assert signed_in(client) is None


def test_outside_leads_to_the_outside_world_with_its_question(client):
    assert client.get("/outside/?ring=%2B442079460101").url == "http://127.0.0.1:8001/?ring=%2B442079460101"


def moved(client, body: bytes, signature: str):
    return client.post(
        "/demo/clock/",
        body,
        content_type="application/x-www-form-urlencoded",
        headers={"X-Demo-Signature": signature},
    )


def test_the_outside_world_moves_the_clock(client):
    body = b"shift_seconds=5400.000"
    assert moved(client, body, moving_clock.signature(body)).status_code == 204
    assert clock.shift() == timedelta(minutes=90)


def test_nobody_else_moves_the_clock(client):
    assert moved(client, b"shift_seconds=5400", moving_clock.signature(b"shift_seconds=1")).status_code == 403
    assert clock.shift() == timedelta()


@pytest.mark.parametrize("body", [b"", b"shift_seconds=soon", b"shift_seconds=1e400"])
def test_a_clock_is_not_moved_by_nonsense(client, body):
    assert moved(client, body, moving_clock.signature(body)).status_code == 400
    assert clock.shift() == timedelta()


def test_the_clock_waits_for_what_is_being_sent(client, monkeypatch):
    monkeypatch.setattr(moving_clock, "LONGEST_WAIT", 0)
    effect = outbox.post("tests.slow", key="slow")
    Effect.objects.filter(pk=effect.pk).update(
        state=Effect.State.LEASED, lease_owner=uuid7(), leased_until=clock.now()
    )
    body = b"shift_seconds=60"
    assert moved(client, body, moving_clock.signature(body)).status_code == 409
    assert clock.shift() == timedelta()


def test_the_office_is_filled_once(people):
    before = User.objects.count()
    filling.fill()
    assert User.objects.count() == before


def test_a_desk_that_is_to_be_rung_shows_where_to_ring_from(people, client):
    client.get(urlsplit(entering.link_for("secretary@example.com")).path)
    telephone = 'href="http://127.0.0.1:8001/?ring=%2B442079460101" target="outside"'
    assert telephone in client.get("/desk/", {"ring": "+442079460101"}).content.decode()
    assert telephone not in client.get("/desk/").content.decode()
