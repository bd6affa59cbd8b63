"""Leave a channel alone while its provider does not answer, so that an outage does not multiply the load."""

from datetime import timedelta

from django.db import transaction

from secretariat import clock

from .models import Breaker

FAILURES = 5
WINDOW = timedelta(seconds=30)
OPEN_FOR = timedelta(seconds=30)


def channel_is_down(channel: str) -> bool:
    """True while nothing is sent by this channel: urgent work may take another one."""
    return Breaker.objects.filter(channel=channel, open_until__gt=clock.Now()).exists()


def shut() -> list[str]:
    """The channels by which nothing may be sent now."""
    return list(Breaker.objects.filter(open_until__gt=clock.Now()).values_list("channel", flat=True))


def may_pass(channel: str) -> bool:
    """Whether the holder of one leased effect may try this channel.

    After the pause one worker may, and nobody else until it is known how that went.
    """
    breaker = Breaker.objects.filter(channel=channel, open_until__isnull=False).first()
    if breaker is None:
        return True
    unchanged = Breaker.objects.filter(channel=channel, open_until=breaker.open_until)
    return bool(unchanged.filter(open_until__lte=clock.Now()).update(open_until=clock.Now() + OPEN_FOR))


def answered(channel: str) -> None:
    """The provider answered: open the channel to everybody again."""
    if channel:
        closed = {"failures": 0, "counted_from": None, "open_until": None}
        Breaker.objects.filter(channel=channel, open_until__isnull=False).update(**closed)


def failed(channel: str) -> None:
    """The provider could not be reached, or said nothing."""
    if not channel:
        return
    with transaction.atomic():
        Breaker.objects.bulk_create([Breaker(channel=channel)], ignore_conflicts=True)
        breaker = Breaker.objects.select_for_update().annotate(now=clock.Now()).get(channel=channel)
        if breaker.counted_from is None or breaker.now - breaker.counted_from > WINDOW:
            breaker.counted_from, breaker.failures = breaker.now, 0
        breaker.failures += 1
        if breaker.open_until is not None or breaker.failures >= FAILURES:
            breaker.open_until = breaker.now + OPEN_FOR
        breaker.save(update_fields=["counted_from", "failures", "open_until"])
