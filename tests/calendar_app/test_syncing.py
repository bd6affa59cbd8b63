"""Looks at a client's calendar whose server behaves as the test says."""

from datetime import UTC, datetime, timedelta

import pytest

from calendar_app import (
    connecting,
    icalendar,
    looking,
    opening,
    reading_in,
    syncing,
)
from calendar_app.elsewhere import Fetched, Page, Throttled, TokenSpent, Unreachable
from calendar_app.models import Calendar, Connection, Diary, Occurrence, RemoteEvent
from clients.models import WorkItem
from secretariat import clock
from secretariat.outbox.models import Effect

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def room(office):
    office.clock_says("2027-03-08 08:00")
    return office


@pytest.fixture
def diary(room):
    client = room.client("Okafor")
    return Diary.objects.create(client=client.row, notice_minutes=0, travel_minutes=0)


class Played:
    """An adapter that the test holds in its hand."""

    def __init__(self):
        self.rounds = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def read(self, raw, *, zone, told):
        return icalendar.read(raw, zone=zone, told=told)

    def changes(self, calendar_id, token):
        told = self.rounds.pop(0)
        if isinstance(told, Exception):
            raise told
        for page in told:
            if isinstance(page, Exception):
                raise page
            yield page


def entry(uid, day=10, zone="", etag="1"):
    starts = f"DTSTART{zone and f';TZID={zone}'}:202703{day}T090000{'' if zone else 'Z'}"
    lines = [
        "BEGIN:VCALENDAR",
        "BEGIN:VEVENT",
        f"UID:{uid}",
        starts,
        "DURATION:PT1H",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return Fetched(f"{uid}.ics", etag, "\r\n".join(lines))


@pytest.fixture
def played(diary, monkeypatch):
    made = Played()
    connection = Connection.objects.create(
        client=diary.client, diary=diary, kind="caldav", url="https://x.example/"
    )
    made.connection = connection
    made.calendar = Calendar.objects.create(
        client=diary.client, diary=diary, connection=connection, remote_id="work", name="Work"
    )
    monkeypatch.setattr(opening, "CalDav", lambda *_, **__: made)
    return made


def look(played, at=None, **facts):
    played.connection.refresh_from_db()
    return syncing.look(played.connection, at=at or clock.now(), **facts)


def uids():
    return sorted(RemoteEvent.objects.values_list("uid", flat=True))


def test_what_the_server_no_longer_remembers_is_read_anew_and_nothing_is_lost(played):
    played.rounds = [[Page([entry("a"), entry("b")]), Page(token="t1", is_everything=True)]]
    look(played)
    assert uids() == ["a", "b"]
    played.rounds = [TokenSpent("410"), [Page([entry("c")], is_everything=True), Unreachable("no_answer")]]
    look(played)
    assert uids() == ["a", "b", "c"]  # not all was told: nothing is forgotten
    played.rounds = [
        [Page([entry("c")], same=["a.ics"], is_everything=True), Page(token="t2", is_everything=True)]
    ]
    look(played)
    assert uids() == ["a", "c"]
    played.calendar.refresh_from_db()
    assert played.calendar.sync_token == "t2"


def test_a_look_that_takes_too_long_goes_on_where_it_was(played):
    pages = [Page([entry("a")], is_everything=True), Page([entry("b")], is_everything=True)]
    played.rounds = [pages]
    found = look(played, goes_on=lambda: False)
    assert not found.is_over
    assert uids() == ["a"]
    played.connection.refresh_from_db()
    assert played.connection.due_at <= clock.now() + timedelta(seconds=1)
    played.rounds = [
        [Page(same=["a.ics"], is_everything=True), *pages[1:], Page(token="t", is_everything=True)]
    ]
    assert look(played).is_over
    assert uids() == ["a", "b"]


def test_a_server_that_asks_us_to_wait_is_left_alone_so_long(played):
    played.rounds = [Throttled(300)]
    look(played)
    played.connection.refresh_from_db()
    assert played.connection.due_at == clock.now() + timedelta(seconds=300)
    assert (played.connection.state, played.connection.trouble) == ("new", "")


def test_a_server_that_is_away_is_tried_less_and_less_and_told_of_after_hours(played):
    waits, at = [], clock.now()
    while not WorkItem.objects.exists() and len(waits) < 12:
        played.rounds = [Unreachable("no_connection")]
        look(played, at=at)
        played.connection.refresh_from_db()
        waits.append((played.connection.due_at - at).total_seconds())
        at = played.connection.due_at
    assert waits[0] == 120
    assert waits == sorted(waits)
    assert waits[-1] <= 3600
    item = WorkItem.objects.get()
    assert item.because.startswith("The calendar’s server has not answered for hours. Ask Okafor")
    assert played.connection.state == "troubled"


def test_a_zone_somebody_explains_is_known_from_then_on(played, diary):
    played.rounds = [[Page([entry("a", zone="Somewhere"), entry("b")]), Page(token="t", is_everything=True)]]
    look(played)
    waiting = RemoteEvent.objects.get(uid="a")
    assert waiting.unknown_zone == "Somewhere"
    assert waiting.because.startswith("It names a time zone that nobody here knows: Somewhere.")
    owner = diary.client.contacts.get(standing="owner").user
    again = connecting.say_what_a_zone_means(
        played.calendar, "Somewhere", "America/New_York", by=owner, at=clock.now()
    )
    assert again == 1
    assert Occurrence.objects.get(event__uid="a").during.lower == datetime(2027, 3, 10, 14, tzinfo=UTC)
    played.calendar.refresh_from_db()
    played.rounds = [[Page([entry("c", 11, zone="Somewhere")], token="t2")]]
    look(played)
    assert RemoteEvent.objects.get(uid="c").state == "read"


def test_as_days_go_by_what_repeats_is_worked_out_further(played, room):
    weekly = Fetched(
        "w.ics", "1", entry("w").raw.replace("DURATION:PT1H", "DURATION:PT1H\r\nRRULE:FREQ=WEEKLY")
    )
    played.rounds = [[Page([weekly, entry("once")]), Page(token="t", is_everything=True)]]
    look(played)
    last = Occurrence.objects.order_by("-during").first().during.lower
    room.clock_says("2027-09-08 08:00")
    assert syncing.look_further_ahead(at=clock.now()) == 1
    assert Occurrence.objects.order_by("-during").first().during.lower > last + 150 * DAY
    assert syncing.look_further_ahead(at=clock.now()) == 0


def test_a_look_is_asked_for_once_however_many_ask(played):
    at = clock.now()
    stale = Connection.objects.get(pk=played.connection.pk)
    assert looking.ask_for(played.connection, at=at)
    assert not looking.ask_for(stale, at=at)
    assert Effect.objects.filter(kind=looking.LOOK).count() == 1


def test_nothing_anybody_writes_stops_a_look(played, monkeypatch):
    def upset(raw, **_):
        raise RecursionError

    monkeypatch.setattr(played, "read", upset)
    played.rounds = [[Page([entry("a")]), Page(token="t", is_everything=True)]]
    assert look(played).is_over
    assert RemoteEvent.objects.get().because == "It cannot be read."


def test_every_reason_has_its_words():
    codes = [
        "unknown_zone",
        "too_fast",
        "too_often",
        "not_a_rule",
        "no_time",
        "no_start",
        "no_length",
        "ends_before",
        "cut_off",
    ]
    assert len({reading_in.why(code, "X") for code in (*codes, "no_event", "too_large", "else")}) == 12
