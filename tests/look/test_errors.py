"""What somebody sees who asked for what is not there or not hers, or when we failed: where she is at home."""

import pytest
from django.test import Client as Browser

from secretariat.office.models import Post

ROOM = {"desk": "/desk/", "portal": "/portal/", "admin": "/admin/"}
SAID = {
    403: "Not sent: the page had grown old",
    404: "There is nothing at this address",
    500: "Something failed here",
}


class Falls:
    """The last middleware: the view itself, as far as anybody outside can tell."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "fall" in request.GET:
            raise ValueError("words of a fault")
        return self.get_response(request)


@pytest.fixture
def at_home(office):
    okafor = office.client("Okafor Legal")
    admin = office.user("ada@example.com", "Ada")
    Post.objects.create(user=admin, post=Post.Kind.ADMIN)
    people = {"desk": office.secretary("Priya", okafor).user, "portal": okafor.owner.user, "admin": admin}

    def browser(room):
        made = Browser(raise_request_exception=False, enforce_csrf_checks=True)
        made.force_login(people[room], "allauth.account.auth_backends.AuthenticationBackend")
        return made

    return browser


@pytest.mark.parametrize("room", ROOM)
@pytest.mark.parametrize("status", SAID)
def test_it_says_what_happened_and_the_way_back(at_home, settings, room, status):
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"{__name__}.Falls"]
    browser = at_home(room)
    asked = {
        403: lambda: browser.post(ROOM[room], {"text": "typed"}),
        404: lambda: browser.get(f"{ROOM[room]}nothing-here/"),
        500: lambda: browser.get(ROOM[room], {"fall": "yes"}),
    }
    answer = asked[status]()
    shown = answer.content.decode()
    assert answer.status_code == status
    assert shown.count("<h1") == 1
    assert SAID[status] in shown
    assert '<a class="button" href="/"' in shown
    assert "words of a fault" not in shown
    assert "Traceback" not in shown
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("room", ROOM)
def test_the_page_of_a_failure_claims_nothing_that_nobody_did(at_home, settings, room):
    """Nobody is told of it but the log: so it does not say that somebody was."""
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"{__name__}.Falls"]
    shown = at_home(room).get(ROOM[room], {"fall": "yes"}).content.decode()
    assert "has been told" not in shown
    assert "tell whoever runs the office" in shown
