"""Announcing: a row in the act's transaction, a hint over Redis once it is committed."""

import json
from functools import partial

from django.db import transaction

from . import hint
from .models import LiveEvent


def announce(event, subject_id, version, audience) -> LiveEvent | None:
    """Tell the open browsers of `audience` (user ids) that `subject_id` now has `version`.

    Nobody to tell: no row. The hint may be lost; the row is found by the next poll of every live process.
    """
    audience = sorted({str(user_id) for user_id in audience})
    if not audience:
        return None
    row = LiveEvent.objects.create(
        event=event, subject_id=str(subject_id), version=version, audience=audience
    )
    words = {
        "id": row.pk,
        "event": event,
        "subject": row.subject_id,
        "version": version,
        "audience": audience,
    }
    transaction.on_commit(partial(hint.publish, json.dumps(words)), robust=True)
    return row
