"""What becomes of a ringing call, and why. Pure: no clock, no database, no settings.

The same judgement answers the carrier, fills the call record and rehearses calls that never rang.
Each answer keeps the question it answers, so that a person can follow the decision step by step.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from clients import fit, wording
from clients.availability import Fact, Whereabouts
from clients.instructions import Caller, Verdict

OFFER, VOICEMAIL, REFUSE, LOOPED = "offer", "voicemail", "refuse", "looped"
OFFERING = "offering"  # the step that only a call reaches which secretaries are to answer
PUT_THROUGH = "put_through"
OWN, STAND_IN, POOL = "own", "stand_in", "pool"
TURNS = (OWN, STAND_IN, POOL)
POOL_AT_ONCE = 3  # more would ring at once than can be told apart in a small firm
ON_CALL = "on_call"
TRIES_TO_REACH = 3  # of a line that does not ring; after that nobody waits for it
LEVEL_TO_ANSWER = 4  # B2 of the Common European Framework: fluent enough for any caller


@dataclass(frozen=True)
class Candidate:
    """A secretary who might take the call, as she is at this moment.

    `state` is her presence; `level` her level in the callers' language, 0 for none; `skills_missing` are
    those the client asks for and she has not; `papers_missing` what firm or client require of
    everybody. `offered` counts how often this very call was offered to her, `unreached` how often her line
    could not be rung for it, `pausing` says that this was a moment ago. `returning`: her line was lost
    a moment ago, and she may be back in the next. `may_hold`: she is on a call that she could hold for a
    second one, and may be asked to. `to` is what the carrier would ring. `contracted`: she has a signed
    contract, or the firm asks for none; `terms_waiting`: the client has terms that she has not accepted.
    """

    secretary_id: UUID
    name: str
    turn: str
    line: str
    user_id: UUID | None = None
    state: str = "ready"
    present: bool = True
    ringing: bool = False
    terms_accepted: bool = True
    level: int = 7
    level_needed: int = LEVEL_TO_ANSWER
    skills_missing: tuple[str, ...] = ()
    papers_missing: tuple[str, ...] = ()
    idle_since: datetime | None = None
    offered: int = 0
    declined: bool = False
    to: str = ""
    may_hold: bool = False
    returning: bool = False
    pausing: bool = False
    unreached: int = 0
    contracted: bool = True
    terms_waiting: bool = False

    @property
    def on_shift(self) -> bool:
        return self.state != "off"

    def unfit(self) -> str:
        """Why she never answers these callers, however free she is; empty if she may."""
        found = fit.hindrance(
            contracted=self.contracted,
            of_pool=self.turn == POOL,
            terms_waiting=self.terms_waiting,
            terms_accepted=self.terms_accepted,
            required=self.papers_missing,
            level=self.level,
            level_needed=self.level_needed,
            skills=self.skills_missing,
        )
        return found.words if found else ""

    def out_of_reach(self) -> str:
        """Why no call reaches her now, whatever she is doing; empty if one does."""
        if not self.on_shift:
            return _("she is not on shift")
        if not self.present:
            lost = _("her line was lost a moment ago") if self.returning else ""
            return lost or _("her browser has not been heard of")
        if self.declined:
            return _("she said not now")
        if self.ringing:
            return _("another call is ringing at her desk")
        if self.pausing or self.unreached >= TRIES_TO_REACH:
            return _("her line could not be reached")
        return ""

    def why_not(self) -> str:
        """Why she is not offered the call now; empty if she is free for it."""
        busy = _BUSY[self.state]() if self.state in _BUSY else ""
        return self.unfit() or self.out_of_reach() or busy

    def why_not_second(self) -> str:
        """Why she, being on a call, is not asked to hold it for this one; empty if she is."""
        reason = self.unfit() or self.out_of_reach()
        if reason or self.state != ON_CALL or not self.may_hold:
            return reason or self.why_not()
        return _("she is on a call, and was asked once already") if self.offered else ""

    def why(self) -> str:
        if self.state == ON_CALL:
            return _("nobody is free, and she may hold the call she is on")
        return {
            OWN: _("her own secretary, on shift and free"),
            STAND_IN: _("a stand-in, on shift and free"),
            POOL: _(
                "in the pool, has the language and the skills, has accepted the terms, on shift and free"
            ),
        }[self.turn]


_BUSY = {
    "on_call": lambda: _("she is on a call"),
    "wrap_up": lambda: _("she is finishing a call"),
    "break": lambda: _("she is on a break"),
    "away": lambda: _("she is away"),
}


@dataclass(frozen=True)
class Situation:
    """Everything the decision follows from. `loop` says how the call came round, empty if it did not.

    `numbers` are those on which whom the instruction names may be rung, in order, each as it is called.
    `suspended_since`: the firm does not answer for the client from then on, as was announced.
    """

    caller: Caller
    answered: Fact
    verdict: Verdict
    zone: str
    at: datetime
    loop: str = ""
    whereabouts: Whereabouts | None = None
    candidates: tuple[Candidate, ...] = ()
    numbers: tuple[str, ...] = ()
    suspended_since: datetime | None = None


@dataclass(frozen=True)
class Reason:
    """One question of the decision. `decided`: this answer settled it. `step` names it for figures."""

    question: str
    answer: str
    because: str
    decided: bool = False
    step: str = ""


@dataclass(frozen=True)
class PassedOver:
    """What might have happened instead, and why it did not."""

    what: str
    because: str


@dataclass(frozen=True)
class Route:
    kind: str
    reasons: tuple[Reason, ...]
    passed_over: tuple[PassedOver, ...] = ()
    offered: tuple[Candidate, ...] = ()

    def as_kept(self) -> dict:
        """As it is stored with the call."""
        return {
            "route": self.kind,
            "reasons": [asdict(reason) for reason in self.reasons],
            "passed_over": [asdict(each) for each in self.passed_over],
        }


def choose_route(situation: Situation) -> Route:
    """What happens to this caller at this moment, with every reason in the reader's language."""
    asked = [_admitted(situation)]
    if asked[-1].decided:
        return Route(LOOPED if situation.loop else REFUSE, tuple(asked))
    if situation.suspended_since:
        asked.append(_suspended(situation.suspended_since, situation))
        return Route(VOICEMAIL, tuple(asked), _instructions_passed_over(situation))
    asked.append(_answering(situation))
    if asked[-1].decided:
        return Route(VOICEMAIL, tuple(asked), _instructions_passed_over(situation))
    if situation.whereabouts:
        asked.append(_whereabouts(situation.whereabouts, situation))
    asked.append(_instructed(situation))
    wins = situation.verdict.wins
    action = wins.action if wins else ""
    if action in (REFUSE, VOICEMAIL):
        return Route(action, tuple(asked), _instructions_passed_over(situation))
    if wins and action == PUT_THROUGH and wins.directly:
        asked.append(_rung(situation))
        if situation.numbers:
            return Route(PUT_THROUGH, tuple(asked), _instructions_passed_over(situation))
    offered, not_offered = who_is_next(situation.candidates)
    asked.append(_offering(situation.candidates, offered))
    return Route(
        OFFER if offered or anybody_may_come(situation.candidates) else VOICEMAIL,
        tuple(asked),
        _instructions_passed_over(situation) + not_offered,
        offered,
    )


def who_is_next(
    candidates: Iterable[Candidate], *, all_at_once: bool = False
) -> tuple[tuple[Candidate, ...], tuple[PassedOver, ...]]:
    """Who is offered the call in this round, and why each of the others is not.

    Those it was offered to least often come first, then the client's own secretaries before stand-ins
    before the pool; of the pool, those who have waited longest. With nobody free at all, those in a call
    who may hold it are asked, in the same turns. `all_at_once`: no turns, for a caller who was cut off and
    should not wait again.
    """
    everyone = tuple(candidates)
    free = [each for each in everyone if not each.why_not()]
    free = free or [each for each in everyone if not each.why_not_second()]
    first = min((_turn(each) for each in free), default=None)
    chosen = [each for each in free if all_at_once or _turn(each) == first]
    pool = sorted((each for each in chosen if each.turn == POOL), key=_idle)[:POOL_AT_ONCE]
    chosen = [each for each in chosen if each.turn != POOL] + pool
    not_offered = tuple(PassedOver(each.name, _passed_over(each)) for each in everyone if each not in chosen)
    return tuple(chosen), not_offered


def _passed_over(each: Candidate) -> str:
    not_free = each.why_not()
    second = each.why_not_second() if each.state == ON_CALL and each.may_hold else ""
    return second or not_free or _("it was somebody else’s turn")


def _turn(each: Candidate) -> tuple[int, int]:
    return each.offered, TURNS.index(each.turn)


def _idle(each: Candidate) -> tuple:
    return each.idle_since is not None, each.idle_since, each.name


def anybody_may_come(candidates: Iterable[Candidate]) -> bool:
    """Whether it is worth waiting: somebody who may take the call is at work, though not free now.

    One whose line was lost a moment ago counts: a desk that is loaded again has none for a second or two.
    """
    return any(
        each.on_shift
        and (each.returning or (each.present and each.unreached < TRIES_TO_REACH))
        and not each.declined
        and each.state != "away"
        and not each.unfit()
        for each in candidates
    )


def _admitted(situation: Situation) -> Reason:
    question = _("Blocked or going round in a loop?")
    if situation.loop:
        return Reason(question, _("In a loop"), situation.loop, decided=True)
    if situation.caller.blocked:
        return Reason(question, _("Blocked"), _("the client has blocked this number"), decided=True)
    return Reason(question, _("No"), _("no block on this number, and the first time through"))


def _suspended(since: datetime, situation: Situation) -> Reason:
    words = _("the service is suspended since %(since)s, as the client was told; callers hear so")
    because = words % {"since": wording.moment(since, situation.zone, now=situation.at)}
    return Reason(_("Do we answer for this client?"), _("No"), because, decided=True)


def _answering(situation: Situation) -> Reason:
    fact = situation.answered
    answer = _("Yes") if fact.holds else _("No")
    return Reason(_("Do we answer now?"), answer, fact.because, decided=not fact.holds)


def _whereabouts(status: Whereabouts, situation: Situation) -> Reason:
    when = {
        "words": status.words,
        "until": wording.moment(status.until_at, situation.zone, now=situation.at),
    }
    set_at = wording.moment(status.set_at, situation.zone, now=situation.at)
    if status.by_diary:
        because = _("it stands in the diary")
    elif status.set_by:
        because = _("set by %(who)s %(when)s") % {"who": status.set_by, "when": set_at}
    else:
        because = _("set %(when)s") % {"when": set_at}
    return Reason(
        _("Where is %(name)s?") % {"name": status.name}, _("%(words)s until %(until)s") % when, because
    )


def _instructed(situation: Situation) -> Reason:
    verdict = situation.verdict
    question = _("Which instruction wins?")
    if verdict.wins is None:
        return Reason(question, _("None"), verdict.because)
    return Reason(question, f"“{in_words(verdict.wins)}”", verdict.because, decided=True)


def in_words(instruction) -> str:
    """What an instruction tells us to do, in one line."""
    deeds = {
        "message": _("Take a message"),
        "voicemail": _("Voicemail"),
        "refuse": _("Refuse"),
        "put_through": _("Put through to %(name)s") % {"name": instruction.put_through_name},
    }
    if instruction.directly:
        return _("Put through to %(name)s without a secretary") % {"name": instruction.put_through_name}
    return deeds[instruction.action]


def fallen_back(name: str, because: str, candidates: Iterable[Candidate]) -> list[dict]:
    """The further reasons of a call that nobody at the client took: as they are kept with it.

    `because` says what became of each number of `name`.
    """
    everyone = tuple(candidates)
    offered, _not_offered = who_is_next(everyone)
    question = _("Did %(name)s take the call?") % {"name": name}
    return [asdict(each) for each in (Reason(question, _("No"), because), _offering(everyone, offered))]


def _rung(situation: Situation) -> Reason:
    wins = situation.verdict.wins
    assert wins is not None
    question = _("Who is rung?")
    if not situation.numbers:
        because = _("%(name)s has no number for calls, so a secretary takes the call") % {
            "name": wins.put_through_name
        }
        return Reason(question, _("Nobody"), because)
    who = _("%(name)s: %(numbers)s") % {
        "name": wins.put_through_name,
        "numbers": _(", then ").join(situation.numbers),
    }
    return Reason(question, who, _("the client wants it so, without a secretary"), decided=True)


def _offering(candidates: tuple[Candidate, ...], offered: tuple[Candidate, ...]) -> Reason:
    question = _("Who is offered the call?")
    if offered:
        names = _join(each.name for each in offered)
        return Reason(question, names, offered[0].why(), decided=True, step=OFFERING)
    if anybody_may_come(candidates):
        busy = _("everyone who may take it is busy, so the caller waits for the first to be free")
        back = _("a line was lost a moment ago, so the caller waits for it to come back")
        because = back if any(each.returning for each in candidates) else busy
        return Reason(question, _("Nobody yet"), because, decided=True, step=OFFERING)
    because = _("nobody who may take it is at work")
    return Reason(question, _("Nobody"), because, decided=True, step=OFFERING)


def _instructions_passed_over(situation: Situation) -> tuple[PassedOver, ...]:
    return tuple(
        PassedOver(capfirst(in_words(each.instruction)), each.because)
        for each in situation.verdict.passed_over
    )


def _join(names: Iterable[str]) -> str:
    return ", ".join(names)
