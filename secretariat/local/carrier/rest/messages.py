"""Messages: send, look at, list, and the pictures sent with them."""

from secretariat.local.carrier.messages import LONGEST, Stopped

from . import calls, shapes
from .answering import RestAnswer, RestError, not_found
from .registry import operation


def find(carrier, sid: str):
    message = carrier.messages.by_sid.get(sid)
    if message is None:
        raise not_found(f"/Messages/{sid}")
    return message


@operation("POST /Messages.json")
def create(carrier, given):
    to, from_, body = given.text("To"), given.text("From"), given.text("Body")
    if not calls.E164.fullmatch(to):
        raise RestError(400, 21211, f"The 'To' number {to} is not a valid phone number.")
    if from_ not in carrier.account.numbers:
        raise RestError(400, 21606, f"The 'From' number {from_} is not a number of this account.")
    if not body and "MediaUrl" not in given:
        raise RestError(400, 21602, "A message needs a body or media.")
    if len(body) > LONGEST:
        raise RestError(400, 21617, f"The body is longer than {LONGEST} characters.")
    try:
        message = carrier.messages.send(from_, to, body, status_callback=given.text("StatusCallback"))
    except Stopped:
        raise RestError(400, 21610, "Attempt to send to unsubscribed recipient") from None
    return shapes.message(carrier, message)


@operation("GET /Messages/{Sid}.json")
def fetch(carrier, given, Sid):
    return shapes.message(carrier, find(carrier, Sid))


@operation("GET /Messages.json")
def listed(carrier, asked):
    messages = [
        message
        for message in reversed(carrier.messages.by_sid.values())
        if asked.text("To", message.to) == message.to
        and asked.text("From", message.from_) == message.from_
        and calls.within(message.sent_at or message.created_at, asked, "DateSent")
    ]
    return [shapes.message(carrier, message) for message in messages]


@operation("DELETE /Messages/{Sid}.json")
def delete(carrier, given, Sid):
    del carrier.messages.by_sid[find(carrier, Sid).sid]


@operation("GET /Messages/{MessageSid}/Media.json")
def media(carrier, asked, MessageSid):
    message = find(carrier, MessageSid)
    return [shapes.media(carrier, message, item) for item in message.media]


def content(carrier, message_sid: str, sid: str) -> RestAnswer:
    for item in find(carrier, message_sid).media:
        if item.sid == sid:
            return RestAnswer(200, item.content, {"Content-Type": item.content_type})
    raise not_found(f"/Media/{sid}")
