"""What stands in the books for each of the two clients."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from clients.models import ServiceSuspension, WorkRecord
from secretariat import clock
from secretariat.books import billing, owing
from secretariat.books.models import (
    BillingAccount,
    BillItem,
    ClientPlan,
    ConfirmedTime,
    OneOff,
    Waiver,
    Week,
)
from secretariat.ids import uuid7


def in_the_books(side, secretary) -> dict:
    """A stretch of her work, a week that waits for approval, and bills: a draft, one issued, one to come."""
    late, _another = (_worked(side, secretary, datetime(2026, month, 12, 9, tzinfo=UTC)) for month in (9, 10))
    worked = _worked(side, secretary, datetime(2026, 11, 23, 9, tzinfo=UTC))
    week = Week.objects.create(
        secretary=secretary,
        starts_on=date(2026, 11, 9),
        state=Week.State.CONFIRMED,
        confirmed_at=clock.now(),
    )
    ConfirmedTime.objects.create(
        week=week,
        secretary=secretary,
        record=late,
        client=side.client.row,
        kind=late.kind,
        started_at=late.started_at,
        ended_at=late.ended_at,
    )
    client = side.client.row
    ClientPlan.objects.create(
        client=client,
        name=f"Plan of {side.word}",
        from_on=date(2026, 9, 1),
        price=Decimal("1.20"),
        retainer=Decimal(40),
    )
    BillingAccount.objects.create(client=client, made_out_to=f"Accounts of {side.word}")
    bill, draft, november = (billing.draft(client, date(2026, m, 1), at=clock.now()) for m in (9, 10, 11))
    bill = billing.issue(bill, by=None, at=datetime(2026, 10, 5, 9, tzinfo=UTC))
    retainer, line = bill.lines.order_by("rank")[:2]
    asked = owing.ask(retainer, words=f"{side.word} asks why", by=side.owner.user, at=clock.now())
    Waiver.objects.create(
        client=client,
        subject_kind="calls.call",
        subject_id=uuid7(),
        because=f"{side.word} was cut off",
        made_by=side.owner.user,
    )
    item = BillItem.objects.filter(line__bill=november, line__kind="usage").first()
    suspension = ServiceSuspension.objects.create(
        client=client,
        bills=[bill.pk],
        amount=Decimal("40.00"),
        currency=bill.currency,
        from_at=clock.now() + timedelta(days=30),
        callers_hear=f"{side.word} cannot be reached",
        urgent_callers="Write to them",
        announced_by=side.owner.user,
    )
    own_line = OneOff.objects.create(
        client=client,
        words=f"{side.word} had a form typed",
        amount=Decimal(15),
        currency=bill.currency,
        made_by=side.owner.user,
    )
    rows = {"worked": worked, "week": week, "bill": bill, "draft": draft, "line": line, "own_line": own_line}
    return rows | {"question": asked, "draft_item": item, "suspension": suspension}


def _worked(side, secretary, begun) -> WorkRecord:
    return WorkRecord.objects.create(
        client=side.client.row,
        secretary=secretary,
        kind=WorkRecord.Kind.TALK,
        subject_kind="calls.call",
        subject_id=uuid7(),
        started_at=begun,
        ended_at=begun + timedelta(minutes=2),
    )
