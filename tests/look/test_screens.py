"""The front pages and the style guide in a real browser: both themes, four widths."""

import pytest
from django.conf import settings

from secretariat.office.models import Post, User
from tests.eyes import faults, listens

PUBLIC = ("/", "/accounts/login/", "/accounts/password/reset/", "/nothing-here/")
INSIDE = (
    "/styleguide/",
    "/styleguide/desk/",
    "/styleguide/ringing/",
    "/styleguide/portal/",
    "/accounts/sessions/",
    "/accounts/2fa/",
    "/accounts/2fa/webauthn/",
    "/accounts/reauthenticate/",
    "/firm/people/",
    "/admin/office/invitation/add/",
    "/admin/office/secretary/",
    "/accounts/password/change/",
    "/admin/",
)
VIEWS = [(320, "light"), (390, "dark"), (768, "dark"), (1366, "light")]


@pytest.fixture
def visit(chrome, live_server, client, transactional_db):
    """Opens an address and returns the page; `inside` as somebody who runs the firm."""
    context = chrome.new_context()

    def opened(address, *, inside):
        if inside:
            user = User.objects.create_user(
                email="helen@example.com", password="lantern-26", name="Helen Marsh"
            )
            Post.objects.create(user=user, post=Post.Kind.ADMIN)
            client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
            name = settings.SESSION_COOKIE_NAME
            context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
        page = listens(context.new_page())
        page.goto(live_server.url + address)
        return page

    yield opened
    context.close()


@pytest.mark.parametrize("address", PUBLIC)
def test_front_pages(visit, address):
    assert faults(visit(address, inside=False), views=VIEWS) == []


@pytest.mark.parametrize("address", INSIDE)
def test_pages_inside(visit, address):
    assert faults(visit(address, inside=True), views=VIEWS) == []


@pytest.mark.parametrize("height", [657, 720, 768])
def test_send_is_always_on_the_screen(visit, height):
    page = visit("/styleguide/desk/", inside=True)
    page.set_viewport_size({"width": 1366, "height": height})
    send = page.get_by_role("button", name="Send to Okafor Legal").bounding_box()
    words = page.get_by_label("Message", exact=True).last.bounding_box()
    assert send["y"] + send["height"] <= height
    assert words["y"] + words["height"] <= send["y"]
    assert words["height"] >= 52


def test_the_first_page_is_whole_without_scripts(chrome, live_server, transactional_db):
    context = chrome.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url)
    assert page.get_by_role("link", name="Sign in").first.is_visible()
    context.close()
