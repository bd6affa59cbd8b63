"""Meetings that repeat: arranged together, and changed or cancelled together, from one on or all to come.

Each of them is a row, judged as any other meeting is, so that none can clash unseen. What is done to several
is told to guests once (`series_changed`); what is done to one is done by `booking`, and told as an exception.
`Series.sequence` is what somebody saw who changes several at once: it rises with every such act.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from secretariat.ids import uuid7
from secretariat.office.models import User

from . import booking, repeating, signals
from .booking import Changed
from .judging import LEAVE, Decision, Instance, Undecided, judged
from .models import Diary, Guest, Meeting, Series
from .planning import Coming, NotPossible, Plan
from .repeating import Choice

ONE, FOLLOWING, ALL = "one", "following", "all"
State = Meeting.State


@dataclass(frozen=True)
class Shift:
    """Another time for several: the one that is looked at so many days later (negative: earlier), and the
    others with it, at this wall time, so long."""

    days: int
    at: time
    minutes: int


def preview(
    diary: Diary, plan: Plan, choice: Choice, decisions: dict[date, Decision], *, at: datetime, reader
) -> list[Instance]:
    """Every date of it with what stands against it. Raises repeating.Unbounded."""
    zone = plan.zone or diary.zone_name
    dates = {on: repeating.meant(on, choice.at, zone) for on in repeating.dates(choice)}
    return judged(
        diary, dates, lambda on: replace(plan, on=on, at=choice.at), decisions, at=at, reader=reader
    )


@transaction.atomic
def arrange(
    diary: Diary, plan: Plan, choice: Choice, decisions: dict[date, Decision], *, by: User, at: datetime
) -> Series:
    """Arrange all of it, or time kept free where that is the plan's manner.

    Raises Undecided where something clashes of which nothing was decided, NotPossible, repeating.Unbounded.
    """
    diary = booking.locked(booking.kept(diary).pk, at)
    instances = preview(diary, plan, choice, decisions, at=at, reader=by)
    standing = _decided(instances)
    if not standing:
        raise NotPossible(_("Every date of it is left out. Nothing is arranged."))
    zone = plan.zone or diary.zone_name
    if repeating.is_skipped(standing[0].on, choice.at, zone):
        # Whoever reads the rule begins to count at its first moment, and would have every date an hour off.
        raise NotPossible(
            _("It cannot begin on a day on which the clocks skip its time. Leave that day out.")
        )
    rule = repeating.until(repeating.rule(choice, zone), standing[-1].meant)
    series = Series.objects.create(
        client_id=diary.client_id, diary=diary, uid=str(uuid7()), rule=rule, zone=zone, created_at=at
    )
    verb = "blocked" if plan.manner == Meeting.Manner.BLOCK else "booked"
    meetings = [
        booking.arranged(
            diary,
            replace(each.plan, zone=zone),
            by=by,
            at=at,
            verb=verb,
            word=each.word,
            series=series,
            instance_at=each.meant,
            judged=each.clashes,
        )
        for each in standing
    ]
    _tell(series, meetings, "booked", by=by, at=at)
    return series


@transaction.atomic
def cancel(
    meeting: Meeting, which: str, *, version: int, sequence: int, because: str, by: User | None, at: datetime
) -> list[Meeting]:
    """None of them takes place, because: `which` is FOLLOWING (with this one) or ALL that are to come."""
    series = _as_shown(meeting, version, sequence, at)
    touched = _to_come(series, meeting, which, at=at)
    for each in touched:
        booking.cancel(each, version=each.version, because=because, by=by, at=at, whole_series=True)
    _reaches(series)
    _tell(series, touched, "cancelled", by=by, at=at, because=because)
    return touched


@transaction.atomic
def change(
    meeting: Meeting, which: str, *, version: int, sequence: int, by: User | None, at: datetime, **facts
) -> list[Meeting]:
    """What they are about, notes, link, or whether they are private; of all: those that are over too."""
    series = _as_shown(meeting, version, sequence, at)
    rows = _standing(series)
    touched = [each for each in rows if which == ALL or each.instance_at >= meeting.instance_at]
    for each in touched:
        booking.change(each, version=each.version, by=by, at=at, whole_series=True, **facts)
    _tell(series, touched, "changed", by=by, at=at)
    return touched


@transaction.atomic
def invite(
    meeting: Meeting,
    which: str,
    coming: tuple[Coming, ...],
    *,
    version: int,
    sequence: int,
    by: User | None,
    at: datetime,
) -> list[Meeting]:
    """These are to come as well, to several that are to come."""
    series = _as_shown(meeting, version, sequence, at)
    touched = _to_come(series, meeting, which, at=at)
    for each in touched:
        booking.invite(each, coming, version=each.version, by=by, at=at, whole_series=True)
    _tell(series, touched, "guests", by=by, at=at)
    return touched


@transaction.atomic
def take_off(
    meeting: Meeting,
    which: str,
    guest: Guest,
    *,
    version: int,
    sequence: int,
    by: User | None,
    at: datetime,
) -> list[Meeting]:
    """This one is not to come after all, to several that are to come."""
    series = _as_shown(meeting, version, sequence, at)
    touched, gone = [], []
    for each in _to_come(series, meeting, which, at=at):
        for hers in each.guests.filter(email=guest.email, name=guest.name, number=guest.number)[:1]:
            booking.take_off(each, hers, version=each.version, by=by, at=at, whole_series=True)
            gone.append(hers)
            touched.append(each)
    if not touched:
        raise Changed
    _tell(series, touched, "guests", by=by, at=at, gone=tuple(gone[:1]))
    return touched


def preview_move(
    meeting: Meeting, which: str, shift: Shift, decisions: dict[date, Decision], *, at: datetime, reader
) -> list[Instance]:
    """Where they would stand, and what stands against it. Those moved by themselves stay where they are.

    Raises NotPossible.
    """
    series = meeting.series
    touched = _to_come(series, meeting, which, at=at)
    moving = [each for each in touched if is_as_meant(each)]
    if not moving:
        raise NotPossible(_("Each of them was moved by itself. Move them one by one."))
    by_day = {_goes_to(each, meeting, series, shift): each for each in moving}
    dates = {on: repeating.meant(on, shift.at, series.zone) for on in by_day}
    return judged(
        series.diary,
        dates,
        lambda on: _plan(by_day[on], on, shift),
        decisions,
        at=at,
        reader=reader,
        but_for={each.pk for each in moving},
    )


@transaction.atomic
def move(
    meeting: Meeting,
    which: str,
    shift: Shift,
    decisions: dict[date, Decision],
    *,
    version: int,
    sequence: int,
    by: User | None,
    at: datetime,
) -> Series:
    """Another time for several. What stands before them stays a series of its own.

    Raises Undecided, NotPossible.
    """
    series = _as_shown(meeting, version, sequence, at)
    touched = _to_come(series, meeting, which, at=at)
    instances = {each.on: each for each in preview_move(meeting, which, shift, decisions, at=at, reader=by)}
    standing = _decided(list(instances.values()))
    if not standing:
        raise NotPossible(_("Every date of it is left out. Cancel them instead."))
    rule = repeating.moved(series.rule, shift.days, standing[-1].meant, meant=_on(meeting, series))
    target = _split(series, touched, rule, at=at)
    facts = {"series": target, "uid": target.uid}
    # Where one goes, its neighbour may still stand: the last one goes first, or the first one.
    later = (shift.days, shift.at) > (0, meeting.at)
    order = sorted(touched, key=lambda each: each.instance_at, reverse=later)
    goes = {each.pk: _goes_to(each, meeting, series, shift) for each in touched}
    moved_last = sorted(order, key=lambda each: _is_exception(instances.get(goes[each.pk])))
    done = []
    for each in moved_last:
        on = goes[each.pk]
        facts["instance_at"] = repeating.meant(on, shift.at, series.zone)
        found = instances.get(on) if is_as_meant(each) else None
        if found is None:
            Meeting.objects.filter(pk=each.pk).update(**facts)
        elif found.is_left_out:
            Meeting.objects.filter(pk=each.pk).update(**facts)
            booking.cancel(each, version=each.version, because=_("Left out"), by=by, at=at, whole_series=True)
        else:
            plan = replace(found.plan, zone=series.zone)
            booking.move(
                each,
                version=each.version,
                plan=plan,
                by=by,
                at=at,
                word=found.word,
                judged=found.clashes,
                in_series=dict(facts),
            )
        done.append(each.pk)
    if target.pk != series.pk:
        _reaches(series)
        _tell(series, [], "moved", by=by, at=at)
    else:
        Series.objects.filter(pk=series.pk).update(rule=rule)
        series.refresh_from_db()
    moved = list(Meeting.objects.filter(pk__in=done).order_by("instance_at"))
    _tell(target, moved, "moved", by=by, at=at)
    return target


def is_as_meant(meeting: Meeting) -> bool:
    """Whether it stands where its series means it to be."""
    return meeting.instance_at == meeting.starts_at


def left_out(series: Series) -> list[datetime]:
    """The moments the rule means at which nothing stands."""
    rows = list(series.meetings.order_by("instance_at"))
    if not rows:
        return []
    stands = {each.instance_at for each in rows if each.state in Meeting.STANDING}
    means = repeating.between(series.rule, series.zone, rows[0].instance_at, rows[-1].instance_at)
    return [each for each in means if each not in stands]


def _decided(instances: list[Instance]) -> list[Instance]:
    if any(each.is_open for each in instances):
        raise Undecided(instances)
    return [each for each in instances if each.decision.what != LEAVE]


def _is_exception(found: Instance | None) -> bool:
    return found is not None and found.is_moved


def _goes_to(each: Meeting, meeting: Meeting, series: Series, shift: Shift) -> date:
    """The day one of them goes to, when `meeting` is shifted and the others with it. Raises NotPossible."""
    on = repeating.goes_to(series.rule, _on(each, series), _on(meeting, series), shift.days)
    if on is None:
        raise NotPossible(
            _("Not every month has that day. Choose one that each of them has, or move them one by one.")
        )
    return on


def _on(meeting: Meeting, series: Series) -> date:
    return meeting.instance_at.astimezone(ZoneInfo(series.zone)).date()


def _plan(meeting: Meeting, on: date, shift: Shift) -> Plan:
    return Plan(
        about=meeting.about,
        on=on,
        at=shift.at,
        minutes=shift.minutes,
        zone=meeting.zone,
        manner=meeting.manner,
        place=meeting.place,
        where=meeting.where,
        link=meeting.link,
    )


def _as_shown(meeting: Meeting, version: int, sequence: int, at: datetime) -> Series:
    booking.locked(meeting.diary_id, at)
    found = Meeting.objects.get(pk=meeting.pk)
    series = Series.objects.select_related("diary__client").filter(pk=found.series_id).first()
    if series is None or (found.version, series.sequence) != (version, sequence):
        raise Changed
    return series


def _standing(series: Series) -> list[Meeting]:
    rows = series.meetings.filter(state__in=Meeting.STANDING).order_by("instance_at")
    return list(rows.select_related("diary__client", "place"))


def _to_come(series: Series, meeting: Meeting, which: str, *, at: datetime) -> list[Meeting]:
    rows = [each for each in _standing(series) if each.starts_at > at]
    if which == FOLLOWING:
        rows = [each for each in rows if each.instance_at >= meeting.instance_at]
    if not rows:
        raise NotPossible(_("None of them is still to come."))
    return rows


def _split(series: Series, touched: list[Meeting], rule: str, *, at: datetime) -> Series:
    """The series the touched ones belong to from now on: this one, unless others of it stay as they are."""
    mine = {each.pk for each in touched}
    if all(each.pk in mine for each in series.meetings.all()):
        return series
    return Series.objects.create(
        client_id=series.client_id,
        diary=series.diary,
        uid=str(uuid7()),
        rule=rule,
        zone=series.zone,
        created_at=at,
    )


def _reaches(series: Series) -> None:
    """Let its rule end with the last of it that stands."""
    last = series.meetings.filter(state__in=Meeting.STANDING).aggregate(last=Max("instance_at"))["last"]
    if last:
        Series.objects.filter(pk=series.pk).update(rule=repeating.until(series.rule, last))


def _tell(series: Series, meetings: list[Meeting], verb: str, *, by, at, because="", gone=()) -> None:
    if verb != "booked":
        highest = series.meetings.aggregate(highest=Max("sequence"))["highest"] or 0
        Series.objects.filter(pk=series.pk).update(sequence=max(series.sequence, highest) + 1)
        series.refresh_from_db()
        if verb == "moved":  # answers to the time before are told by their sequence
            series.meetings.filter(pk__in=[each.pk for each in meetings]).update(sequence=series.sequence)
    signals.series_changed.send(
        sender=Series, series=series, meetings=meetings, verb=verb, by=by, at=at, because=because, gone=gone
    )
