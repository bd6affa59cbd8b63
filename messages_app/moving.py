"""A message went to the wrong client: taken back there, delivered to the right one, told to the supervisor.

Neither client hears of the other: each has a message of its own with a log of its own. What joins the two
is the incident, which is the firm's.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from clients import correspondents, work
from clients.models import Client, Served, WorkItem
from secretariat import ledger

from . import signals, withdrawing
from .announcing import announce
from .dispatch import dispatch
from .event_log import log
from .models import Answer, Incident, Message

WORK_KIND = "messages.incident"
SAID = ("caller_name", "caller_firm", "call_back_on", "read_back", "text", "also_noted", "urgency", "partial")


class CannotMove(Exception):
    """It was withdrawn already, or it is to go where it is."""


def places(user, message: Message):
    """The clients to which this person may move it: those she works for, and never the same one."""
    clients = Client.objects.filter(is_active=True).exclude(pk=message.client_id)
    if user.roles.firm_wide:
        return clients
    if not user.roles.secretary:
        return clients.none()
    return clients.filter(pk__in=Served(user.roles.secretary))


@transaction.atomic
def move(message: Message, *, to: Client, contact, what: str, by, at) -> Incident:
    """Withdraw it from its client, take it anew for `to`, addressed to `contact` (or nobody), and say so.

    Raises CannotMove. Corrections of it, and what it corrects, are withdrawn with it.
    """
    chain = _chain(message)
    newest = chain[-1]
    if newest.client_id == to.pk or newest.state == Message.State.WITHDRAWN:
        raise CannotMove
    moved = Message.objects.create(
        client=to,
        contact=contact,
        correspondent=correspondents.remember(
            to, e164=newest.call_back_on, name=newest.caller_name, firm=newest.caller_firm
        ),
        taken_by=newest.taken_by,
        taken_at=at,
        **{name: getattr(newest, name) for name in SAID},
    )
    Answer.objects.bulk_create(
        Answer(client=to, message=moved, caption=each.caption, value=each.value, rank=each.rank)
        for each in newest.answers.all()
    )
    opened = any(each.acknowledged_at for each in chain)
    reached = []
    for each in chain:
        reached += withdrawing.withdraw(each, because=withdrawing.WRONG_CLIENT, by=by, at=at)
    withdrawing.tell_of_withdrawal(newest, reached, at=at)
    log(moved, "taken", at=at, by=by)
    ledger.record(
        "message.taken", actor_id=by.pk, client_id=to.pk, subject=("messages_app.message", moved.pk)
    )
    dispatch(moved, at=at)
    announce("message.taken", moved)
    signals.message_moved.send(
        sender=Message, client=newest.client, versions=[each.pk for each in chain], at=at
    )
    return _incident(
        newest, moved, what=what, told=len({d.contact_id for d in reached}), opened=opened, by=by, at=at
    )


def _chain(message: Message) -> list[Message]:
    """The message with what it corrects and what corrects it, oldest first, each locked."""
    while message.corrects_id:
        message = message.corrects
    chain = [message]
    while hasattr(chain[-1], "corrected_by"):
        chain.append(chain[-1].corrected_by)
    locked = Message.objects.select_for_update(of=["self"]).select_related("client", "taken_by")
    by_id = {each.pk: each for each in locked.filter(pk__in=[m.pk for m in chain]).order_by("pk")}
    return [by_id[each.pk] for each in chain]


def _incident(message, moved, *, what, told, opened, by, at) -> Incident:
    incident = Incident.objects.create(
        kind=Incident.Kind.WRONG_CLIENT,
        client=message.client,
        other_client=moved.client,
        message=message,
        moved_to=moved,
        taken_by=message.taken_by,
        found_by=by,
        what=what,
        told=told,
        opened=opened,
        at=at,
    )
    work.open_item(
        WORK_KIND,
        subject=("messages_app.incident", incident.pk),
        because=_("A message went to the wrong client. It was put right; look into it."),
        urgency=WorkItem.Urgency.TODAY,
    )
    ledger.record("incident.opened", actor_id=by.pk, subject=("messages_app.incident", incident.pk))
    return incident


@transaction.atomic
def settle(incident: Incident, *, resolution: str, by, at) -> bool:
    """The supervisor has looked into it. False if that was done before."""
    still = Incident.objects.filter(pk=incident.pk, state=Incident.State.OPEN)
    if not still.update(state=Incident.State.SETTLED, resolution=resolution, settled_by=by, settled_at=at):
        return False
    work.finish_all(subject=("messages_app.incident", incident.pk), by=by, outcome=_("Looked into"))
    ledger.record("incident.settled", actor_id=by.pk, subject=("messages_app.incident", incident.pk))
    return True
