"""Addresses to which nothing more is sent by a channel, and their return."""

from collections.abc import Iterable

from django.db import transaction

from secretariat import clock, ledger

from .models import ContactAddress, Suppression


@transaction.atomic
def suppress(channel: str, address: str, because: str, *, at) -> bool:
    """Send nothing more to this address by this channel. False if that held already."""
    fresh = Suppression(channel=channel, address=normal(address), because=because, since=at)
    Suppression.objects.bulk_create([fresh], ignore_conflicts=True)
    if not Suppression.objects.filter(pk=fresh.pk).exists():
        return False
    _record("suppression.began", fresh)
    return True


@transaction.atomic
def lift(channel: str, address: str, *, by=None, why: str = "") -> bool:
    """Its owner wants to hear from us again, or somebody saw to it that it works. False if nothing stood.

    `why`: what somebody of the firm found out who lifts it.
    """
    standing = Suppression.objects.standing().filter(channel=channel, address=normal(address))
    found = standing.select_for_update().first()
    if found is None:
        return False
    Suppression.objects.filter(pk=found.pk).update(lifted_at=clock.Now(), lifted_by=by, lifted_why=why)
    _record("suppression.lifted", found, by=by)
    return True


def reached(addresses: Iterable[ContactAddress]) -> list[ContactAddress]:
    """Those of these mailboxes to which something may be sent."""
    by_value = {normal(each.value): each for each in addresses}
    standing = Suppression.objects.standing().filter(channel="email", address__in=by_value)
    stopped = set(standing.values_list("address", flat=True))
    return [each for value, each in by_value.items() if value not in stopped]


def whose(rows) -> list:
    """These suppressions, each of which knows by its `people` at which clients its address is whose."""
    rows = list(rows)
    addresses = ContactAddress.objects.filter(value__in={row.address for row in rows})
    known: dict[str, list[str]] = {}
    for each in addresses.select_related("contact__client"):
        known.setdefault(each.value, []).append(f"{each.contact.name}, {each.contact.client.name}")
    for row in rows:
        row.people = sorted(set(known.get(row.address, [])))
    return rows


def marked(people) -> list:
    """These contacts, each of whose `addresses` knows by its `suppressed` why nothing is sent there.

    Two queries at most, however many people.
    """
    people = list(people)
    addresses = [address for person in people for address in person.addresses.all()]
    standing = Suppression.objects.standing().filter(address__in={address.value for address in addresses})
    because = {row.address: row for row in standing} if addresses else {}
    for address in addresses:
        address.suppressed = because.get(address.value)
    return people


def normal(address: str) -> str:
    """As addresses of contacts are kept: numbers as they are, mailboxes in lower case."""
    return address.strip().lower()


def _record(verb: str, row: Suppression, by=None) -> None:
    ledger.record(
        verb,
        actor_id=by.pk if by else None,
        subject=("clients.suppression", row.pk),
        detail={"channel": row.channel, "because": row.because},
    )
