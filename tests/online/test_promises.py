"""What is promised of a calendar elsewhere, kept by Google's and by Microsoft's alike."""

import dataclasses
from datetime import timedelta

import pytest

from calendar_app.elsewhere import (
    Invited,
    Missing,
    Refused,
    Stale,
    Throttled,
    TokenSpent,
    Trouble,
    Unreachable,
    Written,
)
from secretariat.local.online.wire import Reply

from .owners import OWNER, at, day, entry

TEN, HALF_PAST = at("2027-03-10 10:00"), at("2027-03-10 10:30")


def test_calendars_are_listed_hers_first(there):
    there.service.accounts[OWNER].insert(0, type(there.kept)("other", "Holidays"))
    there.service.accounts[OWNER].reverse()
    found = there.ours.calendars()
    assert found[0].remote_id == there.calendar_id
    assert not found[0].read_only
    assert found[0].server_invites


def test_the_first_round_tells_everything_and_the_next_what_changed(there):
    kept = there.puts("Dentist", TEN, HALF_PAST)
    other = there.puts("Lunch", TEN + timedelta(hours=2), TEN + timedelta(hours=3))
    changed, gone, last = there.read_all()
    assert set(changed) == {kept, other}
    assert (gone, last.is_everything) == ([], True)
    there.edits(kept, "Dentist, moved")
    changed, gone, last = there.read_all(last.token)
    assert set(changed) == {kept}
    assert there.one(changed[kept]).summary == "Dentist, moved"
    assert not last.is_everything
    assert there.read_all(last.token)[:2] == ({}, [])


def test_what_was_deleted_is_gone(there):
    kept, other = there.puts("Dentist", TEN, HALF_PAST), there.puts("Lunch", TEN, HALF_PAST)
    token = there.read_all()[2].token
    there.deletes(kept)
    changed, gone, last = there.read_all(token)
    # Said outright, or by everything being told again without it.
    assert kept in gone or (last.is_everything and set(changed) == {other})


def test_a_round_of_many_pages_loses_nothing(there):
    there.service.most = 2
    put = {
        there.puts(f"Meeting {n}", TEN + timedelta(hours=n), HALF_PAST + timedelta(hours=n)) for n in range(7)
    }
    changed, _gone, last = there.read_all()
    assert set(changed) == put
    assert last.token
    there.edits(sorted(put)[0], "Changed")
    assert set(there.read_all(last.token)[0]) == {sorted(put)[0]}


def test_a_token_they_have_forgotten_means_reading_everything(there):
    there.puts("Dentist", TEN, HALF_PAST)
    token = there.read_all()[2].token
    there.service.forget_tokens(there.kept)
    with pytest.raises(TokenSpent):
        there.read_all(token)
    there.kept.oldest = 0
    assert len(there.read_all("")[0]) == 1


def test_a_series_keeps_its_hour_when_the_clocks_change(there):
    series = there.weekly("Board", at("2027-03-15 09:30"), at("2027-03-15 10:30"), count=4)
    changed = there.read_all()[0]
    assert [when for when, _ in there.times(changed[series])] == [
        "2027-03-15 09:30",
        "2027-03-22 09:30",
        "2027-03-29 08:30",  # summer time: 09:30 in London
        "2027-04-05 08:30",
    ]


def test_a_series_comes_whole_with_what_was_moved_and_what_fell_out(there):
    series = there.weekly("Board", at("2027-03-08 09:30"), at("2027-03-08 10:30"), count=4)
    token = there.read_all()[2].token
    there.moves_one(series, 1, at("2027-03-16 14:00"), at("2027-03-16 15:00"))
    changed, _, last = there.read_all(token)
    assert [when for when, _ in there.times(changed[series])][1] == "2027-03-16 14:00"
    there.drops_one(series, 2)
    changed, _, last = there.read_all(last.token)
    assert [when for when, _ in there.times(changed[series])] == [
        "2027-03-08 09:30",
        "2027-03-16 14:00",
        "2027-03-29 08:30",
    ]
    assert there.times(changed[series]) == there.times(there.read_all()[0][series])
    assert there.times(changed[series]) == there.times(there.ours.get(there.calendar_id, series))


def test_a_series_that_is_deleted_is_gone_with_its_exceptions(there):
    series = there.weekly("Board", at("2027-03-08 09:30"), at("2027-03-08 10:30"), count=4)
    there.moves_one(series, 1, at("2027-03-16 14:00"), at("2027-03-16 15:00"))
    token = there.read_all()[2].token
    there.deletes(series)
    changed, gone, last = there.read_all(token)
    assert changed == {}
    assert series in gone or last.is_everything


def test_what_is_taken_is_asked_at_once_and_a_day_is_a_day(there):
    there.puts("Dentist", TEN, HALF_PAST)
    there.puts("Fair", day("2027-03-11"), day("2027-03-13"))
    there.weekly("Board", at("2027-03-01 15:00"), at("2027-03-01 16:00"), count=20)
    taken = there.ours.taken(there.calendar_id, at("2027-03-08 00:00"), at("2027-03-15 00:00"))
    assert sorted((str(each.starts), str(each.ends)) for each in taken) == [
        ("2027-03-08 15:00:00+00:00", "2027-03-08 16:00:00+00:00"),
        ("2027-03-10 10:00:00+00:00", "2027-03-10 10:30:00+00:00"),
        ("2027-03-11", "2027-03-13"),
    ]


def test_a_whole_day_has_no_hour(there):
    kept = there.puts("Fair", day("2027-04-01"), day("2027-04-03"))
    event = there.one(there.read_all()[0][kept])
    assert (event.starts, event.days) == (day("2027-04-01"), 2)


def test_a_meeting_is_written_once_however_often_it_is_tried(there):
    first = there.ours.create(there.calendar_id, entry())
    assert there.ours.create(there.calendar_id, entry()) == first
    assert there.standing() == ["Ms Okafor"]


def test_another_write_of_the_same_meeting_does_not_make_a_second(there):
    """The first one's answer got lost, and a newer one overtook it."""
    first = there.ours.create(there.calendar_id, entry())
    newer = entry("Ms Okafor, moved", "2027-03-11 10:00", "2027-03-11 10:30", key="write m1 v2")
    with pytest.raises(Stale):
        there.ours.create(there.calendar_id, newer)
    assert "write m1" in there.ours.find(there.calendar_id, "m1@desk.example").raw
    written = there.ours.update(there.calendar_id, first.remote_id, first.etag, newer)
    assert "write m1 v2" in there.ours.get(there.calendar_id, written.remote_id).raw
    assert there.ours.create(there.calendar_id, newer) == written
    assert there.standing() == ["Ms Okafor, moved"]


def test_what_was_deleted_there_can_be_written_again(there):
    written = there.ours.create(there.calendar_id, entry())
    there.deletes(written.remote_id)
    there.ours.create(there.calendar_id, entry(key="write m1 again"))
    assert there.standing() == ["Ms Okafor"]


def test_whose_calendar_it_is(there):
    assert there.ours.owner() == OWNER


def test_a_meeting_whose_answer_was_lost_is_found_by_its_uid(there):
    assert there.ours.find(there.calendar_id, "m1@desk.example") is None
    there.service.faults.coming = [None] * there.looks + ["lost"]
    with pytest.raises(Unreachable):
        there.ours.create(there.calendar_id, entry())
    found = there.ours.find(there.calendar_id, "m1@desk.example")
    assert there.one(found).uid == "m1@desk.example"
    assert there.ours.create(there.calendar_id, entry()) == Written(found.remote_id, found.etag)
    assert len(there.standing()) == 1


def test_what_was_written_reads_the_same(there):
    meant = entry(description="Bring the lease", where="12 Harbour Street", private=True)
    written = there.ours.create(there.calendar_id, meant)
    event = there.one(there.ours.get(there.calendar_id, written.remote_id))
    assert (event.summary, event.where, event.private, event.busy) == (
        "Ms Okafor",
        "12 Harbour Street",
        True,
        "busy",
    )
    assert "Bring the lease" in event.description
    assert there.times(there.ours.get(there.calendar_id, written.remote_id)) == [("2027-03-10 10:00", "busy")]


def test_what_changed_there_meanwhile_is_not_overwritten(there):
    written = there.ours.create(there.calendar_id, entry())
    there.edits(written.remote_id, "The client’s own words")
    with pytest.raises(Stale):
        there.ours.update(there.calendar_id, written.remote_id, written.etag, entry("Ours"))
    with pytest.raises(Stale):
        there.ours.delete(there.calendar_id, written.remote_id, written.etag)
    assert there.standing() == ["The client’s own words"]


def test_a_change_between_our_look_and_our_write_is_noticed_too(there, monkeypatch):
    written = there.ours.create(there.calendar_id, entry())
    asked = there.ours.web.ask

    def meanwhile(method, url, **told):
        if method in ("PUT", "PATCH", "DELETE"):
            monkeypatch.setattr(there.ours.web, "ask", asked)
            there.edits(written.remote_id, "The client’s own words")
        return asked(method, url, **told)

    monkeypatch.setattr(there.ours.web, "ask", meanwhile)
    with pytest.raises(Stale):
        there.ours.update(there.calendar_id, written.remote_id, written.etag, entry("Ours"))
    assert there.standing() == ["The client’s own words"]


def test_an_update_gives_the_new_version(there):
    written = there.ours.create(there.calendar_id, entry())
    again = there.ours.update(there.calendar_id, written.remote_id, written.etag, entry("Moved", sequence=1))
    assert again.remote_id == written.remote_id
    assert again.etag != written.etag
    there.ours.delete(there.calendar_id, again.remote_id, again.etag)
    assert there.standing() == []
    with pytest.raises(Missing):
        there.ours.get(there.calendar_id, written.remote_id)
    with pytest.raises(Missing):
        there.ours.update(there.calendar_id, written.remote_id, again.etag, entry())


def test_guests_hear_of_it_only_where_they_may(there):
    quiet = entry(guests=(Invited("okafor@shipping.example", "Ms Okafor"),))
    written = there.ours.create(there.calendar_id, quiet)
    assert there.service.mails == []
    aloud = dataclasses.replace(quiet, tells_guests=True)
    there.ours.update(there.calendar_id, written.remote_id, written.etag, aloud)
    assert [address for address, _why in there.service.mails] == ["okafor@shipping.example"]


def test_a_series_of_ours_and_one_time_of_it_moved(there):
    series = there.ours.create(there.calendar_id, entry(rule="FREQ=WEEKLY;COUNT=3"))
    one = entry(
        starts="2027-03-18 12:00", ends="2027-03-18 12:30", instance_at=at("2027-03-17 10:00"), sequence=1
    )
    etag = there.ours.get(there.calendar_id, series.remote_id).etag
    there.ours.update(there.calendar_id, series.remote_id, etag, one)
    whole = there.ours.get(there.calendar_id, series.remote_id)
    assert [when for when, _ in there.times(whole)] == [
        "2027-03-10 10:00",
        "2027-03-18 12:00",
        "2027-03-24 10:00",
    ]


@pytest.mark.parametrize("asked", ["calendars", "taken", "create", "changes"])
def test_asked_for_patience_we_say_for_how_long(there, asked):
    status, told = there.throttled
    there.service.faults.coming = [Reply(status, told, {"Retry-After": "42"})]
    does = {
        "calendars": there.ours.calendars,
        "taken": lambda: there.ours.taken(there.calendar_id, TEN, HALF_PAST),
        "create": lambda: there.ours.create(there.calendar_id, entry()),
        "changes": there.read_all,
    }
    with pytest.raises(Throttled) as patience:
        does[asked]()
    assert patience.value.seconds == 42


def test_a_busy_service_is_no_refusal(there):
    there.service.faults.coming = [Reply(503, None, {"Retry-After": "7"}), Reply(500), "away"]
    with pytest.raises(Throttled):
        there.ours.calendars()
    for _ in range(2):
        with pytest.raises(Unreachable):
            there.ours.calendars()
    assert there.ours.calendars()


def test_a_token_that_is_refused_is_renewed_once(there):
    there.service.faults.coming = [Reply(401, {})]
    assert there.ours.calendars()
    assert there.refused == ["access"]
    there.service.consent.take_back(OWNER)
    with pytest.raises(Refused):
        there.ours.calendars()


def test_our_token_goes_to_nobody_else(there):
    with pytest.raises(Trouble):
        there.ours.web.ask("GET", "https://elsewhere.example/calendar")
    with pytest.raises(Trouble):
        there.ours.web.ask("GET", there.ours.web.base + ".elsewhere.example/calendar")
    assert there.service.faults.asked == []
