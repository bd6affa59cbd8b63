"""An urgent message goes on until a human acknowledges: the ladder, begun, worked step by step, stopped.

A step is a row with its moment on the database's clock. Whoever works one holds the message's lock, so
that an acknowledgement and a step never pass each other.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from clients import work
from clients.models import WorkItem
from secretariat import clock, outbox

from . import deadlines
from .announcing import announce
from .delivering import NO_ADDRESS, address_of, deliver, next_turn
from .event_log import log
from .models import Delivery, LadderStep, Message
from .reaching import Reaching, reaching

State = LadderStep.State
END_KIND = "messages.unacknowledged"
OVER = (Message.State.ACKNOWLEDGED, Message.State.WITHDRAWN)


def plan(client, addressed_to, *, at, known: Reaching | None = None) -> list[deadlines.Step]:
    """What would be tried for an urgent message sent at `at`: the client's ladder, or by people's order; by
    what is `known` of it, if it was read."""
    known = known or reaching(client, at=at)
    if addressed_to in known.instead:
        addressed_to = known.instead[addressed_to].contact
    on_call = [each for each, _why in known.on_call]
    passes = known.ladder.passes if known.ladder else deadlines.USUAL_PASSES
    wait = timedelta(minutes=known.ladder.wait_minutes) if known.ladder else deadlines.USUAL_WAIT
    set_by_client = [
        deadlines.Rung(
            rung.contact_id,
            rung.channel,
            timedelta(minutes=rung.wait_minutes) if rung.wait_minutes else wait,
            rung.every_pass,
        )
        for rung in known.rungs
    ]
    rungs = deadlines.named(set_by_client, on_call) or [
        deadlines.Rung(rung.contact, rung.channel, wait, rung.every_pass)
        for rung in deadlines.usual_rungs(addressed_to, _reachable(known), on_call)
    ]
    return deadlines.climb(rungs, passes=passes, begins_at=at)


def _reachable(known: Reaching) -> list[deadlines.Reachable]:
    """The people of this client but those for whom somebody stands in."""
    return [
        deadlines.Reachable(
            contact.pk,
            mobile=known.mobile(contact),
            email=known.email(contact),
            push=known.push(contact),
            sees_all=contact.sees_all,
        )
        for contact in known.still_there
        if contact.pk not in known.instead
    ]


@transaction.atomic
def begin(message: Message, *, at) -> None:
    """Write down every step of the ladder and take the first. Nothing for what is not urgent."""
    if message.urgency < Message.Urgency.URGENT or message.state in OVER or is_climbing(message):
        return
    run = (message.ladder_steps.aggregate(last=Max("run"))["last"] or 0) + 1
    known = reaching(message.client, at=at)
    why = dict(known.on_call)
    LadderStep.objects.bulk_create(
        LadderStep(
            client_id=message.client_id,
            message=message,
            run=run,
            place=place,
            turn=step.turn,
            contact_id=step.contact,
            channel=step.channel,
            because=why.get(step.contact, "") if step.contact != message.contact_id else "",
            due_at=step.due_at,
        )
        for place, step in enumerate(plan(message.client, message.contact_id, at=at, known=known))
    )
    climb(message, at=at)


def is_climbing(message: Message) -> bool:
    return message.ladder_steps.filter(state=State.WAITING).exists()


@transaction.atomic
def climb(message: Message, *, at) -> int:
    """Work every step of this message that is due by `at`. Returns how many those were."""
    message = Message.objects.select_for_update(of=["self"]).select_related("client").get(pk=message.pk)
    if message.state in OVER or Message.objects.filter(corrects=message).exists():
        return stop(message, at=at)
    worked = 0
    while step := _due(message, at):
        _work(step, message, at)
        worked += 1
    return worked


def _due(message: Message, at) -> LadderStep | None:
    waiting = message.ladder_steps.filter(state=State.WAITING, due_at__lte=at)
    return waiting.select_related("contact").order_by("run", "place").first()


def _work(step: LadderStep, message: Message, at) -> None:
    if step.contact is None:
        _settle(step, State.TRIED, at)
        return _stands_red(message, at)
    address = address_of(step.contact, step.channel) if step.contact.is_active else ""
    if not address:
        _pass_over(step, message, at, reason="no_address")
        return None
    delivery = _already_going(step, message, address) or deliver(
        message,
        step.contact,
        step.channel,
        address,
        because=step.because or _("nobody has acknowledged yet"),
        at=at,
        turn=next_turn(message),
    )
    step.delivery = delivery
    if delivery.state == Delivery.State.FAILED:
        _pass_over(step, message, at, reason="failed")
        return None
    _settle(step, State.TRIED, at)
    log(
        message,
        "tried",
        at=at,
        contact=step.contact,
        channel=step.get_channel_display(),
        time_round=step.turn,
    )
    return announce("message.delivered", message)


def _already_going(step: LadderStep, message: Message, address: str) -> Delivery | None:
    """The first step may be what the client's rules sent a moment ago: it is not sent twice."""
    if step.place:
        return None
    stored = "" if step.channel in NO_ADDRESS else address
    sent = message.deliveries.filter(contact=step.contact, channel=step.channel, address=stored, turn=0)
    since = message.reopened_at or message.taken_at
    return sent.filter(created_at__gte=since).exclude(state=Delivery.State.WITHDRAWN).last()


def _pass_over(step: LadderStep, message: Message, at, *, reason: str) -> None:
    """This way is shut: the next is tried at once, not after the wait for an answer that cannot come."""
    _settle(step, State.PASSED_OVER, at)
    log(
        message,
        "passed_over",
        at=at,
        contact=step.contact,
        channel=step.get_channel_display(),
        reason=reason,
    )
    bring_forward(message, at=at)


def bring_forward(message: Message, *, at) -> None:
    """Let the next step be due now."""
    waiting = list(message.ladder_steps.filter(state=State.WAITING).order_by("run", "place"))
    moments = deadlines.brought_forward([step.due_at for step in waiting], at)
    for step, due_at in zip(waiting, moments, strict=True):
        step.due_at = due_at
    LadderStep.objects.bulk_update(waiting, ["due_at"])


def _settle(step: LadderStep, state: str, at) -> None:
    step.state, step.worked_at = state, at
    step.save(update_fields=["state", "worked_at", "delivery"])


def _stands_red(message: Message, at) -> None:
    """Nobody has acknowledged in the client's time: a person must see to it, and the supervisor sees so."""
    log(message, "ladder_ended", at=at)
    work.open_item(
        END_KIND,
        client=message.client,
        subject=("messages_app.message", message.pk),
        because=_("Urgent message for %(client)s: nobody has acknowledged it.")
        % {"client": message.client.name},
        urgency=WorkItem.Urgency.URGENT,
        promised_at=at,
    )
    announce("message.failed", message)


@transaction.atomic
def stop(message: Message, *, at, by=None, outcome: str = "") -> int:
    """Nothing more is tried: it was acknowledged, withdrawn or corrected. Returns how many steps that saves.

    What already rings goes on, and says on the telephone that it is settled.
    """
    stopped = message.ladder_steps.filter(state=State.WAITING).update(state=State.STOPPED, worked_at=at)
    further = message.deliveries.filter(turn__gt=0, state=Delivery.State.WAITING)
    for delivery in further.select_for_update():
        outbox.cancel(key=f"message:{delivery.pk}", because="acknowledged")
    work.finish_all(
        subject=("messages_app.message", message.pk),
        kind=END_KIND,
        by=by,
        outcome=outcome or _("No longer needed"),
    )
    return stopped


def due_messages(at_most: int) -> list:
    """Ids of messages with a step that is due on the database's clock."""
    due = LadderStep.objects.filter(state=State.WAITING, due_at__lte=clock.Now()).order_by("due_at")
    return list(dict.fromkeys(due.values_list("message", flat=True)[:at_most]))
