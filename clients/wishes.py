"""How somebody at the client wishes to be told of messages: her delivery rules, and when she is quiet."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from secretariat import ledger
from secretariat.office.models import User

from .models import Contact, DeliveryRule


@dataclass(frozen=True)
class Wish:
    """By this channel, messages of at least this urgency (1 normal to 3 urgent), of one call type or any."""

    channel: str
    at_least: int
    call_type_id: UUID | None = None


@transaction.atomic
def keep(
    contact: Contact,
    wishes: Iterable[Wish],
    *,
    zone: str,
    quiet_from,
    quiet_until,
    others: bool | None = None,
    by: User,
) -> None:
    """These wishes and no others from now on: what decides deliveries reads the same rows.

    `quiet_from` and `quiet_until` are local wall times of `zone` (empty: the client's), both or neither.
    `others`: whether she is told of messages for somebody else, too; None leaves that as it is.
    """
    Contact.objects.select_for_update(no_key=True).get(pk=contact.pk)
    had = {}
    for rule in DeliveryRule.objects.filter(contact=contact).order_by("pk"):
        if (rule.channel, rule.call_type_id) in had:
            rule.delete()  # of two for the same, the first decided
        else:
            had[rule.channel, rule.call_type_id] = rule
    wanted = {(wish.channel, wish.call_type_id): wish for wish in wishes}
    for key in had.keys() - wanted.keys():
        had[key].delete()
    of_others = any(rule.even_if_not_addressed for rule in had.values()) if others is None else others
    for key, wish in wanted.items():
        rule = had.get(key) or DeliveryRule(
            client_id=contact.client_id,
            contact=contact,
            channel=wish.channel,
            call_type_id=wish.call_type_id,
            even_if_not_addressed=of_others,
        )
        rule.at_least = wish.at_least
        if others is not None:
            rule.even_if_not_addressed = others
        rule.save()
    Contact.objects.filter(pk=contact.pk).update(zone=zone, quiet_from=quiet_from, quiet_until=quiet_until)
    contact.refresh_from_db()
    ledger.record(
        "clients.contact.told_otherwise",
        actor_id=by.pk,
        client_id=contact.client_id,
        subject=("clients.contact", contact.pk),
        detail={
            "rules": [f"{wish.channel}.{wish.at_least}" for wish in wanted.values()],
            "quiet": quiet_from is not None,
        },
    )
