"""What outbox and inbox hold of people, and how long."""

from datetime import timedelta

from django.db.models import CharField, Func, Q, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from secretariat import clock
from secretariat.retention.registry import Rule, Then, Whose, impersonal, personal

from .models import Breaker, Effect, InboundEvent, Round

State = Effect.State
SENT_STAYS = 1  # days
UNSENT_STAYS = 90  # days: a person may still decide to send it again


class Hash(Func):
    """SHA-256 of a text, in hexadecimal."""

    template = "encode(sha256(convert_to(%(expressions)s, 'UTF8')), 'hex')"
    output_field = CharField()


def _finished(before) -> QuerySet[Effect]:
    long_before = before - timedelta(days=UNSENT_STAYS - SENT_STAYS)
    over = Q(state__in=[State.DONE, State.CANCELLED], changed_at__lt=before)
    over |= Q(state__in=Effect.NEEDS_PERSON, changed_at__lt=long_before)
    return Effect.objects.filter(over, is_settled=True, emptied_at=None)


def _empty(rows: QuerySet[Effect]) -> None:
    hashed = Hash(Cast("payload", CharField()))
    rows.update(payload_hash=hashed, payload={}, emptied_at=clock.Now())


FINISHED = Rule(
    "effects",
    Then.EMPTIED,
    since=_("it was sent or called off; ninety days if it could not be sent"),
    days=SENT_STAYS,
    over=_finished,
    mark="emptied_at",
    doing=_empty,
)
RAW = Rule(
    "inbox",
    Then.EMPTIED,
    since=_("the notice was worked"),
    days=1,
    duty="secretariat.outbox.working.empty_old_bodies",
)

personal(
    Effect,
    "payload",
    what=_("what leaves us: words, numbers, addresses"),
    whose=Whose.ANYONE,
    rule=FINISHED,
)
impersonal(Effect, "kind key lane subject_kind", because="names and ids of ours")
impersonal(Effect, "receipt reason", because="the provider's id and code, or a code of ours")
impersonal(Effect, "payload_hash", because="a hash")
personal(
    InboundEvent,
    "sealed_body headers answer",
    what=_("what carrier and mailbox tell us, as it came, sealed, and our answer"),
    whose=Whose.ANYONE,
    rule=RAW,
)
impersonal(InboundEvent, "provider kind key token body_hash", because="names, ids and a hash")
impersonal(InboundEvent, "reason", because="a fault's class and place")
impersonal(Breaker, "channel", because="a provider of ours")
impersonal(Round, "name fault", because="a duty's name, and a fault's class and place")
