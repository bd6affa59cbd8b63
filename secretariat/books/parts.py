"""Runs too large for one request: workers do them part by part, and what is cut short goes on by itself.

A run counts how many parts are left. A part counts down in the transaction that ends its effect, so each does
once, whatever became of its worker. A part must do no harm when it is done twice: its lease may have ended
while it was still at work.
"""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from secretariat import outbox
from secretariat.ids import uuid7
from secretariat.outbox.models import Effect

from .models import InParts


def begin(run: InParts, kind: str, keys: Sequence[UUID], *, size: int) -> bool:
    """Have these done, so many at a time. False if they are few enough for the caller to do it at once.

    Within the caller's transaction. Whatever is left of an earlier turn is not done any more.
    """
    pieces = [keys[n : n + size] for n in range(0, len(keys), size)]
    few = len(pieces) <= 1
    run.turn, run.hindered = uuid7(), {}
    run.parts = run.parts_left = 0 if few else len(pieces)
    run.save(update_fields=["turn", "hindered", "parts", "parts_left"])
    for n, piece in enumerate(() if few else pieces):
        outbox.post(
            kind,
            key=f"{kind}:{run.turn}:{n}",
            queue=Effect.Queue.CPU,
            subject=(run._meta.label_lower, run.pk),
            payload={"turn": str(run.turn), "part": n, "keys": [str(key) for key in piece]},
        )
    return not few


def of(model: type[InParts], effect: Effect) -> InParts | None:
    """The run that this part belongs to; None once it has begun anew, or is gone."""
    return model._default_manager.filter(pk=effect.subject_id, turn=effect.payload["turn"]).first()


def keys_of(effect: Effect) -> list[UUID]:
    return [UUID(key) for key in effect.payload["keys"]]


@transaction.atomic
def hinder(run: InParts, words: dict[UUID, str]) -> None:
    """Keep what hindered any of them, in words, for whoever looks at the run."""
    if words and (held := _held(type(run), run.pk, run.turn)):
        held.hindered |= {str(key): said for key, said in words.items()}
        held.save(update_fields=["hindered"])


def ended(model: type[InParts], effect: Effect, *, failed: str = "") -> InParts | None:
    """A part has come to its end, or failed for a reason in words. The run, if nothing is left of it."""
    held = _held(model, effect.subject_id, effect.payload["turn"])
    if held is None:
        return None
    part = f"part {effect.payload['part']}"
    if failed:
        held.hindered |= {part: failed}
    else:
        held.hindered.pop(part, None)  # it was done again
        held.parts_left -= 1
    held.save(update_fields=["hindered", "parts_left"])
    return None if held.goes_on else held


def _held(model: type[InParts], pk, turn) -> InParts | None:
    """Locked against another part that ends, but not against rows that name it."""
    rows = model._default_manager.select_for_update(of=("self",), no_key=True)
    return rows.filter(pk=pk, turn=turn).first()
