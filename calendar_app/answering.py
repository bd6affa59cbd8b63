"""What those who are asked say: which times suit, that none does, or when they could come instead.

Said by their link or, on the telephone, to a secretary who writes it down (`by`).
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from clients import work
from secretariat.office.models import User

from . import asking, asking_mail, booking, negotiation
from .asking import PROPOSED, STUCK
from .booking import Word
from .models import MeetingRequest, RequestParty, RequestProposal, RequestYes
from .negotiation import SUBJECT
from .planning import Clashing, NotPossible

AT_ONCE = 3  # times proposed in one go
IN_ALL = 12
State, Answer = MeetingRequest.State, RequestParty.Answer


@dataclass(frozen=True)
class Heard:
    """What came of an answer. `gone`: what she chose was given away meanwhile, so it was not counted."""

    agreed: bool = False
    gone: bool = False


@transaction.atomic
def answer(party: RequestParty, option_ids, *, by: User | None, at: datetime) -> Heard:
    """These times suit her, instead of what she said before. The first that suits everybody is agreed."""
    found, _diary = negotiation.locked(party.request, at)
    remaining = {each.id for each in negotiation.standing(found, at).remaining}
    chosen = set(option_ids)
    if not chosen:
        raise NotPossible(_("Choose at least one time."))
    if not chosen <= remaining:
        return Heard(gone=True)
    party.yeses.all().delete()
    for option_id in chosen:
        RequestYes.objects.create(
            client_id=found.client_id, request=found, party=party, option_id=option_id, at=at
        )
    options = found.options.filter(pk__in=chosen).select_related("meeting__diary")
    times = _("; ").join(
        asking_mail.day_and_time(each.meeting.starts_at, each.meeting.zone)
        for each in options.order_by("meeting__starts_at")
    )
    words = _("%(name)s can come: %(times)s") % {"name": str(party), "times": times}
    _said(found, party, Answer.YES, words, by=by, at=at)
    return _settle(found, by=by, at=at)


@transaction.atomic
def none_suits(party: RequestParty, *, words: str = "", by: User | None, at: datetime) -> None:
    """None of the times on offer suits her. A person offers others, or gives it up."""
    found, _diary = negotiation.locked(party.request, at)
    party.yeses.all().delete()
    said = _("None of the times suits %(name)s") % {"name": str(party)}
    _said(found, party, Answer.NONE, f"{said}: {words}" if words else said, by=by, at=at)
    _to_a_person(found, STUCK, _("None of the times on offer suits."))


@transaction.atomic
def propose(
    party: RequestParty, times: list[datetime], *, words: str = "", by: User | None, at: datetime
) -> None:
    """She could come at these times instead. Raises NotPossible where that is too many, or over."""
    found, _diary = negotiation.locked(party.request, at)
    if any(each <= at for each in times):
        raise NotPossible(_("That time is over."))
    if not times and not words:
        raise NotPossible(_("Say when it would suit you."))
    if len(times) > AT_ONCE or party.proposals.count() + len(times) > IN_ALL:
        raise NotPossible(_("That is more than can be looked at. Name a few times only."))
    RequestProposal.objects.bulk_create(
        (
            RequestProposal(client_id=found.client_id, request=found, party=party, starts_at=each, at=at)
            for each in times
        ),
        ignore_conflicts=True,  # proposed before: it is being judged, or was
    )
    party.yeses.all().delete()
    zone = found.diary.zone_name
    named = _("; ").join(asking_mail.day_and_time(each, zone) for each in sorted(times))
    said = _("%(name)s proposes %(times)s") % {"name": str(party), "times": named or _("another time")}
    _said(found, party, Answer.PROPOSED, f"{said}: {words}" if words else said, by=by, at=at)
    _to_a_person(found, PROPOSED, _("Other times are proposed."))


@transaction.atomic
def take(
    proposal: RequestProposal, *, version: int, by: User, at: datetime, word: Word | None = None
) -> Heard:
    """Let it be this time: it is agreed at once, unless others have to be asked. Raises Clashing."""
    found, diary = negotiation.locked(proposal.request, at, version=version)
    mine = RequestProposal.objects.filter(pk=proposal.pk, state=RequestProposal.State.WAITING)
    if not mine.update(state=RequestProposal.State.TAKEN):
        raise booking.Changed
    plan = asking.plan_at(found, proposal.starts_at)
    until = max(found.expires_at, proposal.starts_at) if proposal.starts_at > at else at
    option = asking.hold_one(found, diary, plan, until=until, by=by, at=at, word=word)
    party = RequestParty.objects.get(pk=proposal.party_id)
    RequestYes.objects.create(client_id=found.client_id, request=found, party=party, option=option, at=at)
    when = asking_mail.day_and_time(proposal.starts_at, diary.zone_name)
    words = _("%(when)s, proposed by %(name)s, is taken") % {"when": when, "name": str(party)}
    _said(found, party, Answer.YES, words, by=by, at=at)
    others = found.parties.exclude(pk=party.pk)
    others.exclude(answer=Answer.YES).update(answer=Answer.WAITING, version=F("version") + 1)
    negotiation.finished(found, by, _("The time proposed was taken"), kind=PROPOSED)
    heard = _settle(found, by=by, at=at)
    if heard.gone:
        raise NotPossible(_("That time has been taken meanwhile."))
    if not heard.agreed:
        for each in others:
            asking_mail.tell(each, asking_mail.MORE, at=at)
    return heard


@transaction.atomic
def set_aside(proposal: RequestProposal, *, by: User, at: datetime) -> None:
    """It does not suit the client."""
    found, _diary = negotiation.locked(proposal.request, at)
    mine = RequestProposal.objects.filter(pk=proposal.pk, state=RequestProposal.State.WAITING)
    if not mine.update(state=RequestProposal.State.ASIDE):
        raise booking.Changed
    when = asking_mail.day_and_time(proposal.starts_at, found.diary.zone_name)
    negotiation.change(found, at=at)
    negotiation.note(found, "aside", by=by, at=at, words=_("%(when)s does not suit") % {"when": when})
    if not found.proposals.filter(state=RequestProposal.State.WAITING).exists():
        negotiation.finished(found, by, _("What was proposed does not suit"), kind=PROPOSED)
    negotiation.announce(found)


def _said(found, party: RequestParty, said: str, words: str, *, by, at: datetime) -> None:
    RequestParty.objects.filter(pk=party.pk).update(answer=said, answered_at=at, version=F("version") + 1)
    negotiation.change(found, at=at)
    negotiation.note(found, "answered", by=by, at=at, party=party, words=words)
    negotiation.announce(found)


def _settle(found: MeetingRequest, *, by: User | None, at: datetime) -> Heard:
    """What suits everybody becomes the meeting, unless it has been taken in the client's own calendar."""
    verdict = negotiation.standing(found, at)
    if verdict.agreed is None:
        if verdict.is_stuck:
            _to_a_person(found, STUCK, _("No time on offer suits everybody."))
        return Heard()
    meeting = found.options.select_related("meeting__diary").get(pk=verdict.agreed.id).meeting
    try:
        booking.confirm(meeting, version=meeting.version, by=by, at=at, word=_stands(meeting))
    except Clashing:
        booking.release(meeting, version=meeting.version, by=by, at=at)
        words = _("Something has come up at that time in the client’s own calendar.")
        negotiation.note(found, "taken", by=None, at=at, words=words)
        asked_again = negotiation.standing(found, at).waiting
        found.parties.filter(pk__in=asked_again).update(answer=Answer.WAITING, version=F("version") + 1)
        _to_a_person(found, STUCK, words)
        return Heard(gone=True)
    return Heard(agreed=True)


def _stands(meeting) -> Word | None:
    """The word by which it was held despite a clash holds still."""
    return Word(meeting.despite) if meeting.overlaps else None


def _to_a_person(found: MeetingRequest, kind: str, because: str) -> None:
    work.open_item(kind, subject=(SUBJECT, found.pk), client=found.client_id, because=because)
