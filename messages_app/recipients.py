"""Who is told of a message, how, and why. Pure: no clock, no database, no settings."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Person:
    """A contact as far as telling her goes. `mobile` is E.164."""

    id: UUID
    name: str
    email: str = ""
    mobile: str = ""
    signs_in: bool = False
    sees_all: bool = False


@dataclass(frozen=True)
class Rule:
    """What goes to whom: messages of this type (None: any), from this urgency on, by this channel."""

    contact: UUID
    channel: str
    at_least: int = 1
    call_type: UUID | None = None
    even_if_not_addressed: bool = False


@dataclass(frozen=True)
class Recipient:
    contact: UUID
    channel: str  # portal, email or text
    address: str
    because: str


def choose(
    *,
    addressed_to: UUID | None,
    urgency: int,
    call_type: UUID | None,
    people: Iterable[Person],
    rules: Iterable[Rule],
) -> list[Recipient]:
    """List every recipient and channel once, the addressed contact first.

    The client's rules decide. Somebody addressed whom no rule reaches is told by every way we know,
    for a message that nobody hears of is lost. With nobody addressed, everyone who sees all of the
    client's messages stands in.
    """
    known = {person.id: person for person in people}
    addressed = [addressed_to] if addressed_to in known else [p.id for p in known.values() if p.sees_all]
    chosen: dict[tuple, Recipient] = {}
    for rule in rules:
        person = known.get(rule.contact)
        fits = urgency >= rule.at_least and rule.call_type in (None, call_type)
        if person is None or not fits or not (rule.contact in addressed or rule.even_if_not_addressed):
            continue
        if address := _address(person, rule.channel):
            recipient = Recipient(person.id, rule.channel, address, _because(rule, rule.contact in addressed))
            chosen.setdefault((person.id, rule.channel), recipient)
    told = {recipient.contact for recipient in chosen.values()}
    for contact in addressed:
        if contact not in told:
            for recipient in _every_way(known[contact], urgency):
                chosen[recipient.contact, recipient.channel] = recipient
    return sorted(chosen.values(), key=lambda recipient: recipient.contact not in addressed)


def _address(person: Person, channel: str) -> str:
    ways = {
        "portal": person.name if person.signs_in or person.sees_all else "",
        "email": person.email,
        "text": person.mobile,
    }
    return ways[channel]


def _because(rule: Rule, addressed: bool) -> str:
    whose = "the message is for them" if addressed else "they asked to hear of others' messages"
    return f"{whose}, from urgency {rule.at_least} on" if rule.at_least > 1 else whose


def _every_way(person: Person, urgency: int) -> list[Recipient]:
    channels = ["portal", "email", "text"] if urgency > 1 or not person.email else ["portal", "email"]
    return [
        Recipient(person.id, channel, address, "no rule of the client says how they are told")
        for channel in channels
        if (address := _address(person, channel))
    ]
