"""One week of the rota as a supervisor sees it: a row for each secretary, and what speaks against it."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.utils.translation import gettext as _

from secretariat.office import languages
from secretariat.office.models import Absence, PlannedShift, Secretary, Swap, Wish

from . import circumstances, least, planning, rules
from .rules import Finding, Grade

A_PAGE = 50


@dataclass
class Cell:
    """One day of one person: her shifts, and what is known of the day."""

    on: date
    secretary_id: UUID | None = None
    shifts: list[PlannedShift] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass
class Row:
    """One secretary's week, or that of the open shifts (`secretary` none)."""

    secretary: Secretary | None
    cells: list[Cell]
    hours: timedelta = timedelta()
    findings: list[tuple[str, Finding]] = field(default_factory=list)  # which shift, and what

    @property
    def grave(self) -> bool:
        return any(each.grade >= Grade.REASONED for _when, each in self.findings)


def of(user, week_on: date, *, at: datetime, page: str | None = None) -> dict:
    """Everything the page shows. Of a large firm it shows so many people at once."""
    shifts = planning.of_week(week_on, PlannedShift.objects.visible_to(user).standing())
    people = list(
        Secretary.objects.visible_to(user)
        .filter(user__is_active=True)
        .select_related("user")
        .order_by("spoken_name", "pk")
    )
    known = {each.pk for each in people}
    people += [each.secretary for each in shifts if each.secretary and each.secretary_id not in known]
    shown = Paginator(list({each.pk: each for each in people}.values()), A_PAGE).get_page(page)
    people = list(shown)
    days = [week_on + n * rules.DAY for n in range(7)]
    facts = circumstances.of_all(people, rules.days(days[0], days[-1], "UTC"))
    rows = [_row(each, days, shifts, facts[each.pk]) for each in people]
    _add_wishes(rows, Wish.objects.visible_to(user).filter(ended_at=None, secretary__in=people))
    for each in shifts:
        each.needs = needs(each)
    open_ones = [each for each in shifts if each.is_open]
    change = planning.last_change(week_on)
    return {
        "week_on": week_on,
        "ends_on": days[-1],
        "days": days,
        "earlier": week_on - rules.WEEK,
        "later": week_on + rules.WEEK,
        "rows": rows,
        "page": shown,
        "query": urlencode({"week": week_on.isoformat()}),
        "open_row": Row(None, _cells(days, open_ones)),
        "drafts": sum(each.is_draft for each in shifts),
        "any": bool(shifts),
        "change": change,
        "asked": Absence.objects.visible_to(user).filter(state="asked").count()
        + Swap.objects.visible_to(user).filter(state="accepted").count(),
        "at": at,
    }


def _cells(days: list[date], shifts: list[PlannedShift], whose: UUID | None = None) -> list[Cell]:
    return [Cell(day, whose, [each for each in shifts if each.on == day]) for day in days]


def _row(secretary: Secretary, days: list[date], shifts: list[PlannedShift], facts: rules.Facts) -> Row:
    hers = [each for each in shifts if each.secretary_id == secretary.pk]
    row = Row(
        secretary,
        _cells(days, hers, secretary.pk),
        rules.planned(facts.others, rules.week_of(days[0], facts.zone)),
    )
    for each in hers:
        # As it would be judged were it planned now beside the others.
        alone = replace(facts, others=tuple(other for other in facts.others if other != each.stretch))
        row.findings += [
            (rules.said(each.stretch, each.zone), found) for found in circumstances.weigh(each, alone)
        ]
    week = _("The week")
    row.findings += [(week, found) for found in least.of_week(days[0], facts)]
    if any((day + rules.DAY).day == 1 for day in days):
        row.findings += [(_("The month"), found) for found in least.of_month(days[0], facts)]
    row.findings = list({found.words: (when, found) for when, found in row.findings}.values())
    for cell in row.cells:
        whole = rules.days(cell.on, cell.on, facts.zone)
        cell.notes += [
            _("%(why)s, asked for") % {"why": away.words} if away.asked else away.words
            for away in facts.away
            if away.when.meets(whole)
        ]
    return row


def _add_wishes(rows: list[Row], wishes) -> None:
    """What each said of each day, in short."""
    by_whom = {row.secretary.pk: row for row in rows if row.secretary}
    for wish in wishes:
        row = by_whom[wish.secretary_id]
        for cell in row.cells:
            if wish.stretches(cell.on, cell.on, row.secretary.zone):
                cell.notes.append(told(wish))


def told(wish: Wish) -> str:
    """ "cannot 09:00–12:00", of whoever said so."""
    kinds = {"cannot": _("cannot"), "rather_not": _("rather not"), "like": _("would like to")}
    if wish.begins is None or wish.ends is None:
        return kinds[wish.kind]
    return f"{kinds[wish.kind]} {wish.begins:%H:%M}–{wish.ends:%H:%M}"


def needs(shift: PlannedShift) -> str:
    """What a shift asks for: "French, Legal offices"."""
    language = languages.name_of(shift.language) if shift.language else ""
    return ", ".join(filter(None, [language, str(shift.skill or "")]))
