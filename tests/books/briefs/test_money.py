"""From accepted milestones to pay and to a bill that opens to the milestone and its seconds, to the cent."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from secretariat import clock
from secretariat.books import billing, gathering, hours, paying, profit
from secretariat.books.briefs import milestones
from secretariat.books.models import BilledRecord, BriefCharge, ClientPlan, PayPart, Side
from secretariat.office.pay import By, Term
from tests.books.conftest import local, worked

from .conftest import given, part, under_contract

NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 1)


@pytest.fixture
def plan(okafor):
    return ClientPlan.objects.create(
        client=okafor.row, name="By the second", from_on=NOVEMBER, price=Decimal("1.20")
    )


@pytest.fixture
def contract(priya, helen):
    by_hour, by_task = Term(By.HOUR, Decimal("14.40")), Term(By.PIECE, Decimal(5), "task")
    return under_contract(priya, helen, by_hour, by_task, from_on=NOVEMBER, currency="GBP")


@pytest.fixture
def accepted(office, okafor, contract, plan, brief, priya, owner):
    """An hour and a half at 30.00, accepted on the Tuesday: 45.00, of which she has 36.00."""
    [milestone] = given(brief, priya, part(amount=90, hours=3), pays="hourly", rate=30, by=owner)
    for since, until in (("08:00", "09:00"), ("09:00", "09:30")):
        milestones.write_down(
            milestone,
            started_at=local(f"2026-11-24 {since}"),
            ended_at=local(f"2026-11-24 {until}"),
            words="Typing",
            by=priya,
            at=clock.now(),
        )
    milestones.hand_in(milestone, words="Done", result=Decimal(0), by=priya.user, at=clock.now())
    return milestones.accept(milestone, words="", by=owner, at=clock.now())


def test_a_bill_opens_to_the_milestone_and_the_seconds_it_came_from(office, okafor, accepted, priya):
    worked(okafor, priya, "2026-11-23 09:00:00", 60)  # a call of a minute, by the plan
    bill = billing.draft(okafor.row, NOVEMBER, at=clock.now())
    assert {line.words: line.amount for line in bill.lines.all()} == {
        "Usage": Decimal("1.20"),
        "Work by proposal: Minutes of the board": Decimal(45),
    }
    line = bill.lines.get(kind="extra")
    assert line.rule == "All of it: 30.00 GBP an hour, at most 90.00 GBP. Worked: 1 h 30 min 00 s."
    [item] = line.items.all()
    assert item.micros == {"other": 5400 * 1_000_000}
    assert BilledRecord.objects.filter(item=item).count() == 2
    office.clock_says("2026-12-01 10:00")
    billing.issue(billing.draft(okafor.row, NOVEMBER, at=clock.now()), by=None, at=clock.now())
    later = billing.draft(okafor.row, DECEMBER, at=clock.now())
    assert not later.lines.filter(kind="extra").exists()
    page = office.browser(okafor.owner).get(
        reverse("portal-bill", args=[okafor.row.bills.get(state="issued").pk])
    )
    text = page.content.decode()
    for words in ("Work by proposal: Minutes of the board", "All of it", "1:30:00", "45.00"):
        assert words in text, words


def test_she_is_paid_by_its_price_and_by_no_hour_of_her_contract(office, accepted, okafor, priya, helen):
    worked(okafor, priya, "2026-11-23 09:00:00", 3600)
    office.clock_says("2026-12-01 10:00")
    monday = date(2026, 11, 23)
    seen = hours.of(priya, monday, at=clock.now()).seen
    hours.approve(hours.confirm(priya, monday, seen=seen, at=clock.now()), by=helen, at=clock.now())
    run = paying.begin(NOVEMBER, date(2026, 11, 30), date(2026, 12, 10), by=helen, at=clock.now())
    run = paying.prepare(run, by=helen, at=clock.now())
    statement = run.statements.get()
    lines = list(statement.lines.values_list("kind", "amount", "quantity"))
    assert lines == [
        ("time", Decimal("14.40"), "1 h 00 min 00 s"),
        ("not_by_time", 0, "1 h 30 min 00 s"),
        ("brief", 36, ""),
    ]
    assert statement.gross == Decimal("50.40")
    assert PayPart.objects.get(subject_kind="books.briefcharge").amount == 36
    page = office.browser(helen).get(reverse("pay-statement", args=[statement.pk])).content.decode()
    assert "Minutes of the board: All of it" in page
    assert "Worked: 1 h 30 min 00 s" in page
    paying.approve(run, by=office.supervisor("Ruth"), at=clock.now())
    [of_client] = profit.of_clients(NOVEMBER, date(2026, 11, 30))
    assert of_client.paid == Decimal("50.40")  # an hour of her contract, and her part of the milestone
    office.clock_says("2027-01-04 10:00")
    later = paying.begin(DECEMBER, date(2026, 12, 31), date(2027, 1, 10), by=helen, at=clock.now())
    paying.prepare(later, by=helen, at=clock.now())
    assert not PayPart.objects.filter(statement__run=later).exists()


def test_a_bill_and_her_pay_say_what_a_commission_was_reckoned_from(
    office, okafor, contract, plan, brief, priya, owner, helen
):
    [milestone] = given(brief, priya, part(amount=50), pays="share", rate="2.5", by=owner)
    milestones.hand_in(milestone, words="Sold", result=Decimal(1240), by=priya.user, at=clock.now())
    milestones.accept(milestone, words="", by=owner, at=clock.now())
    rule = "2.5 percent of what it brings, at most 50.00 GBP. It brought 1,240.00 GBP."
    bill = billing.draft(okafor.row, NOVEMBER, at=clock.now())
    assert bill.lines.get(kind="extra").rule == f"All of it: {rule}"
    office.clock_says("2026-12-01 10:00")
    run = paying.begin(NOVEMBER, date(2026, 11, 30), date(2026, 12, 10), by=helen, at=clock.now())
    statement = paying.prepare(run, by=helen, at=clock.now()).statements.get()
    page = office.browser(helen).get(reverse("pay-statement", args=[statement.pk])).content.decode()
    assert rule in page


def test_what_comes_back_is_on_the_next_bill(office, okafor, plan, priya, owner, brief):
    brief.paid = "advance"
    brief.save()
    given(brief, priya, part(amount=100, hours=4), by=owner)
    bill = billing.draft(okafor.row, NOVEMBER, at=clock.now())
    assert bill.lines.get(kind="extra").amount == 100
    office.clock_says("2026-12-01 10:00")
    billing.issue(bill, by=None, at=clock.now())
    [hers] = profit.of_secretaries(NOVEMBER, date(2026, 11, 30))
    assert (hers.billed, hers.paid) == (100, 0)  # in advance, and no second stands for it yet
    milestones.end_work(brief, of=Side.FIRM, because="She is ill", by=owner, at=clock.now())
    later = billing.draft(okafor.row, DECEMBER, at=clock.now())
    line = later.lines.get(kind="extra")
    assert line.amount == -100
    assert "Ended before it was done; nothing is paid." in line.rule
    assert sum(each.amount for each in BriefCharge.objects.all()) == 0
    assert gathering.gather(okafor.row, DECEMBER).extras[0].amount == -100
