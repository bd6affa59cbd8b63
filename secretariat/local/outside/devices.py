"""What each device on the page shows: callers' phones, the phone at home, the mobile, the mailbox.

Each function takes the exchange and whose device was picked up (from the page's query), and returns what
its template needs. Left to itself a device shows the person who has something going on.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import PurePosixPath
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import phonenumbers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secretariat.local.carrier.legs import identity_in

from .configuration import Number, Person
from .exchange import Exchange
from .mail import LINK

OWN = "own"
RECENT = timedelta(minutes=15)
MOST = 6


@dataclass(frozen=True)
class Sound:
    """One thing on a line, in words. `speech` is spoken aloud, else it is a sound; `own` is one's own."""

    words: str
    seconds: int
    speech: bool
    own: bool = False


@dataclass(frozen=True)
class Choice:
    """Somebody whose device this could be: what picks her up, her name, and what goes on there."""

    key: str
    name: str
    mark: str
    query: dict[str, str]


@dataclass(frozen=True)
class CallShown:
    sid: str
    state: str  # ringing, talking or over
    label: str
    tone: str  # the pill's colour
    since: datetime
    number: str
    name: str
    heard: list[Sound]
    company: list[str]  # who else is on the line, and how

    @property
    def live(self) -> bool:
        return self.state != "over"


def grouped(number: str) -> str:
    """A number as people read it, or as it came if it is none."""
    try:
        parsed = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def caller(exchange: Exchange, chosen: Mapping[str, str]) -> dict:
    """The phones of people who ring: one for each call of the last while, and one to ring with."""
    lines = {line.number for line in _answered(exchange)}
    calls = [
        leg
        for leg in _recent(exchange)
        if leg.direction == "inbound" and leg.to in lines and leg.sid not in exchange.put_away
    ][:MOST]
    calls.sort(key=lambda leg: leg.created_at)
    chosen_one = chosen.get("caller")
    asked_for = chosen_one == "new" or chosen_one not in exchange.carrier.legs
    return {
        "phones": [
            {
                "call": _shown(exchange, leg, other=leg.to),
                "caller": {"name": exchange.configuration.name_of(leg.from_), "number": leg.from_},
            }
            for leg in calls
        ],
        "another": not calls or (asked_for and chosen_one is not None),
        "destinations": _destinations(exchange),
        "people": [*exchange.configuration.playing("caller"), *exchange.configuration.playing("client")],
    }


def _destinations(exchange: Exchange) -> list[tuple[str, str]]:
    """(number to ring, its name): our lines, and telephones whose calls are sent on to one of them."""
    lines = _answered(exchange)
    found = [(line.number, line.client or line.number) for line in lines]
    for line in lines:
        if line.forwarded_from:
            about = {"name": line.client, "number": grouped(line.forwarded_from)}
            found.append((line.forwarded_from, _("%(name)s’s own number %(number)s, forwarded") % about))
    for person in exchange.configuration.playing("client"):
        if exchange.carrier.party_at(person.number).forwards_to and person.number:
            found.append((person.number, _("%(name)s’s mobile, forwarded") % {"name": person.name}))
    return found


# What a mobile does of itself: the words of `behave`, and how a person says it.
BEHAVIOURS = {
    "human": gettext_lazy("Rings, and you answer"),
    "voicemail": gettext_lazy("A mailbox answers after"),
    "forwards": gettext_lazy("Is forwarded to us"),
    "busy": gettext_lazy("Is busy"),
    "off": gettext_lazy("Is switched off"),
    "no-answer": gettext_lazy("Rings, and nobody answers"),
}


def behaviour(exchange: Exchange, number: str) -> str:
    """What this telephone does when it is rung, in words; empty for a person who waits to be played."""
    party = exchange.carrier.party_at(number)
    match party.answer:
        case "human":
            return ""
        case "voicemail":
            return _("A mailbox answers after %(seconds)s s") % {"seconds": round(party.after)}
        case "forwards":
            return _("Forwarded to %(line)s") % {"line": exchange.configuration.name_of(party.forwards_to)}
        case _:
            return str(BEHAVIOURS.get(party.answer, party.answer))


def home_phone(exchange: Exchange, chosen: Mapping[str, str]) -> dict:
    """The secretary's own telephone: it rings, she answers and presses a key."""
    return _telephone(exchange, "secretary", chosen.get("home"))


def mobile(exchange: Exchange, chosen: Mapping[str, str]) -> dict:
    """A client's mobile: calls, and the texts of the office with their links."""
    shown = _telephone(exchange, "client", chosen.get("mobile"))
    person = shown["person"]
    texts = []
    for text in exchange.carrier.messages.by_sid.values() if person else ():
        if person.number in (text.to, text.from_):
            texts.append(
                {
                    "words": text.body,
                    "at": text.created_at,
                    "ours": text.from_ == person.number,
                    "other": text.from_ if text.to == person.number else text.to,
                    "links": LINK.findall(text.body),
                }
            )
    shown["texts"] = texts[-MOST * 2 :]
    shown["unanswered"] = next((text for text in reversed(texts) if not text["ours"]), None)
    shown["lines"] = _answered(exchange)
    shown["texted"] = [line for line in exchange.configuration.numbers if line.sms_url]
    shown["behaviours"] = list(BEHAVIOURS.items())
    shown["behaves"] = exchange.carrier.party_at(person.number) if person else None
    shown["behaviour"] = behaviour(exchange, person.number) if person else ""
    shown["zone"] = ZoneInfo(person.zone) if person and person.zone else exchange.configuration.zone
    return shown


def mailbox(exchange: Exchange, chosen: Mapping[str, str]) -> dict:
    """The mail that arrived at one address."""
    boxes, given = exchange.mailboxes, exchange.configuration
    names = {person.email.casefold(): person.name for person in given.people if person.email}
    addresses = list(dict.fromkeys([*names, *boxes.addresses()]))
    newest = next((mail.recipients[0] for mail in reversed(boxes.kept)), "")
    address = chosen.get("mailbox", "").casefold() or newest or (addresses[0] if addresses else "")
    mails = boxes.of(address)
    return {
        "choices": [
            Choice(one, names.get(one, one), str(len(boxes.of(one)) or ""), {"mailbox": one, "mail": ""})
            for one in addresses
        ],
        "address": address,
        "name": names.get(address, ""),
        "mails": mails[: MOST * 2],
        "opened": next((mail for mail in mails if str(mail.number) == chosen.get("mail")), None),
        "zone": given.zone,
        "may_write": bool(given.inbound_mail_url),
        "answered": given.answered_addresses,
        "clients": [person for person in given.playing("client") if person.email],
    }


def _telephone(exchange: Exchange, part: str, number: str | None) -> dict:
    people = [person for person in exchange.configuration.playing(part) if person.number]
    calls = {p.number: [leg for leg in _recent(exchange) if leg.to == p.number] for p in people}
    busy = [p for p in people if any(leg.live for leg in calls[p.number])]
    person = next((p for p in people if p.number == number), None) or (busy or people or [None])[0]
    query = "home" if part == "secretary" else "mobile"
    legs = calls[person.number] if person else []
    leg = legs[0] if legs else None
    return {
        "choices": [
            Choice(p.number, p.name, _("on the line") if p in busy else "", {query: p.number}) for p in people
        ],
        "person": person,
        "call": _shown(exchange, leg, other=leg.from_) if leg else None,
    }


def _answered(exchange: Exchange) -> list[Number]:
    """The numbers that callers may ring."""
    return [line for line in exchange.configuration.numbers if line.voice_url]


def _recent(exchange: Exchange) -> list:
    """Calls going on or over for a little while, newest first."""
    now = exchange.now()
    legs = [
        leg
        for leg in exchange.carrier.legs.values()
        if leg.live or (leg.ended_at and now - leg.ended_at < RECENT)
    ]
    return sorted(legs, key=lambda leg: (leg.live, leg.created_at), reverse=True)


def _shown(exchange: Exchange, leg, *, other: str) -> CallShown:
    labels = {
        "in-progress": ("talking", _("Connected"), "ok"),
        "completed": ("over", _("Call ended"), ""),
        "busy": ("over", _("Busy"), "warn"),
        "no-answer": ("over", _("Not answered"), "warn"),
        "failed": ("over", _("Failed"), "danger"),
        "canceled": ("over", _("Stopped ringing"), ""),
    }
    state, label, tone = labels.get(leg.status, ("ringing", _("Ringing"), "warn"))
    if leg.live and leg.participant and leg.participant.hold:
        label, tone = _("On hold"), "warn"
    if leg.machine and leg.live:
        label = _("The mailbox has answered")
    return CallShown(
        sid=leg.sid,
        state=state,
        label=label,
        tone=tone,
        since=leg.ended_at or leg.answered_at or leg.created_at,
        number=other,
        name=exchange.configuration.name_of(other),
        company=company(exchange, leg),
        heard=heard([*leg.heard, *exchange.said.get(leg.sid, ())]),
    )


def company(exchange: Exchange, leg) -> list[str]:
    """Who is on the line with this end, and who of them cannot be heard."""
    if leg.bridge:
        others = [other for other in leg.bridge.legs if other is not leg]
    elif leg.participant:
        others = [one.leg for one in leg.participant.conference.present if one.leg is not leg]
    else:
        return []
    return [_with_mark(exchange.configuration.name_of(identity_in(one.far_end)), one) for one in others]


def _with_mark(name: str, leg) -> str:
    if name.startswith("sec_"):
        name = _("the secretary")
    if leg.participant and leg.participant.hold:
        return _("%(name)s (on hold)") % {"name": name}
    if leg.silent or (leg.participant and leg.participant.muted):
        return _("%(name)s (muted, silent)") % {"name": name}
    return name


def heard(pieces) -> list[Sound]:
    """What was heard, newest last; a sound that goes on and on is one line."""
    sounds: list[Sound] = []
    goes_on = ""
    for piece in sorted(pieces, key=lambda piece: piece.at):
        speech = piece.kind in ("say", "voice", OWN)
        words, seconds = piece.text if speech else _sound(piece), round(piece.seconds)
        if sounds and not speech and piece.kind == goes_on:
            sounds[-1] = Sound(words, sounds[-1].seconds + seconds, speech=False)
        else:
            sounds.append(Sound(words, seconds, speech, own=piece.kind == OWN))
        goes_on = piece.kind if piece.kind in ("ring", "music") else ""
    return sounds[-8:]


def _sound(piece) -> str:
    """Name a sound: ringing tones by their country, other files by their name."""
    name = PurePosixPath(urlsplit(piece.text).path).stem.replace("_", "-").casefold()
    kind, _dash, detail = name.partition("-")
    if piece.kind == "ring" or kind in ("ring", "ringing", "ringback"):
        country = detail.upper() if len(detail) == 2 else ""
        return _("ringing, %(country)s tone") % {"country": country} if country else _("ringing")
    if piece.kind == "music":
        return _("music")
    if piece.kind == "beep":
        return _("a tone")
    return name.replace("-", " ") or _("silence")


def entry_of(people: list[Person]) -> Person | None:
    """The person whose desk the page's header opens."""
    return next((person for person in people if person.part == "secretary" and person.enter_url), None)
