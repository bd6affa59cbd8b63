"""A secretary's line has gone while her caller was there. The caller rings again, and never hears silence."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from secretariat import ledger, live
from secretariat.office.models import LineKind

from . import conference, dialling, legs, offers, put_through, timeline, wrap_up
from .models import Call, Leg, Offer, PutThrough


def secretary_gone(call, offer, *, at: datetime) -> None:
    """Her leg has ended. Putting her own receiver down ends the call; a browser that vanished does not."""
    if call.state != Call.State.TALKING or offer.lost_at:
        return
    if put_through.she_left(call, at=at):
        return
    if offer.line == LineKind.PHONE and not call.held_at:
        conference.hang_up(call, by=offer.secretary, at=at)
        return
    lose(call, offer, at=at)


def lose(call, offer, *, at: datetime) -> None:
    """Offer the caller again, to everybody who is free at once."""
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
    offers.next_round(call, at=at, all_at_once=True)
