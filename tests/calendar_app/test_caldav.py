"""What every CalDAV server must let us do, against two real ones."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from calendar_app import composing
from calendar_app.elsewhere import Entry, Missing, Refused, Stale, TokenSpent
from calendar_app.elsewhere.caldav import CalDav

from .servers import KINDS, ClientsCalendar

AT = datetime(2027, 3, 10, 9, tzinfo=UTC)
ENTRY = Entry(
    uid="one@secretariat",
    sequence=0,
    summary="Harlow & Sons, über “alles”",
    starts=AT,
    ends=AT + timedelta(hours=1),
    zone="Europe/London",
    key="calendar.write:1",
    where="Long Lane 1, London",
    description="Bring the papers;\nand a pen, " + "and more " * 30,
    stamp=AT,
)


@pytest.fixture(params=KINDS)
def hers(request):
    return ClientsCalendar(request.param)


@pytest.fixture
def there(hers):
    with CalDav(hers.server.url, hers.username, hers.password) as adapter:
        yield adapter


def everything(there, calendar, token=""):
    changed, gone, token_after, everything = {}, [], "", False
    for page in there.changes(calendar, token):
        changed |= {each.remote_id: each for each in page.changed}
        gone += page.gone
        token_after = page.token or token_after
        everything = everything or page.is_everything
    return changed, gone, token_after, everything


def test_calendars_are_found_from_the_servers_address_alone(hers, there):
    found = {each.remote_id: each for each in there.calendars()}
    assert hers.url in found
    assert not found[hers.url].read_only


def test_a_calendars_own_address_is_enough(hers):
    with CalDav(hers.url, hers.username, hers.password) as there:
        assert [each.remote_id for each in there.calendars()] == [hers.url]


def test_a_wrong_password_is_refused():
    hers = ClientsCalendar("radicale")
    with CalDav(hers.server.url, hers.username, "wrong") as there, pytest.raises(Refused):
        there.calendars()


def test_what_there_is_and_then_only_what_changed(hers, there):
    first = hers.puts("a", "DTSTART:20270310T090000Z", "DTEND:20270310T100000Z", "SUMMARY:A")
    hers.puts("b", "DTSTART:20270311T090000Z", "DTEND:20270311T100000Z", "SUMMARY:B")
    changed, gone, token, is_everything = everything(there, hers.url)
    assert len(changed) == 2
    assert is_everything
    assert "SUMMARY:A" in changed[first].raw
    assert changed[first].etag

    assert everything(there, hers.url, token)[:2] == ({}, [])

    hers.puts("a", "DTSTART:20270310T110000Z", "DTEND:20270310T120000Z", "SUMMARY:A2")
    third = hers.puts("c", "DTSTART:20270312T090000Z", "DTEND:20270312T100000Z")
    hers.deletes(hers.url + "b.ics")
    changed, gone, token, is_everything = everything(there, hers.url, token)
    assert set(changed) == {first, third}
    assert gone == [hers.url + "b.ics"]
    assert not is_everything


def test_what_we_have_is_not_fetched_again(hers, there):
    first = hers.puts("a", "DTSTART:20270310T090000Z", "DTEND:20270310T100000Z")
    changed, *_ = everything(there, hers.url)
    there.known = {hers.url: {first: changed[first].etag}}
    pages = list(there.changes(hers.url, ""))
    assert [page.same for page in pages if page.same] == [[first]]
    assert not any(page.changed for page in pages)


def test_a_token_that_is_no_longer_known(hers, there):
    hers.puts("a", "DTSTART:20270310T090000Z", "DTEND:20270310T100000Z")
    *_, token, _ = everything(there, hers.url)
    spoilt = token[:-6] + "000000" if not token.endswith("000000") else token[:-6] + "111111"
    with pytest.raises(TokenSpent):
        everything(there, hers.url, spoilt)


def test_a_calendar_that_is_gone(hers, there):
    hers.deletes(hers.url)
    with pytest.raises(Missing):
        everything(there, hers.url)


def test_a_meeting_is_written_once_however_often_it_is_tried(hers, there):
    written = there.create(hers.url, ENTRY)
    assert there.create(hers.url, ENTRY).remote_id == written.remote_id
    found = there.find(hers.url, ENTRY.uid)
    assert (found.remote_id, found.etag) == (written.remote_id, written.etag)
    [event] = there.read(found.raw, zone=UTC, told={})
    assert (event.summary, event.where) == (ENTRY.summary, ENTRY.where)
    assert event.starts == AT.replace(tzinfo=None)
    with pytest.raises(Stale):
        there.create(hers.url, replace(ENTRY, key="calendar.write:2"))


def test_an_entry_is_found_wherever_it_lies(hers, there):
    address = hers.puts("far@away", "DTSTART:20270310T090000Z", "DTEND:20270310T100000Z", name="elsewhere")
    assert there.find(hers.url, "far@away").remote_id == address
    assert there.find(hers.url, "nowhere@all") is None


def test_a_change_is_made_only_to_what_we_know(hers, there):
    written = there.create(hers.url, ENTRY)
    later = replace(ENTRY, sequence=1, starts=AT + timedelta(hours=2), ends=AT + timedelta(hours=3), key="k2")
    moved = there.update(hers.url, written.remote_id, written.etag, later)
    assert moved.etag != written.etag
    assert "DTSTART:20270310T110000Z" in hers.shows(moved.remote_id)
    with pytest.raises(Stale):
        there.update(hers.url, written.remote_id, written.etag, replace(later, key="k3"))
    with pytest.raises(Stale):
        there.delete(hers.url, written.remote_id, written.etag)
    assert (
        there.update(hers.url, written.remote_id, written.etag, later).etag == moved.etag
    )  # the answer got lost
    there.delete(hers.url, moved.remote_id, moved.etag)
    assert hers.shows(moved.remote_id) == ""
    with pytest.raises(Missing):
        there.get(hers.url, moved.remote_id)


def test_what_the_client_added_to_a_meeting_of_ours_stays(hers, there):
    written = there.create(hers.url, ENTRY)
    raw = hers.shows(written.remote_id)
    lines = ["X-HERS:yes", "BEGIN:VALARM", "ACTION:DISPLAY", "DESCRIPTION:Go", "TRIGGER:-PT30M", "END:VALARM"]
    alarm = "\r\n".join([*lines, "END:VEVENT"])
    hers.server.ask("sec", "PUT", written.remote_id, raw.replace("END:VEVENT", alarm))
    now = there.get(hers.url, written.remote_id)
    there.update(hers.url, written.remote_id, now.etag, replace(ENTRY, summary="New", key="k2"))
    shown = hers.shows(written.remote_id)
    assert "TRIGGER:-PT30M" in shown
    assert "X-HERS:yes" in shown
    assert "SUMMARY:New" in shown
    assert shown.count("DTSTART") == 1


def test_what_is_taken_is_worked_out_by_us(hers, there):
    """Radicale's own answer is an hour off after the clocks change (its #1621)."""
    hers.puts(
        "w",
        "DTSTART;TZID=Europe/London:20270315T093000",
        "DTEND;TZID=Europe/London:20270315T100000",
        "RRULE:FREQ=WEEKLY",
        "SUMMARY:Court",
    )
    hers.puts("f", "DTSTART:20270329T120000Z", "DTEND:20270329T130000Z", "TRANSP:TRANSPARENT")
    taken = there.taken(hers.url, datetime(2027, 3, 29, tzinfo=UTC), datetime(2027, 3, 30, tzinfo=UTC))
    assert [(each.starts, each.summary) for each in taken] == [
        (datetime(2027, 3, 29, 8, 30, tzinfo=UTC), "Court")
    ]


def test_a_server_without_tokens_is_read_by_its_ctag(hers, there, monkeypatch):
    real = CalDav._report

    def without_sync(self, url, body, *, depth, checks=True):
        if "sync-collection" in body:
            return replace(real(self, url, body, depth=depth, checks=False), status=501)
        return real(self, url, body, depth=depth, checks=checks)

    monkeypatch.setattr(CalDav, "_report", without_sync)
    first = hers.puts("a", "DTSTART:20270310T090000Z", "DTEND:20270310T100000Z")
    changed, _, token, is_everything = everything(there, hers.url)
    assert (list(changed), is_everything) == ([first], True)
    assert token.startswith("ctag:")
    assert everything(there, hers.url, token)[0] == {}
    second = hers.puts("b", "DTSTART:20270310T090000Z", "DTEND:20270310T100000Z")
    assert set(everything(there, hers.url, token)[0]) == {first, second}


def test_the_key_is_found_in_what_was_written():
    assert composing.key_in(composing.written(ENTRY)) == ENTRY.key
    assert composing.key_in("BEGIN:VEVENT\r\nEND:VEVENT") == ""
