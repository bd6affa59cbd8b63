"""Telephone numbers: how they are kept, and how they are shown."""

from dataclasses import dataclass

import phonenumbers
from django.utils.translation import gettext as _
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType

# What carriers send in place of a number the caller keeps to herself.
WITHHELD_WORDS = frozenset(
    {"", "anonymous", "blocked", "private", "restricted", "unavailable", "unknown", "withheld"}
)
# The same words typed on a telephone's keys, which some carriers send as if they were a number.
WITHHELD_KEYS = frozenset({"266696687", "7378742833", "2562533", "8656696", "86282452253"})

NO_MOBILE = frozenset(
    {
        PhoneNumberType.FIXED_LINE,
        PhoneNumberType.TOLL_FREE,
        PhoneNumberType.PREMIUM_RATE,
        PhoneNumberType.SHARED_COST,
        PhoneNumberType.UAN,
    }
)


@dataclass(frozen=True)
class Number:
    """A number as we keep it. `e164` is empty where there is none to dial; `because` says why."""

    e164: str
    because: str = ""
    withheld: bool = False


def read(raw: str, country: str) -> Number:
    """What `raw` means when it is written or dialled in `country` (ISO 3166, two letters)."""
    words = raw.strip()
    if is_withheld(words):
        return Number("", _("The number was withheld."), withheld=True)
    try:
        number = phonenumbers.parse(words, country or None)
    except NumberParseException:
        return Number("", _("This is not a telephone number."))
    # `possible`, not `valid`: numbering plans change faster than the library's tables.
    if not phonenumbers.is_possible_number(number):
        return Number("", _("This number cannot be dialled: it is too short or too long."))
    return Number(phonenumbers.format_number(number, PhoneNumberFormat.E164))


def is_withheld(words: str) -> bool:
    """Whether the carrier says in this way that the caller keeps her number to herself."""
    bare = words.removeprefix("sip:").split("@")[0]
    return bare.casefold() in WITHHELD_WORDS or bare.lstrip("+") in WITHHELD_KEYS


def normalise(raw: str, country: str) -> str:
    """`raw` as E.164, or nothing where it was withheld or cannot be dialled."""
    return read(raw, country).e164


def international(raw: str) -> str | None:
    """As `normalise`, for whoever does not know the country yet: None where it depends on that."""
    words = raw.strip()
    if words.startswith("+") or is_withheld(words):
        return normalise(words, "")
    return None


def spaced(e164: str) -> str:
    """A number for the eye: international and grouped, "+44 7700 900123". Anything else as it is."""
    try:
        number = phonenumbers.parse(e164, None)
    except NumberParseException:
        return e164
    return phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)


def takes_texts(e164: str) -> bool:
    """Whether a text to this number may arrive. Only what is surely no mobile is refused."""
    try:
        number = phonenumbers.parse(e164, None)
    except NumberParseException:
        return False
    return phonenumbers.number_type(number) not in NO_MOBILE
