"""A practice call as it is played: the supervisor is the caller, and whoever is asked.

No carrier hears of it, and no call, message or work comes of it: all of it is the practice's own row.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secretariat import live
from secretariat.office.models import User

from .models import Practice

RINGS = timedelta(seconds=25)
Stage = Practice.Stage

DEEDS = {
    "ring": gettext_lazy("It rings"),
    "missed": gettext_lazy("She did not answer in time"),
    "decline": gettext_lazy("Not now"),
    "answer": gettext_lazy("She answers"),
    "hold": gettext_lazy("She puts the caller on hold"),
    "resume": gettext_lazy("She comes back to the caller"),
    "ask": gettext_lazy("She asks first: %(words)s"),
    "straight": gettext_lazy("She puts the caller straight through: %(words)s"),
    "take": gettext_lazy("Taken: %(words)s"),
    "refuse": gettext_lazy("Not taken: %(words)s"),
    "connect": gettext_lazy("She puts the caller through: %(words)s"),
    "take-back": gettext_lazy("She takes the caller back"),
    "hang-up": gettext_lazy("She hangs up"),
    "leave": gettext_lazy("The caller hangs up"),
    "more-time": gettext_lazy("She asks for more time"),
    "finish": gettext_lazy("She finishes without a message"),
    "send": gettext_lazy("She sends the message"),
    "none": gettext_lazy("No message: %(words)s"),
}


class NotNow(Exception):
    """It cannot be, or is so already. Says why, in plain words."""


class Stale(Exception):
    """The slip was typed over an older version than the one that is kept: `draft`."""

    def __init__(self, draft: dict):
        super().__init__()
        self.draft = draft


@dataclass(frozen=True)
class Move:
    """Whose it is, from which stages it can be made, and what it does. That returns words for the story."""

    is_hers: bool
    stages: tuple[str, ...]
    act: Callable[[Practice, datetime, Mapping], str | None]


def _ring(practice: Practice, at: datetime, said: Mapping) -> None:
    if practice.written_at or practice.judged_at:
        raise NotNow(_("This practice is written already."))
    practice.stage, practice.ring_until = Stage.RINGING, at + RINGS


def _decline(practice: Practice, at: datetime, said: Mapping) -> None:
    practice.stage = Stage.WAITING


def _answer(practice: Practice, at: datetime, said: Mapping) -> None:
    practice.stage, practice.answered_at = Stage.TALKING, at


def _hold(practice: Practice, at: datetime, said: Mapping) -> None:
    _refuse_if(practice.held_at is not None)
    practice.held_at = at


def _resume(practice: Practice, at: datetime, said: Mapping) -> None:
    _refuse_if(practice.held_at is None)
    practice.held_at = None


def _asks(way: str):
    def act(practice: Practice, at: datetime, said: Mapping) -> str:
        name = said.get("person", "")
        if name not in people_of(practice):
            raise NotNow(_("Choose whom to ask."))
        words = {key: str(said.get(key, ""))[:240] for key in ("why", "who")}
        practice.put = {"name": name, "way": way, "asked_at": at.isoformat()} | words
        practice.stage, practice.held_at = Stage.ASKING, practice.held_at or at
        return ", ".join(filter(None, [name, words["why"]]))

    return act


def _take(practice: Practice, at: datetime, said: Mapping) -> str:
    practice.put["taken_at"] = at.isoformat()
    if practice.put["way"] == "straight":
        _through(practice, at)
    else:
        practice.stage = Stage.JOINED
    return practice.put["name"]


def _refuse(practice: Practice, at: datetime, said: Mapping) -> str:
    practice.put["refused_at"] = at.isoformat()
    practice.stage, practice.held_at = Stage.TALKING, None
    return practice.put["name"]


def _connect(practice: Practice, at: datetime, said: Mapping) -> str:
    _through(practice, at)
    return practice.put["name"]


def _take_back(practice: Practice, at: datetime, said: Mapping) -> None:
    practice.put["back_at"] = at.isoformat()
    practice.stage, practice.held_at = Stage.TALKING, None


def _through(practice: Practice, at: datetime) -> None:
    practice.put["through_at"] = at.isoformat()
    _end(practice, at)


def _end(practice: Practice, at: datetime, said: Mapping | None = None) -> None:
    """The line ends. What is written already is not to be finished any more, as at her desk."""
    practice.stage = Stage.OVER if practice.written_at else Stage.WRAP_UP
    practice.held_at, practice.ended_at = None, at


def _more_time(practice: Practice, at: datetime, said: Mapping) -> None:
    practice.has_more_time = True


def _finish(practice: Practice, at: datetime, said: Mapping) -> None:
    _refuse_if(not (practice.put and "through_at" in practice.put))
    practice.stage, practice.written_at, practice.draft = Stage.OVER, at, None


MOVES = {
    "ring": Move(False, (Stage.WAITING,), _ring),
    "take": Move(False, (Stage.ASKING,), _take),
    "refuse": Move(False, (Stage.ASKING,), _refuse),
    "leave": Move(False, Practice.IN_CALL, _end),
    "answer": Move(True, (Stage.RINGING,), _answer),
    "decline": Move(True, (Stage.RINGING,), _decline),
    "hold": Move(True, (Stage.TALKING,), _hold),
    "resume": Move(True, (Stage.TALKING,), _resume),
    "ask": Move(True, (Stage.TALKING,), _asks("ask")),
    "straight": Move(True, (Stage.TALKING,), _asks("straight")),
    "connect": Move(True, (Stage.JOINED,), _connect),
    "take-back": Move(True, (Stage.ASKING, Stage.JOINED), _take_back),
    "hang-up": Move(True, Practice.IN_CALL, _end),
    "more-time": Move(True, (Stage.WRAP_UP,), _more_time),
    "finish": Move(True, (Stage.WRAP_UP,), _finish),
}
OF_THE_FIRM = [verb for verb, move in MOVES.items() if not move.is_hers]
HERS = [verb for verb, move in MOVES.items() if move.is_hers]


def _refuse_if(impossible: bool) -> None:
    if impossible:
        raise NotNow(_("That is no longer possible. This is how it stands now."))


@transaction.atomic
def move(practice_id: UUID, verb: str, *, at: datetime, said: Mapping[str, Any] | None = None) -> Practice:
    """Make one of MOVES, and let both see it. Raises NotNow where the call is not there (any more)."""
    practice, made = locked(practice_id, at=at), MOVES[verb]
    _refuse_if(practice.stage not in made.stages or practice.judged_at is not None)
    tell(practice, verb, made.act(practice, at, said or {}) or "", at=at)
    return practice


def locked(practice_id: UUID, *, at: datetime) -> Practice:
    """The row, to be changed: as it stands now, whoever let a ring pass."""
    rows = Practice.objects.select_related("secretary", "client").select_for_update(of=["self"])
    practice = rows.get(pk=practice_id)
    if practice.stage_at(at) != practice.stage and practice.ring_until:
        practice.stage = Stage.WAITING
        _note(practice, "missed", "", practice.ring_until)
    return practice


def tell(practice: Practice, deed: str, words: str, *, at: datetime) -> None:
    """Write it down, and let her page and the supervisor's ask again."""
    _note(practice, deed, words, at)
    changed(practice)


def changed(practice: Practice) -> None:
    """Save it, and let both pages ask again."""
    practice.version += 1
    practice.save()
    both = {practice.secretary.user_id, practice.by_id}
    live.announce("rota.changed", practice.pk, practice.version, both)


def _note(practice: Practice, deed: str, words: str, at: datetime) -> None:
    practice.story = [*(practice.story or ()), [at.isoformat(), deed, words]]


@transaction.atomic
def keep(
    practice_id: UUID, values: dict[str, str], shown: list, *, revision: int, unheard: Iterable, at: datetime
) -> dict:
    """Keep what stands in her slip, for the supervisor to see. Raises Stale where something newer is kept.

    What was sent already is not kept again. As at her desk, `unheard` are versions of her own.
    """
    practice = locked(practice_id, at=at)
    draft = practice.draft or {"revision": 0, "values": {}, "shown": [], "saved_at": at.isoformat()}
    if practice.written_at is not None or (draft["revision"] != revision and draft["values"] == values):
        return draft | {"revision": max(draft["revision"], revision)}
    if draft["revision"] != revision and draft["values"] not in list(unheard):
        raise Stale(draft)
    kept = {"revision": draft["revision"] + 1, "values": values, "shown": shown, "saved_at": at.isoformat()}
    practice.draft = kept
    practice.save(update_fields=["draft"])
    live.announce("rota.changed", practice.pk, practice.version, {practice.by_id})
    return kept


def people_of(practice: Practice) -> list[str]:
    return list(practice.copy["people"])


def story(practice: Practice, reader: User) -> list[dict]:
    """What was done and when, on the clock of whoever reads it; the seconds count."""
    zone = ZoneInfo(reader.zone)
    return [
        {
            "at": f"{datetime.fromisoformat(at).astimezone(zone):%H:%M:%S}",
            "words": DEEDS[deed] % {"words": words},
            "did": True,
        }
        for at, deed, words in practice.story or ()
    ]
