"""Who comes to a meeting that is typed of a dictation: a line each, a name, an address, or both."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from calendar_app.planning import Coming
from clients.models import CorrespondentAddress
from messages_app.mail import composing
from secretariat.office.models import User

MOST = 50
LONGEST_NAME = 120
NAMED = re.compile(r"(?P<name>[^<>]*?)\s*<(?P<address>[^<>]*)>")


class NotMeant(Exception):
    """Somebody who is written there cannot be invited. The message says whom, and why."""


@dataclass(frozen=True)
class Guest:
    """`email` in lower case; either may be empty."""

    name: str
    email: str


def read(typed: str) -> tuple[list[Guest], list[str]]:
    """Who is meant, each once, and the lines of which nobody can tell."""
    found: dict[str, Guest] = {}
    wrong: list[str] = []
    for line in re.split(r"[;\n]+", typed):
        line = line.strip(" \t\r,")
        pieces = [each.strip() for each in line.split(",")]
        for piece in pieces if all("@" in each for each in pieces) else [line]:
            if not piece:
                continue
            guest = _guest(piece)
            if guest is None:
                wrong.append(piece[:LONGEST_NAME])
            else:
                found.setdefault(guest.email or guest.name.casefold(), guest)
    return list(found.values()), wrong


def _guest(piece: str) -> Guest | None:
    if named := NAMED.fullmatch(piece):
        name, email = named["name"].strip(' "'), named["address"].strip().lower()
    elif "@" in piece or "<" in piece:
        name, email = "", piece.lower()
    else:
        return Guest(piece, "") if len(piece) <= LONGEST_NAME else None
    return Guest(name, email) if composing.is_address(email) and len(name) <= LONGEST_NAME else None


def with_one_more(typed: str, name: str, email: str) -> str:
    """What is typed with her on a line below, unless she stands there already."""
    written = re.sub(r"[<>;\s]+", " ", name).strip()
    line = f"{written} <{email}>".strip() if email else written
    there = {each.email or each.name.casefold() for each in read(typed)[0]}
    if (email or written.casefold()) in there:
        return typed
    return f"{typed.rstrip()}\n{line}".strip()


def refusal(typed: str) -> str:
    """Why these are not all invited, in a sentence; empty where they are."""
    found, wrong = read(typed)
    if wrong:
        return _("This is no address that can be written to: %(wrong)s") % {"wrong": ", ".join(wrong)}
    if len(found) > MOST:
        return _("A meeting that was dictated has %(most)d guests at most.") % {"most": MOST}
    if private := _private([each.email for each in found if each.email]):
        return _(
            "%(address)s is the private address of one of ours, which stands in no invitation. Write the "
            "name alone, and tell her yourself."
        ) % {"address": ", ".join(private)}
    return ""


def coming(client_id, typed: str) -> tuple[Coming, ...]:
    """Who is to be invited, as the diary takes it; whoever is in the client's book is known by that.

    Raises NotMeant.
    """
    if against := refusal(typed):
        raise NotMeant(against)
    found = read(typed)[0]
    kind = CorrespondentAddress.Kind.EMAIL
    addresses = [each.email for each in found if each.email]
    book = CorrespondentAddress.objects.filter(client=client_id, kind=kind, value__in=addresses)
    known = {each.value: each.correspondent for each in book.select_related("correspondent")}
    return tuple(_coming(each, known.get(each.email)) for each in found)


def _coming(guest: Guest, known) -> Coming:
    name = guest.name or (known.name if known else "")
    return Coming(name=name, email=guest.email, correspondent_id=known.pk if known else None)


def _private(addresses: Iterable[str]) -> list[str]:
    """Those by which secretaries sign in: their own, which no client and no guest is told."""
    hers = User.objects.filter(email__in=list(addresses), secretary__isnull=False)
    return sorted(each.lower() for each in hers.values_list("email", flat=True))
