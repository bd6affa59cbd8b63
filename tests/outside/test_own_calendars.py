"""A client's own calendar in the world outside: seen, filled, moved and emptied on a real server."""

import urllib.error
from dataclasses import replace
from datetime import datetime

import pytest

from secretariat.local.outside import caldav
from secretariat.local.outside.client import Outside
from secretariat.local.outside.configuration import read
from tests.calendar_app.servers import ClientsCalendar

from .conftest import Process, configuration
from .test_pages import page


@pytest.fixture(scope="module")
def hers():
    return ClientsCalendar("radicale")


@pytest.fixture
def world(office, hers, tmp_path):
    own = {"client": "Okafor Legal", "url": hers.url, "username": hers.username, "password": hers.password}
    given = configuration(office.url) | {"calendars": [own | {"zone": "Africa/Lagos"}]}
    with Process(given, tmp_path) as running:
        yield Outside(running.ready["outside_url"])


def own(hers):
    """Her calendar, as the world outside is told of it."""
    one = {"client": "Okafor", "url": hers.url, "username": hers.username, "password": hers.password}
    given = configuration("http://127.0.0.1:1") | {"calendars": [one | {"zone": "Africa/Lagos"}]}
    return read(given).calendars[0]


def test_what_she_puts_in_moves_and_takes_out_is_so_on_her_server(world, hers):
    put = {"calendar": "0", "title": "Lunch with Ade", "starts": "2026-03-04T12:30", "minutes": "60"}
    shown = page(world, "/calendar/entries/", **put)
    assert "Lunch with Ade" in shown.html
    assert "12:30" in shown.html
    [entry] = caldav.standing(own(hers), datetime.fromisoformat("2026-03-02T12:33:00+00:00"))
    assert "DTSTART:20260304T113000Z" in hers.shows(entry.address)  # half past twelve in Lagos

    moved = put | {"entry": entry.address, "starts": "2026-03-05T09:00", "minutes": "30", "title": ""}
    shown = page(world, "/calendar/entries/", **moved)
    assert "Lunch with Ade" in shown.html
    raw = hers.shows(entry.address)
    assert "DTSTART:20260305T080000Z" in raw
    assert raw.count("DTSTART") == 1

    shown = page(world, "/calendar/entries/delete/", calendar="0", entry=entry.address)
    assert "Nothing stands there." in shown.html
    assert hers.shows(entry.address) == ""


def test_what_is_not_hers_is_left_alone(world, hers):
    other = ClientsCalendar("radicale")
    address = other.puts("theirs", "DTSTART:20260304T090000Z", "DTEND:20260304T100000Z")
    shown = page(world, "/calendar/entries/delete/", calendar="0", entry=address)
    assert "It has changed there, or is gone." in shown.html
    assert "BEGIN:VEVENT" in other.shows(address)
    with pytest.raises(urllib.error.HTTPError):
        page(world, "/calendar/entries/delete/", calendar="7", entry=address)


def test_a_server_that_is_away_is_said(hers):
    away = replace(own(hers), url="http://127.0.0.1:9/sec/work/")
    with pytest.raises(OSError):
        caldav.standing(away, datetime.fromisoformat("2026-03-02T12:33:00+00:00"))
