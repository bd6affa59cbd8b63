"""Find payment card numbers in what somebody typed or said, so that they are never written down.

A number counts when its length, its issuer's first digits and its check digit (ISO/IEC 7812) all fit, in
digits of any script or in English number words ("four one double one"), which is how dictation is typed.
Thirteen digits are left alone: a German mobile number looks just like an old Visa card. What follows a
plus sign and is a possible telephone number is left alone too.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

import phonenumbers


def _words(words: str) -> list[str]:
    return words.split()


# What shows nothing, beside the categories: fillers of Hangul and Khmer, and the signs kept free for more.
_INVISIBLE = re.compile("[\u115f\u1160\u17b4\u17b5\u3164\uffa0\ufff0-\ufff8\U000e0000-\U000e0fff]")
_APART = r"[\s\x00-\x1f\x7f.,/_·‐-―−\u2800-]"
_UNITS = {word: str(n) for n, word in enumerate(_words("one two three four five six seven eight nine"), 1)}
_SINGLES = _UNITS | dict.fromkeys(_words("zero oh o nought naught nil"), "0")
_TEENS = {
    word: str(n)
    for n, word in enumerate(
        _words("ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"), 10
    )
}
_TWENTIES = {
    word: str(n) for n, word in enumerate(_words("twenty thirty forty fifty sixty seventy eighty ninety"), 2)
}
_TIMES = {"double": 2, "triple": 3, "treble": 3, "quadruple": 4}
_FIGURE = re.compile(
    rf"""\d
    |(?<![^\W_])(?:
        (?:(?P<times>{"|".join(_TIMES)}){_APART}{{1,3}})?(?P<single>{"|".join(_SINGLES)})
        |(?P<many>{"|".join(_TIMES)}){_APART}{{1,3}}(?P<digit>\d)
        |(?P<teen>{"|".join(_TEENS)})
        |(?P<twenty>{"|".join(_TWENTIES)})(?:[\s‐-―-](?P<unit>{"|".join(_UNITS)}))?
    )(?![^\W_])""",
    re.VERBOSE,
)
_UNNAMED = re.sub(r"P<[a-z]+>", ":", _FIGURE.pattern)
_RUN = re.compile(
    rf"(?=[+\dpzontfsedq])"  # most letters begin none: they are soon passed
    rf"(?:\+|(?<![^\W_])plus\s+)?(?:{_UNNAMED})(?:{_APART}{{0,3}}+(?:{_UNNAMED})){{4,}}",
    re.VERBOSE,
)
# First digits and the lengths that go with them.
_ISSUERS = [
    (re.compile(r"4"), {16, 19}),  # Visa
    (re.compile(r"5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720"), {16}),  # Mastercard
    (re.compile(r"3[47]"), {15}),  # American Express
    (re.compile(r"6011|64[4-9]|65"), {16, 17, 18, 19}),  # Discover
    (re.compile(r"30[0-5]|3[689]"), {14, 16, 19}),  # Diners
    (re.compile(r"35(?:2[89]|[3-8])"), {16, 17, 18, 19}),  # JCB
    (re.compile(r"62|81"), {16, 17, 18, 19}),  # UnionPay
    (re.compile(r"5018|5020|5038|5893|6304|6759|676[1-3]"), {16, 17, 18, 19}),  # Maestro
]
_LENGTHS = (19, 18, 17, 16, 15, 14)


@dataclass
class _Figures:
    """The digits of a run: where each begins and ends, whether it adjoins the last, whether it was a word."""

    digits: str = ""
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    goes_on: list[bool] = field(default_factory=list)
    said: list[bool] = field(default_factory=list)


def redact(text: str) -> tuple[str, int]:
    """Return the text with every card number replaced by its last four digits, and how many there were."""
    found = 0
    plain, origin = _plain(text)
    out, copied = [], 0
    for start, end, last_four in _cards(plain):
        out.append(text[copied : origin[start]])
        out.append(f"[card number not kept, ends {last_four}]")
        copied = origin[end - 1] + 1
        found += 1
    out.append(text[copied:])
    return "".join(out), found


class _Plainer(dict[str, str]):
    """Each character in small letters and plain digits; nothing for what shows nothing."""

    def __missing__(self, character: str) -> str:
        plainer = "".join(map(_in_digits, unicodedata.normalize("NFKC", character))).lower()
        if len(self) < 5000:
            self[character] = plainer
        return plainer


def _in_digits(character: str) -> str:
    if unicodedata.category(character) in ("Cf", "Mn", "Me") or _INVISIBLE.match(character):
        return ""
    digit = unicodedata.digit(character, None)
    return character if digit is None else str(digit)


_PLAINER = _Plainer()


def _plain(text: str) -> tuple[str, list[int] | range]:
    """The text in plain digits without invisible characters, and where each character came from."""
    if text.isascii():
        return text.lower(), range(len(text))
    pieces = [_PLAINER[character] for character in text]
    return "".join(pieces), [place for place, piece in enumerate(pieces) for _each in piece]


def _cards(plain: str) -> Iterator[tuple[int, int, str]]:
    for run in _RUN.finditer(plain):
        figures = _figures(plain, run.start(), run.end())
        digits = figures.digits
        if len(digits) < min(_LENGTHS):
            continue
        index = _telephone_length(figures) if run.group().startswith(("+", "plus")) else 0
        while index <= len(digits) - min(_LENGTHS):
            length = _card_length(figures, index)
            if not length:
                index += 1
                continue
            after = index + length
            yield figures.starts[index], figures.ends[after - 1], digits[after - 4 : after]
            index = after


def _figures(plain: str, start: int, end: int) -> _Figures:
    made, digits = _Figures(), []
    for figure in _FIGURE.finditer(plain, start, end):
        said = _said(figure)
        new = said or figure.group()
        digits.append(new)
        adjoins = bool(made.ends) and made.ends[-1] == figure.start()
        made.goes_on += [adjoins, *[True] * (len(new) - 1)]
        made.starts += [figure.start()] * len(new)
        made.ends += [figure.end()] * len(new)
        made.said += [bool(said)] * len(new)
    made.digits = "".join(digits)
    return made


def _said(figure: re.Match[str]) -> str:
    """The digits that this word or these words say; empty where it is a digit."""
    match figure.lastgroup:
        case "single":
            return _SINGLES[figure["single"]] * _TIMES.get(figure["times"], 1)
        case "digit":
            return figure["digit"] * _TIMES[figure["many"]]
        case "teen":
            return _TEENS[figure["teen"]]
        case "twenty" | "unit":
            return _TWENTIES[figure["twenty"]] + _UNITS.get(figure["unit"], "0")
    return ""


def _telephone_length(figures: _Figures) -> int:
    """How many digits after a plus sign are a telephone number: all, or those before a word; or none."""
    before_a_word = figures.said.index(True) if True in figures.said else 0
    for length in (len(figures.digits), before_a_word):
        if length and _is_telephone(f"+{figures.digits[:length]}"):
            return length
    return 0


def _card_length(figures: _Figures, index: int) -> int:
    """How many digits from here make a card number; 0 when none do. A card never begins in mid-group."""
    if figures.goes_on[index] or _is_a_word_beside(figures, index, 1):
        return 0
    for length in _LENGTHS:
        card = figures.digits[index : index + length]
        after = index + length
        if len(card) < length or (after < len(figures.goes_on) and figures.goes_on[after]):
            continue
        if _is_a_word_beside(figures, after - 1, -1):
            continue
        if any(first.match(card) and length in lengths for first, lengths in _ISSUERS) and _checks(card):
            return length
    return 0


def _is_a_word_beside(figures: _Figures, edge: int, step: int) -> bool:
    """One word beside a group of digits is a word of its own: "serial number 356938035643809, one set"."""
    inner, further = edge + step, edge + 2 * step
    return (
        figures.said[edge]
        and not figures.said[inner]
        and not figures.said[further]
        and figures.goes_on[max(inner, further)]
    )


def _checks(card: str) -> bool:
    total = 0
    for position, digit in enumerate(reversed(card)):
        value = int(digit) * (2 if position % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _is_telephone(text: str) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(text))
    except phonenumbers.NumberParseException:
        return False
