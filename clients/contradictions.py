"""What does not fit together in what we were told about a client. Pure: it warns, it forbids nothing.

A person saves what she likes; these sentences are shown to her when she has.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time
from itertools import combinations
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from . import holiday_words, instruction_words, wording
from .availability import DIFFERENT, Holiday, Hours, Interval, Whereabouts, left_by, overlaps
from .instructions import Instruction, same_firm, why_it_loses
from .numbers import spaced
from .on_call import Roster
from .on_call_words import in_rosters
from .phrases import unknown_tokens

WEEK_MINUTES = 7 * 24 * 60


@dataclass(frozen=True)
class LineFacts:
    id: UUID
    label: str
    number: str
    forwarded_from: str
    is_forwarded: bool
    hours: Hours
    voicemail_greeting: str = ""
    recording_notice: str = ""


@dataclass(frozen=True)
class PersonFacts:
    id: UUID
    name: str
    numbers: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    channels: frozenset[str] = frozenset()  # by which messages are to reach her
    is_active: bool = True
    stopped: tuple[tuple[str, str], ...] = ()  # her numbers to which nothing is sent, each with the reason


@dataclass(frozen=True)
class ClientFacts:
    """Everything about one client in which a contradiction can lie. `now` is for what is over."""

    zone: str
    now: datetime
    phrases: tuple[str, ...] = ()
    lines: tuple[LineFacts, ...] = ()
    people: tuple[PersonFacts, ...] = ()
    instructions: tuple[Instruction, ...] = ()
    rosters: tuple[Roster, ...] = ()  # on-call lists
    team_size: int = 0
    call_types: int = 0
    other_lines: frozenset[str] = frozenset()  # our numbers of other clients


def contradictions(client: ClientFacts) -> list[str]:
    """Each contradiction as a sentence in the reader's language, in the order in which a call meets them."""
    return [
        *_in_phrases(client),
        *(sentence for line in client.lines for sentence in _in_line(line)),
        *dict.fromkeys(
            sentence for line in client.lines for sentence in in_holidays(line.hours, now=client.now)
        ),
        *_in_people(client),
        *(sentence for each in client.instructions for sentence in in_instruction(each, client)),
        *in_rosters(client.rosters, client.people, now=client.now),
        *_in_team(client),
    ]


def _in_phrases(client: ClientFacts) -> Iterator[str]:
    for phrase in client.phrases:
        for token in unknown_tokens(phrase):
            yield _("An answer phrase holds {%(token)s}, which would be read out as it stands.") % {
                "token": token
            }


def _in_line(line: LineFacts) -> Iterator[str]:
    names = {"line": line.label}
    for intervals in (line.hours.open, line.hours.answered):
        for one, other in overlaps(intervals):
            yield _("%(line)s: %(one)s and %(other)s overlap.") % (
                names | {"one": _shown(one), "other": _shown(other)}
            )
    if line.hours.answers == "listed" and not line.hours.answered:
        yield _("%(line)s: we answer in the hours listed, but none are listed. No call is answered.") % names
    if line.hours.answers != "listed" and line.hours.answered:
        yield _("%(line)s: the hours listed for us do not count while “we answer” says otherwise.") % names
    if line.hours.answers == "when_closed":
        if not line.hours.open:
            yield _("%(line)s: we answer when the client is closed, but no opening hours are set.") % names
        elif _minutes(line.hours.open) >= WEEK_MINUTES:
            yield _("%(line)s: we answer when the client is closed, but it is never closed.") % names
    if line.is_forwarded and not line.forwarded_from:
        yield _("%(line)s: the client’s own number, which is forwarded to us, is missing.") % names
    if line.forwarded_from and line.forwarded_from == line.number:
        yield _("%(line)s: the client’s own number is our number. Calls would go round in a loop.") % names
    if line.voicemail_greeting and not line.recording_notice:
        yield _(
            "%(line)s: there is a voicemail greeting, but without a recording notice nothing is kept."
        ) % (names)


def in_holidays(hours: Hours, *, now: datetime) -> Iterator[str]:
    """Holidays and closures of one line that say two things about a day, and half days that leave nothing."""
    today = now.astimezone(ZoneInfo(hours.zone)).date()
    said = sorted(
        (each for each in hours.holidays if each.says != "asked" and each.last >= today),
        key=lambda each: each.precedence,
    )
    for wins, loses in combinations(said, 2):
        first, last = max(wins.first, loses.first), min(wins.last, loses.last)
        if first <= last and _day(wins) != _day(loses):
            yield _("%(days)s: “%(wins)s” (%(this)s) holds, and not “%(loses)s” (%(that)s).") % {
                "days": holiday_words.days(first, last, today=today),
                "wins": wins.name or _("Closed"),
                "this": holiday_words.then(*_day(wins)),
                "loses": loses.name or _("Closed"),
                "that": holiday_words.then(*_day(loses)),
            }
    for holiday in said:
        if holiday.says in DIFFERENT and holiday.says != "closed" and _leaves_nothing(holiday, hours):
            yield _("“%(name)s” is a half day outside your usual hours: you are closed all day.") % {
                "name": holiday.name
            }


def _day(holiday: Holiday) -> tuple[str, time | None, time | None]:
    return holiday.says, holiday.opens, holiday.closes


def _leaves_nothing(holiday: Holiday, hours: Hours) -> bool:
    """Whether a half day that lies on opening hours leaves none of them."""
    usual = [each for each in hours.open if each.weekday == holiday.first.weekday()]
    return bool(usual) and not any(left_by(holiday, each) for each in usual)


def _in_people(client: ClientFacts) -> Iterator[str]:
    ours = {number: line for line in client.lines for number in (line.number, line.forwarded_from) if number}
    for person in client.people:
        if not person.is_active:
            continue
        for number in person.numbers:
            if number in ours or number in client.other_lines:
                yield _("%(name)s’s number %(number)s leads back to us. A call put through would loop.") % {
                    "name": person.name,
                    "number": spaced(number),
                }
        if "email" in person.channels and not person.emails:
            yield _("Messages go to %(name)s by e-mail, but there is no address.") % {"name": person.name}
        if "text" in person.channels and not person.numbers:
            yield _("Messages go to %(name)s by text, but there is no mobile.") % {"name": person.name}
    if not any(person.channels for person in client.people if person.is_active):
        yield _("Nobody is told of messages: no delivery rule says whom.")


def in_instruction(instruction: Instruction, client: ClientFacts) -> Iterator[str]:
    which = {"which": instruction_words.sentence(instruction)}
    listed = {
        "people": instruction.people,
        "numbers": instruction.numbers,
        "companies": instruction.companies,
    }
    if instruction.callers in listed and not listed[instruction.callers]:
        yield _("“%(which)s” is for no caller at all: nobody is listed.") % which
    if instruction.action == "put_through":
        yield from _in_putting_through(instruction, client, which)
    if instruction.until_at and instruction.until_at <= client.now:
        return
    for other in client.instructions:
        if instruction.series.int < other.series.int and _say_two_things(instruction, other):
            both = which | {"other": instruction_words.sentence(other)}
            yield _("“%(which)s” and “%(other)s” are for the same callers. The newer wins.") % both


def _in_putting_through(
    instruction: Instruction, client: ClientFacts, which: dict[str, str]
) -> Iterator[str]:
    target = next((person for person in client.people if person.id == instruction.put_through_to), None)
    if target is None or not target.is_active:
        yield _("“%(which)s” puts callers through to somebody who is no longer there.") % which
    elif not target.numbers:
        yield _("“%(which)s” puts callers through to %(name)s, who has no number.") % (
            which | {"name": target.name}
        )
    elif instruction.callers == "numbers" and instruction.numbers & set(target.numbers):
        yield _("“%(which)s” puts %(name)s through to herself.") % (which | {"name": target.name})


def overlaps_of(one: Instruction, others: Iterable[Instruction], *, now: datetime) -> Iterator[str]:
    """Where another holds at the same time for the same callers and wants something else: which wins."""
    for other in others:
        if other.series == one.series or not _may_meet(one, other):
            continue
        moments = sorted({now} | one.edges(now) | other.edges(now))
        both = next((at for at in moments if one.holds_at(at) and other.holds_at(at)), None)
        if both is None:
            continue
        wins, loses = sorted((one, other), key=lambda each: each.precedence)
        words = {
            "wins": instruction_words.sentence(wins).rstrip("."),
            "loses": instruction_words.sentence(loses).rstrip("."),
            "when": wording.moment(both, one.zone, now=now),
            "why": why_it_loses(loses, wins),
        }
        if both == now:
            yield _("“%(wins)s” wins over “%(loses)s” while both hold, as now: %(why)s.") % words
        else:
            yield _("“%(wins)s” wins over “%(loses)s” while both hold, as %(when)s: %(why)s.") % words


def _deed(instruction: Instruction) -> tuple:
    return instruction.action, instruction.put_through_to, instruction.directly


def _may_meet(one: Instruction, other: Instruction) -> bool:
    """Whether some call could be for both, and they want different things of it."""
    if _deed(one) == _deed(other):
        return False
    if one.call_type_id != other.call_type_id:
        return False
    if one.line_id and other.line_id and one.line_id != other.line_id:
        return False
    kinds = {one.callers, other.callers}
    if kinds in ({"people"}, {"numbers"}, {"companies"}):
        return bool(
            (one.people & other.people)
            or (one.numbers & other.numbers)
            or ({*map(same_firm, one.companies)} & {*map(same_firm, other.companies)})
        )
    return not ("unknown" in kinds and kinds & {"people", "companies", "vips"})


def in_absence(
    away: Whereabouts, people: Iterable[PersonFacts], whereabouts: Iterable[Whereabouts], *, zone: str, now
) -> Iterator[str]:
    """What does not fit together about somebody who is away and who stands in."""
    stand_in = next((person for person in people if person.id == away.stand_in_id), None)
    if stand_in is None:
        return
    names = {"name": away.name, "stand_in": stand_in.name}
    if not (stand_in.emails or stand_in.numbers):
        yield _("%(stand_in)s stands in for %(name)s, but has no number and no address.") % names
    for other in whereabouts:
        meets = other.from_at < away.until_at and away.from_at < other.until_at
        if other.contact_id != stand_in.id or other.kind != "away" or not meets:
            continue
        when = {
            "from": wording.moment(max(other.from_at, away.from_at), zone, now=now),
            "until": wording.moment(min(other.until_at, away.until_at), zone, now=now),
        }
        if other.stand_in_id == away.contact_id:
            yield _("%(stand_in)s and %(name)s stand in for each other from %(from)s until %(until)s.") % (
                names | when
            )
        elif other.stand_in_id:
            yield _("%(stand_in)s is away too from %(from)s until %(until)s: then %(next)s stands in.") % (
                names | when | {"next": other.stand_in}
            )
        else:
            yield _(
                "%(stand_in)s is away too from %(from)s until %(until)s, and nobody stands in for them."
            ) % (names | when)


def _say_two_things(one: Instruction, other: Instruction) -> bool:
    """Whether they are for the same callers at the same time, and want different things."""

    def scope(each: Instruction) -> tuple:
        callers = (each.callers, each.people, each.numbers, each.companies, each.call_type_id)
        return (*callers, each.line_id, each.from_at, each.until_at, each.window)

    wanted = _deed(one) != _deed(other)
    return wanted and scope(one) == scope(other)


def _in_team(client: ClientFacts) -> Iterator[str]:
    if client.lines and not client.team_size:
        yield _("Nobody is on the team: calls go to voicemail.")
    if client.lines and not client.call_types:
        yield _("There is no call type: the message form has no questions.")


def _shown(interval: Interval) -> str:
    return _("%(day)s %(opens)s–%(closes)s") % {
        "day": wording.weekday(interval.weekday),
        "opens": f"{interval.opens:%H:%M}",
        "closes": f"{interval.closes:%H:%M}",
    }


def _minutes(intervals: Iterable[Interval]) -> int:
    """Minutes a week that are covered, counted once."""
    covered = set()
    for each in intervals:
        closes = 24 * 60 if each.closes == time.min else each.closes.hour * 60 + each.closes.minute
        opens = each.opens.hour * 60 + each.opens.minute
        covered |= {each.weekday * 24 * 60 + minute for minute in range(opens, closes)}
    return len(covered)
