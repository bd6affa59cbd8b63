"""The people at a client: who comes, changes, leaves, and may sign in. Said by an owner, or by the firm."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from secretariat import ledger
from secretariat.office import inviting
from secretariat.office.models import Invitation, User

from .models import AddressCheck, Client, Contact, ContactAddress, Device

OWN = (ContactAddress, AddressCheck, Device)  # what belongs to her alone and goes with her


class NotPossible(Exception):
    """The message says why, and what can be done instead."""


def speakers(client: Client) -> list[ContactAddress]:
    """The first mailbox of each owner who may sign in."""
    return speakers_of([client])


def speakers_of(clients: Iterable[Client | UUID]) -> list[ContactAddress]:
    """The same of several clients, each address with whose it is."""
    owners = Contact.objects.filter(client__in=clients, standing=Contact.Standing.OWNER, is_active=True)
    rows = ContactAddress.objects.filter(contact__in=owners, kind=ContactAddress.Kind.EMAIL)
    return list(rows.order_by("contact_id", "rank", "pk").distinct("contact_id"))


def signs_in_for(client: Client) -> bool:
    """Whether an owner or a delegate of it signs in."""
    rows = Contact.objects.filter(client=client, is_active=True, user__is_active=True)
    return rows.exclude(standing=Contact.Standing.MEMBER).exists()


@transaction.atomic
def add(
    client: Client,
    *,
    by: User,
    at: datetime,
    addresses: Iterable[tuple[str, str]] = (),
    invite_to: str = "",
    **facts,
) -> Contact:
    """Somebody new at the client. `addresses` are pairs of kind and value; `invite_to` a mailbox, if any."""
    contact = Contact.objects.create(client=client, **facts)
    _keep_addresses(contact, addresses)
    _record("clients.contact.added", contact, by)
    if invite_to:
        invite(contact, email=invite_to, by=by, at=at)
    return contact


@transaction.atomic
def change(
    contact: Contact, *, by: User, addresses: Iterable[tuple[str, str]] | None = None, **facts
) -> None:
    """Change what is known of her. Raises NotPossible if nobody who owns the client would be left."""
    standing = facts.get("standing", contact.standing)
    if standing != Contact.Standing.OWNER:
        _keep_an_owner(contact)
    Contact.objects.filter(pk=contact.pk).update(**facts)
    if addresses is not None:
        _keep_addresses(contact, addresses)
    contact.refresh_from_db()
    _record("clients.contact.changed", contact, by)


@transaction.atomic
def invite(contact: Contact, *, email: str, by: User, at: datetime) -> Invitation:
    """Send her a link to sign in with this address. Raises NotPossible for somebody who does, or has left."""
    if contact.user_id:
        raise NotPossible(_("%(name)s signs in already.") % {"name": contact.name})
    if not contact.is_active:
        raise NotPossible(_("%(name)s is no longer there. Bring her back first.") % {"name": contact.name})
    inviting.withdraw_all(subject_id=contact.pk, by=by, at=at)
    return inviting.invite(
        email=email,
        name=contact.name,
        gives=Invitation.Gives.CONTACT,
        by=by,
        at=at,
        client_id=contact.client_id,
        subject_id=contact.pk,
    )


@transaction.atomic
def deactivate(contact: Contact, *, by: User, at: datetime) -> None:
    """She has left: nothing is sent to her, and she sees nothing of the client. What was stays.

    Raises NotPossible for the last owner.
    """
    _keep_an_owner(contact)
    Contact.objects.filter(pk=contact.pk).update(is_active=False)
    inviting.withdraw_all(subject_id=contact.pk, by=by, at=at)
    _record("clients.contact.deactivated", contact, by)


@transaction.atomic
def bring_back(contact: Contact, *, by: User) -> None:
    """She is there again, with all she had."""
    Contact.objects.filter(pk=contact.pk).update(is_active=True)
    _record("clients.contact.brought_back", contact, by)


@transaction.atomic
def delete(contact: Contact, *, by: User, at: datetime) -> None:
    """Take out somebody who was entered by mistake. Raises NotPossible, and says what she is used by."""
    _keep_an_owner(contact)
    used = used_by(contact)
    if used:
        raise NotPossible(
            _("%(name)s is used by: %(what)s. Change these first, or say that she has left.")
            % {"name": contact.name, "what": ", ".join(used)}
        )
    inviting.withdraw_all(subject_id=contact.pk, by=by, at=at)
    _record("clients.contact.deleted", contact, by)
    try:
        with transaction.atomic():
            contact.delete()
    except ProtectedError as used_meanwhile:
        raise NotPossible(
            _("%(name)s has just come into use. Say that she has left.") % {"name": contact.name}
        ) from used_meanwhile


def used_by(contact: Contact) -> list[str]:
    """What names her, in words and each once: instructions, rules, lists, messages, calls."""
    found = []
    for relation in Contact._meta.get_fields(include_hidden=True):
        of_hers = relation.auto_created and not relation.concrete
        if not of_hers or relation.related_model in OWN or relation.related_model._meta.auto_created:
            continue
        rows = relation.related_model._base_manager.filter(**{relation.field.name: contact})
        words = capfirst(str(relation.related_model._meta.verbose_name_plural))
        if words not in found and rows.exists():
            found.append(words)
    return sorted(found)


def _keep_an_owner(contact: Contact) -> None:
    """The client's row is the lock: two owners who take each other's standing cannot both succeed."""
    Client.objects.select_for_update().get(pk=contact.client_id)
    owners = Contact.objects.filter(
        client=contact.client_id, standing=Contact.Standing.OWNER, is_active=True, user__isnull=False
    )
    if owners.filter(pk=contact.pk).exists() and not owners.exclude(pk=contact.pk).exists():
        raise NotPossible(
            _("%(name)s is the only owner who signs in. Make somebody else an owner first.")
            % {"name": contact.name}
        )


def _keep_addresses(contact: Contact, addresses: Iterable[tuple[str, str]]) -> None:
    """These and no others, in this order; those she had keep their rows and labels."""
    wanted = list(dict.fromkeys(addresses))
    had = {(row.kind, row.value): row for row in contact.addresses.all()}
    for gone in had.keys() - set(wanted):
        had[gone].delete()
    for rank, (kind, value) in enumerate(wanted):
        if (kind, value) in had:
            ContactAddress.objects.filter(pk=had[kind, value].pk).update(rank=rank)
        else:
            ContactAddress.objects.create(
                client_id=contact.client_id, contact=contact, kind=kind, value=value, rank=rank
            )


def _record(verb: str, contact: Contact, by: User) -> None:
    ledger.record(
        verb,
        actor_id=by.pk,
        client_id=contact.client_id,
        subject=("clients.contact", contact.pk),
        detail={"standing": contact.standing},
    )
