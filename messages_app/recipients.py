"""Who is told of a message, how, and why. Pure: no clock, no database, no settings."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

URGENT = 3  # as Message.Urgency
PUSH = "push"


@dataclass(frozen=True)
class Person:
    """A contact as far as telling her goes. `mobile` is E.164; `push` names the browsers she switched on."""

    id: UUID
    name: str
    email: str = ""
    mobile: str = ""
    push: str = ""
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
    channel: str  # portal, email, text or push
    address: str
    because: str


@dataclass(frozen=True)
class Instead:
    """Who is told in place of somebody who is away, or of nobody in particular, and why: "stands in for
    Ngozi until Fri 18:00", "on call by “Nights” until Tue 08:00"."""

    contact: UUID
    because: str


def choose(
    *,
    addressed_to: UUID | None,
    urgency: int,
    call_type: UUID | None,
    people: Iterable[Person],
    rules: Iterable[Rule],
    away: Mapping[UUID, Instead] | None = None,
    on_call: Sequence[Instead] = (),
) -> list[Recipient]:
    """List every recipient and channel once, the addressed contact first.

    The client's rules decide. Somebody addressed whom no rule reaches is told by every way we know,
    for a message that nobody hears of is lost; and so is one whom they reach by push alone, which a browser
    that is not running keeps to itself. With nobody addressed, everyone who sees all of the
    client's messages stands in; if it is urgent, the first who is `on_call` does, where there is somebody.
    For somebody `away`, whoever stands in for her is told in her place.
    """
    known = {person.id: person for person in people}
    duty = next((each for each in on_call if each.contact in known), None) if urgency >= URGENT else None
    if addressed_to in known:
        meant = [addressed_to]
    elif duty:
        meant = [duty.contact]
    else:
        meant = [person.id for person in known.values() if person.sees_all]
    instead = {each: there for each, there in (away or {}).items() if there.contact in known}
    addressed = [instead[each].contact if each in instead else each for each in meant]
    because = {duty.contact: duty.because} if duty and addressed_to not in known else {}
    because |= {instead[each].contact: instead[each].because for each in meant if each in instead}
    chosen: dict[tuple, Recipient] = {}
    for rule in rules:
        person = known.get(rule.contact)
        fits = urgency >= rule.at_least and rule.call_type in (None, call_type)
        if person is None or not fits or not (rule.contact in addressed or rule.even_if_not_addressed):
            continue
        if address := _address(person, rule.channel):
            why = because.get(person.id) or _because(rule, person.id in addressed)
            chosen.setdefault((person.id, rule.channel), Recipient(person.id, rule.channel, address, why))
    told = {recipient.contact for recipient in chosen.values() if recipient.channel != PUSH}
    for contact in addressed:
        if contact not in told:
            for recipient in _every_way(known[contact], urgency, because.get(contact, "")):
                chosen.setdefault((recipient.contact, recipient.channel), recipient)
    return sorted(chosen.values(), key=lambda recipient: recipient.contact not in addressed)


def _address(person: Person, channel: str) -> str:
    ways = {
        "portal": person.name if person.signs_in or person.sees_all else "",
        "email": person.email,
        "text": person.mobile,
        PUSH: person.push,
    }
    return ways[channel]


def _because(rule: Rule, addressed: bool) -> str:
    whose = "the message is for them" if addressed else "they asked to hear of others' messages"
    return f"{whose}, from urgency {rule.at_least} on" if rule.at_least > 1 else whose


def _every_way(person: Person, urgency: int, because: str) -> list[Recipient]:
    channels = ["portal", PUSH, "email"] + (["text"] if urgency > 1 or not person.email else [])
    return [
        Recipient(person.id, channel, address, because or "no rule of the client says how they are told")
        for channel in channels
        if (address := _address(person, channel))
    ]
