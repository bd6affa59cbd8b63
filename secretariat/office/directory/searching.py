"""Who is found in the directory: those who want to be, by language, skill and hours."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Upper

from secretariat import clock
from secretariat.office import languages
from secretariat.office.models import Profile, SecretaryLanguage, SecretarySkill, Skill
from secretariat.office.profiles import showing
from secretariat.office.profiles.showing import Shown


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


def found(*, language: str = "", skill: str = "", hours: int | None = None):
    """Those of them who show this language, this skill (its id) and so many hours a week."""
    rows = public()
    if language:
        spoken = SecretaryLanguage.objects.filter(
            Q(language=language) | Q(language__startswith=f"{language}-"), secretary=OuterRef("secretary")
        )
        rows = rows.filter(Exists(spoken), shows_languages=True)
    if skill:
        has = SecretarySkill.objects.filter(secretary=OuterRef("secretary"), skill=skill)
        rows = rows.filter(Exists(has), shows_skills=True)
    if hours is not None:
        enough = Q(hours_to=None) | Q(hours_to__gte=hours)
        rows = rows.filter(enough, Q(hours_from=None) | Q(hours_from__lte=hours), shows_hours=True)
    return rows


def entry(profile: Profile) -> Entry:
    return Entry(profile, showing.public(profile))


def choices() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """(languages, skills) that somebody in the directory shows, as a form offers them."""
    theirs = public().values("secretary")
    shows_languages = public().filter(shows_languages=True).values("secretary")
    codes = SecretaryLanguage.objects.filter(secretary__in=shows_languages).values_list("language", flat=True)
    named = {code.split("-")[0] for code in codes}
    skills = Skill.objects.filter(
        pk__in=SecretarySkill.objects.filter(
            secretary__in=theirs, secretary__profile__shows_skills=True
        ).values("skill")
    )
    return (
        sorted(((code, languages.name_of(code)) for code in named), key=lambda each: each[1]),
        [(str(each.pk), each.name) for each in skills],
    )
