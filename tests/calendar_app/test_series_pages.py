"""A series as a browser arranges it and changes it, at the desk and in the portal; and a meeting changed."""

from datetime import timedelta

import pytest
from django.urls import reverse

from calendar_app import booking
from calendar_app.models import Guest, Meeting, Series
from calendar_app.planning import Coming
from secretariat import clock

from .diaries import AT, TOMORROW, booked, diary_of, plan, stands_elsewhere
from .test_desk_pages import text

WEEK = timedelta(weeks=1)


@pytest.fixture
def okafor(office):
    office.clock_says("2026-11-24 11:30")
    return office.client("Okafor Legal", zone="Africa/Lagos")


@pytest.fixture
def diary(okafor):
    return diary_of(okafor.row, days_ahead=400)


@pytest.fixture
def priya(office, okafor):
    return office.secretary("Priya", okafor)


@pytest.fixture
def desk(office, priya):
    return office.browser(priya)


@pytest.fixture
def portal(office, okafor):
    return office.browser(okafor.owner)


def typed(client, **facts):
    return {
        "client": client.row.pk,
        "who": "Dana Reyes",
        "about": "The lease",
        "minutes": "30",
        "manner": "telephone",
        "on": "2026-11-25",
        "at": "10:00",
        "every": "weekly",
        "count": "4",
        **facts,
    }


def as_shown(meeting, **facts):
    meeting.refresh_from_db()
    said = {"version": meeting.version} | facts
    return said | {"sequence": meeting.series.sequence} if meeting.series_id else said


def arranged(desk, client, **facts):
    answer = desk.post(reverse("diary-repeat"), typed(client, step="arrange", **facts))
    assert answer.status_code == 303, text(answer)
    return made_by(answer)


def made_by(answer):
    return Series.objects.get(pk=answer.url.rstrip("/").rpartition("/")[2])


def rows(made):
    return list(made.meetings.order_by("instance_at"))


def test_whose_series_is_asked_first(desk, okafor):
    page = text(desk.get(reverse("diary-repeat")))
    assert "For whom is the series?" in page
    assert reverse("diary-repeat") + f"?client={okafor.row.pk}" in page


def test_every_date_is_shown_before_anything_is_arranged(desk, okafor, diary):
    page = desk.post(reverse("diary-repeat"), typed(okafor, step="show"))
    assert page.status_code == 200
    assert "Every Wednesday, until 16 December 2026" in text(page)
    assert "Arrange 4 dates" in text(page)
    assert text(page).count('<span class="pill pill-ok">Free</span>') == 4
    assert not Meeting.objects.exists()


def test_dates_that_clash_are_decided_on_the_page(desk, okafor, diary):
    booked(diary, "10:00", TOMORROW, about="Court")
    booked(diary, "10:00", TOMORROW + WEEK, about="Bank")
    stands_elsewhere(diary, plan("10:00", TOMORROW + 2 * WEEK).moments(diary)[0], summary="Dentist")
    page = desk.post(reverse("diary-repeat"), typed(okafor, step="arrange", notes="Bring the lease"))
    assert page.status_code == 422
    for said in ("Court", "Bank", "Dentist", "Of 3 dates it is still to be said", "Bring the lease"):
        assert said in text(page)
    third = page.context["instances"][2]
    decided = {
        "what-2026-11-25": "leave",
        "what-2026-12-02": "move",
        "at-2026-12-02": "15:00",
        "what-2026-12-09": "despite",
        "accepted-2026-12-09": third.accepted,
        "reason": "She is back by then",
    }
    made = arranged(desk, okafor, **decided)
    walls = [f"{each.on:%d.%m.} {each.at:%H:%M} {each.despite}".strip() for each in rows(made)]
    assert walls == ["02.12. 15:00", "09.12. 10:00 She is back by then", "16.12. 10:00"]
    page = text(desk.get(reverse("diary-series", args=[made.pk])))
    assert "Every Wednesday, until 16 December 2026" in page
    assert "instead of" in page


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"count": ""}, "Say until when, or how many times."),
        ({"count": "", "until": "2026-11-01"}, "That is no date at all, or more than 100."),
        ({"every": "daily", "count": "", "until": "2028-11-01"}, "That is no date at all, or more than 100."),
        ({"on": ""}, "First day"),
        ({"on": "9999-12-30"}, "Choose a nearer day."),
        ({"starts": "9999-12-31T23:59+00:00", "on": ""}, "First day"),
        ({"who": "", "about": ""}, "Say who is to come, or what it is about."),
        ({"every": "hourly"}, "How often"),
    ],
)
def test_what_is_missing_is_asked_for_and_nothing_typed_is_lost(desk, okafor, facts, said):
    page = desk.post(reverse("diary-repeat"), typed(okafor, notes="Bring the lease", **facts))
    assert page.status_code == 422
    assert said in text(page)
    assert "Bring the lease" in text(page)


def test_nonsense_about_dates_is_no_decision(desk, okafor, diary):
    booked(diary, "10:00", TOMORROW, about="Court")
    nonsense = {
        "what-soon": "leave",
        "what-2026-11-25": "perhaps",
        "at-2026-11-25": "late",
        "on-2026-11-25": "x",
    }
    assert desk.post(reverse("diary-repeat"), typed(okafor, step="arrange", **nonsense)).status_code == 422
    assert Meeting.objects.count() == 1


def test_time_is_kept_free_again_and_again(desk, portal, okafor, diary):
    made = arranged(desk, okafor, manner="block", who="", about="Writing")
    assert {each.manner for each in rows(made)} == {"block"}
    hers = {
        "diary": diary.pk,
        "about": "School run",
        "on": "2026-11-25",
        "at": "15:00",
        "minutes": "30",
        "every": "weekly",
        "days": ["0", "2", "4"],
        "until": "2026-12-04",
        "private": "on",
    }
    assert "Arrange 5 dates" in text(portal.post(reverse("diary-portal-repeat"), hers))
    made = made_by(portal.post(reverse("diary-portal-repeat"), hers | {"step": "arrange"}))
    assert [f"{each.on:%a}" for each in rows(made)] == ["Wed", "Fri", "Mon", "Wed", "Fri"]
    assert "School run" in text(portal.get(reverse("diary-portal-series", args=[made.pk])))
    page = text(desk.get(reverse("diary-series", args=[made.pk])))
    assert "School run" not in page
    assert "Busy" in page


def test_several_are_moved_after_every_date_was_shown(desk, okafor, diary):
    made = arranged(desk, okafor)
    third = rows(made)[2]
    booked(diary, "16:00", TOMORROW + 3 * WEEK, about="Court")
    address = reverse("diary-several", args=[third.pk])
    assert "This and the following" in text(desk.get(address))
    to = {"which": "following", "on": "2026-12-10", "at": "16:00", "minutes": "30"}
    page = desk.post(address, as_shown(third, **to))
    assert "Every Wednesday" in text(page)
    assert "Move 2 dates" in text(page)
    booked(diary, "16:00", TOMORROW + 3 * WEEK + timedelta(days=1), about="Bank")
    page = desk.post(address, as_shown(third, step="arrange", **to))
    assert page.status_code == 422
    assert "Bank" in text(page)
    answer = desk.post(address, as_shown(third, step="arrange", **to, **{"what-2026-12-17": "leave"}))
    moved = made_by(answer)
    assert moved.pk != made.pk
    assert [(f"{each.on:%d.%m.} {each.at:%H:%M}", each.state) for each in rows(moved)] == [
        ("10.12. 16:00", "confirmed"),
        ("16.12. 10:00", "cancelled"),
    ]
    assert len(rows(made)) == 2


def test_one_the_following_or_all_are_cancelled(desk, okafor, diary):
    made = arranged(desk, okafor)
    first, second, third, fourth = rows(made)
    page = text(desk.get(reverse("diary-cancel", args=[second.pk])))
    for which in ("Only this one", "This and the following", "All that are to come"):
        assert which in page
    said = {"because": "She is away"}
    desk.post(reverse("diary-cancel", args=[second.pk]), as_shown(second, which="one", **said))
    assert [each.state for each in rows(made)] == ["confirmed", "cancelled", "confirmed", "confirmed"]
    desk.post(reverse("diary-cancel", args=[fourth.pk]), as_shown(fourth, which="following", **said))
    assert [each.state for each in rows(made)] == ["confirmed", "cancelled", "confirmed", "cancelled"]
    old = as_shown(first, which="all", **said) | {"sequence": 0}
    late = desk.post(reverse("diary-cancel", args=[first.pk]), old)
    assert late.status_code == 422
    assert "This was changed meanwhile." in text(late)
    desk.post(reverse("diary-cancel", args=[first.pk]), as_shown(first, which="all", **said))
    assert {each.state for each in rows(made)} == {"cancelled"}
    assert third.pk in {each.pk for each in rows(made)}


def test_what_a_meeting_is_about_is_changed_on_its_page(desk, portal, diary):
    meeting = booked(diary, "10:00")
    for browser, prefix, about in ((desk, "diary", "The lease"), (portal, "diary-portal", "The new lease")):
        assert reverse(f"{prefix}-change", args=[meeting.pk]) in text(
            browser.get(reverse(f"{prefix}-meeting", args=[meeting.pk]))
        )
        said = {"about": about, "link": "https://meet.example/a", "notes": "Bring it"}
        answer = browser.post(reverse(f"{prefix}-change", args=[meeting.pk]), as_shown(meeting, **said))
        assert answer.status_code == 303
        meeting.refresh_from_db()
        assert (meeting.about, meeting.notes) == (about, "Bring it")
    late = desk.post(reverse("diary-change", args=[meeting.pk]), {"version": 0, "about": "Old"})
    assert late.status_code == 422
    assert "This was changed meanwhile." in text(late)
    nothing = as_shown(meeting, about=meeting.about, link=meeting.link, notes=meeting.notes)
    desk.post(reverse("diary-change", args=[meeting.pk]), nothing)
    assert meeting.events.filter(verb="changed").count() == 2


def test_all_of_a_series_get_another_subject_and_keep_the_rest(desk, okafor, diary):
    made = arranged(desk, okafor)
    first, second, *_others = rows(made)
    booking.change(second, version=0, notes="Ring first", by=None, at=clock.now())
    said = as_shown(first, which="all", about="The new lease", notes="", link="")
    assert desk.post(reverse("diary-change", args=[first.pk]), said).status_code == 303
    assert {each.about for each in rows(made)} == {"The new lease"}
    assert rows(made)[1].notes == "Ring first"


def test_guests_are_added_and_taken_off(desk, portal, okafor, diary):
    meeting = booked(diary, "10:00")
    for browser, prefix, name in ((desk, "diary", "Tom Hale"), (portal, "diary-portal", "Mara Field")):
        address = reverse(f"{prefix}-guests", args=[meeting.pk])
        said = {"name": name, "email": f"{name.split()[0]}@hale.example", "number": "", "zone": ""}
        assert browser.post(address, as_shown(meeting, **said)).status_code == 303
        assert name in text(browser.get(address))
        guest = Guest.objects.get(meeting=meeting, name=name)
        assert guest.email == f"{name.split()[0].lower()}@hale.example"
        off = reverse(f"{prefix}-guest-off", args=[meeting.pk, guest.pk])
        assert browser.post(off, as_shown(meeting)).status_code == 303
        assert not Guest.objects.filter(name=name).exists()
    page = desk.post(reverse("diary-guests", args=[meeting.pk]), as_shown(meeting, number="12"))
    assert page.status_code == 422
    page = desk.post(reverse("diary-guests", args=[meeting.pk]), as_shown(meeting))
    assert "Say who is to come." in text(page)


def test_a_guest_comes_to_all_of_a_series_and_then_to_none(desk, okafor, diary):
    made = arranged(desk, okafor)
    second = rows(made)[1]
    said = {"name": "Tom Hale", "email": "tom@hale.example", "which": "all"}
    desk.post(reverse("diary-guests", args=[second.pk]), as_shown(second, **said))
    assert Guest.objects.filter(name="Tom Hale").count() == 4
    tom = second.guests.get(name="Tom Hale")
    off = reverse("diary-guest-off", args=[second.pk, tom.pk])
    desk.post(off, as_shown(second))
    assert Guest.objects.filter(name="Tom Hale").count() == 3
    tom = rows(made)[0].guests.get(name="Tom Hale")
    off = reverse("diary-guest-off", args=[rows(made)[0].pk, tom.pk])
    desk.post(off, as_shown(rows(made)[0], which="all"))
    assert not Guest.objects.filter(name="Tom Hale").exists()


def test_what_was_cancelled_is_arranged_again_with_all_that_was_said_of_it(desk, portal, diary):
    dana = Coming("Dana Reyes", email="dana@harlow.example", zone="Europe/London")
    meeting = booked(
        diary, "10:00", guests=(dana,), notes="Bring it", link="https://meet.example/a", minutes=25
    )
    booking.cancel(meeting, version=0, because="By mistake", by=None, at=AT)
    assert "Arrange it again" in text(desk.get(reverse("diary-meeting", args=[meeting.pk])))
    address = reverse("diary-again", args=[meeting.pk])
    page = desk.get(address)
    assert page.context["chosen"] == "2026-11-25T09:00:00+00:00"
    assert page.context["chosen"] in {each.value for each in page.context["offers"]}
    booked(diary, "10:00", about="Court")
    to = {"on": "2026-11-25", "at": "10:00", "minutes": "25"}
    page = desk.post(address, to)
    assert page.status_code == 422
    assert "Court" in text(page)
    assert (
        portal.post(reverse("diary-portal-again", args=[meeting.pk]), to | {"at": "11:00"}).status_code == 303
    )
    again = Meeting.objects.get(about="Harlow", state="confirmed")
    assert again.uid != meeting.uid
    assert (f"{again.at:%H:%M}", again.minutes, again.notes) == ("11:00", 25, "Bring it")
    assert [(each.name, each.email, each.zone) for each in again.guests.all()] == [
        ("Dana Reyes", "dana@harlow.example", "Europe/London")
    ]
    assert desk.get(reverse("diary-again", args=[again.pk])).status_code == 404


def test_a_hold_that_clashes_by_now_is_confirmed_with_a_reason(desk, diary):
    held = booking.hold(diary, plan("10:00"), until=AT + timedelta(days=1), by=None, at=AT)
    stands_elsewhere(diary, held.starts_at)
    address = reverse("diary-confirm", args=[held.pk])
    page = desk.post(address, as_shown(held))
    assert page.status_code == 422
    assert "Dentist" in text(page)
    said = {"reason": "She moves the dentist", "accepted": page.context["accepted"]}
    assert desk.post(address, as_shown(held, **said)).status_code == 303
    held.refresh_from_db()
    assert (held.state, held.despite) == ("confirmed", "She moves the dentist")


def test_a_length_that_nobody_offers_is_kept_when_it_is_moved(desk, diary):
    meeting = booked(diary, "10:00", minutes=25)
    assert '<option value="25" selected>' in text(desk.get(reverse("diary-move", args=[meeting.pk])))
    moved = {"version": "0", "minutes": "25", "on": "2026-11-25", "at": "15:00"}
    assert desk.post(reverse("diary-move", args=[meeting.pk]), moved).status_code == 303


def test_whoever_does_not_serve_the_client_finds_no_series(office, desk, okafor, diary):
    made = arranged(desk, okafor)
    stranger = office.browser(office.secretary("Mona", office.client("Brill Dental")))
    assert stranger.get(reverse("diary-series", args=[made.pk])).status_code == 404
    assert stranger.get(reverse("diary-several", args=[rows(made)[0].pk])).status_code == 404
