"""What is known around a shift, looked up for `rota` to judge: her other shifts, wishes, days off, limits."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.translation import gettext as _

from secretariat.office import languages
from secretariat.office.models import (
    Absence,
    PlannedShift,
    Secretary,
    SecretaryLanguage,
    SecretarySkill,
    Wish,
)
from secretariat.office.profiles import qualifications
from secretariat.office.vacancies import for_her

from . import limits, rules
from .rules import Away, Facts, Finding, Grade, Stretch

AROUND = timedelta(days=40)  # whatever a month, a week or a rest may ask about
LEVEL = SecretaryLanguage.Level.B2  # in which somebody answers callers
NOT_BY_HERSELF = ("ability", "training")  # a planner may look past it, for a reason or in time to come


class Around:
    """What is known of several people around a time: as many queries however many they are."""

    def __init__(self, secretaries: Iterable[Secretary], period: Stretch, *, but: Iterable[UUID] = ()):
        self._people = {each.pk: each for each in secretaries}
        ids, wide = list(self._people), Stretch(period.begins - AROUND, period.ends + AROUND)
        self._shifts, self._wishes, self._absences = defaultdict(list), defaultdict(list), defaultdict(list)
        standing = PlannedShift.objects.standing().filter(secretary__in=ids).exclude(pk__in=list(but))
        self._held_to = limits.Held(self._people.values(), period)
        near = standing.between(wide.begins, wide.ends)
        for rows in (near, *_of_trials(standing, self._held_to.trials(), but=wide)):
            for whose, begins, ends in rows.values_list("secretary", "starts_at", "ends_at"):
                self._shifts[whose].append(Stretch(begins, ends))
        for wish in Wish.objects.filter(secretary__in=ids, ended_at=None):
            self._wishes[wish.secretary_id].append(wish)
        lasting = Absence.objects.standing().filter(
            secretary__in=ids, from_on__lte=wide.ends.date(), until_on__gte=wide.begins.date()
        )
        for absence in lasting:
            self._absences[absence.secretary_id].append(absence)
        self._skills = defaultdict(set)
        skills = SecretarySkill.objects.filter(secretary__in=ids)
        for whose, skill in skills.values_list("secretary", "skill"):
            self._skills[whose].add(skill)
        self._needs, self._held = qualifications.of_firm(), qualifications.held_by_all(ids)
        self._training = for_her.open_steps(ids)
        self._found: dict[tuple[UUID, Stretch], Facts] = {}

    def facts(self, secretary: UUID, period: Stretch) -> Facts:
        """Of one of them, by the days of this part of it: her wishes, and what her contract says then."""
        if (secretary, period) not in self._found:
            self._found[secretary, period] = self._facts(self._people[secretary], period)
        return self._found[secretary, period]

    def _facts(self, her: Secretary, period: Stretch) -> Facts:
        zone = ZoneInfo(her.zone)
        first = period.begins.astimezone(zone).date() - rules.DAY
        last = period.ends.astimezone(zone).date() + rules.DAY
        when = {
            kind: tuple(
                stretch
                for wish in self._wishes[her.pk]
                if wish.kind == kind
                for stretch in wish.stretches(first, last, her.zone)
            )
            for kind in (Wish.Kind.CANNOT, Wish.Kind.RATHER_NOT)
        }
        return Facts(
            zone=her.zone,
            limits=self._held_to.limits(her, period),
            others=tuple(sorted(self._shifts[her.pk])),
            cannot=when[Wish.Kind.CANNOT],
            rather_not=when[Wish.Kind.RATHER_NOT],
            away=tuple(
                Away(
                    each.stretch(her.zone),
                    each.get_kind_display(),
                    asked=each.state == Absence.State.ASKED,
                )
                for each in self._absences[her.pk]
            ),
            needs=self._needs,
            held=self._held[her.pk],
            skills=frozenset(self._skills[her.pk]),
            training=tuple(self._training.get(her.pk, ())),
        )


def _of_trials(standing, trials: dict[UUID, date], *, but: Stretch) -> Iterator:
    """What else is planned of a trial, whose hours are counted from its first day on."""
    if trials:
        since = min(trials.values()) - rules.DAY
        beyond = Q(ends_at__lte=but.begins) | Q(starts_at__gte=but.ends)
        yield standing.filter(beyond, secretary__in=list(trials), starts_at__date__gte=since)


def of(secretary: Secretary, period: Stretch, *, but: Iterable[UUID] = ()) -> Facts:
    """The facts of one secretary around a period; `but` are shifts that do not count."""
    return Around([secretary], period, but=but).facts(secretary.pk, period)


def of_all(secretaries: Iterable[Secretary], period: Stretch) -> dict[UUID, Facts]:
    """The same of several at once, by their ids."""
    people = list(secretaries)
    known = Around(people, period)
    return {each.pk: known.facts(each.pk, period) for each in people}


def judge(secretary: Secretary, shift: PlannedShift, *, but: Iterable[UUID] = ()) -> list[Finding]:
    """Everything that speaks against giving her this planned shift, the gravest first."""
    return weigh(shift, of(secretary, shift.stretch, but=but))


def weigh(shift: PlannedShift, facts: Facts) -> list[Finding]:
    """The same, of somebody whose facts around it are known: its hours, what it asks for, her training."""
    found = [*rules.judge(shift.stretch, facts), *_unable(shift, facts)]
    if facts.training:
        words = _("She is still in training; open before her first shift: %(steps)s.")
        found.append(Finding("training", Grade.NOTED, words % {"steps": ", ".join(facts.training)}))
    return sorted(found, key=lambda each: -each.grade)


def weigh_to_take(shift: PlannedShift, facts: Facts) -> list[Finding]:
    """The same for who would take it herself: she cannot look past what a planner may."""
    never = Grade.NEVER
    found = [
        replace(each, grade=never) if each.rule in NOT_BY_HERSELF else each for each in weigh(shift, facts)
    ]
    return sorted(found, key=lambda each: -each.grade)


def _unable(shift: PlannedShift, facts: Facts) -> Iterator[Finding]:
    """What she lacks for a shift that asks for a language or a skill."""
    if shift.language and facts.held.level(shift.language) < LEVEL:
        named = {"language": languages.name_of(shift.language)}
        yield Finding("ability", Grade.REASONED, _("It needs somebody who speaks %(language)s.") % named)
    if shift.skill_id and shift.skill_id not in facts.skills:
        words = _("It needs somebody who knows “%(skill)s”.") % {"skill": shift.skill}
        yield Finding("ability", Grade.REASONED, words)
