"""Meetings that are over, and what came of them: for the desk, and for the client."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from calendar_app import discretion, outcomes
from calendar_app.models import Meeting
from calendar_app.typed import as_uuid
from clients.doors import portal_required
from clients.models import Client
from secretariat import clock
from secretariat.next import see_other
from secretariat.office.guards import secretary_required

from .arranging import known, note_outcome

A_PAGE = 50


@require_GET
@secretary_required
def at_desk(request):
    meetings = Meeting.objects.visible_to(request.user)
    if client := as_uuid(request.GET.get("client", "")):
        meetings = meetings.filter(client=client)
    clients = Client.objects.visible_to(request.user).filter(is_active=True)
    context = {"clients": clients, "client_id": request.GET.get("client", ""), "route": "diary-meeting"}
    return _page(request, meetings, "calendar_app/over.html", context)


@require_GET
@portal_required
def in_portal(request):
    client = request.contact.client
    meetings = Meeting.objects.visible_to(request.user).filter(client=client)
    context = {"client": client, "route": "diary-portal-meeting"}
    return _page(request, meetings, "calendar_app/portal_over.html", context)


@require_POST
@portal_required
def say(request, meeting_id):
    """The client says what came of it."""
    note_outcome(request, known(request, meeting_id))
    return see_other(request, reverse("diary-portal-meeting", args=[meeting_id]))


def _page(request, meetings, template, context):
    wanted = request.GET.get("outcome", "")
    found = outcomes.with_outcome(outcomes.over(meetings, at=clock.now()), wanted)
    found = found.select_related("client", "diary__contact", "diary__client").prefetch_related("guests")
    page = Paginator(found.order_by("-starts_at", "-pk"), A_PAGE).get_page(request.GET.get("page"))
    rows = [(each, discretion.may_know(request.user, each)) for each in page]
    kept = {name: value for name, value in request.GET.items() if name in ("outcome", "client") and value}
    return render(
        request,
        template,
        context
        | {
            "page": page,
            "rows": rows,
            "outcome": wanted,
            "choices": [(outcomes.NOT_NOTED, _("Nothing noted yet")), *Meeting.Outcome.choices],
            "query": urlencode(kept),
            "mine": request.user.zone,
        },
    )
