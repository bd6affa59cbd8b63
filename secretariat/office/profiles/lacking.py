"""Who lacks what is required, today or on the day of a planned shift: said as soon as it is required."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from secretariat.office import signals
from secretariat.office.contracts import holding
from secretariat.office.models import FirmRequirement, PlannedShift, Secretary

from . import qualifications, requirements
from .requirements import Held, Need

KIND, SUBJECT = "office.required", "office.firmrequirement"
NAMED = 6  # so many names stand in a piece of work; the page has all


@dataclass(frozen=True)
class Lacks:
    """One secretary, what she lacks by its names, and her planned shifts on days on which she lacks it."""

    secretary: Secretary
    what: Sequence[str]
    shifts: Sequence[PlannedShift]


def of(people: Iterable[Secretary], needs: Sequence[Need], *, at: datetime) -> list[Lacks]:
    """Those of these people who lack something, today or on the day of a planned shift."""
    return of_each([(people, needs)], at=at)[0]


def of_each(
    groups: Iterable[tuple[Iterable[Secretary], Sequence[Need]]], *, at: datetime
) -> list[list[Lacks]]:
    """The same of each group of people beside what is required of it: so many queries for all of them."""
    asked = [(list(people) if needs else [], needs) for people, needs in groups]
    ids = {her.pk for people, _needs in asked for her in people}
    held, planned = qualifications.held_by_all(ids), defaultdict(list)
    ahead = PlannedShift.objects.standing().filter(secretary__in=ids, ends_at__gt=at)
    for shift in ahead.order_by("starts_at"):
        planned[shift.secretary_id].append(shift)
    return [
        [
            lacks
            for her in people
            if (lacks := _lacks(her, needs, held[her.pk], planned[her.pk], holding.today(her, at))).what
        ]
        for people, needs in asked
    ]


def _lacks(
    her: Secretary, needs: Sequence[Need], held: Held, planned: Iterable[PlannedShift], today: date
) -> Lacks:
    """What she lacks; of nothing, where she lacks nothing."""
    what, shifts = dict.fromkeys(requirements.lacking(needs, held, today)), []
    for shift in planned:
        if lacks := requirements.lacking(needs, held, shift.on):
            shifts.append(shift)
            what |= dict.fromkeys(lacks)
    return Lacks(her, list(what), shifts)


def engaged() -> list[Secretary]:
    people = Secretary.objects.filter(user__is_active=True).select_related("user")
    return [each for each in people.order_by("spoken_name", "pk") if each.is_engaged]


def required(row: FirmRequirement, *, at: datetime) -> list[Lacks]:
    """The firm requires this from now on: who lacks it, and how many shifts that leaves, is work at once."""
    need = qualifications.need(row)
    found = of(engaged(), [need], at=at)
    taken_back(row)
    if found:
        words = _(
            "“%(what)s” is required from now on. Without it: %(names)s. Planned shifts of theirs: %(n)d"
        )
        signals.request_made.send(
            sender=FirmRequirement,
            kind=KIND,
            subject=(SUBJECT, row.pk),
            because=words
            % {"what": need.name, "names": names(found), "n": sum(len(each.shifts) for each in found)},
            at=at,
        )
    return found


def taken_back(row: FirmRequirement, by=None) -> None:
    """It is required no more, or is something else now."""
    signals.request_settled.send(
        sender=FirmRequirement, subject=(SUBJECT, row.pk), by=by, outcome=_("Required no more")
    )


def names(found: Sequence[Lacks]) -> str:
    """Whom it is about, the first of them by name."""
    said = ", ".join(each.secretary.spoken_name for each in found[:NAMED])
    if len(found) <= NAMED:
        return said
    return _("%(names)s and %(n)d more") % {"names": said, "n": len(found) - NAMED}
