"""A profile as it is shown: to herself, to the firm, and, as far as she says, to everybody."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from secretariat import clock, media
from secretariat.office import languages
from secretariat.office.models import (
    Certificate,
    Firm,
    Profile,
    Secretary,
    SecretaryLanguage,
    SecretarySkill,
    TypingTest,
    Vouched,
)

from . import leading_past


def leads_past_the_firm(words: str, countries: Iterable[str] = ()) -> str:
    """The first thing in these words by which somebody could be reached otherwise; empty if nothing.

    Numbers without a plus are those of the firm's country and of `countries`.
    """
    return leading_past.first(words, {Firm.figure("country"), *countries})


@dataclass(frozen=True)
class Shown:
    """One line of a profile, how it is known, and whether somebody of the firm has checked it.

    `evidence`, who checked it (`by`) and the paper at `url` are for her and the firm alone.
    """

    what: str
    how: str
    checked: bool
    evidence: str = ""
    by: str = ""
    url: str = ""


def of(secretary: Secretary) -> Profile:
    """Her profile; one that is not kept yet where she has none."""
    return Profile.objects.filter(secretary=secretary).first() or Profile(secretary=secretary)


def lines(secretary: Secretary) -> dict[str, list[Shown]]:
    """Everything she can do, as the firm reads it."""
    return lines_of_all([secretary])[secretary.pk]


def lines_of_all(secretaries: Iterable[Secretary]) -> dict[UUID, dict[str, list[Shown]]]:
    """The same of each of these, by her id: as many queries however many they are."""
    found: dict[UUID, dict[str, list[Shown]]] = {
        each.pk: {"languages": [], "skills": [], "training": [], "typing": []} for each in secretaries
    }
    hers = {"secretary__in": list(found)}
    spoken = SecretaryLanguage.objects.filter(**hers).order_by("-level", "language")
    skills = SecretarySkill.objects.filter(**hers).order_by("skill__name")
    spoken, skills = spoken.select_related("checked_by"), skills.select_related("skill", "checked_by")
    papers = media.addresses(each.media_id for each in [*spoken, *skills])
    for language in spoken:
        what = languages.at_level(language.language, language.level)
        found[language.secretary_id]["languages"].append(_vouched(what, language, papers))
    for skill in skills:
        found[skill.secretary_id]["skills"].append(_vouched(str(skill), skill, papers))
    held = Certificate.objects.standing(clock.day_in("secretary__zone")).filter(**hers)
    for each in held.select_related("training"):
        found[each.secretary_id]["training"].append(Shown(each.training.name, each.issued_by, True))
    for test in TypingTest.objects.newest_of(found):
        # By our clock, but nobody has watched her.
        shown = Shown(f"{test.words_a_minute}", f"{test.accuracy}", False)
        found[test.secretary_id]["typing"].append(shown)
    return found


def public(profile: Profile) -> dict[str, list[Shown]]:
    """The part of it that she shows to everybody."""
    return public_of_all([profile])[profile.pk]


def public_of_all(profiles: Collection[Profile]) -> dict[UUID, dict[str, list[Shown]]]:
    """The same of each of these, by the profile's id."""
    shown = lines_of_all(each.secretary for each in profiles)
    return {
        each.pk: {
            name: found for name, found in shown[each.secretary_id].items() if getattr(each, f"shows_{name}")
        }
        for each in profiles
    }


def _vouched(what: str, row: Vouched, papers: dict) -> Shown:
    by = row.checked_by.name if row.checked_by else ""
    url = papers.get(row.media_id, "")
    return Shown(what, row.get_how_display(), row.is_checked, row.evidence, by, url)
