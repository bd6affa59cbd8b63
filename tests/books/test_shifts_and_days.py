"""What is paid besides work: time on shift with nothing to do, days of holiday and sickness, each once."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as some

from secretariat import clock
from secretariat.books import metering, paying, shifts_and_days
from secretariat.office.contracts import days_off
from secretariat.office.models import Absence, Break, PlannedShift, Shift
from secretariat.office.pay import By, Term

from .conftest import LONDON, local, worked
from .test_paying import MONDAYS, approved, prepared, under_contract

OCTOBER, NOVEMBER = (date(2026, 10, 1), date(2026, 10, 31)), (date(2026, 11, 1), date(2026, 11, 30))
WEDNESDAY = "2026-10-07"


@pytest.fixture
def ruth(office):
    return office.supervisor("Ruth")


def on_shift(secretary, begins, ends) -> Shift:
    return Shift.objects.create(
        secretary=secretary, line="browser", started_at=local(begins), ended_at=local(ends)
    )


def told(page):
    return page.content.decode()


def test_waiting_is_paid_where_the_contract_says_so_and_she_sees_it_before_she_confirms(
    office, okafor, priya, helen, ruth
):
    """Nine to twelve, of which half an hour was work, two calls at once, and a quarter a break: 2:15:00."""
    under_contract(priya, helen, Term(By.HOUR, Decimal(12)), Term(By.WAITING, Decimal(8)))
    shift = on_shift(priya, f"{WEDNESDAY} 09:00:00", f"{WEDNESDAY} 12:00:00")
    worked(okafor, priya, f"{WEDNESDAY} 09:10:00", 1200)
    worked(okafor, priya, f"{WEDNESDAY} 09:20:00", 1200, kind="hold")
    Break.objects.create(
        secretary=priya,
        shift=shift,
        reason="Tea",
        started_at=local(f"{WEDNESDAY} 11:00:00"),
        ended_at=local(f"{WEDNESDAY} 11:15:00"),
    )
    week = told(office.browser(priya).get(reverse("books-time"), {"week": WEDNESDAY}))
    assert "2:15:00" in week
    assert "on shift with nothing to do" in week
    assert not prepared(helen).statements.exists()  # nobody has approved that week
    approved(priya, helen, MONDAYS[1])
    run = paying.prepare(paying.PayRun.objects.get(), by=helen, at=clock.now(), anew=True)
    statement = paying.approve(run, by=ruth, at=clock.now()).statements.get()
    assert statement.gross == Decimal("24.00")  # 0:30:00 at 12.00, and 2:15:00 at 8.00
    page = told(office.browser(priya).get(reverse("my-statement", args=[statement.pk])))
    assert "8.00 EUR an hour on shift in which there is nothing to do, without breaks" in page
    assert "Wed 7 Oct 09:00" in page
    assert not prepared(helen, *NOVEMBER).statements.exists()


def test_a_night_into_the_next_week_is_paid_as_waiting_once_that_week_is_closed_too(
    office, okafor, priya, helen, ruth
):
    """Sunday 22:00 to Monday 06:00, an hour of talk before midnight and one after: six hours at 8.00."""
    under_contract(priya, helen, Term(By.HOUR, Decimal(12)), Term(By.WAITING, Decimal(8)))
    on_shift(priya, "2026-10-25 22:00:00", "2026-10-26 06:00:00")
    worked(okafor, priya, "2026-10-25 23:00:00", 3600)
    worked(okafor, priya, "2026-10-26 02:00:00", 3600)
    week = told(office.browser(priya).get(reverse("books-time"), {"week": "2026-10-25"}))
    assert "6:00:00" in week  # what she reads before she confirms leaves out the call of Monday, too
    approved(priya, helen, date(2026, 10, 19))
    first = paying.approve(prepared(helen), by=ruth, at=clock.now()).statements.get()
    assert [each.kind for each in first.lines.all()] == ["time"]
    approved(priya, helen, date(2026, 10, 26))
    later = prepared(helen, *NOVEMBER).statements.get()
    lines = {each.kind: each.amount for each in later.lines.all()}
    assert lines == {"time": Decimal("12.00"), "waiting": Decimal("48.00")}
    assert not prepared(helen, date(2026, 12, 1), date(2026, 12, 31)).statements.exists()


def test_a_night_into_a_week_without_work_is_paid_as_waiting_once_that_week_is_over(
    office, okafor, priya, helen
):
    under_contract(priya, helen, Term(By.HOUR, Decimal(12)), Term(By.WAITING, Decimal(8)))
    on_shift(priya, "2026-10-25 22:00:00", "2026-10-26 02:00:00")
    office.clock_says("2026-11-01 23:59")
    approved(priya, helen, date(2026, 10, 19))
    run = prepared(helen)
    assert not run.statements.exists()
    office.clock_says("2026-11-02 00:00")
    [line] = paying.prepare(run, by=helen, at=clock.now(), anew=True).statements.get().lines.all()
    assert (line.kind, line.amount) == ("waiting", Decimal("32.00"))


def test_without_such_a_term_waiting_is_neither_paid_nor_shown(office, okafor, priya, helen):
    under_contract(priya, helen)
    on_shift(priya, f"{WEDNESDAY} 09:00:00", f"{WEDNESDAY} 12:00:00")
    worked(okafor, priya, f"{WEDNESDAY} 09:10:00", 3600)
    week = told(office.browser(priya).get(reverse("books-time"), {"week": WEDNESDAY}))
    assert "on shift with nothing to do" not in week
    approved(priya, helen, MONDAYS[1])
    assert prepared(helen).statements.get().gross == Decimal("14.40")


def planned(priya, begins, ends, zone=LONDON, **facts) -> PlannedShift:
    span = {"starts_at": local(begins, zone), "ends_at": local(ends, zone), "zone": zone.key}
    return PlannedShift.objects.create(
        secretary=priya, state="published", published_at=clock.now(), **span, **facts
    )


def test_a_night_that_was_kept_is_paid_and_a_missed_shift_costs_the_bonus_unless_excused(
    office, priya, helen, ruth
):
    under_contract(
        priya, helen, Term(By.HOUR, Decimal(12)), Term(By.ODD, Decimal(9)), Term(By.KEPT, Decimal(50))
    )
    planned(priya, f"{WEDNESDAY} 20:00:00", f"{WEDNESDAY} 23:00:00")
    on_shift(priya, f"{WEDNESDAY} 19:58:00", f"{WEDNESDAY} 23:01:00")
    missed = planned(priya, "2026-10-08 09:00:00", "2026-10-08 12:00:00")
    run = prepared(helen)
    [line] = run.statements.get().lines.all()
    assert (line.quantity, line.amount) == ("1 shift", Decimal(9))
    assert "not on a weekday between 7 and 20" in line.words
    PlannedShift.objects.filter(pk=missed.pk).update(excused=True)
    run = paying.approve(paying.prepare(run, by=helen, at=clock.now(), anew=True), by=ruth, at=clock.now())
    statement = run.statements.get()
    assert {(each.quantity, each.amount) for each in statement.lines.all()} == {
        ("1 shift", Decimal(9)),
        ("2 shifts", Decimal(50)),
    }
    page = told(office.browser(priya).get(reverse("my-statement", args=[statement.pk])))
    assert "Wed 7 Oct 20:00" in page


def employed(priya, helen, **gives):
    benefits = [{"of": of, "each": str(days), "from": ""} for of, days in gives.items()]
    terms = Term(By.HOUR, Decimal(12)), Term(By.DAY_OFF, Decimal(90))
    return under_contract(priya, helen, *terms, kind="employee", benefits=benefits)


def away(priya, kind, first, last, state="approved"):
    days = {"from_on": date.fromisoformat(first), "until_on": date.fromisoformat(last)}
    return Absence.objects.create(secretary=priya, kind=kind, state=state, **days)


def quantities(run) -> dict[str, str]:
    return dict(run.statements.get().lines.values_list("words", "quantity"))


def test_days_of_holiday_are_paid_as_far_as_they_are_earned_and_the_rest_later(office, priya, helen, ruth):
    """From 1 September 73 days a year: 12.2 until the end of October, 18.2 a month later."""
    employed(priya, helen, holiday=73)
    away(priya, "holiday", "2026-10-05", "2026-10-23")  # fifteen days from Monday to Friday
    away(priya, "holiday", "2026-10-26", "2026-10-27", state="asked")
    run = paying.approve(prepared(helen), by=ruth, at=clock.now())
    statement = run.statements.get()
    line = statement.lines.get()
    assert (line.words, line.quantity, line.amount) == ("Paid holiday", "12 days", Decimal(1080))
    page = told(office.browser(priya).get(reverse("my-statement", args=[statement.pk])))
    assert "Mon 5 Oct" in page
    assert "Sat 10 Oct" not in page
    later = paying.approve(prepared(helen, *NOVEMBER), by=ruth, at=clock.now()).statements.get()
    assert [(each.words, each.quantity) for each in later.lines.all()] == [("Paid holiday", "3 days")]
    december = prepared(helen, date(2026, 12, 1), date(2026, 12, 31))
    assert not december.statements.exists()


def test_a_day_of_sickness_on_a_holiday_is_paid_once_and_is_no_day_of_holiday(office, priya, helen, ruth):
    """Five days of holiday, on two of which she is ill; of a third she says so after the run has paid it."""
    employed(priya, helen, holiday=73, sickness=73)
    away(priya, "holiday", "2026-10-05", "2026-10-09")
    ill = away(priya, "sickness", "2026-10-08", "2026-10-09")
    balance = days_off.left(priya, "holiday", on=OCTOBER[1])
    assert (balance.earned, balance.used) == (Decimal("12.2"), 3)
    page = told(office.browser(priya).get(reverse("my-pay")))
    assert "14 days" in page  # 85 days at 0.2 until today, less three
    run = paying.approve(prepared(helen), by=ruth, at=clock.now())
    assert quantities(run) == {"Paid holiday": "3 days", "Paid sickness": "2 days"}
    Absence.objects.filter(pk=ill.pk).update(from_on=date(2026, 10, 7))
    away(priya, "holiday", "2026-11-02", "2026-11-24")  # seventeen; 18.2 are earned, and two taken
    assert quantities(prepared(helen, *NOVEMBER)) == {"Paid holiday": "16 days"}


def test_a_holiday_that_was_paid_stays_one_where_nothing_is_paid_for_sickness(priya, helen, ruth):
    employed(priya, helen, holiday=73)
    away(priya, "holiday", "2026-10-05", "2026-10-09")
    run = paying.approve(prepared(helen), by=ruth, at=clock.now())
    assert quantities(run) == {"Paid holiday": "5 days"}
    away(priya, "sickness", "2026-10-08", "2026-10-09")
    away(priya, "holiday", "2026-11-02", "2026-11-24")  # seventeen; 18.2 are earned, and five paid
    assert quantities(prepared(helen, *NOVEMBER)) == {"Paid holiday": "13 days"}


def test_sickness_is_earned_anew_each_year(priya, helen):
    contract = employed(priya, helen, sickness=36.5)
    away(priya, "sickness", "2026-12-28", "2027-01-29")  # four days in December, and then 21
    found = shifts_and_days.off(priya, [contract], date(2027, 1, 31))
    assert [each.day.year for each in found] == [2026] * 4 + [2027] * 3


MINUTES = some.integers(0, 600)


@given(
    begins=MINUTES,
    length=some.integers(0, 300),
    busy=some.lists(some.tuples(MINUTES, some.integers(0, 90)), max_size=8),
)
def test_every_minute_of_a_shift_is_either_busy_or_idle(begins, length, busy):
    def at(minute):
        return local("2026-10-07 00:00:00") + minute * metering.MICROSECOND * metering.SECOND * 60

    spans = [(at(since), at(since + long)) for since, long in busy]
    filled = {minute for since, long in busy for minute in range(since, since + long)}
    expected = len(set(range(begins, begins + length)) - filled)
    assert shifts_and_days.idle(at(begins), at(begins + length), spans) == expected * 60 * metering.SECOND
