"""How evenly the work falls: by hand, and from what was recorded."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from django.urls import reverse

from secretariat import clock
from secretariat.books import fairness, hours, paying, sharing
from secretariat.books.fairness import Share
from secretariat.books.models import PayExtra
from secretariat.office.models import Break, PlannedShift, Shift
from secretariat.office.odd_hours import is_odd
from secretariat.office.pay import By, Term
from secretariat.office.pay_counting import Per

from .conftest import local, worked
from .test_paying import MONDAYS, OCTOBER, PAID_ON, approved, under_contract


@pytest.mark.parametrize(
    ("begins", "ends", "unpopular"),
    [
        ("2026-11-24 09:00", "2026-11-24 17:00", False),  # a Tuesday
        ("2026-11-24 07:00", "2026-11-24 20:00", False),
        ("2026-11-24 06:45", "2026-11-24 14:00", True),
        ("2026-11-24 13:00", "2026-11-24 20:15", True),
        ("2026-11-24 22:00", "2026-11-25 06:00", True),
        ("2026-11-28 10:00", "2026-11-28 12:00", True),  # a Saturday
    ],
)
def test_a_shift_at_night_or_at_a_weekend_is_unpopular_by_her_own_clocks(begins, ends, unpopular):
    assert is_odd(local(begins), local(ends), "Europe/London") is unpopular


def test_the_same_shift_is_a_night_elsewhere():
    begins, ends = datetime(2026, 11, 24, 9, tzinfo=UTC), datetime(2026, 11, 24, 13, tzinfo=UTC)
    assert is_odd(begins, ends, "America/Los_Angeles")


def share(**facts) -> Share:
    return Share(UUID(int=1), "Priya", **facts)


def test_a_share_worked_out_by_hand():
    hers = share(
        on_shift=8 * 3600,
        worked=5 * 3600,
        on_breaks=1800,
        breaks=2,
        least=Decimal(6),
        shifts=4,
        unpopular=1,
        earned=Decimal("72.50"),
        earned_seconds=5 * 3600,
    )
    assert (hers.waited, hers.waiting_percent) == (2.5 * 3600, 31)
    assert hers.short_of_least == 3600
    assert hers.unpopular_percent == 25
    assert hers.break_minutes_a_shift_hour == 3.8
    assert hers.an_hour == Decimal("14.50")


def test_four_weeks_are_held_against_four_weeks_of_a_month(priya, helen, okafor):
    under_contract(priya, helen, min_hours_month=Decimal(93))
    [hers] = sharing.shares([priya], until=clock.now())  # 27 October to 23 November
    assert hers.least == Decimal("86.30")  # 5 of 31 days are 15, 23 of 30 are 71.3


def test_a_week_that_is_promised_counts_four_times(priya, helen, okafor):
    under_contract(priya, helen, min_hours_week=Decimal(20), min_hours_month=Decimal(93))
    [hers] = sharing.shares([priya], until=clock.now())
    assert hers.least == 80


def test_what_is_paid_whatever_was_done_stands_apart_from_what_an_hour_earned(office, okafor, priya, helen):
    """Two hours at 14.40 made up to 120, and a headset paid back: no hour of hers earned 60."""
    under_contract(priya, helen, Term(By.HOUR, Decimal("14.40")), Term(By.LEAST, Decimal(120), per=Per.MONTH))
    worked(okafor, priya, "2026-10-05 09:00", 7200)
    approved(priya, helen, MONDAYS[1])
    PayExtra.objects.create(
        secretary=priya,
        kind=PayExtra.Kind.EXPENSE,
        on=OCTOBER[1],
        amount=45,
        words="A headset",
        state=PayExtra.State.AGREED,
        asked_by=priya.user,
        decided_by=helen,
    )
    run = paying.begin(*OCTOBER, PAID_ON, by=helen, at=clock.now())
    run = paying.prepare(run, by=helen, at=clock.now())
    paying.approve(run, by=office.supervisor("Ruth"), at=clock.now())
    [hers] = sharing.shares([priya], until=clock.now())
    assert (hers.an_hour, hers.an_hour_in_all) == (Decimal("14.40"), Decimal("60.00"))
    for who, name in ((helen, "fairness"), (priya, "my-fairness")):
        page = office.browser(who).get(reverse(name)).content.decode()
        assert "14.40 EUR" in page, name
        assert "60.00 EUR with what was made up to the least agreed" in page, name


def test_what_cannot_be_said_is_left_open():
    nothing = share()
    assert (nothing.waiting_percent, nothing.unpopular_percent, nothing.an_hour) == (None, None, None)
    assert (nothing.short_of_least, nothing.break_minutes_a_shift_hour) == (None, None)
    assert fairness.middle([]) == fairness.middle([nothing])


def test_the_middle_is_that_of_those_who_have_any():
    rows = [share(on_shift=100, worked=each) for each in (0, 40, 90)] + [share()]
    assert fairness.middle(rows).waiting_percent == 60


def test_the_board_counts_what_was_recorded_of_four_weeks(office, okafor, priya, helen):
    begins = local("2026-11-23 09:00")
    shift = Shift.objects.create(
        secretary=priya, line="browser", started_at=begins, ended_at=begins + timedelta(hours=4)
    )
    Break.objects.create(
        secretary=priya,
        shift=shift,
        reason="Lunch",
        started_at=begins + timedelta(hours=2),
        ended_at=begins + timedelta(hours=2, minutes=30),
    )
    worked(okafor, priya, "2026-11-23 09:30", 3600)
    worked(okafor, priya, "2026-11-23 10:00", 3600, kind="hold")  # half of it at the same time
    worked(okafor, priya, "2026-09-01 10:00", 3600)  # long ago
    PlannedShift.objects.create(
        secretary=priya,
        starts_at=local("2026-11-21 09:00"),
        ends_at=local("2026-11-21 12:00"),
        zone="Europe/London",
        state="published",
        published_at=clock.now(),
    )
    [hers] = sharing.shares([priya], until=clock.now())
    assert (hers.on_shift, hers.worked, hers.on_breaks) == (4 * 3600, 1.5 * 3600, 1800)
    assert (hers.waited, hers.shifts, hers.unpopular, hers.least) == (2 * 3600, 1, 1, None)
    page = office.browser(helen).get(reverse("fairness")).content.decode()
    assert "2 h 00 min" in page
    own = office.browser(priya).get(reverse("my-fairness")).content.decode()
    assert "1 of 1, 100 %" in own


def test_corrected_time_counts_as_it_was_corrected_on_both_boards(office, okafor, priya, helen):
    """One was cut, one moved out of these weeks, one taken out, and one written down by hand."""
    facts = {"because": "The line stayed open", "by": priya.user, "at": clock.now()}

    def corrected(record, begins, until):
        return hours.correct(record, started_at=local(begins), ended_at=local(until), **facts)

    cut = worked(okafor, priya, "2026-11-23 09:00", 7200)
    corrected(cut, "2026-11-23 09:00", "2026-11-23 10:30")
    corrected(cut, "2026-11-23 09:00", "2026-11-23 10:00")  # the last word holds
    moved = worked(okafor, priya, "2026-11-23 11:00", 3600)
    corrected(moved, "2026-10-01 11:00", "2026-10-01 12:00")
    nothing = worked(okafor, priya, "2026-11-23 13:00", 3600)
    corrected(nothing, "2026-11-23 13:00", "2026-11-23 13:00")
    hours.add(
        priya,
        client=okafor.row,
        started_at=local("2026-11-23 15:00"),
        ended_at=local("2026-11-23 15:30"),
        **facts,
    )
    worked(okafor, priya, "2026-11-23 09:45", 1800)  # half of it at the same time as what was cut
    [hers] = sharing.shares([priya], until=clock.now())
    assert hers.worked == 3600 + 900 + 1800
    for who, name in ((helen, "fairness"), (priya, "my-fairness")):
        page = office.browser(who).get(reverse(name)).content.decode()
        assert "1 h 45 min" in page, name


def test_what_is_corrected_and_then_confirmed_goes_on_counting_so(okafor, priya, helen):
    record = worked(okafor, priya, "2026-11-17 09:00", 7200)
    hours.correct(
        record,
        started_at=local("2026-11-17 09:00"),
        ended_at=local("2026-11-17 10:00"),
        because="We had said goodbye",
        by=priya.user,
        at=clock.now(),
    )
    approved(priya, helen, date(2026, 11, 16))
    [hers] = sharing.shares([priya], until=clock.now())
    week = hours.of(priya, date(2026, 11, 16), at=clock.now())
    assert hers.worked == week.at_work_seconds == 3600
