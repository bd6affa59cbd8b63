"""What lies before the secretary: her work while she is free, whose call it is while it rings, the form while
she talks and finishes."""

from dataclasses import dataclass, field

from django.db.models import Max

from calls import regions as calls
from calls.models import Call
from clients import work
from clients.models import Client, WorkItem
from messages_app.models import Message
from messages_app.views import desk_form
from secretariat import clock
from secretariat.office.models import Presence

SHOWN_WORK = 30


@dataclass(frozen=True)
class Showing:
    """`kind` is idle, ringing or call; `key` changes only when the middle must be drawn anew."""

    kind: str
    key: str
    call: Call | None = None
    context: dict = field(default_factory=dict)


def of(request) -> Showing:
    secretary = request.user.roles.secretary
    call = calls.current(secretary, chosen=request.GET.get("call", "")) if secretary else None
    if call:
        template, form = desk_form.region(request, call)
        context = {
            "form_template": template,
            **form,
            **calls.guidance(request, call),
            **calls.side(request, call),
        }
        return Showing("call", f"call:{call.pk}", call, context)
    offer = calls.ringing(secretary) if secretary else None
    if offer:
        call = offer.call
        context = {
            "offer": offer,
            "client": call.client,
            "last_message": _last_message(request.user, call),
            "call_types": list(call.client.call_types.filter(is_active=True)),
            **calls.guidance(request, call),
            **calls.side(request, call),
        }
        return Showing("ringing", f"ringing:{offer.pk}", call, context)
    return Showing("idle", "idle", None, _idle(request, secretary))


def _last_message(user, call):
    if not call.correspondent_id:
        return None
    messages = Message.objects.visible_to(user).filter(correspondent=call.correspondent_id)
    return messages.select_related("taken_by", "acknowledged_by").first()


def _idle(request, secretary) -> dict:
    items = WorkItem.objects.visible_to(request.user).open().select_related("client", "owner")
    rows = [(item, work.describe(item)) for item in items.most_pressing_first()[:SHOWN_WORK]]
    return {
        "rows": rows,
        "presence": _presence(request.user, secretary),
        "clients": Client.objects.visible_to(request.user).filter(is_active=True)[:12],
        "at": clock.now(),
    }


def _presence(user, secretary):
    return Presence.objects.visible_to(user).filter(secretary=secretary).first() if secretary else None


def version(request) -> str:
    """A figure that changes when a call, a piece of work, a message or her presence did."""
    user, secretary = request.user, request.user.roles.secretary
    figures = [
        Call.objects.visible_to(user).exclude(state=Call.State.CLOSED).aggregate(v=Max("version"))["v"],
        Call.objects.visible_to(user).aggregate(at=Max("closed_at"))["at"],
        WorkItem.objects.visible_to(user).open().count(),
        Message.objects.visible_to(user).aggregate(v=Max("version"))["v"],
        getattr(_presence(user, secretary), "version", 0),
        calls.ringing(secretary).pk if secretary and calls.ringing(secretary) else "",
    ]
    return "|".join(map(str, figures))
