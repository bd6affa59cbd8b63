"""A meeting that stands otherwise in the client's calendar than here: both versions, and what is decided.

Whoever decides saw one version of each, and the decision holds for those alone: should either have changed
meanwhile, both are shown again.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from secretariat.channels import haste

from . import booking, comparing, following, opening, planning, reading_in, recording
from .booking import Changed, Word
from .elsewhere import Fetched, Missing, Trouble
from .models import Meeting

PATIENCE = 4.0  # seconds that somebody waits to see how it stands there
GONE = "gone"  # in place of an etag
State, Writing = Meeting.State, Meeting.Writing


@dataclass(frozen=True)
class Theirs:
    """How it stands there. `seen` names this version. `trouble`: why it cannot be taken over as it is.

    `as_of`: when that was, where their server did not answer just now; None: it was asked now.
    """

    seen: str
    is_gone: bool = False
    about: str = ""
    starts: datetime | None = None
    ends: datetime | None = None
    where: str = ""
    notes: str = ""
    trouble: str = ""
    as_of: datetime | None = None

    @property
    def minutes(self) -> int:
        return round((self.ends - self.starts).total_seconds() / 60) if self.starts and self.ends else 0


@dataclass(frozen=True)
class Version:
    """What is to hold: a wall time of the meeting's zone."""

    about: str
    on: date
    at: time
    minutes: int
    where: str


def theirs(meeting: Meeting, *, at: datetime) -> Theirs:
    """How it stands there now; where nobody answers, as it was last read. Open no transaction around it."""
    calendar = meeting.calendar
    if calendar is None or calendar.connection is None or not meeting.remote_id:
        return Theirs(GONE, is_gone=True)
    as_of = None
    try:
        with haste.within(PATIENCE), opening.reached(calendar.connection) as there:
            fetched = there.get(calendar.remote_id, meeting.remote_id)
            made = reading_in.made(calendar, fetched, there, at=at)
    except Missing:
        return Theirs(GONE, is_gone=True)
    except Trouble:
        row = following.theirs(meeting)
        if row is None:
            return Theirs(GONE, is_gone=True, as_of=calendar.synced_at)
        fetched, as_of = Fetched(row.remote_id, row.etag, row.raw), row.seen_at
        made = reading_in.made(calendar, fetched, opening.reader(calendar.connection), at=at)
    return _as_read(made, fetched.etag, as_of)


def _as_read(made, etag: str, as_of: datetime | None) -> Theirs:
    if made.row.because:
        return Theirs(etag, trouble=made.row.because, as_of=as_of)
    event = made.events[0]
    if not made.happenings:
        return Theirs(etag, is_gone=True, about=event.summary, as_of=as_of)
    time_ = made.happenings[0]
    trouble = ""
    if len(made.happenings) > 1:
        trouble = _("It repeats there. Here it is one meeting: type the one that is meant.")
    elif time_.all_day:
        trouble = _("It takes the whole day there. Type from when to when it is meant.")
    return Theirs(
        etag,
        about=event.summary,
        starts=time_.starts,
        ends=time_.ends,
        where=event.where,
        notes=event.description,
        trouble=trouble,
        as_of=as_of,
    )


def version_of(meeting: Meeting, there: Theirs) -> Version:
    """Theirs, as it would be here; ours where theirs says nothing."""
    starts = there.starts or meeting.starts_at
    wall = starts.astimezone(ZoneInfo(meeting.zone))
    renamed = {} if not there.about else {"about": there.about.strip()[:200]}
    return Version(
        about=renamed.get("about", meeting.about),
        on=wall.date(),
        at=wall.time().replace(tzinfo=None),
        minutes=max(1, there.minutes or meeting.minutes),
        where=there.where.strip()[:240] if _is_elsewhere(meeting, there.where) else meeting.where,
    )


def _is_elsewhere(meeting: Meeting, where: str) -> bool:
    return bool(where.strip()) and "://" not in where and where.strip() != comparing.where(meeting)


@transaction.atomic
def keep_ours(meeting: Meeting, *, version: int, seen: str, by, at: datetime) -> Meeting:
    """Ours holds, and is written over what she saw there; should that have changed again, it is refused."""
    found = _to_decide(meeting, version, at)
    _was_seen(found, seen)
    booking.note(found, "decided", by=by, at=at, words=_("Ours is kept, and written into her calendar"))
    following.settled(found, by=by, outcome=_("Ours is kept."))
    if found.state == State.CONFIRMED:
        recording.write(found, at=at)
    elif seen != GONE:
        recording.take_out(found, at=at)
    booking.announce(found)
    return found


@transaction.atomic
def take_theirs(
    meeting: Meeting, there: Theirs, *, version: int, by, at: datetime, word: Word | None = None
) -> Meeting:
    """What stands there holds here too, and whoever knew ours is told. Raises Clashing, NotPossible."""
    found = _to_decide(meeting, version, at)
    if there.is_gone:
        return _is_off(found, there, by=by, at=at)
    if there.trouble:
        raise planning.NotPossible(there.trouble)
    with following.follows():
        found = _made(found, version_of(found, there), by=by, at=at, word=word)
    booking.note(found, "decided", by=by, at=at, words=_("What stands in her calendar is kept"))
    following.known(found, there.seen)
    following.settled(found, by=by, outcome=_("Theirs is kept."))
    return found


@transaction.atomic
def take_another(
    meeting: Meeting, to: Version, *, version: int, seen: str, by, at: datetime, word: Word | None = None
) -> Meeting:
    """Neither: this holds, here and there. Raises Clashing, NotPossible."""
    found = _to_decide(meeting, version, at)
    if found.state != State.CONFIRMED:
        raise Changed
    with following.follows():
        found = _made(found, to, by=by, at=at, word=word)
    _was_seen(found, seen)
    booking.note(found, "decided", by=by, at=at, words=_("Both were changed"))
    following.settled(found, by=by, outcome=_("Both were changed."))
    recording.write(found, at=at)
    return found


def _to_decide(meeting: Meeting, version: int, at: datetime) -> Meeting:
    booking.locked(meeting.diary_id, at)
    found = Meeting.objects.select_related("diary__client", "client", "place", "calendar__connection").get(
        pk=meeting.pk
    )
    if found.version != version or found.writing != Writing.CHANGED:
        raise Changed
    return found


def _was_seen(meeting: Meeting, seen: str) -> None:
    """The next write is made over this version of hers, and over no other."""
    facts = {"remote_id": "", "etag": ""} if seen == GONE else {"etag": seen}
    for name, value in facts.items():
        setattr(meeting, name, value)
    Meeting.objects.filter(pk=meeting.pk).update(**facts)


def _is_off(meeting: Meeting, there: Theirs, *, by, at: datetime) -> Meeting:
    if meeting.state in Meeting.STANDING:
        because = _("Taken out of the client’s calendar")
        with following.follows():
            meeting = booking.cancel(meeting, version=meeting.version, because=because, by=by, at=at)
    facts = {"writing": Writing.OURS} | ({"remote_id": "", "etag": ""} if there.seen == GONE else {})
    Meeting.objects.filter(pk=meeting.pk).update(**facts)
    following.settled(meeting, by=by, outcome=_("It does not take place."))
    return meeting


def _made(meeting: Meeting, to: Version, *, by, at: datetime, word: Word | None) -> Meeting:
    plan = planning.Plan(
        about=meeting.about,
        on=to.on,
        at=to.at,
        minutes=to.minutes,
        zone=meeting.zone,
        manner=meeting.manner,
        place=meeting.place if to.where == meeting.where else None,
        where=to.where,
        link=meeting.link,
    )
    starts, ends = plan.moments(meeting.diary)
    if (starts, ends, to.where) != (meeting.starts_at, meeting.ends_at, meeting.where):
        meeting = booking.move(meeting, version=meeting.version, plan=plan, by=by, at=at, word=word)
    if to.about != meeting.about:
        meeting = booking.change(meeting, version=meeting.version, by=by, at=at, about=to.about)
    return meeting


@dataclass(frozen=True)
class Line:
    """One fact of both versions, side by side."""

    label: str
    ours: str
    theirs: str

    @property
    def differs(self) -> bool:
        return " ".join(self.ours.split()) != " ".join(self.theirs.split())


def lines(meeting: Meeting, there: Theirs, *, moment) -> list[Line]:
    """What is shown of both. `moment` says a time and how long in words."""
    ours = moment(meeting.starts_at, timedelta(minutes=meeting.minutes))
    hers = moment(there.starts, timedelta(minutes=there.minutes)) if there.starts else ""
    about = Line(_("About"), meeting.about, there.about)
    when = Line(_("When"), ours, hers)
    where = Line(_("Where"), comparing.where(meeting) or meeting.link, there.where)
    return [about, when, where]
