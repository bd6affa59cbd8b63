"""Queues and those who wait in them."""

from secretariat.local.carrier.documents import Source
from secretariat.local.carrier.queues import DEFAULT_MOST

from . import calls, shapes
from .answering import RestError, not_found
from .registry import operation


def find(carrier, sid: str):
    queue = carrier.queues.by_sid.get(sid)
    if queue is None:
        raise not_found(f"/Queues/{sid}")
    return queue


def find_member(carrier, queue_sid: str, call_sid: str):
    member = find(carrier, queue_sid).find(call_sid)
    if member is None:
        raise not_found(f"/Queues/{queue_sid}/Members/{call_sid}")
    return member


@operation("GET /Queues.json")
def listed(carrier, asked):
    return [shapes.queue(carrier, queue) for queue in carrier.queues.by_sid.values()]


@operation("POST /Queues.json")
def create(carrier, given):
    name = given.text("FriendlyName")
    if len(name) > 64:
        raise RestError(400, 20001, "A queue's name has at most 64 characters.")
    if any(queue.name == name for queue in carrier.queues.by_sid.values()):
        raise RestError(400, 22003, f"There is a queue {name} already.")
    return shapes.queue(carrier, carrier.queues.open(name, given.number("MaxSize", DEFAULT_MOST)))


@operation("GET /Queues/{Sid}.json")
def fetch(carrier, given, Sid):
    return shapes.queue(carrier, find(carrier, Sid))


@operation("GET /Queues/{QueueSid}/Members.json")
def members(carrier, asked, QueueSid):
    return [shapes.member(carrier, member) for member in find(carrier, QueueSid).members]


@operation("GET /Queues/{QueueSid}/Members/{CallSid}.json")
def member(carrier, given, QueueSid, CallSid):
    return shapes.member(carrier, find_member(carrier, QueueSid, CallSid))


@operation("POST /Queues/{QueueSid}/Members/{CallSid}.json")
def dequeue(carrier, given, QueueSid, CallSid):
    """Take somebody out of the queue and give her another document."""
    waiting = find_member(carrier, QueueSid, CallSid)
    shown = shapes.member(carrier, waiting)
    calls.redirect(waiting.leg, Source(given.text("Url"), given.text("Method", "POST").upper()))
    return shown
