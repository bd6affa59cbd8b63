"""Leave a channel alone while its provider does not answer, so that an outage does not multiply the load."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from threading import Lock

from django.db import transaction
from django.db.models import Case, F, Q, Value, When

from secretariat import clock

from . import budgeting
from .models import Breaker

FAILURES = 5
WINDOW = timedelta(seconds=30)
OPEN_FOR = timedelta(seconds=30)
TOLD_AT_ONCE = 20  # first attempts: written down for each of them, a channel's row would be waited for

_WAS_OPEN = Q(open_until__isnull=False)
_BOUNDED = Q(retries__gt=0) | Q(retries_before__gt=0)
# Failures are counted anew after an outage alone, not after each thing that goes well in between.
_CLOSED = {
    name: Case(
        When(_WAS_OPEN, then=Value(nought)), default=F(name), output_field=Breaker._meta.get_field(name)
    )
    for name, nought in (("failures", 0), ("counted_from", None))
}
_firsts: Counter[str] = Counter()  # of this process, not yet written down
_firsts_lock = Lock()


@dataclass(frozen=True)
class Closed:
    """Channels by which nothing may be sent now, and those by which nothing may be tried again."""

    shut: list[str]
    spent: list[str]


def troubled():
    """The channels that do not answer or bound their further attempts: none, while all is well."""
    return Breaker.objects.filter(_WAS_OPEN | _BOUNDED)


def channel_is_down(channel: str) -> bool:
    """True while nothing is sent by this channel: urgent work may take another one."""
    return Breaker.objects.filter(channel=channel, open_until__gt=clock.Now()).exists()


def closed_to(queue: str) -> Closed:
    """What may not be sent of this queue, and what not again."""
    now = clock.Now()
    rows = list(Breaker.objects.filter(Q(open_until__gt=now) | _BOUNDED).annotate(now=now))
    return Closed(
        shut=[row.channel for row in rows if row.open_until is not None and row.open_until > row.now],
        spent=[
            row.channel
            for row in rows
            if not budgeting.may_retry(_tally(row).with_firsts(_firsts[row.channel]), queue)
        ],
    )


def may_pass(channel: str) -> bool:
    """Whether the holder of one leased effect may try this channel.

    After the pause one worker may, and nobody else until it is known how that went.
    """
    breaker = Breaker.objects.filter(channel=channel, open_until__isnull=False).first() if channel else None
    if breaker is None:
        return True
    unchanged = Breaker.objects.filter(channel=channel, open_until=breaker.open_until)
    return bool(unchanged.filter(open_until__lte=clock.Now()).update(open_until=clock.Now() + OPEN_FOR))


def tried_first(channel: str) -> None:
    """Something is sent by this channel for the first time: so much more may be tried again."""
    if not channel:
        return
    with _firsts_lock:
        _firsts[channel] += 1
        enough = _firsts[channel] >= TOLD_AT_ONCE
    if enough:
        with transaction.atomic():
            breaker = _locked(channel)
            _write(breaker, _tally(breaker).rolled().with_firsts(_taken(channel)))


def may_retry(channel: str, queue: str) -> bool:
    """Whether something may be tried again by this channel. If so, it is counted."""
    if not channel:
        return True
    with transaction.atomic():
        breaker = _locked(channel)
        tally = _tally(breaker).rolled().with_firsts(_taken(channel))
        may = budgeting.may_retry(tally, queue)
        _write(breaker, tally.with_retry() if may else tally)
    return may


def answered(channel: str, *, well: bool = True) -> None:
    """The provider answered: open the channel to everybody again. Not `well`: it took nothing."""
    if not channel:
        return
    noticed = Breaker.objects.filter(_WAS_OPEN | _BOUNDED, channel=channel).update(
        open_until=None, **_CLOSED, successes=F("successes") + 1 if well else 0
    )
    if noticed and well:
        is_well = Breaker.objects.filter(channel=channel, successes__gte=budgeting.WELL_AFTER)
        is_well.update(retries=0, retries_before=0, successes=0)


def failed(channel: str) -> None:
    """The provider could not be reached, or said nothing."""
    if not channel:
        return
    with transaction.atomic():
        breaker = _locked(channel)
        if breaker.counted_from is None or breaker.now - breaker.counted_from > WINDOW:
            breaker.counted_from, breaker.failures = breaker.now, 0
        breaker.failures += 1
        if breaker.open_until is not None or breaker.failures >= FAILURES:
            breaker.open_until = breaker.now + OPEN_FOR
        breaker.successes = 0
        breaker.save(update_fields=["counted_from", "failures", "open_until", "successes"])


def _locked(channel: str) -> Breaker:
    Breaker.objects.bulk_create([Breaker(channel=channel)], ignore_conflicts=True)
    return Breaker.objects.select_for_update().annotate(now=clock.Now()).get(channel=channel)


def _taken(channel: str) -> int:
    with _firsts_lock:
        return _firsts.pop(channel, 0)


def _tally(breaker: Breaker) -> budgeting.Tally:
    began = breaker.window_from or breaker.now
    return budgeting.Tally(
        max(breaker.now - began, timedelta()),
        breaker.firsts,
        breaker.retries,
        breaker.firsts_before,
        breaker.retries_before,
    )


def _write(breaker: Breaker, tally: budgeting.Tally) -> None:
    Breaker.objects.filter(pk=breaker.pk).update(
        window_from=breaker.now - tally.age,
        firsts=tally.firsts,
        retries=tally.retries,
        firsts_before=tally.firsts_before,
        retries_before=tally.retries_before,
    )
