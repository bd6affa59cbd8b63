"""Announcing: a row in the act's transaction, a hint over Redis once it is committed."""

import json
from functools import partial

from django.db import transaction

from . import hint
from .events import EVENTS, NobodyListens
from .models import LiveEvent


def announce(event, subject_id, version, audience) -> LiveEvent | None:
    """Tell the open browsers of `audience` (user ids) that `subject_id` now has `version`.

    Raises NobodyListens for an event that is not one of EVENTS.

    Nobody to tell: no row. The hint may be lost; the row is found by the next poll of every live process.
    """
    row = unannounced(event, subject_id, version, audience)
    if not row.audience:
        return None
    row.save(force_insert=True)
    hint_at(row)
    return row


def unannounced(event, subject_id, version, audience) -> LiveEvent:
    """The row of an event, not yet written."""
    if event not in EVENTS:
        raise NobodyListens(event)
    named = sorted({str(user_id) for user_id in audience})
    return LiveEvent(event=event, subject_id=str(subject_id), version=version, audience=named)


def hint_at(row: LiveEvent) -> None:
    """Once this is committed, let the live processes know."""
    words = {
        "id": row.pk,
        "event": row.event,
        "subject": row.subject_id,
        "version": row.version,
        "audience": row.audience,
    }
    transaction.on_commit(partial(hint.publish, json.dumps(words)), robust=True)


def last_version(event: str) -> int:
    """The version last announced of this event; 0 if it was not, or longer ago than events are kept."""
    return (
        LiveEvent.objects.filter(event=event).order_by("-pk").values_list("version", flat=True).first() or 0
    )
