"""What stands in the diaries that somebody may see, as she may see it: meetings, and entries elsewhere."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from . import discretion
from .busy import uuids
from .models import Meeting, Occurrence

MOST = 2000  # entries of one view

# What is told of an entry elsewhere. A week of ten clients has hundreds: no object is made of each.
ELSEWHERE = (
    *("during", "summary", "where", "all_day", "busy"),
    *("event__uid", "event__remote_id", "event__private"),
    *("client_id", "client__name", "client__band", "client__zone"),
    *("calendar__diary__zone", "calendar__diary__contact_id", "calendar__diary__contact__name"),
)


@dataclass(frozen=True)
class Entry:
    """One entry as its reader sees it; `title` is empty where she may see only that the time is taken.

    `kind` is meeting, held, block or elsewhere; `meeting` where it is one of ours.
    """

    starts: datetime
    ends: datetime
    title: str
    kind: str
    client_id: UUID
    client: str
    band: str
    whose: str
    zone: str
    where: str = ""
    all_day: bool = False
    tentative: bool = False
    overlaps: bool = False
    meeting: Meeting | None = None

    @property
    def words(self) -> str:
        """What it is called: its title, or that the time is taken."""
        return self.title or (_("Kept free") if self.kind == "block" else _("Busy"))

    @property
    def sort(self) -> tuple:
        return self.starts, self.ends, self.client


def between(
    user, begins: datetime, ends: datetime, *, at: datetime, clients=None, diaries=None
) -> list[Entry]:
    """Everything that lies at least in part between these moments, in order of time.

    `clients`, `diaries`: of these alone. Cancelled meetings and holds that are over are left out.
    """
    meetings = (
        Meeting.objects.visible_to(user)
        .between(begins, ends)
        .standing()
        .exclude(state=Meeting.State.HELD, expires_at__lte=at)
        .select_related("client", "diary__contact", "place")
        .defer("notes", "preparation")
    )
    elsewhere = (
        Occurrence.objects.visible_to(user)
        .filter(during__overlap=(begins, ends), calendar__counts_as_busy=True)
        .exclude(busy=Occurrence.Busy.FREE)
        .values_list(*ELSEWHERE, named=True)
    )
    if clients is not None:
        meetings, elsewhere = meetings.filter(client__in=clients), elsewhere.filter(client__in=clients)
    if diaries is not None:
        meetings = meetings.filter(diary__in=diaries)
        elsewhere = elsewhere.filter(calendar__diary__in=diaries)
    ours = list(meetings.order_by("starts_at", "pk")[:MOST])
    for meeting in ours:
        meeting.diary.client = meeting.client
    found = [of_meeting(each, user) for each in ours]
    rows = list(elsewhere.order_by("during")[:MOST])
    written = _written(rows, user)
    found += [
        _elsewhere(each, user)
        for each in rows
        if (each.event__uid, each.during.lower) not in written
        and (each.event__remote_id, each.during.lower) not in written
    ]
    return sorted(found, key=lambda each: each.sort)


def coming(user, *, at: datetime, clients=None, at_most: int) -> list[Entry]:
    """The next meetings that are not over, the first one first. One query."""
    found = Meeting.objects.visible_to(user).filter(ends_at__gt=at, state=Meeting.State.CONFIRMED)
    if clients is not None:
        found = found.filter(client__in=clients)
    found = found.exclude(manner=Meeting.Manner.BLOCK).order_by("starts_at", "pk")
    related = found.select_related("client", "diary__contact", "diary__client", "place").defer("notes")
    return [of_meeting(each, user) for each in related[:at_most]]


def of_meeting(meeting: Meeting, user) -> Entry:
    knows = discretion.may_know(user, meeting)
    kind = "meeting"
    if meeting.manner == Meeting.Manner.BLOCK:
        kind = "block"
    elif meeting.state == Meeting.State.HELD:
        kind = "held"
    return Entry(
        starts=meeting.starts_at,
        ends=meeting.ends_at,
        title=meeting.about if knows else "",
        kind=kind,
        client_id=meeting.client_id,
        client=meeting.client.name,
        band=meeting.client.band,
        whose=_whose(meeting.diary),
        zone=meeting.diary.zone_name,
        where=(meeting.where or str(meeting.place or "")) if knows else "",
        overlaps=meeting.overlaps,
        meeting=meeting,
    )


def _elsewhere(row, user) -> Entry:
    """`row`: ELSEWHERE, by name."""
    knows = not row.event__private or discretion.is_time_of(
        user, row.calendar__diary__contact_id, row.client_id
    )
    return Entry(
        starts=row.during.lower,
        ends=row.during.upper,
        title=row.summary if knows else "",
        kind="elsewhere",
        client_id=row.client_id,
        client=row.client__name,
        band=row.client__band,
        whose=row.calendar__diary__contact__name or "",
        zone=row.calendar__diary__zone or row.client__zone,
        where=row.where if knows else "",
        all_day=row.all_day,
        tentative=row.busy == Occurrence.Busy.TENTATIVE,
    )


def _whose(diary) -> str:
    return diary.contact.name if diary.contact_id else ""


def _written(rows, user) -> set:
    """Ours that stand over there as well, at the same time, by either name they have there: shown once."""
    uids = {each.event__uid for each in rows} - {""}
    ids = {each.event__remote_id for each in rows} - {""}
    if not ids:
        return set()
    begin = [each.during.lower for each in rows]
    named = Q(uid__in=uids) | Q(pk__in=uuids(uids)) | Q(remote_id__in=ids)
    ours = Meeting.objects.visible_to(user).filter(
        named,
        client__in={each.client_id for each in rows},
        starts_at__range=(min(begin), max(begin)),  # others cannot stand there at the same time
    )
    ours = ours.only("uid", "series_id", "remote_id", "starts_at")
    return {(name, each.starts_at) for each in ours for name in (each.uid, each.uid_there, each.remote_id)}
