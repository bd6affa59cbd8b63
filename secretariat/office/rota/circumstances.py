"""What is known around a shift, looked up for `rota` to judge: her other shifts, wishes, days off, limits."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from secretariat.office import languages
from secretariat.office.models import Absence, PlannedShift, Secretary, SecretaryLanguage, Wish
from secretariat.office.profiles import qualifications
from secretariat.office.profiles.requirements import NOTHING_HELD

from . import limits, rules
from .rules import Away, Facts, Finding, Stretch

AROUND = timedelta(days=40)  # whatever a month, a week or a rest may ask about
LEVEL = SecretaryLanguage.Level.B2  # in which somebody answers callers


def of(secretary: Secretary, period: Stretch, *, but: Iterable[UUID] = ()) -> Facts:
    """The facts of one secretary around a period; `but` are shifts that do not count."""
    return of_all([secretary], period, but=but)[secretary.pk]


def of_all(
    secretaries: Iterable[Secretary], period: Stretch, *, but: Iterable[UUID] = ()
) -> dict[UUID, Facts]:
    """The same of several at once, by their ids: as many queries however many they are."""
    people = list(secretaries)
    ids = [each.pk for each in people]
    wide = Stretch(period.begins - AROUND, period.ends + AROUND)
    shifts, wishes, absences = defaultdict(list), defaultdict(list), defaultdict(list)
    standing = PlannedShift.objects.standing().filter(secretary__in=ids).exclude(pk__in=list(but))
    for each in standing.between(wide.begins, wide.ends).only("secretary_id", "starts_at", "ends_at"):
        shifts[each.secretary_id].append(each.stretch)
    for wish in Wish.objects.filter(secretary__in=ids, ended_at=None):
        wishes[wish.secretary_id].append(wish)
    lasting = Absence.objects.standing().filter(
        secretary__in=ids, from_on__lte=wide.ends.date(), until_on__gte=wide.begins.date()
    )
    for absence in lasting:
        absences[absence.secretary_id].append(absence)
    held_to, needs = limits.of_all(people, period), qualifications.of_firm()
    held = qualifications.held_by_all(ids) if needs else {}
    return {
        each.pk: replace(
            _facts(each, period, held_to[each.pk], shifts[each.pk], wishes[each.pk], absences[each.pk]),
            needs=needs,
            held=held.get(each.pk, NOTHING_HELD),
        )
        for each in people
    }


def _facts(secretary, period, held_to, shifts, wishes, absences) -> Facts:
    zone = ZoneInfo(secretary.zone)
    first = period.begins.astimezone(zone).date() - rules.DAY
    last = period.ends.astimezone(zone).date() + rules.DAY
    when = {
        kind: tuple(
            stretch
            for wish in wishes
            if wish.kind == kind
            for stretch in wish.stretches(first, last, secretary.zone)
        )
        for kind in (Wish.Kind.CANNOT, Wish.Kind.RATHER_NOT)
    }
    return Facts(
        zone=secretary.zone,
        limits=held_to,
        others=tuple(sorted(shifts)),
        cannot=when[Wish.Kind.CANNOT],
        rather_not=when[Wish.Kind.RATHER_NOT],
        away=tuple(
            Away(
                each.stretch(secretary.zone),
                each.get_kind_display(),
                asked=each.state == Absence.State.ASKED,
            )
            for each in absences
        ),
    )


def judge(secretary: Secretary, shift: Stretch, *, but: Iterable[UUID] = ()) -> list[Finding]:
    """Everything that speaks against giving her this shift; see `rota.judge`."""
    return rules.judge(shift, of(secretary, shift, but=but))


def can_do(secretary: Secretary, shift: PlannedShift) -> list[str]:
    """What she lacks for a shift that needs a language or a skill, in words; empty if she can do it."""
    lacks = []
    if shift.language and not any(
        each.language.split("-")[0] == shift.language.split("-")[0] and each.level >= LEVEL
        for each in secretary.languages.all()
    ):
        named = languages.name_of(shift.language)
        lacks.append(_("It needs somebody who speaks %(language)s.") % {"language": named})
    if shift.skill_id and not any(each.skill_id == shift.skill_id for each in secretary.skills.all()):
        lacks.append(_("It needs somebody who knows “%(skill)s”.") % {"skill": shift.skill})
    return lacks
