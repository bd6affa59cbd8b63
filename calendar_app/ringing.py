"""Whether we ring both sides of a meeting by telephone at its time."""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from secretariat.office.models import User

from . import booking
from .models import Around, Diary, Meeting
from .planning import NotPossible

Names = Callable[[Collection[UUID]], dict[UUID, str]]
_namers: list[Names] = []


def names_whom(namer: Names) -> Names:
    """Decorator, for the floors above: of these meetings, by their keys, who at the client is rung."""
    _namers.append(namer)
    return namer


def whom(meetings: Iterable[Meeting]) -> dict[UUID, str]:
    """Of those that we ring, who is rung at the client by name, where it is somebody in particular."""
    rung = [each.pk for each in meetings if each.we_ring]
    found: dict[UUID, str] = {}
    for namer in _namers if rung else ():
        found |= namer(rung)
    return found


def is_usual(diary: Diary) -> bool:
    """Whether the client wants it, unless somebody says otherwise."""
    return not diary._state.adding and Around.objects.filter(diary=diary, rings_both=True).exists()


def say(meeting: Meeting, *, version: int, we_ring: bool, by: User, at: datetime) -> Meeting:
    """It is rung at its time, or not. Raises NotPossible where there is nobody to ring."""
    if we_ring and meeting.manner != Meeting.Manner.TELEPHONE:
        raise NotPossible(_("Only a meeting by telephone can be rung."))
    if we_ring and not meeting.guests.exclude(number="", secretary=None).exists():
        raise NotPossible(_("No guest has a telephone number. Add it first."))
    if meeting.starts_at <= at:
        raise NotPossible(_("It has begun already."))
    return booking.change(meeting, version=version, by=by, at=at, we_ring=we_ring)
