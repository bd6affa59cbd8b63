"""When people at the client are engaged, as floors above know it: what stands in their diaries.

Each package may say in its `engagements.py` where that is written down:

    SOURCES = (Source("meetings", rows=lambda client, at: query_set, read=lambda row: Engagement(…)),)
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib import import_module
from uuid import UUID

from django.apps import apps
from django.db.models import QuerySet
from django.utils.module_loading import module_has_submodule

# So far ahead is looked, so that what holds now can say when it ends; far enough for a day at the telephone.
LOOKED_AHEAD = timedelta(hours=24)


@dataclass(frozen=True)
class Engagement:
    """One person at the client, or the client as a whole (None), is engaged from one moment to another."""

    contact_id: UUID | None
    begins: datetime
    ends: datetime
    name: str = ""  # hers
    known_at: datetime | None = None


@dataclass(frozen=True)
class Source:
    """`rows(client, at)`: those that end after `at` and begin within `LOOKED_AHEAD`. Client and moment may be
    expressions."""

    name: str
    rows: Callable[..., QuerySet]
    read: Callable[..., Engagement]


@cache
def sources() -> tuple[Source, ...]:
    found: list[Source] = []
    for config in apps.get_app_configs():
        if config.name != "clients" and module_has_submodule(config.module, "engagements"):
            found += import_module(f"{config.name}.engagements").SOURCES
    return tuple(found)


def spans_of(
    contact_id: UUID | None, engagements: Iterable[Engagement]
) -> tuple[tuple[datetime, datetime], ...]:
    """When this person is engaged, or, where none is named, anybody at the client: in order, joined."""
    hers = sorted(
        (each.begins, each.ends)
        for each in engagements
        if contact_id is None or each.contact_id in (None, contact_id)
    )
    joined: list[tuple[datetime, datetime]] = []
    for begins, ends in hers:
        if joined and begins <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], ends)
        else:
            joined.append((begins, ends))
    return tuple(joined)
