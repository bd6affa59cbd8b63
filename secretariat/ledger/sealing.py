"""Chaining committed entries, and proving the chain.

Entries are not chained when written: each writer would wait for the slowest transaction before it. One
sealer at a time, behind an advisory lock, chains what has been committed; while the sweep runs, an entry is
unsealed for two seconds at most.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC

from django.db import connection, transaction
from django.db.models.functions import Now

from .models import LedgerEntry, LedgerHead, LedgerSeal, LedgerUnsealed

SEALER_LOCK = 0x5EA1
BEFORE_THE_FIRST = bytes(32)
AT_MOST = 5_000


@dataclass(frozen=True)
class Proof:
    """What `verify` found: the chain's length and end, and the first thing wrong with it, if any."""

    count: int
    digest: bytes
    unsealed: int
    fault: str = ""


def seal() -> int:
    """Chain committed entries, at most 5,000; return how many. Nought if another sealer is at work."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [SEALER_LOCK])
            if not cursor.fetchone()[0]:
                return 0
        waiting = list(LedgerUnsealed.objects.order_by("entry_id").values_list("pk", flat=True)[:AT_MOST])
        if not waiting:
            return 0
        count, digest = _head()
        links = []
        for entry in LedgerEntry.objects.filter(pk__in=waiting).order_by("pk"):
            count, digest = count + 1, link(digest, entry)
            links.append(LedgerSeal(sequence=count, entry_id=entry.pk, digest=digest))
        LedgerSeal.objects.bulk_create(links)
        LedgerHead.objects.update_or_create(
            pk=LedgerHead.ONLY, defaults={"count": count, "digest": digest, "sealed_at": Now()}
        )
        LedgerUnsealed.objects.filter(pk__in=waiting).delete()
        return len(links)


def verify(anchor: tuple[int, bytes] | None = None) -> Proof:
    """Walk the whole chain and name the first row that is not as it was sealed.

    `anchor` is a count and digest noted earlier and kept elsewhere; the chain must still pass through it.
    Whoever owns the database can rebuild the chain, but not so that it passes through that.
    """
    count, digest, longest = _ends()
    fault = _walk(count, digest, anchor)
    if not fault and longest > count:
        fault = f"the head counts {count} seals, but there are {longest}"
    return Proof(count, digest, LedgerUnsealed.objects.count(), fault or _unchained())


def link(before: bytes, entry: LedgerEntry) -> bytes:
    """The digest that chains `entry` to what came `before`."""
    return hashlib.sha256(before + canonical(entry)).digest()


def canonical(entry: LedgerEntry) -> bytes:
    """The entry as JSON that is the same on every machine: sorted keys, no spaces, UTC with microseconds."""
    facts = {
        "id": entry.pk,
        "at": _moment(entry.at),
        "verb": entry.verb,
        "actor": entry.actor_id and str(entry.actor_id),
        "client": entry.client_id and str(entry.client_id),
        "subject": [entry.subject_kind, entry.subject_id],
        "detail": entry.detail,
        "look_window": entry.look_window and _moment(entry.look_window),
    }
    return json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()


def _moment(at) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _head() -> tuple[int, bytes]:
    head = LedgerHead.objects.filter(pk=LedgerHead.ONLY).first()
    return (head.count, bytes(head.digest)) if head else (0, BEFORE_THE_FIRST)


def _ends() -> tuple[int, bytes, int]:
    """The head's count and digest and the highest seal, of one moment: the sealer may be at work."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT head.count, head.digest, (SELECT coalesce(max(sequence), 0) FROM ledger_seal)"
            " FROM (SELECT) always LEFT JOIN ledger_head head ON true"
        )
        count, digest, longest = cursor.fetchone()
    return (0, BEFORE_THE_FIRST, longest) if count is None else (count, bytes(digest), longest)


def _walk(upto: int, head: bytes, anchor: tuple[int, bytes] | None) -> str:
    """The first thing wrong with the chain up to seal `upto`, which must end in `head`."""
    count, digest = 0, BEFORE_THE_FIRST
    for sealed, entry in _links(upto):
        if sealed.sequence != count + 1:
            return f"seal {count + 1} is gone"
        if entry is None:
            return f"entry {sealed.entry_id} (seal {sealed.sequence}) is gone"
        count, digest = sealed.sequence, link(digest, entry)
        if digest != bytes(sealed.digest):
            return f"entry {entry.pk} (seal {sealed.sequence}) is not as it was sealed"
        if anchor and anchor[0] == count and anchor[1] != digest:
            return f"the chain up to seal {count} is not the one that was noted"
    noted = anchor[0] if anchor else 0
    if max(upto, noted) > count:
        return f"seal {count + 1} is gone: {max(upto, noted)} were counted"
    return "" if digest == head else f"the head does not end as seal {count} does"


def _links(upto: int) -> Iterator[tuple[LedgerSeal, LedgerEntry | None]]:
    after = None
    while True:
        seals = LedgerSeal.objects.filter(sequence__lte=upto).order_by("sequence")
        batch = list((seals if after is None else seals.filter(sequence__gt=after))[:AT_MOST])
        if not batch:
            return
        entries = LedgerEntry.objects.in_bulk([each.entry_id for each in batch])
        for each in batch:
            yield each, entries.get(each.entry_id)
        after = batch[-1].sequence


def _unchained() -> str:
    """An entry that is neither chained nor waiting was hidden from the sealer."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT min(id) FROM ledger_entry e"
            " WHERE NOT EXISTS (SELECT FROM ledger_seal s WHERE s.entry_id = e.id)"
            " AND NOT EXISTS (SELECT FROM ledger_unsealed u WHERE u.entry_id = e.id)"
        )
        lowest = cursor.fetchone()[0]
    return f"entry {lowest} was never sealed and is not waiting to be" if lowest is not None else ""
