"""What every round of offers must have been, judged from the rows it left behind.

The rule itself (`calls.routing`) judges before a round, from what it knows then. This looks back, and says
nothing of a secretary of whom the rows do not prove that she was free.
"""

from django.db.models import Q

from calls.models import Call, Offer
from calls.routing import OWN, POOL, POOL_AT_ONCE, STAND_IN
from secretariat.office.models import Presence

TURNS = [OWN, STAND_IN, POOL]


def wrong_with(call: Call, number: int, turns: dict, fit_since: dict) -> list[str]:
    """What is wrong with this round, in words.

    `turns`: of everybody who answers for the client, by her id. `fit_since`: since when each of the pool has
    had the language, the skills and the terms; who lacks one of them is not in it.
    """
    offers = list(call.offers.filter(round=number).select_related("secretary"))
    offered = {offer.secretary_id: offer for offer in offers}
    names = ", ".join(sorted(offer.secretary.spoken_name for offer in offers))
    told = f"round {number} ({names}): "
    wrong = [
        told + "one of the pool lacks the language, a skill or the terms"
        for each in offered
        if turns[each] == POOL and each not in fit_since
    ]
    if _said_not_now(call, offered, before=number).exists():
        wrong.append(told + "she had said not now")
    if _anybody_was_lost(call, before=offers[0].offered_at):
        return wrong  # cut off, she should not wait again: everybody is asked at once
    of_turns = {turns[each] for each in offered}
    if len(of_turns) > 1:
        wrong.append(told + "two turns at once")
    if sum(turns[each] == POOL for each in offered) > POOL_AT_ONCE:
        wrong.append(told + "too many of the pool at once")
    return wrong + [told + each for each in _passed_over(call, number, offers, turns, fit_since)]


def _passed_over(call, number, offers, turns, fit_since):
    """Those who were surely free, and whose turn it was."""
    at, second = offers[0].offered_at, offers[0].is_second
    offered = {offer.secretary_id for offer in offers}
    theirs = min(_place(call, each, number, turns) for each in offered)
    free = Presence.objects.filter(secretary__in=turns, state=Presence.State.READY, since__lt=at)
    for presence in free.exclude(secretary__in=offered).select_related("secretary"):
        each, name = presence.secretary_id, presence.secretary.spoken_name
        fit = turns[each] != POOL or (each in fit_since and fit_since[each] < at)
        if not fit or _was_otherwise_asked(call, each, at):
            continue
        place = _place(call, each, number, turns)
        if second:
            yield f"a second call, and {name} was free"
        elif place < theirs:
            yield f"it was the turn of {name}"
        elif place == theirs and turns[each] != POOL:
            yield f"{name} was not asked together with the others"


def _place(call, secretary, number, turns):
    """How often she was offered the call before, and which turn is hers: the least comes first."""
    before = call.offers.filter(secretary=secretary, round__lt=number).count()
    return before, TURNS.index(turns[secretary])


def _was_otherwise_asked(call, secretary, at) -> bool:
    """Another call rang at her desk just then, or she has said not now to this one, or did not hear it."""
    ringing = Offer.objects.filter(secretary=secretary, offered_at__lte=at)
    ringing = ringing.filter(Q(settled_at=None) | Q(settled_at__gte=at)).exclude(call=call)
    hers = call.offers.filter(secretary=secretary)
    refused = hers.filter(Q(state=Offer.State.DECLINED) | Q(unreached=True), settled_at__lte=at)
    return ringing.exists() or refused.exists()


def _said_not_now(call, secretaries, before):
    """A second call she could not take just then may still be hers when she is free."""
    declined = call.offers.filter(secretary__in=secretaries, state=Offer.State.DECLINED, is_second=False)
    return declined.filter(round__lt=before)


def _anybody_was_lost(call, before) -> bool:
    return call.offers.filter(lost_at__lte=before).exists()
