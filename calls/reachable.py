"""Whom a caller may be put through to: the people at the client, and their numbers in order."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from clients import rostering
from clients.models import Contact, ContactAddress, Line
from clients.rostering import Standing

from .models import PutThrough

RINGS_SECONDS = 25  # a number of which nothing else is known
NUMBERS = (ContactAddress.Kind.PHONE, ContactAddress.Kind.MOBILE)


@dataclass(frozen=True)
class Reachable:
    """Somebody at the client. `first`: the instruction in force names her. `on_call`: the list that puts her
    on call just now, if one does. `last`: what became of the last attempt with this caller, if there was one.
    """

    person: Contact
    numbers: list[dict]
    first: bool
    whereabouts: object | None
    on_call: Standing | None
    last: PutThrough | None
    last_words: str


@dataclass(frozen=True)
class Stranger:
    """Somebody the client has not entered, at a number (E.164) that may be rung: see `other_numbers`."""

    name: str
    number: str

    @property
    def numbers(self) -> list[dict]:
        """As those of a contact. Whoever picks up must press a key: we know nothing of this number."""
        return [{"number": self.number, "label": _("Number"), "seconds": RINGS_SECONDS, "no_key": False}]


def objection(call, number: str) -> str:
    """Why this caller is not put through to a number (E.164) that nobody at the client has; or nothing."""
    if not call.client.other_numbers:
        return _("%(client)s lets callers through only to the people entered here.") % {
            "client": call.client.name
        }
    if number == call.caller_number:
        return _("This is the caller’s own number.")
    if Line.objects.filter(Q(number=number) | Q(forwarded_from=number)).exists():
        return _("Calls to this number come back to us.")
    return ""


def numbers_of(contact) -> list[dict]:
    """Her numbers for calls in their order, as they are kept with an attempt."""
    rows = contact.addresses.filter(kind__in=NUMBERS, for_calls=True).order_by("rank", "pk")
    return [_number(row) for row in rows]


def _number(row) -> dict:
    label = row.label or (_("Mobile") if row.kind == ContactAddress.Kind.MOBILE else _("Telephone"))
    return {"number": row.value, "label": label, "seconds": row.ring_seconds, "no_key": row.no_key}


def people(call, user, *, guidance, wanted=None) -> list[Reachable]:
    """Everybody at the client who is still there: whom the instruction names (`wanted`, an id) before all
    others, then whoever is on call in that order, those who said they are elsewhere after those who are not.
    """
    rows = call.client.contacts.visible_to(user).filter(is_active=True).prefetch_related("addresses")
    attempts = PutThrough.objects.visible_to(user).filter(call=call).order_by("asked_at", "pk")
    last = {each.contact_id: each for each in attempts if not each.is_open}
    where = {each.contact_id: each for each in guidance.whereabouts}
    duty: dict = {}
    for each in rostering.standing_of(guidance.rosters, rows, at=guidance.at):
        for person in each.people:
            duty.setdefault(person.pk, each)
    order = list(duty)
    found = [_reachable(row, where.get(row.pk), duty.get(row.pk), last.get(row.pk), wanted) for row in rows]
    return sorted(
        found,
        key=lambda each: (
            not each.first,
            not each.numbers,
            order.index(each.person.pk) if each.on_call else len(order),
            each.whereabouts is not None,
        ),
    )


def at_hand(people: list[Reachable]) -> Contact | None:
    """Who is rung next: of those named by the instruction or on call, the first who was not asked in vain for
    this caller; once all were, or where there are none, the first who has a number at all.
    """
    there = [each for each in people if each.numbers]
    due = [each for each in there if each.first or each.on_call]
    left = [each for each in due if not (each.last and each.last.state in PutThrough.IN_VAIN)]
    return next((each.person for each in (*left, *there)), None)


def _reachable(row, whereabouts, on_call, last, wanted) -> Reachable:
    addresses = sorted(row.addresses.all(), key=lambda each: (each.rank, each.pk))
    numbers = [_number(each) for each in addresses if each.kind in NUMBERS and each.for_calls]
    elsewhere = whereabouts if whereabouts and whereabouts.kind != "available" else None
    return Reachable(row, numbers, row.pk == wanted, elsewhere, on_call, last, told(last) if last else "")


def described(call, name="", firm="") -> str:
    """Who calls, as she is announced: "Dana Reyes of Reyes Property". Empty if we do not know."""
    name, firm = name.strip() or call.caller_name, firm.strip() or call.caller_firm
    if name and firm:
        return _("%(name)s of %(firm)s") % {"name": name, "firm": firm}
    return name or firm


def told(put) -> str:
    """What became of an attempt, in words: "no answer after 25 s"."""
    match put.state:
        case PutThrough.State.DONE:
            return _("put through")
        case PutThrough.State.TAKEN_BACK:
            return _("taken back")
        case PutThrough.State.ABANDONED:
            return _("the call ended first")
    if put.state == PutThrough.State.REFUSED and put.taken_at:
        return _("hung up after talking to you")
    return ", ".join(result_words(each["result"], each["seconds"], each["label"]) for each in put.tried)


def result_words(result: str, seconds: int | None, label: str = "") -> str:
    """What became of one number, in words."""
    words = {
        "busy": _("busy"),
        "failed": _("could not be rung"),
        "refused": _("sent back"),
        "looped": _("forwarded to us, and so came back"),
        "no-key": _("picked up, and no key was pressed"),
        "no-answer": _("no answer after %(n)d s") % {"n": seconds} if seconds is not None else _("no answer"),
    }[result]
    return _("%(number)s: %(words)s") % {"number": label, "words": words} if label else words
