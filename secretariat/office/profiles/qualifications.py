"""What is required and what somebody has, looked up for `requirements` to judge."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from secretariat.office import languages
from secretariat.office.models import (
    Certificate,
    FirmRequirement,
    Requirement,
    Secretary,
    SecretaryLanguage,
    TypingTest,
)

from . import requirements
from .requirements import Held, Need, Paper


def need(row: Requirement) -> Need:
    """One requirement as the rules read it."""
    if row.training_id:
        return Need(name=row.training.name, training=row.training_id)
    if row.words_a_minute:
        speed = row.words_a_minute
        return Need(name=_("typing at %(n)d correct words a minute") % {"n": speed}, words_a_minute=speed)
    level = SecretaryLanguage.Level(row.level)
    name = _("%(language)s, %(level)s or better") if level < level.NATIVE else _("%(language)s, %(level)s")
    words = {"language": languages.name_of(row.language), "level": level.label}
    return Need(name=name % words, language=row.language, level=level)


def of_firm() -> tuple[Need, ...]:
    """What the firm requires of everybody."""
    return tuple(map(need, FirmRequirement.objects.select_related("training")))


def held_by_all(secretaries: Iterable[UUID]) -> dict[UUID, Held]:
    """What each of these has, by her id: as many queries however many they are."""
    ids = list(secretaries)
    papers, levels, said = defaultdict(list), defaultdict(dict), defaultdict(dict)
    for paper in Certificate.objects.filter(secretary__in=ids, state=Certificate.State.CHECKED):
        papers[paper.secretary_id].append(Paper(paper.training_id, paper.expires_on))
    for each in SecretaryLanguage.objects.filter(secretary__in=ids):
        known = said if each.how == SecretaryLanguage.How.SAID else levels
        code, hers = requirements.spoken(each.language), known[each.secretary_id]
        hers[code] = max(hers.get(code, 0), each.level)
    speeds = speeds_of(ids)
    return {pk: Held(tuple(papers[pk]), dict(levels[pk]), dict(said[pk]), speeds.get(pk)) for pk in ids}


def speeds_of(secretaries: Iterable[UUID]) -> dict[UUID, Decimal]:
    """Correct words a minute of each one's newest typing test that counts."""
    newest = TypingTest.objects.newest_of(secretaries)
    return dict(newest.values_list("secretary", "words_a_minute"))


def why_not(secretary: Secretary, on: date, *, needs: Iterable[Need] | None = None) -> str:
    """Why she may not work on this day for want of what is required, in words; empty if she may.

    `needs`: besides what the firm requires.
    """
    wanted = [*of_firm(), *(needs or ())]
    if not wanted:
        return ""
    return " ".join(requirements.lacks(wanted, held_by_all([secretary.pk])[secretary.pk], on))
