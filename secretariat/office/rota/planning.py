"""Planning: shifts are added, changed, removed, weeks copied, filled and published (`undoing` takes it back).

Every verb takes the rows of the secretaries concerned first, so that of two planners the second sees what the
first has planned. What nobody may break, the database holds.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from secretariat import ledger
from secretariat.ids import uuid7
from secretariat.office.models import Firm, PlanChange, PlannedShift, Secretary, Skill, User, UsualShift

from . import circumstances, handing_on, rules, telling
from .rules import Finding, Grade, Stretch

State, Because, What = PlannedShift.State, PlannedShift.Because, PlanChange.What
KEPT = ("secretary_id", "starts_at", "ends_at", "zone", "language", "skill_id", "state")  # undone and redone


class NotNow(Exception):
    """The plan does not stand as somebody thought it did. Says in plain words how it stands."""


class Refused(Exception):
    """Something speaks against it. `findings` say what; all but the gravest give way to a reason."""

    def __init__(self, findings: list[Finding]):
        super().__init__(" ".join(each.words for each in findings))
        self.findings = findings

    @property
    def gives_way(self) -> bool:
        return all(each.grade < Grade.NEVER for each in self.findings)


@dataclass
class Made:
    """What came of planning many at once. `left_out`: (whose shift and when, why not)."""

    shifts: list[PlannedShift] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)


# --- Reading ---


def of_week(monday: date, shifts=None) -> list[PlannedShift]:
    """The shifts that belong to a week: those that begin on a day of it, each on its own clocks."""
    rows = PlannedShift.objects.standing() if shifts is None else shifts
    wide = rules.days(monday - rules.DAY, monday + rules.WEEK, "UTC")
    rows = rows.filter(starts_at__gte=wide.begins, starts_at__lt=wide.ends)
    rows = rows.select_related("secretary__user", "skill")
    return [each for each in rows if monday <= each.on < monday + rules.WEEK]


def last_change(monday: date) -> PlanChange | None:
    """The change of this week that would be undone next."""
    return PlanChange.objects.filter(week_on=monday, undone_at=None).select_related("made_by").first()


# --- One shift ---


@transaction.atomic
def add(
    *,
    secretary: Secretary | None,
    stretch: Stretch,
    by: User,
    at: datetime,
    language: str = "",
    skill: Skill | None = None,
    note: str = "",
    despite: str = "",
) -> PlannedShift:
    """Plan a shift, as a draft; without a secretary it is an open one. Raises Refused."""
    zone = secretary.zone if secretary else Firm.current().zone
    made = PlannedShift(
        secretary=secretary,
        starts_at=stretch.begins,
        ends_at=stretch.ends,
        zone=zone,
        language=language,
        skill=skill,
        note=note,
    )
    hold([secretary])
    findings = _admit(made, despite=despite)
    save(made)
    _note(What.ADDED, made.on, {}, [made], by, at)
    _record("added", made, by, findings)
    return made


@transaction.atomic
def change(
    shift: PlannedShift,
    *,
    version: int,
    secretary: Secretary | None,
    stretch: Stretch,
    by: User,
    at: datetime,
    language: str = "",
    skill: Skill | None = None,
    note: str = "",
    despite: str = "",
) -> PlannedShift:
    """Plan it otherwise. One that is published stays so; those concerned are told. Raises Refused, NotNow.

    One to which she should have come already stays hers until now, with what became of it. Whoever has it
    next has the rest, which is returned.
    """
    hold([shift.secretary, secretary])
    shift = _as_seen(shift, version)
    before, was = _snapshot([shift]), shift.secretary
    hers = []
    if secretary != was and handing_on.is_due(shift, at):
        hers, shift = [shift], handing_on.rest_of(shift, at)
        stretch = Stretch(max(stretch.begins, at), stretch.ends) if stretch.ends > at else stretch
    elif secretary != was or (shift.late_noticed_at and stretch.begins > at):
        handing_on.begin_anew(shift, by)
    shift.secretary, shift.starts_at, shift.ends_at = secretary, stretch.begins, stretch.ends
    shift.zone = secretary.zone if secretary else shift.zone
    shift.language, shift.skill, shift.note = language, skill, note
    findings = _admit(shift, despite=despite)
    shift.version += 1
    save(shift)
    _note(What.CHANGED, shift.on, before, [*hers, shift], by, at)
    _record("changed", shift, by, findings)
    if shift.state == State.PUBLISHED:
        telling.tell_changed({was, secretary} - {None}, shift)
        telling.tell_open([shift], at=at)
    return shift


@transaction.atomic
def remove(shift: PlannedShift, *, version: int, by: User, at: datetime) -> None:
    """Take it out of the plan. Whoever had been told of it is told again. Raises NotNow."""
    hold([shift.secretary])
    shift = _as_seen(shift, version)
    before, published = _snapshot([shift]), shift.state == State.PUBLISHED
    cancel(shift, Because.PLANNED)
    _note(What.REMOVED, shift.on, before, [shift], by, at)
    _record("removed", shift, by)
    if published and shift.secretary:
        telling.tell_changed({shift.secretary}, shift)


def cancel(shift: PlannedShift, because: str) -> bool:
    """Whoever calls this holds its secretary. False if it was cancelled before."""
    standing = PlannedShift.objects.standing().filter(pk=shift.pk)
    done = standing.update(state=State.CANCELLED, cancelled_because=because, version=F("version") + 1)
    shift.refresh_from_db()
    return bool(done)


# --- A week ---


@transaction.atomic
def copy_week(source: date, target: date, *, by: User, at: datetime) -> Made:
    """The shifts of one week (its Monday) once more in another, by the clock on the wall, as drafts.

    What cannot be, or would need a reason, is left out and named.
    """
    wanted = []
    for each in of_week(source):
        wanted.append((each.secretary, each.zone, each.language, each.skill, _moved(each, source, target)))
    return _fill(wanted, target, What.COPIED, by, at)


@transaction.atomic
def fill_week(monday: date, *, by: User, at: datetime) -> Made:
    """The usual week's shifts in this one, as drafts; what cannot be is left out and named."""
    wanted = []
    for each in UsualShift.objects.select_related("secretary__user", "skill"):
        on = monday + each.weekday * rules.DAY
        try:
            stretch = rules.stretch(on, each.begins, each.ends, each.zone)
        except rules.ClocksSkip:
            stretch = None
        wanted.append((each.secretary, each.zone, each.language, each.skill, stretch))
    return _fill(wanted, monday, What.FILLED, by, at)


@transaction.atomic
def keep_as_usual(monday: date, *, by: User) -> int:
    """Make this week the usual one. Returns how many shifts it has."""
    shifts = of_week(monday)
    UsualShift.objects.all().delete()
    for each in shifts:
        begins, ends = each.local
        UsualShift.objects.create(
            secretary=each.secretary,
            weekday=begins.weekday(),
            begins=begins.time(),
            ends=ends.time(),
            zone=each.zone,
            language=each.language,
            skill=each.skill,
        )
    ledger.record(
        "office.rota.usual_week",
        actor_id=by.pk,
        subject=("office.rota", monday),
        detail={"shifts": len(shifts)},
    )
    return len(shifts)


@transaction.atomic
def publish(monday: date, *, by: User, at: datetime) -> list[PlannedShift]:
    """Let everybody see the week, and tell those whose shifts are new. Returns what was published."""
    drafts = [each for each in of_week(monday) if each.is_draft]
    hold({each.secretary for each in drafts})
    mine = PlannedShift.objects.filter(pk__in=[each.pk for each in drafts], state=State.DRAFT)
    ids = set(mine.values_list("pk", flat=True))
    mine.update(state=State.PUBLISHED, published_at=at, version=F("version") + 1)
    published = list(PlannedShift.objects.filter(pk__in=ids).select_related("secretary__user", "skill"))
    if published:
        ledger.record(
            "office.rota.published",
            actor_id=by.pk,
            subject=("office.rota", monday),
            detail={"shifts": [each.pk for each in published]},
        )
        telling.tell_published(published, monday)
        telling.tell_open(published, at=at)
    return published


# --- Inner works ---


def _moved(shift: PlannedShift, source: date, target: date) -> Stretch | None:
    try:
        return rules.moved(shift.stretch, (target - source).days, shift.zone)
    except rules.ClocksSkip:
        return None


def _fill(wanted, monday: date, what: str, by: User, at: datetime) -> Made:
    made = Made()
    hold({secretary for secretary, *_rest in wanted})
    for secretary, zone, language, skill, stretch in wanted:
        if stretch is None:
            made.left_out.append((_name(secretary), _("The clocks go forward past it.")))
            continue
        shift = PlannedShift(
            secretary=secretary,
            starts_at=stretch.begins,
            ends_at=stretch.ends,
            zone=zone,
            language=language,
            skill=skill,
        )
        if _is_there(shift):
            continue
        try:
            _admit(shift)
        except Refused as refused:
            named = f"{_name(secretary)}, {rules.said(stretch, zone)}"
            made.left_out.append((named, str(refused)))
            continue
        save(shift)
        made.shifts.append(shift)
    if made.shifts:
        _note(what, monday, {}, made.shifts, by, at)
        ledger.record(
            f"office.rota.{what}",
            actor_id=by.pk,
            subject=("office.rota", monday),
            detail={"shifts": [each.pk for each in made.shifts]},
        )
    return made


def _name(secretary: Secretary | None) -> str:
    return secretary.spoken_name if secretary else _("Open shift")


def _is_there(shift: PlannedShift) -> bool:
    """Whether that very shift is planned already: filling twice does not double an open one."""
    same = PlannedShift.objects.standing().filter(starts_at=shift.starts_at, ends_at=shift.ends_at)
    return same.filter(secretary=shift.secretary, language=shift.language, skill=shift.skill).exists()


def hold(secretaries: Iterable[Secretary | None]) -> None:
    """Lock those concerned, always in one order."""
    ids = sorted({each.pk for each in secretaries if each is not None})
    list(Secretary.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk"))


def _as_seen(shift: PlannedShift, version: int) -> PlannedShift:
    shift = PlannedShift.objects.select_for_update(of=("self",)).select_related("secretary").get(pk=shift.pk)
    if shift.state == State.CANCELLED:
        raise NotNow(_("This shift has been taken out of the plan."))
    if shift.version != version:
        raise NotNow(_("Somebody has changed this shift meanwhile. Look at it as it is now."))
    return shift


def _admit(shift: PlannedShift, *, despite: str = "") -> list[Finding]:
    """Judge it, and keep the reason where one was needed. Returns what gave way to it. Raises Refused."""
    shift.despite = ""
    if shift.secretary is None:
        return []
    findings = circumstances.judge(shift.secretary, shift, but=[shift.pk])
    grave = [each for each in findings if each.grade >= Grade.REASONED]
    if any(each.grade == Grade.NEVER for each in grave) or (grave and not despite):
        raise Refused(findings)
    if grave:
        shift.despite = despite
    return grave


def save(shift: PlannedShift) -> None:
    try:
        with transaction.atomic():
            shift.save()
    except IntegrityError:
        words = _("She has another shift then.")
        raise Refused([Finding("overlap", Grade.NEVER, words)]) from None


def _snapshot(shifts: Iterable[PlannedShift]) -> dict[str, dict]:
    return {
        str(each.pk): {name: _plain(getattr(each, name)) for name in KEPT} | {"version": each.version}
        for each in shifts
    }


def _plain(value):
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def _note(what: str, on: date, before: dict, shifts: Iterable[PlannedShift], by: User, at: datetime) -> None:
    PlanChange.objects.create(
        id=uuid7(),
        what=what,
        week_on=rules.monday_of(on),
        before=before,
        after=_snapshot(shifts),
        made_by=by,
        made_at=at,
    )


def _record(verb: str, shift: PlannedShift, by: User, overridden: list[Finding] | None = None) -> None:
    """The reason itself stands with the shift: the ledger says which rules gave way to one."""
    detail: dict = {"overridden": [each.rule for each in overridden]} if overridden else {}
    if shift.secretary_id:
        detail["secretary"] = shift.secretary_id
    ledger.record(
        f"office.rota.{verb}",
        actor_id=by.pk,
        subject=("office.plannedshift", shift.pk),
        detail=detail,
    )
