"""The facts a decision needs, looked up: who rings, what the client said, who could take the call.

`routing` judges them. The same look-up serves a ringing call, its later rounds and a rehearsal.
"""

from datetime import timedelta
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce, Now
from django.utils.translation import gettext as _

from clients.confidentiality import terms
from clients.guidance import Guidance
from clients.models import Assignment, Contact, Line, NeededSkill
from secretariat import clock
from secretariat.office.models import (
    Contract,
    Firm,
    LineKind,
    Presence,
    SecondCalls,
    SecretarySkill,
)

from . import reachable, required
from .models import Call, DiaryLeg, Leg, Offer, PutThrough
from .routing import OWN, Candidate, Situation

HEARTBEAT_LASTS = timedelta(seconds=45)  # on the computer's own clock, as heartbeats are written
COMES_BACK_WITHIN = timedelta(seconds=10)  # a desk that is loaded again, likewise on the computer's clock
PAUSE = timedelta(seconds=3)  # before a line that did not ring is tried again


# Each look-up is a query set of its own, which takes expressions in place of values too: `at_once` asks
# them all in one statement.


def identity(secretary_id: UUID) -> str:
    """Her browser's name at the carrier."""
    return f"sec_{secretary_id.hex}"


def rings_at(secretary, line: str) -> str:
    """What the carrier rings when she answers by this line."""
    return secretary.home_number if line == LineKind.PHONE else f"client:{identity(secretary.pk)}"


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
        suspended_since=guidance.suspended.since if guidance.suspended else None,
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
            line_lost=Q(secretary__presence__line_lost_at__gt=Now() - COMES_BACK_WITHIN),
            ringing=_is_rung(),
            level=_level(),
            level_needed=F("client__level_needed"),
            wishes=F("client__second_calls"),
            skills_missing=ArraySubquery(_skills_missing()),
            **required.missing(),
            second_calls=Coalesce(Subquery(Firm.objects.values("second_calls")[:1]), Value(SecondCalls.OWN)),
            uncontracted=_uncontracted(),
            terms_waiting=terms.unaccepted(),
            on_her_desk=_on_her_desk(),
            putting_through=Exists(_putting_through()),
            **_of_this_call(call),
        )
        .order_by("from_at", "pk")
    )


def _is_rung():
    """For another caller, or for a dictation at its time: also while her line for it is being made anew."""
    offers = Offer.objects.pending().filter(secretary=OuterRef("secretary"))
    lines = DiaryLeg.objects.filter(ended_at=None, guest__secretary=OuterRef("secretary"))
    return Exists(offers) | Exists(lines)


def _uncontracted():
    """The firm asks for signed contracts by now, and she has none that holds, by her own calendar."""
    today = clock.day_in(OuterRef("secretary__zone"))
    held = Contract.objects.holding(today).filter(secretary=OuterRef("secretary"))
    return Exists(Firm.objects.filter(contracts_from__lte=today)) & ~Exists(held)


def _level():
    spoken = required.speaking(OuterRef("client__language")).filter(secretary=OuterRef("secretary"))
    best = spoken.order_by("-level").values("level")[:1]
    return Coalesce(Subquery(best), Value(0), output_field=IntegerField())


def _skills_missing():
    has = SecretarySkill.objects.filter(secretary=OuterRef(OuterRef("secretary")), skill=OuterRef("skill"))
    missing = NeededSkill.objects.filter(~Exists(has), client=OuterRef("client"))
    return missing.order_by("skill__name").values("skill__name")


def _number_of(hers: QuerySet) -> Coalesce:
    """How many rows of hers there are, each asked for by itself: her past is long."""
    counted = hers.order_by().values("secretary").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), Value(0))


def _on_her_desk() -> Coalesce:
    lying = Q(state=Call.State.TALKING) | Q(state=Call.State.WRAP_UP, parked_at=None)
    return _number_of(Call.objects.filter(lying, secretary=OuterRef("secretary")))


def _putting_through():
    return PutThrough.objects.open().filter(
        call__secretary=OuterRef("secretary"), call__state=Call.State.TALKING
    )


def _of_this_call(call: Call | None) -> dict:
    """What was offered of this call to her already, and how it went."""
    if call is None:
        return dict.fromkeys(("offered", "declined", "unreached", "pausing", "lost_it"), Value(0))
    offers = Offer.objects.filter(call=call, secretary=OuterRef("secretary"))
    standing = offers.filter(lost_at=None)
    unreached = standing.filter(unreached=True)
    rejoin = timedelta(seconds=Firm.current().rejoin_seconds)
    return {
        "offered": _number_of(standing),
        # A second call she could not take just then may still be hers when she is free.
        "declined": _number_of(standing.filter(state=Offer.State.DECLINED, is_second=False)),
        "unreached": _number_of(unreached),
        "pausing": _number_of(unreached.filter(settled_at__gt=clock.Now() - PAUSE)),
        "lost_it": _number_of(offers.filter(lost_at__gt=clock.Now() - rejoin)),
    }


def candidate(row) -> Candidate:
    """One of `team_rows` for the rules to judge."""
    line = row.presence_line or LineKind.BROWSER
    wanted = row.wishes or row.second_calls
    may_hold = wanted == SecondCalls.EVERYBODY or (wanted == SecondCalls.OWN and row.turn == OWN)
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
        contracted=not row.uncontracted,
        terms_waiting=row.terms_waiting,
        level=row.level,
        level_needed=row.level_needed,
        skills_missing=tuple(row.skills_missing),
        papers_missing=required.in_words(row),
        idle_since=row.idle_since,
        offered=row.offered,
        declined=bool(row.declined),
        # Only from her desk can she hold one call for another, and two are as many as she can keep apart.
        may_hold=may_hold and bool(row.heard) and row.on_her_desk == 1 and not row.putting_through,
        returning=line == LineKind.BROWSER and bool((row.line_lost and not row.registered) or row.lost_it),
        pausing=bool(row.pausing),
        unreached=row.unreached,
        to=rings_at(row.secretary, line),
    )
