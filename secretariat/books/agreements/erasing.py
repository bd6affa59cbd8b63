"""Erasing what a client has left with us: begun by the firm, carried out by the sweep, said in writing.

What goes is what retention would end one day by rules whose rows belong to a client: what callers and the
client said, and by which ways. What the law asks to be kept stays, and what is entered of the client itself.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from clients import instructing, where_i_am
from clients.models import Client, Correspondent, Instruction, Status
from secretariat import ledger
from secretariat.books.models import Agreement, LeavingStep
from secretariat.office.models import User
from secretariat.retention import ending, registry

from . import leaving, word

PASSES = 20  # of all rules in one round, a batch of rows each


class NotNow(Exception):
    """It cannot begin as things stand. Says why."""


def why_not(step: LeavingStep, *, at: datetime) -> str:
    """Why it cannot begin, in words; empty where it can."""
    agreement = step.agreement
    today = at.astimezone(agreement.client.tz).date()
    if step.begun_at or step.done_at:
        return _("It has begun before.")
    if agreement.until_on is None or agreement.until_on >= today:
        return _("The last day of the agreement is not over.")
    later = Agreement.objects.filter(client=agreement.client_id, from_on__gt=agreement.from_on)
    if later.filter(Q(until_on=None) | Q(until_on__gte=today), state=Agreement.State.ACCEPTED).exists():
        return _("Another version of the agreement holds: the client stays.")
    others = agreement.steps.filter(done_at=None).exclude(kind=LeavingStep.Kind.ERASE)
    if found := [each.get_kind_display() for each in others]:
        return _("What stands above it comes first: %(steps)s.") % {"steps": ", ".join(dict.fromkeys(found))}
    return ""


@transaction.atomic
def begin(step: LeavingStep, *, name: str, by: User, at: datetime) -> None:
    """It begins, and is not taken back. Whoever begins it has typed the client's name. Raises NotNow."""
    client = Client.objects.select_for_update(of=("self",), no_key=True).get(pk=step.client_id)
    step = LeavingStep.objects.select_related("agreement__client").get(pk=step.pk)
    if step.kind != LeavingStep.Kind.ERASE:
        raise NotNow(_("Nothing is erased by this step."))
    if hindered := why_not(step, at=at):
        raise NotNow(hindered)
    if " ".join(name.split()).casefold() != client.name.casefold():
        raise NotNow(
            _("Nothing was erased. Type the name as it is written here: %(name)s") % {"name": client}
        )
    LeavingStep.objects.filter(pk=step.pk).update(begun_at=at, begun_by=by)
    _let_go(client, by, at)
    ledger.record(
        "books.agreement.erasing",
        actor_id=by.pk,
        client_id=client.pk,
        subject=("books.leavingstep", step.pk),
    )


def _let_go(client: Client, by: User, at: datetime) -> None:
    """What the client kept for herself is kept for nobody: what she said now, and what marks a caller."""
    for status in Status.objects.filter(client=client, ended_at=None, until_at__gt=at):
        where_i_am.end_status(status, by=by, at=at)
    for instruction in Instruction.objects.filter(client=client, replaced_at=None):
        instructing.withdraw(instruction, by=by, at=at)
    Correspondent.objects.filter(client=client).update(vip=False, blocked=False, note="")


def go_on(*, at: datetime) -> int:
    """A batch of each client whose data is being erased; whoever has nothing left is told so."""
    begun = LeavingStep.objects.filter(begun_at__isnull=False, done_at=None)
    return sum(_erase(each, at=at) for each in begun.select_related("agreement__client", "begun_by"))


def _erase(step: LeavingStep, *, at: datetime) -> int:
    rules, rows = [each for each in registry.rules() if each.is_ours], 0
    for _n in range(PASSES):
        done = 0
        for rule in rules:
            with transaction.atomic():
                done += ending.end(rule, at=at, of=step.client_id)
        if not done:
            break
        rows += done
    if rows:
        LeavingStep.objects.filter(pk=step.pk).update(erased=F("erased") + rows)
    if not any(ending.is_left(rule, at=at, of=step.client_id) for rule in rules):
        _finish(step, at=at)
    return rows


@transaction.atomic
def _finish(step: LeavingStep, *, at: datetime) -> None:
    step = LeavingStep.objects.select_related("agreement__client", "begun_by").get(pk=step.pk)
    note = _("Records emptied or deleted: %(n)d") % {"n": step.erased}
    if step.begun_by and leaving.done(step, note=note, by=step.begun_by, at=at):
        word.erased(step.agreement, at=at)
