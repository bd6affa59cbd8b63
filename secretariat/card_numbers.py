"""Find payment card numbers in what somebody typed, so that they are never written down.

A number counts when its length, its issuer's first digits and its check digit (ISO/IEC 7812) all fit.
Thirteen digits are left alone: a German mobile number looks just like an old Visa card. What follows a
plus sign and is a possible telephone number is left alone too.
"""

import re
import unicodedata

import phonenumbers

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_RUN = re.compile(r"\+?\d(?:[ \t\r\n.,/_·‐-―-]{0,3}\d){13,40}")
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


def _plain(text: str) -> tuple[str, list[int]]:
    """The text in plain digits without invisible characters, and where each character came from."""
    plain, origin = [], []
    for position, character in enumerate(text):
        for plainer in unicodedata.normalize("NFKC", character).translate(_INVISIBLE):
            digit = unicodedata.digit(plainer, None)
            plain.append(plainer if digit is None else str(digit))
            origin.append(position)
    return "".join(plain), origin


def _cards(plain: str):
    for run in _RUN.finditer(plain):
        if run.group().startswith("+") and _is_telephone(run.group()):
            continue
        places = [place for place in range(run.start(), run.end()) if plain[place].isdigit()]
        digits = "".join(plain[place] for place in places)
        index = 0
        while index <= len(digits) - min(_LENGTHS):
            length = _card_length(digits, index, places)
            if not length:
                index += 1
                continue
            yield places[index], places[index + length - 1] + 1, digits[index + length - 4 : index + length]
            index += length


def _card_length(digits: str, index: int, places: list[int]) -> int:
    """How many digits from here make a card number; 0 when none do. A card never begins in mid-group."""
    if index and places[index] == places[index - 1] + 1:
        return 0
    for length in _LENGTHS:
        card = digits[index : index + length]
        after = index + length
        if len(card) < length or (after < len(places) and places[after] == places[after - 1] + 1):
            continue
        if any(first.match(card) and length in lengths for first, lengths in _ISSUERS) and _checks(card):
            return length
    return 0


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
