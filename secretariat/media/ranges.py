"""The part of a file that a browser asks for (RFC 9110, section 14): one range of bytes, or all of it."""

import re

ONE_RANGE = re.compile(r"bytes=\s*(\d{0,18})-(\d{0,18})\s*", re.ASCII)


class Unsatisfiable(Exception):
    """The range begins beyond the end."""


def asked_for(header: str, size: int) -> tuple[int, int] | None:
    """The first byte and the byte after the last that `header` asks for, of a file of `size` bytes.

    None means the whole file: no range, several, or one that makes no sense, which a server may disregard.
    Raises Unsatisfiable.
    """
    asked = ONE_RANGE.fullmatch(header)
    if not asked or asked.group(1) == asked.group(2) == "":
        return None
    first, last = asked.groups()
    if first == "":
        start, stop = max(0, size - int(last)), size
    else:
        start, stop = int(first), size if last == "" else min(int(last) + 1, size)
        if last != "" and int(last) < int(first):
            return None
    if start >= size or start == stop:
        raise Unsatisfiable
    return start, stop
