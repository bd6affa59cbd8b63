"""A number the secretary types to put a caller through to: whether it may be rung. Pure."""

import phonenumbers
from django.utils.translation import gettext as _
from phonenumbers import NumberParseException, PhoneNumberType, ValidationResult

from clients import numbers
from clients.numbers import Number

DEAR_KINDS = (PhoneNumberType.PREMIUM_RATE, PhoneNumberType.PERSONAL_NUMBER)
# By satellite, and the world's own numbers that are charged above all others.
DEAR_CODES = frozenset({870, 878, 881, 882, 883, 979})


def read(raw: str, country: str) -> Number:
    """The number as it is rung from `country`, or the sentence why it may not be."""
    words = raw.strip()
    if not any(letter.isdigit() for letter in words):
        return Number("", _("Type the number to ring."))
    if _is_emergency(words, country):
        return Number("", _("This is an emergency number. A caller is never put through to it by us."))
    if _is_short(words, country):
        return Number("", _("This is a short number, which cannot be rung from here."))
    number = numbers.read(words, country)
    if not number.e164:
        return number
    parsed = phonenumbers.parse(number.e164)
    if phonenumbers.is_possible_number_with_reason(parsed) == ValidationResult.IS_POSSIBLE_LOCAL_ONLY:
        return Number("", _("This number lacks its area code."))
    if phonenumbers.number_type(parsed) in DEAR_KINDS or parsed.country_code in DEAR_CODES:
        return Number("", _("A number of this kind costs more than an ordinary call, and is not rung."))
    return number


def _is_emergency(words: str, country: str) -> bool:
    return phonenumbers.connects_to_emergency_number(words, country) or _digits(words) in (
        "112",
        "911",
        "999",
    )


def _is_short(words: str, country: str) -> bool:
    if words.startswith("+"):
        return False
    try:
        parsed = phonenumbers.parse(words, country or None)
    except NumberParseException:
        return len(_digits(words)) < 4
    short = phonenumbers.is_possible_short_number_for_region(parsed, country)
    return short and phonenumbers.is_possible_number_with_reason(parsed) != ValidationResult.IS_POSSIBLE


def _digits(words: str) -> str:
    return "".join(filter(str.isdigit, words))
