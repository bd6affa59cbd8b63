"""Reading what changed in a client's calendars, and what our knowledge of them is worth.

A look at a connection goes calendar by calendar and page by page. No transaction is open while a server is
asked; each page is kept in one of its own, and what was kept is kept when the look is broken off: the next
one goes on. What the server no longer remembers telling us is read from the start, and nothing is forgotten
before all there is has been told.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from . import being_invited, clashing, following, opening, reading_in, standing
from .elsewhere import Elsewhere, Fetched, Missing, Page, Refused, Throttled, TokenSpent, Trouble
from .models import Calendar, Connection, Meeting, Occurrence, RemoteEvent

TURN = 10.0  # seconds of one look; well within half a lease of the outbox
AT_ONCE = 500  # entries of the past that are worked out further in one go


class TurnOver(Exception):
    """There is more to read, and others wait."""


@dataclass
class Look:
    """What one look found. `is_over`: everything there is to know is known."""

    changed: int = 0
    gone: int = 0
    is_over: bool = True


class Kept(NamedTuple):
    """`is_whole`: all of a page was kept; else it took so long that the rest is to be told once more.

    `put_off`: meetings of ours that are to be looked at again, for we have written them since it was asked.
    """

    is_whole: bool = True
    put_off: Sequence[str] = ()


def look(connection: Connection, *, at: datetime, goes_on: Callable[[], bool] | None = None) -> Look:
    """Read what changed there, and note how the connection stands. Open no transaction around it."""
    ends = time.monotonic() + TURN
    goes_on = goes_on or (lambda: time.monotonic() < ends)
    found = Look()
    try:
        with opening.reached(connection, _known(connection)) as there:
            for calendar in _to_read(connection, at):
                _read(there, calendar, found, at=at, goes_on=goes_on)
    except TurnOver:
        found.is_over = False
        standing.goes_on(connection, at=at)
    except Throttled as patience:
        standing.asked_to_wait(connection, patience.seconds, at=at)
    except Refused as refusal:
        standing.refused(connection, str(refusal), at=at)
    except Trouble as trouble:
        standing.troubled(connection, str(trouble), at=at)
    else:
        standing.worked(connection, at=at)
    return found


def _to_read(connection: Connection, at: datetime):
    """Those that count, and those in which a meeting of ours still stands: she may move it there."""
    ahead = Meeting.objects.filter(calendar=OuterRef("pk"), state=Meeting.State.CONFIRMED, ends_at__gt=at)
    wanted = Q(counts_as_busy=True) | Q(is_written_to=True) | Exists(ahead)
    return list(connection.calendars.filter(wanted).select_related("diary__client").order_by("pk"))


def _known(connection: Connection) -> dict[str, dict[str, str]]:
    known: dict[str, dict[str, str]] = {}
    rows = RemoteEvent.objects.filter(calendar__connection=connection)
    for calendar_id, remote_id, etag in rows.values_list("calendar__remote_id", "remote_id", "etag"):
        known.setdefault(calendar_id, {})[remote_id] = etag
    return known


def _read(there: Elsewhere, calendar: Calendar, found: Look, *, at: datetime, goes_on) -> None:
    try:
        _read_since(there, calendar, calendar.sync_token, found, at=at, goes_on=goes_on)
    except TokenSpent:
        Calendar.objects.filter(pk=calendar.pk).update(sync_token="")
        _read_since(there, calendar, "", found, at=at, goes_on=goes_on)
    except Missing:
        standing.calendar_gone(calendar, at=at)
    else:
        standing.calendar_found(calendar)


def _read_since(there: Elsewhere, calendar: Calendar, token: str, found: Look, *, at, goes_on) -> None:
    seen: set[str] = set()
    is_everything = False
    ours = following.as_written(calendar)
    again: list[str] = []
    for page in there.changes(calendar.remote_id, token):
        is_everything = is_everything or page.is_everything
        seen.update(page.same)
        seen.update(each.remote_id for each in page.changed)
        kept = keep_page(there, calendar, page, at=at, goes_on=goes_on, ours=ours)
        again += kept.put_off
        if not kept.is_whole:
            raise TurnOver
        found.changed += len(page.changed)
        found.gone += len(page.gone)
        if page.token:
            token = page.token
        elif not goes_on():
            raise TurnOver
    if is_everything:
        found.gone += _forget_all_but(calendar, seen, at=at)
        again += [remote_id for remote_id in following.ahead(calendar, ours, at=at) if remote_id not in seen]
    for remote_id in dict.fromkeys(again):
        look_at_one(there, calendar, remote_id, at=at)
    Calendar.objects.filter(pk=calendar.pk).update(sync_token=token, synced_at=at, version=F("version") + 1)


def keep_page(
    there: Elsewhere,
    calendar: Calendar,
    page,
    *,
    at: datetime,
    goes_on: Callable[[], bool] = lambda: True,
    ours: dict[str, str] | None = None,
) -> Kept:
    """Understand what came, outside any transaction; then keep it, and let our meetings follow.

    `ours`: the versions of our meetings there when it was asked for. What we wrote ourselves since then is
    older in this page than it is here, and does not follow.
    """
    all_made: list[reading_in.Made] = []
    for each in page.changed:
        all_made.append(reading_in.made(calendar, each, there, at=at))
        if not goes_on():
            break
    if not all_made and not page.gone:
        return Kept()
    with transaction.atomic():
        reading_in.keep(calendar, all_made)
        put_off = following.changed_there(calendar, all_made, at=at, ours=ours)
        following.gone_there(calendar, page.gone, at=at, ours=ours)
        being_invited.in_calendar(calendar, all_made, at=at)
        reading_in.forget(calendar, page.gone)
        clashing.over_again(calendar.diary, at=at)
    return Kept(len(all_made) == len(page.changed), put_off)


def look_at_one(there: Elsewhere, calendar: Calendar, remote_id: str, *, at: datetime) -> None:
    """How one entry stands there at this moment. Raises Trouble."""
    ours = following.as_written(calendar)
    try:
        page = Page(changed=[there.get(calendar.remote_id, remote_id)])
    except Missing:
        page = Page(gone=[remote_id])
    keep_page(there, calendar, page, at=at, ours=ours)


@transaction.atomic
def _forget_all_but(calendar: Calendar, seen: set[str], *, at: datetime) -> int:
    """All there is was told: what was not named is gone."""
    known = RemoteEvent.objects.filter(calendar=calendar).values_list("remote_id", flat=True)
    gone = [remote_id for remote_id in known if remote_id not in seen]
    following.gone_there(calendar, gone, at=at)
    forgotten = reading_in.forget(calendar, gone)
    if forgotten:
        clashing.over_again(calendar.diary, at=at)
    return forgotten


def look_further_ahead(*, at: datetime, at_most: int = AT_ONCE) -> int:
    """Work out what repeats beyond where it was worked out to, as days go by. Asks nobody but our rows."""
    behind = at + reading_in.AHEAD - timedelta(days=30)
    rows = RemoteEvent.objects.filter(expanded_until__lt=behind, calendar__connection__ended_at=None)
    due = rows.select_related("calendar__connection", "calendar__diary__client").order_by("expanded_until")
    return read_again(list(due[:at_most]), at=at)


def read_again(rows: list[RemoteEvent], *, at: datetime) -> int:
    """Make anew, from the text that was kept, what these entries say: when we have come to know better."""
    by_calendar: dict[Calendar, list[RemoteEvent]] = {}
    for row in rows:
        by_calendar.setdefault(row.calendar, []).append(row)
    for calendar, theirs in by_calendar.items():
        there = opening.reader(calendar.connection)
        all_made = [reading_in.made(calendar, _as_it_came(row), there, at=at) for row in theirs]
        reading_in.keep(calendar, all_made)
    return len(rows)


def _as_it_came(row: RemoteEvent):
    return Fetched(row.remote_id, row.etag, row.raw)


def tidy(*, at: datetime) -> int:
    """Times long past stand in the entries themselves; nobody looks for free time there."""
    old = Occurrence.objects.filter(during__endswith__lt=at - reading_in.BEHIND * 2)
    return old.filter(pk__in=list(old.values_list("pk", flat=True)[:5000])).delete()[0]
