"""What work led to: reported by whoever did it, or by the diary; counted once the firm has said so.

What counts earns her the commission of her contract, and is owed by the client whose plan pays for it.
"""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, transaction
from django.dispatch import receiver
from django.utils.dateformat import format as date_words
from django.utils.translation import gettext as _

from calendar_app import signals
from calendar_app.models import Meeting
from clients import work
from clients.models import Client
from secretariat import ledger
from secretariat.office import pay
from secretariat.office.contracts import holding
from secretariat.office.models import Contract, Secretary

from . import behind, metering, planning, rules
from .models import Bill, BillItem, ClientPlan, Outcome, PayPart

SUBJECT, MEETING, SERIES = "books.outcome", "calendar_app.meeting", "calendar_app.series"
LOOK_AGAIN = "books.outcome_gone"
NO_SUBJECT = ("", None)
ARRANGED = ("booked", "confirmed")
GONE = ("cancelled", "released", "lapsed")


class NotNow(Exception):
    """Cannot be done as things stand; its text is a sentence for whoever asked."""


def earns(secretary: Secretary, client: Client, kind: str, on: date) -> bool:
    """Whether somebody is paid, or a client pays, for such an outcome on this day."""
    contract = holding.of(secretary, on)
    terms = contract.terms_of_pay if contract else ()
    if any(term.by in (pay.By.OUTCOME, pay.By.SHARE) and term.of == kind for term in terms):
        return True
    plan = planning.on(client, on)
    return plan is not None and plan.rules.commission(kind, Decimal(1)) > 0


def report(
    secretary: Secretary,
    *,
    client: Client,
    kind: str,
    on: date,
    worth: Decimal,
    words: str,
    by,
    at: datetime,
    subject: tuple[str, UUID | None] = NO_SUBJECT,
) -> Outcome:
    """Keep what her work led to, for the firm to decide. Raises NotNow where it was reported before."""
    subject_kind, subject_id = subject
    row = Outcome(
        secretary=secretary,
        client=client,
        kind=kind,
        on=on,
        worth=worth,
        words=words[:240],
        state=Outcome.State.REPORTED,
        subject_kind=subject_kind,
        subject_id=subject_id,
        reported_by=by,
        reported_at=at,
    )
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as twice:
        raise NotNow(_("This was reported already.")) from twice
    _note("books.outcome_reported", row, by)
    return row


def count(row: Outcome, worth: Decimal | None = None, *, by, at: datetime) -> None:
    """It counts from now on, for so much where that is said anew. Raises NotNow."""
    row.worth = row.worth if worth is None else worth
    if words := why_not(row):
        raise NotNow(words)
    _decide(row, Outcome.State.COUNTS, "", by=by, at=at)


def why_not(row: Outcome) -> str:
    """Why it cannot count as it stands: a share needs its worth, in the money in which it is paid; empty if
    it can.
    """
    contract = holding.of(row.secretary, row.on)
    plan = ClientPlan.objects.filter(client=row.client, from_on__lte=row.on).order_by("-from_on").first()
    if contract and _is_a_share(contract, row.kind):
        if not row.worth:
            return _("Her commission is a share of what it is worth. Say how much that is.")
        if plan and plan.currency != contract.currency:
            return _(
                "Her commission is a share of what it is worth, which is in %(billed)s, and she is paid in "
                "%(paid)s. It cannot count: agree a bonus with her by hand; what the client owes for it is a "
                "line of your own on the page of its plan."
            ) % {"billed": plan.currency, "paid": contract.currency}
    if plan and plan.order_percent and row.kind == Outcome.Kind.ORDER and not row.worth:
        return _("The client owes a share of what it is worth. Say how much that is.")
    return ""


def _is_a_share(contract: Contract, kind: str) -> bool:
    """Whether such an outcome earns her percent of what it is worth: the first term that names it says so."""
    terms = (each for each in contract.terms_of_pay if each.by in (pay.By.OUTCOME, pay.By.SHARE))
    return next((each.by == pay.By.SHARE for each in terms if each.of == kind), False)


def refuse(row: Outcome, answer: str, *, by, at: datetime) -> None:
    """It does not count; she reads why. Raises NotNow."""
    if not answer:
        raise NotNow(_("Say why; she reads it."))
    _decide(row, Outcome.State.REFUSED, answer, by=by, at=at)


@transaction.atomic
def _decide(row: Outcome, state: str, answer: str, *, by, at: datetime) -> None:
    if row.secretary.user_id == by.pk:
        raise NotNow(_("Somebody else decides about your own."))
    waiting = Outcome.objects.filter(pk=row.pk, state=Outcome.State.REPORTED)
    if not waiting.update(state=state, answer=answer, worth=row.worth, decided_by=by, decided_at=at):
        raise NotNow(_("This was decided before."))
    _note("books.outcome_decided", row, by)


@transaction.atomic
def take_back(row: Outcome, because: str, *, by, at: datetime) -> None:
    """It was a slip, or came to nothing: it counts no more. Raises NotNow once it was paid or billed.

    Whoever reported it may take it back as long as nobody has decided.
    """
    row = Outcome.objects.select_for_update(of=("self",)).select_related("secretary").get(pk=row.pk)
    if not row.is_open:
        raise NotNow(_("This does not count any more."))
    if row.state == Outcome.State.COUNTS:
        if not because:
            raise NotNow(_("Say why; she reads it."))
        if row.secretary.user_id == by.pk:
            raise NotNow(_("Somebody else decides about your own."))
        if taken := _taken_up(row):
            raise NotNow(taken)
    Outcome.objects.filter(pk=row.pk).update(
        state=Outcome.State.TAKEN_BACK, answer=because, decided_by=by, decided_at=at
    )
    work.finish_all(subject=(SUBJECT, row.pk), by=by, outcome=_("Taken back"), kind=LOOK_AGAIN)
    _note("books.outcome_taken_back", row, by)


def _taken_up(row: Outcome) -> str:
    """Why it can be taken back no more, and what can be done instead; empty if it still can."""
    paid = PayPart.objects.filter(subject_kind=SUBJECT, subject_id=row.pk).select_related("statement__run")
    if part := paid.first():
        run = part.statement.run
        if not run.is_approved:
            return _(
                "It stands in a pay run that is prepared. Drop that run first, and prepare it anew after."
            )
        return _(
            "It was paid with the run until %(day)s. Take it off as a correction of her pay; where the client"
            " was billed for it, credit her."
        ) % {"day": date_words(run.last_on, "j F Y")}
    billed = BillItem.objects.filter(subject_kind=SUBJECT, subject_id=row.pk)
    if billed.exclude(line__bill__state=Bill.State.DRAFT).exists():
        return _("The client was billed for it. Credit her; what she is paid is taken off as a correction.")
    return ""


def with_what_became(rows: Iterable[Outcome]) -> list[Outcome]:
    """These, each with `meeting`, the one it tells of as it stands now, or None; and with `took`, the seconds
    of each kind that its work took her."""
    found = list(rows)
    ids = {each.subject_id for each in found if each.subject_id}
    meetings = {each.pk: each for each in Meeting.objects.filter(pk__in=ids)}
    meetings |= {
        each.series_id: each for each in Meeting.objects.filter(series__in=ids).order_by("-starts_at")
    }
    worked, kinds = behind.intervals(found, hers=True), rules.kind_words()
    for each in found:
        each.meeting = meetings.get(each.subject_id)
        micros = metering.by_kind(worked.get(each.pk, ()))
        each.took = [(kinds[kind], micros[kind] / metering.SECOND) for kind in kinds if micros.get(kind)]
    return found


@receiver(signals.meeting_changed, dispatch_uid="books.outcomes.meeting")
def meeting_changed(sender, meeting: Meeting, verb: str, by, at: datetime, **rest) -> None:
    """A meeting that a secretary arranged is reported by itself where one is paid for. A series is one.

    One that is called off after it counted is for the firm to look at: some pay for what was booked, others
    for what was held.
    """
    if meeting.manner == Meeting.Manner.BLOCK:
        return
    subject = (SERIES, meeting.series_id) if meeting.series_id else (MEETING, meeting.pk)
    if verb in ARRANGED and meeting.state == Meeting.State.CONFIRMED:
        _arranged(meeting, subject, at)
    elif verb in GONE:
        counted = Outcome.objects.counting().filter(subject_kind=MEETING, subject_id=meeting.pk)
        for row in counted:
            work.open_item(
                LOOK_AGAIN,
                subject=(SUBJECT, row.pk),
                client=meeting.client_id,
                because=_("A meeting for which commission counts was called off"),
            )


def _arranged(meeting: Meeting, subject: tuple[str, UUID], at: datetime) -> None:
    secretary = getattr(meeting.arranged_by, "secretary", None)
    if secretary is None:
        return
    on = holding.today(secretary, at)
    kind, client = Outcome.Kind.MEETING, meeting.client
    if Outcome.objects.filter(subject_id=subject[1]).exists() or not earns(secretary, client, kind, on):
        return
    words = _("%(about)s, on %(day)s") % {"about": meeting.about, "day": date_words(meeting.on, "j F Y")}
    report(
        secretary,
        client=client,
        kind=kind,
        on=on,
        worth=Decimal(0),
        words=words,
        by=meeting.arranged_by,
        at=at,
        subject=subject,
    )


def _note(verb: str, row: Outcome, by) -> None:
    ledger.record(verb, actor_id=by.pk, client_id=row.client_id, subject=(SUBJECT, row.pk))
