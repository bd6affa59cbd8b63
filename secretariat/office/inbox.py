"""What came of telling a code."""

from secretariat.outbox import inbox

from .models import NumberCheck

UNREACHED = {"busy", "no-answer", "failed", "canceled", "undelivered"}


@inbox.works("twilio.code-status")
def code_status(event):
    """A line that was busy or silent, a text that bounced: her page says so and offers another way."""
    said = {event.fields.get("CallStatus"), event.fields.get("MessageStatus")}
    if said & UNREACHED:
        NumberCheck.objects.filter(pk=event.headers["Check"]).update(not_reached=True)
