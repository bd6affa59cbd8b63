"""Nobody decides about her own pay, whatever post she holds."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from secretariat.books.models import Outcome, PayExtra

ON = "2026-11-20"


@pytest.fixture(params=["supervisor", "admin"])
def herself(office, priya, request):
    """A secretary who holds a post in the firm too."""
    priya.user.posts.create(post=request.param)
    return office.browser(priya)


def bonus(secretary) -> dict:
    return {"secretary": secretary.pk, "kind": "bonus", "on": ON, "amount": "500", "words": "For all I do"}


def test_nobody_grants_herself_a_bonus(office, herself, priya, helen):
    refused = herself.post(reverse("pay-extra-add"), bonus(priya))
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "Somebody else decides about your own" in page
    assert "For all I do" in page  # nothing typed is lost
    assert not PayExtra.objects.exists()
    assert office.browser(helen).post(reverse("pay-extra-add"), bonus(priya)).status_code == 303


def test_nobody_agrees_to_what_she_asked_for_herself(office, herself, priya, helen):
    asked = PayExtra.objects.create(
        secretary=priya,
        kind="expense",
        on=date.fromisoformat(ON),
        amount=Decimal(9),
        words="A headset",
        asked_by=priya.user,
    )
    agree = reverse("pay-extra-agree", args=[asked.pk])
    assert "Somebody else decides" in herself.post(agree, follow=True).content.decode()
    asked.refresh_from_db()
    assert asked.state == "asked"
    office.browser(helen).post(agree)
    asked.refresh_from_db()
    assert (asked.state, asked.decided_by) == ("agreed", helen)


def test_nobody_writes_down_what_earns_her_commission(herself, okafor, priya):
    said = {"secretary": priya.pk, "client": okafor.row.pk, "kind": "order", "on": ON, "worth": "900"}
    refused = herself.post(reverse("outcome-add"), said | {"words": "Lilies"})
    assert refused.status_code == 422
    assert "Somebody else decides about your own" in refused.content.decode()
    assert not Outcome.objects.exists()
