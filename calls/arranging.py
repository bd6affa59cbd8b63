"""While she talks or finishes: the panel in which a meeting with this caller is arranged.

What is known of the caller is filled in, so that a time can be chosen and booked without typing.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Value
from django.urls import reverse
from django.utils.http import urlencode

from calendar_app import booking, entries, offering, origin
from calendar_app.entries import Entry
from calendar_app.forms.arranging import ArrangeForm
from calendar_app.models import Diary, Meeting, MeetingRequest

from .models import Call

ARRANGE = "arrange"  # the panel's word in the desk's address
AT_HAND = (Call.State.TALKING, *Call.FINISHING)


def panel(call, user, *, at: datetime, next_url="/desk/", typed=None, form=None, clashes=()):
    """(template, context) of a call that is at hand: she talks, or finishes."""
    diary = diary_for(call, user, typed)
    typed = known_of(call, user) | (typed or {})
    form = form or ArrangeForm(initial=typed, diary=diary, user=user)
    shown = offering.panel(user, diary, form, typed, clashes, at=at)
    return "calls/_arrange.html", shown | {
        "call": call,
        "next": next_url,
        "focus": not clashes,
        "ask_url": _ask_url(call, typed),
    }


def _ask_url(call, typed) -> str:
    """Where several times are offered to this caller; read out to her, as long as nobody says otherwise."""
    names = ("who", "number", "zone", "manner", "about")
    facts = {name: typed[name] for name in names if typed.get(name)}
    facts |= {
        "client": call.client_id,
        "way": "call",
        "out_of": origin.told(("calls.call", call.pk), call.client_id),
    }
    return f"{reverse('diary-ask')}?{urlencode(facts)}"


def diary_for(call, user, typed) -> Diary:
    """The diary that is chosen, of those the client keeps; else the client's own."""
    chosen = str((typed or {}).get("diary") or "")
    for diary in offering.choices(user, call.client_id) if chosen else ():
        if str(diary.pk) == chosen:
            return diary
    return booking.diary_of(call.client)


def known_of(call, user) -> dict:
    """What the call tells of whoever is to come."""
    zone = offering.zone_of(call.caller_number, call.client.zone, user.zone)
    who = str(call.correspondent) if call.correspondent else call.caller_name
    return {
        "who": who or call.caller,
        "number": call.caller_number,
        "zone": zone,
        "manner": Meeting.Manner.TELEPHONE,
    }


@dataclass(frozen=True)
class Arranged:
    """What came of a call for the diary: a meeting, or the asking for one. `about` is empty where she may
    see only that there is one."""

    url: str
    about: str
    state: str


def arranged_on(call, user) -> list[Arranged]:
    """What was arranged on this call, in the order in which that was done. One query."""
    of_call = {"client": call.client_id, "subject_kind": "calls.call", "subject_id": call.pk}
    meetings = Meeting.objects.visible_to(user).filter(**of_call).order_by()
    requests = MeetingRequest.objects.visible_to(user).filter(**of_call).order_by()
    rows = meetings.values_list("pk", "about", "state", "private", "arranged_by", Value(False)).union(
        requests.values_list("pk", "about", "state", Value(False), "asked_by", Value(True)), all=True
    )
    found = []
    for pk, about, state, private, by, is_request in rows.order_by("pk"):
        kept = private and by != user.pk
        url = reverse("diary-request" if is_request else "diary-meeting", args=[pk])
        states = MeetingRequest.State if is_request else Meeting.State
        found.append(Arranged(url, "" if kept else about, str(states(state).label)))
    return found


def next_entries(call, user, *, at: datetime) -> list[Entry]:
    """What stands next in the client's diary, as she may see it. Looked up while she talks alone."""
    if call.state != Call.State.TALKING:
        return []
    return entries.coming(user, at=at, clients=[call.client_id], at_most=2)
