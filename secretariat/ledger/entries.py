"""Writing entries: a plain insert in the transaction of the act itself."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import repeat
from uuid import UUID

from secretariat import clock

from .models import LedgerEntry

LOOKED = "looked"
LOOK_LASTS = timedelta(minutes=10)
# Ids, verbs, states and times. A name or a sentence has a space, an address an @, a number a +.
IDENTIFIER = re.compile(r"[\w.:/-]{0,64}")


def record(verb, *, actor_id=None, client_id=None, subject, detail=None) -> LedgerEntry:
    """Say that `actor_id` (none: the product itself) did `verb` to `subject`, such as ("calls.call", pk).

    `detail` holds ids, verbs, states, numbers, and lists of these. Raises ValueError for anything that
    reads like personal content: the ledger is kept for ever and nothing in it can be erased.
    """
    kind, pk = subject
    return LedgerEntry.objects.create(
        verb=verb,
        actor_id=actor_id,
        client_id=client_id,
        subject_kind=kind,
        subject_id=str(pk),
        detail={key: _identifier(value) for key, value in (detail or {}).items()},
    )


def record_all(
    verb,
    *,
    actor_id=None,
    subjects: Iterable[tuple[str, UUID]],
    clients: Iterable[UUID | None] = (),
) -> None:
    """The same of many subjects at once, an entry each, in one trip. `clients`: theirs, in the same order."""
    LedgerEntry.objects.bulk_create(
        LedgerEntry(verb=verb, actor_id=actor_id, client_id=client, subject_kind=kind, subject_id=str(pk))
        for (kind, pk), client in zip(subjects, clients or repeat(None), strict=False)
    )


def looked(user, client_id, subject) -> None:
    """Say that `user` saw `subject`: at most one entry per person, object and ten minutes by the clock."""
    LedgerEntry.objects.bulk_create([_look(user, client_id, subject, clock.now())], ignore_conflicts=True)


def looked_at_all(user, subjects: Iterable[tuple[str, UUID]]) -> None:
    """The same of a list of people of the firm, in one trip."""
    at = clock.now()
    LedgerEntry.objects.bulk_create([_look(user, None, each, at) for each in subjects], ignore_conflicts=True)


def _look(user, client_id, subject, at: datetime) -> LedgerEntry:
    kind, pk = subject
    return LedgerEntry(
        at=at,
        verb=LOOKED,
        actor_id=user.pk,
        client_id=client_id,
        subject_kind=kind,
        subject_id=str(pk),
        look_window=_window(at),
    )


def _window(at: datetime) -> datetime:
    since = at - datetime(2000, 1, 1, tzinfo=UTC)
    return at - since % LOOK_LASTS


def _identifier(value):
    if isinstance(value, list | tuple | set | frozenset):
        return [_identifier(each) for each in value]
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, str) and IDENTIFIER.fullmatch(value):
        return str(value)
    raise ValueError(f"the ledger takes ids and verbs only, not {type(value).__name__} of this form")
