"""What does not fit together about one client, read from her rows, for whoever saves something about her."""

from datetime import datetime

from . import guidance
from .contradictions import (
    ClientFacts,
    LineFacts,
    PersonFacts,
    contradictions,
    in_absence,
    in_holidays,
    in_instruction,
    overlaps_of,
)
from .models import CallType, Client, Contact, ContactAddress, Instruction, Line, Status


def contradictions_of(client: Client, *, at: datetime) -> list[str]:
    """The sentences of `contradictions` for this client as it stands. Some ten queries."""
    return contradictions(facts_of(client, at=at))


def of_holidays(client: Client, *, at: datetime) -> list[str]:
    """What does not fit together among this client's holidays and closures alone."""
    lines = Line.objects.filter(client=client, is_active=True).prefetch_related("hours")
    found = (in_holidays(guidance.hours_of(client, line), now=at) for line in lines)
    return list(dict.fromkeys(sentence for sentences in found for sentence in sentences))


def of_instruction(row: Instruction, *, at: datetime) -> list[str]:
    """What does not fit together about one instruction, and where it overlaps others, which wins."""
    facts = facts_of(row.client, at=at)
    one = next((each for each in facts.instructions if each.id == row.pk), None)
    if one is None:
        return []
    found = [*in_instruction(one, facts), *overlaps_of(one, facts.instructions, now=at)]
    return list(dict.fromkeys(found))


def of_absence(status: Status, *, at: datetime) -> list[str]:
    """What does not fit together about an absence and who stands in."""
    people = Contact.objects.filter(client=status.client_id).prefetch_related("addresses", "delivery_rules")
    found = in_absence(
        guidance.whereabouts(status),
        map(_person, people),
        guidance.statuses_at(status.client, at),
        zone=status.client.zone,
        now=at,
    )
    return list(found)


def facts_of(client: Client, *, at: datetime) -> ClientFacts:
    lines = Line.objects.filter(client=client, is_active=True).prefetch_related("hours")
    people = Contact.objects.filter(client=client).prefetch_related("addresses", "delivery_rules")
    return ClientFacts(
        zone=client.zone,
        now=at,
        phrases=(client.answer_phrase, client.closed_phrase, client.holiday_phrase),
        lines=tuple(_line(client, line) for line in lines),
        people=tuple(_person(person) for person in people),
        instructions=tuple(guidance.instructions_at(client, at)),
        team_size=client.assignments.current().count(),
        call_types=CallType.objects.filter(client=client, is_active=True).count(),
        other_lines=frozenset(Line.objects.exclude(client=client).values_list("number", flat=True)),
    )


def _line(client: Client, line: Line) -> LineFacts:
    return LineFacts(
        id=line.pk,
        label=str(line),
        number=line.number,
        forwarded_from=line.forwarded_from,
        is_forwarded=line.kind == Line.Kind.FORWARDED,
        hours=guidance.hours_of(client, line),
        voicemail_greeting=line.voicemail_greeting,
        recording_notice=line.recording_notice,
    )


def _person(person: Contact) -> PersonFacts:
    addresses = list(person.addresses.all())
    is_mail = ContactAddress.Kind.EMAIL
    return PersonFacts(
        id=person.pk,
        name=person.name,
        numbers=tuple(address.value for address in addresses if address.kind != is_mail),
        emails=tuple(address.value for address in addresses if address.kind == is_mail),
        channels=frozenset(rule.channel for rule in person.delivery_rules.all()),
        is_active=person.is_active,
    )
