"""What is paid besides work, where a contract says so: waiting on shift, shifts that were kept, quality,
days away.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q
from django.dispatch import receiver
from django.utils.dateformat import format as date_words
from django.utils.translation import gettext as _

from clients import public_holidays
from clients.local_time import day_begins
from clients.models import WorkRecord
from secretariat.office import pay, signals
from secretariat.office.contracts import benefits
from secretariat.office.models import Absence, Break, Contract, Firm, PlannedShift, Secretary, Shift
from secretariat.office.odd_hours import Sort, is_odd, sorts
from secretariat.office.rota import attending

from . import metering
from .benefits import given
from .metering import Interval
from .models import ConfirmedTime, PayPart, Remark, Week

SHIFT, DAY_OFF, PLANNED = "office.shift", "office.absence", "office.plannedshift"
# As part of a bonus for all of them: the same shift may be paid by itself, too.
KEPT, RESULT = f"{PLANNED}.kept", "books.remark"
DAY, WEEK = timedelta(days=1), timedelta(days=7)


def pays_for(contracts: Iterable[Contract], by: pay.By, of: str | None = None) -> bool:
    """Whether any of these pays for that; `of`: for that alone."""
    terms = (term for contract in contracts for term in contract.terms_of_pay)
    return any(term.by == by and of in (None, term.of) for term in terms)


# --- On shift --------------------------------------------------------------------------------------------


def waited(
    secretary: Secretary, contracts: list[Contract], last_on: date, *, at: datetime
) -> list[pay.Waited]:
    """Of each shift that is over and was not paid for: what was neither work nor break.

    Shifts until this day, once every week they reach into is closed. What counts as work is what those
    weeks hold.
    """
    if not pays_for(contracts, pay.By.WAITING):
        return []
    zone = ZoneInfo(secretary.zone)
    paid = PayPart.objects.filter(secretary=secretary, subject_kind=SHIFT, subject_id=OuterRef("pk"))
    shifts = Shift.objects.filter(~Exists(paid), secretary=secretary, ended_at__isnull=False)
    shifts = list(shifts.filter(started_at__lt=day_begins(last_on + DAY, zone)).order_by("started_at", "pk"))
    closed = _of_closed_weeks(secretary, shifts, zone, at)
    if not closed:
        return []
    since, until = closed[0].started_at, max(each.ended_at for each in closed)
    work = ConfirmedTime.objects.filter(week__secretary=secretary, started_at__lt=until, ended_at__gt=since)
    busy = _busy(secretary, since, until, work.values_list("started_at", "ended_at"))
    found = []
    for each in closed:
        micros = idle(each.started_at, each.ended_at, busy)
        found.append(pay.Waited(each.pk, each.started_at.astimezone(zone).date(), micros))
    return [each for each in found if each.micros >= metering.SECOND]


def _of_closed_weeks(secretary: Secretary, shifts: list[Shift], zone: ZoneInfo, at: datetime) -> list[Shift]:
    """Those that began in an approved week, and of which no later week can still tell work.

    A call after the midnight of a Sunday is in the next week: until that is approved it would be paid as
    waiting, and again as work. Nobody confirms a week without work: it is closed once it is over.
    """
    weeks = Week.objects.filter(secretary=secretary, state=Week.State.APPROVED)
    approved = set(weeks.values_list("starts_on", flat=True))

    def is_closed(monday: date) -> bool:
        if monday in approved:
            return True
        since, until = day_begins(monday, zone), day_begins(monday + WEEK, zone)
        work = WorkRecord.objects.filter(secretary=secretary, started_at__gte=since, started_at__lt=until)
        return until <= at and not work.exists()

    found = []
    for each in shifts:
        first, *later = _mondays(each, zone)
        if first in approved and all(is_closed(monday) for monday in later):
            found.append(each)
    return found


def in_week(secretary: Secretary, starts_on: date, work: list[Interval], *, at: datetime) -> int:
    """Microseconds with nothing to do, of the shifts that began in this week, as it stands now."""
    zone = ZoneInfo(secretary.zone)
    since, until = day_begins(starts_on, zone), day_begins(starts_on + WEEK, zone)
    shifts = Shift.objects.filter(secretary=secretary, started_at__gte=since, started_at__lt=until)
    spans = [(each.started_at, each.ended_at or at) for each in shifts]
    if not spans:
        return 0
    last = max(ends for _begins, ends in spans)
    busy = _busy(secretary, since, last, [(each.started_at, each.ended_at) for each in work])
    return sum(idle(begins, ends, busy) for begins, ends in spans)


def idle(begins: datetime, ends: datetime, busy: list[tuple[datetime, datetime]]) -> int:
    """Microseconds between the two that lie in none of `busy`."""
    inside = [
        Interval(None, "", max(since, begins), min(until, ends))
        for since, until in busy
        if since < ends and until > begins
    ]
    return metering.length(begins, ends) - metering.at_work(inside)


def _busy(secretary, since, until, work: Iterable) -> list[tuple[datetime, datetime]]:
    breaks = Break.objects.filter(secretary=secretary, started_at__lt=until)
    rows = breaks.exclude(ended_at__lte=since).values_list("started_at", "ended_at")
    return [*work, *((begins, ends or until) for begins, ends in rows)]


def _mondays(shift: Shift, zone: ZoneInfo) -> list[date]:
    """Of the weeks into which it reaches; it is over."""
    day = shift.started_at.astimezone(zone).date()
    last = max(day, (shift.ended_at - metering.MICROSECOND).astimezone(zone).date())
    monday = day - timedelta(days=day.weekday())
    return [monday + n * WEEK for n in range((last - monday).days // 7 + 1)]


def kept(
    secretary: Secretary, contracts: list[Contract], first_on: date, last_on: date, *, at: datetime
) -> list[pay.Kept]:
    """The shifts that were planned for her in these days and are over at `at`, and whether she kept them."""
    if not (pays_for(contracts, pay.By.KEPT) or pays_for(contracts, pay.By.ODD)):
        return []
    zone = ZoneInfo(secretary.zone)
    holidays = _holidays(contracts, first_on, last_on)
    rows = PlannedShift.objects.published().filter(
        secretary=secretary,
        starts_at__gte=day_begins(first_on, zone),
        starts_at__lt=day_begins(last_on + DAY, zone),
        ends_at__lte=at,
    )
    return [
        pay.Kept(
            each.plan.pk,
            each.plan.starts_at.astimezone(zone).date(),
            is_odd(each.plan.starts_at, each.plan.ends_at, secretary.zone),
            each.plan.excused or each.standing.is_as_planned,
            sorts(each.plan.starts_at, each.plan.ends_at, secretary.zone, holidays),
        )
        for each in attending.of(rows.order_by("starts_at", "pk"), at=at)
    ]


def why_not_kept_yet(first_on: date, last_on: date, *, at: datetime) -> str:
    """Whose shift that begins in these days, and is paid for where it is kept, goes on at `at`; "" if none's.

    In words for a run, which would leave it out, as would the next. Of several the last to end.
    """
    paid_for = Contract.objects.signed().filter(
        Q(until_on=None) | Q(until_on__gte=first_on),
        from_on__lte=last_on,
        terms__by__in=[pay.By.KEPT, pay.By.ODD],
    )
    people = Secretary.objects.filter(pk__in=paid_for.values("secretary"))
    shifts = PlannedShift.objects.published().filter(secretary__in=people, ends_at__gt=at)
    found = []
    for name in people.order_by().values_list("zone", flat=True).distinct():
        zone = ZoneInfo(name)
        since, until = day_begins(first_on, zone), day_begins(last_on + DAY, zone)
        begun = shifts.filter(secretary__zone=name, starts_at__gte=since, starts_at__lt=until)
        found += begun.select_related("secretary").order_by("-ends_at")[:1]
    if not found:
        return ""
    last = max(found, key=lambda each: each.ends_at)
    words = _(
        "%(name)s is paid for shifts she keeps, and one of these days goes on until %(until)s. The run can "
        "be prepared after that."
    )
    ends_at = last.ends_at.astimezone(ZoneInfo(Firm.figure("zone")))
    return words % {"name": last.secretary.spoken_name, "until": date_words(ends_at, "j F, H:i")}


def _holidays(contracts: list[Contract], first_on: date, last_on: date) -> set[date]:
    """Public holidays of the firm's country, where a contract pays for them."""
    if not pays_for(contracts, pay.By.ODD, Sort.HOLIDAY):
        return set()
    country = Firm.figure("country")
    return {on for on, _name in public_holidays.between(country, "", first_on, last_on + DAY)}


def scored(
    secretary: Secretary, contracts: list[Contract], first_on: date, last_on: date
) -> list[pay.Scored]:
    """The results of quality that she was given in these days."""
    if not pays_for(contracts, pay.By.QUALITY):
        return []
    zone = ZoneInfo(secretary.zone)
    rows = Remark.objects.filter(
        secretary=secretary,
        kind=Remark.Kind.QUALITY,
        score__isnull=False,
        at__gte=day_begins(first_on, zone),
        at__lt=day_begins(last_on + DAY, zone),
    )
    return [
        pay.Scored(each.pk, each.at.astimezone(zone).date(), each.score) for each in rows.order_by("at", "pk")
    ]


# --- Away ------------------------------------------------------------------------------------------------


def off(secretary: Secretary, contracts: list[Contract], last_on: date) -> list[pay.DayOff]:
    """Working days of holiday and sickness until this day that are earned, and were not paid for, in order.

    A day for which nothing was earned yet waits: a later run pays it once it is.
    """
    held = [each for each in contracts if pays_for([each], pay.By.DAY_OFF)]
    if not held:
        return []
    gives = [each for contract in held for each in given(contract)]
    rows = Absence.objects.filter(secretary=secretary, state=Absence.State.APPROVED, from_on__lte=last_on)
    absences = list(rows.filter(kind__in=benefits.IN_DAYS).order_by("from_on", "pk"))
    paid = _paid_days(secretary, absences)
    ill = [each for each in gives if each.of == benefits.Of.SICKNESS]
    stays = {day for day in paid if not any(_gives_on(each, day) for each in ill)}
    found = []
    for of in benefits.IN_DAYS:
        mine = [each for each in gives if each.of == of]
        of_period: dict[date, list[pay.DayOff]] = defaultdict(list)
        for each in _days_away(absences, of, mine, last_on, stays):
            of_period[_period(of, each.day, last_on)].append(each)
        for ends, days in of_period.items():
            unpaid = [each for each in days if each.day not in paid]
            earned = _earned(mine, ends)
            found += unpaid[: max(0, earned - (len(days) - len(unpaid)))]
    return sorted(found, key=lambda each: (each.day, each.of))


def _paid_days(secretary: Secretary, absences: Iterable[Absence]) -> set[date]:
    """Days of these that were paid, whatever for: as one of holiday, before she said that she was ill."""
    parts = PayPart.objects.filter(secretary=secretary, subject_kind=DAY_OFF)
    paid = set(parts.values_list("subject_id", flat=True))
    return {day for each in absences for day in _days_of(each) if key_of(each.pk, day) in paid}


@receiver(signals.paid_days_asked, dispatch_uid="books.paid_days")
def paid_days_asked(sender, absence, paid, **rest):
    paid |= _paid_days(absence.secretary, [absence])


def _period(of: benefits.Of, day: date, last_on: date) -> date:
    """Until when the days count that were earned for it: sickness begins anew each year."""
    return min(last_on, date(day.year, 12, 31)) if of == benefits.Of.SICKNESS else last_on


def _earned(gives: list[benefits.Given], on: date) -> int:
    """Whole days."""
    return sum(int(each.earned) for each in benefits.balances(gives, (), (), on=on))


def _days_away(
    absences: list[Absence],
    of: benefits.Of,
    gives: list[benefits.Given],
    last_on: date,
    stays: set[date],
) -> Iterator[pay.DayOff]:
    """`stays`: days that were paid before she said that she was ill, where nothing is given for that."""
    away = [benefits.Away(benefits.Of(each.kind), each.from_on, each.until_on) for each in absences]
    counting = benefits.days_of(of, away) | stays
    for row in absences:
        for day in _days_of(row) if row.kind == of else ():
            if day in counting and day <= last_on and any(_gives_on(each, day) for each in gives):
                yield pay.DayOff(key_of(row.pk, day), str(of), day)


def _days_of(absence: Absence) -> list[date]:
    return [absence.from_on + n * DAY for n in range(absence.days)]


def _gives_on(each: benefits.Given, day: date) -> bool:
    return each.first <= day and (each.last is None or day <= each.last)


def key_of(absence: UUID, day: date) -> UUID:
    """What makes sure that this day of an absence is paid once."""
    return uuid5(absence, day.isoformat())


# --- On a statement --------------------------------------------------------------------------------------


def told(secretary: Secretary, parts: Iterable[PayPart]) -> dict[UUID, str]:
    """{subject: when it was} of the parts that are shifts, days away or results of quality."""
    ids: dict[str, set[UUID]] = {kind: set() for kind in (SHIFT, DAY_OFF, PLANNED, KEPT, RESULT)}
    for each in parts:
        if each.subject_kind in ids:
            ids[each.subject_kind].add(each.subject_id)
    zone = ZoneInfo(secretary.zone)
    begun = dict(Shift.objects.filter(pk__in=ids[SHIFT]).values_list("pk", "started_at"))
    begun |= dict(PlannedShift.objects.filter(pk__in=ids[PLANNED] | ids[KEPT]).values_list("pk", "starts_at"))
    if ids[RESULT]:
        begun |= dict(Remark.objects.filter(pk__in=ids[RESULT]).values_list("pk", "at"))
    found = {key: date_words(each.astimezone(zone), "D j M H:i") for key, each in begun.items()}
    for row in Absence.objects.filter(secretary=secretary) if ids[DAY_OFF] else ():
        keys = {key_of(row.pk, day): day for day in _days_of(row)}
        found |= {key: date_words(day, "D j M") for key, day in keys.items() if key in ids[DAY_OFF]}
    return found
