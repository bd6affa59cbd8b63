"""The days of secretaries, looked up for `days` to judge; and who has looked at hers."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from calls.models import Call
from clients.models import WorkRecord
from secretariat.books.models import PayStatement
from secretariat.ledger.models import LedgerEntry
from secretariat.office.contracts import holding
from secretariat.office.models import Break, Contract, PlannedShift, Secretary, Shift, User
from secretariat.office.rota import rules
from secretariat.office.rota.rules import Stretch

from . import days
from .days import Day

SUBJECT = "office.secretary"


def of(secretaries: Iterable[Secretary], first: date, last: date, *, at: datetime) -> dict[UUID, list[Day]]:
    """Each one's days, the newest first; what has not ended lasts until `at`. Five queries however many."""
    people = list(secretaries)
    wide = rules.days(first - rules.DAY, last + rules.DAY, "UTC")
    shifts = _stretches(Shift, people, wide, at)
    breaks = _stretches(Break, people, wide, at)
    records = _stretches(WorkRecord, people, wide, at)
    planned = defaultdict(list)
    published = PlannedShift.objects.published().filter(secretary__in=people)
    for each in published.between(wide.begins, min(wide.ends, at)):
        planned[each.secretary_id].append(Stretch(each.starts_at, min(each.ends_at, at)))
    calls = defaultdict(list)
    answered = Call.objects.filter(
        secretary__in=people, rang_at__gte=wide.begins, rang_at__lt=wide.ends, state=Call.State.CLOSED
    )
    for whose, rang_at, outcome in answered.values_list("secretary_id", "rang_at", "outcome"):
        calls[whose].append((rang_at, outcome))
    found: dict[UUID, list[Day]] = {}
    for each in people:
        found[each.pk] = []
        for back in range((last - first).days + 1):
            on = last - back * rules.DAY
            whole = rules.days(on, on, each.zone)
            theirs = [what for when, what in calls[each.pk] if whole.begins <= when < whole.ends]
            found[each.pk].append(
                days.day(
                    on,
                    zone=each.zone,
                    shifts=shifts[each.pk],
                    breaks=breaks[each.pk],
                    records=records[each.pk],
                    planned=planned[each.pk],
                    calls=len(theirs),
                    without_result=sum(what == Call.Outcome.NO_MESSAGE for what in theirs),
                )
            )
    return found


def today(secretaries: Iterable[Secretary], *, at: datetime) -> dict[UUID, Day]:
    """Each one's day today, where she lives, as far as it has gone."""
    people = list(secretaries)
    on = {each.pk: holding.today(each, at) for each in people}
    if not people:
        return {}
    found = of(people, min(on.values()), max(on.values()), at=at)
    return {pk: next(each for each in rows if each.on == on[pk]) for pk, rows in found.items()}


def _stretches(model, people, wide: Stretch, at: datetime) -> dict[UUID, list[Stretch]]:
    lasting = Q(ended_at=None) | Q(ended_at__gt=wide.begins)
    rows = model.objects.filter(lasting, secretary__in=people, started_at__lt=wide.ends)
    found: dict[UUID, list[Stretch]] = defaultdict(list)
    for whose, began, ended in rows.values_list("secretary_id", "started_at", "ended_at"):
        found[whose].append(Stretch(began, max(began, ended or at)))
    return found


@dataclass(frozen=True)
class Look:
    """Somebody looked at what is kept of her."""

    at: datetime
    who: str
    what: str


WHAT = {SUBJECT: "hours", "office.contract": "contract", "books.paystatement": "pay"}


def looks_at(secretary: Secretary, *, most: int = 50) -> list[Look]:
    """Who looked at her hours, her contract and her pay, the newest first; she herself left out."""
    ids = {
        SUBJECT: [str(secretary.pk)],
        "office.contract": [str(pk) for pk in _ids(Contract, secretary)],
        "books.paystatement": [str(pk) for pk in _ids(PayStatement, secretary)],
    }
    hers = Q(pk__in=[])
    for kind, theirs in ids.items():
        hers |= Q(subject_kind=kind, subject_id__in=theirs)
    rows = LedgerEntry.objects.filter(hers, verb="looked").exclude(actor_id=secretary.user_id)
    rows = list(rows.order_by("-pk")[:most])
    names = dict(User.objects.filter(pk__in={each.actor_id for each in rows}).values_list("pk", "name"))
    return [Look(each.at, names.get(each.actor_id, ""), WHAT[each.subject_kind]) for each in rows]


def _ids(model, secretary: Secretary):
    return model.objects.filter(secretary=secretary).values_list("pk", flat=True)
