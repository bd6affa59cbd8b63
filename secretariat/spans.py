"""Spans of whatever has an order, such as moments or the minutes of a day: each its beginning and its end."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

Place = TypeVar("Place")
Span = tuple[Place, Place]


def joined(spans: Iterable[Span]) -> Iterator[Span]:
    """Those made one that touch or overlap. They come in the order in which they begin, and may never end."""
    current: Span | None = None
    for begins, ends in spans:
        if current and begins <= current[1]:
            current = current[0], max(current[1], ends)
            continue
        if current:
            yield current
        current = begins, ends
    if current:
        yield current


def without(spans: Iterable[Span], taken: Sequence[Span]) -> Iterator[Span]:
    """What of these lies in none of the taken. The taken come in order, and none overlaps another."""
    for begins, ends in spans:
        for since, until in taken:
            if until <= begins or since >= ends:
                continue
            if since > begins:
                yield begins, since
            begins = max(begins, until)
        if begins < ends:
            yield begins, ends
