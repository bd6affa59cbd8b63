"""The list of meetings: found by what is known of them, and turned over page by page."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from calendar_app import booking
from calendar_app.models import Meeting, Place
from calendar_app.planning import Coming

from .diaries import AT, booked, diary_of, plan


@pytest.fixture
def okafor(office):
    office.clock_says("2026-11-24 11:30")
    return office.client("Okafor Legal", zone="Africa/Lagos")


@pytest.fixture
def diary(okafor):
    return diary_of(okafor.row)


@pytest.fixture
def desk(office, okafor):
    return office.browser(office.secretary("Priya", okafor))


@pytest.fixture
def portal(office, okafor):
    return office.browser(okafor.owner)


@pytest.fixture
def arranged(diary, okafor):
    """Five meetings: over, over with an outcome, to come, held, cancelled."""
    long_ago = AT - timedelta(days=30)
    booked(diary, "10:00", date(2026, 11, 10), about="Lease", when=long_ago, where="Zürich, Bahnhofstrasse 1")
    shown = booked(diary, "10:00", date(2026, 11, 11), about="Handover", when=long_ago)
    Meeting.objects.filter(pk=shown.pk).update(outcome="no_show")
    dana = Coming("Dana Reyes", email="dana@reyes.example", number="+447700900123")
    place = Place.objects.create(client=okafor.row, name="Marina office", address="12 Broad Street")
    booked(diary, "10:00", about="Court", guests=(dana,), manner="in_person", place=place)
    booking.hold(diary, plan("12:00", about="Perhaps"), until=AT + timedelta(days=1), by=None, at=AT)
    gone = booked(diary, "14:00", about="Tea")
    booking.cancel(gone, version=0, because="ill", by=None, at=AT)


def titles(answer) -> list[str]:
    assert answer.status_code == 200
    return [meeting.about for meeting, _known, _others in answer.context["rows"]]


FOUND = [
    ({}, ["Tea", "Perhaps", "Court", "Handover", "Lease"]),
    ({"show": "coming"}, ["Court"]),
    ({"show": "past"}, ["Handover", "Lease"]),
    ({"show": "open"}, ["Lease"]),
    ({"show": "no_show"}, ["Handover"]),
    ({"show": "held"}, ["Perhaps"]),
    ({"show": "cancelled"}, ["Tea"]),
    ({"show": "nonsense"}, ["Tea", "Perhaps", "Court", "Handover", "Lease"]),
    ({"q": "reyes"}, ["Court"]),
    ({"q": "dana@reyes"}, ["Court"]),
    ({"q": "07700 900123"}, ["Court"]),
    ({"q": "court broad"}, ["Court"]),
    ({"q": "marina"}, ["Court"]),
    ({"q": "zurich"}, ["Lease"]),
    ({"q": "nobody"}, []),
    ({"from_on": "2026-11-11", "until_on": "2026-11-11"}, ["Handover"]),
    ({"until_on": "9999-12-31"}, ["Tea", "Perhaps", "Court", "Handover", "Lease"]),
    ({"from_on": "soon"}, ["Tea", "Perhaps", "Court", "Handover", "Lease"]),
]


def test_a_meeting_is_found_by_what_is_known_of_it(desk, portal, arranged):
    for asked, found in FOUND:
        assert titles(desk.get(reverse("diary-meetings"), asked)) == found, asked
        assert titles(portal.get(reverse("diary-portal-meetings"), asked)) == found, asked


def test_of_what_is_private_nothing_is_found_by_words(desk, portal, diary, okafor):
    booking.book(diary, plan(about="Surgery", private=True), by=okafor.owner.user, at=AT)
    page = desk.get(reverse("diary-meetings"))
    assert "Surgery" not in page.content.decode()
    assert "Busy" in page.content.decode()
    assert titles(desk.get(reverse("diary-meetings"), {"q": "surgery"})) == []
    assert titles(portal.get(reverse("diary-portal-meetings"), {"q": "surgery"})) == ["Surgery"]
    assert (
        "Surgery" not in desk.get(reverse("desk-search"), {"q": "Surgery"}).content.decode().split("<ul")[-1]
    )


def test_the_past_is_turned_over_page_by_page(desk, diary):
    for n in range(30):
        booked(
            diary,
            "10:00",
            date(2026, 10, 1) + timedelta(days=n),
            about=f"No {n}",
            when=AT - timedelta(days=90),
        )
    first = desk.get(reverse("diary-meetings"), {"q": "no", "show": "past"})
    assert titles(first) == [f"No {n}" for n in range(29, 4, -1)]
    onward = first.context["page"].next
    assert f"q=no&amp;show=past&amp;after={onward}" in first.content.decode()
    assert titles(desk.get(reverse("diary-meetings"), {"q": "no", "after": onward})) == [
        f"No {n}" for n in range(4, -1, -1)
    ]


def test_an_empty_list_says_what_will_appear(desk, portal, diary):
    assert "No meetings yet" in desk.get(reverse("diary-meetings")).content.decode()
    assert "No meeting fits" in portal.get(reverse("diary-portal-meetings"), {"q": "x"}).content.decode()


def test_only_what_she_may_see_is_listed(office, desk, okafor, arranged):
    rival = office.client("Brill Dental")
    booked(diary_of(rival.row), about="Root canal")
    assert "Root canal" not in titles(desk.get(reverse("diary-meetings")))
    assert desk.get(reverse("diary-meetings"), {"client": rival.row.pk}).status_code == 404
    tunde = office.contact(okafor, "Tunde")
    hers = office.browser(tunde)
    assert hers.get(reverse("diary-portal-meetings")).status_code == 404
    booked(diary_of(okafor.row, contact=tunde), "11:00", about="With Tunde")
    assert titles(hers.get(reverse("diary-portal-meetings"))) == ["With Tunde"]


def test_the_palette_finds_meetings(desk, arranged):
    page = desk.get(reverse("desk-search"), {"q": "marina"}).content.decode()
    assert reverse("diary-meeting", args=[Meeting.objects.get(about="Court").pk]) in page
    assert "25 Nov 2026, Okafor Legal" in page
