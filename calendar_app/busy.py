"""What takes time in a diary, read from the rows of one moment for the pure rules to judge."""

from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from clients.availability import Interval
from clients.guidance import hours_of
from clients.models import Line

from . import discretion
from .free_time import Book, Kind, Rules, Taken
from .models import Diary, DiaryHours, Meeting, Occurrence, Place

AROUND = timedelta(days=2)  # further than any gap or way reaches, and over every zone's midnight


def rules_of(diary: Diary) -> Rules:
    """How its time may be given away: its own hours, else the client's opening hours; her holidays."""
    client = diary.client
    line = Line.objects.filter(client=client, is_active=True).first()
    hers = hours_of(client, line)
    rows = list(diary.hours.all()) if not diary._state.adding else []
    return Rules(
        zone=diary.zone_name,
        hours=_intervals(rows, DiaryHours.Kind.WORKING) or hers.open,
        preferred=_intervals(rows, DiaryHours.Kind.PREFERRED),
        holidays=hers.holidays,
        grid_minutes=diary.grid_minutes,
        gap_before=diary.gap_before_minutes,
        gap_after=diary.gap_after_minutes,
        travel=diary.travel_minutes,
        notice=diary.notice_minutes,
        days_ahead=diary.days_ahead,
        daily_limit=diary.daily_limit,
        all_day_is_busy=diary.all_day_is_busy,
        tentative_is_busy=diary.tentative_is_busy,
    )


def book(
    diary: Diary,
    *,
    at: datetime,
    reader,
    begins: datetime | None = None,
    until: datetime | None = None,
    but_for: Meeting | None = None,
    rules: Rules | None = None,
) -> Book:
    """The diary as it stands at `at`, between `begins` and `until` (as far as it is open, if left out).

    `reader` is who will read the reasons: what she may not know stands there without its name. `but_for`: a
    meeting that is about to be moved does not stand in its own way.
    """
    rules = rules or rules_of(diary)
    first = (begins or at) - AROUND
    last = (until or at + timedelta(days=diary.days_ahead)) + AROUND
    return Book(rules, taken(diary, first, last, at=at, reader=reader, but_for=but_for), at)


def taken(
    diary: Diary, begins: datetime, until: datetime, *, at: datetime, reader, but_for: Meeting | None = None
) -> list[Taken]:
    """All that stands in the diary between these moments, from every source."""
    if diary._state.adding:  # nobody has arranged anything yet
        return []
    places = {place.pk: place for place in Place.objects.filter(client=diary.client_id)}
    ours = arranged(diary, begins, until, at=at, reader=reader, but_for=but_for)
    standing = standing_elsewhere(diary, begins, until)
    return ours + elsewhere(diary, standing, places, reader=reader, but_for=but_for)


def arranged(
    diary: Diary, begins: datetime, until: datetime, *, at: datetime, reader, but_for: Meeting | None = None
) -> list[Taken]:
    """What we arranged ourselves."""
    ours = list(
        Meeting.objects.filter(diary=diary)
        .between(begins, until)
        .filter(Q(state=Meeting.State.CONFIRMED) | Q(state=Meeting.State.HELD, expires_at__gt=at))
        .exclude(pk=but_for.pk if but_for else None)
        .only(*_FIELDS)
    )
    for meeting in ours:
        meeting.diary = diary
    return [_meeting(each, reader) for each in ours]


def standing_elsewhere(diary: Diary, begins: datetime, until: datetime) -> QuerySet[Occurrence]:
    """What takes time in the client's own calendars, ours among it."""
    counting = Occurrence.objects.filter(calendar__diary=diary, calendar__counts_as_busy=True)
    return counting.filter(during__overlap=(begins, until)).exclude(busy=Occurrence.Busy.FREE)


def elsewhere(
    diary: Diary, standing: QuerySet[Occurrence], places, *, reader, but_for: Meeting | None = None
) -> list[Taken]:
    """Each of these by itself, but for what we wrote there."""
    found = []
    hers = reader is not None and discretion.is_hers(reader, diary)
    rows = standing.select_related("event").only(
        *("during", "busy", "all_day", "summary", "where", "calendar_id"),
        *("event__uid", "event__private", "event__remote_id"),
    )
    written = _written(diary, rows)
    for each in rows:
        if _is_our_own(each, written, but_for):
            continue
        found.append(
            Taken(
                starts=each.during.lower,
                ends=each.during.upper,
                what=each.summary if hers or not each.event.private else "",
                kind=Kind.ELSEWHERE,
                place=place_key(each.where, places),
                busy=each.busy,
                all_day=each.all_day,
            )
        )
    return found


_FIELDS = (
    "starts_at",
    "ends_at",
    "about",
    "private",
    "arranged_by_id",
    "manner",
    "state",
    "place_id",
    "where",
    "gap_before_minutes",
    "gap_after_minutes",
)


def _meeting(meeting: Meeting, reader) -> Taken:
    kind = Kind.MEETING
    if meeting.manner == Meeting.Manner.BLOCK:
        kind = Kind.BLOCK
    elif meeting.state == Meeting.State.HELD:
        kind = Kind.HELD
    return Taken(
        starts=meeting.starts_at,
        ends=meeting.ends_at,
        what=meeting.about if discretion.may_know(reader, meeting) else "",
        kind=kind,
        gap_before=meeting.gap_before_minutes,
        gap_after=meeting.gap_after_minutes,
        place=where_key(meeting.manner, meeting.place_id, meeting.where),
        id=meeting.pk,
    )


def where_key(manner: str, place_id, where: str) -> str:
    """What tells one place from another; nothing for what needs no way to be made."""
    if manner != Meeting.Manner.IN_PERSON:
        return ""
    return str(place_id) if place_id else " ".join(where.casefold().split())


def place_key(where: str, places) -> str:
    """The place a calendar elsewhere names: one of the client's own, if it reads like it."""
    words = " ".join(where.casefold().split())
    if not words or "://" in words:
        return ""
    for place in places.values():
        names = (" ".join(name.casefold().split()) for name in (place.name, place.address))
        if any(name and name in words for name in names):
            return str(place.pk) if place.kind != Place.Kind.VIDEO else ""
    return words


def _written(diary, elsewhere) -> dict[str, list]:
    """Our meetings that stand in the client's calendar, by the UID and the id they have there."""
    uids = {each.event.uid for each in elsewhere if each.event.uid}
    ids = {each.event.remote_id for each in elsewhere}
    written: dict[str, list] = {}
    named = Q(uid__in=uids) | Q(remote_id__in=ids) | Q(pk__in=uuids(uids))
    ours = Meeting.objects.filter(named, diary=diary)
    for meeting in ours.only("uid", "series_id", "remote_id", "starts_at", "writing"):
        for name in {meeting.uid, meeting.uid_there, meeting.remote_id} - {""}:
            written.setdefault(name, []).append(meeting)
    return written


def uuids(names) -> list[UUID]:
    """Those of these names that may be a row's: what an entry of a series is called elsewhere."""
    found = []
    for name in names:
        if len(name) != 36:
            continue
        with suppress(ValueError):
            found.append(UUID(name))
    return found


def _is_our_own(occurrence, written, but_for) -> bool:
    """Whether it is what we wrote there ourselves: it counts by our own row, not twice.

    While a change of ours is on its way, what stands there is how it was before; and a meeting that is about
    to be moved does not stand in its own way, wherever its client has moved it there.
    """
    if but_for is not None and but_for.remote_id and occurrence.event.remote_id == but_for.remote_id:
        return True
    ours = (*written.get(occurrence.event.uid, ()), *written.get(occurrence.event.remote_id, ()))
    if any(each.writing == Meeting.Writing.WAITING for each in ours):
        return True
    return any(each.starts_at == occurrence.during.lower for each in ours)


def _intervals(rows, kind) -> tuple[Interval, ...]:
    return tuple(Interval(row.weekday, row.opens, row.closes) for row in rows if row.kind == kind)


def next_good_times(diary: Diary, wish, *, at: datetime, reader, **how):
    """The next times to offer, straight from the rows."""
    from . import searching  # it asks here for what is taken

    return searching.next_good_times(diary, wish, at=at, reader=reader, **how)
