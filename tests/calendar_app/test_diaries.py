"""Several diaries of one client: whose time is arranged, shown and kept apart."""

from datetime import timedelta

import pytest
from django.urls import reverse

from calendar_app import diaries
from calendar_app.models import Connection, Diary, Meeting
from calls.models import Call
from clients import engagements
from secretariat.ledger.models import LedgerEntry

from .diaries import AT, booked, diary_of


@pytest.fixture
def okafor(office):
    office.clock_says("2026-11-24 11:30")
    return office.client("Okafor Legal", zone="Africa/Lagos")


@pytest.fixture
def tunde(office, okafor):
    return office.contact(okafor, "Tunde")


@pytest.fixture
def portal(office, okafor):
    return office.browser(okafor.owner)


@pytest.fixture
def desk(office, okafor):
    return office.browser(office.secretary("Priya", okafor))


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


TYPED = {"who": "Dana", "about": "Lease", "minutes": "30", "manner": "telephone", "on": "2026-11-25"}


def test_an_owner_gives_somebody_a_diary_of_her_own(portal, okafor, tunde):
    page = text(portal.get(reverse("diaries")))
    assert "Tunde" in page
    answer = portal.post(reverse("diaries-add"), {"contact": tunde.pk})
    own, hers = Diary.objects.get(contact=None), Diary.objects.get(contact=tunde)
    assert answer.url == f"{reverse('diary-rules')}?diary={hers.pk}"
    assert "For Tunde." in text(portal.get(answer.url))
    said = {"usual_minutes": "45", "grid_minutes": "15", "gap_before_minutes": "0", "gap_after_minutes": "0"}
    said |= {"travel_minutes": "0", "notice_minutes": "0", "days_ahead": "60", "holds_last_hours": "24"}
    assert portal.post(reverse("diary-rules"), said | {"diary": hers.pk}).status_code == 303
    own.refresh_from_db()
    hers.refresh_from_db()
    assert (own.usual_minutes, hers.usual_minutes) == (30, 45)
    assert LedgerEntry.objects.filter(verb="calendar_app.diary.opened").count() == 1


def test_nobody_of_another_client_is_given_one(office, portal):
    rival = office.client("Brill Dental")
    assert portal.post(reverse("diaries-add"), {"contact": rival.owner.pk}).status_code == 404
    assert portal.post(reverse("diaries-add"), {"contact": "nobody"}).status_code == 404


def test_it_is_switched_off_once_nothing_stands_in_it(portal, desk, okafor, tunde):
    hers = diaries.open_for(tunde, by=okafor.owner.user)
    Diary.objects.update(notice_minutes=0, travel_minutes=0)
    meeting = booked(hers, "10:00", about="With Tunde")
    refused = portal.post(reverse("diaries-off", args=[hers.pk]), follow=True)
    assert "1 meeting or time held still stands in it." in text(refused)
    Meeting.objects.filter(pk=meeting.pk).update(state="cancelled")
    portal.post(reverse("diaries-off", args=[hers.pk]))
    hers.refresh_from_db()
    assert not hers.is_active
    assert desk.get(reverse("diary-book"), {"diary": hers.pk}).status_code == 404
    assert "Whose time" not in text(desk.get(reverse("diary-book"), {"client": okafor.row.pk}))
    portal.post(reverse("diaries-on", args=[hers.pk]))
    hers.refresh_from_db()
    assert hers.is_active
    own = Diary.objects.get(contact=None)
    assert portal.post(reverse("diaries-off", args=[own.pk])).status_code == 404


def test_the_desk_chooses_whose_time_it_is(desk, okafor, tunde):
    hers = diaries.open_for(tunde, by=okafor.owner.user)
    Diary.objects.update(notice_minutes=0, travel_minutes=0)
    own = Diary.objects.get(contact=None)
    booked(own, "10:00", about="Court")
    page = text(desk.get(reverse("diary-book"), {"client": okafor.row.pk}))
    assert "Whose time" in page
    typed = TYPED | {"client": okafor.row.pk, "at": "10:00"}
    clash = desk.post(reverse("diary-book"), typed | {"diary": own.pk})
    assert clash.status_code == 422
    assert desk.post(reverse("diary-book"), typed | {"diary": hers.pk}).status_code == 303
    assert Meeting.objects.get(about="Lease").diary == hers
    kept = {"client": okafor.row.pk, "about": "Writing", "minutes": "30", "on": "2026-11-25", "at": "12:00"}
    assert desk.post(reverse("diary-block"), kept | {"diary": hers.pk}).status_code == 303
    assert Meeting.objects.get(about="Writing").diary == hers
    week = text(desk.get(reverse("diary")))
    assert '<span class="slot-whose">Tunde</span>' in week


def test_a_series_goes_into_the_diary_that_is_chosen(desk, okafor, tunde):
    hers = diaries.open_for(tunde, by=okafor.owner.user)
    Diary.objects.update(notice_minutes=0, travel_minutes=0)
    page = text(desk.get(reverse("diary-repeat"), {"client": okafor.row.pk}))
    assert "Whose time" in page
    said = TYPED | {"at": "10:00", "every": "weekly", "count": "2", "step": "arrange"}
    said |= {"client": okafor.row.pk, "diary": hers.pk}
    assert desk.post(reverse("diary-repeat"), said).status_code == 303
    assert {each.diary for each in Meeting.objects.all()} == {hers}
    assert "Whose time" in text(desk.get(reverse("diary-ask"), {"client": okafor.row.pk}))


def test_the_desk_sees_the_days_of_one_diary_alone(desk, okafor, tunde):
    hers = diaries.open_for(tunde, by=okafor.owner.user)
    Diary.objects.update(notice_minutes=0, travel_minutes=0)
    own = Diary.objects.get(contact=None)
    booked(own, "10:00", about="Court")
    booked(hers, "11:00", about="Surveyor")
    whole = text(desk.get(reverse("diary"), {"client": okafor.row.pk}))
    assert ("Court" in whole, "Surveyor" in whole, "All diaries" in whole) == (True, True, True)
    alone = text(desk.get(reverse("diary"), {"client": okafor.row.pk, "diary": hers.pk}))
    assert ("Court" in alone, "Surveyor" in alone) == (False, True)
    assert f"diary={hers.pk}" in alone.partition("Before")[0]  # stays, from week to week
    assert f"{reverse('diary-book')}?diary={hers.pk}" in alone
    # Of all clients there is no one diary to choose; another client's is none of these.
    assert "All diaries" not in text(desk.get(reverse("diary")))
    assert "Court" in text(desk.get(reverse("diary"), {"client": okafor.row.pk, "diary": okafor.row.pk}))


def test_the_times_on_offer_are_those_of_the_diary_that_is_chosen(desk, okafor, tunde):
    hers = diaries.open_for(tunde, by=okafor.owner.user)
    Diary.objects.update(notice_minutes=0, travel_minutes=0)
    asked = {"client": okafor.row.pk, "diary": hers.pk}
    first = desk.get(reverse("diary-book"), asked).context["offers"][0]
    Meeting.objects.create(
        client=okafor.row,
        diary=hers,
        about="Taken",
        on=first.starts.date(),
        at=first.starts.time(),
        minutes=30,
        zone="Africa/Lagos",
        starts_at=first.starts,
        ends_at=first.ends,
        uid="taken",
    )
    assert desk.get(reverse("diary-book"), asked).context["offers"][0].starts > first.starts
    own = desk.get(reverse("diary-book"), {"client": okafor.row.pk}).context["offers"]
    assert own[0].starts == first.starts


def test_a_meeting_on_the_line_goes_into_the_diary_that_is_chosen(office, okafor, tunde):
    hers = diaries.open_for(tunde, by=okafor.owner.user)
    Diary.objects.update(notice_minutes=0, travel_minutes=0)
    office.carrier.add_sound("ringing-gb.wav", "ring", 3)
    maya = office.secretary("Maya", okafor)
    office.rings(okafor, caller="+447700900123")
    office.answers(maya)
    call = Call.objects.get()
    browser = office.browser(maya)
    answer = browser.post(
        reverse("calls-arrange", args=[call.pk]), TYPED | {"at": "10:00", "diary": str(hers.pk)}
    )
    assert answer.status_code == 303
    assert Meeting.objects.get().diary == hers


def test_only_she_is_engaged_by_what_stands_in_her_diary(okafor, tunde):
    hers = diaries.open_for(tunde, by=okafor.owner.user)
    Diary.objects.update(notice_minutes=0, travel_minutes=0)
    meeting = booked(hers, "13:00", AT.date(), about="With Tunde")
    now = [
        source.read(row)
        for source in engagements.sources()
        for row in source.rows(okafor.row, meeting.starts_at + timedelta(minutes=1))
    ]
    assert engagements.spans_of(tunde.pk, now)
    assert not engagements.spans_of(okafor.owner.pk, now)


def test_each_diary_has_calendars_of_its_own(office, portal, okafor, tunde):
    hers = diaries.open_for(tunde, by=okafor.owner.user)
    own = Diary.objects.get(contact=None)
    for diary, label in ((own, "The firm's"), (hers, "Tunde's own")):
        Connection.objects.create(client=okafor.row, diary=diary, kind="caldav", label=label)
    assert "Tunde&#x27;s own" not in text(portal.get(reverse("calendars")))
    page = text(portal.get(reverse("calendars"), {"diary": hers.pk}))
    assert "Tunde&#x27;s own" in page
    assert "The firm&#x27;s" not in page
    assert f"{reverse('calendars-caldav')}?diary={hers.pk}" in page
    member = office.browser(tunde)
    assert "Tunde&#x27;s own" in text(member.get(reverse("calendars")))
    theirs = Connection.objects.get(diary=own)
    assert member.get(reverse("calendars-choose", args=[theirs.pk])).status_code == 404
    assert member.get(reverse("calendars"), {"diary": own.pk}).status_code == 404
    # What cannot be read of her own she sees and mends herself; not what is the firm's.
    mine = Connection.objects.get(diary=hers)
    assert "Every entry can be read" in text(member.get(reverse("calendars-unread", args=[mine.pk])))
    assert member.get(reverse("calendars-unread", args=[theirs.pk])).status_code == 404


def test_the_portal_shows_whose_each_meeting_is_and_those_of_one_alone(portal, okafor, tunde):
    hers = diaries.open_for(tunde, by=okafor.owner.user)
    Diary.objects.update(notice_minutes=0, travel_minutes=0)
    booked(hers, "10:00", about="With Tunde")
    booked(Diary.objects.get(contact=None), "10:00", about="Court")
    page = text(portal.get(reverse("diary-portal")))
    assert '<span class="work-client">Tunde</span>' in page
    assert "Court" in page
    page = text(portal.get(reverse("diary-portal"), {"diary": hers.pk}))
    assert "With Tunde" in page
    assert "Court" not in page


def test_a_client_with_one_diary_is_asked_nothing(portal, desk, okafor):
    booked(diary_of(okafor.row), "10:00")
    assert "Whose time" not in text(desk.get(reverse("diary-book"), {"client": okafor.row.pk}))
    assert "Whose diary" not in text(portal.get(reverse("diary-portal")))
