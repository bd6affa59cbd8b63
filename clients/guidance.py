"""What the client told us, read from the rows of one moment for the pure rules to judge."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.db.models import DateTimeField, QuerySet, UUIDField

from secretariat.one_trip.asking import Given, Part, Question, prefetched, rows

from . import engagements, models, phrases, rostering
from .availability import Availability, Holiday, Hours, Interval, Whereabouts, availability, where
from .engagements import Engagement
from .instructions import Caller, Instruction, Verdict, for_call_type, standing, today, weigh
from .on_call import Roster
from .standing_in import StandIn, stand_in_for
from .windows import Window


@dataclass(frozen=True)
class Suspended:
    """The firm does not answer for this client, as was announced. `spoken` is what callers hear."""

    since: datetime
    spoken: str


@dataclass(frozen=True)
class Guidance:
    """All that the client's words amount to for one caller, on one line, at one moment."""

    client: models.Client
    line: models.Line | None
    caller: Caller
    at: datetime
    availability: Availability
    whereabouts: tuple[Whereabouts, ...]  # of everybody at the client who said where she is
    instructions: tuple[Instruction, ...]  # all that were spoken, in force or not
    rosters: tuple[Roster, ...] = ()  # on-call lists; a ringing call asks for none
    suspended: Suspended | None = None  # callers hear this, and nobody answers

    @cached_property
    def verdict(self) -> Verdict:
        """The instruction that decides for this caller, and why not the others."""
        return weigh(
            self.instructions, at=self.at, caller=self.caller, line_id=self._line_id, zone=self.client.zone
        )

    @cached_property
    def today(self) -> tuple[Instruction, ...]:
        """What is different just now, whoever calls."""
        return today(self.instructions, at=self.at, line_id=self._line_id)

    @cached_property
    def standing(self) -> tuple[Instruction, ...]:
        """How the client wants calls taken on any day."""
        return standing(self.instructions, at=self.at, line_id=self._line_id)

    def of_call_type(self, call_type_id: UUID | None) -> Instruction | None:
        """What the client wants once the secretary knows what the call is about."""
        if call_type_id is None:
            return None
        return for_call_type(
            self.instructions, call_type_id, at=self.at, caller=self.caller, line_id=self._line_id
        )

    @property
    def changes_at(self) -> datetime | None:
        """When the first thing said here ends or changes by itself."""
        edges = [
            self.availability.open.until,
            self.verdict.until,
            *(person.until_at for person in self.whereabouts),
            *(instruction.holds_until(self.at) for instruction in self.today),
        ]
        return min(filter(None, edges), default=None)

    def answer_phrase(self, secretary: str) -> str:
        """What she who answers (her spoken name) says first."""
        return phrases.answer_phrase(
            phrases_of(self.client),
            at=self.at,
            secretary=secretary,
            is_open=self.availability.open.holds,
            # On a half day, while the client is still open, the usual words are said.
            is_holiday=self.availability.holiday is not None and not self.availability.open.holds,
        )

    def stand_in_of(self, contact_id: UUID) -> StandIn | None:
        """Who takes what is for this person while she is away."""
        return stand_in_for(contact_id, self.whereabouts, zone=self.client.zone, at=self.at)

    def whereabouts_of(self, contact_id: UUID) -> Whereabouts | None:
        return next((person for person in self.whereabouts if person.contact_id == contact_id), None)

    @property
    def _line_id(self) -> UUID | None:
        return self.line.pk if self.line else None


def guidance_at(client: models.Client, line: models.Line | None, caller: Caller, at: datetime) -> Guidance:
    """What the client had told us by `at`: as it stands now, or as it stood then. One query.

    Without a line the client's first line gives the hours, which is one more, and instructions for any line
    count.
    """
    speaks_for = line or client.lines.filter(is_active=True).first()
    told = _TOLD.ask(client=client.pk, line=speaks_for and speaks_for.pk, at=at)
    found = guidance_from(client, line, caller, at, speaks_for=speaks_for, told=told)
    return replace(found, rosters=rostering.from_rows(told, zone=client.zone))


def questions(client, line, at) -> dict[str, Part]:
    """Everything that guidance follows from, for a Question: of a client, a line and a moment it is given."""
    spoken = instruction_rows(client, at)
    told_of = models.Instruction.people.through.objects.filter(instruction__in=spoken.order_by().values("pk"))
    return {
        "suspensions": rows(
            models.ServiceSuspension.objects.standing_at(at)
            .filter(client=client)
            .only("from_at", "callers_hear", "urgent_callers")
        ),
        "hours": rows(models.LineHours.objects.filter(line=line)),
        "holidays": rows(models.Holiday.objects.filter(client=client)),
        "statuses": rows(status_rows(client, at)),
        "instructions": rows(spoken),
        "people": rows(
            told_of.select_related("correspondent").order_by("correspondent__name", "correspondent")
        ),
        **{_ENGAGED + source.name: rows(source.rows(client, at)) for source in engagements.sources()},
    }


_ENGAGED = "engaged_"


def _questions() -> dict[str, Part]:
    client, at = Given("client", UUIDField()), Given("at", DateTimeField())
    return questions(client, Given("line", UUIDField()), at) | rostering.questions(client, at)


_TOLD = Question(_questions)


def guidance_from(
    client: models.Client,
    line: models.Line | None,
    caller: Caller,
    at: datetime,
    *,
    speaks_for: models.Line | None,
    told: dict[str, list],
) -> Guidance:
    """What the answers to `questions` amount to."""
    for each in told["instructions"]:
        named = [one.correspondent for one in told["people"] if one.instruction_id == each.pk]
        prefetched(each, "people", named)
    hours = hours_of(client, speaks_for, kept=told["hours"], holidays=told["holidays"])
    said = where(map(whereabouts, told["statuses"]), at=at)
    engaged = [
        each
        for source in engagements.sources()
        for each in map(source.read, told[_ENGAGED + source.name])
        if not _is_there(said.get(each.contact_id))
    ]
    return Guidance(
        client=client,
        line=line,
        caller=caller,
        at=at,
        availability=availability(hours, at=at),
        whereabouts=(*said.values(), *_in_meetings(engaged, said, at)),
        instructions=tuple(
            instruction(each, zone=client.zone, engaged=engaged) for each in told["instructions"]
        ),
        suspended=next((Suspended(each.from_at, each.spoken) for each in told["suspensions"]), None),
    )


def _is_there(status: Whereabouts | None) -> bool:
    """Whether she said that she is available, whatever stands in her diary."""
    return status is not None and status.kind == models.Status.Kind.AVAILABLE


def _in_meetings(
    engaged: list[Engagement], said: dict[UUID, Whereabouts], at: datetime
) -> Iterable[Whereabouts]:
    """Where people are by their diaries, who have not said otherwise."""
    for who in dict.fromkeys(each.contact_id for each in engaged):
        now = [each for each in engaged if each.contact_id == who and each.begins <= at]
        if who is None or who in said or not now:
            continue
        [span] = [span for span in engagements.spans_of(who, engaged) if span[0] <= at < span[1]]
        yield Whereabouts(
            contact_id=who,
            name=now[0].name,
            kind=models.Status.Kind.MEETING,
            words=str(models.Status.Kind.MEETING.label),
            from_at=span[0],
            until_at=span[1],
            set_at=min(filter(None, (each.known_at for each in now)), default=span[0]),
            by_diary=True,
        )


def hours_of(
    client: models.Client,
    line: models.Line | None,
    *,
    kept: list[models.LineHours] | None = None,
    holidays: list[models.Holiday] | None = None,
) -> Hours:
    """The two sets of hours of a line, and the client's holidays; looked up where they are not told."""
    if kept is None:
        kept = list(line.hours.all()) if line else []
    if holidays is None:
        holidays = list(client.holidays.all())
    return Hours(
        zone=client.zone,
        open=_intervals(kept, models.LineHours.Kind.OPEN),
        answered=_intervals(kept, models.LineHours.Kind.ANSWERED),
        answers=line.answers if line else models.Line.Answers.ALWAYS,
        holidays=tuple(holiday(row) for row in holidays if row.line_id in (None, line and line.pk)),
    )


def opening_of(client: models.Client):
    """`opening(at)`: whether the client is open then, and when that changes next."""
    hours = hours_of(client, client.lines.filter(is_active=True).first())

    def opening(at: datetime):
        fact = availability(hours, at=at).open
        return fact.holds, fact.until

    return opening


def holiday(row: models.Holiday) -> Holiday:
    return Holiday(
        first=row.on,
        last=row.until_on or row.on,
        name=row.name,
        says=row.says,
        opens=row.opens,
        closes=row.closes,
        is_public=row.is_public,
        is_for_line=row.line_id is not None,
    )


def statuses_at(client: models.Client, at: datetime) -> Iterable[Whereabouts]:
    """Where people said they are or will be, as known at `at`."""
    return map(whereabouts, status_rows(client, at))


def status_rows(client, at) -> QuerySet[models.Status]:
    """The rows of `statuses_at`. Client and moment may be expressions too."""
    return (
        models.Status.objects.standing_at(at)
        .filter(client=client, set_at__lte=at)
        .select_related("contact", "set_by", "stand_in")
        .order_by("set_at", "pk")  # of two said in the same moment the later one speaks
    )


def whereabouts(status: models.Status) -> Whereabouts:
    return Whereabouts(
        contact_id=status.contact_id,
        name=status.contact.name,
        kind=status.kind,
        words=status.text or str(status.get_kind_display()),
        from_at=status.from_at,
        until_at=min(status.until_at, status.ended_at or status.until_at),
        set_at=status.set_at,
        note=status.note,
        set_by=str(status.set_by or ""),
        stand_in_id=status.stand_in_id,
        stand_in=str(status.stand_in or ""),
    )


def instructions_at(client: models.Client, at: datetime) -> Iterable[Instruction]:
    """What the client had told us by `at` and not yet otherwise, dated or standing."""
    rows = instruction_rows(client, at).prefetch_related("people")
    return (instruction(row, zone=client.zone) for row in rows)


def instruction_rows(client, at) -> QuerySet[models.Instruction]:
    """The rows of `instructions_at`, but for the people. Client and moment may be expressions too."""
    spoken = models.Instruction.objects.speaking_at(at).filter(client=client)
    return spoken.select_related("put_through_to", "written_by", "call_type")


def instruction(row: models.Instruction, *, zone: str, engaged: Iterable[Engagement] = ()) -> Instruction:
    """One of `instruction_rows` for the rules to judge. `zone` is the client's; `engaged` who is in meetings,
    where that matters."""
    people = list(row.people.all())
    return Instruction(
        id=row.pk,
        series=row.series,
        written_at=row.written_at,
        action=row.action,
        callers=row.callers,
        people=frozenset(person.pk for person in people),
        people_names=tuple(str(person) for person in people),
        numbers=frozenset(row.numbers),
        companies=frozenset(row.companies),
        line_id=row.line_id,
        put_through_to=row.put_through_to_id,
        put_through_name=str(row.put_through_to or ""),
        directly=row.directly,
        text=row.text,
        from_at=row.from_at,
        until_at=row.until_at,
        written_by=str(row.written_by or ""),
        window=Window(frozenset(row.weekdays), row.from_time, row.until_time),
        zone=zone,
        call_type_id=row.call_type_id,
        call_type=str(row.call_type or ""),
        in_meetings=row.in_meetings,
        meetings=engagements.spans_of(row.put_through_to_id, engaged),
    )


def phrases_of(client: models.Client) -> phrases.Phrases:
    return phrases.Phrases(
        client=client.name,
        usual=client.answer_phrase,
        closed=client.closed_phrase,
        holiday=client.holiday_phrase,
        zone=client.zone,
    )


def _intervals(kept: list[models.LineHours], kind: str) -> tuple[Interval, ...]:
    return tuple(Interval(each.weekday, each.opens, each.closes) for each in kept if each.kind == kind)
