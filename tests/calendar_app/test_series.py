"""Meetings that repeat: judged one by one, told to guests as one, changed from any of them on."""

from datetime import date, time, timedelta

import pytest
from django.core import mail

from calendar_app import booking, series
from calendar_app.booking import Changed
from calendar_app.judging import DESPITE, LEAVE, MOVE, Decision, Undecided
from calendar_app.models import Guest, Series
from calendar_app.planning import Coming, NotPossible
from calendar_app.repeating import Choice
from calendar_app.series import ALL, FOLLOWING, Shift
from secretariat import clock

from . import diaries
from .diaries import plan
from .test_invitations import calendar_of, sent

LONDON = "Europe/London"
DANA = Coming(name="Dana Reyes", email="dana@harlow.example", zone=LONDON, language="en-GB")
TOM = Coming(name="Tom Hale", email="tom@hale.example")
FIRST = date(2026, 12, 1)  # a Tuesday
WEEK = timedelta(weeks=1)


@pytest.fixture
def okafor(office):
    office.clock_says("2026-11-24 10:30")
    return office.client("Okafor Legal", zone=LONDON)


@pytest.fixture
def diary(okafor):
    return diaries.diary_of(okafor.row, days_ahead=400)


def weekly(count=4, first=FIRST, at="10:00", **facts):
    return Choice("weekly", first, time.fromisoformat(at), count=count, **facts)


def arrange(diary, choice=None, decisions=None, *, at="10:00", guests=(DANA,), by=None, **facts):
    chosen = choice or weekly(at=at)
    wanted = plan(f"{chosen.at:%H:%M}", chosen.first, guests=guests, **facts)
    return series.arrange(diary, wanted, chosen, decisions or {}, by=by, at=clock.now())


def rows(made):
    return list(made.meetings.order_by("instance_at"))


def walls(made):
    return [f"{each.on:%d.%m.} {each.at:%H:%M}" for each in rows(made) if each.state == "confirmed"]


def seen(meeting):
    meeting.refresh_from_db()
    return {"version": meeting.version, "sequence": Series.objects.get(pk=meeting.series_id).sequence}


def events_of(message):
    calendar = calendar_of(message)[0]
    return str(calendar["METHOD"]), list(calendar.walk("VEVENT"))


def test_each_date_is_a_meeting_that_nothing_else_may_overlap(diary):
    made = arrange(diary)
    assert walls(made) == ["01.12. 10:00", "08.12. 10:00", "15.12. 10:00", "22.12. 10:00"]
    assert made.rule == "FREQ=WEEKLY;BYDAY=TU;UNTIL=20261222T100000Z"
    assert {each.uid for each in rows(made)} == {made.uid}
    with pytest.raises(booking.Clashing):
        diaries.booked(diary, "10:15", FIRST + WEEK, when=clock.now())


def test_the_wall_time_is_kept_when_the_clocks_go_forward(diary):
    made = arrange(diary, weekly(first=date(2027, 3, 16)))
    assert [f"{each.starts_at:%H}" for each in rows(made)] == ["10", "10", "09", "09"]


def test_a_time_that_the_clocks_skip_is_left_out_or_moved(diary):
    nightly = Choice("daily", date(2027, 3, 27), time(1, 30), count=3)
    with pytest.raises(Undecided) as refused:
        arrange(diary, nightly, manner="block")
    [skipped] = [each for each in refused.value.instances if each.is_open]
    assert "skip 01:30" in skipped.words[0]
    with pytest.raises(Undecided):
        arrange(diary, nightly, {skipped.on: Decision(DESPITE, because="We are awake")}, manner="block")
    made = arrange(diary, nightly, {skipped.on: Decision(MOVE, at=time(3))}, manner="block")
    assert walls(made) == ["27.03. 01:30", "28.03. 03:00", "29.03. 01:30"]
    then_on = Choice("daily", skipped.on, time(1), count=2)
    with pytest.raises(booking.NotPossible, match="begin"):
        arrange(diary, then_on, {skipped.on: Decision(MOVE, at=time(4))}, manner="block")


def test_what_clashes_is_named_date_by_date_and_decided_date_by_date(diary, office):
    diaries.booked(diary, "10:00", FIRST, when=clock.now(), about="Court")
    diaries.booked(diary, "10:00", FIRST + WEEK, when=clock.now(), about="Bank")
    diaries.booked(diary, "10:00", FIRST + 2 * WEEK, when=clock.now(), about="Dentist")
    with pytest.raises(Undecided) as refused:
        arrange(diary)
    instances = refused.value.instances
    assert [each.is_open for each in instances] == [True, True, True, False]
    assert "Court" in instances[0].words[0]
    assert not Series.objects.exists()
    decided = {
        FIRST: Decision(LEAVE),
        FIRST + WEEK: Decision(MOVE, at=time(15)),
        FIRST + 2 * WEEK: Decision(
            DESPITE, because="He waits outside", accepted=frozenset(instances[2].accepted.split())
        ),
    }
    made = arrange(diary, decisions=decided)
    assert walls(made) == ["08.12. 15:00", "15.12. 10:00", "22.12. 10:00"]
    beside = rows(made)[1]
    assert (beside.overlaps, beside.despite) == (True, "He waits outside")
    office.settle()
    [message] = sent()
    method, [whole, moved] = events_of(message)
    assert method == "REQUEST"
    assert whole["DTSTART"].params["TZID"] == LONDON
    assert f"{whole['DTSTART'].dt:%d.%m. %H:%M}" == "08.12. 10:00"
    assert whole["RRULE"].to_ical() == b"FREQ=WEEKLY;UNTIL=20261222T100000Z;BYDAY=TU"
    assert moved["UID"] == whole["UID"]
    assert moved["RECURRENCE-ID"].dt.isoformat() == "2026-12-08T10:00:00+00:00"
    assert moved["DTSTART"].dt.isoformat() == "2026-12-08T15:00:00+00:00"
    assert "Every Tuesday, until 22 December 2026" in mail.outbox[0].body
    assert "Instead of 8 December: Tuesday 8 December 2026, 15:00–15:30 (London)." in mail.outbox[0].body


def test_what_came_meanwhile_is_shown_before_it_is_overridden(diary):
    diaries.booked(diary, "10:00", FIRST, when=clock.now(), about="Court")
    with pytest.raises(Undecided):
        arrange(diary, decisions={FIRST: Decision(DESPITE, because="Both know", accepted=frozenset())})


def test_one_moved_onto_another_of_the_same_series_is_refused(diary):
    diaries.booked(diary, "10:00", FIRST, when=clock.now(), about="Court")
    with pytest.raises(Undecided) as refused:
        arrange(diary, decisions={FIRST: Decision(MOVE, on=FIRST + WEEK, at=time(10, 15))})
    assert refused.value.instances[0].words == ["Another of the same series stands there."]


def test_nothing_is_arranged_where_every_date_is_left_out(diary):
    left = {FIRST + n * WEEK: Decision(LEAVE) for n in range(4)}
    with pytest.raises(NotPossible):
        arrange(diary, decisions=left)
    assert not Series.objects.exists()


def test_dates_left_out_in_the_middle_are_told_as_such(diary, office):
    made = arrange(diary, decisions={FIRST + WEEK: Decision(LEAVE)})
    office.settle()
    _method, [whole] = events_of(sent()[0])
    assert [each.dt.isoformat() for each in whole["EXDATE"].dts] == ["2026-12-08T10:00:00+00:00"]
    assert "Not on 8 December." in mail.outbox[0].body
    assert [f"{each:%d.%m.}" for each in series.left_out(made)] == ["08.12."]


def test_one_is_moved_and_told_by_its_date_alone(diary, office):
    made = arrange(diary)
    office.settle()
    one = rows(made)[1]
    booking.move(one, version=0, plan=plan("15:00", FIRST + WEEK), by=None, at=clock.now())
    office.settle()
    method, [event] = events_of(sent()[1])
    assert (method, event["UID"], event["SEQUENCE"]) == ("REQUEST", made.uid, 1)
    assert event["RECURRENCE-ID"].dt.isoformat() == "2026-12-08T10:00:00+00:00"
    assert "RRULE" not in event
    booking.cancel(rows(made)[2], version=0, because="Holiday", by=None, at=clock.now())
    office.settle()
    method, [event] = events_of(sent()[2])
    assert (method, event["RECURRENCE-ID"].dt.isoformat()) == ("CANCEL", "2026-12-15T10:00:00+00:00")


def test_one_that_changes_before_the_mail_has_left_makes_no_second_mail(diary, office):
    made = arrange(diary)
    booking.cancel(rows(made)[0], version=0, because="Holiday", by=None, at=clock.now())
    booking.move(rows(made)[1], version=0, plan=plan("15:00", FIRST + WEEK), by=None, at=clock.now())
    office.settle()
    [message] = sent()
    _method, [whole, moved] = events_of(message)
    assert f"{whole['DTSTART'].dt:%d.%m.}" == "08.12."
    assert f"{moved['DTSTART'].dt:%d.%m. %H:%M}" == "08.12. 15:00"


def test_all_are_cancelled_with_one_word_to_each(diary, office):
    made = arrange(diary, guests=(DANA, TOM))
    office.settle()
    series.cancel(
        rows(made)[2], ALL, **seen(rows(made)[2]), because="She moves away.", by=None, at=clock.now()
    )
    office.settle()
    assert walls(made) == []
    assert sorted(each.to[0] for each in mail.outbox[2:]) == [DANA.email, TOM.email]
    method, [event] = events_of(sent()[2])
    assert (method, event["UID"], str(event["STATUS"])) == ("CANCEL", made.uid, "CANCELLED")
    assert "RECURRENCE-ID" not in event
    assert event["SEQUENCE"] > 0
    assert "She moves away." in mail.outbox[2].body


def test_nobody_is_told_of_the_end_who_was_never_told_of_the_beginning(diary, office):
    made = arrange(diary)
    series.cancel(rows(made)[0], ALL, **seen(rows(made)[0]), because="", by=None, at=clock.now())
    office.settle()
    assert mail.outbox == []


def test_from_one_on_cancelled_the_rest_is_told_with_an_earlier_end(diary, office):
    made = arrange(diary)
    office.settle()
    third = rows(made)[2]
    series.cancel(third, FOLLOWING, **seen(third), because="Done by then.", by=None, at=clock.now())
    office.settle()
    assert walls(made) == ["01.12. 10:00", "08.12. 10:00"]
    method, [whole] = events_of(sent()[1])
    assert (method, whole["UID"], whole["SEQUENCE"]) == ("REQUEST", made.uid, 2)
    assert whole["RRULE"].to_ical() == b"FREQ=WEEKLY;UNTIL=20261208T100000Z;BYDAY=TU"
    assert "Done by then." in mail.outbox[1].body
    made.refresh_from_db()
    assert made.rule.endswith("UNTIL=20261208T100000Z")


def test_what_is_over_stays_when_all_are_cancelled(diary, office):
    made = arrange(diary)
    office.settle()
    office.clock_says("2026-12-09 12:00")
    third = rows(made)[2]
    done = series.cancel(third, ALL, **seen(third), because="Done.", by=None, at=clock.now())
    assert len(done) == 2
    assert walls(made) == ["01.12. 10:00", "08.12. 10:00"]


def test_all_are_moved_and_stay_one_series(diary, office):
    made = arrange(diary)
    office.settle()
    Guest.objects.update(answer="accepted")
    first = rows(made)[0]
    target = series.move(first, ALL, Shift(1, time(15), 45), {}, **seen(first), by=None, at=clock.now())
    office.settle()
    assert target.pk == made.pk
    assert walls(target) == ["02.12. 15:00", "09.12. 15:00", "16.12. 15:00", "23.12. 15:00"]
    method, [whole] = events_of(sent()[1])
    assert (method, whole["UID"]) == ("REQUEST", made.uid)
    assert whole["RRULE"].to_ical() == b"FREQ=WEEKLY;UNTIL=20261223T150000Z;BYDAY=WE"
    assert whole["DTEND"].dt - whole["DTSTART"].dt == timedelta(minutes=45)
    assert set(Guest.objects.values_list("answer", flat=True)) == {"waiting"}


@pytest.mark.parametrize("by_days", [-1, 1])
def test_neighbours_move_past_each_other(diary, by_days):
    made = arrange(diary, Choice("daily", FIRST, time(10), count=5))
    first = rows(made)[0]
    series.move(first, ALL, Shift(by_days, time(10), 30), {}, **seen(first), by=None, at=clock.now())
    assert walls(made) == [f"{FIRST + timedelta(n + by_days):%d.%m.} 10:00" for n in range(5)]
    first = rows(made)[0]
    series.move(first, ALL, Shift(0, time(10, 15), 30), {}, **seen(first), by=None, at=clock.now())
    assert walls(made) == [f"{FIRST + timedelta(n + by_days):%d.%m.} 10:15" for n in range(5)]


def test_from_one_on_moved_there_are_two_series_and_both_are_told(diary, office):
    made = arrange(diary)
    office.settle()
    third = rows(made)[2]
    target = series.move(third, FOLLOWING, Shift(0, time(15), 30), {}, **seen(third), by=None, at=clock.now())
    office.settle()
    assert walls(made) == ["01.12. 10:00", "08.12. 10:00"]
    assert walls(target) == ["15.12. 15:00", "22.12. 15:00"]
    told = {str(event["UID"]): event for message in sent()[1:] for event in events_of(message)[1]}
    assert told[made.uid]["RRULE"].to_ical() == b"FREQ=WEEKLY;UNTIL=20261208T100000Z;BYDAY=TU"
    assert told[target.uid]["RRULE"].to_ical() == b"FREQ=WEEKLY;UNTIL=20261222T150000Z;BYDAY=TU"
    assert len(mail.outbox) == 3
    last = rows(target)[-1]
    series.cancel(last, ALL, **seen(last), because="Over.", by=None, at=clock.now())
    office.settle()
    method, [event] = events_of(sent()[3])
    assert (method, event["UID"]) == ("CANCEL", target.uid)


def test_moving_all_asks_of_each_that_clashes_and_leaves_alone_what_was_moved(diary):
    made = arrange(diary)
    moved = rows(made)[1]
    booking.move(moved, version=0, plan=plan("12:00", FIRST + WEEK), by=None, at=clock.now())
    diaries.booked(diary, "15:00", FIRST, when=clock.now(), about="Court")
    first, shift = rows(made)[0], Shift(0, time(15), 30)
    with pytest.raises(Undecided) as refused:
        series.move(first, ALL, shift, {}, **seen(first), by=None, at=clock.now())
    assert [each.on for each in refused.value.instances] == [FIRST, FIRST + 2 * WEEK, FIRST + 3 * WEEK]
    series.move(first, ALL, shift, {FIRST: Decision(LEAVE)}, **seen(first), by=None, at=clock.now())
    assert walls(made) == ["08.12. 12:00", "15.12. 15:00", "22.12. 15:00"]


def test_a_monthly_series_goes_to_another_day_of_each_month(diary):
    """From the first Tuesday to the second Wednesday: in some months eight days later, in others one."""
    made = arrange(diary, Choice("monthly_on_weekday", FIRST, time(10), count=3))
    assert walls(made) == ["01.12. 10:00", "05.01. 10:00", "02.02. 10:00"]
    second = rows(made)[1]
    moved = series.move(second, ALL, Shift(8, time(15), 30), {}, **seen(second), by=None, at=clock.now())
    assert walls(moved) == ["09.12. 15:00", "13.01. 15:00", "10.02. 15:00"]
    assert moved.rule == "FREQ=MONTHLY;BYDAY=2WE;UNTIL=20270210T150000Z"
    assert series.left_out(moved) == []


def test_a_monthly_series_does_not_go_to_a_day_that_a_month_lacks(diary):
    made = arrange(diary, Choice("monthly_on_date", date(2026, 12, 30), time(10), count=2))
    assert walls(made) == ["30.12. 10:00", "30.01. 10:00"]
    first = rows(made)[0]
    with pytest.raises(NotPossible, match="Not every month has that day"):
        series.move(first, ALL, Shift(30, time(10), 30), {}, **seen(first), by=None, at=clock.now())
    series.move(first, ALL, Shift(1, time(10), 30), {}, **seen(first), by=None, at=clock.now())
    assert walls(made) == ["31.12. 10:00", "31.01. 10:00"]


def test_another_subject_for_all_is_told_once_and_asks_nobody_anew(diary, office):
    made = arrange(diary)
    office.settle()
    Guest.objects.update(answer="accepted")
    one = rows(made)[1]
    series.change(one, ALL, **seen(one), by=None, at=clock.now(), about="The lease")
    series.change(one, ALL, **seen(one), by=None, at=clock.now(), notes="Difficult")
    office.settle()
    assert len(mail.outbox) == 2
    _method, [whole] = events_of(sent()[1])
    assert whole["SUMMARY"] == "The lease"
    assert set(Guest.objects.values_list("answer", flat=True)) == {"accepted"}


def test_who_is_added_to_all_is_told_of_the_series_alone_and_who_is_taken_off_is_told(diary, office):
    made = arrange(diary)
    office.settle()
    one = rows(made)[1]
    series.invite(one, ALL, (TOM,), **seen(one), by=None, at=clock.now())
    office.settle()
    assert [each.to for each in mail.outbox] == [[DANA.email], [TOM.email]]
    dana = one.guests.get(email=DANA.email)
    series.take_off(one, ALL, dana, **seen(one), by=None, at=clock.now())
    office.settle()
    assert [each.to for each in mail.outbox[2:]] == [[DANA.email]]
    method, [event] = events_of(sent()[2])
    assert (method, event["UID"]) == ("CANCEL", made.uid)
    assert "RECURRENCE-ID" not in event


def test_who_comes_from_one_on_is_told_of_those(diary, office):
    made = arrange(diary, guests=())
    third = rows(made)[2]
    series.invite(third, FOLLOWING, (TOM,), **seen(third), by=None, at=clock.now())
    office.settle()
    _method, [whole] = events_of(sent()[0])
    assert f"{whole['DTSTART'].dt:%d.%m.}" == "15.12."


def test_whoever_acts_on_an_old_page_is_told_so(diary):
    made = arrange(diary)
    one = rows(made)[0]
    old = seen(one)
    series.change(one, ALL, **old, by=None, at=clock.now(), about="The lease")
    with pytest.raises(Changed):
        series.cancel(one, ALL, **old, because="", by=None, at=clock.now())


def test_time_is_kept_free_again_and_again(diary):
    made = arrange(diary, manner="block", about="Writing", guests=())
    assert {each.manner for each in rows(made)} == {"block"}
    assert rows(made)[0].events.get().verb == "blocked"
