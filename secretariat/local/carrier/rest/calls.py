"""Calls: place, look at, redirect, end."""

import re
from datetime import date

from secretariat.local.carrier import machine_detection
from secretariat.local.carrier.documents import Source, read
from secretariat.local.carrier.interruptions import DocumentFailed, Redirected
from secretariat.local.carrier.legs import RINGING_OUT, Leg, Subscription
from secretariat.local.carrier.recordings import RecordingSubscription
from secretariat.local.carrier.ringing import API_RING_SECONDS, BadNumber

from . import shapes
from .answering import RestError, not_found
from .registry import operation

E164 = re.compile(r"\+[1-9]\d{6,14}")
LONGEST_TWIML = 4000
NOT_IN_STATE, INVALID_URL, NO_DOCUMENT, BAD_TWIML = 21220, 21205, 21205, 21218


def find(carrier, sid: str) -> Leg:
    leg = carrier.legs.get(sid)
    if leg is None:
        raise not_found(f"/Calls/{sid}")
    return leg


def check_to(to: str) -> None:
    if not to.startswith("client:") and not E164.fullmatch(to):
        raise RestError(400, 21211, f"The 'To' number {to} is not a valid phone number.")


def check_from(carrier, from_: str, to: str, token: str = "") -> None:
    """A call that is passed on may show its own caller, if her call's token comes with it."""
    if token and any(leg.extra.get("CallToken") == token and leg.from_ == from_ for leg in _inbound(carrier)):
        return
    try:
        carrier.check_shown_by(None, from_, to)
    except BadNumber as fault:
        code = 21210 if E164.fullmatch(from_) else 21212
        raise RestError(400, code, fault.message) from None


def _inbound(carrier) -> list[Leg]:
    return [leg for leg in carrier.legs.values() if leg.direction == "inbound"]


def subscription(given) -> Subscription:
    return Subscription(
        given.text("StatusCallback"),
        given.text("StatusCallbackMethod", "POST").upper(),
        frozenset(given.words("StatusCallbackEvent", ("completed",))),
    )


def source(given) -> Source | None:
    """The document a request names; a URL wins over words."""
    if given.text("Url"):
        if not given.text("Url").startswith(("http://", "https://")):
            raise RestError(400, INVALID_URL, f"Url is not a valid URL: {given.text('Url')}")
        return Source(given.text("Url"), given.text("Method", "POST").upper())
    words = given.text("Twiml")
    if not words:
        return None
    if len(words) > LONGEST_TWIML:
        raise RestError(400, BAD_TWIML, f"Twiml is longer than {LONGEST_TWIML} characters.")
    try:
        read(words)
    except DocumentFailed:
        raise RestError(400, BAD_TWIML, "Twiml is not well-formed.") from None
    return Source(twiml=words)


@operation("POST /Calls.json")
def create(carrier, given):
    to, from_ = given.text("To"), given.text("From")
    check_to(to)
    check_from(carrier, from_, to, given.text("CallToken"))
    document = source(given)
    if document is None:
        raise RestError(400, NO_DOCUMENT, "A call needs Url or Twiml.")
    leg = carrier.new_leg(from_, to, "outbound-api", subscription=subscription(given))
    if given.text("CallToken"):
        leg.extra["CallToken"] = given.text("CallToken")
    leg.pending_source = document
    leg.fallback_url = given.text("FallbackUrl")
    asked = machine_detection.Detection(
        "" if given.text("SendDigits") else given.text("MachineDetection"),
        given.number("MachineDetectionTimeout", machine_detection.MOST_SECONDS),
        given.text("AsyncAmdStatusCallback"),
        given.text("AsyncAmdStatusCallbackMethod", "POST").upper(),
    )

    def begin():
        leg.interpreter.fallback_url = leg.fallback_url
        leg.interpreter.start(leg.interpreter.main(leg.pending_source))

    def answered():
        if asked.mode and not given.truth("AsyncAmd"):
            machine_detection.before_the_document(leg, asked, begin)
            return
        begin()
        if asked.mode:
            machine_detection.beside_the_call(leg, asked)

    leg.on_answer = answered
    watch_over(carrier, leg, given)
    carrier.exchange.place(leg, given.number("Timeout", API_RING_SECONDS))
    return shapes.call(carrier, leg)


def watch_over(carrier, leg, given) -> None:
    """Record the leg and end it after its longest time, as asked; both count from the answer."""
    told = RecordingSubscription(
        given.text("RecordingStatusCallback"),
        given.text("RecordingStatusCallbackMethod", "POST").upper(),
        frozenset(given.words("RecordingStatusCallbackEvent", ("completed",))),
    )
    channels = 2 if given.text("RecordingChannels") == "dual" else 1

    def watch(other, change):
        if change != "answered":
            return
        if given.truth("Record"):
            carrier.recordings.begin(leg, "OutboundAPI", channels=channels, subscription=told)
        if "TimeLimit" in given:
            leg.after(given.number("TimeLimit", 0), leg.end)

    leg.watchers.append(watch)


@operation("GET /Calls/{Sid}.json")
def fetch(carrier, given, Sid):
    return shapes.call(carrier, find(carrier, Sid))


@operation("POST /Calls/{Sid}.json")
def update(carrier, given, Sid):
    leg = find(carrier, Sid)
    if not leg.live:
        raise RestError(400, NOT_IN_STATE, "Call is not in-progress. Cannot redirect.")
    document = source(given)
    if "StatusCallback" in given:
        leg.subscription = Subscription(
            given.text("StatusCallback"), given.text("StatusCallbackMethod", "POST")
        )
    status = given.text("Status")
    if status == "canceled" and leg.status not in RINGING_OUT:
        raise RestError(400, NOT_IN_STATE, "Call is in progress. It cannot be cancelled, only completed.")
    if status:
        leg.ended_by_api = True
        leg.end("completed" if leg.talking else "canceled")
    elif document is not None:
        redirect(leg, document)
    return shapes.call(carrier, leg)


def redirect(leg: Leg, document: Source) -> None:
    """Give a live leg another document: at once while talking, on answer while it rings."""
    if leg.talking:
        leg.interpreter.interrupt(Redirected(document), lambda: leg.talking)
    elif leg.direction == "inbound":
        leg.interpreter.interrupt(Redirected(document), lambda: leg.live)
    else:
        leg.pending_source = document


@operation("DELETE /Calls/{Sid}.json")
def delete(carrier, given, Sid):
    leg = find(carrier, Sid)
    if leg.live:
        raise RestError(409, NOT_IN_STATE, "A live call cannot be deleted.")
    del carrier.legs[leg.sid]


@operation("GET /Calls.json")
def listed(carrier, asked):
    """Newest first, as the vendor lists them."""
    legs = [leg for leg in reversed(carrier.legs.values()) if _matches(leg, asked)]
    return [shapes.call(carrier, leg) for leg in legs]


def _matches(leg: Leg, asked) -> bool:
    shown = shapes.LEG_STATUS.get(leg.status, leg.status)
    parent = leg.parent.sid if leg.parent else ""
    exact = (("To", leg.to), ("From", leg.from_), ("Status", shown), ("ParentCallSid", parent))
    if any(name in asked and asked.text(name) != value for name, value in exact):
        return False
    started = leg.answered_at or leg.dialled_at or leg.created_at
    return within(started, asked, "StartTime") and within(leg.ended_at, asked, "EndTime")


def within(moment, asked, name: str) -> bool:
    """Whether `moment` passes the filters `name`, `name<` and `name>`: inclusive days, or exact times."""
    for suffix, passes in (("", "__eq__"), ("<", "__le__"), (">", "__ge__")):
        wanted = asked.text(name + suffix)
        if not wanted:
            continue
        if moment is None:
            return False
        if len(wanted) == 10:
            compared, against = moment.date(), date.fromisoformat(wanted)
        else:
            compared, against = moment, type(moment).fromisoformat(wanted)
        if not getattr(compared, passes)(against):
            return False
    return True
