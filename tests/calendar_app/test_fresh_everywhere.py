"""Whatever gives a time away looks first: times offered, chosen by a guest, moved by her, and series."""

from datetime import date, timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse

from calendar_app import guest_links, syncing
from calendar_app.asking import ToAsk
from calendar_app.elsewhere import Unreachable
from calendar_app.models import Diary, Guest, Meeting, MeetingRequest, RequestParty, Series
from calendar_app.planning import Coming
from clients.models import WorkItem
from secretariat import clock

from . import diaries
from .played import connected
from .test_asking import offer

COURT = ("DTSTART:20270310T101500Z", "DTEND:20270310T110000Z", "SUMMARY:Court")
ON = date(2027, 3, 10)
DANA = Coming("Dana Reyes", "dana@harlow.example", zone="Europe/London")


@pytest.fixture
def client(office):
    office.clock_says("2027-03-08 08:00")
    return office.client("Okafor")


@pytest.fixture
def diary(client):
    return Diary.objects.create(client=client.row, notice_minutes=0, travel_minutes=0, days_ahead=400)


@pytest.fixture
def hers(diary, monkeypatch):
    shelf = connected(diary, monkeypatch)
    syncing.look(shelf.connection, at=clock.now())
    return shelf


@pytest.fixture
def ana(office, client):
    return office.secretary("Ana", client)


@pytest.fixture
def desk(office, ana):
    return office.browser(ana)


@pytest.fixture
def asked(diary, ana, monkeypatch):
    monkeypatch.setattr("tests.calendar_app.test_asking.FRIDAY", ON)
    return offer(diary, ana.user, ToAsk(DANA), times=("10:00", "14:00"))


def dana_at(link) -> tuple[Browser, str]:
    return Browser(), reverse("diary-guest", args=[guest_links.token(link)])


def test_times_on_offer(desk, diary, hers):
    hers.puts("court", *COURT)
    typed = {"diary": str(diary.pk), "who": "Dana", "minutes": "30", "manner": "telephone", "way": "mail"}
    typed |= {"email": "dana@harlow.example", "hold": "24", "chase": "24"}
    refused = desk.post(reverse("diary-ask"), typed | {"starts": ["2027-03-10T10:00:00+00:00"]})
    assert "Court" in refused.content.decode()
    assert not MeetingRequest.objects.exists()
    free = desk.post(reverse("diary-ask"), typed | {"starts": ["2027-03-10T12:00:00+00:00"]})
    assert free.status_code == 303


def test_a_time_that_a_guest_chooses(hers, asked):
    hers.puts("court", *COURT)
    dana, page = dana_at(guest_links.of_party(RequestParty.objects.get()))
    first = asked.options.get(meeting__starts_at__hour=10)
    answer = dana.post(f"{page}choose/", {"option": str(first.pk)}, follow=True)
    assert "That time has just been taken." in answer.content.decode()
    assert "Court" not in answer.content.decode()
    assert set(Meeting.objects.values_list("state", flat=True)) == {"held", "lapsed"}


def test_a_time_that_suits_on_the_telephone(desk, hers, asked):
    hers.puts("court", *COURT)
    first, who = asked.options.get(meeting__starts_at__hour=10), RequestParty.objects.get()
    address = reverse("diary-request-answer", args=[asked.pk, who.pk])
    answer = desk.post(address, {"option": str(first.pk)}, follow=True)
    assert "That time has been taken meanwhile." in answer.content.decode()
    assert not Meeting.objects.filter(state="confirmed").exists()


def test_a_meeting_that_a_guest_moves(diary, hers, ana):
    meeting = diaries.booked(diary, "14:00", ON, by=ana.user, when=clock.now(), guests=(DANA,))
    hers.puts("court", *COURT)
    dana, page = dana_at(guest_links.of_guest(Guest.objects.get()))
    answer = dana.post(f"{page}move/", {"starts": "2027-03-10T10:30:00+00:00"})
    assert answer.status_code == 409
    meeting.refresh_from_db()
    assert f"{meeting.starts_at:%H:%M}" == "14:00"


def test_the_dates_of_a_series(desk, diary, hers):
    typed = {"diary": str(diary.pk), "who": "Dana", "minutes": "30", "manner": "telephone"}
    typed |= {"on": "2027-03-10", "at": "10:15", "every": "weekly", "count": "3"}
    hers.puts("court", "DTSTART:20270317T101500Z", "DTEND:20270317T110000Z", "SUMMARY:Court")
    shown = desk.post(reverse("diary-repeat"), typed | {"step": "arrange"})
    assert shown.status_code == 422
    assert "Court" in shown.content.decode()
    assert not Series.objects.exists()


def test_a_series_that_is_moved(desk, diary, hers):
    typed = {"diary": str(diary.pk), "who": "Dana", "minutes": "30", "manner": "telephone"}
    typed |= {"on": "2027-03-10", "at": "09:00", "every": "weekly", "count": "3", "step": "arrange"}
    assert desk.post(reverse("diary-repeat"), typed).status_code == 303
    hers.puts("court", "DTSTART:20270317T101500Z", "DTEND:20270317T110000Z", "SUMMARY:Court")
    first = Meeting.objects.order_by("starts_at").first()
    said = {"on": "2027-03-10", "at": "10:15", "minutes": "30", "which": "all", "step": "arrange"}
    said |= {"version": first.version, "sequence": first.series.sequence}
    shown = desk.post(reverse("diary-several", args=[first.pk]), said)
    assert shown.status_code == 422
    assert "Court" in shown.content.decode()


def test_a_calendar_that_does_not_answer_keeps_no_guest_from_choosing(office, hers, asked):
    hers.troubles = [Unreachable("no_answer")]
    dana, page = dana_at(guest_links.of_party(RequestParty.objects.get()))
    first = asked.options.get(meeting__starts_at__hour=10)
    assert dana.post(f"{page}choose/", {"option": str(first.pk)}).status_code == 303
    assert Meeting.objects.filter(state="confirmed").count() == 1
    assert not WorkItem.objects.open().filter(because__contains="taken").exists()
    assert timedelta(0) < Meeting.objects.get(state="confirmed").starts_at - clock.now()
