"""What lies before the secretary: her work while she is free, whose call it is while it rings, the form while
she talks and finishes."""

from dataclasses import dataclass, field
from datetime import timedelta

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


def of(request) -> Showing:
    """Her call comes before one that rings, and that before everything else."""
    user = request.user
    _template, bar = regions.callbar(request)
    at = bar.get("now") or clock.now()  # one moment for all parts, so that nothing is looked up twice
    call, offer = bar["call"] or bar.get("lost"), bar["offer"]
    if call:
        # First, since the form uses what is looked up here.
        about = _about(call, user, at, request.GET.get("through", ""))
        template, form = desk_form.region(request, call)
        return Showing(
            "call",
            f"call:{call.pk}:{call.outcome}",  # noted in another window: the form makes way for what was sent
            call,
            {"form_template": template, **form, **about},
        )
    if offer:
        call = offer.call
        context = {
            "offer": offer,
            "client": call.client,
            "last_message": _last_message(user, call),
            "call_types": list(call.client.call_types.filter(is_active=True)),
        }
        return Showing("ringing", f"ringing:{offer.pk}", call, context | _about(call, user, at))
    return Showing("idle", "idle", None, _idle(request, bar.get("presence")))


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
        "clients": Client.objects.visible_to(request.user).filter(is_active=True)[:12],
        "at": at,
        **({"sent": sent, **desk_form.taken_context(sent)} if sent else {}),
    }
