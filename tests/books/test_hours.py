"""A secretary's week: live, corrected with a reason, confirmed by her, approved, and closed for good."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from calls.models import Call
from clients.models import WorkRecord
from secretariat import clock
from secretariat.books import hours
from secretariat.books.models import ConfirmedTime, Correction, Week

from .conftest import local, worked

LAST_WEEK = date(2026, 11, 16)  # a Monday


def confirmed(priya, helen=None) -> Week:
    seen = hours.of(priya, LAST_WEEK, at=clock.now()).seen
    week = hours.confirm(priya, LAST_WEEK, seen=seen, at=clock.now())
    if helen:
        hours.approve(week, by=helen, at=clock.now())
        week.refresh_from_db()
    return week


def test_a_call_stands_in_her_week_while_it_goes_on_and_to_the_second_when_it_is_over(office):
    office.clock_says("2026-11-24 10:30")
    okafor = office.client("Okafor Legal")
    priya = office.secretary("Priya", okafor)
    caller = office.rings(okafor)
    office.answers(priya)
    office.passes(75)
    page = office.browser(priya).get(reverse("books-time")).content.decode()
    assert "Going on" in page
    assert "1:15" in page
    office.hangs_up(caller)
    call = Call.objects.get()
    office.browser(priya).post(f"/desk/messages/{call.pk}/none/", {"reason": "wrong_number"})
    page = office.browser(priya).get(reverse("books-time")).content.decode()
    assert "Going on" not in page
    talked = WorkRecord.objects.get(kind="talk", secretary=priya)
    assert (talked.ended_at - talked.started_at).total_seconds() == 75
    assert reverse("books-time-correct", args=[talked.pk]) in page


def test_a_correction_keeps_both_values_and_says_who_and_why(office, okafor, priya):
    record = worked(okafor, priya, "2026-11-17 09:00:10", 130)
    hers = office.browser(priya)
    page = reverse("books-time-correct", args=[record.pk])
    said = {"on": "2026-11-17", "since": "09:00:10", "until": "09:01:00"}
    refused = hers.post(page, said)
    assert refused.status_code == 422
    assert "Say why" in refused.content.decode()
    assert "09:01:00" in refused.content.decode()  # nothing typed is lost
    assert hers.post(page, said | {"because": "She had hung up; I forgot the button"}).status_code == 303
    made = Correction.objects.get()
    assert (made.was_until, made.ended_at) == (record.ended_at, local("2026-11-17 09:01:00"))
    assert made.made_by == priya.user
    record.refresh_from_db()
    assert record.ended_at == local("2026-11-17 09:02:20")  # what was recorded is never written over
    shown = hers.get(f"{reverse('books-time')}?week=2026-11-18").content.decode()
    assert "Recorded 09:00:10 – 09:02:20" in shown
    assert "0:50" in shown


def test_a_second_correction_replaces_the_first_and_both_are_kept(okafor, priya):
    record = worked(okafor, priya, "2026-11-17 09:00:00", 100)
    at, begun = clock.now(), record.started_at
    for minute in ("09:01", "09:00"):
        until = local(f"2026-11-17 {minute}")
        hours.correct(record, started_at=begun, ended_at=until, because="Miskeyed", by=priya.user, at=at)
    assert Correction.objects.filter(record=record).count() == 2
    [counts] = hours.of(priya, LAST_WEEK, at=at).intervals
    assert counts.is_struck_out


def test_work_that_nothing_recorded_is_written_down_with_what_it_was(office, okafor, priya):
    said = {"client": okafor.row.pk, "on": "2026-11-17", "since": "14:00", "until": "14:25"}
    hers = office.browser(priya)
    assert hers.post(reverse("books-time-add"), said | {"because": "Typed the lease"}).status_code == 303
    record = WorkRecord.objects.get(secretary=priya)
    assert record.kind == WorkRecord.Kind.OTHER
    assert record.started_at == record.ended_at  # nothing recorded it
    assert hours.of(priya, LAST_WEEK, at=clock.now()).at_work_seconds == 25 * 60


def test_she_confirms_what_she_saw_and_nothing_else(office, okafor, priya):
    worked(okafor, priya, "2026-11-17 09:00:00", 100)
    hers = office.browser(priya)
    seen = hours.of(priya, LAST_WEEK, at=clock.now()).seen
    worked(okafor, priya, "2026-11-17 11:00:00", 40)
    said = {"week": LAST_WEEK.isoformat(), "seen": seen}
    told = hers.post(reverse("books-time-confirm"), said, follow=True).content.decode()
    assert "Something has changed" in told
    assert not ConfirmedTime.objects.exists()
    again = said | {"seen": hours.of(priya, LAST_WEEK, at=clock.now()).seen}
    assert (
        "Your week is confirmed"
        in hers.post(reverse("books-time-confirm"), again, follow=True).content.decode()
    )
    assert ConfirmedTime.objects.count() == 2


def test_an_interval_that_was_moved_and_lasts_as_long_is_not_what_she_saw(office, okafor, priya, helen):
    record = worked(okafor, priya, "2026-11-17 09:00:00", 100)
    seen = hours.of(priya, LAST_WEEK, at=clock.now()).seen
    moved = {"started_at": local("2026-11-17 15:00:00"), "ended_at": local("2026-11-17 15:01:40")}
    hours.correct(record, **moved, because="In the afternoon", by=helen, at=clock.now())
    with pytest.raises(hours.NotNow, match="Something has changed"):
        hours.confirm(priya, LAST_WEEK, seen=seen, at=clock.now())
    confirmed(priya)


def test_a_week_that_is_not_over_cannot_be_confirmed(okafor, priya):
    this_week = hours.this_monday(priya, clock.now())
    with pytest.raises(hours.NotNow, match="not over"):
        hours.confirm(priya, this_week, seen="0-0", at=clock.now())


def test_a_supervisor_sends_a_week_back_with_her_reason_or_approves_it(office, okafor, priya, helen):
    worked(okafor, priya, "2026-11-17 09:00:00", 100)
    week, firm = confirmed(priya), office.browser(helen)
    listed = firm.get(f"{reverse('books-weeks')}?week=2026-11-16").content.decode()
    assert "Waits for approval" in listed
    back = reverse("books-week-send-back", args=[week.pk])
    assert firm.post(back, {"because": ""}).status_code == 422
    assert firm.post(back, {"because": "The call at nine"}).status_code == 303
    hers = office.browser(priya).get(f"{reverse('books-time')}?week=2026-11-16").content.decode()
    assert "The call at nine" in hers
    assert not ConfirmedTime.objects.exists()
    confirmed(priya)
    assert firm.post(reverse("books-week-approve", args=[week.pk])).status_code == 303
    week.refresh_from_db()
    assert (week.state, week.approved_by) == ("approved", helen)


def test_nobody_approves_her_own_hours_unless_nobody_else_runs_the_firm(office, okafor, priya, helen):
    worked(okafor, priya, "2026-11-17 09:00:00", 100)
    priya.user.posts.create(post="admin")
    week = confirmed(priya)
    with pytest.raises(hours.NotNow, match="Somebody else"):
        hours.approve(week, by=priya.user, at=clock.now())
    helen.posts.update(until_at=clock.now())
    hours.approve(week, by=priya.user, at=clock.now())


def test_a_closed_week_is_held_closed_by_the_database(okafor, priya, helen):
    record = worked(okafor, priya, "2026-11-17 09:00:00", 100)
    week = confirmed(priya, helen)
    [time] = week.times.all()
    attempts = [
        lambda: Week.objects.filter(pk=week.pk).update(state="open"),
        lambda: ConfirmedTime.objects.filter(pk=time.pk).update(ended_at=time.started_at),
        lambda: ConfirmedTime.objects.filter(pk=time.pk).delete(),
        lambda: Correction.objects.create(
            record=record,
            secretary=priya,
            client=okafor.row,
            was_from=record.started_at,
            was_until=record.ended_at,
            started_at=record.started_at,
            ended_at=record.started_at,
            because="Late",
            made_by=helen,
        ),
    ]
    for attempt in attempts:
        with pytest.raises(IntegrityError, match="a closed week stays closed"), transaction.atomic():
            attempt()
    with pytest.raises(hours.NotNow):
        hours.correct(
            record,
            started_at=record.started_at,
            ended_at=record.started_at,
            because="Late",
            by=priya.user,
            at=clock.now(),
        )


def test_what_comes_late_for_a_closed_week_counts_in_the_next_one(okafor, priya, helen):
    worked(okafor, priya, "2026-11-17 09:00:00", 100)
    confirmed(priya, helen)
    late = worked(okafor, priya, "2026-11-18 09:00:00", 30)
    after = hours.of(priya, date(2026, 11, 23), at=clock.now())
    assert [each.record_id for each in after.intervals] == [late.pk]
    assert hours.of(priya, date(2026, 11, 30), at=clock.now()).intervals == []


def test_what_came_late_is_corrected_in_the_week_in_which_it_counts_and_nobody_confirms_that_meanwhile(
    okafor, priya, helen
):
    worked(okafor, priya, "2026-11-10 09:00:00", 100)
    before = date(2026, 11, 9)
    hours.confirm(priya, before, seen=hours.of(priya, before, at=clock.now()).seen, at=clock.now())
    late = worked(okafor, priya, "2026-11-11 09:00:00", 30)
    ended = local("2026-11-11 09:00:10")
    with CaptureQueriesContext(connection) as captured:
        hours.correct(
            late,
            started_at=late.started_at,
            ended_at=ended,
            because="Hung up",
            by=priya.user,
            at=clock.now(),
        )
    locked = [each["sql"] for each in captured if "FOR UPDATE" in each["sql"] and "books_week" in each["sql"]]
    assert [monday for sql in locked for monday in ("2026-11-09", "2026-11-16") if monday in sql] == [
        "2026-11-09",
        "2026-11-16",
    ]
    confirmed(priya)
    assert ConfirmedTime.objects.get(record=late).ended_at == ended
    with pytest.raises(hours.NotNow, match="That week is confirmed"):
        hours.correct(late, started_at=ended, ended_at=ended, because="Again", by=priya.user, at=clock.now())


def test_a_week_that_is_over_waits_for_what_came_late_for_the_one_before(okafor, priya, helen):
    """She did nothing in the week after it."""
    before = date(2026, 11, 9)
    worked(okafor, priya, "2026-11-10 09:00:00", 100)
    hours.confirm(priya, before, seen=hours.of(priya, before, at=clock.now()).seen, at=clock.now())
    assert hours.unconfirmed(priya, at=clock.now()) == []
    worked(okafor, priya, "2026-11-11 09:00:00", 30)
    assert hours.unconfirmed(priya, at=clock.now()) == [LAST_WEEK]
    confirmed(priya)
    worked(okafor, priya, "2026-11-12 09:00:00", 30)  # stands in this week, which is not over
    assert hours.unconfirmed(priya, at=clock.now()) == []
