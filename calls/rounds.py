"""What is looked after every few seconds: rings that ran out, callers who wait, lines nobody hears of."""

from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from clients import work
from secretariat import clock, outbox
from secretariat.outbox.rounds import every

from . import legs, offers, voicemail
from .models import Call, Leg, Offer

UNHEARD_FOR = timedelta(seconds=90)
NEVER_NAMED_FOR = timedelta(minutes=5)
VOICEMAIL_TAKES = timedelta(minutes=10)
UNFINISHED_AFTER = timedelta(minutes=15)
AT_MOST = 50
WORK_KIND = "calls.forgotten"


@every(seconds=1)
def expire_offers() -> int:
    """Rings nobody answered in time: to the next round."""
    late = Offer.objects.pending().filter(expires_at__lte=clock.Now()).select_related("secretary", "leg")
    return sum(offers.expire(offer, at=clock.now()) for offer in late.order_by("call", "pk")[:AT_MOST])


@every(seconds=1)
def look_after_waiting() -> int:
    """Callers who wait: offered to whoever is free by now, or to voicemail when their time is up."""
    waiting = Call.objects.filter(state=Call.State.RINGING)
    unasked = ~Q(offers__state=Offer.State.PENDING)
    due = waiting.filter(unasked | Q(voicemail_at__lte=clock.Now())).order_by("pk").distinct()
    for pk in list(due.values_list("pk", flat=True)[:AT_MOST]):
        _look_after(pk)
    return due.count()


def _look_after(pk) -> None:
    call = Call.objects.select_for_update(of=["self"]).select_related("client", "line").get(pk=pk)
    if call.state != Call.State.RINGING:
        return
    at = clock.now()
    if call.voicemail_at and call.voicemail_at <= at:
        offers.to_voicemail(call, at=at)
        legs.send_caller(call, to="calls-voicemail")
    else:
        offers.next_round(call, at=at)


@every(seconds=15)
def ask_about_legs() -> int:
    """Legs we have long heard nothing of: the carrier is asked, for no notice may ever come."""
    silent = Leg.objects.live().filter(heard_at__lte=clock.Now() - UNHEARD_FOR).exclude(carrier_id="")
    asked = 0
    for leg in silent.order_by("heard_at")[:AT_MOST]:
        outbox.post(
            "calls.check_leg",
            key=f"calls.check_leg:{leg.pk}:{leg.heard_at:%Y%m%d%H%M%S}",
            queue="urgent",
            client_id=leg.client_id,
            subject=("calls.leg", leg.pk),
        )
        asked += 1
    return asked


@every(seconds=15)
def end_nameless_legs() -> int:
    """Legs the carrier never gave a name: nobody can be on them."""
    nameless = Leg.objects.live().filter(carrier_id="", created_at__lte=clock.Now() - NEVER_NAMED_FOR)
    ended = [leg.hear_status(Leg.Status.FAILED, at=clock.now()) for leg in nameless[:AT_MOST]]
    return len(ended)


@every(seconds=15)
def end_voicemails() -> int:
    """Callers who hung up before the tone: no recording will ever be told of."""
    over = Call.objects.filter(
        state=Call.State.VOICEMAIL,
        legs__party=Leg.Party.CALLER,
        legs__ended_at__lte=clock.Now() - VOICEMAIL_TAKES,
    )
    for call in list(over.select_for_update(of=["self"]).select_related("client", "line")[:AT_MOST]):
        voicemail.absent(call, at=clock.now())
    return len(over)


@every(seconds=30)
def show_forgotten() -> int:
    """Calls that ended long ago and were neither finished nor put aside: somebody must see them."""
    forgotten = Call.objects.filter(
        state=Call.State.WRAP_UP, parked_at=None, ended_at__lte=clock.Now() - UNFINISHED_AFTER
    )
    for call in forgotten.select_related("client", "secretary__user")[:AT_MOST]:
        work.open_item(
            WORK_KIND,
            subject=("calls.call", call.pk),
            client=call.client,
            because=_("This call ended without a message, and nobody said why"),
            owner=call.secretary.user if call.secretary else None,
        )
    return len(forgotten)
