"""Everybody as `matching` reads them, looked up at once."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from secretariat.office import signals
from secretariat.office.contracts import holding
from secretariat.office.models import Profile, Secretary, SecretarySkill, Step
from secretariat.office.vacancies import for_her

from . import qualifications
from .matching import Person


def people(
    secretaries: Iterable[Secretary],
    *,
    at: datetime,
    known: Iterable = (),
    apart: Iterable = (),
    learning: bool = False,
) -> tuple[Person, ...]:
    """Each of these as she is at `at`; `known` are the ids of those who have worked for the client before,
    `apart` of those who should rather not again.

    `learning`: it is work for first calls, too, for those who are through all that comes before them.
    """
    everybody = list(secretaries)
    ids, known, apart = [each.pk for each in everybody], set(known), set(apart)
    held = qualifications.held_by_all(ids)
    skills: dict = defaultdict(dict)
    how_well: dict = defaultdict(dict)
    for row in SecretarySkill.objects.filter(secretary__in=ids).select_related("skill"):
        skills[row.secretary_id][row.skill.name] = row.is_checked
        if row.level:
            how_well[row.secretary_id][row.skill.name] = row.level
    days = {each: holding.today(each, at) for each in everybody}
    without_contract = holding.why_not_each(days)
    training = for_her.open_steps(ids, kinds=for_her.BEFORE_CALLS if learning else Step.Kind)
    profiles = {each.secretary_id: each for each in Profile.objects.filter(secretary__in=ids)}
    return tuple(
        Person(
            key=each.pk,
            name=each.spoken_name,
            on=today,
            held=held[each.pk],
            skills=skills[each.pk],
            how_well=how_well[each.pk],
            specialities=frozenset(profile.works_in) if profile else frozenset(),
            hours_from=profile.hours_from if profile else None,
            hours_to=profile.hours_to if profile else None,
            offset=offset(each.zone, at),
            knows_them=each.pk in known,
            apart=each.pk in apart,
            barred=without_contract.get(each.pk) or _in_training(training.get(each.pk)),
        )
        for each, today in days.items()
        for profile in [profiles.get(each.pk)]
    )


def _in_training(open_steps: list[str] | None) -> str:
    """Why somebody who came by an application is given nothing yet; empty for whoever works here."""
    if not open_steps:
        return ""
    return _("she is in training; still open: %(steps)s") % {"steps": ", ".join(open_steps)}


def offset(zone: str, at: datetime) -> float:
    """How many hours this zone is ahead of UTC at that moment."""
    ahead = at.astimezone(ZoneInfo(zone)).utcoffset()
    return ahead.total_seconds() / 3600 if ahead else 0.0


def apart_from(client_id: UUID) -> set[UUID]:
    """Those who should rather not be put together with this client again, as the floors above know it."""
    apart: set[UUID] = set()
    signals.apart_asked.send(None, client_id=client_id, apart=apart)
    return apart
