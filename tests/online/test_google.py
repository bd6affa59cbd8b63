"""Where Google differs from what one would expect, each by a test of its own."""

from urllib.parse import parse_qs, urlsplit

import pytest

from calendar_app.elsewhere import Invited, Missing, Refused, Throttled, TokenSpent, Trouble
from calendar_app.elsewhere.google import id_from
from secretariat.local.online.google import Kept, error
from secretariat.local.online.wire import Reply

from .owners import OWNER, at, entry

TEN, HALF_PAST = at("2027-03-10 10:00"), at("2027-03-10 10:30")


def listed(google, **query):
    return google.service.ask(
        "GET",
        f"https://www.googleapis.com/calendar/v3/calendars/{google.calendar_id}/events?"
        + "&".join(f"{name}={value}" for name, value in query.items()),
        {"Authorization": "Bearer access"},
        None,
    )


def test_only_the_last_page_has_the_token(google):
    google.service.most = 1
    for summary in ("Dentist", "Lunch"):
        google.puts(summary, TEN, HALF_PAST)
    first = listed(google).told
    assert "nextPageToken" in first
    assert "nextSyncToken" not in first
    assert "nextSyncToken" in listed(google, pageToken=first["nextPageToken"]).told
    [page] = google.ours.changes(google.calendar_id, "")
    assert page.token
    assert len(page.changed) == 2


@pytest.mark.parametrize("name", ["timeMin", "iCalUID", "q", "orderBy", "privateExtendedProperty"])
def test_a_sync_token_goes_with_no_filter(google, name):
    token = google.read_all()[2].token
    assert listed(google, syncToken=token, **{name: "x"}).status == 400
    google.read_all(token)
    asked = [parse_qs(each.path) for each in google.service.faults.asked if "syncToken" in each.query]
    assert asked
    assert not any(name in each.query for each in google.service.faults.asked[-1:])


def test_a_token_that_makes_no_sense_means_reading_everything(google):
    with pytest.raises(TokenSpent):
        google.read_all("what is this")


def test_gone_is_about_the_token_only_where_one_was_sent(google):
    google.service.faults.coming = [error(410, "deleted")]
    with pytest.raises(Missing):
        google.ours.get(google.calendar_id, "a1")


def test_an_exception_on_another_page_than_its_series_is_put_to_it(google):
    google.service.most = 1
    series = google.weekly("Board", TEN, HALF_PAST, count=3)
    google.puts("Dentist", TEN, HALF_PAST)
    google.moves_one(series, 1, at("2027-03-18 14:00"), at("2027-03-18 15:00"))
    changed = google.read_all()[0]
    assert set(changed) == {
        series,
        *(each for each in changed if google.one(changed[each]).summary == "Dentist"),
    }
    assert google.times(changed[series])[1][0] == "2027-03-18 14:00"


def test_asked_to_one_time_of_somebodys_series_she_has_that_one(google):
    """Its master is not in her calendar, and never listed."""
    invited = google.puts(
        "Their board",
        TEN,
        HALF_PAST,
        id="theirs_20270310T100000Z",
        recurringEventId="theirs",
        originalStartTime={"dateTime": "2027-03-10T10:00:00Z"},
    )
    changed, _, last = google.read_all()
    assert google.times(changed[invited]) == [("2027-03-10 10:00", "busy")]
    google.edits(invited, "Their board, changed")
    changed, _, last = google.read_all(last.token)
    assert google.one(changed[invited]).summary == "Their board, changed"
    google.deletes(invited)
    assert invited in google.read_all(last.token)[1]


def test_a_deleted_events_id_is_not_given_again_but_the_event_can_be_revived(google):
    written = google.ours.create(google.calendar_id, entry())
    google.deletes(written.remote_id)
    assert google.ours.find(google.calendar_id, "m1@desk.example") is None
    again = google.ours.create(google.calendar_id, entry("Ms Okafor after all", key="write m1 again"))
    assert again.remote_id == written.remote_id
    assert google.standing() == ["Ms Okafor after all"]


def test_an_id_has_only_the_letters_google_knows():
    made = {id_from(f"key {n}") for n in range(200)}
    assert len(made) == 200
    assert set("".join(made)) <= set("0123456789abcdefghijklmnopqrstuv")
    assert all(5 <= len(each) <= 1024 for each in made)


def test_a_uid_of_ours_is_kept_beside_googles_own(google):
    written = google.ours.create(google.calendar_id, entry())
    assert google.kept.events[written.remote_id]["iCalUID"] == f"{written.remote_id}@google.com"
    changed = google.read_all()[0]
    assert google.one(changed[written.remote_id]).uid == "m1@desk.example"


@pytest.mark.parametrize(
    ("reply", "trouble"),
    [
        (error(403, "userRateLimitExceeded"), Throttled),
        (error(403, "quotaExceeded"), Throttled),
        (Reply(429), Throttled),
        (error(403, "insufficientPermissions"), Refused),
        (error(403, "forbiddenForNonOrganizer"), Trouble),
        (error(400, "required"), Trouble),
    ],
)
def test_a_403_has_many_meanings(google, reply, trouble):
    google.service.faults.coming = [reply]
    with pytest.raises(trouble) as raised:
        google.ours.create(google.calendar_id, entry())
    assert raised.type is trouble


def test_a_calendar_she_may_only_read_is_not_written_to(google):
    google.service.accounts[OWNER].append(Kept("team@group", "Team", role="freeBusyReader"))
    assert [each.read_only for each in google.ours.calendars()] == [False, True]


def test_a_guest_keeps_her_answer_when_the_meeting_changes(google):
    meant = entry(guests=(Invited("okafor@shipping.example", "Ms Okafor"),), tells_guests=True)
    written = google.ours.create(google.calendar_id, meant)
    event = google.kept.events[written.remote_id]
    event["attendees"][0]["responseStatus"] = "accepted"
    again = google.service.put(google.kept, event | {"colorId": "7"})
    google.ours.update(google.calendar_id, again["id"], again["etag"], meant)
    kept = google.kept.events[written.remote_id]
    assert kept["attendees"][0]["responseStatus"] == "accepted"
    assert kept["colorId"] == "7"  # what is not ours stays


@pytest.mark.parametrize(("tells", "said"), [(False, "none"), (True, "all")])
def test_every_write_says_whether_guests_are_written_to(google, tells, said):
    written = google.ours.create(google.calendar_id, entry(tells_guests=tells))
    again = google.ours.update(
        google.calendar_id, written.remote_id, written.etag, entry("Moved", tells_guests=tells)
    )
    google.ours.delete(google.calendar_id, again.remote_id, again.etag, tells_guests=tells)
    writes = [each for each in google.service.faults.asked if each.method != "GET"]
    assert [each.query["sendUpdates"] for each in writes] == [said] * 3


def test_a_channel_ends_and_is_told_of_first_with_a_word_that_means_nothing(google):
    watch = google.ours.watch(
        google.calendar_id,
        channel_id="c1",
        address="https://desk.example/calendar/push/google/",
        token="t",
        until=at("2027-09-01 00:00"),
    )
    assert watch.ends_at == at("2027-03-31 09:00")  # thirty days, whatever was asked for
    google.puts("Dentist", TEN, HALF_PAST)
    told = google.service.notices
    assert [each.headers["X-Goog-Resource-State"] for each in told] == ["sync", "exists"]
    assert [each.content for each in told] == [b"", b""]
    with pytest.raises(Missing):
        google.ours.renew(watch, until=at("2027-09-01 00:00"))
    google.ours.unwatch(watch)
    google.puts("Lunch", TEN, HALF_PAST)
    assert len(google.service.notices) == 2
    assert urlsplit(told[0].address).path == "/calendar/push/google/"
