"""A draft is not issued where it says of a commission, a text or a call what is not so any more."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from calls import wrap_up
from messages_app.models import Delivery
from secretariat import clock
from secretariat.books import billing
from secretariat.books.models import Bill, ClientPlan, Outcome

from .conftest import call
from .test_texts import text

OCTOBER = date(2026, 10, 1)


def agreed(okafor, **facts) -> ClientPlan:
    return ClientPlan.objects.create(client=okafor.row, from_on=OCTOBER, price=Decimal(1), **facts)


def drafted(okafor) -> Bill:
    return billing.draft(okafor.row, OCTOBER, at=clock.now())


def issued_anew(okafor, stale: Bill, helen, because: str) -> Bill:
    """It is refused as it stood, and issued as it is now."""
    with pytest.raises(billing.NotNow, match=because):
        billing.issue(stale, by=helen, at=clock.now())
    return billing.issue(drafted(okafor), by=helen, at=clock.now())


def test_commission_that_was_taken_back_is_not_billed(office, okafor, priya, helen):
    agreed(okafor, meeting_price=4)
    ruth = office.supervisor("Ruth")
    facts = {"client": okafor.row, "secretary": priya, "kind": "meeting", "reported_by": ruth}
    row, _other = (Outcome.objects.create(on=date(2026, 10, day), words="Dana", **facts) for day in (5, 6))
    draft = drafted(okafor)
    assert draft.net == Decimal(8)
    office.browser(helen).post(reverse("outcome-back", args=[row.pk]), {"because": "It was not held"})
    row.refresh_from_db()
    assert row.state == "taken_back"
    bill = issued_anew(okafor, draft, helen, "Okafor Legal: commission on it counts no more. Draft it anew.")
    assert bill.net == Decimal(4)


def test_a_text_that_did_not_arrive_is_not_billed(okafor, helen):
    agreed(okafor, text_price=Decimal("0.10"))
    late, _other = text(okafor, "2026-10-05 09:00"), text(okafor, "2026-10-06 09:00")
    draft = drafted(okafor)
    assert draft.net == Decimal("0.20")
    Delivery.objects.filter(pk=late.pk).update(state="failed")  # the carrier says so days after
    assert issued_anew(okafor, draft, helen, "a text on it did not arrive").net == Decimal("0.10")


def test_a_call_that_was_opened_again_is_billed_as_it_ended(office, okafor, priya, helen):
    """60 seconds that were closed as a wrong number, and were none: one unit of a minute at 1.00."""
    agreed(okafor, not_billed=["wrong_number"])
    made = call(okafor, "2026-10-07 11:00:00", by=priya, outcome="no_message", reason="wrong_number", talk=60)
    draft = drafted(okafor)
    assert draft.net == 0
    office.clock_says("2026-11-24 10:35")
    wrap_up.reopen(made, by=priya.user, at=clock.now())
    with pytest.raises(billing.NotNow, match="a call on it was opened again"):
        billing.issue(draft, by=helen, at=clock.now())  # while she is at it still
    wrap_up.close_with_message(made, by=priya.user, at=clock.now())
    assert issued_anew(okafor, draft, helen, "a call on it was opened again").net == Decimal(1)
