"""Whoever works directly and through a company: each day is paid to whoever was engaged for it, and once."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from secretariat import clock
from secretariat.books import company_payments, paying, paying_out, sharing
from secretariat.books.models import PayExtra, PayPart
from secretariat.ids import uuid7

from .conftest import worked
from .test_company_pay import QUAYS, company_paid_into
from .test_paying import MONDAYS, OTHER, approved, paid_into, prepared, under_contract
from .test_paying_out import paid_by


@pytest.fixture
def ruth(office):
    return office.supervisor("Ruth")


def test_whoever_worked_directly_and_then_through_a_company_has_a_statement_of_each(
    office, okafor, priya, helen, ruth, quay, quentin, firms_account
):
    """Each hour goes to whoever was engaged for it, and none to both or to nobody."""
    under_contract(priya, helen)
    worked(okafor, priya, "2026-10-05 09:00:00", 3600)
    worked(okafor, priya, "2026-10-13 09:00:00", 7200)
    under_contract(priya, helen, partner=quay, from_on=date(2026, 10, 12))
    about = {"state": "agreed", "asked_by": helen, "decided_by": helen, "secretary": priya}
    for day, amount in ((6, "1.00"), (20, "2.00")):
        PayExtra.objects.create(
            kind="bonus", amount=amount, on=date(2026, 10, day), words="Well done", **about
        )
    approved(priya, helen, MONDAYS[1], MONDAYS[2])
    paid_into(priya, OTHER)
    company_paid_into(quay, quentin)
    run = paying.approve(prepared(helen), by=ruth, at=clock.now())
    sums = {each.partner: each.total for each in run.statements.select_related("partner")}
    assert sums == {None: Decimal("15.40"), quay: Decimal("30.80")}
    assert PayPart.objects.filter(record__isnull=False).values("record").distinct().count() == 2
    assert PayPart.objects.filter(record__isnull=False).count() == 2
    content = paying_out.document(run, paying_out.order(run, by=helen, at=clock.now()))
    assert sorted(paid_by(content)) == [(OTHER, "15.40"), (QUAYS, "30.80")]
    [share] = sharing.shares([priya], until=clock.now())
    assert (share.earned, share.earned_seconds) == (
        Decimal("43.20"),
        3 * 3600,
    )  # a bonus agreed beside it is not of the work
    theirs = company_payments.of_run(quentin, run.pk)
    assert [each.total for each in theirs] == ["30.80 EUR"]
    # The company reads nothing of what she is paid directly.
    hers = run.statements.get(partner=None)
    page = reverse("partner-statement", args=[hers.pk])
    assert office.browser(quentin).get(page).status_code == 404
    hers.pk, hers.run = uuid7(), prepared(helen, date(2026, 10, 20), date(2026, 11, 3))
    with pytest.raises(IntegrityError, match="a_day_is_paid_once_to_each"), transaction.atomic():
        hers.save(force_insert=True)


def test_what_is_approved_late_is_paid_to_whoever_was_engaged_on_its_day(
    office, okafor, priya, helen, ruth, quay, quentin
):
    under_contract(priya, helen)
    worked(okafor, priya, "2026-10-05 09:00:00", 3600)
    under_contract(priya, helen, partner=quay, from_on=date(2026, 11, 1))
    worked(okafor, priya, "2026-11-03 09:00:00", 7200)
    approved(priya, helen, MONDAYS[1], date(2026, 11, 2))
    run = prepared(helen, date(2026, 11, 1), date(2026, 11, 15))
    sums = {each.partner: each.total for each in run.statements.select_related("partner")}
    assert sums == {None: Decimal("14.40"), quay: Decimal("28.80")}
    again = paying.prepare(run, by=helen, at=clock.now(), anew=True)
    assert {each.partner: each.total for each in again.statements.select_related("partner")} == sums


def test_what_puts_her_own_statement_right_is_paid_to_her(office, okafor, priya, helen, ruth, quay):
    under_contract(priya, helen)
    about = {"state": "agreed", "asked_by": helen, "decided_by": helen, "secretary": priya}
    PayExtra.objects.create(kind="bonus", amount=5, on=date(2026, 10, 5), words="Well done", **about)
    run = paying.approve(prepared(helen), by=ruth, at=clock.now())
    under_contract(priya, helen, partner=quay, from_on=date(2026, 11, 1))
    about["corrects"] = run.statements.get()
    PayExtra.objects.create(kind="correction", amount=7, on=date(2026, 11, 3), words="Missing", **about)
    [statement] = prepared(helen, date(2026, 11, 1), date(2026, 11, 15)).statements.all()
    assert (statement.partner, statement.total) == (None, Decimal("7.00"))


def test_what_she_owes_is_taken_off_nothing_of_a_company(office, okafor, priya, helen, ruth, quay):
    under_contract(priya, helen)
    about = {"state": "agreed", "asked_by": helen, "decided_by": helen, "secretary": priya}
    PayExtra.objects.create(kind="deduction", amount=-30, on=date(2026, 10, 5), words="A chair", **about)
    paying.approve(prepared(helen), by=ruth, at=clock.now())
    under_contract(priya, helen, partner=quay, from_on=date(2026, 11, 1))
    PayExtra.objects.create(kind="bonus", amount=50, on=date(2026, 11, 3), words="Well done", **about)
    [statement] = prepared(helen, date(2026, 11, 1), date(2026, 11, 15)).statements.all()
    assert (statement.partner, statement.total) == (quay, Decimal("50.00"))
