"""Pages of long lists by keyset: the thousandth page costs what the first one does."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core import signing
from django.db.models import Q, QuerySet


@dataclass(frozen=True)
class Page:
    rows: list[Any]
    next: str = ""  # cursor of the page that follows; empty on the last one

    def __iter__(self):
        return iter(self.rows)

    def __bool__(self):
        return bool(self.rows)


def page(rows: QuerySet, *, newest_by: str, after: str = "", size: int = 25) -> Page:
    """One page of rows, newest first by this moment column, then by key. A spoilt cursor begins again."""
    rows = rows.order_by(f"-{newest_by}", "-pk")
    if position := _read(after):
        moment, key = position
        # The first condition says nothing new, but an index can begin at it: the second one it cannot use.
        rows = rows.filter(**{f"{newest_by}__lte": moment})
        rows = rows.filter(Q(**{f"{newest_by}__lt": moment}) | Q(**{newest_by: moment, "pk__lt": key}))
    found = list(rows[: size + 1])
    if len(found) <= size:
        return Page(found)
    last = found[size - 1]
    return Page(found[:size], _write(getattr(last, newest_by), last.pk))


def further(rows: QuerySet, *, after: str = "", size: int = 25) -> Page:
    """One page of rows in the order they have, by how many come before: for what waits, which is never long.

    Where what stood there is done meanwhile, and after a spoilt cursor, it begins again.
    """
    begin = int(after) if after.isdecimal() and len(after) < 6 else 0
    found = list(rows[begin : begin + size + 1])
    if begin and not found:
        return further(rows, size=size)
    return Page(found[:size], str(begin + size) if len(found) > size else "")


def _write(moment: datetime, key: UUID) -> str:
    return signing.dumps([moment.isoformat(), str(key)], salt="paging")


def _read(cursor: str):
    if not cursor:
        return None
    try:
        moment, key = signing.loads(cursor, salt="paging")
    except signing.BadSignature:
        return None
    return datetime.fromisoformat(moment), UUID(key)
