"""The panel of putting through: whom to ask, and what the far end does, as the carrier tells it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.html import format_html
from django.utils.translation import gettext as _

from . import dialling, reachable
from .models import Call, PutThrough

CHOOSE, ASKING = "choose", "asking"
State = PutThrough.State


@dataclass(frozen=True)
class Step:
    """One thing the far end did. `at` when, or `seconds` for how long; neither while we have not heard."""

    words: str
    at: datetime | None = None
    seconds: int | None = None
    since: datetime | None = None
    current: bool = False


def of(
    call, user, *, guidance, shown="", next_url="/desk/", refusal="", typed=None
) -> tuple[str, dict] | None:
    """The panel that belongs beside this call: the attempt under way, or, if one was `shown`, whom to ask.

    None while there is nothing to put through. `typed`: what she had typed when it could not be done.
    """
    if call.state != Call.State.TALKING:
        return None
    put = dialling.shown_of(call)
    context = {"call": call, "client": call.client, "next": next_url, "refusal": refusal}
    if put:
        return "calls/_asking.html", context | _asking(put, call)
    if shown not in (CHOOSE, ASKING):
        return None
    wins = guidance.verdict.wins
    wanted = wins.put_through_to if wins and wins.action == "put_through" else None
    people = reachable.people(
        call,
        user,
        guidance=guidance,
        wanted=wanted,
    )
    best = reachable.at_hand(people)
    longest = max((n["seconds"] for each in people for n in each.numbers), default=25)
    return "calls/_choose.html", context | {
        "people": people,
        "best": best and best.pk,
        "longest": longest,
        "short": short(call.caller),
        "guidance": guidance,
        "mine": user.zone,
        "typed": typed or {},
        "open_afresh": not typed,
    }


def _asking(put, call) -> dict:
    names = {"name": called(put), "caller": short(put.who or call.caller)}
    heading = {
        State.DIALLING: _("Dialling %(name)s"),
        State.RINGING: _("%(name)s’s telephone rings"),
        State.ANNOUNCED: _("Picked up; a key takes the call"),
        State.JOINED: _("%(name)s has answered"),
        State.THREE: _("Three of us"),
        State.CROSSING: _("%(caller)s is going through to %(name)s"),
    }[State(put.state)]
    return {
        "put": put,
        "heading": heading % names,
        "name": names["name"],
        "short": names["caller"],
        "steps": _steps(put),
        "failed": [reachable.result_words(e["result"], e["seconds"], e["label"]) for e in put.tried],
    }


def _steps(put) -> list[Step]:
    rang = None
    if put.rang_at and put.picked_up_at:
        rang = int((put.picked_up_at - put.rang_at).total_seconds())
    ringing = put.state == State.RINGING
    key = _("Pressed 1") if put.needs_key else _("Picked up")
    return [
        Step(_("Dialled"), at=put.dialled_at or put.leg.created_at, current=put.state == State.DIALLING),
        Step(_("Rings"), since=put.rang_at, current=True) if ringing else Step(_("Rang"), seconds=rang),
        Step(key, at=put.taken_at, current=put.state == State.ANNOUNCED),
        Step(_("Talking"), since=put.taken_at, current=put.taken_at is not None),
    ]


def short(name: str) -> str:
    """The first of somebody's names; a caller of whom we have only a number is the caller."""
    first = name.split()[0] if name.split() else name
    return first if first.isalpha() else _("the caller")


def called(put) -> str:
    """How whom she asks is called: by her first name; a stranger as the secretary typed him."""
    return short(put.contact.name) if put.contact else put.name


def words_to(put, call):
    """What the secretary says to whom she asks."""
    who = put.who or call.caller
    says = {"name": called(put), "why": put.why}
    if put.why:
        words = _("%(name)s, I have {who} about %(why)s. May I put the call through?") % says
    else:
        words = _("%(name)s, I have {who}. May I put the call through?") % says
    before, _brace, after = words.partition("{who}")
    return format_html("{}<strong>{}</strong>{}", before, who, after)
