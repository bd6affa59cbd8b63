"""The office in figures, read from PostgreSQL when Prometheus asks."""

from collections.abc import Iterator

from django.db.models import Count, Min, Sum
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from secretariat import clock, outbox
from secretariat.ledger.models import LedgerUnsealed
from secretariat.live.models import LiveProcess
from secretariat.outbox.models import Effect, InboundEvent

UNDONE = [state for state in Effect.State if state not in (Effect.State.DONE, Effect.State.CANCELLED)]


class OfficeFigures(Collector):
    """Depths and ages that tell whether work is left lying."""

    def collect(self) -> Iterator[Metric]:
        yield from self._outbox()
        yield _one("inbox_failed", "Events nobody could work on", _inbox("failed").count())
        yield _one("inbox_kept", "Events not worked on yet", _inbox("kept").count())
        yield _one("ledger_unsealed", "Entries not sealed yet", LedgerUnsealed.objects.count())
        streams = LiveProcess.objects.aggregate(total=Sum("streams"))["total"] or 0
        yield _one("live_streams", "Open event streams", streams)
        age = outbox.sweeper_age()
        yield _one("sweep_age_seconds", "Since a sweep was last seen; -1: never", -1 if age is None else age)

    def _outbox(self) -> Iterator[Metric]:
        depth = GaugeMetricFamily(
            "secretariat_outbox", "Effects that have not come to their end", labels=["queue", "state"]
        )
        counted = {
            (row["queue"], row["state"]): row["count"]
            for row in Effect.objects.filter(state__in=UNDONE)
            .order_by()
            .values("queue", "state")
            .annotate(count=Count("pk"))
        }
        for queue in Effect.Queue.values:
            for state in UNDONE:
                depth.add_metric([queue, state], counted.get((queue, state), 0))
        yield depth
        now = clock.now()
        due = Effect.objects.filter(state=Effect.State.PENDING, due_at__lte=now)
        oldest = dict(due.order_by().values_list("queue").annotate(due=Min("due_at")))
        ages = GaugeMetricFamily(
            "secretariat_outbox_due_seconds", "How long the oldest due effect has waited", labels=["queue"]
        )
        for queue in Effect.Queue.values:
            ages.add_metric([queue], (now - oldest[queue]).total_seconds() if queue in oldest else 0)
        yield ages


def _inbox(state: str):
    return InboundEvent.objects.filter(state=state)


def _one(name: str, meaning: str, value: float) -> Metric:
    return GaugeMetricFamily(f"secretariat_{name}", meaning, value=value)
