"""What languages are called, by their BCP 47 codes."""

from django.conf.locale import LANG_INFO
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from .models import SecretaryLanguage


def name_of(code: str) -> str:
    """ "French" of "fr" and of "fr-CH", in the reader's language; the code itself where nobody knows it."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def at_level(code: str, level: int) -> str:
    """A language and how well it is spoken, so that several of them may stand one after the other."""
    if level == SecretaryLanguage.Level.NATIVE:
        return _("%(language)s (first language)") % {"language": name_of(code)}
    words = {"language": name_of(code), "level": SecretaryLanguage.Level(level).label}
    return _("%(language)s (%(level)s)") % words


def names() -> dict[str, set[str]]:
    """What each language is called: in English, in itself and in the reader's language, in small letters."""
    return {
        code: {each.casefold() for each in (known["name"], known["name_local"], name_of(code))}
        for code, known in LANG_INFO.items()
        if "name" in known and "-" not in code
    }


def everywhere() -> list[tuple[str, str]]:
    """(code, name) of every language that has a name here, by name."""
    codes = [code for code, known in LANG_INFO.items() if "name" in known and "-" not in code]
    return sorted(((code, name_of(code)) for code in codes), key=lambda each: each[1])


def spoken() -> list[tuple[str, str]]:
    """(code, name) of every language that somebody here speaks, by name."""
    codes = {code.split("-")[0] for code in SecretaryLanguage.objects.values_list("language", flat=True)}
    return sorted(((code, name_of(code)) for code in codes), key=lambda each: each[1])
