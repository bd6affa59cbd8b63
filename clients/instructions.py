"""Which instruction holds for this caller, on this line, at this moment, and why the others do not.

Pure: no clock, no database, no settings. The same judgement routes calls, fills TODAY on the desk and
answers a rehearsal. Most specific in time wins, then most specific caller, then the line, then newest.

In time: what is dated comes before what holds during meetings only, that before what comes back every week,
that before what holds from some day on, and that before what stands. Of two of a kind, the one that holds
for less time at a stretch.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain
from uuid import UUID

from django.utils.translation import gettext as _

from . import window_words, wording
from .windows import ALWAYS, Window

FOR_EVER = timedelta.max
# From the most specific to the least. A number is one telephone, a person may have several.
DATED, IN_MEETINGS, WEEKLY, OPEN_ENDED, STANDING = range(5)
CALLERS = ("numbers", "people", "companies", "vips", "unknown", "anyone")


@dataclass(frozen=True)
class Caller:
    """What we know of who rings, when she rings. `number` is E.164, empty if withheld."""

    number: str = ""
    correspondent_id: UUID | None = None
    name: str = ""
    firm: str = ""
    vip: bool = False
    blocked: bool = False

    @property
    def is_known(self) -> bool:
        return self.correspondent_id is not None


@dataclass(frozen=True)
class Instruction:
    """One version of what the client told us. No `from_at`, `until_at` and `window`: it stands.

    The window's days and hours are those of `zone`, the client's. One with a call type is for calls of that
    type alone, which is known only once a secretary has picked it: it never routes a call.
    """

    id: UUID
    series: UUID
    written_at: datetime
    action: str = "message"
    callers: str = "anyone"
    people: frozenset[UUID] = frozenset()
    people_names: tuple[str, ...] = ()
    numbers: frozenset[str] = frozenset()
    companies: frozenset[str] = frozenset()
    line_id: UUID | None = None
    put_through_to: UUID | None = None
    put_through_name: str = ""
    directly: bool = False  # put through without a secretary in between
    text: str = ""
    from_at: datetime | None = None
    until_at: datetime | None = None
    written_by: str = ""
    window: Window = ALWAYS
    zone: str = "UTC"
    call_type_id: UUID | None = None
    call_type: str = ""
    # "only" during meetings, "also" then; otherwise nobody in a meeting is put through.
    in_meetings: str = ""
    meetings: tuple[tuple[datetime, datetime], ...] = ()  # hers who is put through to, or anybody's: in order

    @property
    def is_standing(self) -> bool:
        return self.time_kind == STANDING

    @property
    def lasts(self) -> timedelta:
        if self.from_at and self.until_at:
            return self.until_at - self.from_at
        return FOR_EVER

    @property
    def time_kind(self) -> int:
        if self.until_at:
            return DATED
        if self.in_meetings == "only":
            return IN_MEETINGS
        if self.window:
            return WEEKLY
        return OPEN_ENDED if self.from_at else STANDING

    @property
    def specific_in_time(self) -> tuple:
        """The smallest is the most specific: its kind, how long it holds at a stretch, how long in all."""
        stretch = min(self.window.lasts, self.lasts) if self.window else self.lasts
        return self.time_kind, stretch, self.lasts

    def in_dates(self, at: datetime) -> bool:
        return (self.from_at is None or self.from_at <= at) and (self.until_at is None or at < self.until_at)

    def in_window(self, at: datetime) -> bool:
        return not self.window or self.window.holds_at(at, self.zone)

    def holds_at(self, at: datetime) -> bool:
        return self.in_dates(at) and self.in_window(at) and self.suits_meetings(at)

    def suits_meetings(self, at: datetime) -> bool:
        """Whether what it says of meetings lets it hold at `at`."""
        if self.in_meetings == "only":
            return self._meeting(at) is not None
        if self.action == "put_through" and self.in_meetings != "also":
            return self._meeting(at) is None
        return True

    def _meeting(self, at: datetime) -> tuple[datetime, datetime] | None:
        return next((span for span in self.meetings if span[0] <= at < span[1]), None)

    def _meeting_turns(self, at: datetime) -> datetime | None:
        """When the meeting that now is ends, or the next begins; None where that makes no difference."""
        if self.in_meetings == "also" or not (self.in_meetings or self.action == "put_through"):
            return None
        return min((edge for span in self.meetings for edge in span if edge > at), default=None)

    def holds_until(self, at: datetime) -> datetime | None:
        """When it ends that holds at `at`; None if that is not foreseen."""
        stretch = (ends for begins, ends in self._stretches(at) if begins <= at < ends)
        ends = (next(stretch, None), self.until_at, self._meeting_turns(at))
        return min(filter(None, ends), default=None)

    def begins_after(self, at: datetime) -> datetime | None:
        """When it begins to hold, or to hold again, after `at`; None if that is not foreseen."""
        if not self.window:
            return self.from_at if self.from_at and self.from_at > at else None
        since = max(at, self.from_at or at)
        found = next((max(begins, since) for begins, ends in self._stretches(since) if ends > since), None)
        if found == at:  # it holds now: the next time, then
            found = next((begins for begins, _ends in self._stretches(at) if begins > at), None)
        return found if found and (self.until_at is None or found < self.until_at) else None

    def edges(self, at: datetime) -> set[datetime]:
        """The moments after `at` at which it may begin or end to hold, for more than a week."""
        found = {self.from_at, self.until_at}
        for since in {at, max(at, self.from_at or at)}:
            found.update(edge for stretch in self._stretches(since) for edge in stretch)
        found.update(edge for span in self.meetings for edge in span)
        return {edge for edge in found if edge and edge > at}

    def _stretches(self, at: datetime) -> Iterable[tuple[datetime, datetime]]:
        return self.window.around(at, self.zone) if self.window else ()

    def is_for(self, caller: Caller) -> bool:
        match self.callers:
            case "anyone":
                return True
            case "people":
                return caller.correspondent_id in self.people
            case "numbers":
                return bool(caller.number) and caller.number in self.numbers
            case "companies":
                firm = same_firm(caller.firm)
                return bool(firm) and firm in {same_firm(company) for company in self.companies}
            case "vips":
                return caller.vip
            case "unknown":
                return not caller.is_known
        return False

    @property
    def precedence(self) -> tuple:
        """The smallest wins."""
        return (
            self.specific_in_time,
            CALLERS.index(self.callers),
            self.line_id is None,
            -self.written_at.timestamp(),
            self.series.int,
        )


@dataclass(frozen=True)
class PassedOver:
    instruction: Instruction
    because: str


@dataclass(frozen=True)
class Verdict:
    """`wins` is None where nothing was said for this caller. `until`: when that changes, if that is known."""

    wins: Instruction | None
    because: str
    until: datetime | None
    passed_over: tuple[PassedOver, ...] = ()


def weigh(
    instructions: Iterable[Instruction], *, at: datetime, caller: Caller, line_id: UUID | None, zone: str
) -> Verdict:
    """The one instruction that decides, with why, and why each of the others does not.

    `zone` is the client's; it is used for the wording alone.
    """
    everything = tuple(instructions)
    theirs = [each for each in everything if _may_route(each, caller, line_id)]
    wins = _best(theirs, at)
    passed_over = tuple(
        PassedOver(each, _why_not(each, wins, at=at, caller=caller, line_id=line_id, zone=zone))
        for each in sorted(everything, key=lambda each: each.precedence)
        if each is not wins
    )
    return Verdict(wins, _why(wins, passed_over), _changes(theirs, wins, at), passed_over)


def for_call_type(
    instructions: Iterable[Instruction],
    call_type_id: UUID,
    *,
    at: datetime,
    caller: Caller,
    line_id: UUID | None,
) -> Instruction | None:
    """What the client wants of a call once its type is known, over what holds for any call."""
    theirs = (
        each
        for each in instructions
        if each.call_type_id == call_type_id and each.is_for(caller) and each.line_id in (None, line_id)
    )
    return _best(theirs, at)


def today(
    instructions: Iterable[Instruction], *, at: datetime, line_id: UUID | None = None
) -> tuple[Instruction, ...]:
    """What is different just now, for any caller: dated and weekly instructions in force, the most specific
    first."""
    return _in_force(instructions, at, line_id, lambda each: not each.is_standing)


def standing(
    instructions: Iterable[Instruction], *, at: datetime, line_id: UUID | None = None
) -> tuple[Instruction, ...]:
    """What holds on every day, the most specific first."""
    return _in_force(instructions, at, line_id, lambda each: each.is_standing)


def same_firm(name: str) -> str:
    """A firm's name such that "Harlow and Sons Ltd." and "HARLOW & SONS" are the same."""
    words = "".join(sign if sign.isalnum() else " " for sign in name.casefold().replace("&", " and ")).split()
    while len(words) > 1 and words[-1] in {"ltd", "limited", "llp", "plc", "inc", "gmbh", "co", "company"}:
        words.pop()
    return " ".join(words)


def _in_force(
    instructions: Iterable[Instruction],
    at: datetime,
    line_id: UUID | None,
    wanted: Callable[[Instruction], bool],
) -> tuple[Instruction, ...]:
    found = (
        each
        for each in instructions
        if wanted(each)
        and each.call_type_id is None
        and each.holds_at(at)
        and (line_id is None or each.line_id in (None, line_id))
    )
    return tuple(sorted(found, key=lambda each: each.precedence))


def _may_route(each: Instruction, caller: Caller, line_id: UUID | None) -> bool:
    return each.call_type_id is None and each.is_for(caller) and each.line_id in (None, line_id)


def _best(theirs: Iterable[Instruction], at: datetime) -> Instruction | None:
    return min((each for each in theirs if each.holds_at(at)), key=lambda each: each.precedence, default=None)


def _changes(theirs: list[Instruction], wins: Instruction | None, at: datetime) -> datetime | None:
    """The first moment after `at` at which something else would win."""
    edges = set(chain.from_iterable(each.edges(at) for each in theirs))
    return next((edge for edge in sorted(edges) if _best(theirs, edge) is not wins), None)


def _why(wins: Instruction | None, passed_over: tuple[PassedOver, ...]) -> str:
    if wins is None:
        return _("no instruction is in force for this caller")
    if not passed_over:
        return _("it is the only instruction")
    if wins.is_standing:
        return _("it stands, and nothing more specific is in force for this caller")
    return _("it is the most specific in force for this caller")


def _why_not(
    each: Instruction,
    wins: Instruction | None,
    *,
    at: datetime,
    caller: Caller,
    line_id: UUID | None,
    zone: str,
) -> str:
    if each.until_at and each.until_at <= at:
        return _("it ended %(when)s") % {"when": wording.moment(each.until_at, zone, now=at)}
    if each.from_at and at < each.from_at:
        return _("it begins %(when)s") % {"when": wording.moment(each.from_at, zone, now=at)}
    if each.call_type_id:
        return _("it is for “%(type)s” alone, which is known once somebody has answered") % {
            "type": each.call_type
        }
    if each.line_id not in (None, line_id):
        return _("it is for another line")
    if not each.is_for(caller):
        return _not_for(each, caller)
    if not each.in_window(at):
        return _not_in_window(each, at, zone)
    if not each.suits_meetings(at):
        return _not_in_meetings(each, at, zone)
    # Something won, or this one would have.
    assert wins is not None
    return why_it_loses(each, wins)


def _not_in_window(each: Instruction, at: datetime, zone: str) -> str:
    window = {"window": window_words.of(each.window)}
    begins = each.begins_after(at)
    if begins is None:
        return _("it holds only %(window)s") % window
    return _("it holds only %(window)s, next %(when)s") % (
        window | {"when": wording.moment(begins, zone, now=at)}
    )


def _not_in_meetings(each: Instruction, at: datetime, zone: str) -> str:
    if each.in_meetings == "only":
        return _("it holds during meetings only")
    ends = next(ends for begins, ends in each.meetings if begins <= at < ends)
    return _("%(name)s is in a meeting until %(when)s") % {
        "name": each.put_through_name,
        "when": wording.moment(ends, zone, now=at),
    }


def why_it_loses(each: Instruction, wins: Instruction) -> str:
    """Why `wins` wins over `each` where both hold."""
    if each.specific_in_time != wins.specific_in_time:
        return _("another is more specific in time")
    if each.callers != wins.callers:
        return _("another is more specific about the caller")
    if each.line_id != wins.line_id:
        return _("another is for this very line")
    return _("another was written later")


def _not_for(each: Instruction, caller: Caller) -> str:
    match each.callers:
        case "numbers" if not caller.number:
            return _("it is for listed numbers, and the caller’s is withheld")
        case "numbers":
            return _("it is for other numbers")
        case "people":
            return _("it is for other people")
        case "companies" if not caller.firm:
            return _("it is for callers of listed firms, and the caller’s firm is not known")
        case "companies":
            return _("it is for callers of other firms")
        case "vips":
            return _("it is for VIPs, and the caller is not one")
    return _("it is for unknown callers, and we know this one")
