"""What in somebody's words leads past the firm: a mailbox, the address of a site, or a number to dial. Pure.

Numbers are told from dates, hours, years and sums by the rules of the places that give them out: what nobody
could dial there is no number. What reads as a day, as hours or as a sum of money is one, though it could be.
"""

import re
from collections.abc import Collection, Iterable, Iterator

import phonenumbers
from phonenumbers import Leniency, PhoneNumberMatcher, ValidationResult

NOWHERE = "ZZ"  # no place: only what begins with a plus can be dialled from there
MAILBOX = re.compile(r"\S+@\S+")
SITE = re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)
# From abroad 00 is dialled in most places. Put as a plus of the same length, so that places in the text stay.
DIALLED_ABROAD = re.compile(r"(?<![\d+])00(?=[\s\-]?[1-9])")

# Ends of hosts. Places have two letters; of those that are endings of files as well nobody means the place.
GENERIC = "com|org|net|info|biz|edu|gov|eu|uk|app|dev|online|site|website|page|shop|store|blog|pro|cloud"
PLACES = "|".join(sorted(each.lower() for each in phonenumbers.SUPPORTED_REGIONS - {"MD", "PY"}))
ENDINGS = f"{GENERIC}|{PLACES}"
# All of one case: “done.It works” lacks a space, and leads nowhere. One letter is “e.g.” and the like.
HOST = re.compile(rf"(?<![\w.@-])(?:[^\W_][\w-]+\.)+(?:{ENDINGS})(?![\w-])(?!\.\w)(?:/\S*)?")
HOST_IN_CAPITALS = re.compile(rf"(?<![\w.@-])(?:[^\W_a-z][^\Wa-z]+\.)+(?:{ENDINGS.upper()})(?![\w-])(?!\.\w)")
# Written with a point, and known by it.
NO_HOSTS = {"asp.net", "vb.net", "ado.net"}

_DAY, _MONTH, _YEAR = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])", r"(?:19|20)\d\d"
_DATE = "|".join(
    rf"{first}{sep}{second}{sep}{third}"
    for sep in (r"\.\s?", "/", "-")
    for first, second, third in (
        (_DAY, _MONTH, rf"(?:{_YEAR}|\d\d)"),
        (_MONTH, _DAY, rf"(?:{_YEAR}|\d\d)"),
        (_YEAR, _MONTH, _DAY),
    )
)
_HOURS = r"(?:[01]?\d|2[0-4])[.:][0-5]\d(?:\s?[-–]\s?(?:[01]?\d|2[0-4])[.:][0-5]\d)?"
_YEARS = rf"{_YEAR}\s?[-–/]\s?{_YEAR}"
_WHEN = rf"(?:{_DATE}|{_HOURS}|{_YEARS}|{_YEAR})"
WHEN = re.compile(rf"{_WHEN}(?:(?=[\s,;–-])[\s,;]*[-–]?[\s,;]*{_WHEN})*")
RUN = re.compile(r"\d(?:[\s.,:;/–-]*\d)*")

MONEY = "EUR|GBP|USD|CHF|SEK|NOK|DKK|ISK|PLN|CZK|HUF|RON|BGN|TRY|JPY|CNY|INR|KRW|AUD|NZD|CAD|BRL|MXN|ZAR|AED"
SIGNS = "€$£¥₹"
SUM = re.compile(r"\d{1,3}(?:[\s.,’'\u00a0\u202f]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?")
BEFORE_A_SUM = re.compile(rf"(?:[{SIGNS}]|\b(?:{MONEY}))\s?$")
BEHIND_A_SUM = re.compile(rf"\s?(?:[{SIGNS}]|(?:{MONEY})\b)")


def first(words: str, countries: Iterable[str] = ()) -> str:
    """The first thing in these words by which somebody could be reached; empty if nothing.

    `countries` (ISO 3166, two letters): where what is written without a plus is dialled.
    """
    for pattern in (MAILBOX, SITE):
        if found := pattern.search(words):
            return found.group().strip()
    return next(_hosts(words), "") or next(_numbers(words, set(countries)), "")


def _hosts(words: str) -> Iterator[str]:
    for pattern in (HOST, HOST_IN_CAPITALS):
        yield from (each for each in pattern.findall(words) if each.lower() not in NO_HOSTS)


def _numbers(words: str, countries: Collection[str]) -> Iterator[str]:
    dialled = DIALLED_ABROAD.sub(" +", words)
    for match in PhoneNumberMatcher(dialled, NOWHERE, Leniency.POSSIBLE):
        # Without its area nobody dials it from abroad.
        if phonenumbers.is_possible_number_with_reason(match.number) == ValidationResult.IS_POSSIBLE:
            begins = match.start - (words[match.start] == "0")
            yield words[begins : match.end].strip()
    for country in sorted(countries):
        for match in PhoneNumberMatcher(words, country, Leniency.VALID):
            if not _is_something_else(words, match.start, match.end):
                yield match.raw_string.strip()


def _is_something_else(words: str, start: int, end: int) -> bool:
    """Whether it reads as days, hours or years, or as a sum of money, by itself or with what it stands in."""
    around = [
        (each.start(), each.end()) for each in RUN.finditer(words) if each.start() <= start < each.end()
    ]
    for since, until in [(start, end), *around]:
        it = words[since:until]
        if WHEN.fullmatch(it):
            return True
        has_money = BEFORE_A_SUM.search(words[:since]) or BEHIND_A_SUM.match(words[until:])
        if has_money and SUM.fullmatch(it):
            return True
    return False
