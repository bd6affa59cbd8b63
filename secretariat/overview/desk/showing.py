"""What lies before the secretary: her work while she is free, whose call it is while it rings, the form while
she talks and finishes."""

from dataclasses import dataclass, field
from datetime import timedelta

from calendar_app import entries
from calls import regions as calls
from calls.models import Call
from clients import work
from clients.models import Client, WorkItem
from messages_app.models import Message
from messages_app.views import desk_form
from secretariat import clock

from . import regions

SHOWN_WORK = 30
SHOWN_AFTER = timedelta(minutes=2)


@dataclass(frozen=True)
class Showing:
    """`kind` is idle, ringing or call; `key` changes only when the middle must be drawn anew."""

    kind: str
    key: str
    call: Call | None = None
    context: dict = field(default_factory=dict)


def of(request, *, middle: bool = True) -> Showing:
    """Her call comes before one that rings, and that before everything else. Without its `middle` only what
    lies beside it is looked up."""
    user = request.user
    call, offer, at, bar = _before_her(request)
    if call:
        # First, since the form uses what is looked up here.
        about = _about(call, user, at, request.GET.get("through", ""))
        if middle:
            template, form = desk_form.region(request, call)
            about = {"form_template": template, **form, **about}
        return Showing("call", _key(call, offer), call, about)
    if offer:
        call = offer.call
        about = _about(call, user, at)
        if middle:
            about |= {
                "last_message": _last_message(user, call),
                "call_types": list(call.client.call_types.filter(is_active=True)),
            }
        return Showing("ringing", _key(None, offer), call, {"offer": offer, "client": call.client, **about})
    idle = _idle(request, bar.get("presence")) if middle else {"clients": _clients(request)}
    return Showing("idle", _key(None, None), None, idle)


def key(request) -> str:
    """What `of` would show, before anything of it is looked up."""
    call, offer, _at, _bar = _before_her(request)
    return _key(call, offer)


def _before_her(request):
    """Her call, or one whose line she has just lost; the one that rings; and one moment for all parts."""
    _template, bar = regions.callbar(request)
    return bar["call"] or bar.get("lost"), bar["offer"], bar.get("now") or clock.now(), bar


def _key(call, offer) -> str:
    if call:  # noted in another window: the form makes way for what was sent
        return f"call:{call.pk}:{call.outcome}"
    return f"ringing:{offer.pk}" if offer else "idle"


def _about(call, user, at, panel_shown="") -> dict:
    """What to say, and who is who: two parts with templates of their own."""
    guidance_template, guidance = calls.guidance(call, user.roles.secretary, at=at)
    beside_template, beside = calls.beside(call, user, at=at, panel_shown=panel_shown)
    return guidance | beside | {"guidance_template": guidance_template, "beside_template": beside_template}


def _last_message(user, call):
    if not call.correspondent_id:
        return None
    messages = Message.objects.visible_to(user).filter(correspondent=call.correspondent_id)
    return messages.select_related("taken_by", "acknowledged_by").first()


def _just_sent(request, at) -> Message | None:
    """What she sent a moment ago: she sees where it went before her desk is clear."""
    mine = Message.objects.visible_to(request.user).filter(
        taken_by=request.user, taken_at__gte=at - SHOWN_AFTER
    )
    return mine.filter(call__isnull=False).select_related("client", "contact").order_by("-taken_at").first()


def _idle(request, presence) -> dict:
    at = clock.now()
    sent = _just_sent(request, at)
    items = WorkItem.objects.visible_to(request.user).open().select_related("client", "owner")
    rows = [(item, work.describe(item)) for item in items.most_pressing_first()[:SHOWN_WORK]]
    return {
        "rows": rows,
        "presence": presence,
        "clients": _clients(request),
        "at": at,
        "next_meetings": entries.coming(request.user, at=at, at_most=2),
        **({"sent": sent, **desk_form.taken_context(sent)} if sent else {}),
    }


def _clients(request):
    return Client.objects.visible_to(request.user).filter(is_active=True)[:12]
