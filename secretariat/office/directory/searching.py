"""Who is found in the directory: those who want to be, by what they show of themselves."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Upper

from secretariat import clock
from secretariat.office import languages
from secretariat.office.models import (
    Certificate,
    Profile,
    SecretaryLanguage,
    SecretarySkill,
    Skill,
    Training,
)
from secretariat.office.profiles import showing
from secretariat.office.profiles.showing import Shown
from secretariat.office.specialities import Speciality


@dataclass(frozen=True)
class Entry:
    """One public profile with what it shows."""

    profile: Profile
    lines: dict[str, list[Shown]]

    @property
    def zone(self) -> str:
        return self.profile.secretary.zone.replace("_", " ") if self.profile.shows_zone else ""


def public():
    """The profiles that everybody may see: of those who say so, work here and may sign in.

    Whether she works here goes by the calendar where she lives, as her contract does.
    """
    today = clock.day_in("secretary__zone")
    engaged = Q(secretary__engaged_from=None) | Q(secretary__engaged_from__lte=today)
    staying = Q(secretary__engaged_until=None) | Q(secretary__engaged_until__gte=today)
    rows = Profile.objects.filter(engaged, staying, is_public=True, secretary__user__is_active=True)
    return rows.select_related("secretary").order_by(Upper("public_name"), "pk")


@dataclass(frozen=True)
class Found:
    """Some of those who are found, and after whom the next ones come; empty on the last page."""

    entries: list[Entry]
    next: str = ""


def found(
    *,
    words: str = "",
    language: str = "",
    level: int | None = None,
    skill: str = "",
    training: str = "",
    hours: int | None = None,
):
    """Those of them who show this language, at this level or better, this skill and training (by their ids),
    so many hours a week, and each of these words somewhere.
    """
    rows = public()
    for word in words.split():
        rows = rows.filter(_says(word))
    if language:
        spoken = SecretaryLanguage.objects.filter(
            Q(language=language) | Q(language__startswith=f"{language}-"),
            secretary=OuterRef("secretary"),
            level__gte=level or SecretaryLanguage.Level.A1,
        )
        rows = rows.filter(Exists(spoken), shows_languages=True)
    if skill:
        rows = rows.filter(Exists(_skills().filter(skill=skill)), shows_skills=True)
    if training:
        rows = rows.filter(Exists(_papers().filter(training=training)), shows_training=True)
    if hours is not None:
        enough = Q(hours_to=None) | Q(hours_to__gte=hours)
        rows = rows.filter(enough, Q(hours_from=None) | Q(hours_from__lte=hours), shows_hours=True)
    return rows


def _says(word: str) -> Q:
    """In what she writes of herself, or in a skill, training or kind of work that she shows."""
    written = Q()
    for name in ("public_name", "headline", "about", "specialities", "hours"):
        shown = Q(shows_hours=True) if name == "hours" else Q()
        written |= Q(**{f"{name}__icontains": word}) & shown
    kinds = [key for key, label in Speciality.choices if word.casefold() in str(label).casefold()]
    skill = Q(Exists(_skills().filter(skill__name__icontains=word)), shows_skills=True)
    training = Q(Exists(_papers().filter(training__name__icontains=word)), shows_training=True)
    return written | Q(works_in__overlap=kinds) | skill | training


def _skills():
    return SecretarySkill.objects.filter(secretary=OuterRef("secretary"))


def _papers():
    """Certificates that hold today where she lives."""
    standing = Certificate.objects.standing(clock.day_in(OuterRef("secretary__zone")))
    return standing.filter(secretary=OuterRef("secretary"))


def some(rows, *, after: str = "", size: int = 25) -> Found:
    """One page of them, by name. `after`: the id of the last one before; once she is gone it begins anew."""
    if last := _last(after):
        name = Upper(Value(last.public_name))
        rows = rows.alias(upper=Upper("public_name")).filter(
            Q(upper__gt=name) | Q(upper=name, pk__gt=last.pk)
        )
    profiles = list(rows[: size + 1])
    shown = showing.public_of_all(profiles[:size])
    entries = [Entry(each, shown[each.pk]) for each in profiles[:size]]
    return Found(entries, str(profiles[size - 1].pk) if len(profiles) > size else "")


def _last(after: str) -> Profile | None:
    try:
        return public().filter(pk=UUID(after)).first() if after else None
    except ValueError:
        return None


def entry(profile: Profile) -> Entry:
    return Entry(profile, showing.public(profile))


def choices() -> dict[str, list[tuple[str, str]]]:
    """Languages, skills and trainings that somebody in the directory shows, as a form offers them."""
    theirs = public().values("secretary")
    shows_languages = public().filter(shows_languages=True).values("secretary")
    codes = SecretaryLanguage.objects.filter(secretary__in=shows_languages).values_list("language", flat=True)
    named = {code.split("-")[0] for code in codes}
    skills = Skill.objects.filter(
        pk__in=SecretarySkill.objects.filter(
            secretary__in=theirs, secretary__profile__shows_skills=True
        ).values("skill")
    )
    shows_training = public().filter(shows_training=True)
    papers = Certificate.objects.standing(clock.day_in("secretary__zone"))
    papers = papers.filter(secretary__in=shows_training.values("secretary"))
    trainings = Training.objects.filter(pk__in=papers.values("training"))
    return {
        "language": sorted(((code, languages.name_of(code)) for code in named), key=lambda each: each[1]),
        "skill": [(str(each.pk), each.name) for each in skills],
        "training": [(str(each.pk), each.name) for each in trainings],
    }
