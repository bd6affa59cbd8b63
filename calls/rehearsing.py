"""What would happen to a call that has not rung: the same look-up and the same decision, and nothing written.

Who is at work is taken as it is now, for nobody knows it of another moment; all that the client said is taken
as it will hold then.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from clients.models import Line

from . import incoming, routing
from .incoming import Ring
from .routing import Candidate, Route

MOST_ROUNDS = 12


@dataclass(frozen=True)
class Step:
    """What happens so many seconds after the call begins to ring. `sure`: nothing can come in between."""

    seconds: int
    what: str
    more: str = ""
    sure: bool = False


@dataclass(frozen=True)
class Rehearsal:
    ring: Ring
    route: Route
    outcome: str
    steps: tuple[Step, ...]
    says: str  # what she who answers would say; empty where nobody does

    @property
    def guidance(self):
        return self.ring.guidance


def rehearse(line: Line, *, caller: str, at: datetime, forwarded_from: str = "") -> Rehearsal:
    """The call that would ring on `line` at `at` from `caller` (as the carrier sends it; empty: withheld)."""
    params = {"From": caller, "ForwardedFrom": forwarded_from}
    ring = incoming.looked_up(line, params=params, at=at)
    route = routing.choose_route(ring.situation)
    first = route.offered[0].name if route.offered else "…"
    answered = route.kind == routing.OFFER
    return Rehearsal(
        ring=ring,
        route=route,
        outcome=outcome(ring, route),
        steps=tuple(_steps(ring, route)),
        says=ring.guidance.answer_phrase(first) if answered else "",
    )


def outcome(ring: Ring, route: Route) -> str:
    """What becomes of the call, in one sentence."""
    wins = ring.guidance.verdict.wins
    match route.kind:
        case routing.LOOPED:
            return _("The call is turned away: it goes round in a loop.")
        case routing.REFUSE:
            return _("The call is refused.")
        case routing.PUT_THROUGH:
            return _("%(name)s is rung, without a secretary.") % {
                "name": wins.put_through_name if wins else ""
            }
        case routing.VOICEMAIL if ring.guidance.suspended:
            return _("The service is suspended: the caller hears what was announced to the client.")
        case routing.VOICEMAIL if not ring.line.recording_notice:
            return _("The caller is told that nobody can come to the telephone. Nothing is recorded.")
        case routing.VOICEMAIL:
            return _("The caller is asked to leave a message on the voicemail.")
    if not route.offered:
        return _("The caller waits for the first secretary who is free.")
    if len(route.offered) > 1:
        return _("The call rings at %(names)s.") % {"names": _names(route.offered)}
    [she] = route.offered
    if she.line == "phone":
        return _("%(name)s’s own telephone rings.") % {"name": she.name}
    return _("%(name)s’s desk rings.") % {"name": she.name}


def _steps(ring: Ring, route: Route) -> Iterator[Step]:
    line = ring.line
    if route.kind in (routing.REFUSE, routing.LOOPED):
        yield Step(0, _("Turned away"), route.reasons[-1].because, sure=True)
        return
    if route.kind == routing.VOICEMAIL:
        if announced := ring.guidance.suspended:
            yield Step(0, _("Announcement"), f"“{announced.spoken}”", sure=True)
        if line.recording_notice or not announced:
            yield _voicemail(line, 0, sure=True)
        return
    if route.kind == routing.PUT_THROUGH:
        after = 0
        for each in ring.numbers:
            seconds = int(each["seconds"])
            more = _("rings for %(seconds)d s") % {"seconds": seconds}
            yield Step(after, each["label"], more, sure=after == 0)
            after += seconds
        yield Step(after, _("Then a secretary"), _("if nobody takes the call"))
        return
    if line.greeting:
        yield Step(0, _("Greeting"), f"“{line.greeting}”", sure=True)
    yield from _rounds(ring, route)
    yield _voicemail(line, line.voicemail_after_seconds)


def _rounds(ring: Ring, route: Route) -> Iterator[Step]:
    """Who is offered the call, one round after the other, if nobody takes it."""
    offered, team, after = route.offered, ring.situation.candidates, 0
    for _round in range(MOST_ROUNDS):
        if not offered or after >= ring.line.voicemail_after_seconds:
            break
        words = _("is offered the call for %(seconds)d s: %(why)s") % {
            "seconds": ring.offer_seconds,
            "why": offered[0].why(),
        }
        yield Step(after, _names(offered), words, sure=after == 0)
        ids = {each.secretary_id for each in offered}
        team = tuple(
            replace(each, offered=each.offered + 1) if each.secretary_id in ids else each for each in team
        )
        after += ring.offer_seconds
        offered, _others = routing.who_is_next(team)


def _voicemail(line: Line, seconds: int, *, sure: bool = False) -> Step:
    if line.recording_notice:
        return Step(seconds, _("Voicemail"), _("and a piece of work for the desk"), sure)
    return Step(
        seconds, _("No voicemail"), _("the line has no recording notice, so nothing is recorded"), sure
    )


def _names(offered: tuple[Candidate, ...]) -> str:
    return _(", ").join(each.name for each in offered)


def gaps(rehearsal: Rehearsal) -> list[str]:
    """What is missing on the way of this very call."""
    ring, route = rehearsal.ring, rehearsal.route
    found = []
    wins = ring.guidance.verdict.wins
    if ring.guidance.suspended:
        return []  # nothing is missing: so it was announced
    if not any(each.on_shift for each in ring.situation.candidates):
        found.append(_("Nobody of the team is on shift just now."))
    elif route.kind == routing.VOICEMAIL and not ring.guidance.verdict.wins and ring.situation.answered.holds:
        found.append(_("Nobody who may take this call is at work just now."))
    if wins and wins.directly and not ring.numbers:
        found.append(
            _("%(name)s has no number for calls, so the instruction cannot be followed.")
            % {"name": wins.put_through_name}
        )
    if not ring.line.recording_notice:
        found.append(_("The line has no recording notice: when nobody answers, nothing is recorded."))
    if asked := ring.guidance.availability.asked:
        found.append(_("%(name)s: the client has not said whether it is open that day.") % {"name": asked})
    return found
