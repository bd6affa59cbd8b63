"""What does not fit together about one client, read from her rows, for whoever saves something about her."""

from datetime import datetime

from . import guidance, rostering
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
from .models import CallType, Client, Contact, ContactAddress, Instruction, Line, Status, Suppression
from .on_call_words import in_rosters


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
    found = in_absence(
        guidance.whereabouts(status),
        _people(status.client),
        guidance.statuses_at(status.client, at),
        zone=status.client.zone,
        now=at,
    )
    return list(found)


def of_on_call(client: Client, *, at: datetime) -> list[str]:
    """What does not fit together in the client's on-call lists."""
    return list(in_rosters(rostering.rosters(client, at=at), _people(client), now=at))


def _people(client: Client) -> tuple[PersonFacts, ...]:
    people = Contact.objects.filter(client=client).prefetch_related("addresses", "delivery_rules")
    numbers = ContactAddress.objects.filter(client=client).exclude(kind=ContactAddress.Kind.EMAIL)
    stopped = Suppression.objects.standing().filter(address__in=numbers.values("value"))
    why = {each.address: str(each.get_because_display()) for each in stopped}
    return tuple(_person(person, why) for person in people)


def facts_of(client: Client, *, at: datetime) -> ClientFacts:
    lines = Line.objects.filter(client=client, is_active=True).prefetch_related("hours")
    return ClientFacts(
        zone=client.zone,
        now=at,
        phrases=(client.answer_phrase, client.closed_phrase, client.holiday_phrase),
        lines=tuple(_line(client, line) for line in lines),
        people=_people(client),
        instructions=tuple(guidance.instructions_at(client, at)),
        rosters=rostering.rosters(client, at=at),
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


def _person(person: Contact, stopped: dict[str, str]) -> PersonFacts:
    """`stopped`: numbers to which nothing is sent, and why."""
    addresses = list(person.addresses.all())
    is_mail = ContactAddress.Kind.EMAIL
    return PersonFacts(
        id=person.pk,
        name=person.name,
        numbers=tuple(address.value for address in addresses if address.kind != is_mail),
        emails=tuple(address.value for address in addresses if address.kind == is_mail),
        channels=frozenset(rule.channel for rule in person.delivery_rules.all()),
        is_active=person.is_active,
        stopped=tuple((each.value, stopped[each.value]) for each in addresses if each.value in stopped),
    )
