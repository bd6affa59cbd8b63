"""What follows from a notice of a calendar elsewhere."""

from uuid import UUID

from secretariat import clock
from secretariat.outbox import inbox
from secretariat.outbox.models import Effect

from . import pushes
from . import text_notices as _text_notices  # noqa: F401 - its kind registers itself

BULK = Effect.Queue.BULK


@inbox.works("google.push", queue=BULK)
@inbox.works("microsoft.push", queue=BULK)
@inbox.works("microsoft.missed", queue=BULK)
def changed(event):
    pushes.heard(_channel(event), at=clock.now())


@inbox.works("microsoft.removed", queue=BULK)
def removed(event):
    pushes.ended(_channel(event), at=clock.now())


@inbox.works("microsoft.renew", queue=BULK)
def renew(event):
    pushes.renew_soon(_channel(event), at=clock.now())


def _channel(event) -> UUID:
    return UUID(event.headers["Channel"])
