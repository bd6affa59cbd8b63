"""What is asked of the people in a pay run and not answered yet: until it is, the run is not approved."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from .models import HoursQuestion, Outcome, PayExtra, PayRun, PayStatement, Week

AT_MOST = 30  # are named
# Who says nothing for as long holds up nobody's pay any more, not her own either. Her hours go by the same.
SILENCE = timedelta(days=7)
WEEK = timedelta(days=7)


class Of(StrEnum):
    """Who is asked, and so where it is answered."""

    PAY = "pay"
    OUTCOME = "outcome"
    HOURS = "hours"


@dataclass(frozen=True)
class Unresolved:
    of: Of
    secretary_id: UUID
    name: str
    words: str

    def __str__(self) -> str:
        return f"{self.name}: {self.words}"


def of_run(run: PayRun, *, at: datetime) -> list[Unresolved]:
    """Of whoever has a statement in it: what the firm has not decided, and what she has not answered."""
    people = PayStatement.objects.filter(run=run).values("secretary")
    extras = PayExtra.objects.filter(state=PayExtra.State.ASKED, on__lte=run.last_on)
    outcomes = Outcome.objects.filter(state=Outcome.State.REPORTED, on__lte=run.last_on)
    hers = waiting(at).filter(on__range=(run.first_on, run.last_on))
    expense, other = _("an expense is not decided"), _("a correction of pay is not decided")
    found = [
        Unresolved(Of.PAY, pk, name, expense if kind == PayExtra.Kind.EXPENSE else other)
        for pk, name, kind in _each(extras, people, "kind")
    ]
    found += [
        Unresolved(Of.OUTCOME, pk, name, _("commission is not decided"))
        for pk, name in _each(outcomes, people)
    ]
    words = _("a question about %(day)s is not answered")
    found += [
        Unresolved(Of.HOURS, pk, name, words % {"day": f"{on:%d.%m.%Y}"})
        for pk, name, on in _each(hers, people, "on")
    ]
    return sorted(dict.fromkeys(found), key=lambda each: each.name)[:AT_MOST]


def _each(rows: QuerySet, people: QuerySet, *facts: str):
    told = rows.filter(secretary__in=people).order_by("on", "pk")
    return told.values_list("secretary", "secretary__spoken_name", *facts)[: AT_MOST + 1]


def is_asked_of(week: Week, *, at: datetime) -> bool:
    """Whether she is still to answer something about one of its days."""
    days = week.starts_on, week.starts_on + WEEK - timedelta(days=1)
    return waiting(at).filter(secretary=week.secretary_id, on__range=days).exists()


def waiting(at: datetime) -> QuerySet[HoursQuestion]:
    """Questions about hours that may yet be answered: she works here, and has not been silent for a week."""
    is_here = Q(secretary__engaged_until=None) | Q(secretary__engaged_until__gte=at.date())
    open_ones = HoursQuestion.objects.filter(answered_at=None, asked_at__gt=at - SILENCE)
    return open_ones.filter(is_here, secretary__user__is_active=True)
