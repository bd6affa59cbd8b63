"""What a request waits for in time: a reminder once, a person when the promised time comes, its end."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from clients import work
from clients.models import WorkItem

from . import asking, asking_mail, booking, negotiation
from .asking import CHASE, LAPSED
from .models import MeetingRequest, RequestParty
from .negotiation import SUBJECT

AT_MOST = 100
NOT_REACHED = "calendar.not_reached"
State = MeetingRequest.State


def all_due(*, at: datetime) -> int:
    """Do what is due at `at` (aware). Returns how many requests that concerned."""
    return lapse_due(at=at) + remind_due(at=at) + chase_due(at=at)


def remind_due(*, at: datetime) -> int:
    """Whoever has not answered half-way to the promised time is reminded, once."""
    done = 0
    for request in _due(remind_at__lte=at):
        with transaction.atomic():
            booking.locked(request.diary_id, at)
            if not _still(request, remind_at=request.remind_at).update(remind_at=None):
                continue
            for party in _waiting(request, at):
                if asking_mail.tell(party, asking_mail.REMINDED, at=at):
                    words = _("Reminded %(name)s") % {"name": str(party)}
                    negotiation.note(request, "reminded", by=None, at=at, party=party, words=words)
                    RequestParty.objects.filter(pk=party.pk).update(asked_at=at)
            done += 1
    return done


def chase_due(*, at: datetime) -> int:
    """The promised time has come: who has not answered is followed up by a person."""
    done = 0
    for request in _due(promised_at__lte=at, chased_at=None):
        with transaction.atomic():
            booking.locked(request.diary_id, at)
            if not _still(request, chased_at=None).update(chased_at=at, version=F("version") + 1):
                continue
            done += 1
            waiting = _waiting(request, at)
            if not waiting:
                continue
            request.refresh_from_db()
            work.open_item(
                CHASE,
                subject=(SUBJECT, request.pk),
                client=request.client_id,
                because=_("Nobody has answered which time suits."),
                urgency=WorkItem.Urgency.TODAY,
                promised_at=request.promised_at,
            )
            negotiation.note(request, "due", by=None, at=at)
            negotiation.announce(request)
    return done


def lapse_due(*, at: datetime) -> int:
    """Its time is over: what was held is free, and a person decides what comes next."""
    done = 0
    for request in _due(expires_at__lte=at):
        with transaction.atomic():
            booking.locked(request.diary_id, at)
            found = _still(request, expires_at__lte=at).select_related("client", "diary__client").first()
            if found is None:
                continue
            asking.lapse(found, at=at)
            work.open_item(
                LAPSED,
                subject=(SUBJECT, found.pk),
                client=found.client_id,
                because=_("Nobody took a time that was held. Offer others, or give it up."),
                urgency=WorkItem.Urgency.TODAY,
            )
            done += 1
    return done


def not_reached(party: RequestParty, *, at: datetime) -> None:
    """Nothing arrives where she was to be asked: a person finds another way."""
    words = _("%(name)s could not be reached") % {"name": str(party)}
    negotiation.note(party.request, "not_reached", by=None, at=at, party=party, words=words)
    if party.request.state == MeetingRequest.State.OPEN:
        work.open_item(
            NOT_REACHED,
            subject=(SUBJECT, party.request_id),
            client=party.client_id,
            because=_("Somebody who was to be asked for a meeting could not be reached."),
        )


def _due(**facts) -> list[MeetingRequest]:
    due = MeetingRequest.objects.open().filter(**facts)
    return list(
        due.select_related("client", "diary__client", "diary__contact").order_by("diary", "pk")[:AT_MOST]
    )


def _still(request: MeetingRequest, **facts):
    return MeetingRequest.objects.open().filter(pk=request.pk, **facts)


def _waiting(request: MeetingRequest, at: datetime) -> list[RequestParty]:
    ids = negotiation.standing(request, at).waiting
    return list(
        request.parties.filter(pk__in=ids).select_related("request__client", "request__diary__client")
    )
