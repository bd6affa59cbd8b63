"""Google and Microsoft of the world outside, over HTTP: the product's own adapters speak to them."""

import base64
import hashlib
import re
import urllib.error
import urllib.request
from datetime import UTC, datetime, timedelta
from html import unescape
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from calendar_app import online, tokens
from secretariat.local.models import Clock
from secretariat.local.outside.client import Outside

from .conftest import Process, configuration
from .test_pages import page

pytestmark = pytest.mark.django_db
VERIFIER = "a-verifier-that-nobody-guesses-because-it-is-long"
KINDS = ("google", "microsoft")


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_told):
        return None


class Connected:
    def __init__(self, outside, office, settings, kind):
        settings.GOOGLE_BASE_URL = f"{outside.url}/google"
        settings.MICROSOFT_BASE_URL = f"{outside.url}/microsoft"
        self.outside, self.office, self.kind = outside, office, kind
        self.service = online.of(kind)

    def asked(self, **other):
        challenge = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).decode().rstrip("=")
        return {
            "client_id": self.service.client_id,
            "redirect_uri": f"{self.office.url}/portal/calendars/online/back/",
            "response_type": "code",
            "scope": " ".join(self.service.scopes),
            "state": "signed",
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        } | other

    def consents(self):
        """Follow the link on the page of consent; where that leads."""
        address = urlsplit(f"{self.service.consent_url}?{urlencode(self.asked())}")
        shown = page(self.outside, f"{address.path}?{address.query}")
        link = unescape(re.search(r'href="(/\w+/agree/[^"]+)"', shown.html)[1])
        return self.leads_to(link)

    def leads_to(self, path):
        opener = urllib.request.build_opener(NoRedirect)
        with pytest.raises(urllib.error.HTTPError) as answer:
            opener.open(self.outside.url + path)
        assert answer.value.code == 302
        return answer.value.headers["Location"]

    def adapter(self):
        home = parse_qs(urlsplit(self.consents()).query)
        given = tokens.exchanged(
            self.service, code=home["code"][0], verifier=VERIFIER, redirect_uri=self.asked()["redirect_uri"]
        )
        return self.service.adapter(lambda refused: given.access)


@pytest.fixture(autouse=True)
def same_time(db):
    """The office's clock stands where that of the world outside does."""
    Clock.objects.update(stands_at=datetime(2026, 3, 2, 12, 33, tzinfo=UTC))


@pytest.fixture(params=KINDS)
def there(request, outside, office, settings):
    return Connected(outside, office, settings, request.param)


def test_a_person_agrees_and_her_calendar_is_read_and_kept_up_with(there):
    adapter = there.adapter()
    [calendar] = adapter.calendars()
    [*_rest, last] = adapter.changes(calendar.remote_id, "")
    shown = page(there.outside, f"/{there.kind}/")
    assert "Team meeting" in shown.html
    assert "ngozi@okafor.example" in shown.html
    page(
        there.outside,
        f"/{there.kind}/entries/",
        account="ngozi@okafor.example",
        title="Lunch with Ms Bell",
        starts="2026-03-04T12:30",
        minutes="60",
    )
    changed = [each for each in adapter.changes(calendar.remote_id, last.token) for each in each.changed]
    assert ["Lunch with Ms Bell" in each.raw for each in changed] == [True]


def test_whoever_watches_is_told(there):
    adapter = there.adapter()
    [calendar] = adapter.calendars()
    address = f"/calendar/push/{there.kind}/"
    there.office.show(address, "Validation: Testing client & token", "text/plain")
    watch = adapter.watch(
        calendar.remote_id,
        channel_id="c1",
        address=there.office.url + address,
        token="a word",
        until=datetime(2026, 3, 2, 12, tzinfo=UTC) + timedelta(days=5),
    )
    assert watch.ends_at > datetime(2026, 3, 6, tzinfo=UTC)


def test_a_return_to_anybody_else_is_refused(there):
    query = urlencode(there.asked(redirect_uri="http://elsewhere.example/back/", account="a@b.example"))
    with pytest.raises(urllib.error.HTTPError) as answer:
        urllib.request.urlopen(f"{there.outside.url}/{there.kind}/agree/?{query}")
    assert answer.value.code == 400


def test_whoever_does_not_agree_is_sent_back_too(there):
    home = there.leads_to(f"/{there.kind}/refuse/?{urlencode(there.asked())}")
    assert parse_qs(urlsplit(home).query)["error"] == ["access_denied"]


def test_what_stands_there_and_who_agreed_outlive_the_process(office, settings, tmp_path):
    with Process(configuration(office.url), tmp_path) as running:
        first = Connected(Outside(running.ready["outside_url"]), office, settings, "google")
        adapter = first.adapter()
        [calendar] = adapter.calendars()
        before = [each.remote_id for each in next(iter(adapter.changes(calendar.remote_id, ""))).changed]
    with Process(configuration(office.url), tmp_path) as running:
        again = Connected(Outside(running.ready["outside_url"]), office, settings, "google")
        opened = again.service.adapter(lambda refused: adapter.web.token(""))
        found = next(iter(opened.changes(calendar.remote_id, "")))
        assert [each.remote_id for each in found.changed] == before
