"""Entries as a page draws them: what its grid and its list both say is worked out once.

A week of ten clients has hundreds; a template that reckons each of them anew takes longer than all the rest.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _

from .entries import Entry
from .models import Meeting

NIL = UUID(int=0)


@dataclass(frozen=True, kw_only=True)
class Drawn(Entry):
    """An entry for one reader. `begins`, `until`: on her clock; `hint`: all of it in one line.

    `pill` says what kind it is, `is_pressing` that she must know of it. `url` is its page, `move` the form
    that moves it; each empty where there is none. `is_now`: it is just taking place.
    """

    begins: str
    until: str
    hint: str
    pill: str
    is_pressing: bool
    url: str
    move: str
    is_now: bool


def drawn(found: Iterable[Entry], *, zone: ZoneInfo, at: datetime, route: str, move: str = "") -> list[Drawn]:
    """`route`, `move`: names of the addresses of a meeting's page, and of the form that moves it."""
    pages, moves = _address(route), _address(move) if move else None
    manners = {value: str(label) for value, label in Meeting.Manner.choices}
    pills = {
        "held": _("Held"),
        "block": _("Kept free"),
        "elsewhere": _("Own calendar"),
        "tentative": _("Tentative"),
        "overlaps": _("Beside another"),
    }
    return [_drawn(each, zone, at, pages, moves, manners, pills) for each in found]


def _drawn(entry: Entry, zone: ZoneInfo, at: datetime, pages, moves, manners, pills) -> Drawn:
    begins, until = f"{entry.starts.astimezone(zone):%H:%M}", f"{entry.ends.astimezone(zone):%H:%M}"
    pk = str(entry.meeting.pk) if entry.meeting else ""
    ahead = bool(pk and moves and entry.title and entry.starts > at)
    kind = "tentative" if entry.tentative else entry.kind
    if kind == "meeting" and entry.overlaps:
        kind = "overlaps"
    whose = f", {entry.whose}" if entry.whose else ""
    return Drawn(
        **entry.__dict__,
        begins=begins,
        until=until,
        hint=f"{begins}–{until} {entry.words}, {entry.client}{whose}",
        pill=pills[kind] if kind in pills else manners[entry.meeting.manner],
        is_pressing=kind in ("held", "overlaps"),
        url=pages[0] + pk + pages[1] if pk else "",
        move=moves[0] + pk + moves[1] if ahead else "",
        is_now=entry.kind == "meeting" and entry.starts <= at < entry.ends,
    )


def _address(name: str) -> tuple[str, str]:
    """What stands before and after the id in the addresses of this name."""
    before, _id, after = reverse(name, args=[NIL]).partition(str(NIL))
    return before, after
