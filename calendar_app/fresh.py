"""A quick look into the client's calendars just before a time is given away.

Nobody can keep her from writing something there meanwhile; but what she wrote a minute ago counts. The look
asks for one stretch alone, has two seconds, and holds no lock: what it finds is kept as any look would keep
it, and what stands there is judged under the diary's lock as always. Should the server not answer, the time
may be given away all the same; whoever does so is told, and a clash is raised when it answers again.
"""

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.translation import gettext as _

from clients.local_time import day_begins
from secretariat.channels import haste

from . import booking, looking, opening, syncing
from .elsewhere import Taken, Trouble
from .models import Calendar, Connection, Diary, Meeting, Occurrence

PATIENCE = 2.0  # seconds, for all the calendars of a diary together
MOST = 10  # entries that are asked for one by one; of more, the next look knows
AROUND = timedelta(hours=2)  # gaps and ways are judged too


@dataclass
class Looked:
    """What became of it. `silent` are calendars that could not be looked at."""

    silent: list[Calendar] = field(default_factory=list)

    def words(self) -> str:
        """What whoever arranges must know; empty where all is well."""
        if not self.silent:
            return ""
        names = ", ".join(dict.fromkeys(str(each.connection) for each in self.silent))
        return _(
            "%(calendars)s could not be looked at just now. It is looked at again, and you are told if "
            "something stands there."
        ) % {"calendars": names}

    def note(self, meeting: Meeting, *, by, at: datetime) -> None:
        """Write it into the meeting's thread, where it is so."""
        if self.silent:
            words = _("Arranged without a look into the client’s calendar, which did not answer")
            booking.note(meeting, "not_looked", by=by, at=at, words=words)


def look_at_all(diary: Diary, spans: Iterable[tuple[datetime, datetime]], *, at: datetime) -> Looked:
    """The same for several times at once: from where the first begins to where the last ends."""
    known = list(spans)
    if not known:
        return Looked()
    return look(diary, min(begins for begins, _ends in known), max(ends for _begins, ends in known), at=at)


def look(diary: Diary, begins: datetime, ends: datetime, *, at: datetime) -> Looked:
    """Bring up to date what stands between these moments. Open no transaction around it."""
    looked = Looked()
    if diary._state.adding:
        return looked
    until = time.monotonic() + PATIENCE
    for connection, calendars in _to_ask(diary).items():
        left = until - time.monotonic()
        try:
            if left <= 0:
                raise Trouble("out of time")
            with haste.within(left), opening.reached(connection) as there:
                for calendar in calendars:
                    _bring_up_to_date(there, calendar, begins - AROUND, ends + AROUND, at=at)
        except (Trouble, haste.OutOfTime):
            looked.silent += calendars
            looking.now(connection.pk, at=at)
    return looked


def _to_ask(diary: Diary) -> dict[Connection, list[Calendar]]:
    """Her calendars by connection; feeds are as old as their publishers let them be, and are left alone.

    What somebody must connect again first is not asked: everybody sees that it is not read.
    """
    counts = Q(counts_as_busy=True) | Q(is_written_to=True)
    found = Calendar.objects.filter(counts, diary=diary, connection__ended_at=None)
    found = found.exclude(connection=None).exclude(connection__kind=Connection.Kind.FEED)
    asked: dict[Connection, list[Calendar]] = {}
    for calendar in found.select_related("connection", "diary__client").order_by("pk"):
        if calendar.connection is not None and calendar.connection.state != Connection.State.REFUSED:
            asked.setdefault(calendar.connection, []).append(calendar)
    return asked


def _bring_up_to_date(there, calendar: Calendar, begins: datetime, ends: datetime, *, at: datetime) -> None:
    zone = ZoneInfo(calendar.diary.zone_name)
    there.zone = zone  # type: ignore[attr-defined]  # of times without one
    now = {
        (each.remote_id, *span)
        for each in there.taken(calendar.remote_id, begins, ends)
        if _touches(span := _span(each, zone), begins, ends)
    }
    rows = Occurrence.objects.filter(calendar=calendar, during__overlap=(begins, ends))
    known = {
        (remote_id, during.lower.astimezone(UTC), during.upper.astimezone(UTC))
        for remote_id, during in rows.exclude(busy=Occurrence.Busy.FREE).values_list(
            "event__remote_id", "during"
        )
    }
    changed = list(dict.fromkeys(each[0] for each in sorted(now ^ known) if each[0]))
    for remote_id in changed[:MOST]:
        syncing.look_at_one(there, calendar, remote_id, at=at)
    if len(changed) > MOST:
        looking.now(calendar.connection_id, at=at)


def _span(taken: Taken, zone: ZoneInfo) -> tuple[datetime, datetime]:
    return _moment(taken.starts, zone), _moment(taken.ends, zone)


def _moment(told: datetime | date, zone: ZoneInfo) -> datetime:
    return (told if isinstance(told, datetime) else day_begins(told, zone)).astimezone(UTC)


def _touches(span: tuple[datetime, datetime], begins: datetime, ends: datetime) -> bool:
    return span[0] < ends and span[1] > begins
