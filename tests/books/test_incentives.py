"""Incentives by rule, from the contract to the statement: odd shifts, quality, a language, kinds of task."""

from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from clients.models import Client, WorkRecord
from secretariat import clock
from secretariat.books import paying, profit
from secretariat.books.models import PayPart, Remark
from secretariat.office.models import Firm, PlannedShift, Post, Secretary
from secretariat.office.pay import By, Term

from .conftest import local, worked
from .test_paying import MONDAYS, OCTOBER, approved, prepared, under_contract
from .test_shifts_and_days import NOVEMBER, on_shift, planned, told

HOUR = Term(By.HOUR, Decimal("14.40"))


@pytest.fixture
def ruth(office):
    return office.supervisor("Ruth")


def scored(priya, helen, when, percent):
    facts = {"kind": "quality", "words": "Listened to", "score": percent, "by": helen}
    Remark.objects.create(secretary=priya, at=local(when), **facts)


def amounts(run) -> dict:
    return {each.words: (each.quantity, each.amount) for each in run.statements.get().lines.all()}


def test_a_public_holiday_at_a_weekend_is_paid_once_by_what_pays_most(office, priya, helen):
    Firm.current()
    Firm.objects.update(country="DE")  # where 3 October, a Saturday, is one
    terms = Term(By.ODD, Decimal(6), "weekend"), Term(By.ODD, Decimal(20), "holiday")
    under_contract(priya, helen, HOUR, *terms)
    for day in ("2026-10-03", "2026-10-10"):
        planned(priya, f"{day} 09:00:00", f"{day} 12:00:00")
        on_shift(priya, f"{day} 08:58:00", f"{day} 12:01:00")
    late = "2026-10-17"
    planned(priya, f"{late} 09:00:00", f"{late} 12:00:00")
    on_shift(priya, f"{late} 09:30:00", f"{late} 12:01:00")  # half an hour late: not kept
    found = amounts(prepared(helen))
    assert {words[:40]: each for words, each in found.items()} == {
        "6.00 EUR for each shift kept of which an": ("1 shift", Decimal(6)),
        "20.00 EUR for each shift kept on a publi": ("1 shift", Decimal(20)),
    }


def wants_november(office, helen) -> str:
    days = {"first_on": "2026-11-01", "last_on": "2026-11-30", "pay_on": "2026-12-10"}
    return told(office.browser(helen).post(reverse("pay-prepare"), days, follow=True))


def test_a_night_from_the_last_day_is_over_before_a_run_is_prepared(office, okafor, priya, helen):
    under_contract(priya, helen, HOUR, Term(By.ODD, Decimal(9)))
    maya = office.secretary("Maya", okafor, ready=False)
    under_contract(maya, helen, HOUR)  # which pays for no shift as such, and so holds up nothing
    planned(priya, "2026-11-30 22:00:00", "2026-12-01 06:00:00")
    planned(maya, "2026-11-30 22:00:00", "2026-12-01 08:00:00")
    on_shift(priya, "2026-11-30 21:59:00", "2026-12-01 06:01:00")
    office.clock_says("2026-12-01 05:59")
    assert "Priya is paid for shifts she keeps, and one of these days goes on until 1 December, 06:00." in (
        wants_november(office, helen)
    )
    assert not paying.PayRun.objects.exists()
    office.clock_says("2026-12-01 06:02")
    wants_november(office, helen)
    assert [quantity for quantity, _amount in amounts(paying.PayRun.objects.get()).values()] == ["1 shift"]


def test_an_evening_of_the_last_day_in_the_west_holds_up_the_run_and_one_of_the_next_day_does_not(
    office, priya, helen
):
    Secretary.objects.filter(pk=priya.pk).update(zone="America/Los_Angeles")
    under_contract(priya, helen, HOUR, Term(By.KEPT, Decimal(50)))
    west = ZoneInfo("America/Los_Angeles")
    evening = planned(priya, "2026-11-30 19:00:00", "2026-11-30 23:00:00", zone=west)  # not even begun
    planned(priya, "2026-12-01 08:00:00", "2026-12-01 12:00:00", zone=west)
    office.clock_says("2026-12-01 00:30")
    assert "goes on until 1 December, 07:00" in wants_november(office, helen)
    PlannedShift.objects.filter(pk=evening.pk).update(state="cancelled", cancelled_because="planned")
    wants_november(office, helen)
    assert paying.PayRun.objects.exists()


@pytest.mark.parametrize(("percents", "earned"), [((95, 88, 88), True), ((100, 80, 89), False), ((), False)])
def test_results_of_quality_of_these_days_earn_the_bonus(office, priya, helen, percents, earned):
    under_contract(priya, helen, HOUR, Term(By.QUALITY, Decimal(25), percent=90))
    scored(priya, helen, "2026-09-30 12:00:00", 0)  # before, and so of another run
    for n, percent in enumerate(percents):
        scored(priya, helen, f"2026-10-{n + 5:02} 12:00:00", percent)
    statements = prepared(helen).statements
    assert statements.exists() is earned
    if earned:
        line = statements.get().lines.get()
        assert (line.quantity, line.amount) == ("3 results", Decimal(25))
        assert line.words == "Bonus: 25.00 EUR each time she is paid, from 90 % quality on average"
        assert line.rule == "On average 90.3 % in the results of these days."


def test_bonuses_for_every_shift_and_for_quality_open_to_what_earned_them(office, priya, helen, ruth):
    terms = Term(By.KEPT, Decimal(10)), Term(By.QUALITY, Decimal(25), percent=90), Term(By.ODD, Decimal(6))
    under_contract(priya, helen, HOUR, *terms)
    for day in ("2026-10-03", "2026-10-10", "2026-10-12"):  # two Saturdays, which are paid by themselves, too
        planned(priya, f"{day} 09:00:00", f"{day} 12:00:00")
        on_shift(priya, f"{day} 08:58:00", f"{day} 12:01:00")
    for n, percent in enumerate((95, 88, 88)):
        scored(priya, helen, f"2026-10-{n + 5:02} 12:00:00", percent)
    statement = paying.approve(prepared(helen), by=ruth, at=clock.now()).statements.get()
    found = [[str(each.amount) for each in line.parts.all()] for line in statement.lines.filter(kind="bonus")]
    assert sorted(found) == [["3.330", "3.340", "3.330"], ["8.330", "8.340", "8.330"]]
    page = told(office.browser(priya).get(reverse("my-statement", args=[statement.pk])))
    for words in ("Mon 12 Oct 09:00", "Result of quality", "95 %"):
        assert words in page, words
    assert page.count(">Sat 3 Oct 09:00<") == 2
    keeper = office.user("books@example.com", "Beth")
    Post.objects.create(user=keeper, post=Post.Kind.BOOKKEEPER)
    page = told(office.browser(keeper).get(reverse("pay-statement", args=[statement.pk])))
    assert "Result of quality" in page
    assert "95 %" not in page


def test_an_hour_in_french_is_paid_more_and_opens_to_its_seconds(office, okafor, priya, helen, ruth):
    under_contract(priya, helen, HOUR, Term(By.SPOKEN, Decimal("1.80"), "fr"))
    Client.objects.filter(pk=okafor.row.pk).update(language="fr-CH")
    other = office.client("Brill & Daughters")
    worked(okafor, priya, "2026-10-05 09:00:00", 3600)
    worked(okafor, priya, "2026-10-06 09:00:00", 125)
    worked(other, priya, "2026-10-06 11:00:00", 3600)
    approved(priya, helen, MONDAYS[1])
    run = paying.approve(prepared(helen), by=ruth, at=clock.now())
    statement = run.statements.get()
    words = "1.80 EUR more for each hour at work for clients whose callers speak French"
    assert amounts(run)[words] == ("1 h 02 min 05 s", Decimal("1.86"))
    parts = PayPart.objects.filter(statement=statement, subject_kind=paying.SPOKEN)
    assert sorted(parts.values_list("units", "amount")) == [(125, Decimal("0.06")), (3600, Decimal("1.80"))]
    page = told(office.browser(priya).get(reverse("my-statement", args=[statement.pk])))
    assert page.count(">Tue 6 Oct 09:00:00<") == 2  # as time, and as what is on top
    row = next(each for each in profit.of_clients(*OCTOBER) if each.key == okafor.row.pk)
    assert row.paid == Decimal("16.76")  # 14.90 and 1.86
    assert not prepared(helen, *NOVEMBER).statements.exists()  # nothing of it is paid again


def test_a_letter_is_paid_as_a_letter_and_other_tasks_as_such(office, okafor, priya, helen):
    terms = Term(By.PIECE, Decimal(4), "letter"), Term(By.PIECE, Decimal("1.50"), "task")
    under_contract(priya, helen, HOUR, *terms)
    for hour, kind, subject in (("09", "letter", "letters.letter"), ("10", "request", "requests.request")):
        made = worked(okafor, priya, f"2026-10-05 {hour}:00:00", 600, kind=kind)
        WorkRecord.objects.filter(pk=made.pk).update(subject_kind=subject)
    approved(priya, helen, MONDAYS[1])
    found = amounts(prepared(helen))
    assert found["4.00 EUR for each letter written"] == ("1 piece", Decimal(4))
    assert found["1.50 EUR for each other task"] == ("1 piece", Decimal("1.50"))
