"""What an entry elsewhere becomes here: a row with what it says, and the times at which it takes place."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.utils.translation import gettext as _

from secretariat.calendar_files import NO_TEXT

from . import expansion, recurrence
from .cutting import Unreadable
from .elsewhere import Elsewhere, Fetched
from .icalendar import Event
from .models import Calendar, Occurrence, RemoteEvent

BEHIND, AHEAD = timedelta(days=31), timedelta(days=550)  # eighteen months
LONGEST_RAW = 1_000_000


@dataclass
class Made:
    """One entry, understood or not, and not yet written down."""

    row: RemoteEvent
    events: list[Event] = field(default_factory=list)
    happenings: list[expansion.Happening] = field(default_factory=list)


def horizon(at: datetime) -> tuple[datetime, datetime]:
    """From when to when we know what takes place."""
    return at - BEHIND, at + AHEAD


def why(code: str, about: str = "") -> str:
    """Why an entry cannot be read, for a person who knows nothing of calendars' insides."""
    words = {
        "unknown_zone": _(
            "It names a time zone that nobody here knows: %(about)s. Say which place is meant."
        ),
        "too_fast": _("It repeats every hour or more often, which no meeting does."),
        "too_often": _("It repeats more often than can be worked out."),
        "not_a_rule": _("What it says of how it repeats cannot be understood."),
        "no_time": _("One of its times cannot be read."),
        "no_start": _("It does not say when it begins."),
        "no_length": _("It does not say how long it lasts in a way that can be read."),
        "ends_before": _("It ends before it begins."),
        "cut_off": _("It is cut off in the middle."),
        "no_event": _("Nothing in it is an entry of a diary."),
        "too_large": _("It is larger than any entry of a diary."),
    }
    return (words.get(code) or _("It cannot be read.")) % {"about": about}


def made(calendar: Calendar, fetched: Fetched, there: Elsewhere, *, at: datetime) -> Made:
    """What came, understood as far as it can be. Writes nothing; raises nothing, whatever it is."""
    raw = NO_TEXT.sub("", fetched.raw)
    row = RemoteEvent(
        client_id=calendar.client_id,
        calendar=calendar,
        remote_id=fetched.remote_id[:1024],
        etag=fetched.etag[:255],
        raw=raw[:LONGEST_RAW],
        seen_at=at,
    )
    try:
        if len(raw) > LONGEST_RAW:
            raise Unreadable("too_large")
        return _understood(
            row, there.read(raw, zone=_zone(calendar), told=calendar.zones_meant), _zone(calendar), at
        )
    except Unreadable as fault:
        return _unreadable(row, fault.code, fault.about)
    except recurrence.Unfollowable as fault:
        return _unreadable(row, fault.code)
    except (ValueError, OverflowError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
        # Somebody wrote what nobody thought of: it is shown with its text, and the rest goes on.
        return _unreadable(row, "")


def _understood(row: RemoteEvent, events: list[Event], zone: ZoneInfo, at: datetime) -> Made:
    begins, ends = horizon(at)
    expanded = expansion.expand(events, begins, ends, zone=zone)
    first = next((event for event in events if event.instance is None), events[0])
    row.uid, row.summary = first.uid[:1024], first.summary[:500]
    row.private = any(event.private for event in events)
    row.expanded_until = ends if expanded.goes_on else None
    return Made(row, events, expanded.happenings)


def _unreadable(row: RemoteEvent, code: str, about: str = "") -> Made:
    row.state, row.because = RemoteEvent.State.UNREADABLE, why(code, about)[:240]
    row.unknown_zone = about[:120] if code == "unknown_zone" else ""
    found = [line for line in row.raw.splitlines() if line.upper().startswith(("UID:", "UID;"))]
    row.uid = found[0].partition(":")[2].strip()[:1024] if found else ""
    return Made(row)


def _zone(calendar: Calendar) -> ZoneInfo:
    return ZoneInfo(calendar.diary.zone_name)


WRITTEN = [
    "etag",
    "uid",
    "raw",
    "state",
    "because",
    "unknown_zone",
    "summary",
    "private",
    "expanded_until",
    "seen_at",
]


@transaction.atomic
def keep(calendar: Calendar, all_made: Sequence[Made]) -> None:
    """Write down what was read, in place of what was known of the same entries."""
    by_id = {each.row.remote_id: each for each in all_made}  # told twice in one answer: the last
    rows = [each.row for each in by_id.values()]
    RemoteEvent.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["calendar", "remote_id"], update_fields=WRITTEN
    )
    pks = dict(
        RemoteEvent.objects.filter(calendar=calendar, remote_id__in=by_id).values_list("remote_id", "pk")
    )
    Occurrence.objects.filter(event__in=pks.values()).delete()
    _write_times(calendar, [(pks[each.row.remote_id], each.happenings) for each in by_id.values()])


TIMES = ["client_id", "calendar_id", "event_id", "during", "busy", "all_day", "summary", "where"]


def _write_times(calendar: Calendar, times: Iterable[tuple[UUID, Sequence[expansion.Happening]]]) -> None:
    """The times of each entry, as they stand in the table: by COPY, for a calendar has tens of thousands."""
    whose = str(calendar.client_id), str(calendar.pk)
    columns = ", ".join(f'"{name}"' for name in TIMES)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {Occurrence._meta.db_table} ({columns}) FROM STDIN") as copy,
    ):
        for event, happenings in times:
            of_event = *whose, str(event)
            for each in happenings:
                during = f"[{each.starts.isoformat()},{each.ends.isoformat()})"
                said = "t" if each.all_day else "f", each.summary[:500], each.where[:240]
                copy.write_row((*of_event, during, each.busy, *said))


@transaction.atomic
def forget(calendar: Calendar, remote_ids: Sequence[str]) -> int:
    """They are not there any more."""
    ids = list(remote_ids)
    for begin in range(0, len(ids), 2000):
        RemoteEvent.objects.filter(calendar=calendar, remote_id__in=ids[begin : begin + 2000]).delete()
    return len(ids)
