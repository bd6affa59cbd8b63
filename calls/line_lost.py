"""A secretary's line has gone while her callers were there. They ring again, and never hear silence.

Others are offered them at once; she may come back to each until somebody else has taken it.
"""

from datetime import datetime, timedelta

from django.db.models import F
from django.utils.translation import gettext as _

from secretariat import ledger, live
from secretariat.office.models import LineKind

from . import conference, dialling, her_line, legs, offers, put_through, situation, timeline, wrap_up
from .models import Call, IllegalMove, Leg, Offer, PutThrough
from .routing import OWN, Candidate


def line_ended(leg, call, *, at: datetime) -> None:
    """The line she had answered has ended: whoever stood on it is looked after, those on hold too.

    All her calls are locked. A late word of a line she no longer uses concerns its own call alone.
    """
    theirs = Call.objects.filter(state=Call.State.TALKING, secretary=leg.secretary_id)
    if her_line.of(leg.secretary_id):
        theirs = theirs.filter(pk=call.pk, offers__leg=leg)
    # Nobody is offered anything before all of them are lost: until then she looks as if she were on a call.
    offered = Offer.objects.pending().filter(secretary=leg.secretary_id, is_second=True)
    for offer in offered.select_related("secretary", "leg"):
        offers.give_up(offer, at=at, because=_("her line was lost"))
    # Whom she talks to comes before those on hold: what ends a talk must not take them along.
    calls = theirs.select_related("client", "line").order_by(F("held_at").asc(nulls_first=True))
    lost = [each for each in calls if secretary_gone(each, at=at)]
    for each in lost:
        offers.next_round(each, at=at, all_at_once=True)


def secretary_gone(call, *, at: datetime) -> bool:
    """Her leg has ended. Putting her own receiver down ends the call; a browser that vanished does not.

    Returns whether the caller is there, to be offered again.
    """
    won = call.offers.filter(state=Offer.State.ACCEPTED, lost_at=None, secretary=call.secretary_id)
    offer = won.select_related("secretary").first()
    if offer is None or put_through.she_left(call, at=at):
        return False
    if offer.line == LineKind.PHONE and not call.held_at:
        conference.hang_up(call, by=offer.secretary, at=at)
        return False
    lose(call, offer, at=at)
    return True


def lose(call, offer, *, at: datetime) -> None:
    """The caller hears that she is connected again, and waits for whoever takes her next."""
    dialling.stop(call, PutThrough.State.FAILED, at=at, because=_("her line was lost"))
    call.lose_line(voicemail_at=at + timedelta(seconds=call.line.voicemail_after_seconds))
    Offer.objects.filter(pk=offer.pk).update(lost_at=at)
    timeline.note(call, timeline.LINE_LOST, at=at, secretary_id=offer.secretary_id)
    ledger.record(
        "call.line_lost",
        actor_id=offer.secretary.user_id,
        client_id=call.client_id,
        subject=("calls.call", call.pk),
    )
    wrap_up.settle_presence(offer.secretary, at=at)
    live.announce("call.ended", call.pk, call.version, [offer.secretary.user_id])
    for leg in call.legs.live().exclude(party=Leg.Party.CALLER):
        legs.hang_up(leg, at=at, because=_("her line was lost"))
    legs.send_caller(call, to="calls-returned")


def rejoin(call, *, by, line: str, at: datetime) -> None:
    """She comes back to the caller she lost, by `line` (a LineKind): it rings there, and nowhere else.

    Whoever is back already is not refused: her browser answers by itself what rings, perhaps before this was
    heard. Raises IllegalMove if somebody else has the caller, ValueError for a telephone whose number is not
    known.
    """
    if call.state == Call.State.TALKING and _is_back(call, by):
        return
    lost = call.offers.filter(secretary=by, lost_at__isnull=False)
    if call.state != Call.State.RINGING or not lost.exists():
        raise IllegalMove(f"call {call.pk} is nothing {by.pk} could come back to")
    if line not in LineKind.values or (line == LineKind.PHONE and not by.home_number):
        raise ValueError("no such line of hers")
    for offer in Offer.objects.pending().filter(secretary=by).select_related("leg", "secretary", "call"):
        if offer.call_id == call.pk and offer.line == line and not offer.is_second:
            return  # it rings there already
        offers.give_up(offer, at=at, because=_("she went back to the caller whose line was lost"))
    coming = Candidate(
        secretary_id=by.pk,
        user_id=by.user_id,
        name=by.spoken_name,
        turn=OWN,
        line=line,
        to=situation.rings_at(by, line),
    )
    because = _("her line was lost, and she came back")
    if not offers.make_round(call, [coming], at=at, number=offers.next_number(call), because=because):
        raise IllegalMove(f"another call rings at the desk of {by.pk}")


def _is_back(call, secretary) -> bool:
    """Whether she has the caller again whose line she had lost."""
    hers = call.offers.filter(secretary=secretary)
    return hers.filter(lost_at__isnull=False).exists() and (
        hers.filter(state=Offer.State.ACCEPTED, lost_at=None).exists()
    )
