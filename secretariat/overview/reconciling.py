"""Compare what the carrier knows of the last hours with what we know. It reads, and mends nothing.

Mail has no list that could be asked. A provider that reports is held to what it has reported; an SMTP server
reports nothing, and that is said.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from calls.models import DictationPart, Leg, Voicemail
from messages_app.inbox import TEXT
from messages_app.models import Delivery
from secretariat import clock
from secretariat.channels import twilio
from secretariat.outbox.models import Effect, InboundEvent

# What began before the hours asked for may have been listed by the carrier under another moment.
MARGIN = timedelta(days=1)
REPORTS_WITHIN = timedelta(hours=1)  # mail that was accepted so lately need not have been reported
OVER = {"completed", "busy", "no-answer", "failed", "canceled"}


@dataclass(frozen=True)
class Compared:
    """One kind of thing. The lists hold the carrier's own names for what differs."""

    what: str
    there: int
    here: int
    only_there: tuple[str, ...] = ()
    only_here: tuple[str, ...] = ()
    disagree: tuple[str, ...] = ()
    cannot_tell: str = ""

    @property
    def differences(self) -> int:
        return len(self.only_there) + len(self.only_here) + len(self.disagree)


def compared(since: datetime) -> Iterator[Compared]:
    """Calls, texts, recordings and mail since this moment. Raises channels.Refused or Silent."""
    yield calls(since)
    yield texts(since)
    yield recordings(since)
    yield mail(since, until=clock.now() - REPORTS_WITHIN)


def calls(since: datetime) -> Compared:
    listed = {each.sid: each for each in twilio.client().calls.list(start_time_after=since - MARGIN)}
    legs = dict(Leg.objects.filter(carrier_id__in=listed).values_list("carrier_id", "ended_at"))
    asked = _heard("incoming-call", listed)  # those who rang a number of no line
    ours = set(
        Leg.objects.filter(created_at__gte=since).exclude(carrier_id="").values_list("carrier_id", flat=True)
    )
    theirs = {sid for sid, each in listed.items() if each.start_time is None or each.start_time >= since}
    return Compared(
        "calls",
        there=len(theirs),
        here=len(ours),
        only_there=_sorted(theirs - legs.keys() - asked),
        only_here=_sorted(ours - listed.keys()),
        disagree=_sorted(
            sid for sid in theirs & legs.keys() if (listed[sid].status in OVER) != (legs[sid] is not None)
        ),
    )


def texts(since: datetime) -> Compared:
    listed = {each.sid: each for each in twilio.client().messages.list(date_sent_after=since - MARGIN)}
    deliveries = dict(Delivery.objects.filter(receipt__in=listed).values_list("receipt", "state"))
    # A text that was sent once more lost its delivery to its successor.
    sent = set(Effect.objects.filter(receipt__in=listed).values_list("receipt", flat=True))
    ours = set(
        Delivery.objects.filter(channel="text", settled_at__gte=since)
        .exclude(receipt="")
        .values_list("receipt", flat=True)
    )
    theirs = {sid for sid, each in listed.items() if each.date_sent is None or each.date_sent >= since}
    return Compared(
        "texts",
        there=len(theirs),
        here=len(ours),
        only_there=_sorted(theirs - deliveries.keys() - sent - _heard("text", listed)),
        only_here=_sorted(ours - listed.keys()),
        disagree=_sorted(
            sid for sid in theirs & deliveries.keys() if _ended_otherwise(listed[sid].status, deliveries[sid])
        ),
    )


def recordings(since: datetime) -> Compared:
    listed = {each.sid for each in twilio.client().recordings.list(date_created_after=since)}
    known, ours = set(), set()
    for kept in (Voicemail, DictationPart):
        known |= set(kept.objects.filter(recording_id__in=listed).values_list("recording_id", flat=True))
        # Once fetched, a recording may be deleted at the carrier.
        unfetched = kept.objects.filter(created_at__gte=since, media_id=None).exclude(recording_id="")
        ours |= set(unfetched.values_list("recording_id", flat=True))
    return Compared(
        "recordings",
        there=len(listed),
        here=len(known),
        only_there=_sorted(listed - known),
        only_here=_sorted(ours - listed),
        disagree=_sorted(ours & listed),
    )


def mail(since: datetime, *, until: datetime) -> Compared:
    """Mail sent between these moments, and whether the provider has reported what became of each.

    `only_here` are those accepted and never reported: perhaps lost, perhaps a webhook that is not set.
    """
    sent = dict(
        Delivery.objects.filter(channel="email", settled_at__gte=since, settled_at__lte=until)
        .exclude(receipt="")
        .values_list("receipt", "state")
    )
    if not settings.EMAIL_BACKEND.startswith("anymail."):
        return Compared("mail", there=0, here=len(sent), cannot_tell="an SMTP server keeps no list to ask")
    silent = {receipt for receipt, state in sent.items() if state == Delivery.State.ACCEPTED}
    return Compared("mail", there=len(sent) - len(silent), here=len(sent), only_here=_sorted(silent))


def _heard(kind: str, names) -> set[str]:
    """Those the carrier told us of itself."""
    told = InboundEvent.objects.filter(provider="twilio", kind=kind, key__in=list(names))
    return set(told.values_list("key", flat=True))


def _ended_otherwise(status: str, state: str) -> bool:
    ended = TEXT.get(status)
    return ended in (Delivery.State.DELIVERED, Delivery.State.FAILED) and ended != state


def _sorted(names) -> tuple[str, ...]:
    return tuple(sorted(names))
