"""What is to be arranged, and what stands against it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from . import busy, free_time
from .free_time import Awake, Clash, Why, Wish
from .models import Diary, Meeting, Place


class NotPossible(Exception):
    """The message says why, for a person to read."""


class Clashing(NotPossible):
    """Something stands against it: `clashes`, each in words. A reason may help, unless one `is_final`."""

    def __init__(self, clashes: tuple[Clash, ...]):
        super().__init__(" ".join(clash.words for clash in clashes))
        self.clashes = clashes

    @property
    def is_final(self) -> bool:
        return any(clash.is_final for clash in self.clashes)


@dataclass(frozen=True)
class Coming:
    """Somebody who is to come. `email` in lower case, `number` E.164; either may be missing.

    `is_ours`: she works for the firm, which knows where she is rung.
    """

    name: str = ""
    email: str = ""
    number: str = ""
    zone: str = ""
    language: str = ""
    correspondent_id: UUID | None = None
    contact_id: UUID | None = None
    is_ours: bool = False


@dataclass(frozen=True)
class Plan:
    """A meeting as it is agreed on: a wall time of `zone` (empty: the diary's), and whole minutes."""

    about: str
    on: date
    at: time
    minutes: int
    zone: str = ""
    manner: str = Meeting.Manner.IN_PERSON
    place: Place | None = None
    where: str = ""
    link: str = ""
    notes: str = ""
    private: bool = False
    we_ring: bool = False
    guests: tuple[Coming, ...] = ()
    subject: tuple[str, UUID] | None = None

    def moments(self, diary: Diary) -> tuple[datetime, datetime]:
        """When it begins and ends. Raises NotPossible for a time the clocks skip."""
        starts = free_time.moment_of(self.on, self.at, self.zone or diary.zone_name)
        if starts is None:
            raise NotPossible(
                _("The clocks go forward that night and skip %(time)s. Choose another time.")
                % {"time": f"{self.at:%H:%M}"}
            )
        return starts, starts + timedelta(minutes=self.minutes)

    def wish(self, diary: Diary) -> Wish:
        zones = {guest.zone for guest in self.guests} - {"", diary.zone_name}
        return Wish(
            minutes=self.minutes,
            place=busy.where_key(self.manner, self.place and self.place.pk, self.where),
            guests=tuple(Awake(zone) for zone in sorted(zones)),
        )


def against(
    diary: Diary, plan: Plan, *, at: datetime, reader, but_for: Meeting | None = None
) -> tuple[Clash, ...]:
    """All that stands against this plan at this moment. Raises NotPossible for a time that does not exist."""
    starts, ends = plan.moments(diary)
    book = busy.book(diary, at=at, reader=reader, begins=starts, until=ends, but_for=but_for)
    return in_book(book, diary, plan, starts)


def in_book(book: free_time.Book, diary: Diary, plan: Plan, starts: datetime) -> tuple[Clash, ...]:
    """What stands against it in a book that is read already."""
    found = free_time.clashes(book, plan.wish(diary), starts)
    if plan.manner != Meeting.Manner.BLOCK:
        return found
    # Time kept free is kept whenever somebody likes; only what was promised to others stands against it.
    return tuple(
        clash
        for clash in found
        if clash.why is Why.PAST or (clash.why is Why.OVERLAP and clash.other and clash.other.id)
    )


def time_and_place(diary: Diary, plan: Plan) -> dict:
    starts, ends = plan.moments(diary)
    block = plan.manner == Meeting.Manner.BLOCK
    return {
        "manner": plan.manner,
        "place": plan.place,
        "where": plan.where,
        "link": plan.link,
        "on": plan.on,
        "at": plan.at,
        "minutes": plan.minutes,
        "zone": plan.zone or diary.zone_name,
        "starts_at": starts,
        "ends_at": ends,
        "gap_before_minutes": 0 if block else diary.gap_before_minutes,
        "gap_after_minutes": 0 if block else diary.gap_after_minutes,
    }


def plan_of(meeting: Meeting) -> Plan:
    """The plan that a meeting is."""
    return Plan(
        about=meeting.about,
        on=meeting.on,
        at=meeting.at,
        minutes=meeting.minutes,
        zone=meeting.zone,
        manner=meeting.manner,
        place=meeting.place,
        where=meeting.where,
    )
