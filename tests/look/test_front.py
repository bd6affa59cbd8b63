"""The front door, the style guide and the pages for when something is not there."""

import pytest
from django.test import override_settings

from secretariat.office.models import Post, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def helen(client):
    """Runs the firm, and is signed in."""
    user = User.objects.create_user(email="helen@example.com", password="lantern-2026", name="Helen Marsh")
    Post.objects.create(user=user, post=Post.Kind.ADMIN)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return user


def demo():
    person = {
        "name": "Priya Nair",
        "about": "Secretary",
        "url": "/demo/enter/x/",
        "opens": "Desk",
        "icon": "headphones",
    }
    return {
        "office": "Lantern",
        "client": "Okafor Legal",
        "secretary": "Priya",
        "ring_url": "/demo/enter/y/",
        "outside_url": "/outside/",
        "people": [person],
    }


def test_a_stranger_is_told_what_this_is_and_where_to_sign_in(client):
    shown = client.get("/").content.decode()
    assert "in your name" in shown
    assert "/accounts/login/" in shown
    assert "Demo office" not in shown


@override_settings(LANDING_DEMO="tests.look.test_front.demo")
def test_in_the_demo_a_stranger_may_be_somebody(client):
    shown = client.get("/").content.decode()
    assert "Ring Okafor Legal and see" in shown
    assert 'href="/demo/enter/x/"' in shown
    assert "Priya Nair" in shown


def test_who_is_signed_in_goes_to_her_own_first_page(client, helen):
    assert client.get("/").headers["Location"] == "/admin/"


@pytest.mark.parametrize("part", ["", "desk/", "ringing/", "portal/"])
def test_the_style_guide_shows_every_part_to_the_firm(client, helen, part):
    answer = client.get(f"/styleguide/{part}")
    assert answer.status_code == 200
    assert "Okafor Legal" in answer.content.decode()


def test_the_style_guide_is_nothing_to_anybody_else(client):
    user = User.objects.create_user(email="dana@example.com", password="lantern-2026", name="Dana")
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/styleguide/").status_code == 404


def test_nothing_at_an_address_says_so_and_leads_back(client, helen):
    answer = client.get("/nothing-here/")
    assert answer.status_code == 404
    assert "Nothing was changed" in answer.content.decode()


def test_the_chosen_theme_is_written_by_the_server(client):
    client.cookies["theme"] = "dark"
    assert 'data-theme="dark"' in client.get("/").content.decode()
    client.cookies["theme"] = '"><script>'
    assert "data-theme" not in client.get("/").content.decode().split("<head>")[0]


@pytest.mark.parametrize(
    "address",
    ["/accounts/login/", "/accounts/password/reset/", "/accounts/password/reset/done/", "/accounts/signup/"],
)
def test_signing_in_speaks_the_houses_words(client, address):
    answer = client.get(address)
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert "<h1>" in shown
    assert "style=" not in shown
    assert "sorry" not in shown.lower()


@pytest.mark.parametrize(
    "address", ["/accounts/sessions/", "/accounts/password/change/", "/accounts/logout/"]
)
def test_her_own_account_speaks_the_houses_words(client, helen, address):
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.content.decode().count("<h1>") == 1
