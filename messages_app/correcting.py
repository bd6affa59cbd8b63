"""A mistake is put right by a marked correction. The original stays as it was sent."""

from django.db import transaction
from django.utils.translation import gettext as _

from secretariat import ledger
from secretariat.card_numbers import redact

from . import escalating
from .announcing import announce
from .dispatch import dispatch
from .event_log import log
from .models import Message
from .taking import Asked, keep_answers

CORRECTABLE = ("contact", "caller_name", "caller_firm", "call_back_on", "read_back", "text")


class CannotLower(Exception):
    """Once sent, urgency is raised, never lowered without a reason."""


@transaction.atomic
def correct(message: Message, *, by, at, note: str, answers: list[Asked] | None = None, **changes) -> Message:
    """Send a corrected version to everyone the rules name. Returns the correction.

    `answers` to the questions, where they are corrected too; left out, they stay as they are.
    A message is corrected once; what was corrected is then the one to correct again.
    """
    Message.objects.select_for_update().get(pk=message.pk)
    while hasattr(message, "corrected_by"):
        message = message.corrected_by
    columns = {name: changes.get(name, getattr(message, name)) for name in CORRECTABLE}
    correction = Message.objects.create(
        client_id=message.client_id,
        call_id=message.call_id,
        call_type_id=message.call_type_id,
        correspondent_id=message.correspondent_id,
        urgency=message.urgency,
        also_noted=message.also_noted,
        guidance=message.guidance,
        corrects=message,
        correction_note=redact(note)[0],
        taken_by=by,
        taken_at=at,
        **columns,
    )
    if answers is None:
        answers = [Asked(each.prompt, each.value, each.caption) for each in message.answers.all()]
    keep_answers(correction, answers)
    log(message, "corrected", at=at, by=by, correction=str(correction.pk))
    log(correction, "taken", at=at, by=by, corrects=str(message.pk))
    ledger.record(
        "message.corrected",
        actor_id=by.pk,
        client_id=message.client_id,
        subject=("messages_app.message", message.pk),
        detail={"correction": str(correction.pk)},
    )
    escalating.stop(message, at=at, by=by, outcome=_("Corrected"))
    dispatch(correction, at=at)
    announce("message.corrected", message)
    announce("message.taken", correction)
    return correction


@transaction.atomic
def no_longer_urgent(message: Message, *, verdict: str, by, at) -> bool:
    """The mail that it passes on was sorted anew, as `verdict`: nobody else is tried. False if it was not."""
    urgent = Message.objects.filter(pk=message.pk, urgency=Message.Urgency.URGENT, acknowledged_at=None)
    if not urgent.exclude(state=Message.State.WITHDRAWN).update(urgency=Message.Urgency.NORMAL):
        return False
    message.refresh_from_db()
    escalating.stop(message, at=at, by=by, outcome=_("Sorted anew"))
    log(message, "no_longer_urgent", at=at, by=by, verdict=verdict)
    announce("message.corrected", message)
    return True


@transaction.atomic
def raise_urgency(message: Message, *, to: int, by, at) -> None:
    """Make a sent message more urgent and tell whom the rules name for that. Raises CannotLower."""
    sent = Message.objects.exclude(state=Message.State.WITHDRAWN)
    if not sent.filter(pk=message.pk, urgency__lt=to).update(urgency=to):
        raise CannotLower
    message.refresh_from_db()
    log(message, "urgency_raised", at=at, by=by, to=to)
    dispatch(message, at=at)
    announce("message.taken", message)
