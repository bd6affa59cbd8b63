"""A message is taken: the slip, its answers, its deliveries, and the call's end, all or nothing."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from calls import wrap_up
from calls.models import Call
from clients import correspondents
from secretariat import ledger

from .announcing import announce
from .dispatch import dispatch
from .event_log import log
from .models import Answer, Draft, Message


@dataclass(frozen=True)
class Asked:
    """One prompt with the answer to it; of a prompt that is gone, its caption as it was."""

    prompt: Any  # clients.Prompt
    value: str
    caption: str = ""


@transaction.atomic
def take_message(*, call: Call, by, at, answers: list[Asked], **said) -> Message:
    """Take a call's message, once: a second send returns the first one's message and sends nothing.

    `said` holds the columns of Message that the form fills.
    """
    call = Call.objects.select_for_update().get(pk=call.pk)
    if already := Message.objects.filter(call=call, corrects=None).first():
        return already
    message = Message.objects.create(
        client_id=call.client_id,
        call=call,
        correspondent=call.correspondent
        or correspondents.remember(
            call.client,
            e164=said["call_back_on"] or call.caller_number,
            name=said["caller_name"],
            firm=said["caller_firm"],
        ),
        guidance=call.guidance,
        taken_by=by,
        taken_at=at,
        **said,
    )
    keep_answers(message, answers)
    log(message, "taken", at=at, by=by)
    ledger.record(
        "message.taken",
        actor_id=by.pk,
        client_id=call.client_id,
        subject=("messages_app.message", message.pk),
    )
    dispatch(message, at=at)
    Draft.objects.filter(call=call).delete()
    wrap_up.close_with_message(call, at=at, by=by)
    announce("message.taken", message)
    return message


def keep_answers(message: Message, answers: list[Asked]) -> None:
    """Write down what was answered, in the order of the questions."""
    Answer.objects.bulk_create(
        Answer(
            client_id=message.client_id,
            message=message,
            prompt=asked.prompt,
            caption=asked.caption or asked.prompt.caption,
            value=asked.value,
            rank=rank,
        )
        for rank, asked in enumerate(answers)
        if asked.value
    )
