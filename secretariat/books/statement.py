"""A bill told to whoever reads it: each line, its rule, and its items down to seconds of each kind."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from calls.models import Call
from clients.numbers import spaced
from messages_app.models import Delivery, Posting

from . import costs, owing, rules
from .behind import OF_CALL
from .metering import SECOND
from .models import Bill, BillItem, BillLine, BriefCharge, Outcome, Question, digits_of
from .plans import Measure


@dataclass(frozen=True)
class Opened:
    """One item of a line. `parts` are (kind, seconds); `url` opens the call for whoever may see it."""

    item: BillItem
    what: str
    parts: list[tuple[str, float]]
    units: str
    free: str
    amount: str
    because: str
    url: str = ""

    @property
    def at(self) -> datetime:
        return self.item.at


@dataclass(frozen=True)
class Row:
    """One line of a bill."""

    line: BillLine
    amount: str
    items: list[Opened]
    question: Question | None
    may_ask: bool


def told(user, bill: Bill, *, url_of=None) -> dict:
    """What a page of this bill shows. `url_of(call_id)` is the address of a call.

    `user` is None where nobody looks: the product sends it to whom it is made out, and says of no call whose.
    """
    seen = BillLine.objects.visible_to(user) if user else BillLine.objects.all()
    lines = list(seen.filter(bill=bill).prefetch_related("items"))
    asked = Question.objects.visible_to(user) if user else Question.objects.none()
    questions = {each.line_id: each for each in asked.filter(bill=bill)}
    items = [item for line in lines for item in line.items.all()]
    ids = {item.subject_id for item in items}
    reads = _reads(user, bill)
    outcomes = Outcome.objects.filter(
        client=bill.client_id, pk__in=_of(items, costs.OUTCOME) if reads else []
    )
    earned = {each.pk: each for each in outcomes}
    came_of = {each.pk: each.subject_id for each in earned.values() if each.subject_kind == OF_CALL}
    heard = Call.objects.visible_to(user) if user else Call.objects.none()
    calls = {call.pk: call for call in heard.filter(pk__in=ids | set(came_of.values()))}
    sent = Delivery.objects.visible_to(user) if user else Delivery.objects.none()
    texts = sent.filter(pk__in=ids, client=bill.client_id).select_related("contact")
    charges = BriefCharge.objects.filter(client=bill.client_id, pk__in=ids).select_related("milestone")
    known: dict = calls | {each.pk: each for each in charges} | earned
    posted = Posting.objects.filter(client=bill.client_id, pk__in=_of(items, costs.POSTINGS) if reads else [])
    for each in posted.select_related("letter"):
        known[each.pk] = _("letter %(n)d") % {"n": each.letter.number}
    known |= {each.pk: _("to %(name)s") % {"name": each.contact.name} for each in texts}
    digits = digits_of(bill.currency)
    opens = {pk: pk for pk in calls} | {pk: call for pk, call in came_of.items() if call in calls}
    urls = {pk: url_of(call) for pk, call in opens.items()} if url_of else {}
    return {
        "bill": bill,
        "client": bill.client,
        "rows": [_row(bill, line, known, questions.get(line.pk), urls, digits) for line in lines],
        "net": amount(bill.net, digits),
        "vat": amount(bill.vat, digits),
        "total": amount(bill.total, digits),
        "owed": owing.owed(bill),
        "zone": bill.client.zone,
    }


def amount(value: Decimal, digits: int) -> str:
    """As it stands in a column: 1,234.50."""
    return f"{value:,.{digits}f}".replace("-", "−")


def _reads(user, bill: Bill) -> bool:
    """Whether this person may know what was sent, and what came of work: firm, and who speaks for her."""
    if user is None:
        return False
    speaks = {each.client_id for each in user.roles.contacts if each.sees_all}
    return user.roles.firm_wide or bill.client_id in speaks


def _of(items, kind: str) -> set:
    return {item.subject_id for item in items if item.subject_kind == kind}


def _row(bill, line, known, question, urls, digits) -> Row:
    names = rules.kind_words()
    is_time = line.measure == Measure.TIME
    opened = [_opened(item, known, names, urls, digits, is_time) for item in line.items.all()]
    may_ask = bill.kind == Bill.Kind.BILL and not bill.is_draft and line.amount > 0 and question is None
    return Row(line, amount(line.amount, digits), opened, question, may_ask)


def _opened(item, known, names, urls, digits, is_time) -> Opened:
    thing = known.get(item.subject_id)
    call = thing if isinstance(thing, Call) else None
    return Opened(
        item=item,
        what=(call.caller_name or spaced(call.caller_number)) if call else str(thing or ""),
        parts=[(names[kind], item.micros[kind] / SECOND) for kind in names if item.micros.get(kind)],
        units=rules.length(item.units) if is_time else str(item.units),
        free=(rules.length(item.free) if is_time else str(item.free)) if item.free else "",
        amount=amount(item.amount, digits),
        because=rules.because(item.because),
        url=urls.get(item.subject_id, ""),
    )
