"""How a meeting being arranged is read, locked and written down: what all its verbs have in common."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import F

from clients import audience, work
from secretariat import ledger, live
from secretariat.office.models import User

from . import agreement, booking
from .agreement import Verdict
from .booking import Changed
from .models import Meeting, MeetingRequest, RequestEvent, RequestParty

SUBJECT = "calendar_app.meetingrequest"
State, Answer = MeetingRequest.State, RequestParty.Answer


def standing(request: MeetingRequest, at: datetime) -> Verdict:
    """How it stands at `at`."""
    yes: dict = {}
    for party_id, option_id in request.yeses.values_list("party", "option"):
        yes.setdefault(party_id, set()).add(option_id)
    return agreement.judge(
        (
            agreement.Option(each.pk, each.meeting.starts_at, isheld(each.meeting, at))
            for each in request.options.select_related("meeting")
        ),
        (
            agreement.Party(
                each.pk, frozenset(yes.get(each.pk, ())), each.answer in (Answer.NONE, Answer.PROPOSED)
            )
            for each in request.parties.all()
        ),
        at,
    )


def spans(request: MeetingRequest, option_ids: Collection) -> list[tuple[datetime, datetime]]:
    """When these of its times begin and end."""
    chosen = request.options.filter(pk__in=option_ids)
    return list(chosen.values_list("meeting__starts_at", "meeting__ends_at"))


def isheld(meeting: Meeting, at: datetime) -> bool:
    return meeting.state == Meeting.State.HELD and meeting.expires_at > at


def locked(request: MeetingRequest, at: datetime, *, version: int | None = None, states=(State.OPEN,)):
    """(request, diary), for this transaction alone, the request as it is now. Raises Changed."""
    diary = booking.locked(request.diary_id, at)
    found = MeetingRequest.objects.select_related("client", "diary__client", "place", "meeting").get(
        pk=request.pk
    )
    if found.state not in states or version not in (None, found.version):
        raise Changed
    return found, diary


def note(request, verb: str, *, by: User | None, at: datetime, party=None, words: str = "") -> RequestEvent:
    """A line of the thread."""
    return RequestEvent.objects.create(
        client_id=request.client_id, request=request, at=at, verb=verb, by=by, party=party, words=words[:500]
    )


def change(request: MeetingRequest, *, at: datetime, **facts) -> None:
    """Facts of it are other than they were shown. Raises Changed if somebody was quicker."""
    mine = MeetingRequest.objects.filter(pk=request.pk, version=request.version, state=request.state)
    if not mine.update(version=F("version") + 1, changed_at=at, **facts):
        raise Changed
    request.refresh_from_db(fields=["version", "changed_at", *facts])


def announce(request: MeetingRequest) -> None:
    """Tell the desks and the portal that it is not what it was."""
    concerned = audience.desk(request.client_id) | audience.portal(request.client_id)
    if request.diary.contact_id:
        concerned |= audience.people([request.diary.contact])
    live.announce("meeting.changed", request.pk, request.version, concerned)


def held(request: MeetingRequest):
    """Its times that are still on offer, each with its meeting."""
    held = request.options.filter(meeting__state=Meeting.State.HELD)
    return list(held.select_related("meeting__diary"))


def free(request: MeetingRequest, *, by: User | None, at: datetime) -> None:
    """All that is still held for it is free again."""
    for option in held(request):
        booking.release(option.meeting, version=option.meeting.version, by=by, at=at)


def finished(request: MeetingRequest, by: User | None, outcome: str, kind: str | None = None) -> None:
    work.finish_all(subject=(SUBJECT, request.pk), by=by, outcome=outcome, kind=kind)


def record(request: MeetingRequest, verb: str, by: User | None) -> None:
    ledger.record(
        f"{SUBJECT}.{verb}",
        actor_id=by.pk if by else None,
        client_id=request.client_id,
        subject=(SUBJECT, request.pk),
        detail={"version": request.version, "state": request.state},
    )
