"""Days of the diary laid out for paper, at the desk and in the portal."""

from zoneinfo import ZoneInfo

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from calendar_app import days_listed, entries, offering
from calendar_app.drawn import drawn
from clients import leaving
from clients.doors import portal_required
from clients.local_time import day_begins
from clients.models import Client
from clients.taking_out import Act
from secretariat import clock
from secretariat.office.guards import secretary_required

from . import desk as at_desk
from . import whose


@require_safe
@secretary_required
def desk(request):
    """As the desk's diary shows it, of the clients whose rows she may print."""
    client = at_desk.asked_client(request)
    clients = [client] if client else Client.objects.visible_to(request.user).filter(is_active=True)
    printable = leaving.of_whom(request.user, Act.PRINT, clients)
    if not printable:
        raise Http404
    left_out = len(clients) - len(printable)
    choices = offering.choices(request.user, client.pk) if client else []
    diary = at_desk.asked_diary(request, choices)
    of = {"clients": [each.pk for each in printable], "diaries": [diary.pk] if diary else None}
    facts = _facts(request, request.user.zone, "diary-meeting", **of)
    for client_id in {entry.client_id for entry in facts["found"]}:
        leaving.record(request.user, Act.PRINT, client_id, ("clients.client", client_id), view=facts["view"])
    title = str(diary or client or "")
    return render(
        request,
        "calendar_app/paper.html",
        facts
        | {
            "client": client,
            "diary": diary,
            "of": title,
            "printable": {each.pk for each in printable},
            "left_out": left_out,
        },
    )


@require_safe
@portal_required
def portal(request):
    """Her own days, or those of the diary that is named."""
    client = request.contact.client
    diaries = whose.hers(request)
    named = whose.diary(request) if request.GET.get("diary") else None
    if not request.contact.sees_all and not diaries:
        raise Http404
    chosen = [named.pk] if named else [each.pk for each in diaries]
    facts = _facts(request, client.zone, "diary-portal-meeting", clients=[client.pk], diaries=chosen)
    leaving.record(request.user, Act.PRINT, client.pk, ("clients.client", client.pk), view=facts["view"])
    of = str(named or client)
    return render(request, "calendar_app/portal_paper.html", facts | {"client": client, "of": of})


def _facts(request, zone: str, route: str, **of) -> dict:
    at, here = clock.now(), ZoneInfo(zone)
    view, on = at_desk.asked_view(request, at.astimezone(here).date())
    days, last = at_desk.days_shown(view, on)
    found = entries.between(request.user, day_begins(days[0], here), day_begins(last, here), at=at, **of)
    found = drawn(found, zone=here, at=at, route=route)
    return {
        "view": view,
        "on": on,
        "first": days[0],
        "last": last - at_desk.DAY,
        "found": found,
        "agenda": days_listed.by_day(found, here, days[0], every=days if view == "week" else ()),
        "views": [("day", _("Day")), ("week", _("Week")), ("agenda", _("Four weeks"))],
        "zone": zone,
        "at": at,
    }
