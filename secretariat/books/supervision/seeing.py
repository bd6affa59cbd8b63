"""The days of secretaries, looked up for `days` to judge; and who of the firm has gone through them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from calls.models import Call
from secretariat.books import counted
from secretariat.books.models import DaySeen
from secretariat.office.contracts import holding
from secretariat.office.models import Break, PlannedShift, Secretary, Shift
from secretariat.office.rota import rules
from secretariat.office.rota.rules import Stretch

from . import days, left
from .days import Day

DAYS = 7  # that can be gone through: today, and those before


def of(secretaries: Iterable[Secretary], first: date, last: date, *, at: datetime) -> dict[UUID, list[Day]]:
    """Each one's days, the newest first; what has not ended lasts until `at`. So many queries for all."""
    people = list(secretaries)
    wide = rules.days(first - rules.DAY, last + rules.DAY, "UTC")
    shifts = _stretches(Shift, people, wide, at)
    breaks = _stretches(Break, people, wide, at)
    records = defaultdict(list)
    for whose, began, ended in counted.between(people, wide.begins, wide.ends):
        records[whose].append(Stretch(began, ended))
    planned = defaultdict(list)
    published = PlannedShift.objects.published().filter(secretary__in=people)
    for each in published.between(wide.begins, min(wide.ends, at)):
        planned[each.secretary_id].append(Stretch(each.starts_at, min(each.ends_at, at)))
    calls = defaultdict(list)
    answered = Call.objects.filter(
        secretary__in=people, rang_at__gte=wide.begins, rang_at__lt=wide.ends, state=Call.State.CLOSED
    )
    for whose, rang_at in answered.values_list("secretary_id", "rang_at"):
        calls[whose].append(rang_at)
    without_result = left.of(people, wide, at=at)
    found: dict[UUID, list[Day]] = {}
    for each in people:
        found[each.pk] = []
        for back in range((last - first).days + 1):
            on = last - back * rules.DAY
            whole = rules.days(on, on, each.zone)
            theirs = {(what, pk) for when, what, pk in without_result[each.pk] if _is_in(whole, when)}
            found[each.pk].append(
                days.day(
                    on,
                    zone=each.zone,
                    shifts=shifts[each.pk],
                    breaks=breaks[each.pk],
                    records=records[each.pk],
                    planned=planned[each.pk],
                    calls=sum(_is_in(whole, when) for when in calls[each.pk]),
                    left=[what for what, _pk in theirs],
                )
            )
    return found


def _is_in(whole: Stretch, when: datetime) -> bool:
    return whole.begins <= when < whole.ends


def _stretches(model, people, wide: Stretch, at: datetime) -> dict[UUID, list[Stretch]]:
    lasting = Q(ended_at=None) | Q(ended_at__gt=wide.begins)
    rows = model.objects.filter(lasting, secretary__in=people, started_at__lt=wide.ends)
    found: dict[UUID, list[Stretch]] = defaultdict(list)
    for whose, began, ended in rows.values_list("secretary_id", "started_at", "ended_at"):
        found[whose].append(Stretch(began, max(began, ended or at)))
    return found


@dataclass(frozen=True)
class Lately:
    """Her day that it is just now where she lives, and who looked at it last.

    `unseen`: of the six before, the newest first, those on which she was at work and that nobody has gone
    through.
    """

    today: Day
    looked: DaySeen | None
    unseen: tuple[Day, ...]

    @property
    def is_seen(self) -> bool:
        return is_whole(self.looked, self.today)


def is_whole(seen: DaySeen | None, day: Day) -> bool:
    """Whether somebody has gone through all of it: whoever looked in the morning has not."""
    return seen is not None and (day.last_at is None or seen.at >= day.last_at)


def lately(secretaries: Iterable[Secretary], *, at: datetime) -> dict[UUID, Lately]:
    """Of each: no two need have the same today. As many queries however many they are."""
    people = list(secretaries)
    if not people:
        return {}
    today = {each.pk: holding.today(each, at) for each in people}
    first, last = min(today.values()) - (DAYS - 1) * rules.DAY, max(today.values())
    marks = {(each.secretary_id, each.on): each for each in seen_days(people, first, last)}
    found = {}
    for pk, theirs in of(people, first, last, at=at).items():
        hers = [each for each in theirs if timedelta(0) <= today[pk] - each.on < DAYS * rules.DAY]
        unseen = [
            each for each in hers[1:] if not each.is_empty and not is_whole(marks.get((pk, each.on)), each)
        ]
        found[pk] = Lately(hers[0], marks.get((pk, today[pk])), tuple(unseen))
    return found


def seen_days(secretaries: Iterable[Secretary], first: date, last: date) -> QuerySet[DaySeen]:
    rows = DaySeen.objects.filter(secretary__in=list(secretaries), on__range=(first, last))
    return rows.select_related("by")
