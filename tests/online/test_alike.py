"""One table of promises for every calendar that is written to: Google, Microsoft, two CalDAV servers."""

import dataclasses
import uuid
from datetime import UTC, timedelta

import pytest

from calendar_app import expansion
from calendar_app.elsewhere import Missing, Stale
from calendar_app.elsewhere.caldav import CalDav
from tests.calendar_app.servers import ClientsCalendar

from .owners import LONDON, OWNER, at, entry

TEN, HALF_PAST = at("2027-03-10 10:00"), at("2027-03-10 10:30")


class AtServer:
    """A client's calendar on a CalDAV server, with what its owner does there."""

    def __init__(self, kind):
        self.hers = ClientsCalendar(kind)
        self.ours = CalDav(self.hers.server.url, self.hers.username, self.hers.password)
        self.ours.zone = LONDON
        self.calendar_id = self.hers.url

    def read_all(self, token=""):
        changed, gone, last = {}, [], None
        for last in self.ours.changes(self.calendar_id, token):
            changed |= {each.remote_id: each for each in last.changed}
            gone += last.gone
        return changed, gone, last

    def times(self, fetched):
        events = self.ours.read(fetched.raw, zone=LONDON, told={})
        found = expansion.expand(events, at("2027-03-01 09:00"), at("2028-01-01 00:00"), zone=LONDON)
        return [(f"{each.starts.astimezone(UTC):%Y-%m-%d %H:%M}", each.busy) for each in found.happenings]

    def one(self, fetched):
        return self.ours.read(fetched.raw, zone=LONDON, told={})[0]

    def puts(self, summary, starts, ends, *more):
        uid = uuid.uuid4().hex
        lines = [f"SUMMARY:{summary}", f"DTSTART:{starts:%Y%m%dT%H%M%SZ}", f"DTEND:{ends:%Y%m%dT%H%M%SZ}"]
        return self.hers.puts(uid, *lines, *more)

    def weekly(self, summary, starts, ends, *, count):
        uid = uuid.uuid4().hex
        here, there = starts.astimezone(LONDON), ends.astimezone(LONDON)
        lines = [f"SUMMARY:{summary}", f"DTSTART;TZID=Europe/London:{here:%Y%m%dT%H%M%S}"]
        lines += [f"DTEND;TZID=Europe/London:{there:%Y%m%dT%H%M%S}", f"RRULE:FREQ=WEEKLY;COUNT={count}"]
        return self.hers.puts(uid, *lines)

    def edits(self, remote_id, summary):
        raw = self.hers.shows(remote_id)
        said = "SUMMARY:" + summary.replace(",", "\\,")  # Radicale takes what follows a bare comma away
        lines = [said if each.startswith("SUMMARY:") else each for each in raw.splitlines()]
        assert self.hers.server.ask("sec", "PUT", remote_id, "\r\n".join(lines) + "\r\n")[0] in (201, 204)

    def deletes(self, remote_id):
        self.hers.deletes(remote_id)

    def standing(self):
        return sorted(self.one(each).summary for each in self.read_all()[0].values())

    def invited(self, summary):
        people = ("ORGANIZER:mailto:bank@harbour.example", f"ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:{OWNER}")
        return self.puts(summary, TEN, HALF_PAST, *people)

    def answer_of(self, remote_id):
        raw = self.hers.shows(remote_id).replace("\r\n ", "")
        return next(each for each in raw.splitlines() if each.startswith("ATTENDEE")).partition("PARTSTAT=")[
            2
        ]


@pytest.fixture(params=["google", "microsoft", "radicale", "xandikos"])
def there(request):
    if request.param in ("google", "microsoft"):
        return request.getfixturevalue(request.param)
    return AtServer(request.param)


def test_written_once_however_often_it_is_tried(there):
    first = there.ours.create(there.calendar_id, entry())
    again = there.ours.create(there.calendar_id, entry())
    assert again.remote_id == first.remote_id
    assert there.standing() == ["Ms Okafor"]
    assert there.ours.find(there.calendar_id, "m1@desk.example").remote_id == first.remote_id
    assert there.ours.find(there.calendar_id, "m2@desk.example") is None
    with pytest.raises(Stale):
        there.ours.create(there.calendar_id, entry("Another", key="write m1 v2"))


def test_read_as_it_was_written(there):
    meant = entry(description="Bring the lease", where="12 Harbour Street", private=True)
    written = there.ours.create(there.calendar_id, meant)
    fetched = there.ours.get(there.calendar_id, written.remote_id)
    event = there.one(fetched)
    assert (event.summary, event.where, event.private) == ("Ms Okafor", "12 Harbour Street", True)
    assert event.uid == "m1@desk.example"
    assert there.times(fetched) == [("2027-03-10 10:00", "busy")]


def test_never_over_what_changed_there(there):
    written = there.ours.create(there.calendar_id, entry())
    there.edits(written.remote_id, "Her own words")
    with pytest.raises(Stale):
        there.ours.update(there.calendar_id, written.remote_id, written.etag, entry("Ours", key="k2"))
    with pytest.raises(Stale):
        there.ours.delete(there.calendar_id, written.remote_id, written.etag)
    assert there.standing() == ["Her own words"]


def test_moved_taken_out_and_written_anew(there):
    written = there.ours.create(there.calendar_id, entry())
    later = entry("Moved", "2027-03-11 12:00", "2027-03-11 12:30", sequence=1, key="k2")
    moved = there.ours.update(there.calendar_id, written.remote_id, written.etag, later)
    assert moved.etag != written.etag
    assert there.times(there.ours.get(there.calendar_id, moved.remote_id)) == [("2027-03-11 12:00", "busy")]
    there.ours.delete(there.calendar_id, moved.remote_id, moved.etag)
    assert there.standing() == []
    for act in (
        lambda: there.ours.get(there.calendar_id, moved.remote_id),
        lambda: there.ours.update(there.calendar_id, moved.remote_id, moved.etag, entry(key="k3")),
    ):
        with pytest.raises(Missing):
            act()
    there.ours.create(there.calendar_id, entry(key="k4"))
    assert there.standing() == ["Ms Okafor"]


def test_everything_and_then_only_what_changed(there):
    kept = there.puts("Dentist", TEN, HALF_PAST)
    other = there.puts("Lunch", TEN + timedelta(hours=2), TEN + timedelta(hours=3))
    changed, gone, last = there.read_all()
    assert (set(changed), gone, last.is_everything) == ({kept, other}, [], True)
    assert there.read_all(last.token)[:2] == ({}, [])
    there.edits(kept, "Dentist, moved")
    changed, _gone, last = there.read_all(last.token)
    assert set(changed) == {kept}
    there.deletes(other)
    changed, gone, last = there.read_all(last.token)
    assert other in gone or (last.is_everything and set(changed) == {kept})


def test_taken_now_by_the_names_that_changes_have(there):
    kept = there.puts("Dentist", TEN, HALF_PAST)
    series = there.weekly("Board", at("2027-03-22 09:30"), at("2027-03-22 10:30"), count=3)
    begins, ends = at("2027-03-10 00:00"), at("2027-03-31 00:00")
    taken = there.ours.taken(there.calendar_id, begins, ends)
    assert sorted((each.starts.astimezone(UTC), each.remote_id) for each in taken) == [
        (TEN, kept),
        (at("2027-03-22 09:30"), series),
        (at("2027-03-29 08:30"), series),  # summer time
    ]
    assert {kept, series} == set(there.read_all()[0])


def test_a_key_of_ours_stays_with_what_it_wrote(there):
    written = there.ours.create(there.calendar_id, entry(key="calendar.write:1:0:put:x"))
    raw = there.ours.get(there.calendar_id, written.remote_id).raw
    assert "calendar.write:1:0:put:x" in raw.replace("\r\n ", "").replace("\n ", "")


def test_she_answers_an_invitation(there):
    asked = there.invited("The loan")
    there.ours.answer(there.calendar_id, asked, OWNER, "accepted", "With pleasure")
    assert there.answer_of(asked).upper().startswith("ACCEPTED")
    own = there.puts("Dentist", TEN, HALF_PAST)
    with pytest.raises(Missing):
        there.ours.answer(there.calendar_id, own, OWNER, "accepted", "")


def test_a_series_of_ours_is_a_series_there(there):
    meant = dataclasses.replace(entry(), rule="FREQ=WEEKLY;COUNT=2")
    written = there.ours.create(there.calendar_id, meant)
    assert len(there.times(there.ours.get(there.calendar_id, written.remote_id))) == 2
