"""Giving time away and taking it back, on the rows."""

from datetime import UTC, date, datetime, timedelta
from unittest.mock import ANY

import pytest
from django.db import IntegrityError, transaction

from calendar_app import booking, busy, rounds
from calendar_app.booking import Word
from calendar_app.free_time import Why, Wish
from calendar_app.models import Diary, DiaryHours, Meeting, MeetingEvent
from calendar_app.planning import Clashing, Coming, NotPossible
from calendar_app.signals import meeting_changed
from secretariat.ledger.models import LedgerEntry
from secretariat.live.models import LiveEvent

from .diaries import AT, TOMORROW, booked, diary_of, plan, stands_elsewhere

LATER = AT + timedelta(hours=2)


@pytest.fixture
def diary(house):
    return diary_of(house.okafor.client)


@pytest.fixture
def told():
    """Everything the diary announces."""
    heard = []

    def hear(sender, **facts):
        heard.append(facts)

    meeting_changed.connect(hear)
    yield heard
    meeting_changed.disconnect(hear)


def test_a_meeting_booked_stands_in_the_clients_own_time(house, diary):
    meeting = booked(diary, "10:00", by=house.priya.user, guests=(Coming("Dana", "dana@example.com"),))
    assert meeting.starts_at == datetime(2026, 11, 25, 9, tzinfo=UTC)  # ten o'clock in Lagos
    assert meeting.ends_at - meeting.starts_at == timedelta(minutes=30)
    assert (meeting.state, meeting.zone, meeting.arranged_by) == (
        "confirmed",
        "Africa/Lagos",
        house.priya.user,
    )
    assert [guest.email for guest in meeting.guests.all()] == ["dana@example.com"]
    assert [event.verb for event in meeting.events.all()] == ["booked"]
    entry = LedgerEntry.objects.get(verb="calendar_app.meeting.booked")
    assert (entry.actor_id, entry.subject_id) == (house.priya.user.pk, str(meeting.pk))
    heard = LiveEvent.objects.get(event="meeting.changed")
    assert house.priya.user.pk in heard.audience
    assert house.okafor.owner.user.pk in heard.audience
    assert house.rival.owner.user.pk not in heard.audience


def test_a_client_without_a_diary_gets_one_with_her_first_meeting(house):
    unsaved = booking.diary_of(house.okafor.client)
    meeting = booked(unsaved, "14:00")
    assert meeting.diary == Diary.objects.get() == booking.diary_of(house.okafor.client)


def test_two_at_once_are_refused_and_both_are_named(diary):
    booked(diary, "10:00", about="Court")
    with pytest.raises(Clashing) as refused:
        booked(diary, "10:15")
    assert str(refused.value) == "There is already something: Court, Wed 10:00 to 10:30."
    assert Meeting.objects.count() == 1


def test_a_reason_arranges_it_beside_the_other(house, diary):
    first = booked(diary, "10:00")
    word = Word("She will look in on both")
    second = booking.book(diary, plan("10:15"), by=house.priya.user, at=AT, word=word)
    assert (second.overlaps, second.despite) == (True, "She will look in on both")
    assert second.events.get().words == "She will look in on both"
    # The one that stood there first is as it was, and a third is told of both.
    first.refresh_from_db()
    assert first.overlaps is False
    with pytest.raises(Clashing) as refused:
        booked(diary, "10:20")
    assert [clash.why for clash in refused.value.clashes] == [Why.OVERLAP, Why.OVERLAP]


def test_a_word_given_for_one_thing_is_not_given_for_another(diary):
    booked(diary, "10:00")
    with pytest.raises(Clashing) as shown:
        booked(diary, "10:15")
    accepted = frozenset(clash.key for clash in shown.value.clashes)
    booked(diary, "10:30", about="Came meanwhile")
    with pytest.raises(Clashing) as again:
        booking.book(diary, plan("10:15"), by=None, at=AT, word=Word("Both know", accepted))
    assert "Came meanwhile" in str(again.value)


@pytest.mark.parametrize("word", [None, Word(""), Word("   ")])
def test_no_word_is_no_reason(diary, word):
    booked(diary, "10:00")
    with pytest.raises(Clashing):
        booking.book(diary, plan("10:00"), by=None, at=AT, word=word)


def test_no_reason_brings_back_yesterday(diary):
    with pytest.raises(Clashing) as refused:
        booking.book(diary, plan("10:00", date(2026, 11, 23)), by=None, at=AT, word=Word("It was so agreed"))
    assert refused.value.is_final


def test_a_time_held_is_taken_until_its_end_and_then_free(diary):
    held = booking.hold(diary, plan("10:00", about="Dana"), until=LATER, by=None, at=AT)
    with pytest.raises(Clashing) as refused:
        booked(diary, "10:00")
    assert str(refused.value) == "It is held: Dana, Wed 10:00 to 10:30."
    assert booking.lapse_due(at=AT) == 0
    booked(diary, "10:00", when=LATER)  # nobody has let it lapse yet
    held.refresh_from_db()
    assert held.state == "lapsed"
    assert [event.verb for event in held.events.all()] == ["held", "lapsed"]


def test_the_sweep_lets_holds_lapse(office, diary, told):
    office.clock_says("2026-11-24 11:30")
    held = booking.hold(diary, plan("10:00"), until=LATER, by=None, at=AT)
    office.clock_says("2026-11-24 13:30")
    assert rounds.let_holds_lapse() == 1
    assert rounds.let_holds_lapse() == 0
    held.refresh_from_db()
    assert (held.state, [each["verb"] for each in told]) == ("lapsed", ["held", "lapsed"])


def test_a_hold_becomes_a_meeting_once(diary):
    held = booking.hold(diary, plan("10:00"), until=LATER, by=None, at=AT)
    meeting = booking.confirm(held, version=0, by=None, at=AT)
    assert (meeting.state, meeting.expires_at, meeting.version) == ("confirmed", None, 1)
    with pytest.raises(booking.Changed):
        booking.confirm(held, version=0, by=None, at=AT)


def test_a_hold_that_is_over_is_not_confirmed(diary):
    held = booking.hold(diary, plan("10:00"), until=LATER, by=None, at=AT)
    with pytest.raises(booking.Changed):
        booking.confirm(held, version=0, by=None, at=LATER)


def test_what_came_to_stand_elsewhere_is_seen_when_a_hold_is_confirmed(diary):
    held = booking.hold(diary, plan("10:00"), until=LATER, by=None, at=AT)
    stands_elsewhere(diary, held.starts_at)
    with pytest.raises(Clashing) as refused:
        booking.confirm(held, version=0, by=None, at=AT)
    assert str(refused.value) == "There is already something: Dentist, Wed 10:00 to 11:00."
    meeting = booking.confirm(held, version=0, by=None, at=AT, word=Word("She will move the dentist"))
    assert (meeting.state, meeting.overlaps) == ("confirmed", False)


def test_a_meeting_is_moved_over_itself_and_not_over_another(diary, told):
    meeting = booked(diary, "10:00")
    booked(diary, "11:00", about="Court")
    moved = booking.move(meeting, version=0, plan=plan("10:15", minutes=45), by=None, at=AT)
    assert (f"{moved.at:%H:%M}", moved.minutes, moved.sequence, moved.version) == ("10:15", 45, 1, 1)
    with pytest.raises(Clashing):
        booking.move(moved, version=1, plan=plan("10:45"), by=None, at=AT)
    assert told[-1] == {
        "signal": meeting_changed,
        "meeting": ANY,
        "verb": "moved",
        "by": None,
        "at": AT,
        "before": booking.Before("confirmed", meeting.starts_at, meeting.ends_at),
        "whole_series": False,
    }
    assert moved.events.last().detail == {
        "from": "2026-11-25T09:00:00+00:00",
        "to": "2026-11-25T09:15:00+00:00",
    }


def test_moving_away_from_a_clash_forgets_the_reason_for_it(diary):
    booked(diary, "10:00")
    beside = booking.book(diary, plan("10:15"), by=None, at=AT, word=Word("Both know"))
    moved = booking.move(beside, version=0, plan=plan("12:00"), by=None, at=AT)
    assert (moved.overlaps, moved.despite) == (False, "")


def test_a_cancelled_meeting_frees_its_time_and_keeps_its_reason(diary):
    meeting = booked(diary, "10:00")
    done = booking.cancel(meeting, version=0, because="She is ill", by=None, at=AT)
    assert (done.state, done.cancelled_because, done.sequence) == ("cancelled", "She is ill", 1)
    booked(diary, "10:00")
    with pytest.raises(booking.Changed):
        booking.cancel(done, version=1, because="again", by=None, at=AT)


def test_whoever_acts_on_an_old_page_is_told_so(diary):
    meeting = booked(diary, "10:00")
    booking.move(meeting, version=0, plan=plan("12:00"), by=None, at=AT)
    for act in (
        lambda: booking.move(meeting, version=0, plan=plan("13:00"), by=None, at=AT),
        lambda: booking.cancel(meeting, version=0, because="late", by=None, at=AT),
        lambda: booking.change(meeting, version=0, by=None, at=AT, about="Other"),
        lambda: booking.invite(meeting, (Coming("Dana"),), version=0, by=None, at=AT),
    ):
        with pytest.raises(booking.Changed, match="changed meanwhile"):
            act()
    meeting.refresh_from_db()
    assert (meeting.version, meeting.about, meeting.guests.count()) == (1, "Harlow", 0)


def test_a_guest_is_invited_once_by_her_address(diary):
    meeting = booked(diary, "10:00", guests=(Coming("Dana", "dana@example.com"), Coming("Sam")))
    booking.invite(
        meeting, (Coming("D. Reyes", "dana@example.com"), Coming("Rui")), version=0, by=None, at=AT
    )
    assert sorted(guest.name for guest in meeting.guests.all()) == ["Dana", "Rui", "Sam"]


def test_what_came_of_a_meeting_is_said_once_it_has_begun(house, diary):
    meeting = booked(diary, "10:00")
    say = {"outcome": "no_show", "note": "Rang at twenty past", "by": house.priya.user}
    with pytest.raises(NotPossible, match="not begun"):
        booking.note_outcome(meeting, version=0, at=AT, **say)
    done = booking.note_outcome(meeting, version=0, at=meeting.starts_at + timedelta(minutes=20), **say)
    assert (done.outcome, done.outcome_note) == ("no_show", "Rang at twenty past")


def test_blocked_time_asks_for_no_notice_and_goes_over_what_stands_elsewhere(diary):
    Diary.objects.update(notice_minutes=600)
    diary.refresh_from_db()
    stands_elsewhere(diary, AT + timedelta(hours=1))
    kept = plan("13:30", TOMORROW - timedelta(days=1), minutes=60, about="Writing", manner="block")
    assert booking.block(diary, kept, by=None, at=AT).manner == "block"
    with pytest.raises(Clashing) as refused:
        booking.book(diary, plan("13:45", kept.on), by=None, at=AT)
    assert "That time is kept free: Writing, 13:30 to 14:30." in str(refused.value)


def test_a_time_the_clocks_skip_is_refused_in_words(house):
    house.okafor.client.zone = "Europe/London"
    house.okafor.client.save()
    diary = diary_of(house.okafor.client, days_ahead=200)
    with pytest.raises(NotPossible, match=r"skip 01:30"):
        booked(diary, "01:30", date(2027, 3, 28))


def test_hours_are_the_diarys_own_else_the_clients(house, diary):
    client, line = house.okafor.client, house.okafor.line
    line.hours.create(client=client, kind="open", weekday=2, opens="09:00", closes="17:00")
    rules = busy.rules_of(diary)
    assert [(f"{each.opens:%H}", each.weekday) for each in rules.hours] == [("09", 2)]
    DiaryHours.objects.create(client=client, diary=diary, weekday=2, opens="10:00", closes="12:00")
    DiaryHours.objects.create(
        client=client, diary=diary, kind="preferred", weekday=2, opens="11:00", closes="12:00"
    )
    found = busy.next_good_times(diary, Wish(60), at=AT, reader=None, at_most=2)
    assert [f"{each.starts:%d %H:%M}" for each in found] == ["25 10:00", "25 09:00"]


def test_a_private_entry_is_busy_to_whoever_may_not_know(house, diary):
    client = house.okafor
    booking.book(diary, plan("10:00", about="Surgery", private=True), by=client.owner.user, at=AT)
    stands_elsewhere(diary, AT + timedelta(days=1, hours=3), private=True, summary="School")

    def known_to(user):
        return [each.what for each in busy.taken(diary, AT, AT + timedelta(days=3), at=AT, reader=user)]

    assert known_to(client.owner.user) == ["Surgery", "School"]
    for user in (house.priya.user, house.helen, client.delegate.user, None):
        assert known_to(user) == ["", ""]


def test_what_we_wrote_into_her_calendar_is_not_counted_twice(diary):
    meeting = booked(diary, "10:00")
    there = stands_elsewhere(diary, meeting.starts_at, 30, uid=meeting.uid)

    def counted():
        return len(busy.taken(diary, AT, AT + timedelta(days=3), at=AT, reader=None))

    assert counted() == 1
    # Moved by us, and not yet written there: what stands there is how it was.
    Meeting.objects.update(writing="waiting")
    booking.move(meeting, version=0, plan=plan("15:00"), by=None, at=AT)
    assert counted() == 1
    # Moved by her, over there: that is time of its own until somebody has decided.
    Meeting.objects.update(writing="written")
    assert counted() == 2
    there.delete()
    assert counted() == 1


def test_the_database_holds_what_the_code_judges(diary):
    booked(diary, "10:00")
    sneaked = Meeting.objects.get()
    sneaked.pk, sneaked.uid, sneaked._state.adding = None, "other", True
    with pytest.raises(IntegrityError, match="no_two_meetings_at_once"), transaction.atomic():
        sneaked.save(force_insert=True)
    assert MeetingEvent.objects.count() == 1
