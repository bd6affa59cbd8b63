"""A secretary's week, gathered from what was recorded: hers to read at any moment, and to confirm.

What an approved week holds never changes. A record that comes late for one, as when a call was opened again,
stands in the next open week instead: nothing is lost, and nothing is counted twice.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import DateField, Exists, OuterRef, Q
from django.db.models.functions import TruncWeek
from django.utils.translation import gettext as _

from calls.models import Call, CallEvent
from calls.records import stretches
from clients.local_time import day_begins
from clients.models import WorkRecord
from secretariat import ledger
from secretariat.ids import uuid7
from secretariat.office.audience import firm
from secretariat.office.models import Secretary, User

from . import after_issue, coming_late, metering, unresolved
from .briefs import caps
from .counted import as_counted, interval
from .metering import Interval
from .models import ConfirmedTime, Correction, Week
from .supervision import reminding, telling

WEEK = timedelta(days=7)
PATIENCE = timedelta(days=7)  # after the end of a week; then the firm may confirm it in her place
SUBJECT = "books.correction"  # of time that nobody's telephone recorded
WRITTEN_DOWN = (SUBJECT, caps.MILESTONE)  # not before the week in which it was worked is closed


class NotNow(Exception):
    """The week does not stand as somebody thought it did. Says in plain words how it stands."""


@dataclass(frozen=True)
class Hours:
    """One week of one secretary. `going_on` are what has not ended yet; they count when they have."""

    secretary: Secretary
    starts_on: date
    week: Week | None
    intervals: list[Interval]
    going_on: list[Interval]

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.secretary.zone)

    @property
    def state(self) -> str:
        return self.week.state if self.week else Week.State.OPEN

    @property
    def is_open(self) -> bool:
        return self.state == Week.State.OPEN

    @property
    def ends_on(self) -> date:
        return self.starts_on + WEEK - timedelta(days=1)

    @property
    def worked(self) -> int:
        """Microseconds at work."""
        return metering.at_work(self.intervals)

    @property
    def at_work_seconds(self) -> float:
        return self.worked / metering.SECOND

    @property
    def seen(self) -> str:
        """What she has before her, as a mark: another one means that something has changed since."""
        mark = 0
        for each in self.intervals:  # whichever comes first
            said = f"{each.record_id} {each.started_at.timestamp()} {each.ended_at.timestamp()}"
            mark ^= int.from_bytes(sha256(said.encode()).digest()[:8])
        return f"{len(self.intervals)}-{mark:x}"


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def this_monday(secretary: Secretary, at: datetime) -> date:
    return monday_of(at.astimezone(ZoneInfo(secretary.zone)).date())


def of(secretary: Secretary, starts_on: date, *, at: datetime) -> Hours:
    """The week that begins on this Monday as it stands at `at`."""
    week = Week.objects.filter(secretary=secretary, starts_on=starts_on).first()
    if week and week.state != Week.State.OPEN:
        times = week.times.select_related("record", "correction")
        return Hours(secretary, starts_on, week, [_as_confirmed(each) for each in times], [])
    zone = ZoneInfo(secretary.zone)
    since, until = day_begins(starts_on, zone), day_begins(starts_on + WEEK, zone)
    going_on = _going_on(secretary, at) if since <= at < until else []
    return Hours(secretary, starts_on, week, _recorded(secretary, starts_on, since, until), going_on)


def unconfirmed(secretary: Secretary, *, at: datetime) -> list[date]:
    """The Mondays of weeks that are over, in which time of hers stands that nobody has confirmed."""
    zone = ZoneInfo(secretary.zone)
    this = this_monday(secretary, at)
    rows = WorkRecord.objects.filter(
        secretary=secretary, confirmed=None, started_at__lt=day_begins(this, zone)
    )
    weeks = rows.order_by().values_list(TruncWeek("started_at", tzinfo=zone, output_field=DateField()))
    worked = {monday for (monday,) in weeks.distinct()}
    weeks = Week.objects.filter(secretary=secretary, starts_on__gte=min(worked, default=this))
    closed = set(weeks.exclude(state=Week.State.OPEN).values_list("starts_on", flat=True))
    shown = {coming_late.stands_in(monday, closed) for monday in worked}
    return sorted(monday for monday in shown if monday < this)


def _recorded(secretary, starts_on, since, until) -> list[Interval]:
    rows = WorkRecord.objects.filter(secretary=secretary, confirmed=None)
    wanted = Q(started_at__gte=since, started_at__lt=until)
    if late := _late_for(secretary, starts_on):
        wanted |= late
    rows = list(rows.filter(wanted).order_by("started_at", "pk"))
    return as_counted(rows)


def _late_for(secretary, starts_on) -> Q | None:
    """What came for weeks that were closed by then: it stands in the first week that is not."""
    closed = set(
        Week.objects.filter(secretary=secretary, starts_on__lt=starts_on)
        .exclude(state=Week.State.OPEN)
        .values_list("starts_on", flat=True)
    )
    zone, late = ZoneInfo(secretary.zone), None
    monday = starts_on - WEEK
    while monday in closed:  # back to the last week that is still open
        begins, ends = day_begins(monday, zone), day_begins(monday + WEEK, zone)
        one = Q(started_at__gte=begins, started_at__lt=ends)
        late = one if late is None else late | one
        monday -= WEEK
    return late


def _as_confirmed(time: ConfirmedTime) -> Interval:
    return interval(time.record, time.correction)


def _going_on(secretary: Secretary, at: datetime) -> list[Interval]:
    """Her part of calls that have not been closed, up to now."""
    calls = Call.objects.exclude(state=Call.State.CLOSED)
    hers = CallEvent.objects.filter(call=OuterRef("pk"), secretary=secretary)
    found = []
    for call in calls.filter(Exists(hers)).prefetch_related("events"):
        found += [
            Interval(None, each.kind, each.started_at, each.ended_at, call.client_id, ("calls.call", call.pk))
            for each in stretches(call.events.all(), until=at)
            if each.secretary_id == secretary.pk
        ]
    return found


# --- Verbs. The week's row is the lock: whoever changes what a week holds has it first. ---


def _locked(secretary: Secretary, starts_on: date) -> Week:
    Week.objects.get_or_create(secretary=secretary, starts_on=starts_on)
    return Week.objects.select_for_update().get(secretary=secretary, starts_on=starts_on)


def may_be_confirmed_for_her(secretary: Secretary, starts_on: date, *, at: datetime) -> bool:
    """Whether the firm may say in her place that these are her hours.

    She works here no more, is suspended, or has said nothing for a week.
    """
    over = day_begins(starts_on + WEEK, ZoneInfo(secretary.zone))
    is_away = not secretary.is_engaged or not secretary.user.is_active
    return over <= at and (is_away or over + PATIENCE <= at)


@transaction.atomic
def confirm(
    secretary: Secretary,
    starts_on: date,
    *,
    seen: str,
    at: datetime,
    by: User | None = None,
    because: str = "",
) -> Week:
    """She says that these are her hours; or `by` does in her place, and `because`, and she is told.

    `seen` is the mark of what was on the page. Raises NotNow.
    """
    if by and not may_be_confirmed_for_her(secretary, starts_on, at=at):
        raise NotNow(_("She confirms this week herself."))
    week = _locked(secretary, starts_on)
    if week.state != Week.State.OPEN:
        raise NotNow(_("This week was confirmed before."))
    if day_begins(starts_on + WEEK, ZoneInfo(secretary.zone)) > at:
        raise NotNow(_("This week is not over. It can be confirmed from Monday on."))
    hours = of(secretary, starts_on, at=at)
    if hours.seen != seen:
        raise NotNow(_("Something has changed since this page was opened. Look at the week again."))
    held = dict(
        Correction.objects.filter(
            record__in=[each.record_id for each in hours.intervals], replaced_at=None
        ).values_list("record_id", "pk")
    )
    ConfirmedTime.objects.bulk_create(
        ConfirmedTime(
            week=week,
            secretary=secretary,
            record_id=each.record_id,
            client_id=each.client_id,
            kind=each.kind,
            started_at=each.started_at,
            ended_at=each.ended_at,
            correction_id=held.get(each.record_id),
        )
        for each in hours.intervals
    )
    week.state, week.confirmed_at, week.sent_back_because = Week.State.CONFIRMED, at, ""
    week.confirmed_by, week.confirmed_because = by, because
    week.save(
        update_fields=[
            "state",
            "confirmed_at",
            "sent_back_because",
            "confirmed_by",
            "confirmed_because",
        ]
    )
    actor = by.pk if by else secretary.user_id
    ledger.record("books.week_confirmed", actor_id=actor, subject=("books.week", week.pk))
    reminding.confirmed(week)
    return week


def runs_the_firm_alone(user) -> bool:
    """Whether nobody else could approve this person's own hours."""
    return not firm() - {user.pk}


def may_be_approved_by(week: Week, user) -> bool:
    """Not by whoever confirmed it in her place, unless nobody else runs the firm."""
    return week.confirmed_by_id != user.pk or not firm() - {user.pk, week.secretary.user_id}


def why_not_approved(week: Week, *, by, at: datetime) -> str:
    """Why this person cannot approve a confirmed week just now; empty if she can."""
    if week.secretary.user_id == by.pk and not runs_the_firm_alone(by):
        return _("Somebody else approves your own hours.")
    if not may_be_approved_by(week, by):
        return _("You confirmed it in her place. Another person approves it.")
    if unresolved.is_asked_of(week, at=at):
        return _("A question about one of its days is not answered. It can be approved once it is.")
    return ""


@transaction.atomic
def approve(week: Week, *, by, at: datetime) -> None:
    """Close it for good."""
    week = Week.objects.select_for_update().get(pk=week.pk)
    if week.state != Week.State.CONFIRMED:
        raise NotNow(_("Only a week that its secretary has confirmed can be approved."))
    if words := why_not_approved(week, by=by, at=at):
        raise NotNow(words)
    Week.objects.filter(pk=week.pk).update(state=Week.State.APPROVED, approved_at=at, approved_by=by)
    ledger.record("books.week_approved", actor_id=by.pk, subject=("books.week", week.pk))
    reminding.approved(week, by=by)


@transaction.atomic
def send_back(week: Week, *, because: str, by) -> None:
    """Ask her to look at it again. It is open once more, with the reason on it, and she is told."""
    week = Week.objects.select_for_update().get(pk=week.pk)
    if week.state != Week.State.CONFIRMED:
        raise NotNow(_("This week is not waiting for approval."))
    week.times.all().delete()
    Week.objects.filter(pk=week.pk).update(
        state=Week.State.OPEN,
        confirmed_at=None,
        confirmed_by=None,
        confirmed_because="",
        approving_asked_at=None,
        sent_back_because=because,
    )
    ledger.record("books.week_sent_back", actor_id=by.pk, subject=("books.week", week.pk))
    reminding.sent_back(week, by=by)


@transaction.atomic
def correct(record: WorkRecord, *, started_at: datetime, ended_at: datetime, because: str, by, at: datetime):
    """Say that an interval was otherwise; by somebody else than herself, she is told.

    Raises NotNow where her week is not open any more.
    """
    _hold_open(record)
    _hold_to_cap(record, started_at, ended_at)
    before = Correction.objects.filter(record=record, replaced_at=None).first()
    if before:
        Correction.objects.filter(pk=before.pk).update(replaced_at=at)
    was = before or record
    made = Correction.objects.create(
        record=record,
        secretary=record.secretary,
        client_id=record.client_id,
        was_from=was.started_at,
        was_until=was.ended_at,
        started_at=started_at,
        ended_at=ended_at,
        because=because,
        made_by=by,
        made_at=at,
    )
    _note(made)
    after_issue.tell(made)
    return made


@transaction.atomic
def add(
    secretary: Secretary,
    *,
    client,
    started_at: datetime,
    ended_at: datetime,
    because: str,
    by,
    at: datetime,
    subject: tuple[str, UUID] | None = None,
):
    """Work that nothing recorded. Its record has no length; what she says of it is a correction.

    `client`: None where it was for none; it is paid, and no bill has it.
    `subject`: what it was part of, as a milestone; else it stands for itself.
    """
    made = Correction(id=uuid7())
    subject_kind, subject_id = subject or (SUBJECT, made.pk)
    record = WorkRecord.objects.create(
        client=client,
        secretary=secretary,
        kind=WorkRecord.Kind.OTHER,
        subject_kind=subject_kind,
        subject_id=subject_id,
        started_at=started_at,
        ended_at=started_at,
    )
    _hold_open(record)
    _hold_to_cap(record, started_at, ended_at)
    made.record, made.secretary, made.client, made.made_by = record, secretary, client, by
    made.was_from = made.was_until = made.started_at = started_at
    made.ended_at, made.because, made.made_at = ended_at, because, at
    made.save(force_insert=True)
    _note(made)
    return made


def _hold_open(record: WorkRecord) -> None:
    """Lock the week in which it counts, and make sure that it is open.

    What came late counts in the first week after its own that is open, which nobody confirms meanwhile.
    """
    zone = ZoneInfo(record.secretary.zone)
    monday = monday_of(record.started_at.astimezone(zone).date())
    week = _locked(record.secretary, monday)
    refused = week.state != Week.State.OPEN and record.subject_kind in WRITTEN_DOWN
    while not refused and week.state != Week.State.OPEN and not _is_confirmed(record):
        monday += WEEK
        week = _locked(record.secretary, monday)
    if refused or _is_confirmed(record):
        raise NotNow(_("That week is confirmed. It changes only when it is sent back."))


def _is_confirmed(record: WorkRecord) -> bool:
    return ConfirmedTime.objects.filter(record=record).exists()


def _hold_to_cap(record: WorkRecord, started_at: datetime, ended_at: datetime) -> None:
    if refusal := caps.why_not(record, started_at, ended_at):
        raise NotNow(refusal)


def _note(made: Correction) -> None:
    ledger.record(
        "books.time_corrected",
        actor_id=made.made_by_id,
        client_id=made.client_id,
        subject=("clients.workrecord", made.record_id),
    )
    her = made.secretary
    if made.made_by_id != her.user_id:
        on = made.record.started_at.astimezone(ZoneInfo(her.zone)).date()
        telling.corrected(made, starts_on=monday_of(on))
