"""What has changed of a bill since: on a draft, which gives way, or on one that is issued.

That is time that was corrected, a message that turns out to be for another client, who is billed for it, and
a letter that no carrier posted.
What is issued never changes. Whoever decides for the firm is told once for each bill, and reads on it what is
otherwise now.
"""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q
from django.dispatch import receiver
from django.utils.translation import gettext as _

from calls.models import Call
from clients import work
from clients.models import WorkItem
from messages_app import signals
from messages_app.models import Message

from .costs import POSTINGS
from .metering import SECOND, length
from .models import Bill, BilledRecord, BillItem, Correction
from .taken import MESSAGES

CALLS = "calls.call"
CORRECTED, MOVED, NOT_POSTED = "books.corrected", "books.moved", "books.not_posted"


@dataclass(frozen=True)
class Changed:
    """An interval of an issued bill: so many seconds are billed, so many are true now."""

    correction: Correction
    billed_seconds: float
    seconds: float


def stale_among(drafts: Collection[Bill]) -> set[UUID]:
    """On which of these drafts anything has been corrected since they were made."""
    return set(_otherwise(drafts).values_list("record__billed__item__line__bill", flat=True))


def ended_otherwise(drafts: Collection[Bill]) -> set[UUID]:
    """On which of these drafts stands a call that was opened again, and has ended anew since or not yet."""
    anew = Q(closed_at=None) | Q(closed_at__gt=OuterRef("line__bill__made_at"))
    anew = Call.objects.filter(anew, pk=OuterRef("subject_id"))
    items = BillItem.objects.filter(Exists(anew), line__bill__in=drafts, subject_kind=CALLS)
    return set(items.values_list("line__bill", flat=True))


def tell(made: Correction) -> None:
    """Let the firm decide, where the interval stands on an issued bill with another length."""
    rows = BilledRecord.objects.filter(record=made.record_id, item__line__bill__state=Bill.State.ISSUED)
    billed = rows.select_related("item__line__bill__client").first()
    if billed is None or _length(billed) == _length(made):
        return
    because = _("Time on bill %(number)s of %(name)s was corrected after it was issued.")
    _let_firm_decide(CORRECTED, billed.item.line.bill, because)


def of(bill: Bill) -> list[Changed]:
    """What is otherwise than this bill says, in order of time."""
    if bill.is_draft:
        return []
    rows = _otherwise([bill]).select_related("record__billed", "secretary", "made_by")
    rows = rows.order_by("was_from", "pk")
    changed = [(each, _length(each.record.billed), _length(each)) for each in rows]
    return [Changed(each, billed / SECOND, now / SECOND) for each, billed, now in changed if billed != now]


@receiver(signals.message_moved, dispatch_uid="books.after_issue.moved")
def tell_of_moved(sender, versions, **rest) -> None:
    """Let the firm decide, where a message that was not this client's is charged on an issued bill."""
    billed = _charged(BillItem.objects.filter(subject_id__in=versions)).select_related("line__bill__client")
    because = _("A message on bill %(number)s of %(name)s went to the wrong client.")
    for bill in {each.line.bill for each in billed}:
        _let_firm_decide(MOVED, bill, because)


@receiver(signals.not_posted, dispatch_uid="books.after_issue.not_posted")
def tell_of_not_posted(sender, posting, **rest) -> None:
    """Let the firm decide, where an issued bill charges for a letter that did not go that way after all."""
    of_bills = {"line__bill__kind": Bill.Kind.BILL, "line__bill__state": Bill.State.ISSUED}
    items = BillItem.objects.filter(subject_kind=POSTINGS, subject_id=posting.pk, **of_bills)
    because = _("Letter %(n)d on bill %(number)s of %(name)s did not go by the carrier after all.")
    for item in items.select_related("line__bill__client"):
        subject = ("books.billitem", item.pk)
        _let_firm_decide(NOT_POSTED, item.line.bill, because, subject=subject, n=posting.letter.number)


def moved(bill: Bill) -> list[BillItem]:
    """Messages on this bill that were another client's, and are not given back."""
    withdrawn = Message.objects.filter(pk=OuterRef("subject_id"), state=Message.State.WITHDRAWN)
    given = BillItem.objects.filter(credits=OuterRef("pk"), line__bill__state=Bill.State.ISSUED)
    billed = _charged(BillItem.objects.filter(line__bill=bill))
    return list(billed.filter(~Exists(given), Exists(withdrawn)).order_by("at", "pk"))


def _let_firm_decide(kind: str, bill: Bill, because: str, *, subject=None, **named) -> None:
    work.open_item(
        kind,
        subject=subject or ("books.bill", bill.pk),
        because=because % {"number": bill.number, "name": bill.client.name, **named},
        urgency=WorkItem.Urgency.TODAY,
    )


def _charged(items):
    """Messages that count on bills that are issued."""
    of_bills = {"line__bill__kind": Bill.Kind.BILL, "line__bill__state": Bill.State.ISSUED}
    return items.filter(subject_kind=MESSAGES, units__gt=0, **of_bills)


def _otherwise(bills: Collection[Bill]):
    """Corrections that hold and say of an interval something else than these bills."""
    return Correction.objects.filter(
        ~Q(started_at=F("record__billed__started_at")) | ~Q(ended_at=F("record__billed__ended_at")),
        client__in={each.client_id for each in bills},
        record__billed__item__line__bill__in=[each.pk for each in bills],
        replaced_at=None,
    )


def _length(of: BilledRecord | Correction) -> int:
    return length(of.started_at, of.ended_at)
