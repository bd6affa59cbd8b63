"""A week of the rota beside what the clients were promised: who is planned for whom, and when nobody is.

An hour is promised by the agreement that holds on its day. Where none says so in hours, it is promised where
the client's lines are answered: in the hours listed, when she is closed, or, where we always answer, in her
own opening hours. Somebody covers it who is on her team and may be offered her calls on that day
(`planned_for`); who is planned and may not is named beside the gap.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from uuid import UUID

from secretariat.office import languages
from secretariat.office.models import PlannedShift
from secretariat.office.rota import rules
from secretariat.office.rota.circumstances import LEVEL
from secretariat.office.rota.rules import Stretch

from . import availability, guidance, promises
from .availability import Hours
from .confidentiality import terms
from .cover import Cover, cover, without
from .local_time import day_begins
from .models import Assignment, Client, Line
from .planned_for import Abilities, KeptOut, Part, kept_out_of
from .promises import Promise

TURNS = Assignment.Turn.values


@dataclass(frozen=True)
class Row:
    """One client, or one language that callers speak, and how it is covered; gaps in words of `zone`."""

    name: str
    zone: str
    cover: Cover
    client: Client | None = None
    names: tuple[str, ...] = ()  # who is planned
    told: tuple[str, ...] = ()  # where agreement and lines say two things
    address: str = ""  # of the agreement
    kept_out: tuple[KeptOut, ...] = ()  # who is planned in a gap

    @property
    def gaps(self) -> list[str]:
        return [rules.said(each, self.zone) for each in self.cover.gaps]


def of_clients(user, week_on) -> list[Row]:
    """Every client who was promised an hour in the week (its Monday), or of whom something is to be said;
    those with gaps first."""
    clients = Client.objects.visible_to(user).filter(is_active=True).order_by("name", "pk")
    clients = list(clients.prefetch_related("holidays"))
    promised, shifts = _promised(clients, week_on), _shifts(user, week_on)
    teams, people = _teams(user, clients), Abilities(clients, shifts)
    of_each = defaultdict(list)
    for shift in shifts:
        of_each[shift.secretary_id].append(shift)
    rows = []
    for client in clients:
        due = promised[client.pk]
        if not due.stretches and not due.told:
            continue
        parts = [
            part
            for place in teams[client.pk]
            for shift in of_each[place.secretary_id]
            for part in people.parts(shift, place)
        ]
        rows.append(
            _row(
                client.name,
                client.zone,
                due.stretches,
                parts,
                client=client,
                told=tuple(dict.fromkeys(due.told)),
                address=due.address,
            )
        )
    return sorted(rows, key=lambda each: each.cover.is_whole)


def of_languages(user, week_on, zone: str) -> list[Row]:
    """Every language in which an hour was promised, by whoever speaks it, of whichever team."""
    clients = list(
        Client.objects.visible_to(user).filter(is_active=True).order_by("pk").prefetch_related("holidays")
    )
    promised, shifts = _promised(clients, week_on), _shifts(user, week_on)
    people = Abilities((), shifts)
    due: dict[str, list[Stretch]] = defaultdict(list)
    for client in clients:
        due[client.language.split("-")[0]] += promised[client.pk].stretches
    rows = []
    for language, stretches in due.items():
        if not stretches:
            continue
        theirs = [each for each in shifts if people.level(each.secretary_id, language) >= LEVEL]
        parts = [part for each in theirs for part in people.parts(each)]
        rows.append(_row(languages.name_of(language), zone, stretches, parts))
    return sorted(rows, key=lambda each: (each.cover.is_whole, each.name))


def _row(name: str, zone: str, due: list[Stretch], parts: list[Part], **facts) -> Row:
    counted = [each for each in parts if each.hindrance is None]
    names = tuple(sorted({each.shift.secretary.spoken_name for each in counted}))
    found = cover(due, [each.stretch for each in counted])
    kept_out = tuple(kept_out_of(found.gaps, parts, zone, facts.get("client")))
    return Row(name, zone, found, names=names, kept_out=kept_out, **facts)


@dataclass
class _Promised:
    """What one client was promised in a week, and what is to be said of how that is written down."""

    stretches: list[Stretch] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    address: str = ""


def _promised(clients: list[Client], week_on) -> dict[UUID, _Promised]:
    """The promised time of each client, within the week on her own clocks."""
    lines: dict[UUID, list[Line]] = defaultdict(list)
    agreed: dict[UUID, list[Promise]] = defaultdict(list)
    of_all = Line.objects.filter(client__in=clients, is_active=True).prefetch_related("hours")
    for line in of_all:
        lines[line.client_id].append(line)
    ends_on = week_on + rules.WEEK - rules.DAY
    for each in promises.of([client.pk for client in clients], week_on, ends_on):
        agreed[each.client_id].append(each)
    found: dict[UUID, _Promised] = {}
    for client in clients:
        holidays = list(client.holidays.all())
        answered = [guidance.hours_of(client, line, holidays=holidays) for line in lines[client.pk]]
        found[client.pk] = _of_one(client, answered, agreed[client.pk], week_on)
    return found


def _of_one(client: Client, lines: list[Hours], agreed: list[Promise], week_on) -> _Promised:
    """By what is agreed on its days, and on the others by the lines."""
    week, found = rules.week_of(week_on, client.zone), _Promised()
    left, own = [week], guidance.hours_of(client, None)
    for each in agreed:
        found.address = each.address
        if not each.hours:
            found.told += [promises.in_words_alone(each.words)] if each.words else []
            continue
        begins = max(week.begins, day_begins(each.first, client.tz))
        ends = (
            week.ends if each.last is None else min(week.ends, day_begins(each.last + rules.DAY, client.tz))
        )
        found.stretches += _within([each.as_hours(client.zone, own.holidays)], [Stretch(begins, ends)])
        found.told += promises.differences(each.hours, lines)
        left = without(left, [Stretch(begins, ends)])
    found.stretches += _within(lines, left)
    return found


def _within(hours: list[Hours], times: list[Stretch]) -> list[Stretch]:
    return [
        Stretch(begins, ends)
        for each in hours
        for time in times
        for begins, ends in availability.promised(each, time.begins, time.ends)
    ]


def _shifts(user, week_on) -> list[PlannedShift]:
    """Whoever is planned in the week, drafts too: it is there to plan by."""
    wide = rules.days(week_on - rules.DAY, week_on + rules.WEEK, "UTC")
    standing = PlannedShift.objects.visible_to(user).standing().between(wide.begins, wide.ends)
    return list(
        standing.filter(secretary__isnull=False).select_related("secretary__user").order_by("starts_at", "pk")
    )


def _teams(user, clients: list[Client]) -> dict[UUID, list[Assignment]]:
    """Each client's team in its turns; `terms_waiting`: she has not accepted what is in force."""
    found: dict[UUID, list[Assignment]] = defaultdict(list)
    rows = Assignment.objects.visible_to(user).filter(client__in=clients, until_at=None)
    of_client = {each.pk: each for each in clients}
    for place in rows.annotate(terms_waiting=terms.unaccepted()).order_by("from_at", "pk"):
        place.client = of_client[place.client_id]
        found[place.client_id].append(place)
    for team in found.values():
        team.sort(key=lambda place: TURNS.index(place.turn))
    return found
