"""Naming a supervisor, asking of a day in writing, answering, and what is said of somebody's work."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from secretariat import ledger, live
from secretariat.books.models import HoursQuestion, Remark, Supervision
from secretariat.office.models import Secretary, User


class NotNow(Exception):
    """It cannot be as somebody wanted. Says why."""


def of(secretary: Secretary) -> Supervision | None:
    rows = Supervision.objects.filter(secretary=secretary, until_at=None)
    return rows.select_related("supervisor", "stand_in").first()


@transaction.atomic
def name(
    secretary: Secretary,
    *,
    supervisor: User,
    stand_in: User | None,
    qualified_by: str,
    by: User,
    at: datetime,
) -> Supervision:
    """From now on she is supervised by this person. Raises NotNow where nobody supervises herself."""
    if secretary.user_id in (supervisor.pk, stand_in.pk if stand_in else None):
        raise NotNow(_("Nobody supervises her own work. Choose somebody else."))
    Secretary.objects.select_for_update(of=("self",), no_key=True).get(pk=secretary.pk)
    Supervision.objects.filter(secretary=secretary, until_at=None).update(until_at=at)
    made = Supervision.objects.create(
        secretary=secretary, supervisor=supervisor, stand_in=stand_in, qualified_by=qualified_by, from_at=at
    )
    _record("named", secretary, by)
    return made


@transaction.atomic
def ask(secretary: Secretary, *, on: date, words: str, by: User, at: datetime) -> HoursQuestion:
    """Ask of a day, in writing. It stands on her own page until she answers."""
    made = HoursQuestion.objects.create(secretary=secretary, on=on, words=words, asked_by=by, asked_at=at)
    _record("asked", secretary, by)
    live.announce("rota.changed", made.pk, 0, {secretary.user_id})
    return made


@transaction.atomic
def answer(question: HoursQuestion, *, words: str, by: User, at: datetime) -> bool:
    """She answers, once. False if she had answered before."""
    waiting = HoursQuestion.objects.filter(pk=question.pk, answered_at=None)
    if not waiting.update(answer=words, answered_at=at):
        return False
    _record("answered", question.secretary, by)
    return True


@transaction.atomic
def remark(secretary: Secretary, row: Remark, *, by: User, at: datetime) -> Remark:
    """Say something of her work, for her to read."""
    row.secretary, row.by, row.at = secretary, by, at
    row.save()
    _record("remarked", secretary, by, kind=row.kind)
    return row


@transaction.atomic
def train(row: Remark, *, by: User, at: datetime) -> bool:
    """The training that was due is done. False if it was before."""
    due = Remark.objects.filter(pk=row.pk, kind=Remark.Kind.TRAINING, done_at=None)
    if not due.update(done_at=at):
        return False
    _record("trained", row.secretary, by)
    return True


def _record(verb: str, secretary: Secretary, by: User, **detail) -> None:
    ledger.record(
        f"books.supervision.{verb}",
        actor_id=by.pk,
        subject=("office.secretary", secretary.pk),
        detail=detail,
    )
