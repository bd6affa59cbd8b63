"""What becomes of a bill: paid, questioned line by line, credited. What is held back is not due."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from clients import work
from clients.models import WorkItem
from secretariat import ledger

from . import crediting, signals
from .billing import NotNow
from .models import Bill, BillItem, BillLine, Payment, Question
from .reckoning import NOUGHT

ANSWER_WITHIN = timedelta(days=7)
TO_PAY_WITHIN = timedelta(days=7)  # of the answer, what was held back until then
DAY = timedelta(days=1)
QUESTIONED = "books.questioned"


@dataclass(frozen=True)
class Owed:
    """What is still to be paid of one bill. `held` was charged for its questioned lines: not due yet.

    `answered`: what was held back until its question was answered, by the day by which it is to be paid.
    """

    bill: Bill
    paid: Decimal
    credited: Decimal
    held: Decimal
    answered: tuple[tuple[date, Decimal], ...] = ()

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

    @property
    def due_on(self) -> date | None:
        """By when the first of what is due is to be paid: the bill's own day, or that after an answer."""
        days = [day for day, _sum in self.answered]
        if not days or self.by(days[0]).due > 0:
            return self.bill.due_on
        return next((day for day in days if self.by(day + DAY).due > 0), days[-1])

    def by(self, today: date) -> "Owed":
        """The same, with what may be paid on this day or later still held back."""
        later = [(day, amount) for day, amount in self.answered if day >= today]
        held = self.held + sum((amount for _day, amount in later), NOUGHT)
        return replace(self, held=held, answered=tuple(each for each in self.answered if each not in later))

    def is_overdue(self, today: date) -> bool:
        return self.due_on is not None and self.due_on < today and self.by(today).due > 0


def owed(bill: Bill) -> Owed:
    return owed_of([bill])[0]


def owed_of(bills: Iterable[Bill]) -> list[Owed]:
    """The same for many at once, in their order."""
    bills = list(bills)
    keys = [bill.pk for bill in bills]
    paid = _sums(Payment.objects.filter(bill__in=keys), "bill", "amount")
    notes = Bill.objects.filter(credits__in=keys, state=Bill.State.ISSUED)
    credited = _sums(notes, "credits", "total")
    held, answered = _held(bills)
    return [
        Owed(
            bill,
            paid.get(bill.pk, NOUGHT),
            -credited.get(bill.pk, NOUGHT),
            held.get(bill.pk, NOUGHT),
            answered.get(bill.pk, ()),
        )
        for bill in bills
    ]


def not_settled(bills: QuerySet[Bill]) -> QuerySet[Bill]:
    """Those of which something is open, held back or not: as `Owed.rest` says it, chosen by the database."""
    paid = Payment.objects.filter(bill=OuterRef("pk")).order_by().values("bill").annotate(sum=Sum("amount"))
    notes = Bill.objects.issued().filter(credits=OuterRef("pk")).order_by().values("credits")
    credited = notes.annotate(sum=Sum("total"))
    off = Coalesce(Subquery(paid.values("sum")), NOUGHT) - Coalesce(Subquery(credited.values("sum")), NOUGHT)
    return bills.filter(total__gt=off)


def _sums(rows, by: str, what: str) -> dict:
    return dict(rows.order_by().values_list(by).annotate(sum=Sum(what)))


def _held(bills: list[Bill]) -> tuple[dict[UUID, Decimal], dict[UUID, tuple[tuple[date, Decimal], ...]]]:
    """What would come back if all that is asked about were credited, and what is due again by which day."""
    by_key = {bill.pk: bill for bill in bills}
    asked: dict[UUID, set[UUID]] = defaultdict(set)
    explained: dict[UUID, dict[date, set[UUID]]] = defaultdict(lambda: defaultdict(set))
    questions = Question.objects.filter(bill__in=bills).exclude(ended=Question.Ended.CREDITED)
    for key, line, at, zone in questions.values_list("bill", "line", "answered_at", "client__zone"):
        if at is None:
            asked[key].add(line)
        elif (day := _to_pay_by(at, ZoneInfo(zone))) > by_key[key].due_on:
            explained[key][day].add(line)
    found = crediting.standing_of(by_key[key] for key in {*asked, *explained})

    def held(key: UUID, lines: set[UUID]) -> Decimal:
        return max(NOUGHT, -found[key].lines(lines).total)

    return (
        {key: held(key, lines) for key, lines in asked.items()},
        {
            key: tuple((day, held(key, lines)) for day, lines in sorted(days.items()))
            for key, days in explained.items()
        },
    )


def due_again(question: Question) -> tuple[date, Decimal]:
    """By which day what was held back for this line is to be paid, and how much of it is open."""
    bill, tz = question.bill, question.bill.client.tz
    of_line = max(NOUGHT, -crediting.standing(bill).lines([question.line_id]).total)
    return max(bill.due_on, _to_pay_by(question.answered_at, tz)), min(of_line, owed(bill).due)


def _to_pay_by(answered_at: datetime, zone: ZoneInfo) -> date:
    return answered_at.astimezone(zone).date() + TO_PAY_WITHIN


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
    if crediting.standing(bill).left[line.pk] <= 0:
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
    """The line stands, and is to be paid within a week. The client is told."""
    _end(question, Question.Ended.EXPLAINED, answer=answer, by=by, at=at)
    question.refresh_from_db()
    signals.question_explained.send(sender=Question, question=question, at=at)


@transaction.atomic
def credit(question: Question, *, answer: str, by, at: datetime) -> Bill:
    """What was charged for the line is given back, by a note with a number of its own."""
    locked = Question.objects.select_for_update().get(pk=question.pk)
    if locked.ended:
        raise NotNow(_("This question was answered before."))
    note = crediting.write(question.bill, lines=[question.line_id], because=answer, by=by, at=at)
    _end(question, Question.Ended.CREDITED, answer=answer, by=by, at=at, credit=note)
    signals.owes_less.send(sender=Bill, client=question.bill.client, by=by, at=at)
    return note


@transaction.atomic
def give_back(
    bill: Bill,
    *,
    lines: Collection[UUID] = (),
    items: Collection[UUID] = (),
    amount: Decimal = NOUGHT,
    because: str,
    by,
    at: datetime,
) -> Bill:
    """Credit what nobody has asked about: whole lines, some of their parts, or a sum before VAT."""
    touched = BillItem.objects.filter(pk__in=items).values("line")
    asked = Question.objects.filter(Q(line__in=lines) | Q(line__in=touched), bill=bill, ended="")
    if asked.exists():
        raise NotNow(_("The client has asked about this line. Answer the question, and it ends with that."))
    note = crediting.write(bill, lines=lines, items=items, amount=amount, because=because, by=by, at=at)
    ledger.record(
        "books.given_back", actor_id=by.pk, client_id=bill.client_id, subject=("books.bill", note.pk)
    )
    signals.owes_less.send(sender=Bill, client=note.client, by=by, at=at)
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
