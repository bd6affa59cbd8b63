"""The facts a decision needs, looked up: who rings, what the client said, who could take the call.

`routing` judges them. The same look-up serves a ringing call, its later rounds and a rehearsal.
"""

from datetime import timedelta
from uuid import UUID

from django.db.models import (
    CharField,
    Count,
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce, Now
from django.utils.translation import gettext as _

from clients.guidance import Guidance
from clients.models import Assignment, Contact, Line
from secretariat.office.models import LineKind, Presence, SecretaryLanguage

from . import reachable
from .models import Call, Leg, Offer
from .routing import Candidate, Situation

HEARTBEAT_LASTS = timedelta(seconds=45)  # on the computer's own clock, as heartbeats are written


# Each look-up is a query set of its own, which takes expressions in place of values too: `at_once` asks
# them all in one statement.


def identity(secretary_id: UUID) -> str:
    """Her browser's name at the carrier."""
    return f"sec_{secretary_id.hex}"


def line_called(number: str) -> Line | None:
    """The line with this number, if we answer it."""
    return lines_called(number).first()


def lines_called(number) -> QuerySet[Line]:
    return Line.objects.select_related("client").filter(number=number, is_active=True, client__is_active=True)


def of(
    guidance: Guidance, *, loop: str = "", team: tuple[Candidate, ...] | None = None, numbers=()
) -> Situation:
    """The situation of somebody who begins to ring. `loop` says how the call came round, if it did; `team`
    is whoever answers for the client, where that has been looked up already; `numbers`, on which she is rung
    whom the instruction names, are called by their labels."""
    return Situation(
        caller=guidance.caller,
        answered=guidance.availability.answered,
        verdict=guidance.verdict,
        zone=guidance.client.zone,
        at=guidance.at,
        loop=loop,
        whereabouts=guidance.whereabouts[0] if guidance.whereabouts else None,
        candidates=candidates(guidance.client) if team is None else team,
        numbers=tuple(each["label"] for each in numbers),
    )


def numbers_to_ring(guidance: Guidance) -> tuple[Contact | None, list[dict]]:
    """Whom the instruction in force puts callers through to without a secretary, and her numbers in order."""
    wins = guidance.verdict.wins
    if wins is None or not wins.directly:
        return None, []
    contact = Contact.objects.filter(pk=wins.put_through_to, is_active=True).first()
    return contact, reachable.numbers_of(contact) if contact else []


def came_round(number: str, line: Line, *, forwarded_from: str = "") -> tuple[str, Leg | None]:
    """How this ring is one of our own, or an empty string; and which leg of ours it is, if that is certain.

    It comes from a number of ours, or on behalf of a caller we are just putting through, from a telephone
    that is forwarded to us. `forwarded_from` is E.164, where the network says it.
    """
    if not number:
        return "", None
    by_whom = {forwarded_from, line.forwarded_from} - {""}
    if lines_of_ours(number).exists():
        ours = Leg.objects.live().filter(party=Leg.Party.CONTACT, call__line__number=number)
        under_way = list(ours.filter(client=line.client_id).order_by("-created_at")[:2])
        named = [leg for leg in under_way if leg.to in by_whom]
        certain = named or (under_way if len(under_way) == 1 else [])
        if certain:
            return _("the telephone we are putting a caller through to is forwarded to us"), certain[0]
        return _("it comes from one of our own lines"), None
    leg = legs_put_through(number).filter(client=line.client_id, to__in=by_whom).first()
    if leg:
        return _("we are just putting this caller through, and that telephone is forwarded to us"), leg
    return "", None


def lines_of_ours(number) -> QuerySet[Line]:
    return Line.objects.filter(number=number)


def legs_put_through(number) -> QuerySet[Leg]:
    """The lines on which this caller is being put through."""
    return Leg.objects.live().filter(party=Leg.Party.CONTACT, call__caller_number=number)


def earlier_calls(client, number) -> QuerySet[Call]:
    """How often she has called, by her number."""
    return Call.objects.filter(client=client, caller_number=number)


def candidates(client, *, call: Call | None = None) -> tuple[Candidate, ...]:
    """Everybody who answers for this client, as she is now. `call`: what was offered of it already counts."""
    return tuple(map(candidate, team_rows(client, call=call)))


def team_rows(client, *, call: Call | None = None) -> QuerySet[Assignment]:
    """The rows of `candidates`."""
    of_this_call = Q(secretary__offers__call=call, secretary__offers__lost_at=None) if call else Q(pk__in=[])
    offered = Count("secretary__offers", filter=of_this_call, distinct=True)
    declined = Count(
        "secretary__offers",
        filter=of_this_call & Q(secretary__offers__state=Offer.State.DECLINED),
        distinct=True,
    )
    level = SecretaryLanguage.objects.filter(
        secretary=OuterRef("secretary"), language__startswith=_spoken_in(OuterRef("client__language"))
    ).order_by("-level")
    pending = Offer.objects.pending().filter(secretary=OuterRef("secretary"))
    return (
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
        .order_by("from_at", "pk")
    )


def _spoken_in(language) -> Func:
    """ "en" of "en-GB"."""
    return Func(language, Value("-"), Value(1), function="SPLIT_PART", output_field=CharField())


def candidate(row) -> Candidate:
    """One of `team_rows` for the rules to judge."""
    line = row.presence_line or LineKind.BROWSER
    return Candidate(
        secretary_id=row.secretary_id,
        user_id=row.secretary.user_id,
        name=row.secretary.spoken_name,
        turn=row.turn,
        line=line,
        state=row.presence_state or Presence.State.OFF,
        # Her own telephone needs no browser; it only needs a number that is known to be hers.
        present=row.secretary.rings_at_home if line == LineKind.PHONE else bool(row.heard and row.registered),
        ringing=row.ringing,
        terms_accepted=row.terms_accepted_at is not None,
        level=row.level,
        idle_since=row.idle_since,
        offered=row.offered,
        declined=bool(row.declined),
        to=row.secretary.home_number if line == LineKind.PHONE else f"client:{identity(row.secretary_id)}",
    )
