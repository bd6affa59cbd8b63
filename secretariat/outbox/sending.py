"""Carry out what is due. The worker, the sweep and the tests all come through here."""

import logging
import math
import time
from uuid import uuid4

from secretariat.acting import acting_for
from secretariat.channels.errors import Refused, Silent

from . import breaking, effects, ending, leasing
from .effects import CannotAsk
from .models import Effect
from .naming import fault_name
from .retrying import MOST_ATTEMPTS, SETTLING, wait_after

logger = logging.getLogger(__name__)
ONE_TURN = 50
RECLAIM_EVERY = 2.0  # seconds


def drain(queue, at_most: int = ONE_TURN) -> int:
    """Carry out up to so many due effects of this queue, one after another. Returns how many were leased."""
    turn = _Turn(queue, at_most)
    while (effect := turn.takes()) is not None:
        carry_out(effect, turn)
    return turn.leased


class _Turn:
    """One worker's turn at a queue. Telling that an effect was sent and leasing the next are one trip."""

    def __init__(self, queue, at_most: int):
        self._queue, self._at_most, self._owner = queue, at_most, uuid4()
        self._next: Effect | None = None
        self._reclaimed_at = -math.inf
        self.leased = 0

    def takes(self) -> Effect | None:
        if self.leased >= self._at_most:
            return None
        # Not only once: with a slow provider a turn outlasts many a lease that ended beside it.
        if time.monotonic() - self._reclaimed_at >= RECLAIM_EVERY:
            leasing.reclaim(self._queue)
            self._reclaimed_at = time.monotonic()
        effect, self._next = self._next or leasing.lease(self._queue, self._owner), None
        self.leased += effect is not None
        return effect

    def sent(self, effect: Effect, receipt: str, *, by: str) -> None:
        if self.leased < self._at_most:
            self._next = leasing.done_and_lease(effect, receipt, by=by, queue=self._queue, owner=self._owner)
        else:
            ending.done(effect, receipt, by=by)


@acting_for(None)
def carry_out(effect: Effect, turn: _Turn) -> None:
    """See one leased effect to its end, or back among the waiting."""
    kind = effects.handler(effect.kind)
    try:
        if effect.perhaps_sent and not _surely_not_sent(effect, kind):
            return
        objection = kind.may_send(effect)
    except Exception as fault:
        _put_back(effect, fault_name(fault))
        return
    if objection:
        ending.cancelled(effect, objection)
    elif leasing.fence(effect):
        effect.perhaps_sent = True
        _send(effect, kind, turn)


def _send(effect, kind, turn) -> None:
    try:
        receipt = kind.send(effect)
    except Refused as refusal:
        if refusal.outage:
            breaking.failed(kind.channel)
        else:
            breaking.answered(kind.channel, well=refusal.permanent)
        if refusal.permanent:
            ending.dead(effect, refusal.code)
        else:
            effect.perhaps_sent = False
            _put_back(effect, refusal.code, retry_after=refusal.retry_after)
    except Silent as silence:
        breaking.failed(kind.channel)
        _after_silence(effect, kind, silence.code)
    except Exception as fault:  # our own mistake, at a moment nobody knows: perhaps sent
        logger.error("send failed", extra={"effect": str(effect.pk), "fault": fault_name(fault)})
        _after_silence(effect, kind, fault_name(fault))
    else:
        turn.sent(effect, receipt, by=kind.channel)


def _surely_not_sent(effect, kind) -> bool:
    """An earlier attempt may have reached the provider: ask before another one is made."""
    answer = kind.ask(effect)
    if answer is None:
        return True
    _believe(effect, answer)
    return False


def _after_silence(effect, kind, code) -> None:
    try:
        answer = kind.ask(effect)
    except Exception:  # no answer to this either: ask again before the next attempt
        _put_back(effect, code, at_least=SETTLING)
        return
    if answer is None:
        # What the provider does not show yet it may show in a moment, so the next attempt asks again.
        _put_back(effect, code, at_least=SETTLING)
    else:
        _believe(effect, answer, code)


def _believe(effect, answer, code="") -> None:
    if answer is CannotAsk:
        ending.unknown(effect, code or effect.reason)
    else:
        ending.done(effect, answer)


def _put_back(effect, code, **pause) -> None:
    if effect.attempts >= MOST_ATTEMPTS:
        ending.give_up(effect, code)
    else:
        wait = wait_after(effect.attempts, **pause)
        ending.release(effect, reason=code, wait=wait, perhaps_sent=effect.perhaps_sent)
