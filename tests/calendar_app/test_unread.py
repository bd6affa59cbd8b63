"""What cannot be read is shown in words, with its original; what a zone means is said once."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from calendar_app import standing, syncing
from calendar_app.models import Connection, Diary, Occurrence, RemoteEvent
from clients import work
from clients.models import WorkItem, WorkRecord
from secretariat import clock
from secretariat.office.models import Firm

from .played import connected

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(office):
    office.clock_says("2027-03-08 08:00")
    return office.client("Okafor")


@pytest.fixture
def hers(client, monkeypatch):
    shelf = connected(Diary.objects.create(client=client.row), monkeypatch)
    shelf.puts("a", "DTSTART;TZID=Somewhere:20270310T090000", "DURATION:PT1H", "SUMMARY:Notary")
    shelf.puts("b", "DTSTART:20200101T000000Z", "RRULE:FREQ=SECONDLY", "SUMMARY:Boom")
    shelf.puts("c", "DTSTART:20200101T000000Z", "RRULE:FREQ=SECONDLY", "SUMMARY:Doctor", "CLASS:PRIVATE")
    shelf.puts("d", "DTSTART:20270310T120000Z", "DURATION:PT1H", "SUMMARY:Lunch")
    look(shelf)
    return shelf


def look(hers):
    syncing.look(Connection.objects.get(pk=hers.connection.pk), at=clock.now())


@pytest.fixture
def desk(office, client):
    return office.browser(office.secretary("Ana", client))


@pytest.fixture
def portal(office, client):
    return office.browser(client.owner)


def raw(name, uid):
    return reverse(name, args=[RemoteEvent.objects.get(uid=uid).pk])


def test_the_client_sees_what_cannot_be_read_and_opens_its_original(portal, hers):
    page = portal.get(reverse("calendars-unread", args=[hers.connection.pk])).content.decode()
    assert "It repeats every hour or more often, which no meeting does." in page
    assert "Boom" in page
    assert "Doctor" in page
    assert "Lunch" not in page
    answer = portal.get(raw("calendars-raw", "b"))
    assert "FREQ=SECONDLY" in answer.content.decode()
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert portal.get(raw("calendars-raw", "d")).status_code == 404  # that one can be read
    assert "3 entries cannot be read." in portal.get(reverse("calendars")).content.decode()


def test_a_private_one_is_opened_by_whose_time_it_is_alone(desk, hers):
    page = desk.get(reverse("diary-calendar", args=[hers.connection.pk])).content.decode()
    assert "A private entry" in page
    assert "Doctor" not in page
    assert desk.get(raw("diary-calendar-raw", "b")).status_code == 404  # the firm lets nobody
    Firm.current()
    Firm.objects.update(may_download=True)
    assert desk.get(raw("diary-calendar-raw", "b")).status_code == 200
    assert desk.get(raw("diary-calendar-raw", "c")).status_code == 404


@pytest.mark.parametrize(
    ("who", "page", "zone"),
    [("desk", "diary-calendar", "diary-calendar-zone"), ("portal", "calendars-unread", "calendars-zone")],
)
def test_what_a_zone_means_is_asked_once_and_remembered(request, office, client, hers, who, page, zone):
    browser = request.getfixturevalue(who)
    address = reverse(page, args=[hers.connection.pk])
    shown = browser.get(address).content.decode()
    assert "“Somewhere”" in shown
    began = shown.partition('name="began" value="')[2].partition('"')[0]
    office.passes(45)
    tells = reverse(zone, args=[hers.calendar.pk])
    told = {"named": "Somewhere", "began": began}
    assert browser.post(tells, told | {"zone": "No/Where"}).status_code == 422
    assert browser.post(tells, told | {"zone": "America/New_York"}).status_code == 303
    records = WorkRecord.objects.filter(kind="diary", client=client.row)
    times = [(each.ended_at - each.started_at).total_seconds() for each in records]
    assert times == ([45] if who == "desk" else [])  # her own time is not ours
    assert "“Somewhere”" not in browser.get(address).content.decode()
    assert Occurrence.objects.get(event__uid="a").during.lower == datetime(2027, 3, 10, 14, tzinfo=UTC)
    hers.puts("e", "DTSTART;TZID=Somewhere:20270311T090000", "DURATION:PT1H")
    look(hers)
    assert RemoteEvent.objects.get(uid="e").state == "read"


def test_the_work_of_a_broken_connection_leads_to_how_it_goes(desk, hers):
    standing.refused(Connection.objects.get(), "401", at=clock.now())
    url = work.describe(WorkItem.objects.open().get()).url
    assert url == reverse("diary-calendar", args=[hers.connection.pk])
    page = desk.get(url).content.decode()
    assert "Okafor must connect the calendar again." in page
