"""The parts of her practice page, each as on the desk: the bar, the middle, what lies beside it."""

from datetime import datetime
from types import SimpleNamespace

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from calls.panel import ASKING, CHOOSE, Step, short
from clients import phrases
from clients.models import Practice
from secretariat.office.models import Firm, LineKind, Secretary

from . import slip
from .played import Offered, PlayedCall, Put

BAR, CHOOSING = "#practice-bar", "calls/_choose.html"
Stage = Practice.Stage


def page_of(practice: Practice) -> str:
    return reverse("my-practice-one", args=[practice.pk])


def bar(call: PlayedCall, secretary: Secretary, *, at: datetime, refusal: str = "") -> tuple[str, dict]:
    practice = call.practice
    context = {
        "practice": practice,
        "now": at,
        "next": page_of(practice),
        "refusal": refusal,
        "zone": secretary.user.zone,
        "bar_target": BAR,
        "by_browser": LineKind.BROWSER,
        "on_desk": True,
        "others": [],
        "call": None,
        "stage": call.stage,
    }
    if call.stage == Stage.RINGING:
        return "calls/_bar.html", context | {"offer": Offered(call, line=LineKind.BROWSER)}
    if not call.is_at_hand:
        return "overview/practice/_bar_idle.html", context
    context |= {"call": call, "put": call.put}
    if call.stage == Stage.WRAP_UP:
        context |= _wrap_up(practice, at)
    return "calls/_bar.html", context


def _wrap_up(practice: Practice, at: datetime) -> dict:
    seconds = practice.copy.get("wrap_up_seconds") or Firm().wrap_up_seconds
    ended, answered = practice.ended_at or at, practice.answered_at
    through = practice.put and "through_at" in practice.put
    return {
        "wrap_up_seconds": seconds,
        "wrap_up_spent": min(seconds, int((at - ended).total_seconds())),
        "talked": ended - answered if answered else None,
        "through_to": practice.put["name"] if through else "",
    }


def showing(call: PlayedCall) -> SimpleNamespace:
    """What lies in the middle; `key` changes only when it must be drawn anew."""
    practice = call.practice
    kind = "ringing" if call.stage == Stage.RINGING else "call" if call.is_at_hand else "idle"
    written = "told" if practice.judged_at else "written" if practice.written_at else ""
    return SimpleNamespace(kind=kind, key=f"{kind}:{practice.pk}:{written}", call=call)


def middle(call: PlayedCall, secretary: Secretary, *, at: datetime, form=None) -> dict:
    shown = showing(call)
    context = {
        "showing": shown,
        "practice": call.practice,
        "client": call.client,
        "words": _greeting(call, secretary, at),
        "instructions": call.practice.copy.get("instructions", []),
        "guidance_template": "overview/practice/_guidance.html",
        "zone": secretary.user.zone,
    }
    if shown.kind == "ringing":
        return context | {"call_types": call.client.call_types}
    if shown.kind == "call":
        here = page_of(call.practice)
        context["form_template"], about = slip.region(call, secretary.user, form=form, here=here)
        return context | about
    return context


def _greeting(call: PlayedCall, secretary: Secretary, at: datetime):
    name = call.client.name
    said = {"greeting": phrases.greeting(at, call.client.zone), "client": name}
    words = phrases.fill(call.practice.copy["phrase"], secretary=secretary.spoken_name, **said)
    before, found, after = words.partition(name)
    return format_html("{}<strong>{}</strong>{}", before, found, after)


def beside(call: PlayedCall, secretary: Secretary, *, panel: str = "", refusal: str = "") -> tuple[str, dict]:
    """Who is who and what is good to know; or whom to put the caller through to, and how that goes."""
    mine, practice = secretary.user.zone, call.practice
    context = {
        "call": call,
        "client": call.client,
        "next": page_of(practice),
        "refusal": refusal,
        "mine": mine,
    }
    if put := call.put:
        return "calls/_asking.html", context | _asking(put, call)
    if panel in (CHOOSE, ASKING) and call.stage == Stage.TALKING:
        people = [_reachable(person, practice) for person in call.client.contacts]
        facts = {"people": people, "best": people[0].person.pk if people else None, "longest": 25}
        return CHOOSING, context | facts | {
            "short": short(call.caller_name or ""),
            "typed": {},
            "open_afresh": not refusal,
        }
    return "calls/_beside.html", context | {
        "people": call.client.contacts[:6],
        "whereabouts": {},
        "good_to_know": practice.copy["good_to_know"],
    }


def _reachable(person, practice: Practice) -> SimpleNamespace:
    """As the panel takes somebody: who was asked before in this practice, and did not take it, says so."""
    put = practice.put or {}
    last = None
    if put.get("name") == person.name and "refused_at" in put:
        last = SimpleNamespace(asked_at=datetime.fromisoformat(put["asked_at"]))
    numbers = [{"label": _("Played by %(name)s") % {"name": practice.by.name}, "number": ""}]
    return SimpleNamespace(person=person, numbers=numbers, last=last, last_words=_("not taken"))


def _asking(put: Put, call: PlayedCall) -> dict:
    name = short(put.to_name)
    heading = _("%(name)s has answered") if put.is_taken else _("%(name)s’s telephone rings")
    steps = [
        Step(_("Dialled"), at=put.asked_at),
        Step(_("Rings"), since=put.asked_at, current=True)
        if not put.is_taken
        else Step(_("Rang"), seconds=_between(put)),
        Step(_("Pressed 1"), at=put.taken_at),
        Step(_("Talking"), since=put.taken_at, current=put.is_taken),
    ]
    return {
        "put": put,
        "heading": heading % {"name": name},
        "name": name,
        "short": short(put.who or call.caller_name),
        "steps": steps,
        "failed": [],
    }


def _between(put: Put) -> int:
    return int((put.taken_at - put.asked_at).total_seconds()) if put.taken_at else 0
