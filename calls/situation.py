"""The facts a decision needs, looked up: who rings, what the client said, who could take the call.

`routing` judges them. The same look-up serves a ringing call, its later rounds and a rehearsal.
"""

from datetime import timedelta

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Now
from django.utils.translation import gettext as _

from clients.guidance import Guidance
from clients.models import Assignment, Line
from secretariat.office.models import LineKind, Presence, SecretaryLanguage

from .models import Call, Leg, Offer
from .routing import Candidate, Situation

HEARTBEAT_LASTS = timedelta(seconds=45)  # on the computer's own clock, as heartbeats are written


def line_called(number: str) -> Line | None:
    """The line with this number, if we answer it."""
    lines = Line.objects.select_related("client").filter(
        number=number, is_active=True, client__is_active=True
    )
    return lines.first()


def of(guidance: Guidance, *, loop: str = "") -> Situation:
    """The situation of somebody who begins to ring. `loop` says how the call came round, if it did."""
    return Situation(
        caller=guidance.caller,
        answered=guidance.availability.answered,
        verdict=guidance.verdict,
        zone=guidance.client.zone,
        at=guidance.at,
        loop=loop,
        whereabouts=guidance.whereabouts[0] if guidance.whereabouts else None,
        candidates=candidates(guidance.client),
    )


def came_round(number: str, line: Line) -> str:
    """How this ring is one of our own, or an empty string: it comes from a number of ours, or on behalf of
    a caller we are just putting through to where the client's own line leads back to us."""
    if not number:
        return ""
    if Line.objects.filter(number=number).exists():
        return _("it comes from one of our own lines")
    put_through = Leg.objects.live().filter(
        party=Leg.Party.CONTACT, to=line.forwarded_from, call__caller_number=number
    )
    if line.forwarded_from and put_through.exists():
        return _("we are just putting this caller through, and the client’s line is forwarded to us")
    return ""


def candidates(client, *, call: Call | None = None) -> tuple[Candidate, ...]:
    """Everybody who answers for this client, as she is now. `call`: what was offered of it already counts."""
    of_this_call = Q(secretary__offers__call=call, secretary__offers__lost_at=None) if call else Q(pk__in=[])
    offered = Count("secretary__offers", filter=of_this_call, distinct=True)
    declined = Count(
        "secretary__offers",
        filter=of_this_call & Q(secretary__offers__state=Offer.State.DECLINED),
        distinct=True,
    )
    level = SecretaryLanguage.objects.filter(
        secretary=OuterRef("secretary"), language__startswith=client.language.partition("-")[0]
    ).order_by("-level")
    pending = Offer.objects.pending().filter(secretary=OuterRef("secretary"))
    rows = (
        Assignment.objects.current()
        .filter(client=client)
        .select_related("secretary")
        .annotate(
            presence_state=F("secretary__presence__state"),
            presence_line=F("secretary__presence__line"),
            idle_since=F("secretary__presence__since"),
            registered=F("secretary__presence__phone_registered"),
            heard=Q(secretary__presence__heartbeat_at__gt=Now() - HEARTBEAT_LASTS),
            ringing=Exists(pending),
            level=Coalesce(Subquery(level.values("level")[:1]), Value(0), output_field=IntegerField()),
            offered=offered,
            declined=declined,
        )
    )
    return tuple(_candidate(row) for row in rows)


def _candidate(row) -> Candidate:
    line = row.presence_line or LineKind.BROWSER
    return Candidate(
        secretary_id=row.secretary_id,
        user_id=row.secretary.user_id,
        name=row.secretary.spoken_name,
        turn=row.turn,
        line=line,
        state=row.presence_state or Presence.State.OFF,
        # Her own telephone needs no browser; it only needs a number.
        present=bool(row.secretary.home_number)
        if line == LineKind.PHONE
        else bool(row.heard and row.registered),
        ringing=row.ringing,
        terms_accepted=row.terms_accepted_at is not None,
        level=row.level,
        idle_since=row.idle_since,
        offered=row.offered,
        declined=bool(row.declined),
    )
