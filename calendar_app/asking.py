"""Asking somebody which of several times suits, and what becomes of it: the verbs of a request.

Each time on offer is held in the diary, so that nobody else is given it meanwhile. As with meetings, the
diary's row is the lock: of two answers that come at once the first counts, and the times that were not chosen
are free again in the same transaction.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F
from django.dispatch import receiver
from django.utils.translation import gettext as _

from clients.models import CorrespondentAddress
from secretariat.office.models import User

from . import asking_mail, booking, guest_links, negotiation, origin, planning, signals
from .booking import Word
from .free_time import Clash, Why
from .models import (
    Diary,
    Meeting,
    MeetingRequest,
    RequestOption,
    RequestParty,
)
from .negotiation import SUBJECT
from .planning import Clashing, Coming, NotPossible, Plan

CHASE, LAPSED = "calendar.chase", "calendar.request_lapsed"
STUCK, PROPOSED = "calendar.request_stuck", "calendar.times_proposed"
AT_MOST = 8  # times on offer
PARTIES = 12
State, Answer, Way = MeetingRequest.State, RequestParty.Answer, RequestParty.Way


@dataclass(frozen=True)
class ToAsk:
    """Somebody to be asked, and how."""

    coming: Coming
    way: str = Way.MAIL


@transaction.atomic
def ask(
    diary: Diary,
    plans: list[Plan],
    *,
    to: tuple[ToAsk, ...],
    until: datetime,
    promised_at: datetime | None,
    by: User | None,
    at: datetime,
    word: Word | None = None,
    subject: origin.Subject | None = None,
) -> MeetingRequest:
    """Hold each of these times until `until`, and ask everybody which of them suits.

    `promised_at`: when a person follows it up if nobody has answered; half-way to it, they are reminded.
    `subject`: out of what it comes, such as the call that is at hand.
    Raises Clashing, NotPossible.
    """
    if not to:
        raise NotPossible(_("Say who is to be asked."))
    diary = booking.locked(booking.kept(diary).pk, at)
    first = plans[0]
    request = MeetingRequest.objects.create(
        client_id=diary.client_id,
        diary=diary,
        about=first.about,
        notes=first.notes,
        minutes=first.minutes,
        manner=first.manner,
        place=first.place,
        where=first.where,
        link=first.link,
        expires_at=until,
        promised_at=promised_at,
        remind_at=at + (promised_at - at) / 2 if promised_at else None,
        asked_by=by,
        subject_kind=subject[0] if subject else "",
        subject_id=subject[1] if subject else None,
        created_at=at,
        changed_at=at,
    )
    for each in to:
        _party(request, each)
    _offer(request, diary, plans, until=until, by=by, at=at, word=word)
    negotiation.note(request, "asked", by=by, at=at, words=_in_words(plans))
    for party in request.parties.all():
        _ask(party, asking_mail.ASKED, at=at)
    negotiation.record(request, "asked", by)
    negotiation.announce(request)
    return request


@transaction.atomic
def add_times(
    request: MeetingRequest,
    plans: list[Plan],
    *,
    version: int,
    until: datetime,
    by: User,
    at: datetime,
    word: Word | None = None,
) -> MeetingRequest:
    """Offer these as well. A request of which the time has run out is open again by it."""
    found, diary = negotiation.locked(request, at, version=version, states=(State.OPEN, State.LAPSED))
    if found.options.filter(meeting__state=Meeting.State.HELD).count() + len(plans) > AT_MOST:
        raise NotPossible(_("At most %(n)d times are on offer at once.") % {"n": AT_MOST})
    _offer(found, diary, plans, until=until, by=by, at=at, word=word)
    for kind in (STUCK, LAPSED, PROPOSED):
        negotiation.finished(found, by, _("Other times were offered"), kind=kind)
    found.proposals.filter(state="waiting").update(state="aside")
    negotiation.change(found, at=at, state=State.OPEN, expires_at=max(until, found.expires_at))
    negotiation.note(found, "offered", by=by, at=at, words=_in_words(plans))
    said_no = found.parties.exclude(answer=Answer.YES)
    said_no.update(answer=Answer.WAITING, answered_at=None, version=F("version") + 1)
    for party in found.parties.all():
        _ask(party, asking_mail.MORE, at=at)
    negotiation.record(found, "offered", by)
    negotiation.announce(found)
    return found


@transaction.atomic
def add_party(request: MeetingRequest, new: ToAsk, *, version: int, by: User, at: datetime) -> MeetingRequest:
    """Somebody else has to agree as well."""
    found, _diary = negotiation.locked(request, at, version=version)
    if new.coming.email and found.parties.filter(email=new.coming.email).exists():
        raise NotPossible(_("This address is asked already."))
    if found.parties.count() >= PARTIES:
        raise NotPossible(_("At most %(n)d people can be asked.") % {"n": PARTIES})
    party = _party(found, new)
    for option in negotiation.held(found):
        booking.invite(option.meeting, (_coming(party),), version=option.meeting.version, by=by, at=at)
    negotiation.change(found, at=at)
    negotiation.note(
        found, "party", by=by, at=at, party=party, words=_("%(name)s is asked too") % {"name": str(party)}
    )
    _ask(party, asking_mail.ASKED, at=at)
    negotiation.announce(found)
    return found


@transaction.atomic
def ask_again(request: MeetingRequest, party: RequestParty, *, version: int, by: User, at: datetime) -> None:
    """Send her the times once more."""
    found, _diary = negotiation.locked(request, at, version=version)
    negotiation.change(found, at=at)
    negotiation.note(
        found, "again", by=by, at=at, party=party, words=_("Asked %(name)s again") % {"name": str(party)}
    )
    party.request = found
    _ask(party, asking_mail.REMINDED, at=at)
    negotiation.announce(found)


@transaction.atomic
def promise(request: MeetingRequest, *, version: int, promised_at: datetime, by: User, at: datetime) -> None:
    """It is followed up by then; what was due before is done."""
    found, _diary = negotiation.locked(request, at, version=version)
    negotiation.change(found, at=at, promised_at=promised_at, chased_at=None)
    negotiation.finished(found, by, _("To be followed up later"), kind=CHASE)
    negotiation.note(found, "promised", by=by, at=at)
    negotiation.announce(found)


@transaction.atomic
def withdraw(
    request: MeetingRequest, *, version: int, because: str, by: User, at: datetime
) -> MeetingRequest:
    """It is not arranged any more: the times are free, and who was asked is told."""
    found, _diary = negotiation.locked(request, at, version=version, states=(State.OPEN, State.LAPSED))
    negotiation.change(found, at=at, state=State.GIVEN_UP, given_up_because=because[:240], remind_at=None)
    negotiation.free(found, by=by, at=at)
    negotiation.note(found, "given_up", by=by, at=at, words=because)
    negotiation.finished(found, by, _("Not arranged any more"))
    for party in found.parties.all():
        asking_mail.take_back(party, at=at)
    negotiation.record(found, "given_up", by)
    negotiation.announce(found)
    return found


def lapse(request: MeetingRequest, *, at: datetime) -> None:
    """Nobody answered in time. Call it with the diary locked."""
    negotiation.change(request, at=at, state=State.LAPSED, remind_at=None)
    negotiation.free(request, by=None, at=at)
    negotiation.note(request, "lapsed", by=None, at=at)
    for kind in (CHASE, STUCK):
        negotiation.finished(request, None, _("Its time was over"), kind=kind)
    negotiation.record(request, "lapsed", None)
    negotiation.announce(request)


@receiver(signals.meeting_changed)
def meeting_changed(sender, meeting: Meeting, verb: str, by, at: datetime, **facts):
    """What becomes of a time on offer, whoever does it: confirmed, it is agreed; moved, it is another."""
    if verb not in ("confirmed", "moved", "released", "cancelled", "lapsed"):
        return
    option = RequestOption.objects.filter(meeting=meeting, request__state=State.OPEN).first()
    if option is None:
        return
    request = MeetingRequest.objects.select_related("client", "diary").get(pk=option.request_id)
    if verb == "confirmed":
        negotiation.change(request, at=at, state=State.AGREED, meeting=meeting, remind_at=None)
        negotiation.free(request, by=by, at=at)
        negotiation.note(request, "agreed", by=by, at=at)
        negotiation.finished(request, by, _("A time is agreed"))
        negotiation.record(request, "agreed", by)
        negotiation.announce(request)
    elif verb == "moved":
        option.yeses.all().delete()
        negotiation.change(request, at=at)
        negotiation.announce(request)
    else:
        negotiation.note(
            request, "freed", by=by, at=at, words=asking_mail.day_and_time(meeting.starts_at, meeting.zone)
        )


def hold_one(request: MeetingRequest, diary: Diary, plan: Plan, *, until, by, at, word=None) -> RequestOption:
    """One more time on offer, with everybody who is asked as its guests. Raises Clashing, NotPossible."""
    starts, _ends = plan.moments(diary)
    held = booking.hold(diary, plan, until=min(until, starts), by=by, at=at, word=word)
    return RequestOption.objects.create(
        client_id=request.client_id, request=request, meeting=held, created_at=at
    )


def plan_at(request: MeetingRequest, starts: datetime) -> Plan:
    """The meeting asked for, at this moment."""
    local = starts.astimezone(ZoneInfo(request.diary.zone_name))
    return Plan(
        about=request.about,
        on=local.date(),
        at=local.time().replace(tzinfo=None),
        minutes=request.minutes,
        manner=request.manner,
        place=request.place,
        where=request.where,
        link=request.link,
        notes=request.notes,
        guests=tuple(_coming(party) for party in request.parties.all()),
        subject=(SUBJECT, request.pk),
    )


def _offer(request, diary, plans: list[Plan], *, until, by, at, word) -> None:
    """Hold them all, or none. Times of one request may lie closer than the diary's gaps: one is kept."""
    if not plans:
        raise NotPossible(_("Choose at least one time."))
    if len(plans) > AT_MOST:
        raise NotPossible(_("At most %(n)d times are on offer at once.") % {"n": AT_MOST})
    if until <= at:
        raise NotPossible(_("The times cannot be held until a moment that is over."))
    spans = sorted(plan.moments(diary) for plan in plans)
    if any(later[0] < earlier[1] for earlier, later in pairwise(spans)):
        raise NotPossible(_("Two of these times overlap. Choose others."))
    against = tuple(clash for plan in plans for clash in planning.against(diary, plan, at=at, reader=by))
    beside = {option.meeting_id for option in negotiation.held(request)}
    _accept(tuple(each for each in against if not _is_only_near(each, beside)), word)
    said = Word((word.because if word else "") or _("One of several times on offer"))
    for plan in plans:
        guests = tuple(_coming(party) for party in request.parties.all())
        held = replace(plan, guests=guests, subject=(SUBJECT, request.pk))
        hold_one(request, diary, held, until=until, by=by, at=at, word=said)


def _is_only_near(clash: Clash, beside) -> bool:
    """Whether it is only that two times on offer lie close to one another."""
    return clash.why in (Why.GAP, Why.TRAVEL) and clash.other is not None and clash.other.id in beside


def _accept(clashes: tuple[Clash, ...], word: Word | None) -> None:
    if not clashes:
        return
    stands = word is not None and word.because.strip()
    known = word is None or word.accepted is None or {each.key for each in clashes} <= word.accepted
    if not stands or not known or any(each.is_final for each in clashes):
        raise Clashing(clashes)


def _party(request: MeetingRequest, new: ToAsk) -> RequestParty:
    coming = new.coming
    if new.way == Way.MAIL and not coming.email:
        raise NotPossible(_("To ask by e-mail, type their address."))
    if new.way == Way.TEXT and not coming.number:
        raise NotPossible(_("To ask by text, type their number."))
    party = RequestParty.objects.create(
        client_id=request.client_id,
        request=request,
        correspondent_id=coming.correspondent_id or _known(request.client_id, coming),
        name=coming.name[:120],
        email=coming.email,
        number=coming.number,
        zone=coming.zone,
        language=coming.language,
        way=new.way,
    )
    guest_links.of_party(party)
    return party


def _known(client_id, coming: Coming):
    """Who has this address or number among the client's correspondents, if that is one person."""
    values = [each for each in (coming.email, coming.number) if each]
    known = CorrespondentAddress.objects.filter(client=client_id, value__in=values)
    found = set(known.values_list("correspondent", flat=True)) if values else set()
    return found.pop() if len(found) == 1 else None


def _coming(party: RequestParty) -> Coming:
    return Coming(
        name=party.name,
        email=party.email,
        number=party.number,
        zone=party.zone,
        language=party.language,
        correspondent_id=party.correspondent_id,
    )


def _ask(party: RequestParty, what: str, *, at: datetime) -> None:
    RequestParty.objects.filter(pk=party.pk).update(asked_at=at)
    asking_mail.tell(party, what, at=at)


def _in_words(plans: list[Plan]) -> str:
    """The times, in order, on the diary's clocks."""
    return _("; ").join(asking_mail.on_the_wall(plan.on, plan.at) for plan in sorted(plans, key=_when))


def _when(plan: Plan):
    return plan.on, plan.at
