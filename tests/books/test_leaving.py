"""A client who leaves: billed for her share of the last month, for what comes late, and for nothing more."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from messages_app.models import Letter, Posting
from secretariat import clock
from secretariat.books import billing, months, planning
from secretariat.books.agreements import agreeing, usual_words
from secretariat.books.models import Agreement, Bill, ClientPlan

from .conftest import local, worked

OCTOBER, NOVEMBER, DECEMBER = (date(2026, month, 1) for month in (10, 11, 12))
TENTH = date(2026, 11, 10)


@pytest.fixture
def retained(okafor):
    """62.00 a month from October on, and 1.20 a minute."""
    ClientPlan.objects.create(
        client=okafor.row, name="Plan", from_on=OCTOBER, price=Decimal("1.20"), retainer=Decimal(62)
    )
    return okafor


def run(month, helen) -> dict:
    """Draft and issue this month; who was hindered."""
    made = months.draft(month, by=helen, at=clock.now())
    months.issue(month, by=helen, at=clock.now())
    return made.hindered


def accepted(client, helen, **facts) -> Agreement:
    facts = {"from_on": OCTOBER} | usual_words.to_begin_with() | facts
    draft = Agreement(client=client.row, **facts)
    offered = agreeing.offer(agreeing.write(draft, by=helen), by=helen, at=clock.now())
    said = {"name": "Chidi Okafor", "sha256": offered.sha256, "by": client.owner.user}
    return agreeing.accept(offered, at=clock.now(), **said)


def test_whoever_left_on_the_twenty_fourth_owes_those_days_and_then_nothing(office, retained, helen):
    """62.00 × 24 of 30 days are 49.60."""
    agreement = accepted(retained, helen)
    ended = {"on": "2026-11-24", "because": "They moved", "how": "agreed"}
    desk = office.browser(helen)
    assert desk.post(reverse("agreement-end", args=[agreement.pk]), ended).status_code == 303
    office.clock_says("2027-03-02 10:00")
    for month in (OCTOBER, NOVEMBER, DECEMBER, date(2027, 1, 1), date(2027, 2, 1)):
        assert run(month, helen) == {}, month
    nets = list(Bill.objects.order_by("first_on").values_list("first_on", "net"))
    assert nets == [(OCTOBER, Decimal(62)), (NOVEMBER, Decimal("49.60"))]


def test_who_comes_back_after_a_gap_is_billed_again_and_not_for_the_gap(office, retained, priya, helen):
    planning.end(retained.row, TENTH, by=helen)
    worked(retained, priya, "2026-11-09 09:00:00", 60)
    worked(retained, priya, "2026-12-09 09:00:00", 600)  # nothing was agreed then
    office.clock_says("2027-03-02 10:00")
    for month in (OCTOBER, NOVEMBER):
        assert run(month, helen) == {}
    desk, address = office.browser(helen), reverse("books-plan-change", args=[retained.row.pk])
    form = desk.get(address).context["form"]
    said = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    assert "until_on" not in said
    said |= {"from_on": "2027-02-01", "set_up_fee": "15", "annual_fee": "100"}
    assert desk.post(address, said).status_code == 303
    assert run(date(2027, 2, 1), helen) == {}
    bill = Bill.objects.get(first_on=date(2027, 2, 1))
    assert {line.kind: line.amount for line in bill.lines.all()} == {
        "retainer": Decimal(62),
        "usage": Decimal(0),
        "set_up": Decimal(15),
        "annual": Decimal(100),
    }


def test_the_bill_before_the_gap_comes_first(office, retained, helen):
    planning.end(retained.row, TENTH, by=helen)
    again = ClientPlan(name="Again", from_on=date(2027, 2, 1), price=Decimal(1), retainer=Decimal(10))
    planning.change(retained.row, again, by=helen)
    office.clock_says("2027-03-02 10:00")
    billing.draft(retained.row, OCTOBER, at=clock.now())
    with pytest.raises(billing.NotNow, match="November 2026 comes first"):
        billing.draft(retained.row, date(2027, 2, 1), at=clock.now())


def test_what_was_laid_out_after_the_last_day_is_owed_all_the_same(office, retained, priya, helen):
    planning.end(retained.row, TENTH, by=helen)
    Posting.objects.create(
        client=retained.row,
        letter=Letter.objects.create(client=retained.row, number=1, written_by=priya.user),
        postage=Decimal("1.65"),
        paper=Decimal("0.10"),
        currency="GBP",
        posted_at=local("2026-12-02 12:00"),
        posted_by=priya.user,
    )
    office.clock_says("2027-03-02 10:00")
    for month in (OCTOBER, NOVEMBER, DECEMBER, date(2027, 1, 1)):
        assert run(month, helen) == {}
    nets = list(Bill.objects.order_by("first_on").values_list("first_on", "net"))
    assert nets == [(OCTOBER, Decimal(62)), (NOVEMBER, Decimal("20.67")), (DECEMBER, Decimal("1.75"))]


def test_drafts_that_are_there_follow_the_last_day(retained, helen):
    for month in (OCTOBER, NOVEMBER, DECEMBER):
        billing.draft(retained.row, month, at=clock.now())
    planning.end(retained.row, TENTH, by=helen)
    nets = list(Bill.objects.order_by("first_on").values_list("net", flat=True))
    assert nets == [Decimal(62), Decimal("20.67")]


def test_the_last_day_is_written_down_on_the_page_of_the_plan(office, retained, helen):
    desk, page = office.browser(helen), reverse("books-plan", args=[retained.row.pk])
    address = reverse("books-plan-end", args=[retained.row.pk])
    assert desk.post(address, {"last_on": "soon"}).status_code == 422
    assert "When the client leaves" in desk.get(page).content.decode()
    run(OCTOBER, helen)
    assert (
        "B2026-00001 bills days after it"
        in desk.post(address, {"last_on": "2026-10-20"}, follow=True).content.decode()
    )
    assert ClientPlan.objects.get().until_on == date(2026, 10, 20)
    assert "When the client leaves" not in desk.get(page).content.decode()
    assert (
        "Nothing holds after this day"
        in desk.post(address, {"last_on": "2026-10-20"}, follow=True).content.decode()
    )


def test_an_agreement_for_one_project_ends_its_plan_and_one_that_goes_on_does_not(retained, helen):
    accepted(retained, helen)
    assert ClientPlan.objects.get().until_on is None
    accepted(retained, helen, from_on=NOVEMBER, term="project", until_on=date(2027, 1, 31))
    assert ClientPlan.objects.get().until_on == date(2027, 1, 31)


def test_who_is_no_client_any_more_is_not_billed_before_the_last_day_is_known(office, retained, helen):
    retained.row.is_active = False
    retained.row.save()
    [words] = months.draft(OCTOBER, by=helen, at=clock.now()).hindered.values()
    assert words == "Okafor Legal is no client any more: first write down the last day of the plan."
    planning.end(retained.row, date(2026, 10, 31), by=helen)
    assert run(OCTOBER, helen) == {}
    assert Bill.objects.get().net == Decimal(62)


def test_another_currency_begins_with_a_month(office, retained, helen):
    desk, address = office.browser(helen), reverse("books-plan-change", args=[retained.row.pk])
    form = desk.get(address).context["form"]
    said = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    answer = desk.post(address, said | {"currency": "EUR", "from_on": "2026-12-10"})
    assert answer.status_code == 422
    assert "December 2026 is billed in GBP" in answer.content.decode()
    assert desk.post(address, said | {"currency": "EUR", "from_on": "2026-12-01"}).status_code == 303
    billing.draft(retained.row, OCTOBER, at=clock.now())
    billing.draft(retained.row, NOVEMBER, at=clock.now())
    assert billing.draft(retained.row, DECEMBER, at=clock.now()).currency == "EUR"


def test_the_set_up_fee_of_a_later_plan_is_owed_once(retained, helen):
    later = ClientPlan(name="With mail", from_on=NOVEMBER, price=Decimal(1), set_up_fee=Decimal(25))
    planning.change(retained.row, later, by=helen)
    bills = [billing.draft(retained.row, month, at=clock.now()) for month in (OCTOBER, NOVEMBER, DECEMBER)]
    owed = [list(bill.lines.filter(kind="set_up").values_list("amount", flat=True)) for bill in bills]
    assert owed == [[], [Decimal(25)], []]
