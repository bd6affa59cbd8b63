"""An amount is told with as many places as its currency has: three of a dinar, none of a yen."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from secretariat import clock
from secretariat.books import billing, limiting, rules
from secretariat.books.briefs.comparing import Asked, Offered, rank
from secretariat.books.models import BillingAccount, ClientPlan

from .conftest import worked

OCTOBER = date(2026, 10, 1)


@pytest.fixture
def in_dinars(okafor, priya):
    """0.300 in October, of which at most 0.120 is billed, and 0.015 in November."""
    facts = {"name": "Plan", "from_on": OCTOBER, "currency": "KWD", "price": Decimal("0.015")}
    ClientPlan.objects.create(client=okafor.row, **facts)
    BillingAccount.objects.create(client=okafor.row, made_out_to="Okafor", spend_cap=Decimal("0.12"))
    worked(okafor, priya, "2026-10-05 09:00:00", 1200)
    worked(okafor, priya, "2026-11-05 09:00:00", 60)
    return okafor


def test_of_a_limit_and_of_what_is_used(office, in_dinars, helen):
    bill = billing.draft(in_dinars.row, OCTOBER, at=clock.now())
    assert bill.lines.get(kind="cap").rule.endswith("is 0.120.")
    page = office.browser(helen).get(reverse("books-plan", args=[in_dinars.row.pk])).content.decode()
    assert "This month so far: 0.015 KWD before VAT." in page
    with pytest.raises(billing.NotNow, match=r"Your limit is 0\.120\."):
        limiting.lower(in_dinars.row, Decimal("0.2"), by=in_dinars.owner.user, at=clock.now())


def test_of_a_budget():
    dear = Offered("a", Decimal("1.125"), date(2026, 12, 1))
    [only] = rank(Asked(date(2026, 12, 10), Decimal(1), 3), [dear])
    assert only.against == ("0.125 above the budget",)


def test_of_a_sum_in_words():
    assert [rules.money(Decimal(1200), each) for each in ("KWD", "JPY", "GBP")] == [
        "1,200.000 KWD",
        "1,200 JPY",
        "1,200.00 GBP",
    ]
