"""What is looked after every few seconds: rings that ran out, callers who wait, lines nobody hears of."""

from datetime import timedelta
from zlib import crc32

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from clients import work
from clients.models import WorkItem
from secretariat import clock, live, outbox
from secretariat.office.audience import firm, on_shift
from secretariat.outbox.models import Effect
from secretariat.outbox.rounds import every

from . import diary_following, following, legs, offers, put_through, telephone_meetings, voicemail
from .dictation import dictating
from .models import Call, Leg, Offer, PutThrough

UNHEARD_FOR = timedelta(seconds=90)
NEVER_NAMED_FOR = timedelta(minutes=5)
VOICEMAIL_TAKES = timedelta(minutes=2)  # from hanging up to the word of a recording
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
    asked = Exists(Offer.objects.pending().filter(call=OuterRef("pk")))
    rung_at_the_client = Exists(PutThrough.objects.open().filter(call=OuterRef("pk")))
    due = waiting.filter(Q(~asked, ~rung_at_the_client) | Q(voicemail_at__lte=clock.Now())).order_by("pk")
    return sum(_look_after(pk) for pk in list(due.values_list("pk", flat=True)[:AT_MOST]))


def _look_after(pk) -> bool:
    call = Call.objects.select_for_update(of=["self"]).select_related("client", "line").get(pk=pk)
    if call.state != Call.State.RINGING:
        return False
    at = clock.now()
    if call.voicemail_at is None or at < call.voicemail_at:
        return offers.next_round(call, at=at)
    offers.to_voicemail(call, at=at)
    legs.send_caller(call, to="calls-voicemail")
    return True


@every(seconds=1)
def give_up_silent_numbers() -> int:
    """People at a client we ring, of whom the carrier has said nothing for too long."""
    silent = PutThrough.objects.filter(state__in=PutThrough.TRYING, give_up_at__lte=clock.Now())
    return sum(put_through.fell_silent(put, at=clock.now()) for put in silent.order_by("pk")[:AT_MOST])


@every(seconds=15)
def ask_about_legs() -> int:
    """Legs we have long heard nothing of: the carrier is asked, for no notice may ever come."""
    silent = Leg.objects.live().filter(heard_at__lte=clock.Now() - UNHEARD_FOR).exclude(carrier_id="")
    found = list(silent.order_by("heard_at")[:AT_MOST])
    for leg in found:
        outbox.post(
            "calls.check_leg",
            key=f"calls.check_leg:{leg.pk}:{leg.heard_at:%Y%m%d%H%M%S}",
            queue="urgent",
            client_id=leg.client_id,
            subject=("calls.leg", leg.pk),
        )
    # The answer counts as hearing of it; until then one question at a time is enough.
    Leg.objects.filter(pk__in=[leg.pk for leg in found]).update(heard_at=clock.Now())
    return len(found)


@every(seconds=15)
def end_nameless_legs() -> int:
    """Legs the carrier never gave a name: nobody can be on them."""
    nameless = Leg.objects.live().filter(carrier_id="", created_at__lte=clock.Now() - NEVER_NAMED_FOR)
    found = list(nameless[:AT_MOST])
    for leg in found:
        following.leg_said(leg.pk, Leg.Status.FAILED, at=clock.now())
    return len(found)


@every(seconds=5)
def end_idle_lines() -> int:
    """Lines of secretaries kept for a call that has ended or was taken in the same moment."""
    line = OuterRef("secretary")
    talks = Exists(Call.objects.filter(state=Call.State.TALKING, secretary=line))
    may_talk = Exists(Offer.objects.pending().filter(is_second=True, secretary=line))
    told = Exists(Effect.objects.filter(kind="calls.hang_up", subject_id=OuterRef("pk")))
    idle = Leg.objects.live().filter(
        ~talks, ~may_talk, ~told, party=Leg.Party.SECRETARY, offer__state=Offer.State.ACCEPTED
    )
    found = list(idle.order_by("pk")[:AT_MOST])
    for leg in found:
        legs.hang_up(leg, at=clock.now(), because=_("the call has ended"))
    return len(found)


@every(seconds=15)
def end_voicemails() -> int:
    """Callers who hung up before the tone: no recording will ever be told of."""
    over = Call.objects.filter(
        state=Call.State.VOICEMAIL,
        legs__party=Leg.Party.CALLER,
        legs__ended_at__lte=clock.Now() - VOICEMAIL_TAKES,
    )
    found = list(over.select_for_update(of=["self"]).select_related("client", "line")[:AT_MOST])
    for call in found:
        voicemail.absent(call, at=clock.now())
    return len(found)


@every(seconds=30)
def show_forgotten() -> int:
    """Calls that ended long ago and were neither finished nor put aside: somebody must see them."""
    shown = Exists(WorkItem.objects.open().filter(kind=WORK_KIND, subject_id=OuterRef("pk")))
    forgotten = Call.objects.filter(
        ~shown, state=Call.State.WRAP_UP, parked_at=None, ended_at__lte=clock.Now() - UNFINISHED_AFTER
    )
    found = list(forgotten.select_related("client", "secretary__user")[:AT_MOST])
    for call in found:
        work.open_item(
            WORK_KIND,
            subject=("calls.call", call.pk),
            client=call.client,
            because=_("This call ended without a message, and nobody said why"),
            owner=call.secretary.user if call.secretary else None,
        )
    return len(found)


@every(seconds=1)
def tell_of_the_queue() -> int:
    """Whoever watches the queue learns when it has changed, at most once a second.

    The last such event carries a figure made of the calls that waited then: no memory is needed to compare.
    """
    waiting = Call.objects.filter(state=Call.State.RINGING).order_by("pk").values_list("pk", flat=True)
    figure = crc32(b"".join(pk.bytes for pk in waiting))
    if figure == live.last_version("queue.changed"):
        return 0
    return int(live.announce("queue.changed", "queue", figure, firm() | on_shift()) is not None)


@every(seconds=5)
def ring_for_meetings() -> int:
    """Meetings by telephone are rung a minute before they begin; who did not answer, once more."""
    at = clock.now()
    return telephone_meetings.begin_due(at=at) + telephone_meetings.try_again_due(at=at)


@every(seconds=15)
def look_after_diary_lines() -> int:
    """Lines rung for the diary of which nothing is heard, and meetings nobody is in."""
    at = clock.now()
    return diary_following.look_after(at=at) + telephone_meetings.look_after(at=at)


@every(seconds=60)
def end_forgotten_dictations() -> int:
    """What was dictated on calls of whose end nobody told us."""
    return dictating.end_forgotten(at=clock.now())
