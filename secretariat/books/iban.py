"""Account numbers as they are written everywhere. Pure."""

import re

SHAPE = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
BIC = re.compile(r"[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?")


def plain(text: str) -> str:
    """Without the spaces it is written with."""
    return re.sub(r"\s", "", text).upper()


def is_good(iban: str) -> bool:
    """Whether its two check digits are right: ISO 13616, modulo 97."""
    if not SHAPE.fullmatch(iban):
        return False
    turned = iban[4:] + iban[:4]
    return int("".join(str(int(each, 36)) for each in turned)) % 97 == 1


def is_bic(text: str) -> bool:
    return bool(BIC.fullmatch(text))


def spaced(iban: str) -> str:
    """In groups of four."""
    return " ".join(iban[at : at + 4] for at in range(0, len(iban), 4))
