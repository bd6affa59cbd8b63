"""What leaves the diary: a meeting or a period as a file, and days on paper, each as the rules allow."""

import csv
from datetime import date, timedelta
from io import StringIO

import pytest
from django.urls import reverse
from icalendar import Calendar as ICalendar

from calendar_app import booking
from calendar_app.planning import Coming
from clients.models import Client
from secretariat.ledger.models import LedgerEntry
from secretariat.office.models import Firm

from .diaries import AT, TOMORROW, booked, diary_of, plan

WEEK = {"from_on": "2026-11-23", "until_on": "2026-11-29"}


@pytest.fixture
def okafor(office):
    office.clock_says("2026-11-24 11:30")
    return office.client("Okafor Legal", zone="Africa/Lagos")


@pytest.fixture
def diary(okafor):
    return diary_of(okafor.row)


@pytest.fixture
def priya(office, okafor):
    return office.secretary("Priya", okafor)


@pytest.fixture
def desk(office, priya):
    return office.browser(priya)


@pytest.fixture
def portal(office, okafor):
    return office.browser(okafor.owner)


@pytest.fixture
def firm_lets():
    Firm.current()
    Firm.objects.update(may_print=True, may_export=True)


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


def lines(answer) -> list[list[str]]:
    assert answer.status_code == 200
    whole = b"".join(answer.streaming_content).decode()
    return list(csv.reader(StringIO(whole.removeprefix("\ufeff"))))


def taken_out() -> list:
    return list(LedgerEntry.objects.filter(verb__startswith="taken_out.").order_by("pk"))


def test_the_desk_takes_out_nothing_until_the_firm_lets_it(desk, diary, okafor):
    meeting = booked(diary, "10:00")
    for name, args in (("diary-file", []), ("diary-paper", []), ("diary-meeting-file", [meeting.pk])):
        assert desk.get(reverse(name, args=args)).status_code == 404
    assert desk.post(reverse("diary-file"), WEEK | {"kind": "csv"}).status_code == 404
    page = text(desk.get(reverse("diary")))
    assert "As a file" not in page
    assert "it may not be printed here" in page
    assert taken_out() == []


def test_what_a_client_forbids_no_firm_allows(desk, diary, okafor, firm_lets):
    Client.objects.filter(pk=okafor.row.pk).update(never_print=True, never_export=True)
    meeting = booked(diary, "10:00", about="Court")
    assert desk.get(reverse("diary-meeting-file", args=[meeting.pk])).status_code == 404
    assert desk.get(reverse("diary-paper"), {"client": okafor.row.pk}).status_code == 404
    assert "Court" in text(desk.get(reverse("diary")))
    assert 'class="band-' in text(desk.get(reverse("diary"), {"view": "agenda"}))
    assert "no-paper" in str(desk.get(reverse("diary"), {"view": "agenda"}).content).split("agenda-day")[1]


def test_one_meeting_as_a_file(desk, portal, diary, okafor, firm_lets):
    meeting = booked(diary, "10:00", about="Court", guests=(Coming("Dana Reyes"),))
    for browser, name in ((desk, "diary-meeting-file"), (portal, "diary-portal-meeting-file")):
        answer = browser.get(reverse(name, args=[meeting.pk]))
        assert answer["Content-Disposition"] == 'attachment; filename="meeting.ics"'
        [event] = ICalendar.from_ical(answer.content.decode()).walk("VEVENT")
        assert (str(event["SUMMARY"]), str(event["DESCRIPTION"])) == ("Court", "Dana Reyes")
        assert event["DTSTART"].dt == meeting.starts_at
    assert [(each.verb, each.client_id) for each in taken_out()] == [("taken_out.export", okafor.row.pk)] * 2


def test_a_period_as_a_table(desk, diary, okafor, firm_lets):
    booked(diary, "10:00", about="=HYPERLINK(1)", guests=(Coming("Dana Reyes"),), where="Court 3")
    gone = booked(diary, "12:00", about="Tea")
    booking.cancel(gone, version=0, because="ill", by=None, at=AT)
    booking.book(diary, plan("14:00", about="Surgery", private=True), by=okafor.owner.user, at=AT)
    booked(diary, "10:00", TOMORROW + timedelta(days=7), about="Next week")
    answer = desk.post(reverse("diary-file"), WEEK | {"kind": "csv"})
    assert answer["Content-Disposition"] == 'attachment; filename="meetings-2026-11-23.csv"'
    heading, court, tea, private = lines(answer)
    assert heading[:2] == ["From (London)", "Until (London)"]
    assert court[:5] == ["2026-11-25 09:00", "2026-11-25 09:30", "Okafor Legal", "", "'=HYPERLINK(1)"]
    assert court[5:10] == ["In person", "Court 3", "", "Dana Reyes", "Confirmed"]
    assert (tea[4], tea[9]) == ("Tea", "Cancelled")
    assert private[4:] == ["Busy", *[""] * 7]
    [entry] = taken_out()
    assert (entry.verb, entry.detail) == ("taken_out.export", {"rows": 3, "kind": "csv"})


def test_a_period_as_a_calendar_of_her_own(portal, diary, okafor):
    booked(diary, "10:00", about="Court")
    gone = booked(diary, "12:00", about="Tea")
    booking.cancel(gone, version=0, because="ill", by=None, at=AT)
    answer = portal.post(reverse("diary-portal-file"), WEEK | {"kind": "ics"})
    whole = b"".join(answer.streaming_content).decode()
    found = ICalendar.from_ical(whole).walk("VEVENT")
    assert [(str(each["SUMMARY"]), str(each["STATUS"])) for each in found] == [
        ("Court", "CONFIRMED"),
        ("Tea", "CANCELLED"),
    ]


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ({"until_on": "2026-11-01"}, "It ends before it begins."),
        ({"until_on": "2028-11-01"}, "At most 400 days go into one file."),
        ({"until_on": "9999-12-31"}, "Choose a nearer day."),
        ({"from_on": ""}, "This field is required."),
    ],
)
def test_a_stretch_that_cannot_be_is_named_and_nothing_leaves(portal, diary, days, said):
    page = portal.post(reverse("diary-portal-file"), WEEK | {"kind": "csv"} | days)
    assert page.status_code == 422
    assert said in text(page)
    assert taken_out() == []


def test_a_member_takes_out_her_own_and_nobody_elses(office, okafor, diary):
    tunde = office.contact(okafor, "Tunde")
    theirs = booked(diary, "10:00", about="Not for Tunde")
    hers = office.browser(tunde)
    assert hers.get(reverse("diary-portal-file")).status_code == 404
    own = booked(diary_of(okafor.row, contact=tunde), "11:00", about="With Tunde")
    rows = lines(hers.post(reverse("diary-portal-file"), WEEK | {"kind": "csv"}))
    assert [row[4] for row in rows[1:]] == ["With Tunde"]
    assert hers.get(reverse("diary-portal-meeting-file", args=[own.pk])).status_code == 200
    assert hers.get(reverse("diary-portal-meeting-file", args=[theirs.pk])).status_code == 404


@pytest.mark.parametrize("view", ["day", "week", "agenda"])
def test_days_on_paper_say_whose_they_are_and_on_whose_clock(desk, portal, diary, okafor, firm_lets, view):
    booked(diary, "10:00", about="Court")
    asked = {"view": view, "on": "2026-11-25"}
    page = text(desk.get(reverse("diary-paper"), asked | {"client": okafor.row.pk}))
    for words in ("Diary of Okafor Legal", "Times of London", "Printed by Priya", "Court"):
        assert words in page
    page = text(portal.get(reverse("diary-portal-paper"), asked))
    for words in ("Diary of Okafor Legal", "Times of Lagos", "Court"):
        assert words in page
    assert [each.verb for each in taken_out()] == ["taken_out.print"] * 2


def test_a_week_on_paper_has_its_empty_days(portal, diary):
    booked(diary, "10:00", date(2026, 11, 25), about="Court")
    page = portal.get(reverse("diary-portal-paper"), {"view": "week", "on": "2026-11-25"})
    assert [day.day for day, _entries in page.context["agenda"]] == list(range(23, 30))
