"""The portal's *Calendars*: connected in a minute, and what is wrong is said where she typed it."""

import pytest
from django.urls import reverse

from calendar_app.models import Connection, Occurrence
from secretariat.local.ports import free_port

from .servers import ClientsCalendar

pytestmark = pytest.mark.django_db
NOBODY = free_port()  # nobody listens there


@pytest.fixture
def hers(office):
    office.clock_says("2027-03-08 08:00")
    return ClientsCalendar("radicale")


@pytest.fixture
def portal(office):
    client = office.client("Okafor")
    return office.browser(client.owner)


def typed(hers, **other):
    return {"url": hers.server.url, "username": hers.username, "password": hers.password} | other


def test_a_client_connects_her_calendar_and_chooses(office, portal, hers):
    hers.puts("a", "DTSTART:20270310T090000Z", "DTEND:20270310T100000Z", "SUMMARY:Dentist")
    answer = portal.post(reverse("calendars-caldav"), typed(hers, url=hers.url))
    connection = Connection.objects.get()
    assert answer.status_code == 303
    assert answer["Location"] == reverse("calendars-choose", args=[connection.pk])
    [calendar] = connection.calendars.all()
    assert hers.password.encode() not in bytes(connection.sealed_secret)

    page = portal.get(answer["Location"]).content.decode()
    assert calendar.name in page
    chosen = {"busy": [str(calendar.pk)], "written_to": str(calendar.pk)}
    assert portal.post(answer["Location"], chosen).status_code == 303
    office.settle()
    assert Occurrence.objects.get().summary == "Dentist"
    shown = portal.get(reverse("calendars")).content.decode()
    assert "Counts as busy. Meetings are written here." in shown
    assert "Connected" in shown

    assert portal.get(reverse("calendars-end", args=[connection.pk])).status_code == 200
    assert portal.post(reverse("calendars-end", args=[connection.pk])).status_code == 303
    connection.refresh_from_db()
    assert (connection.state, bytes(connection.sealed_secret)) == ("ended", b"")
    assert not Occurrence.objects.exists()
    assert "No calendar is connected" in portal.get(reverse("calendars")).content.decode()


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"password": "wrong"}, "The user name or the password is not accepted there."),
        ({"url": f"http://127.0.0.1:{NOBODY}/"}, "The server did not answer as a calendar server does."),
        ({"url": f"https://localhost:{NOBODY}/"}, "That address lies inside a private network"),
        ({"url": "ftp://x.example/"}, "That is not the address of a calendar."),
    ],
)
def test_what_is_wrong_is_said_where_it_was_typed(portal, hers, other, words):
    answer = portal.post(reverse("calendars-caldav"), typed(hers, **other))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert words in page
    assert "sec" in page  # what she typed is still there
    assert not Connection.objects.exists()


def test_a_connection_that_broke_is_connected_again_and_keeps_what_was_chosen(portal, hers):
    portal.post(reverse("calendars-caldav"), typed(hers, url=hers.url))
    connection = Connection.objects.get()
    connection.calendars.update(is_written_to=True)
    Connection.objects.update(state="refused", trouble="No longer accepted.")
    assert "No longer accepted." in portal.get(reverse("calendars")).content.decode()
    again = reverse("calendars-caldav-again", args=[connection.pk])
    assert hers.url in portal.get(again).content.decode()
    assert portal.post(again, typed(hers, url=hers.url)).status_code == 303
    connection.refresh_from_db()
    assert (connection.state, connection.trouble) == ("new", "")
    assert connection.calendars.get().is_written_to
