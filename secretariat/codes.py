"""Codes that are told to somebody and typed by her. No table holds one: it is made again when compared."""

from itertools import pairwise

from django.utils.crypto import constant_time_compare, salted_hmac

DIGITS = 6


def six_digits(purpose: str, of: str) -> str:
    """Six digits that nobody would try first, from the office's secret key: the same for the same words."""
    for salt in range(100):
        digest = salted_hmac(purpose, f"{of}:{salt}").digest()
        code = f"{int.from_bytes(digest[:8]) % 10**DIGITS:0{DIGITS}}"
        if not _is_plain(code):
            return code
    raise AssertionError("a hundred digests in a row cannot all be plain")


def is_it(typed: str, code: str) -> bool:
    """Whether that is what she was told; spaces do not matter."""
    return constant_time_compare("".join(typed.split()), code)


def _is_plain(code: str) -> bool:
    """One digit over and over, or a run up or down."""
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(code)}
    return steps in ({0}, {1}, {9})
