"""Lapses of confidentiality: reported by anybody who works here, looked into, closed with a consequence."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from clients import work
from clients.models import Client, Lapse, LapseNote, WorkItem
from secretariat import ledger
from secretariat.office.models import User

KIND = "clients.lapse"
TELL_WITHIN = timedelta(hours=72)  # an authority is told of a breach within, GDPR article 33
State = Lapse.State


class NotNow(Exception):
    """It does not stand as somebody thought. Says in plain words how it stands."""


@transaction.atomic
def report(*, kind: str, what: str, by: User, at: datetime, client: Client | None = None) -> Lapse:
    """Write down what happened, and put it before the firm at once."""
    made = Lapse.objects.create(kind=kind, what=what, client=client, reported_by=by, reported_at=at)
    work.open_item(
        KIND,
        subject=(KIND, made.pk),
        because=_("Reported: %(what)s") % {"what": made.get_kind_display()},
        urgency=WorkItem.Urgency.URGENT,
        promised_at=at + TELL_WITHIN,
    )
    _record("clients.lapse.reported", made, by)
    return made


@transaction.atomic
def note(lapse: Lapse, words: str, *, by: User, at: datetime) -> LapseNote:
    """A step of looking into it. Raises NotNow once it is closed."""
    _still_open(lapse)
    Lapse.objects.filter(pk=lapse.pk, state=State.REPORTED).update(state=State.LOOKED_INTO)
    made = LapseNote.objects.create(lapse=lapse, words=words, by=by, at=at)
    _record("clients.lapse.looked_into", lapse, by)
    return made


@transaction.atomic
def close(
    lapse: Lapse, *, consequence: str, findings: str, client_told: bool, by: User, at: datetime
) -> Lapse:
    """Say what was found and what followed from it. Whoever reported it does not judge it alone."""
    _still_open(lapse)
    if lapse.reported_by_id == by.pk and not by.roles.admin:
        raise NotNow(_("You reported it. Somebody else closes it."))
    Lapse.objects.filter(pk=lapse.pk).update(
        state=State.CLOSED,
        consequence=consequence,
        findings=findings,
        client_told_at=at if client_told and lapse.client_id else None,
        closed_at=at,
        closed_by=by,
    )
    lapse.refresh_from_db()
    work.finish_all(subject=(KIND, lapse.pk), by=by, outcome=lapse.get_consequence_display())
    _record("clients.lapse.closed", lapse, by, consequence=lapse.consequence)
    return lapse


def _still_open(lapse: Lapse) -> None:
    if not Lapse.objects.select_for_update().filter(pk=lapse.pk).exclude(state=State.CLOSED).exists():
        raise NotNow(_("It is closed. Report anew what came to light since."))


def _record(verb: str, lapse: Lapse, by: User, **detail) -> None:
    ledger.record(verb, actor_id=by.pk, client_id=lapse.client_id, subject=(KIND, lapse.pk), detail=detail)
