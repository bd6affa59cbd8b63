"""What follows from a notice of a calendar elsewhere."""

from uuid import UUID

from secretariat import clock
from secretariat.outbox import inbox
from secretariat.outbox.models import Effect

from . import chasing, pushes
from . import text_notices as _text_notices  # noqa: F401 - its kind registers itself
from .models import RequestParty

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


@inbox.works("twilio.asked-status")
def asked_text(event):
    """A text with times that bounced: a person finds another way to whoever it was for."""
    if event.fields.get("MessageStatus") not in ("failed", "undelivered"):
        return
    found = RequestParty.objects.filter(pk=event.headers["Party"])
    party = found.select_related("request__client", "request__diary__contact").first()
    if party:
        chasing.not_reached(party, at=clock.now())
