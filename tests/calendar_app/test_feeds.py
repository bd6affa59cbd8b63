"""A diary at its secret address: what a calendar program reads there, and what nobody reads."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from icalendar import Calendar as ICalendar

from calendar_app import booking, feeds, icalendar, published, zone_rules
from calendar_app.cutting import cut
from calendar_app.models import Diary, Feed, Meeting, Series
from calendar_app.planning import Coming
from clients.models import Contact
from secretariat.ledger.models import LedgerEntry

from .diaries import AT, booked, diary_of, plan, stands_elsewhere


@pytest.fixture
def okafor(office):
    office.clock_says("2026-11-24 11:30")
    return office.client("Okafor Legal", zone="Africa/Lagos")


@pytest.fixture
def diary(okafor):
    return diary_of(okafor.row)


@pytest.fixture
def portal(office, okafor):
    return office.browser(okafor.owner)


@pytest.fixture
def program(client):
    """A calendar program: nobody signed in."""
    return client


def made(portal, words="full", **said) -> str:
    """The address as the portal shows it, without the host."""
    answer = portal.post(reverse("feeds-make"), {"words": words, **said})
    assert answer.status_code == 200
    return answer.context["address"].partition("/calendar/")[2].join(["/calendar/", ""])


def read(answer) -> list:
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return ICalendar.from_ical(answer.content.decode()).walk("VEVENT")


def test_a_program_reads_what_is_arranged(portal, program, diary, okafor):
    booked(diary, "10:00", about="Court", notes="Bring the file", guests=(Coming("Dana Reyes"),))
    booking.hold(diary, plan("12:00", about="Perhaps"), until=AT + timedelta(days=1), by=None, at=AT)
    gone = booked(diary, "14:00", about="Not any more")
    booking.cancel(gone, version=0, because="ill", by=None, at=AT)
    court, perhaps = read(program.get(made(portal)))
    assert (str(court["SUMMARY"]), str(court["STATUS"]), str(court["TRANSP"])) == (
        "Court",
        "CONFIRMED",
        "OPAQUE",
    )
    assert court["DTSTART"].params["TZID"] == "Africa/Lagos"
    assert court["DTSTART"].dt.astimezone(UTC) == datetime(2026, 11, 25, 9, tzinfo=UTC)
    assert str(court["DESCRIPTION"]) == "Dana Reyes\n\nBring the file"
    assert (str(perhaps["SUMMARY"]), str(perhaps["STATUS"])) == ("Perhaps", "TENTATIVE")


def test_our_own_reader_finds_the_same_times_in_it(portal, program, diary):
    meeting = booked(diary, "10:00", about="Court")
    text = program.get(made(portal)).content.decode()
    [piece] = cut(text).pieces
    [found] = icalendar.read(piece.raw, zone=UTC)
    assert found.starts.replace(tzinfo=found.zone) == meeting.starts_at
    assert (found.summary, found.busy) == ("Court", "busy")


def test_what_is_private_is_busy_and_nothing_of_others_is_there(office, portal, program, diary, okafor):
    facts = {"by": okafor.owner.user, "at": AT}
    booking.book(diary, plan("10:00", about="Surgery", private=True, where="Clinic", notes="Fast"), **facts)
    tunde = office.contact(okafor, "Tunde")
    booked(diary_of(okafor.row, contact=tunde), "11:00", about="Tunde's own")
    booked(diary_of(office.client("Brill Dental").row), "12:00", about="Root canal")
    answer = program.get(made(portal, diary=diary.pk))
    [only] = read(answer)
    assert (str(only["SUMMARY"]), str(only["CLASS"])) == ("Busy", "PRIVATE")
    for word in ("Surgery", "Clinic", "Fast", "Tunde", "Root"):
        assert word not in answer.content.decode()


def test_the_other_kind_says_only_when_from_every_calendar(portal, program, diary):
    meeting = booked(diary, "10:00", about="Court")
    stands_elsewhere(diary, meeting.starts_at + timedelta(hours=3), summary="Dentist")
    midnight = datetime(2026, 11, 26, tzinfo=ZoneInfo("Africa/Lagos"))
    stands_elsewhere(diary, midnight, 24 * 60, summary="Leave", all_day=True)
    answer = program.get(made(portal, "busy"))
    found = read(answer)
    assert {str(each["SUMMARY"]) for each in found} == {"Busy"}
    assert [each["DTSTART"].dt for each in found][1:] == [
        datetime(2026, 11, 25, 13, tzinfo=ZoneInfo("Africa/Lagos")),
        date(2026, 11, 26),
    ]
    for word in ("Court", "Dentist", "Leave"):
        assert word not in answer.content.decode()


def test_it_asks_again_and_hears_that_nothing_is_new(office, portal, program, diary):
    booked(diary, "10:00", about="Court")
    address = made(portal)
    first = program.get(address)
    assert first["Cache-Control"] == "private, max-age=300"
    office.clock_says("2026-11-24 11:41")
    for condition in (
        {"If-None-Match": first["ETag"]},
        {"If-Modified-Since": first["Last-Modified"]},
    ):
        again = program.get(address, headers=condition)
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == first["ETag"]
    booked(diary, "15:00", about="Tea")
    news = program.get(address, headers={"If-None-Match": first["ETag"]})
    assert len(read(news)) == 2
    assert news["ETag"] != first["ETag"]
    assert news["Last-Modified"] != first["Last-Modified"]
    assert program.head(address).content == b""


def test_the_window_is_bounded(portal, program, diary):
    for days in (-91, -89, 539, 541):
        when = AT + timedelta(days=days)
        Meeting.objects.create(
            client=diary.client,
            diary=diary,
            about=str(days),
            on=when.date(),
            at=when.time(),
            minutes=30,
            zone="Africa/Lagos",
            starts_at=when,
            ends_at=when + timedelta(minutes=30),
            uid=str(days),
        )
    assert [str(each["SUMMARY"]) for each in read(program.get(made(portal)))] == ["-89", "539"]


def test_each_of_a_series_is_told_as_it_is_a_row(portal, program, diary):
    series = Series.objects.create(
        client=diary.client, diary=diary, uid="s", rule="FREQ=DAILY;COUNT=2", zone="UTC"
    )
    facts = {"by": None, "at": AT, "verb": "booked", "series": series}
    for day in (25, 26):
        booking.arranged(diary, plan("10:00", date(2026, 11, day), about="Stand-up"), **facts)
    uids = [str(each["UID"]) for each in read(program.get(made(portal)))]
    assert uids == ["20261125T090000Z-s", "20261126T090000Z-s"]


def test_it_is_shown_once_and_only_a_hash_is_kept(portal, diary):
    answer = portal.post(reverse("feeds-make"), {"words": "full"})
    token = answer.context["address"].split("/")[-2]
    assert token in answer.content.decode()
    assert len(token) >= 43
    assert "no-store" in answer["Cache-Control"]
    assert token not in portal.get(reverse("feeds")).content.decode()
    row = Feed.objects.values().get()
    assert token not in str(row)
    assert row["token_hash"] == feeds.hash_of(token)


def test_a_new_one_ends_the_old_and_one_taken_back_answers_no_more(portal, program, diary):
    old = made(portal)
    new = made(portal)
    assert (program.get(old).status_code, program.get(new).status_code) == (404, 200)
    other = made(portal, "busy")
    feed = Feed.objects.get(words="full", ended_at=None)
    assert portal.post(reverse("feeds-end", args=[feed.pk])).status_code == 303
    assert (program.get(new).status_code, program.get(other).status_code) == (404, 200)
    entries = LedgerEntry.objects.filter(verb__startswith="calendar_app.feed.").values_list("verb", flat=True)
    assert sorted(entries) == ["calendar_app.feed.made"] * 3 + ["calendar_app.feed.taken_back"] * 2


@pytest.mark.parametrize("who", ["maker", "diary", "client"])
def test_it_answers_only_while_who_made_it_is_there_and_it_is_in_use(portal, program, diary, okafor, who):
    address = made(portal)
    row = {"maker": okafor.owner, "diary": diary, "client": okafor.row}[who]
    type(row).objects.filter(pk=row.pk).update(is_active=False)
    assert program.get(address).status_code == 404


def test_who_becomes_a_member_reads_only_her_own_any_more(office, okafor, diary, program):
    ada = office.contact(okafor, "Ada", standing="delegate")
    _theirs, token = feeds.make(diary, "full", by=ada.user, at=AT)
    _own, hers = feeds.make(diary_of(okafor.row, contact=ada), "full", by=ada.user, at=AT)
    Contact.objects.filter(pk=ada.pk).update(standing="member")
    assert program.get(reverse("diary-feed", args=[token])).status_code == 404
    assert program.get(reverse("diary-feed", args=[hers])).status_code == 200


def test_it_tells_when_it_was_fetched_and_how_often_and_not_by_whom(portal, program, diary):
    address = made(portal)
    assert "Not fetched yet." in portal.get(reverse("feeds")).content.decode()
    program.get(address)
    etag = program.get(address)["ETag"]
    program.get(address, headers={"If-None-Match": etag})
    page = " ".join(portal.get(reverse("feeds")).content.decode().split())
    assert "12:30 in Lagos; 3 times in all." in page


def test_who_asks_too_often_waits(office, portal, program, diary):
    address = made(portal)
    answers = [program.get(address).status_code for _ in range(31)]
    assert answers == [200] * 30 + [429]
    assert program.get(address)["Retry-After"] == "300"
    office.clock_says("2026-11-24 11:41")
    assert program.get(address).status_code == 200
    wrong = {program.get(f"/calendar/feed/{n}/diary.ics").status_code for n in range(20)}
    assert wrong == {404}
    assert program.get("/calendar/feed/once-more/diary.ics").status_code == 429


def test_a_member_publishes_her_own_diary_and_no_other(office, okafor, diary):
    tunde = office.contact(okafor, "Tunde")
    hers = office.browser(tunde)
    assert hers.get(reverse("feeds")).status_code == 404
    own = diary_of(okafor.row, contact=tunde)
    assert hers.post(reverse("feeds-make"), {"words": "full"}).status_code == 200
    assert Feed.objects.get().diary == own
    assert hers.post(reverse("feeds-make"), {"words": "full", "diary": diary.pk}).status_code == 404
    theirs, _token = feeds.make(diary, "full", by=okafor.owner.user, at=AT)
    assert hers.post(reverse("feeds-end", args=[theirs.pk])).status_code == 404


def test_a_client_without_a_diary_gets_an_address_too(portal, program):
    assert read(program.get(made(portal))) == []
    assert Diary.objects.count() == 1


@pytest.mark.parametrize(
    ("zone", "holds"),
    [
        ("Europe/London", True),
        ("America/New_York", True),
        ("Africa/Lagos", True),
        ("Asia/Kathmandu", True),
        ("Australia/Lord_Howe", True),
        ("Africa/Casablanca", False),
    ],
)
def test_a_zone_is_told_by_rules_only_where_they_hold(zone, holds):
    assert zone_rules.holds(zone, 2025, 2028) is holds


@pytest.mark.parametrize("zone", ["Europe/London", "Africa/Casablanca", "Asia/Kathmandu"])
def test_a_time_is_the_same_moment_to_whoever_reads_it_all_year(zone):
    """To a reader that goes by the rules in the file alone."""
    starts = [datetime(2026, 10, 20, 9, tzinfo=ZoneInfo(zone)) + timedelta(days=23 * n) for n in range(24)]
    told = [
        published.Told(str(n), each, each + timedelta(minutes=30), zone, "Tea")
        for n, each in enumerate(starts)
    ]
    text = published.calendar(told, stamp=AT)
    assert ("BEGIN:VTIMEZONE" in text) is (zone != "Africa/Casablanca")
    found = [
        moment for piece in cut(text.replace(zone, "Nowhere/Known")).pieces for moment in _moments(piece)
    ]
    assert sorted(found) == sorted(each.astimezone(UTC) for each in starts)


def _moments(piece):
    return [
        each.starts.replace(tzinfo=each.zone).astimezone(UTC) for each in icalendar.read(piece.raw, zone=UTC)
    ]
