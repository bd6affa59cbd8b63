"""A calendar that somebody publishes as a file: read as often as it changes, and never written to."""

import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.urls import reverse

from calendar_app import syncing
from calendar_app.models import Calendar, Connection, Occurrence, RemoteEvent
from secretariat import clock


class Publisher(ThreadingHTTPServer):
    """One file, told as web servers tell files: with marks, by which who has it is not told it again."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Telling)
        self.entries: dict[str, str] = {}
        self.instead: tuple[int, dict] | None = None
        self.marks = True
        self.told: list[int] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/private-5f2a/basic.ics"

    def publishes(self, uid: str, *lines: str) -> None:
        self.entries[uid] = "\r\n".join(["BEGIN:VEVENT", f"UID:{uid}", *lines, "END:VEVENT"])

    @property
    def text(self) -> str:
        head = ["BEGIN:VCALENDAR", "VERSION:2.0", "X-WR-CALNAME:Court days"]
        return "\r\n".join([*head, *self.entries.values(), "END:VCALENDAR", ""])


class _Telling(BaseHTTPRequestHandler):
    def do_GET(self):
        server = self.server
        body, status, headers = server.text.encode(), 200, {}
        if server.marks:
            headers["ETag"] = f'"{hash(server.text)}"'
        if server.marks and self.headers["If-None-Match"] == headers["ETag"]:
            body, status = b"", 304
        if server.instead:
            (status, headers), body = server.instead, b""
        server.told.append(status)
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_words):
        pass


@pytest.fixture
def court():
    publisher = Publisher()
    thread = threading.Thread(target=publisher.serve_forever, daemon=True)
    thread.start()
    yield publisher
    publisher.shutdown()
    publisher.server_close()
    thread.join()


@pytest.fixture
def portal(office):
    office.clock_says("2027-03-08 08:00")
    return office.browser(office.client("Okafor").owner)


@pytest.fixture
def connected(office, portal, court):
    """Connected in the portal, chosen, and read once."""
    court.publishes("a", "DTSTART:20270310T090000Z", "DURATION:PT1H", "SUMMARY:Hearing")
    court.publishes("b", "DTSTART;VALUE=DATE:20270312", "SUMMARY:Recess")
    answer = portal.post(reverse("calendars-feed"), {"url": court.url})
    assert answer.status_code == 303
    [calendar] = Calendar.objects.filter(connection=Connection.objects.get())
    portal.post(answer["Location"], {"busy": [str(calendar.pk)], "written_to": ""})
    office.settle()
    return calendar


def looked() -> Connection:
    found = Connection.objects.get()
    syncing.look(found, at=clock.now())
    found.refresh_from_db()
    return found


def titles() -> list[str]:
    return list(Occurrence.objects.order_by("during").values_list("summary", flat=True))


def test_it_is_connected_by_its_address_which_is_a_secret(portal, court, connected):
    assert (connected.name, connected.read_only, connected.is_written_to) == ("Court days", True, False)
    assert titles() == ["Hearing", "Recess"]
    connection = Connection.objects.get()
    assert "5f2a" not in connection.url
    assert b"5f2a" not in bytes(connection.sealed_secret)
    assert "Court days" in portal.get(reverse("calendars")).content.decode()


@pytest.mark.parametrize("marks", [True, False], ids=["with marks", "without"])
def test_what_did_not_change_is_not_read_again(court, connected, marks):
    court.marks = marks
    looked()
    seen = list(RemoteEvent.objects.order_by("uid").values_list("seen_at", "etag"))
    looked()
    assert list(RemoteEvent.objects.order_by("uid").values_list("seen_at", "etag")) == seen
    assert court.told[-1] == (304 if marks else 200)


def test_what_changed_came_and_went_is_followed(court, connected):
    kept = RemoteEvent.objects.get(uid="b").pk
    court.publishes("a", "DTSTART:20270310T140000Z", "DURATION:PT1H", "SUMMARY:Hearing, later")
    court.publishes("c", "DTSTART:20270311T090000Z", "RRULE:FREQ=WEEKLY;COUNT=2", "SUMMARY:Roll")
    looked()
    assert titles() == ["Hearing, later", "Roll", "Recess", "Roll"]
    assert RemoteEvent.objects.get(uid="b").pk == kept
    del court.entries["c"]
    looked()
    assert titles() == ["Hearing, later", "Recess"]


def test_one_that_cannot_be_read_takes_no_other_with_it(court, connected):
    court.publishes("d", "DTSTART;TZID=Somewhere:20270310T090000", "SUMMARY:Where")
    looked()
    assert titles() == ["Hearing", "Recess"]
    assert RemoteEvent.objects.get(uid="d").state == "unreadable"


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_an_address_that_was_taken_back_is_the_clients_to_renew(office, portal, court, connected, status):
    court.instead = (status, {})
    found = looked()
    assert found.state == "refused"
    assert titles() == ["Hearing", "Recess"]  # what is known counts until it is known better
    page = portal.get(reverse("calendars")).content.decode()
    assert reverse("calendars-feed-again", args=[found.pk]) in page
    court.instead = None
    assert (
        portal.post(reverse("calendars-feed-again", args=[found.pk]), {"url": court.url}).status_code == 303
    )
    office.settle()
    found.refresh_from_db()
    assert found.state == "working"


def test_asked_to_wait_we_wait(court, connected):
    court.instead = (429, {"Retry-After": "7200"})
    assert looked().due_at >= clock.now() + timedelta(hours=2)


def test_an_empty_answer_in_place_of_a_calendar_forgets_nothing(court, connected):
    court.instead = (200, {"Content-Type": "text/html"})
    assert looked().trouble
    assert titles() == ["Hearing", "Recess"]


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("https://localhost/basic.ics", "inside a private network"),
        ("file:///etc/passwd", "not the address of a calendar"),
        ("", "This field is required"),
    ],
)
def test_what_is_no_published_calendar_is_said_where_it_was_typed(portal, url, words):
    answer = portal.post(reverse("calendars-feed"), {"url": url})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Connection.objects.exists()
