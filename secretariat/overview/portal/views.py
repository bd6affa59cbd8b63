"""The client's first page: what we tell people about her, then what needs her."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from clients import regions
from clients.doors import portal_required
from messages_app.models import Message
from messages_app.views.portal import of_contacts
from secretariat import clock

NEEDED, LATEST = 5, 5


@require_safe
@portal_required
def today(request):
    at = clock.now()
    messages = of_contacts(request.user).as_last_corrected().select_related("client", "contact")
    new = messages.filter(acknowledged_at=None).exclude(state=Message.State.WITHDRAWN)
    status_template, status = regions.where_you_are(request.contact, at=at)
    asked_template, asked = regions.asked(request.contact, at=at)
    urgent_first = new.order_by("-urgency", "-taken_at")
    context = {
        "status_template": status_template,
        **status,
        "asked_template": asked_template,
        **asked,
        "here": request.path,
        "needs": urgent_first[:NEEDED],
        "needs_count": new.count(),
        "latest": messages.order_by("-taken_at")[:LATEST],
        "several": len(request.user.roles.contacts) > 1,
    }
    template = "overview/portal/_today.html" if request.htmx else "overview/portal/today.html"
    return render(request, template, context)
