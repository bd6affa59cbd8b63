"""A bill told to whoever reads it: each line, its rule, and its items down to seconds of each kind."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from calls.models import Call
from clients.numbers import spaced
from messages_app.models import Delivery, Letter, Posting, ReceivedPost

from . import costs, owing, rules
from .behind import OF_CALL
from .metering import SECOND
from .models import Bill, BillItem, BillLine, BriefCharge, Outcome, Question, digits_of
from .plans import Measure


@dataclass(frozen=True)
class Opened:
    """One item of a line. `parts` are (kind, seconds); `url` opens the call, the letter or the post that
    came for whoever may see it, and `proof` is the file of what was paid at the post. `worth`: of an order,
    of which the client owes a share.
    """

    item: BillItem
    what: str
    parts: list[tuple[str, float]]
    units: str
    free: str
    amount: str
    because: str
    url: str = ""
    proof: UUID | None = None
    worth: str = ""

    @property
    def at(self) -> datetime:
        return self.item.at

    @property
    def has_time(self) -> bool:
        """What came of work is of a day; nobody has said at which hour."""
        return self.item.subject_kind != costs.OUTCOME


@dataclass(frozen=True)
class Row:
    """One line of a bill."""

    line: BillLine
    amount: str
    items: list[Opened]
    question: Question | None
    may_ask: bool


# Where the desk and the client read what an item is about.
AT_THE_DESK = {Call: "calls-record", Letter: "letters-letter", ReceivedPost: "post-one"}
IN_THE_PORTAL = {Call: "portal-call", Letter: "letters-portal-letter", ReceivedPost: "post-portal-one"}


def told(user, bill: Bill, *, pages=None) -> dict:
    """What a page of this bill shows. `pages`: AT_THE_DESK or IN_THE_PORTAL; without them nothing is linked.

    `user` is None where nobody looks: the product sends it to whom it is made out, and says of no call whose.
    """
    seen = BillLine.objects.visible_to(user) if user else BillLine.objects.all()
    lines = list(seen.filter(bill=bill).prefetch_related("items"))
    asked = Question.objects.visible_to(user) if user else Question.objects.none()
    questions = {each.line_id: each for each in asked.filter(bill=bill)}
    items = [item for line in lines for item in line.items.all()]
    ids = {item.subject_id for item in items}
    came = _earned(bill, items)
    orders = (each for each in came.values() if each.kind == Outcome.Kind.ORDER)
    worth = {each.pk: _("worth %(sum)s") % {"sum": rules.price(each.worth, bill.currency)} for each in orders}
    earned = came if _may_read_what_came_of_it(user, bill) else {}
    came_of = {each.pk: each.subject_id for each in earned.values() if each.subject_kind == OF_CALL}
    heard = Call.objects.visible_to(user) if user else Call.objects.none()
    calls = {call.pk: call for call in heard.filter(pk__in=ids | set(came_of.values()))}
    sent = Delivery.objects.visible_to(user) if user else Delivery.objects.none()
    texts = sent.filter(pk__in=ids, client=bill.client_id).select_related("contact")
    charges = BriefCharge.objects.filter(client=bill.client_id, pk__in=ids).select_related("milestone")
    posted = Posting.objects.visible_to(user) if user else Posting.objects.none()
    posted = posted.filter(pk__in=ids, client=bill.client_id).select_related("letter", "received", "run")
    known: dict = calls | earned | {each.pk: each for each in (*charges, *posted)}
    known |= {each.pk: _("to %(name)s") % {"name": each.contact.name} for each in texts}
    leads = known | {pk: calls[call] for pk, call in came_of.items() if call in calls}
    urls = {pk: _address(thing, pages or {}) for pk, thing in leads.items()}
    digits = digits_of(bill.currency)
    return {
        "bill": bill,
        "client": bill.client,
        "rows": [_row(bill, line, known, questions.get(line.pk), urls, worth) for line in lines],
        "net": amount(bill.net, digits),
        "vat": amount(bill.vat, digits),
        "total": amount(bill.total, digits),
        "owed": owing.owed(bill),
        "zone": bill.client.zone,
    }


def amount(value: Decimal, digits: int) -> str:
    """As it stands in a column: 1,234.50."""
    return f"{value:,.{digits}f}".replace("-", "−")


def _may_read_what_came_of_it(user, bill: Bill) -> bool:
    """The firm, and whoever speaks for the client."""
    if user is None:
        return False
    speaks = {each.client_id for each in user.roles.contacts if each.sees_all}
    return user.roles.firm_wide or bill.client_id in speaks


def _earned(bill: Bill, items: list[BillItem]) -> dict[UUID, Outcome]:
    """What came of work, where commission stands on the bill for it."""
    ids = {item.subject_id for item in items if item.subject_kind == costs.OUTCOME}
    return {each.pk: each for each in Outcome.objects.filter(client=bill.client_id, pk__in=ids)}


def _row(bill, line, known, question, urls, worth) -> Row:
    names, digits = rules.kind_words(), digits_of(bill.currency)
    is_time = line.measure == Measure.TIME
    opened = [_opened(item, known, names, urls, digits, is_time, worth) for item in line.items.all()]
    may_ask = bill.kind == Bill.Kind.BILL and not bill.is_draft and line.amount > 0 and question is None
    return Row(line, amount(line.amount, digits), opened, question, may_ask)


def _opened(item, known, names, urls, digits, is_time, worth) -> Opened:
    thing = known.get(item.subject_id)
    return Opened(
        item=item,
        what=_what(thing),
        parts=[(names[kind], item.micros[kind] / SECOND) for kind in names if item.micros.get(kind)],
        units=rules.length(item.units) if is_time else str(item.units),
        free=(rules.length(item.free) if is_time else str(item.free)) if item.free else "",
        amount=amount(item.amount, digits),
        because=rules.because(item.because),
        url=urls.get(item.subject_id, ""),
        proof=(thing.proof_id or (thing.run and thing.run.proof_id)) if isinstance(thing, Posting) else None,
        worth=worth.get(item.subject_id, ""),
    )


def _what(thing) -> str:
    if isinstance(thing, Call):
        return thing.caller_name or spaced(thing.caller_number)
    if isinstance(thing, Posting):
        kind = {"n": thing.contents.number, "kind": thing.get_kind_display()}
        if thing.letter:
            return _("Letter %(n)d: %(kind)s") % kind
        if thing.received.paper == ReceivedPost.Paper.RETURNED:
            return _("Post %(n)d, returned: %(kind)s") % kind
        return _("Post %(n)d, sent on: %(kind)s") % kind
    return str(thing or "")


def _address(thing, pages: dict) -> str:
    if isinstance(thing, Posting):
        thing = thing.contents
    return reverse(pages[type(thing)], args=[thing.pk]) if type(thing) in pages else ""
