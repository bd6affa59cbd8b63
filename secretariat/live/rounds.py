from datetime import timedelta

from django.db.models import Max
from django.db.models.functions import Now

from secretariat.outbox.rounds import every

from .models import LiveEvent, LiveProcess

REPLAYED_FOR = timedelta(minutes=10)
FORGOTTEN_AFTER = timedelta(minutes=1)


@every(seconds=60)
def purge_events() -> int:
    """Delete what no stream can ask for any more. The newest stays: it tells that nothing came after it."""
    newest = LiveEvent.objects.aggregate(pk=Max("pk"))["pk"]
    old = LiveEvent.objects.filter(created_at__lt=Now() - REPLAYED_FOR).exclude(pk=newest)
    return old.delete()[0]


@every(seconds=60)
def forget_processes() -> int:
    """Delete processes that have not been seen for a minute: they ended without saying so."""
    return LiveProcess.objects.filter(seen_at__lt=Now() - FORGOTTEN_AFTER).delete()[0]
