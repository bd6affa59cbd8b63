"""What she said when she applied goes with her when she joins: nobody is asked twice.

Where she lives counts at once, for the rota and her pay. What is to be checked is put before the firm as what
she names; what nobody can read by rule stays in her application.
"""

import re
from datetime import datetime

from django.utils.translation import gettext as _

from secretariat.office import languages
from secretariat.office.models import (
    Application,
    Profile,
    Secretary,
    SecretaryLanguage,
    TypingTest,
    User,
)
from secretariat.office.profiles import claiming, proving

from . import for_her

Level = SecretaryLanguage.Level
LEVEL = re.compile(r"\b([ABC][12])\b", re.IGNORECASE)
ABOUT = 1500  # letters that a profile holds


def over(application: Application, secretary: Secretary, *, at: datetime) -> None:
    """Take it over. Of somebody who worked here before, only what she had not said yet."""
    TypingTest.objects.filter(application=application).update(application=None, secretary=secretary)
    if application.number and not secretary.home_number:
        Secretary.objects.filter(pk=secretary.pk).update(home_number=application.number)
    if application.zone and for_her.came_by(application):
        Secretary.objects.filter(pk=secretary.pk).update(zone=application.zone)
        User.objects.filter(pk=secretary.user_id).update(zone=application.zone)
    secretary.refresh_from_db()
    said = "\n\n".join(each for each in (application.experience, application.training) if each)
    Profile.objects.get_or_create(
        secretary=secretary,
        defaults={"about": said[:ABOUT], "hours_to": application.hours_week, "changed_at": at},
    )
    for code, level in languages_in(application.languages):
        known = SecretaryLanguage.objects.filter(secretary=secretary, language=code, level__gte=level)
        if known.exists():
            continue
        evidence = _("As she said when she applied")
        try:
            claiming.name(secretary, at=at, language=code, level=level, evidence=evidence)
        except proving.NotNow:  # she has named it herself meanwhile
            continue


def languages_in(words: str) -> list[tuple[str, int]]:
    """(code, level) of each language that is named with its level: "English, first language; French B1"."""
    found: dict[str, int] = {}
    named = ""  # and its level not said yet
    for part in re.split(r"[,;/\n]|\.\s| and ", words):
        code, level = _language(part) or named, _level(part)
        if code and level:
            found.setdefault(code, level)
        named = "" if level else code
    return list(found.items())


def _level(words: str) -> int:
    if said := LEVEL.search(words):
        return Level[said[1].upper()]
    native = re.search(r"first language|native|mother tongue", words, re.IGNORECASE)
    return Level.NATIVE if native else 0


def _language(words: str) -> str:
    """The code of the language that is named first, by its name in her language or in English."""
    lower = words.casefold()
    places = [
        (place, code)
        for code, names in languages.names().items()
        for name in names
        if (place := _place(name, lower)) >= 0
    ]
    return min(places)[1] if places else ""


def _place(name: str, words: str) -> int:
    found = re.search(rf"\b{re.escape(name)}\b", words)
    return found.start() if found else -1
