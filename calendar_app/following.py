"""What the client does in her own calendar to meetings of ours: the meeting follows, or a person decides.

Where nobody but the client is concerned the meeting follows by itself. Where guests were told of a time, it
is shown at the desk with both versions side by side: whoever decides also decides what the guests are told.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from zoneinfo import ZoneInfo

from django.contrib.postgres.fields import DateTimeRangeField
from django.db import transaction
from django.db.models import Exists, Func, OuterRef
from django.utils.translation import gettext as _

from clients import work
from clients.models import WorkItem

from . import booking, clashing, comparing, planning
from .clashing import CLASH
from .expansion import Happening
from .models import Calendar, Meeting, Occurrence, RemoteEvent
from .planning import NotPossible
from .reading_in import Made

CHANGED = "calendar.changed"
SUBJECT = "calendar_app.meeting"
State, Writing = Meeting.State, Meeting.Writing
_following: ContextVar[bool] = ContextVar("following", default=False)


def is_following() -> bool:
    """Whether what is done to a meeting just now is what stands in the client's calendar already."""
    return _following.get()


@contextmanager
def follows() -> Iterator[None]:
    """What happens within stands there already, and is not written there again."""
    token = _following.set(True)
    try:
        yield
    finally:
        _following.reset(token)


def as_written(calendar: Calendar) -> dict[str, str]:
    """The versions of our meetings there, as we know them at this moment."""
    written = Meeting.objects.filter(calendar=calendar).exclude(remote_id="")
    return dict(written.values_list("remote_id", "etag"))


def ahead(calendar: Calendar, remote_ids, *, at: datetime) -> list[str]:
    """Of these those that are meetings still to come, and should stand there."""
    found = Meeting.objects.filter(calendar=calendar, remote_id__in=list(remote_ids), ends_at__gt=at)
    return list(
        found.filter(state=State.CONFIRMED, writing=Writing.WRITTEN).values_list("remote_id", flat=True)
    )


def changed_there(
    calendar: Calendar, all_made: Sequence[Made], *, at: datetime, ours: Mapping[str, str] | None = None
) -> list[str]:
    """Entries that were read anew: some may be meetings of ours, others may stand in their way.

    Call it in the transaction that keeps them. `ours`: our meetings as they were known when the entries
    were asked for; of those written since, what was read says nothing, and they are returned.
    """
    put_off = []
    by_id = {each.row.remote_id: each for each in all_made}
    meetings = Meeting.objects.filter(calendar=calendar, remote_id__in=by_id).select_related(
        "diary__client", "place"
    )
    mine: set[str] = set()
    for meeting in meetings.order_by("pk"):
        mine.add(meeting.remote_id)
        made = by_id[meeting.remote_id]
        if made.row.etag == meeting.etag or meeting.state != State.CONFIRMED or meeting.ends_at <= at:
            continue
        if ours is not None and ours.get(meeting.remote_id) != meeting.etag:
            put_off.append(meeting.remote_id)
        else:
            _follow(meeting, made, at=at)
    if calendar.counts_as_busy:
        _look_for_clashes(calendar, [each for each in by_id if each not in mine], at=at)
    return put_off


def gone_there(
    calendar: Calendar, remote_ids: Sequence[str], *, at: datetime, ours: Mapping[str, str] | None = None
) -> None:
    """Entries that are there no more: some may be meetings of ours. In the transaction that forgets."""
    gone = Meeting.objects.filter(calendar=calendar, remote_id__in=list(remote_ids), state=State.CONFIRMED)
    for meeting in gone.filter(ends_at__gt=at).select_related("diary__client", "place").order_by("pk"):
        if meeting.writing == Writing.WAITING:
            continue  # the write that is on its way meets it
        if ours is not None and ours.get(meeting.remote_id) != meeting.etag:
            continue  # written since that was told
        if _concerns_others(meeting):
            to_a_person(meeting, _("It was taken out of the client’s calendar."), at=at)
            continue
        because = _("Taken out of the client’s calendar")
        with follows():
            booking.cancel(meeting, version=meeting.version, because=because, by=None, at=at)
        Meeting.objects.filter(pk=meeting.pk).update(remote_id="", etag="", writing=Writing.OURS)


def _follow(meeting: Meeting, made: Made, *, at: datetime) -> None:
    if meeting.writing == Writing.WAITING:
        return  # the write that is on its way is refused, and says so
    time = only_time(made.happenings)
    if time is None or len(made.happenings) > 1:
        words = _("It was called off in the client’s calendar.")
        if made.row.because:
            words = _("It can no longer be read in the client’s calendar.")
        elif made.happenings:
            words = _("It was made to repeat in the client’s calendar.")
        to_a_person(meeting, words, at=at)
        return
    moved = (time.starts, time.ends) != (meeting.starts_at, meeting.ends_at)
    renamed = comparing.renamed(meeting, made.events)
    if not moved and not renamed:
        known(meeting, made.row.etag)
        return
    if _concerns_others(meeting):
        words = (
            _("It was moved in the client’s calendar.")
            if moved
            else _("It was changed in the client’s calendar.")
        )
        to_a_person(meeting, words, at=at)
        return
    try:
        with transaction.atomic():
            if renamed:
                with follows():
                    meeting = booking.change(meeting, version=meeting.version, by=None, at=at, **renamed)
            if moved:
                take_time(meeting, time.starts, time.ends, by=None, at=at)
    except NotPossible as clash:
        to_a_person(
            meeting, _("It was moved in the client’s calendar, and not here: %(why)s") % {"why": clash}, at=at
        )
        return
    known(meeting, made.row.etag)


def only_time(happenings: Sequence[Happening]) -> Happening | None:
    return happenings[0] if happenings else None


def take_time(meeting: Meeting, starts: datetime, ends: datetime, *, by, at: datetime) -> Meeting:
    """Move it here to where it stands there. Raises NotPossible."""
    wall = starts.astimezone(ZoneInfo(meeting.zone))
    plan = planning.Plan(
        about=meeting.about,
        on=wall.date(),
        at=wall.time().replace(tzinfo=None),
        minutes=max(1, round((ends - starts).total_seconds() / 60)),
        zone=meeting.zone,
        manner=meeting.manner,
        place=meeting.place,
        where=meeting.where,
    )
    word = booking.Word(_("Moved in the client’s own calendar"))
    with follows():
        return booking.move(meeting, version=meeting.version, plan=plan, by=by, at=at, word=word)


def known(meeting: Meeting, etag: str) -> None:
    """What stands there is what we have."""
    Meeting.objects.filter(pk=meeting.pk).update(etag=etag, writing=Writing.WRITTEN)
    settled(meeting, by=None, outcome=_("Both versions are the same."))


def settled(meeting: Meeting, *, by, outcome: str) -> None:
    """There is nothing left to decide about the two versions."""
    work.finish_all(subject=(SUBJECT, meeting.pk), by=by, outcome=outcome, kind=CHANGED)


def _concerns_others(meeting: Meeting) -> bool:
    others = meeting.guests.exclude(email="", number="", secretary=None)
    return others.exists() or meeting.series_id is not None


@transaction.atomic
def to_a_person(meeting: Meeting, words: str, *, at: datetime) -> None:
    """The two versions differ: somebody looks at both and decides."""
    if (
        not Meeting.objects.filter(pk=meeting.pk)
        .exclude(writing=Writing.CHANGED)
        .update(writing=Writing.CHANGED)
    ):
        return
    booking.note(meeting, "changed_there", by=None, at=at, words=words)
    meeting.refresh_from_db(fields=["writing"])
    booking.announce(meeting)
    work.open_item(
        CHANGED,
        subject=(SUBJECT, meeting.pk),
        client=meeting.client_id,
        because=words[:240],
        urgency=WorkItem.Urgency.TODAY,
    )


def _look_for_clashes(calendar: Calendar, remote_ids: Sequence[str], *, at: datetime) -> None:
    """Meetings already agreed on, in whose way something has come to stand."""
    diary = calendar.diary
    its_time = Func(
        OuterRef("starts_at"), OuterRef("ends_at"), function="tstzrange", output_field=DateTimeRangeField()
    )
    in_the_way = (
        Occurrence.objects.filter(
            calendar=calendar, event__remote_id__in=list(remote_ids), during__overlap=its_time
        )
        .exclude(busy=Occurrence.Busy.FREE)
        .order_by()
    )
    if not diary.tentative_is_busy:
        in_the_way = in_the_way.exclude(busy=Occurrence.Busy.TENTATIVE)
    if not diary.all_day_is_busy:
        in_the_way = in_the_way.exclude(all_day=True)
    ahead = Meeting.objects.filter(diary=diary, state=State.CONFIRMED, overlaps=False, ends_at__gt=at)
    ahead = ahead.exclude(manner=Meeting.Manner.BLOCK)
    for meeting in ahead.filter(Exists(in_the_way)).select_related("diary__client"):
        if not clashing.against(meeting, at=at, reader=None):
            continue  # somebody said that both may stand
        when = meeting.starts_at.astimezone(ZoneInfo(meeting.zone))
        work.open_item(
            CLASH,
            subject=(SUBJECT, meeting.pk),
            client=meeting.client_id,
            because=_("Something else now stands in the client’s calendar on %(day)s at %(time)s.")
            % {"day": f"{when:%d.%m.}", "time": f"{when:%H:%M}"},
            urgency=WorkItem.Urgency.TODAY,
        )


def theirs(meeting: Meeting) -> RemoteEvent | None:
    """The entry as it stands there, as far as we know."""
    if not meeting.remote_id:
        return None
    return RemoteEvent.objects.filter(calendar=meeting.calendar_id, remote_id=meeting.remote_id).first()
