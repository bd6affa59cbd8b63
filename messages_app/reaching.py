"""How a client’s people are reached at one moment: read in one trip, for the pure rules to judge."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.db.models import DateTimeField, UUIDField
from django.db.models.functions import Lower, Trim

from clients import guidance, on_call_words, rostering
from clients.availability import where
from clients.models import Client, Contact, ContactAddress, DeliveryRule, Device, Ladder, Rung, Suppression
from clients.on_call import Roster, together
from clients.standing_in import stand_in_for
from secretariat.channels import push
from secretariat.one_trip.asking import Given, Question, rows

from . import consent, recipients

Kind = ContactAddress.Kind


@dataclass(frozen=True)
class Reaching:
    """What bears on whom a message goes to and by which way."""

    client: Client
    at: datetime
    people: list[Contact]  # those who have left, too
    addresses: dict[tuple[UUID, str], str]  # the first of each kind, by (contact, kind)
    rules: list[DeliveryRule]
    ladder: Ladder | None
    rungs: list[Rung]
    suppressed: list[consent.Suppressed]
    statuses: list
    rosters: tuple[Roster, ...] = ()  # on-call lists
    devices: tuple[Device, ...] = ()  # browsers that take notices

    @cached_property
    def still_there(self) -> list[Contact]:
        return [each for each in self.people if each.is_active]

    @cached_property
    def person(self) -> dict[UUID, Contact]:
        return {each.pk: each for each in self.people}

    @cached_property
    def instead(self) -> dict[UUID, recipients.Instead]:
        """Who is told in place of each person who is away."""
        found = where(map(guidance.whereabouts, self.statuses), at=self.at)
        instead = {}
        for contact in found:
            if stand_in := stand_in_for(contact, found.values(), zone=self.client.zone, at=self.at):
                instead[contact] = recipients.Instead(stand_in.contact_id, stand_in.because)
        return instead

    @cached_property
    def on_call(self) -> list[tuple[UUID, str]]:
        """Whoever is on call, in order, each with the reason."""
        zone = self.client.zone
        return [
            (person, on_call_words.because(told, zone=zone, now=self.at))
            for person, told in together(self.rosters, self.at)
        ]

    def mobile(self, contact: Contact) -> str:
        return self.addresses.get((contact.pk, Kind.MOBILE), "")

    def email(self, contact: Contact) -> str:
        return self.addresses.get((contact.pk, Kind.EMAIL), "")

    def push(self, contact: Contact) -> str:
        """The browsers of hers that are told; nothing for somebody who could open nothing in the portal."""
        hers = [each.name for each in self.devices if each.contact_id == contact.pk]
        return ", ".join(hers) if contact.user_id else ""


def reaching(client: Client, *, at: datetime) -> Reaching:
    """What `client` wants at `at`. One query."""
    told = _TOLD.ask(client=client.pk, at=at)
    addresses: dict[tuple[UUID, str], str] = {}
    for row in told["addresses"]:  # in the client's order
        addresses.setdefault((row.contact_id, row.kind), row.value)
    return Reaching(
        client,
        at,
        people=told["people"],
        addresses=addresses,
        rules=told["rules"],
        ladder=next(iter(told["ladder"]), None),
        rungs=told["rungs"],
        suppressed=[
            consent.Suppressed(each.channel, each.address, each.because, each.since)
            for each in told["suppressed"]
        ],
        statuses=told["statuses"],
        rosters=rostering.from_rows(
            told, zone=client.zone, gone=[each.pk for each in told["people"] if not each.is_active]
        ),
        devices=tuple(each for each in told["devices"] if each.signed_by == (push.mark() or None)),
    )


def _questions():
    client, at = Given("client", UUIDField()), Given("at", DateTimeField())
    addresses = ContactAddress.objects.filter(client=client)
    kept = addresses.order_by().annotate(plain=Lower(Trim("value"))).values("plain")
    return {
        "addresses": rows(addresses),
        "devices": rows(
            Device.objects.filter(client=client, ended_at=None).only("id", "contact", "name", "signed_by")
        ),
        "people": rows(Contact.objects.filter(client=client)),
        "rules": rows(DeliveryRule.objects.filter(client=client).order_by("pk")),
        "ladder": rows(Ladder.objects.filter(client=client).order_by("pk")),
        "rungs": rows(Rung.objects.filter(client=client)),
        "suppressed": rows(Suppression.objects.standing().filter(address__in=kept).order_by("pk")),
        "statuses": rows(guidance.status_rows(client, at)),
        **rostering.questions(client, at),
    }


_TOLD = Question(_questions)
