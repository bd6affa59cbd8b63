"""A secretary has been shut out: what rings at her is taken away, and who is with her is offered anew."""

from django.db.models import Q
from django.dispatch import receiver

from clients import work
from secretariat.office import signals

from . import line_lost, offers, wrap_up
from .models import Call, Offer


@receiver(signals.person_suspended, dispatch_uid="calls.person_suspended")
def person_suspended(sender, user, by, at, **rest):
    secretary = getattr(user, "secretary", None)
    if secretary is None:
        return
    ringing = Offer.objects.pending().filter(secretary=secretary)
    hers = Call.objects.at_desk_of(secretary).values("pk")
    calls = (
        Call.objects.select_for_update(of=["self"])
        .select_related("client", "line", "secretary")
        .filter(Q(pk__in=hers) | Q(pk__in=ringing.values("call")))
        .order_by("pk")
    )
    locked = list(calls)
    for offer in ringing.select_related("secretary", "leg").order_by("call", "pk"):
        offers.unreachable(offer, at=at)
    for call in locked:
        call.refresh_from_db(fields=["state", "secretary", "version"])
        if call.secretary_id != secretary.pk:
            continue
        if call.state == Call.State.TALKING:
            won = call.offers.select_related("secretary", "leg").filter(
                secretary=secretary, state=Offer.State.ACCEPTED, lost_at=None
            )
            line_lost.lose(call, won.get(), at=at)
        elif call.state == Call.State.WRAP_UP:
            wrap_up.park(call, by=by, at=at)
    work.release_all(user, by=by)  # what was put aside is for whoever takes it
