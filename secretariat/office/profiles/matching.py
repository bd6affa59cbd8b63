"""Who suits a piece of work, and why. Pure: no clock, no database, no settings.

The same judgement suggests somebody for a client's team, admits the pool to a call, and finds secretaries for
an enquiry. What is required shuts out; what is wished for ranks. Every point has its reason beside it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from secretariat.office.specialities import SkillLevel, Speciality, at_level

from . import requirements
from .requirements import NOTHING_HELD, Held, Need

# What each reason weighs. Languages first: a caller who is not understood has nobody.
FLUENT, ABOVE, CHECKED_SKILL, SAID_SKILL, SPECIALITY, HOURS, KNOWS_THEM = 40, 4, 10, 6, 8, 12, 20
BETTER, FAST = 2, 8  # a skill, for each level above the lowest; who types as fast as is wished for
APART = 100  # taken off where one of them would rather not again: behind everybody else who fits
MOST_HOURS_APART = 6


@dataclass(frozen=True)
class Wanted:
    """What the work asks for. `skills` that are `must_know` shut out; others rank.

    `also` are further languages; as with the first, her own word for her level is enough.
    `specialities` are keys of Speciality; `words_a_minute` is a speed at the keyboard that is wished for;
    `offset` is the zone's distance from UTC in hours.
    """

    language: str = ""
    level: int = 0
    also: tuple[Need, ...] = ()
    needs: tuple[Need, ...] = ()
    must_know: frozenset[str] = frozenset()
    skills: frozenset[str] = frozenset()
    specialities: frozenset[str] = frozenset()
    words_a_minute: int | None = None
    hours_week: int | None = None
    offset: float | None = None


@dataclass(frozen=True)
class Person:
    """A secretary as far as it matters here. `skills` says of each whether somebody has checked it,
    `how_well` at which level, where that is said.

    `on` is the day where she lives: her papers must hold on it.
    `barred` says why she cannot be given any work, and is empty where she can; `knows_them`: she has worked
    for this client before; `apart`: after that, one of them would rather not again.
    """

    key: UUID
    name: str
    on: date
    held: Held = NOTHING_HELD
    skills: Mapping[str, bool] = field(default_factory=dict)
    how_well: Mapping[str, int] = field(default_factory=dict)
    specialities: frozenset[str] = frozenset()
    hours_from: int | None = None
    hours_to: int | None = None
    offset: float | None = None
    knows_them: bool = False
    apart: bool = False
    barred: str = ""


@dataclass(frozen=True)
class Match:
    """One person beside the work: what speaks for her, what shuts her out, and what is only worth knowing."""

    person: Person
    score: int
    why: tuple[str, ...] = ()
    why_not: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()

    @property
    def fits(self) -> bool:
        return not self.why_not


def rank(wanted: Wanted, people: Iterable[Person]) -> list[Match]:
    """Everybody, those who fit first, the best first; the same order for the same facts."""
    matches = [match(wanted, each) for each in people]
    return sorted(matches, key=lambda m: (not m.fits, -m.score, m.person.name, m.person.key))


def match(wanted: Wanted, person: Person) -> Match:
    """Judge one person."""
    why_not = [person.barred] if person.barred else []
    why_not += hindered(wanted, person)
    points = [*_languages(wanted, person), *_skills(wanted, person), *_typing(wanted, person)]
    points += _work(wanted, person)
    score = sum(weight for weight, _words in points) - (APART if person.apart else 0)
    return Match(
        person,
        score,
        tuple(words for _weight, words in points),
        tuple(why_not),
        tuple(_beside(wanted, person)),
    )


def hindered(wanted: Wanted, person: Person) -> list[str]:
    """What shuts her out: what is required and she has not, each in words."""
    return unfit(
        required=requirements.lacking(wanted.needs, person.held, person.on),
        level=person.held.level(wanted.language),
        level_needed=wanted.level if wanted.language else 0,
        also=[each.name for each in wanted.also if person.held.level(each.language) < each.level],
        skills=sorted(wanted.must_know - set(person.skills)),
    )


def unfit(
    *,
    required: Iterable[str] = (),
    level: int = 0,
    level_needed: int = 0,
    also: Iterable[str] = (),
    skills: Iterable[str] = (),
) -> list[str]:
    """Why she is no candidate at all. `required`, `also` (languages) and `skills` name what she lacks."""
    required, skills, found = list(required), list(skills), []
    if required:
        found.append(_("she lacks what is required: %(what)s") % {"what": ", ".join(required)})
    if level < level_needed:
        found.append(_("she does not answer in the callers’ language"))
    found += [_("she does not have the second language: %(what)s") % {"what": each} for each in also]
    if skills:
        found.append(_("she lacks a skill: %(skills)s") % {"skills": ", ".join(skills)})
    return found


def _languages(wanted: Wanted, person: Person) -> Iterable[tuple[int, str]]:
    level = person.held.level(wanted.language) if wanted.language else 0
    if level and level >= wanted.level:
        above = level - max(wanted.level, 1)
        yield FLUENT + ABOVE * above, _("speaks the language that is asked for")
    for each in wanted.also:
        if person.held.level(each.language) >= each.level:
            yield FLUENT, _("speaks the second language: %(what)s") % {"what": each.name}


def _skills(wanted: Wanted, person: Person) -> Iterable[tuple[int, str]]:
    for name in sorted(wanted.must_know | wanted.skills):
        if name not in person.skills:
            continue
        level = person.how_well.get(name)
        better = BETTER * ((level or SkillLevel.BASIC) - SkillLevel.BASIC)
        words = {"skill": at_level(f"“{name}”", level)}
        if person.skills[name]:
            yield CHECKED_SKILL + better, _("knows %(skill)s, which was checked") % words
        else:
            yield SAID_SKILL + better, _("knows %(skill)s, as she says") % words
    for key in sorted(wanted.specialities & person.specialities):
        yield SPECIALITY, _("specialises in %(what)s") % {"what": Speciality(key).label}


def _typing(wanted: Wanted, person: Person) -> Iterable[tuple[int, str]]:
    speed = person.held.words_a_minute
    if wanted.words_a_minute and speed is not None and speed >= wanted.words_a_minute:
        yield FAST, _("types %(n)s correct words a minute, by our test") % {"n": f"{float(speed):g}"}


def _work(wanted: Wanted, person: Person) -> Iterable[tuple[int, str]]:
    if person.knows_them:
        yield KNOWS_THEM, _("has worked for them before")
    if wanted.hours_week is not None and (person.hours_from or person.hours_to):
        least, most = person.hours_from or 0, person.hours_to or 168
        if least <= wanted.hours_week <= most:
            yield HOURS, _("wants so many hours a week")


def _beside(wanted: Wanted, person: Person) -> Iterable[str]:
    if person.apart:
        yield _("after earlier work, one of them would rather not work with the other again")
    for name in sorted(wanted.skills - set(person.skills)):
        yield _("does not name “%(skill)s”") % {"skill": name}
    if wanted.words_a_minute:
        speed = person.held.words_a_minute
        if speed is None:
            yield _("has not done the typing test")
        elif speed < wanted.words_a_minute:
            yield _("types %(n)s correct words a minute") % {"n": f"{float(speed):g}"}
    if wanted.hours_week is not None and person.hours_to is not None and person.hours_to < wanted.hours_week:
        yield _("wants %(hours)s hours a week at most") % {"hours": person.hours_to}
    if wanted.offset is not None and person.offset is not None:
        apart = abs(wanted.offset - person.offset)
        if apart > MOST_HOURS_APART:
            yield _("her clock is %(hours)s hours away") % {"hours": f"{apart:g}"}
