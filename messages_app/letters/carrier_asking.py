"""The carrier is asked what has become of a letter: what it tells by itself may be lost, or come too early.

It is asked soon after it took one, so that the letter is seen as it is printed while it can still be
cancelled; then now and then until it has arrived; and often while nobody knows whether it has it at all.
"""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from messages_app.models import Posting
from secretariat import clock, outbox
from secretariat.channels import lob

from . import carrying
from .carrying import ASK, SUBJECT, State

SOON = timedelta(minutes=2)  # until it has rendered what it was given
WHILE_UNSURE, WHILE_WITH_IT = timedelta(minutes=15), timedelta(hours=12)
FOR_SO_LONG = timedelta(days=45)  # then no more is to be heard of a letter
MEANS = {  # what its tracking says of an envelope, by the name of an event
    "Mailed": State.POSTED,
    "In Transit": State.POSTED,
    "In Local Area": State.POSTED,
    "Processed for Delivery": State.POSTED,
    "Pickup Available": State.POSTED,
    "International Exit": State.POSTED,
    "Delivered": State.ARRIVED,
}
CAME_BACK = "Returned to Sender"


def ask_for_due(*, at: datetime, at_most: int = 50) -> int:
    """Let the carrier be asked of those of which nothing was heard for long. Returns of how many."""
    unasked = Q(asked_at=None, posted_at__lte=at - SOON)
    unsure = Q(state=State.UNSURE, asked_at__lte=at - WHILE_UNSURE)
    with_it = Q(state__in=[State.HANDED, State.POSTED], asked_at__lte=at - WHILE_WITH_IT)
    rows = Posting.objects.filter(
        carrier=Posting.Carrier.LOB,
        state__in=[State.UNSURE, State.HANDED, State.POSTED],
        returned_at=None,
        posted_at__gt=at - FOR_SO_LONG,
    ).filter(unasked | unsure | with_it)
    due = list(rows.order_by(F("asked_at").asc(nulls_first=True), "pk")[:at_most])
    for row in due:
        outbox.post(
            ASK,
            key=f"{ASK}:{row.pk}:{at:%Y%m%d%H%M%S}",
            client_id=row.client_id,
            subject=(SUBJECT, row.pk),
        )
    Posting.objects.filter(pk__in=[row.pk for row in due]).update(asked_at=at)
    return len(due)


def look(row: Posting) -> str:
    """Ask, outside any transaction, and write down what it says. Returns what it is known by there."""
    found = lob.letter(row.carrier_id) if row.carrier_id else lob.find(str(row.pk))
    if found is None:  # whether it has it at all stays a person's to judge
        return ""
    with transaction.atomic():
        _seen(row, found, at=clock.now())
    return str(found["id"])


def _seen(row: Posting, found: dict, *, at: datetime) -> None:
    row = Posting.objects.select_for_update(of=["self"]).select_related("letter__client").get(pk=row.pk)
    carrying.taken(row.pk, str(found["id"]))
    row.refresh_from_db()
    facts: dict[str, object] = {}
    if tracking := str(found.get("tracking_number") or "")[:60]:
        facts["tracking"] = tracking
    if expected := _day(found.get("expected_delivery_date")):
        facts["expected_on"] = expected
    if facts:
        Posting.objects.filter(pk=row.pk).update(**facts)
    if found.get("deleted"):
        carrying.cancelled(row.pk)
        return
    if found.get("status") == "failed":
        carrying.not_taken(row.pk, reason="failed")
        return
    if found.get("url") and row.proof_id is None and found.get("status") in (None, "rendered"):
        carrying.fetch_proof(row)
    names = [str(event.get("name")) for event in found.get("tracking_events") or []]
    for name in names:
        if name in MEANS:
            carrying.moved(row, MEANS[name], at=at)
    if CAME_BACK in names:
        carrying.came_back(row, at=at)


def _day(text) -> date | None:
    try:
        return date.fromisoformat(str(text)[:10])
    except ValueError:
        return None
