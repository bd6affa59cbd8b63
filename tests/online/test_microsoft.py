"""Where Microsoft differs from what one would expect, each by a test of its own."""

from datetime import timedelta

import pytest

from calendar_app.elsewhere import Invited, Refused, Stale, TokenSpent, Trouble
from secretariat.local.online.microsoft import error

from .owners import NOW, OWNER, at, entry

TEN, HALF_PAST = at("2027-03-10 10:00"), at("2027-03-10 10:30")


def asked(microsoft, path=""):
    return [each for each in microsoft.service.faults.asked if path in each.path]


def delta(microsoft):
    reply = microsoft.service.ask(
        "GET",
        f"https://graph.microsoft.com/v1.0/me/calendars/{microsoft.calendar_id}/calendarView/delta"
        "?startDateTime=2027-03-01T00:00:00Z&endDateTime=2027-04-01T00:00:00Z",
        {"Authorization": "Bearer access"},
        None,
    )
    return reply.told["value"]


def test_in_a_delta_a_time_of_a_series_has_nothing_but_its_hours(microsoft):
    series = microsoft.weekly("Board", TEN, HALF_PAST, count=2)
    bare = [each for each in delta(microsoft) if each["type"] == "occurrence"]
    assert all("subject" not in each for each in bare)
    events = microsoft.reading.read(microsoft.read_all()[0][series].raw, zone=None)
    assert [each.summary for each in events] == ["Board", "Board"]


def test_a_daily_series_with_much_to_say_stays_small(microsoft):
    """Hundreds of times, each of which Graph tells with all the words of its series."""
    series = microsoft.weekly("Stand-up", TEN, HALF_PAST, count=400)
    event = microsoft.kept.events[series]
    event["recurrence"]["pattern"] = {"type": "daily", "interval": 1}
    microsoft.service.put(microsoft.kept, event | {"body": {"content": "Agenda. " * 500}})
    fetched = microsoft.ours.get(microsoft.calendar_id, series)
    assert len(microsoft.times(fetched, until="2029-01-01")) == 400
    assert len(fetched.raw) < 200_000


def test_a_delta_holds_for_its_window_and_the_window_moves_on_each_day(microsoft, clock):
    kept = microsoft.puts("Dentist", TEN, HALF_PAST)
    far = microsoft.puts("Fair", NOW + timedelta(days=550), NOW + timedelta(days=550, hours=1))
    changed, _, last = microsoft.read_all()
    assert set(changed) == {kept}
    clock.now += timedelta(hours=23)
    assert not microsoft.read_all(last.token)[2].is_everything
    clock.now += timedelta(hours=2)
    changed, _, last = microsoft.read_all(last.token)
    assert (set(changed), last.is_everything) == ({kept, far}, True)


def test_what_lies_outside_the_window_looks_removed_and_takes_nothing_with_it(microsoft):
    kept = microsoft.puts("Dentist", TEN, HALF_PAST)
    token = microsoft.read_all()[2].token
    microsoft.puts("Long ago", at("2020-01-01 10:00"), at("2020-01-01 11:00"))
    changed, gone, last = microsoft.read_all(token)
    assert (set(changed), gone, last.is_everything) == ({kept}, [], True)


def test_a_round_that_is_not_known_any_more_means_reading_everything(microsoft):
    token = microsoft.read_all()[2].token
    microsoft.service.faults.coming = [error(400, "ResyncRequired")]
    with pytest.raises(TokenSpent):
        microsoft.read_all(token)
    assert microsoft.read_all("no token of ours")[2].is_everything


def test_the_links_are_followed_as_they_are_and_only_there(microsoft):
    microsoft.puts("Dentist", TEN, HALF_PAST)
    token = microsoft.read_all()[2].token
    with pytest.raises(Trouble):
        microsoft.read_all(token.replace("graph.microsoft.com", "graph.microsoft.example"))
    microsoft.read_all(token)
    assert "startDateTime" not in asked(microsoft, "delta")[-1].query


def test_every_request_asks_for_ids_that_stay_and_for_times_in_utc(microsoft):
    microsoft.read_all()
    microsoft.ours.create(microsoft.calendar_id, entry())
    for each in asked(microsoft):
        assert 'IdType="ImmutableId"' in each.headers["prefer"]
        assert 'outlook.timezone="UTC"' in each.headers["prefer"]


def test_a_zone_goes_by_its_windows_name(microsoft):
    reply = microsoft.service.ask(
        "GET",
        "https://graph.microsoft.com/v1.0/me/calendars",
        {"Authorization": "Bearer access", "Prefer": 'outlook.timezone="Europe/London"'},
        None,
    )
    assert reply.status == 500  # as it was met: UnknownError
    microsoft.ours.create(microsoft.calendar_id, entry(zone="Europe/Lisbon"))
    assert asked(microsoft)[-1].told["start"] == {
        "dateTime": "2027-03-10T10:00:00",
        "timeZone": "GMT Standard Time",
    }


def test_a_second_attempt_with_other_words_meets_the_first(microsoft):
    written = microsoft.ours.create(microsoft.calendar_id, entry())
    assert microsoft.ours.create(microsoft.calendar_id, entry("Ms Okafor, shipping")) == written
    assert microsoft.standing() == ["Ms Okafor"]


def test_whoever_is_an_attendee_is_written_to_so_nobody_is_one_unless_told(microsoft):
    guests = (Invited("okafor@shipping.example", "Ms Okafor"),)
    microsoft.ours.create(microsoft.calendar_id, entry(guests=guests))
    assert "attendees" not in asked(microsoft)[-1].told
    assert microsoft.service.mails == []


def test_the_body_of_an_online_meeting_is_left_alone(microsoft):
    """Its link lives in there."""
    kept = microsoft.puts("Call", TEN, HALF_PAST, isOnlineMeeting=True, body={"content": "Join: https://…"})
    etag = microsoft.ours.get(microsoft.calendar_id, kept).etag
    microsoft.ours.update(microsoft.calendar_id, kept, etag, entry("Call, moved", description="Ours"))
    assert microsoft.kept.events[kept]["body"] == {"content": "Join: https://…"}


def test_a_conflict_is_told_as_412_or_by_name(microsoft):
    written = microsoft.ours.create(microsoft.calendar_id, entry())
    event = microsoft.kept.events[written.remote_id]
    for reply in (error(409, "ErrorIrresolvableConflict"), error(412, "anything")):
        shown = type(reply)(200, event)
        microsoft.service.faults.coming = [shown, reply]
        with pytest.raises(Stale):
            microsoft.ours.update(microsoft.calendar_id, written.remote_id, written.etag, entry("Ours"))


def test_a_mailbox_that_is_closed_to_us_is_a_refusal(microsoft):
    microsoft.service.faults.coming = [error(403, "ErrorAccessDenied")]
    with pytest.raises(Refused):
        microsoft.ours.calendars()


def test_a_uid_with_a_quotation_mark_is_found(microsoft):
    microsoft.ours.create(microsoft.calendar_id, entry(uid="o'hara@desk.example"))
    assert microsoft.ours.find(microsoft.calendar_id, "o'hara@desk.example")
    assert microsoft.ours.find(microsoft.calendar_id, "' or 1 eq 1") is None


def test_a_subscription_asks_first_whether_the_address_is_ours_and_can_be_renewed(microsoft):
    told = {
        "channel_id": "c1",
        "address": "https://desk.example/calendar/push/microsoft/",
        "token": "secret",
        "until": NOW + timedelta(days=6),
    }
    with pytest.raises(Trouble):
        microsoft.ours.watch(microsoft.calendar_id, **told)
    microsoft.service.reached = lambda address: "Validation: Testing client & token"
    watch = microsoft.ours.watch(microsoft.calendar_id, **told)
    assert microsoft.ours.renew(watch, until=NOW + timedelta(days=7)).ends_at == NOW + timedelta(days=7)
    with pytest.raises(Trouble):
        microsoft.ours.renew(watch, until=NOW + timedelta(days=8))
    microsoft.puts("Dentist", TEN, HALF_PAST)
    assert b'"clientState": "secret"' in microsoft.service.notices[-1].content
    microsoft.ours.unwatch(watch)
    assert microsoft.service.subscriptions == {}


def test_calendars_she_may_only_read_are_told_apart(microsoft):
    microsoft.service.accounts[OWNER].append(type(microsoft.kept)("AAMkTeam=", "Team", can_edit=False))
    assert [each.read_only for each in microsoft.ours.calendars()] == [False, True]
