"""Whoever reads a page reads its times on her own clock."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.http import HttpResponse
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone

from secretariat.office.zones import ReadersZone

TEN_IN_UTC = datetime(2026, 11, 24, 10, 30, tzinfo=UTC)


class Reader:
    is_authenticated = True
    zone = "Africa/Lagos"


def shown(view):
    request = RequestFactory().get("/")
    request.user = Reader()

    def respond(request):
        middleware.process_view(request, view, (), {})
        return view(request)

    middleware = ReadersZone(respond)
    return middleware(request).content.decode()


def page(request):
    words = Template("{% load ui %}{{ at|at_time }}").render(Context({"at": TEN_IN_UTC}))
    return HttpResponse(words)


def test_a_time_without_a_zone_is_on_the_readers_clock():
    assert shown(page) == "11:30"


def test_what_needs_no_sign_in_does_not_ask_who_reads_it():
    def public(request):
        return page(request)

    public.login_required = False
    assert shown(public) == "10:30"


def test_a_zone_ends_with_its_request():
    shown(page)
    assert timezone.get_current_timezone_name() == "UTC"


@pytest.mark.django_db
def test_the_desk_is_in_the_secretarys_zone(office):
    okafor = office.client("Okafor Legal", zone="Africa/Lagos")
    priya = office.secretary("Priya", okafor)
    priya.user.zone = "Asia/Kolkata"
    priya.user.save()
    office.clock_says("2026-11-24 10:30")
    answer = office.browser(priya).get("/desk/shift/")
    assert answer.context["shift"].started_at.tzinfo == UTC
    local = answer.context["shift"].started_at.astimezone(ZoneInfo("Asia/Kolkata"))
    assert f"{local:%H:%M}" in answer.content.decode()
