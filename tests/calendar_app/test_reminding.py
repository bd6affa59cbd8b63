"""Guests are reminded: once, at their own hour, and not when it is over."""

from datetime import date

import pytest
from django.core import mail

from calendar_app import around, booking, reminding
from calendar_app.models import Guest, Meeting, Place, Reminder
from calendar_app.planning import Coming
from clients import suppressing, work
from clients.models import Suppression, WorkItem
from secretariat import clock
from tests.calendar_app import diaries

FRIDAY = date(2026, 11, 27)
DANA = Coming(name="Dana Reyes", email="dana@harlow.example", number="+447700900301", zone="Europe/London")
TOM = Coming(name="Tom Hale", number="+447700900302", zone="Europe/London")
State = Reminder.State
DAY, HOUR = 24 * 3600, 3600


@pytest.fixture
def okafor(office):
    office.clock_says("2026-11-24 10:30")
    return office.client("Okafor Legal", zone="Africa/Lagos", country="NG")


@pytest.fixture
def diary(okafor):
    made = diaries.diary_of(okafor.row)
    wishes = {"day_before_by": ["email"], "shortly_by": ["text"]}
    around.say(made, wishes, by=okafor.owner.user)
    return made


def book(office, diary, *guests, at="14:00", on=FRIDAY, **facts):
    meeting = diaries.booked(diary, at, on, when=clock.now(), guests=guests or (DANA,), **facts)
    office.settle()
    return meeting


def planned(meeting):
    rows = Reminder.objects.filter(meeting=meeting, state=State.PLANNED).order_by("due_at")
    return [(row.way, f"{row.due_at:%d %H:%M}") for row in rows]


def states(meeting):
    return {row.way: row.state for row in Reminder.objects.filter(meeting=meeting, of=meeting.starts_at)}


def texts(office):
    sent = office.carrier.messages.by_sid.values()
    return [(each.to, each.body) for each in sent if each.direction != "inbound"]


def until(office, local, zone="Europe/London"):
    """The clock says this, and what falls due at that moment is done."""
    office.clock_says(local, zone)
    office.settle()


def test_a_guest_is_reminded_by_mail_the_day_before_and_by_text_two_hours_before(office, okafor, diary):
    place = Place.objects.create(
        client=okafor.row, name="Broad Street", address="12 Broad Street\nLagos", directions="Ring twice."
    )
    meeting = book(office, diary, place=place)
    assert planned(meeting) == [("email", "26 17:00"), ("text", "27 11:00")]
    invitations = len(mail.outbox)
    until(office, "2026-11-26 16:59")
    assert len(mail.outbox) == invitations
    until(office, "2026-11-26 17:00")
    reminder = mail.outbox[-1]
    assert len(mail.outbox) == invitations + 1
    assert reminder.subject == "Reminder: Harlow"
    for told in (
        "Friday 27 November 2026, 13:00–13:30 (London)",
        "14:00–14:30 (Lagos)",
        "Broad Street, 12 Broad Street Lagos",
        "Ring twice.",
    ):
        assert told in reminder.body
    assert texts(office) == []
    until(office, "2026-11-27 11:00")
    [(to, words)] = texts(office)
    assert to == DANA.number
    assert words == (
        "Reminder: Okafor Legal, Friday 27 November, 13:00 (London). "
        "Broad Street, 12 Broad Street Lagos. Ring twice."
    )
    until(office, "2026-11-27 15:00")
    assert len(mail.outbox) == invitations + 1
    assert len(texts(office)) == 1
    assert states(meeting) == {"email": "sent", "text": "sent"}
    assert meeting.events.filter(verb="reminded").count() == 2


def test_a_meeting_that_moves_is_reminded_of_at_its_new_time(office, diary):
    meeting = book(office, diary)
    meeting = booking.move(
        meeting, version=meeting.version, plan=diaries.plan("16:00", FRIDAY), by=None, at=clock.now()
    )
    assert planned(meeting) == [("email", "26 17:00"), ("text", "27 13:00")]
    until(office, "2026-11-26 17:00")
    meeting.refresh_from_db()
    moved = booking.move(
        meeting,
        version=meeting.version,
        plan=diaries.plan("14:00", date(2026, 11, 30)),
        by=None,
        at=clock.now(),
    )
    assert planned(moved) == [("email", "29 17:00"), ("text", "30 11:00")]
    assert Reminder.objects.filter(meeting=meeting, state=State.SENT).count() == 1


def test_a_meeting_that_is_cancelled_is_not_reminded_of(office, diary):
    meeting = book(office, diary)
    booking.cancel(meeting, version=meeting.version, because="She is ill", by=None, at=clock.now())
    assert planned(meeting) == []
    before = len(mail.outbox)
    until(office, "2026-11-27 12:00")
    assert [each.subject for each in mail.outbox[before:]] == ["Cancelled: Harlow"]


def test_one_cancelled_while_its_reminder_waits_to_be_sent_is_not_reminded_of(office, diary):
    meeting = book(office, diary)
    office.clock_says("2026-11-26 17:00")
    reminding.send_due(at=clock.now())
    booking.cancel(meeting, version=meeting.version, because="She is ill", by=None, at=clock.now())
    office.settle()
    assert not any(each.subject.startswith("Reminder") for each in mail.outbox)
    assert states(meeting)["email"] == State.DROPPED
    assert not WorkItem.objects.open().filter(kind="calendar.not_reminded").exists()


def test_a_meeting_arranged_within_the_hours_of_a_reminder_is_only_confirmed(office, diary):
    office.clock_says("2026-11-27 11:30")
    meeting = book(office, diary)
    assert planned(meeting) == []
    until(office, "2026-11-27 15:00")
    assert texts(office) == []


def test_nothing_goes_out_once_it_has_begun(office, diary):
    meeting = book(office, diary)
    until(office, "2026-11-27 13:00")  # nobody was at work until now
    assert states(meeting) == {"email": State.DROPPED, "text": State.DROPPED}
    assert texts(office) == []
    assert not any(each.subject.startswith("Reminder") for each in mail.outbox)


def test_a_text_that_would_come_at_night_comes_the_evening_before(office, diary):
    meeting = book(office, diary, at="09:30")  # 08:30 in London
    assert planned(meeting) == [("email", "26 17:00"), ("text", "26 19:30")]


def test_a_text_kept_back_until_the_night_waits_for_the_morning(office, okafor, diary):
    around.say(diary, {"day_before_by": ["text"], "shortly_by": []}, by=okafor.owner.user)
    book(office, diary)
    until(office, "2026-11-26 21:00")  # nobody was at work at five
    assert texts(office) == []
    until(office, "2026-11-27 08:00")
    assert len(texts(office)) == 1


def test_wishes_said_later_hold_for_what_is_arranged(office, okafor, diary):
    meeting = book(office, diary)
    around.say(diary, {"day_before_by": [], "shortly_by": ["email"]}, by=okafor.owner.user)
    assert planned(meeting) == [("email", "27 11:00")]
    around.say(diary, {"shortly_by": ["email"], "minutes_before": 30}, by=okafor.owner.user)
    assert planned(meeting) == [("email", "27 12:30")]


def test_whoever_said_stop_gets_no_text_and_somebody_sees_it(office, okafor, diary):
    priya = office.secretary("Priya", okafor)
    meeting = book(office, diary)
    suppressing.suppress("text", DANA.number, Suppression.Because.STOP, at=clock.now())
    page = office.browser(priya).get(f"/desk/diary/meetings/{meeting.pk}/").content.decode()
    assert "Nothing goes to Dana Reyes by Text: Texted STOP" in page
    until(office, "2026-11-27 11:00")
    assert texts(office) == []
    assert states(meeting)["text"] == State.FAILED
    item = WorkItem.objects.open().get(kind="calendar.not_reminded")
    assert item.client == okafor.row
    page = office.browser(priya).get(f"/desk/diary/meetings/{meeting.pk}/").content.decode()
    assert "Text to Dana Reyes: Did not reach them, Texted STOP" in page


def test_a_text_that_does_not_arrive_is_seen_by_somebody(office, okafor, diary):
    meeting = book(office, diary, TOM)
    office.carrier.messages.will_end(TOM.number, "undelivered", 30005)
    until(office, "2026-11-27 11:00")
    office.passes(10)
    assert states(meeting) == {"text": State.FAILED}
    assert Reminder.objects.get().because == "the carrier says 30005"
    item = WorkItem.objects.open().get(kind="calendar.not_reminded")
    assert work.describe(item).title == "Tom Hale could not be reminded: Harlow"


def test_a_guest_who_is_not_coming_is_left_alone(office, diary):
    meeting = book(office, diary)
    Guest.objects.filter(meeting=meeting).update(answer=Guest.Answer.DECLINED)
    until(office, "2026-11-26 17:00")
    assert states(meeting)["email"] == State.DROPPED


def test_a_guest_with_a_number_alone_is_told_by_text_of_all_that_changes(office, diary):
    meeting = book(office, diary, TOM)
    [(to, words)] = texts(office)
    assert to == TOM.number
    assert words == "Your meeting with Okafor Legal: Friday 27 November, 13:00 (London)."
    meeting = booking.move(
        meeting, version=meeting.version, plan=diaries.plan("16:00", FRIDAY), by=None, at=clock.now()
    )
    office.settle()
    assert (
        texts(office)[-1][1] == "Your meeting with Okafor Legal is now: Friday 27 November, 15:00 (London)."
    )
    booking.cancel(meeting, version=meeting.version, because="She is ill.", by=None, at=clock.now())
    office.settle()
    assert texts(office)[-1][1] == (
        "Your meeting with Okafor Legal on Friday 27 November, 15:00 (London) does not take place. "
        "She is ill."
    )
    assert len(texts(office)) == 3


def test_a_guest_with_a_mailbox_gets_no_text_and_a_landline_none_either(office, diary):
    book(office, diary)
    book(office, diary, Coming(name="Front desk", number="+442079460123"), at="16:00")
    assert texts(office) == []


def test_nobody_is_texted_in_their_night_of_what_has_time_until_the_morning(office, okafor, diary):
    office.clock_says("2026-11-26 22:00")
    book(office, diary, TOM)
    assert texts(office) == []
    until(office, "2026-11-27 08:00")
    assert len(texts(office)) == 1


def test_held_times_are_told_to_nobody(office, diary):
    booking.hold(
        diary, diaries.plan("14:00", FRIDAY, guests=(TOM,)), until=clock.now(), by=None, at=clock.now()
    )
    office.settle()
    assert texts(office) == []
    assert not Reminder.objects.exists()
    assert Meeting.objects.get().state == Meeting.State.LAPSED


def test_the_client_says_in_the_portal_how_guests_are_reminded(office, okafor):
    owner = office.browser(okafor.owner)
    page = owner.get("/portal/diary/around/")
    assert page.status_code == 200
    said = {
        "day_before_by": ["email", "text"],
        "days_before": "1",
        "day_before_at": "16:30",
        "minutes_before": "120",
        "texts_guests": "on",
        "agenda_at": "18:00",
        "agenda_days": ["0", "1", "2", "3", "4"],
    }
    answer = owner.post("/portal/diary/around/", said | {"minutes_before": "3"})
    assert answer.status_code == 422
    assert owner.post("/portal/diary/around/", said).status_code == 303
    diary = booking.diary_of(okafor.row)
    assert diary.around.day_before_by == ["email", "text"]
    assert f"{diary.around.day_before_at:%H:%M}" == "16:30"
    meeting = book(office, diary)
    assert planned(meeting) == [("email", "26 16:30"), ("text", "26 16:30")]
