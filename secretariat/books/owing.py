"""What becomes of a bill: paid, questioned line by line, credited. What is held back is not due."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from clients import work
from clients.models import WorkItem
from secretariat import ledger

from . import billing, signals
from .billing import NotNow
from .models import Bill, BillLine, Payment, Question, digits_of
from .reckoning import NOUGHT, Of, tax

ANSWER_WITHIN = timedelta(days=7)
QUESTIONED = "books.questioned"


@dataclass(frozen=True)
class Owed:
    """What is still to be paid of one bill. `held` are its questioned lines with their VAT: not due yet."""

    bill: Bill
    paid: Decimal
    credited: Decimal
    held: Decimal

    @property
    def rest(self) -> Decimal:
        """What is open, held back or not. Below nought: paid too much."""
        return self.bill.total - self.paid - self.credited

    @property
    def due(self) -> Decimal:
        return max(NOUGHT, self.rest - self.held)

    @property
    def is_settled(self) -> bool:
        return self.rest <= 0

    def is_overdue(self, today: date) -> bool:
        return self.due > 0 and self.bill.due_on is not None and self.bill.due_on < today


def owed(bill: Bill) -> Owed:
    return owed_of([bill])[0]


def owed_of(bills: Iterable[Bill]) -> list[Owed]:
    """The same for many at once, in their order."""
    bills = list(bills)
    keys = [bill.pk for bill in bills]
    paid = _sums(Payment.objects.filter(bill__in=keys), "bill", "amount")
    notes = Bill.objects.filter(credits__in=keys, state=Bill.State.ISSUED)
    credited = _sums(notes, "credits", "total")
    held: dict = {}
    for question in Question.objects.filter(bill__in=keys, ended="").select_related("line", "bill"):
        held[question.bill_id] = held.get(question.bill_id, NOUGHT) + with_vat(question.bill, question.line)
    return [
        Owed(bill, paid.get(bill.pk, NOUGHT), -credited.get(bill.pk, NOUGHT), held.get(bill.pk, NOUGHT))
        for bill in bills
    ]


def _sums(rows, by: str, what: str) -> dict:
    return dict(rows.order_by().values_list(by).annotate(sum=Sum(what)))


def with_vat(bill: Bill, line: BillLine) -> Decimal:
    """A line with its tax. What its rounding leaves is the bill's."""
    return line.amount + tax(line.amount, bill.vat_percent, digits=digits_of(bill.currency))


@transaction.atomic
def pay(bill: Bill, *, amount: Decimal, on: date, reference: str, by, at: datetime) -> Payment:
    """Note money that came, or with a minus that was returned."""
    _issued(bill)
    made = Payment.objects.create(
        bill=bill,
        client_id=bill.client_id,
        amount=amount,
        paid_on=on,
        reference=reference,
        noted_by=by,
        noted_at=at,
    )
    ledger.record("books.paid", actor_id=by.pk, client_id=bill.client_id, subject=("books.bill", bill.pk))
    signals.owes_less.send(sender=Payment, client=bill.client, by=by, at=at)
    return made


@transaction.atomic
def ask(line: BillLine, *, words: str, by, at: datetime) -> Question:
    """Hold this line back until somebody has answered, within a week."""
    bill = _issued(line.bill)
    if bill.kind != Bill.Kind.BILL or line.amount <= 0:
        raise NotNow(_("Nothing is to be paid for this line."))
    if Question.objects.filter(line=line, ended="").exists():
        raise NotNow(_("This line is being looked at already."))
    if Question.objects.filter(line=line, ended=Question.Ended.CREDITED).exists():
        raise NotNow(_("This line has been credited."))
    today = at.astimezone(bill.client.tz).date()
    made = Question.objects.create(
        line=line,
        bill=bill,
        client_id=bill.client_id,
        words=words,
        asked_by=by,
        asked_at=at,
        answer_by=today + ANSWER_WITHIN,
    )
    work.open_item(
        QUESTIONED,
        subject=("books.question", made.pk),
        because=_("%(name)s asks about a line of bill %(number)s")  # the firm's to answer, no client's desk
        % {"name": bill.client.name, "number": bill.number},
        urgency=WorkItem.Urgency.TODAY,
        promised_at=at + ANSWER_WITHIN,
    )
    ledger.record(
        "books.questioned", actor_id=by.pk, client_id=bill.client_id, subject=("books.question", made.pk)
    )
    signals.owes_less.send(sender=Question, client=bill.client, by=by, at=at)
    return made


@transaction.atomic
def explain(question: Question, *, answer: str, by, at: datetime) -> None:
    """The line stands, and is due again."""
    _end(question, Question.Ended.EXPLAINED, answer=answer, by=by, at=at)


@transaction.atomic
def credit(question: Question, *, answer: str, by, at: datetime) -> Bill:
    """The whole line is taken off, by a credit note with a number of its own."""
    locked = Question.objects.select_for_update().get(pk=question.pk)
    if locked.ended:
        raise NotNow(_("This question was answered before."))
    line, bill = question.line, question.bill
    net = -line.amount
    vat = tax(net, bill.vat_percent, digits=digits_of(bill.currency))
    note = Bill.objects.create(
        client_id=bill.client_id,
        kind=Bill.Kind.CREDIT,
        credits=bill,
        first_on=bill.first_on,
        last_on=bill.last_on,
        currency=bill.currency,
        net=net,
        vat=vat,
        total=net + vat,
        vat_percent=bill.vat_percent,
        tax=bill.tax,
        parties=bill.parties,
        made_at=at,
    )
    BillLine.objects.create(
        bill=note,
        client_id=bill.client_id,
        rank=0,
        kind=Of.CREDIT,
        words=_("%(what)s, of bill %(number)s") % {"what": line.words, "number": bill.number},
        rule=answer,
        amount=net,
    )
    note = billing.issue(note, by=by, at=at)
    _end(question, Question.Ended.CREDITED, answer=answer, by=by, at=at, credit=note)
    signals.owes_less.send(sender=Bill, client=bill.client, by=by, at=at)
    return note


def _end(question: Question, ended: str, *, answer: str, by, at: datetime, **facts) -> None:
    waiting = Question.objects.filter(pk=question.pk, ended="")
    if not waiting.update(ended=ended, answer=answer, answered_by=by, answered_at=at, **facts):
        raise NotNow(_("This question was answered before."))
    work.finish_all(
        subject=("books.question", question.pk),
        by=by,
        outcome=str(Question.Ended(ended).label),
        kind=QUESTIONED,
    )
    ledger.record(
        f"books.{ended}",
        actor_id=by.pk,
        client_id=question.client_id,
        subject=("books.question", question.pk),
    )


def _issued(bill: Bill) -> Bill:
    if bill.is_draft:
        raise NotNow(_("This bill is a draft."))
    return bill
