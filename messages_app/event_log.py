from .models import Message, MessageEvent


def log(message: Message, verb: str, *, at, by=None, contact=None, **detail) -> MessageEvent:
    """Write a line of the message's event log. `detail` holds ids and codes, no words of the caller."""
    return MessageEvent.objects.create(
        client_id=message.client_id, message=message, at=at, verb=verb, by=by, contact=contact, detail=detail
    )
