from datetime import UTC, datetime

from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.utils import timezone

from secretariat.office.middleware import ViewersZone
from secretariat.office.models import User
from secretariat.overview.templatetags.ui import at_time

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def shown_to(rf, user) -> str:
    request = rf.get("/")
    request.user = user
    return ViewersZone(lambda request: HttpResponse(at_time(NOON)))(request).content.decode()


def test_moments_are_shown_on_the_clocks_of_whoever_looks(rf):
    assert shown_to(rf, User(zone="Africa/Lagos")) == "13:00"
    assert shown_to(rf, User(zone="America/New_York")) == "07:00"


def test_a_strangers_page_and_the_next_request_know_nothing_of_her_zone(rf):
    shown_to(rf, User(zone="Africa/Lagos"))
    assert shown_to(rf, AnonymousUser()) == "12:00"
    assert timezone.get_current_timezone_name() == "UTC"
