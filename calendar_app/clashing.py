"""Something has come to stand in the way of a meeting that was agreed on: what, and what may be done."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.dispatch import receiver
from django.utils.translation import gettext as _

from clients import work
from clients.models import WorkItem

from . import booking, busy, free_time, signals
from .booking import Changed
from .free_time import Book, Clash, Why, Wish
from .models import Diary, Meeting, MeetingEvent

CLASH = "calendar.clash"
SUBJECT = "calendar_app.meeting"
STANDS = "let_stand"
State = Meeting.State


def against(meeting: Meeting, *, at: datetime, reader) -> tuple[Clash, ...]:
    """What lies at the same time as this meeting, in words for `reader`; not what somebody let stand."""
    if meeting.state != State.CONFIRMED or meeting.ends_at <= at:
        return ()
    return _among(_book(meeting, at=at, reader=reader), meeting)


def _book(meeting: Meeting, *, at: datetime, reader) -> Book:
    return busy.book(
        meeting.diary,
        at=at,
        reader=reader,
        begins=meeting.starts_at,
        until=meeting.ends_at,
        but_for=meeting,
    )


def _among(book: Book, meeting: Meeting) -> tuple[Clash, ...]:
    accepted = let_stand(meeting)
    wish = Wish(minutes=max(1, round((meeting.ends_at - meeting.starts_at) / timedelta(minutes=1))))
    return tuple(
        clash
        for clash in free_time.clashes(book, wish, meeting.starts_at)
        if clash.why is Why.OVERLAP
        and clash.other
        and clash.other.kind is free_time.Kind.ELSEWHERE
        and key(clash) not in accepted
    )


def key(clash: Clash) -> str:
    """The same as long as it lies there, at that time."""
    other = clash.other
    return f"{other.starts.isoformat()}/{other.ends.isoformat()}" if other else ""


def let_stand(meeting: Meeting) -> set[str]:
    """What somebody said may lie beside it."""
    said = MeetingEvent.objects.filter(meeting=meeting, detail__has_key="clashes")
    return {each for detail in said.values_list("detail", flat=True) for each in detail["clashes"]}


@receiver(signals.meeting_changed)
def meeting_changed(sender, meeting: Meeting, verb: str, at: datetime, **facts):
    """What it was arranged beside, with a reason, may stand there; moved, it may be out of the way."""
    if verb in ("booked", "moved", "confirmed") and meeting.despite:
        keys = [key(clash) for clash in against(meeting, at=at, reader=None)]
        last = MeetingEvent.objects.filter(meeting=meeting, verb=verb).last()
        if keys and last:
            last.detail = last.detail | {"clashes": keys}
            last.save(update_fields=["detail"])
    if verb in ("moved", "cancelled") and not against(meeting, at=at, reader=None):
        finished(meeting, by=None, outcome=_("Nothing stands in its way any more."))


@transaction.atomic
def let_it_stand(
    meeting: Meeting, clashes: Iterable[str], *, version: int, because: str, by, at: datetime
) -> None:
    """Both stay. `clashes` are the keys of those she saw. Raises Changed where it is not as she saw it."""
    booking.locked(meeting.diary_id, at)
    found = Meeting.objects.select_related("diary", "client").get(pk=meeting.pk)
    if found.version != version or found.state != State.CONFIRMED:
        raise Changed
    detail = {"clashes": sorted(clashes)}
    booking.note(found, STANDS, by=by, at=at, words=_("Both stay: %(why)s") % {"why": because}, detail=detail)
    if not against(found, at=at, reader=None):
        finished(found, by=by, outcome=_("Both stay."))
    booking.announce(found)


def finished(meeting: Meeting, *, by, outcome: str) -> None:
    work.finish_all(subject=(SUBJECT, meeting.pk), by=by, outcome=outcome, kind=CLASH)


def over_again(diary: Diary, *, at: datetime) -> None:
    """Clashes that have gone of themselves, because something was moved, are nobody's work any more."""
    open_ones = WorkItem.objects.open().filter(kind=CLASH, client=diary.client_id)
    subjects = open_ones.values("subject_id")
    for meeting in Meeting.objects.filter(pk__in=subjects, diary=diary).select_related("diary__client"):
        if not against(meeting, at=at, reader=None):
            finished(meeting, by=None, outcome=_("Nothing stands in its way any more."))


def proposals(meeting: Meeting) -> dict:
    """What `offering.offers` is asked, to propose other times for it: as it is, for whoever comes."""
    zones = set(meeting.guests.exclude(zone="").values_list("zone", flat=True)) - {meeting.zone}
    return {
        "minutes": str(meeting.minutes),
        "manner": meeting.manner,
        "place": meeting.place_id,
        "where": meeting.where,
        "zone": next(iter(zones), ""),
    }
