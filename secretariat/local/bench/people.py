"""The people who look at lists, and one row of each kind to multiply. Runs in a process with Django."""

import json
import sys
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from calls.models import Call, CallEvent, Leg, Offer
from clients.models import Access, Client, Contact, Line
from messages_app.models import Delivery, Message
from secretariat import outbox, paging
from secretariat.office.models import Post, Secretary, User
from secretariat.outbox.models import InboundEvent

from .filling import _session

SERVED = 50  # clients of the secretary whose lists are measured


@transaction.atomic
def tell() -> None:
    """Print the sessions of a secretary with many clients, a supervisor and the first client's owner."""
    at = timezone.now() - timedelta(days=1)
    clients = list(Client.objects.order_by("id")[:SERVED])
    secretary = Secretary.objects.order_by("id").first()
    Access.objects.bulk_create(
        Access(client=each, secretary=secretary, because="work", cause_id=each.pk, from_at=at)
        for each in clients[1:]
    )
    Contact.objects.bulk_create(
        Contact(client=each, name="Owner", standing="owner") for each in Client.objects.order_by("id")
    )
    supervisor = User.objects.create(email="supervisor@bench.example", name="Supervisor", password="!")
    Post.objects.create(user=supervisor, post=Post.Kind.SUPERVISOR, from_at=at)
    owner = User.objects.create(email="owner@bench.example", name="Owner", password="!")
    contact = clients[0].contacts.first()
    Contact.objects.filter(pk=contact.pk).update(user=owner)
    _sample(clients[0], contact, secretary, at)
    sessions = {"secretary": secretary.user, "supervisor": supervisor, "owner": owner}
    json.dump({who: _session(user) for who, user in sessions.items()}, sys.stdout)


def _sample(client: Client, contact: Contact, secretary: Secretary, at: datetime) -> None:
    call = Call.objects.create(
        client=client,
        line=Line.objects.get(client=client),
        carrier_id="sample",
        state=Call.State.CLOSED,
        outcome=Call.Outcome.MESSAGE,
        secretary=secretary,
        rang_at=at,
        answered_at=at,
        ended_at=at,
        closed_at=at,
    )
    Leg.objects.create(
        client=client, call=call, party="caller", carrier_id="sample", status="completed", rank=9, ended_at=at
    )
    Offer.objects.create(
        client=client,
        call=call,
        secretary=secretary,
        line="phone",
        state=Offer.State.ACCEPTED,
        offered_at=at,
        expires_at=at + timedelta(seconds=20),
    )
    CallEvent.objects.create(client=client, call=call, at=at, verb="rang")
    message = Message.objects.create(client=client, contact=contact, taken_by=secretary.user, taken_at=at)
    effect = outbox.post("bench.sample", key="sample", queue="bulk")
    type(effect).objects.filter(pk=effect.pk).update(state="done", attempts=1)
    Delivery.objects.create(
        client=client,
        message=message,
        contact=contact,
        channel="email",
        state=Delivery.State.DELIVERED,
        effect=effect,
    )
    InboundEvent.objects.create(
        provider="twilio",
        kind="voice",
        key="sample",
        body_hash="0" * 64,
        state=InboundEvent.State.WORKED,
        due_at=at,
        received_at=at,
        ended_at=at,
        emptied_at=at,
    )


def cursors() -> None:
    """Print the cursor of the page in the middle of each list."""
    json.dump({"messages": _middle(Message, "taken_at"), "calls": _middle(Call, "rang_at")}, sys.stdout)


def _middle(model, newest_by: str) -> str:
    rows = model.objects.order_by(f"-{newest_by}", "-pk")
    row = rows[rows.count() // 2]
    return paging._write(getattr(row, newest_by), row.pk)
