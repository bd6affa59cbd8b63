"""What falls due after a contract has ended is paid by it, and a run says what nothing can pay."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from secretariat import clock
from secretariat.books import paying
from secretariat.books.briefs import milestones
from secretariat.books.models import Outcome, PayExtra, Remark
from secretariat.office.models import Absence
from secretariat.office.pay import By, Term

from .briefs.conftest import given, part, posted
from .conftest import local
from .test_paying import approved, prepared, under_contract
from .test_shifts_and_days import on_shift

NOVEMBER = date(2026, 11, 1), date(2026, 11, 30)
LAST = date(2026, 10, 31)
HOURLY = Term(By.HOUR, Decimal("14.40"))


@pytest.fixture
def ruth(office):
    return office.supervisor("Ruth")


def extra(secretary, helen, on=date(2026, 10, 20), amount="12.50", **facts) -> PayExtra:
    about = {
        "kind": "expense",
        "words": "A headset",
        "state": "agreed",
        "asked_by": helen,
        "decided_by": helen,
    }
    return PayExtra.objects.create(secretary=secretary, on=on, amount=Decimal(amount), **about | facts)


def outcome(okafor, priya, helen, on=date(2026, 10, 20)) -> Outcome:
    about = {"secretary": priya, "client": okafor.row, "reported_by": helen, "words": "Harlow, Tuesday"}
    return Outcome.objects.create(kind="meeting", on=on, **about)


def lines_of(run) -> list[tuple[str, str]]:
    [statement] = run.statements.all()
    return [(each.kind, f"{each.amount:.2f}") for each in statement.lines.all()]


def test_a_milestone_accepted_after_her_last_day_is_paid_in_that_months_run(office, okafor, priya, helen):
    office.clock_says("2026-10-20 10:00")
    under_contract(priya, helen, HOURLY, until_on=LAST, currency="GBP")
    brief = posted(okafor, okafor.owner.user, due_on=date(2026, 10, 30))
    [milestone] = given(brief, priya, part(amount=80, due_on=date(2026, 10, 30)), by=okafor.owner.user)
    office.clock_says("2026-10-30 10:00")
    milestones.hand_in(milestone, words="Done", result=Decimal(0), by=priya.user, at=clock.now())
    office.clock_says("2026-11-20 10:00")
    milestones.count_unanswered(at=clock.now())
    assert lines_of(prepared(helen, *NOVEMBER)) == [("brief", "64.00")]


def test_a_late_expense_and_a_late_commission_are_paid_once_and_nothing_fixed_comes_with_them(
    office, okafor, priya, helen, ruth
):
    terms = (
        Term(By.OUTCOME, Decimal(8), "meeting"),
        Term(By.FIXED, Decimal(620), per="month"),
        Term(By.LEAST, Decimal(900), per="month"),
        Term(By.LESS, Decimal(5), per="month", condition="a headset"),
        Term(By.QUALITY, Decimal(25), percent=Decimal(90)),
    )
    under_contract(priya, helen, *terms, until_on=LAST)
    paying.approve(prepared(helen), by=ruth, at=clock.now())
    extra(priya, helen)
    outcome(okafor, priya, helen)
    about = {"secretary": priya, "kind": "quality", "score": 95, "at": local("2026-11-03 10:00")}
    Remark.objects.create(words="Well done", by=helen, **about)
    november = prepared(helen, *NOVEMBER)
    assert sorted(lines_of(november)) == [("commission", "8.00"), ("expense", "12.50")]
    paying.approve(november, by=ruth, at=clock.now())
    assert not prepared(helen, date(2026, 12, 1), date(2026, 12, 31)).statements.exists()


def test_commission_of_an_earlier_version_is_paid_by_that_version(okafor, priya, helen, ruth):
    under_contract(priya, helen, HOURLY, Term(By.OUTCOME, Decimal(8), "meeting"), until_on=LAST)
    under_contract(priya, helen, HOURLY, Term(By.OUTCOME, Decimal(9), "meeting"), from_on=NOVEMBER[0])
    outcome(okafor, priya, helen)
    outcome(okafor, priya, helen, on=date(2026, 11, 5))
    assert lines_of(prepared(helen, *NOVEMBER)) == [("commission", "8.00"), ("commission", "9.00")]


def test_commission_of_a_day_on_which_no_contract_holds_is_paid_by_the_next_or_the_last(okafor, priya, helen):
    under_contract(priya, helen, HOURLY, Term(By.OUTCOME, Decimal(8), "meeting"), until_on=LAST)
    outcome(okafor, priya, helen, on=date(2026, 11, 3))
    extra(priya, helen, on=date(2026, 11, 3))
    assert sorted(lines_of(prepared(helen, *NOVEMBER))) == [("commission", "8.00"), ("expense", "12.50")]


def test_waiting_under_an_earlier_contract_that_pays_none_is_no_part_of_a_later_run(okafor, priya, helen):
    """In other money, too, so that with it nothing could be paid any more."""
    under_contract(priya, helen, HOURLY, until_on=LAST)
    waiting = Term(By.WAITING, Decimal("7.20"))
    under_contract(priya, helen, HOURLY, waiting, from_on=NOVEMBER[0], currency="GBP")
    on_shift(priya, "2026-10-20 09:00:00", "2026-10-20 10:00:00")
    on_shift(priya, "2026-11-10 09:00:00", "2026-11-10 10:00:00")
    approved(priya, helen, date(2026, 10, 19), date(2026, 11, 9))
    run = prepared(helen, *NOVEMBER)
    assert lines_of(run) == [("waiting", "7.20")]
    assert [each["version"] for each in run.statements.get().rules] == [2]


def test_late_waiting_and_late_days_away_are_paid_by_what_has_ended(office, okafor, priya, helen):
    terms = (HOURLY, Term(By.WAITING, Decimal("7.20")), Term(By.DAY_OFF, Decimal(60)))
    gives = [{"of": "sickness", "each": "100", "from": ""}]
    under_contract(priya, helen, *terms, until_on=LAST, kind="employee", benefits=gives)
    on_shift(priya, "2026-10-20 09:00:00", "2026-10-20 10:00:00")
    approved(priya, helen, date(2026, 10, 19))
    day = date(2026, 10, 21)
    Absence.objects.create(secretary=priya, kind="sickness", state="approved", from_on=day, until_on=day)
    assert sorted(lines_of(prepared(helen, *NOVEMBER))) == [("days_off", "60.00"), ("waiting", "7.20")]


def test_what_no_contract_of_hers_can_pay_is_said_on_the_page_of_the_run(office, priya, helen):
    extra(priya, helen)
    run = prepared(helen, *NOVEMBER)
    assert not run.statements.exists()
    page = office.browser(helen).get(reverse("pay-run", args=[run.pk])).content.decode()
    assert "Priya: no contract covers what is due to her. It waits for one." in page
    under_contract(priya, helen, HOURLY, until_on=LAST)
    assert lines_of(paying.prepare(run, by=helen, at=clock.now())) == [("expense", "12.50")]


def test_after_two_engagements_have_ended_each_payee_is_paid_what_is_of_its_days(office, priya, helen, quay):
    under_contract(priya, helen, HOURLY, until_on=date(2026, 9, 30))
    under_contract(priya, helen, HOURLY, from_on=date(2026, 10, 12), until_on=LAST, partner=quay)
    extra(priya, helen, on=date(2026, 9, 20), amount="1")  # hers
    extra(priya, helen, on=date(2026, 10, 20), amount="2")
    extra(priya, helen, on=date(2026, 11, 6), amount="4")  # after the last one: of whoever was paid by that
    run = prepared(helen, *NOVEMBER)
    assert dict(run.statements.values_list("partner", "total")) == {None: Decimal(1), quay.pk: Decimal(6)}
