"""The desk's pages of the diary, as a secretary's browser gets them."""

from datetime import timedelta

import pytest
from django.urls import reverse

from calendar_app import booking
from calendar_app.models import Meeting
from clients.models import Access

from .diaries import TOMORROW, booked, diary_of, plan, stands_elsewhere


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


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_the_week_shows_all_she_may_see_and_whose_it_is(office, okafor, diary, desk):
    rival = office.client("Brill Dental")
    theirs = booked(diary_of(rival.row), about="Root canal")
    booked(diary, "10:00", about="Court")
    stands_elsewhere(diary, theirs.starts_at + timedelta(hours=4), summary="Dentist")
    page = text(desk.get(reverse("diary")))
    assert "Court" in page
    assert "Dentist" in page
    assert "23 to 27 November" in page
    assert "Root canal" not in page
    assert "Brill Dental" not in page


@pytest.mark.parametrize("view", ["day", "week", "agenda", "nonsense"])
@pytest.mark.parametrize("on", ["2026-11-25", "1066-10-14", "soon", "9999-12-31"])
def test_any_view_of_any_day(desk, diary, view, on):
    booked(diary, "10:00")
    assert desk.get(reverse("diary"), {"view": view, "on": on}).status_code == 200


def test_two_clocks_stand_beside_the_hours_where_they_differ(desk, diary, okafor):
    booked(diary, "10:00", about="Court")
    agenda = text(desk.get(reverse("diary"), {"view": "agenda"}))
    assert "10:00 Lagos · 09:00 you" in agenda
    week = text(desk.get(reverse("diary"), {"client": okafor.row.pk}))
    assert "<span>Lagos</span><b>You</b>" in week


def test_a_private_entry_is_busy_and_its_page_says_no_more(desk, diary, okafor):
    meeting = booking.book(
        diary, plan(about="Surgery", private=True), by=okafor.owner.user, at=plan().moments(diary)[0] - DAY
    )
    for address in (reverse("diary"), reverse("diary-meeting", args=[meeting.pk])):
        page = text(desk.get(address))
        assert "Busy" in page
        assert "Surgery" not in page
    for name in ("diary-move", "diary-cancel"):
        assert desk.get(reverse(name, args=[meeting.pk])).status_code == 404


DAY = timedelta(days=1)


def typed(client, **facts):
    return {
        "client": client.row.pk,
        "who": "Dana Reyes",
        "about": "The lease",
        "minutes": "30",
        "manner": "telephone",
        "on": "2026-11-25",
        "at": "10:00",
        **facts,
    }


def test_times_are_offered_and_read_out_in_both_zones(desk, okafor):
    page = text(desk.get(reverse("diary-book"), {"client": okafor.row.pk, "zone": "Europe/London"}))
    assert "Tuesday the twenty-fourth of November at half past two, your time half past one" in page
    assert "14:30 Lagos · 13:30 you" in page


def test_a_meeting_is_booked_from_a_time_on_offer(desk, okafor, priya):
    page = desk.get(reverse("diary-book"), {"client": okafor.row.pk})
    offer = page.context["offers"][2]
    answer = desk.post(reverse("diary-book"), typed(okafor, starts=offer.value, on="", at=""))
    meeting = Meeting.objects.get()
    assert answer.status_code == 303
    assert answer.url == reverse("diary-meeting", args=[meeting.pk])
    assert (meeting.starts_at, meeting.about, meeting.arranged_by) == (offer.starts, "The lease", priya.user)
    page = text(desk.get(answer.url))
    assert "Dana Reyes" in page
    assert "Booked by Priya" in page


def test_a_clash_is_named_and_nothing_typed_is_lost(desk, okafor, diary):
    booked(diary, "10:00", about="Court")
    page = desk.post(reverse("diary-book"), typed(okafor, notes="Bring the lease", email="dana@example.com"))
    assert page.status_code == 422
    assert "There is already something: Court, Wed 10:00 to 10:30." in text(page)
    for kept in ("Dana Reyes", "The lease", "Bring the lease", "dana@example.com"):
        assert kept in text(page)
    again = typed(okafor, reason="Ngozi looks in on both", accepted=page.context["accepted"])
    assert desk.post(reverse("diary-book"), again).status_code == 303
    meeting = Meeting.objects.get(about="The lease")
    assert (meeting.overlaps, meeting.despite) == (True, "Ngozi looks in on both")


def test_what_came_meanwhile_is_shown_before_it_is_overridden(desk, okafor, diary):
    booked(diary, "10:00", about="Court")
    page = desk.post(reverse("diary-book"), typed(okafor))
    booked(diary, "10:30", about="Bank")
    again = typed(okafor, minutes="60", reason="Both know", accepted=page.context["accepted"])
    page = desk.post(reverse("diary-book"), again)
    assert page.status_code == 422
    assert "Something else stands against it now" in text(page)
    assert "Bank" in text(page)


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"who": "", "about": ""}, "Say who is to come, or what it is about."),
        ({"on": "", "at": ""}, "Choose one of the times, or type a day and a time."),
        ({"starts": "soon", "on": "", "at": ""}, "Choose one of the times, or type a day and a time."),
        ({"number": "12"}, "Their telephone"),
        ({"email": "dana"}, "Their e-mail"),
        ({"on": "2026-11-23"}, "That time is over."),
    ],
)
def test_what_is_missing_is_asked_for(desk, okafor, facts, said):
    page = desk.post(reverse("diary-book"), typed(okafor, **facts))
    assert page.status_code == 422
    assert said in text(page)
    assert not Meeting.objects.exists()


def test_a_meeting_is_moved_and_an_old_page_is_told(desk, diary):
    meeting = booked(diary, "10:00")
    moved = {"version": "0", "minutes": "30", "on": "2026-11-25", "at": "15:00"}
    assert desk.post(reverse("diary-move", args=[meeting.pk]), moved).status_code == 303
    meeting.refresh_from_db()
    assert f"{meeting.at:%H:%M}" == "15:00"
    late = desk.post(reverse("diary-move", args=[meeting.pk]), moved | {"at": "16:00"})
    assert late.status_code == 422
    assert "This was changed meanwhile." in text(late)
    assert "Moved from Wed 10:00 to Wed 15:00 by Priya" in text(
        desk.get(reverse("diary-meeting", args=[meeting.pk]))
    )


def test_cancelling_asks_why(desk, diary):
    meeting = booked(diary, "10:00")
    address = reverse("diary-cancel", args=[meeting.pk])
    assert "Cancel Harlow?" in text(desk.get(address))
    assert "Say why." in text(desk.post(address, {"version": "0", "because": ""}))
    assert desk.post(address, {"version": "0", "because": "She is ill"}).status_code == 303
    meeting.refresh_from_db()
    assert (meeting.state, meeting.cancelled_because) == ("cancelled", "She is ill")


def test_time_is_kept_free_unless_something_was_promised(desk, okafor, diary):
    kept = {"client": okafor.row.pk, "about": "Writing", "on": "2026-11-25", "at": "10:00", "minutes": "60"}
    booked(diary, "10:30", about="Court")
    assert "Court" in text(desk.post(reverse("diary-block"), kept))
    assert desk.post(reverse("diary-block"), kept | {"at": "11:00"}).status_code == 303
    assert Meeting.objects.get(manner="block").about == "Writing"


def test_a_hold_is_confirmed_or_given_free(desk, diary, okafor):
    at = plan().moments(diary)[0] - DAY
    one, other = (
        booking.hold(diary, plan(time), until=at + DAY / 2, by=None, at=at) for time in ("10:00", "11:00")
    )
    assert "Held until" in text(desk.get(reverse("diary-meeting", args=[one.pk])))
    assert desk.get(reverse("diary")).context["navigation"].desk
    desk.post(reverse("diary-confirm", args=[one.pk]), {"version": "0"})
    desk.post(reverse("diary-release", args=[other.pk]), {"version": "0"})
    states = Meeting.objects.order_by("at").values_list("state", flat=True)
    assert list(states) == ["confirmed", "lapsed"]


def test_what_came_of_it_is_noted_afterwards(office, desk, diary):
    meeting = booked(diary, "10:00")
    address = reverse("diary-outcome", args=[meeting.pk])
    said = {"version": "0", "outcome": "no_show", "note": "Rang at twenty past"}
    desk.post(address, said)
    assert Meeting.objects.get().outcome == ""
    office.clock_says("2026-11-25 09:20")
    desk.post(address, said)
    assert Meeting.objects.get().outcome == "no_show"
    assert "Guest did not come by Priya" in text(desk.get(reverse("diary-meeting", args=[meeting.pk])))


def test_whoever_no_longer_serves_the_client_finds_nothing(desk, diary, okafor):
    meeting = booked(diary, "10:00", about="Court")
    Access.objects.all().delete()
    assert "Court" not in text(desk.get(reverse("diary")))
    assert desk.get(reverse("diary-meeting", args=[meeting.pk])).status_code == 404
    assert desk.get(reverse("diary-book"), {"client": okafor.row.pk}).status_code == 404


def test_the_diary_asks_the_database_no_more_for_more_clients(
    office, desk, priya, diary, django_assert_max_num_queries
):
    from clients import team

    for n in range(6):
        other = office.client(f"Client {n}")
        team.assign(priya, other.row, by=None, at=office.carrier.now)
        booked(diary_of(other.row), "10:00", TOMORROW)
    with django_assert_max_num_queries(32):
        assert "Client 5" in text(desk.get(reverse("diary")))


def test_what_was_dragged_opens_the_form_filled_in_on_the_diarys_own_clock(desk, diary):
    meeting = booked(diary, "10:00")  # she is in London, the diary in Lagos
    week = text(desk.get(reverse("diary")))
    assert f'data-move="{reverse("diary-move", args=[meeting.pk])}"' in week
    page = desk.get(reverse("diary-move", args=[meeting.pk]), {"to": "2026-11-26T23:15"})
    own = page.context["offers"][0]
    assert own.value == page.context["chosen"] == "2026-11-26T23:15:00+00:00"
    assert "00:15 Lagos · 23:15 you" in text(page)
    meeting.refresh_from_db()
    assert f"{meeting.at:%H:%M}" == "10:00"
    for nonsense in ("soon", "9999-12-31T23:59", "2026-11-26T10:00+99:00"):
        assert desk.get(reverse("diary-move", args=[meeting.pk]), {"to": nonsense}).status_code == 200


def test_what_is_private_over_or_only_goes_on_is_not_dragged(desk, office, okafor, diary):
    by = {"by": okafor.owner.user, "at": plan().moments(diary)[0] - 2 * DAY}
    booking.book(diary, plan("09:00", about="Surgery", private=True), **by)
    booking.book(diary, plan("10:00", TOMORROW - DAY, about="Over"), **by)
    late = booking.Word("She travels")
    night = booking.book(diary, plan("23:30", about="Night", minutes=120), word=late, **by)
    page = text(desk.get(reverse("diary")))
    assert page.count("data-move=") == 1
    assert page.count(reverse("diary-meeting", args=[night.pk])) > 1
