"""What is asked and not answered keeps a week and a pay run from being closed, and so does a day to come."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from secretariat import clock
from secretariat.books import asked_pay, hours, outcomes, paying
from secretariat.books.models import PayExtra, PayRun, Week
from secretariat.books.supervision import supervising
from secretariat.office.models import Secretary

from .conftest import worked
from .test_approving import confirmed
from .test_paying import MONDAYS, approved, prepared, under_contract


@pytest.fixture
def ruth(office):
    """The second person of a run."""
    return office.supervisor("Ruth")


@pytest.fixture
def run(okafor, priya, helen) -> PayRun:
    under_contract(priya, helen)
    worked(okafor, priya, "2026-10-05 09:00:00", 3600)
    approved(priya, helen, MONDAYS[1])
    return prepared(helen)


def expense(secretary, on) -> PayExtra:
    row = PayExtra(secretary=secretary, kind="expense", on=on, amount=Decimal(20), words="Headset")
    row.asked_by = secretary.user
    return asked_pay.ask(row)


def test_a_run_is_not_approved_while_something_of_its_people_is_not_answered(
    office, okafor, priya, helen, ruth, run
):
    maya = office.secretary("Maya", okafor, ready=False)
    asked = expense(priya, date(2026, 10, 8))
    expense(priya, date(2026, 11, 2))  # of the next run
    expense(maya, date(2026, 10, 8))  # nothing of hers is in this one
    outcome = outcomes.report(
        priya,
        client=okafor.row,
        kind="lead",
        on=date(2026, 10, 9),
        worth=Decimal(0),
        words="Harlow",
        by=priya.user,
        at=clock.now(),
    )
    question = supervising.ask(priya, on=date(2026, 10, 12), words="Why?", by=helen, at=clock.now())
    second, address = office.browser(ruth), reverse("pay-run", args=[run.pk])
    page = second.get(address).content.decode()
    for words in (
        f'href="{reverse("pay-runs")}">Priya, an expense is not decided',
        f'href="{reverse("outcomes")}">Priya, commission is not decided',
        f'href="{reverse("supervision-of", args=[priya.pk])}">Priya, a question about 12.10.2026 is not',
    ):
        assert words in page, words
    assert "Maya, " not in page
    said = second.post(reverse("pay-approve", args=[run.pk]), follow=True).content.decode()
    assert "Priya: an expense is not decided; Priya: commission is not decided; Priya: a question" in said
    run.refresh_from_db()
    assert not run.is_approved
    asked_pay.decide(asked, state="agreed", answer="", by=helen)
    outcomes.refuse(outcome, "It was no lead", by=helen, at=clock.now())
    with pytest.raises(paying.NotNow, match=r"yet: Priya: a question about 12.10.2026 is not answered\."):
        paying.approve(run, by=ruth, at=clock.now())
    supervising.answer(question, words="It rang", by=priya.user, at=clock.now())
    assert paying.approve(run, by=ruth, at=clock.now()).is_approved


def test_who_says_nothing_for_a_week_holds_up_nobodys_pay(office, priya, helen, ruth, run):
    supervising.ask(priya, on=date(2026, 10, 12), words="Why?", by=helen, at=clock.now())
    office.clock_says("2026-11-30 10:00")
    with pytest.raises(paying.NotNow, match="not answered"):
        paying.approve(run, by=ruth, at=clock.now())
    office.clock_says("2026-12-02 10:00")
    assert paying.approve(run, by=ruth, at=clock.now()).is_approved


def test_nobody_waits_for_the_answer_of_whoever_works_here_no_more(office, priya, helen, ruth, run):
    supervising.ask(priya, on=date(2026, 10, 12), words="Why?", by=helen, at=clock.now())
    Secretary.objects.filter(pk=priya.pk).update(engaged_until=date(2026, 11, 23))
    assert paying.approve(run, by=ruth, at=clock.now()).is_approved


def test_a_week_of_which_something_is_asked_is_not_approved(office, okafor, priya, helen):
    worked(okafor, priya, "2026-11-17 09:00:00", 100)
    week = confirmed(priya)
    asked = supervising.ask(priya, on=date(2026, 11, 22), words="Why?", by=helen, at=clock.now())
    firm, address = office.browser(helen), reverse("books-week-approve", args=[week.pk])
    page = firm.get(f"{reverse('books-week', args=[priya.pk])}?week=2026-11-16").content.decode()
    assert "A question about one of its days is not answered" in page
    assert address not in page
    assert "is not answered" in firm.post(address, follow=True).content.decode()
    assert Week.objects.get(pk=week.pk).state == "confirmed"
    supervising.answer(asked, words="It rang", by=priya.user, at=clock.now())
    hours.approve(week, by=helen, at=clock.now())


def test_a_run_begins_once_its_last_day_is_over_where_the_firm_is(office, priya, helen):
    firm = office.browser(helen)
    said = {"first_on": "2026-11-01", "last_on": "2026-11-24", "pay_on": "2026-12-10"}
    refused = firm.post(reverse("pay-prepare"), said)
    assert refused.status_code == 422
    assert "These days are not over." in refused.content.decode()
    assert not PayRun.objects.exists()
    assert firm.post(reverse("pay-prepare"), said | {"last_on": "2026-11-23"}).status_code == 303
