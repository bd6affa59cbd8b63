"""A client lowers her own limit a month; what is used already is owed all the same."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from clients.models import WorkItem
from secretariat import clock
from secretariat.books import billing, limiting
from secretariat.books.models import BillingAccount, ClientPlan

from .conftest import worked


@pytest.fixture
def served(okafor, priya):
    """12.00 in October, which is not billed yet, and 2.40 in November so far."""
    ClientPlan.objects.create(
        client=okafor.row, name="Plan", from_on=date(2026, 10, 1), price=Decimal("1.20")
    )
    worked(okafor, priya, "2026-10-05 09:00:00", 600)
    worked(okafor, priya, "2026-11-05 09:00:00", 120)
    return okafor


def test_she_lowers_her_limit_and_no_lower_than_what_is_used(office, served, helen):
    hers = office.browser(served.owner)
    page, address = reverse("portal-bills"), reverse("portal-bill-limit")
    assert "Set yourself a limit" in hers.get(page).content.decode()
    for said, words in (
        ("", "This field is required"),
        ("-1", "greater than or equal to 0"),
        ("5", "12.00 GBP is used already and not billed yet"),
    ):
        answer = hers.post(address, {"limit": said})
        assert answer.status_code == 422
        assert words in answer.content.decode(), said
    bill = billing.draft(served.row, date(2026, 10, 1), at=clock.now())
    billing.issue(bill, by=helen, at=clock.now())
    assert "2.40 GBP is used already" in hers.post(address, {"limit": "2"}).content.decode()
    assert hers.post(address, {"limit": "5"}).status_code == 303
    assert BillingAccount.objects.get().spend_cap == Decimal(5)
    assert "Okafor Legal has set a limit of 5.00 GBP" in WorkItem.objects.get(kind=limiting.LIMITED).because
    raised = hers.post(address, {"limit": "6"})
    assert raised.status_code == 422
    assert "Your limit is 5.00" in raised.content.decode()
    assert 'value="6"' in raised.content.decode()
    assert "Lower your limit" in hers.get(page).content.decode()


def test_a_limit_of_nothing_is_a_limit(office, served):
    BillingAccount.objects.update_or_create(client=served.row, defaults={"spend_cap": 0})
    page = office.browser(served.owner).get(reverse("portal-bills")).content.decode()
    assert "of your limit of 0.00" in page
    assert "Nothing beyond your limit is billed" in page
    assert "Lower your limit" in page
