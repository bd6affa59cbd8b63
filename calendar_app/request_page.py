"""What the pages of a meeting being arranged show."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients import wording
from secretariat.office import names
from secretariat.office.models import User

from . import agreement, discretion, guest_links, negotiation, spoken, telling
from .models import MeetingEvent, MeetingRequest, RequestEvent, RequestOption, RequestParty
from .telling import Told

SHOWN = 100
DID = {
    "asked": gettext_lazy("Times offered"),
    "offered": gettext_lazy("Other times offered"),
    "agreed": gettext_lazy("Agreed"),
    "given_up": gettext_lazy("Given up"),
    "lapsed": gettext_lazy("Nobody answered in time; the times are free again"),
    "freed": gettext_lazy("No longer held"),
    "promised": gettext_lazy("To be followed up later"),
    "due": gettext_lazy("Nobody had answered when it was to be followed up"),
}
AFTERWARDS = ("moved", "cancelled", "invited", "told", "answered", "proposed", "by_link", "outcome")


@dataclass(frozen=True)
class Line:
    """One time on offer: who can come then, and how it is read out to each who was asked on the telephone."""

    option: RequestOption
    is_held: bool
    can_come: tuple[str, ...]


@dataclass(frozen=True)
class Asked:
    """Somebody who was asked: her times as they are read out, and her link where a person passes it on."""

    party: RequestParty
    said: tuple[tuple[RequestOption, str, bool], ...]
    link: str
    is_waiting: bool


def shown(request: MeetingRequest, user: User, *, at: datetime) -> dict:
    """All that the page of one request needs."""
    options = list(request.options.select_related("meeting"))
    parties = list(request.parties.select_related("request__diary__client"))
    verdict = negotiation.standing(request, at)
    yes: dict = {}
    for party_id, option_id in request.yeses.values_list("party", "option"):
        yes.setdefault(option_id, set()).add(party_id)
    remaining = {each.id for each in verdict.remaining}
    is_open = request.state == MeetingRequest.State.OPEN
    return {
        "asked": request,
        "client": request.client,
        "zone": request.diary.zone_name,
        "mine": user.zone,
        "at": at,
        "is_open": is_open,
        "may_end": request.state in (MeetingRequest.State.OPEN, MeetingRequest.State.LAPSED),
        "options": [
            Line(
                each,
                each.pk in remaining,
                tuple(str(party) for party in parties if party.pk in yes.get(each.pk, ())),
            )
            for each in options
        ],
        "parties": [_asked(each, options, remaining, verdict, yes, is_open) for each in parties],
        "proposals": list(request.proposals.filter(state="waiting").select_related("party")),
        "is_stuck": is_open and verdict.is_stuck,
        "is_late": is_open and request.promised_at is not None and request.promised_at <= at,
        "events": thread(request, user, at=at),
    }


def _asked(party, options, remaining, verdict: agreement.Verdict, yes, is_open: bool) -> Asked:
    here = party.request.diary.zone_name
    said = tuple(
        (
            each,
            spoken.two_times(each.meeting.starts_at, here, party.zone or here),
            party.pk in yes.get(each.pk, ()),
        )
        for each in options
        if each.pk in remaining
    )
    by_hand = party.way == RequestParty.Way.LINK and is_open
    link = guest_links.address(guest_links.of_party(party)) if by_hand else ""
    return Asked(party, said, link, party.pk in verdict.waiting)


def thread(request: MeetingRequest, user: User, *, at: datetime) -> list[Told]:
    """All that happened, in order: the asking, and what became of the meeting that was agreed."""
    events = RequestEvent.objects.visible_to(user).filter(request=request).select_related("by__secretary")
    found = [(each.at, each.pk, _told(each, user.zone, at)) for each in events]
    if request.meeting and discretion.may_know(user, request.meeting):
        later = MeetingEvent.objects.visible_to(user).filter(meeting=request.meeting, verb__in=AFTERWARDS)
        rows = list(later.select_related("by__secretary"))
        words = telling.thread(request.meeting, rows, zone=user.zone, now=at)
        found += [(row.at, row.pk, told) for row, told in zip(rows, words, strict=True)]
    return [told for _at, _pk, told in sorted(found, key=lambda each: each[:2])]


def _told(event: RequestEvent, zone: str, now: datetime) -> Told:
    did = str(DID.get(event.verb, ""))
    who = names.to_clients(event.by)
    first = did or event.words
    parts = [_("%(did)s by %(who)s") % {"did": first, "who": who} if who and did else first]
    if did and event.words:
        parts.append(event.words)
    return Told(at=wording.moment(event.at, zone, now=now), words=_(": ").join(parts), did=bool(event.by_id))


def listed(user: User, *, at: datetime, client=None) -> dict:
    """Those that are still open, what is due first at the top."""
    found = MeetingRequest.objects.visible_to(user).open().select_related("client", "diary__contact")
    found = found.filter(client=client) if client else found
    found = found.prefetch_related("parties").order_by("promised_at", "created_at")
    return {"requests": list(found[:SHOWN]), "at": at, "mine": user.zone}


def wish_of(request: MeetingRequest) -> dict:
    """What `offering.offers` asks for, of a request."""
    zones = {party.zone for party in request.parties.all()} - {"", request.diary.zone_name}
    return {
        "minutes": request.minutes,
        "manner": request.manner,
        "place": request.place_id,
        "where": request.where,
        "zone": min(zones, default=""),
    }


def in_hours(at: datetime, hours: int) -> datetime:
    return at + timedelta(hours=hours)
