"""The list of meetings, to find one and to look back, at the desk and in the portal."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.http import Http404
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from calendar_app import discretion, finding
from calendar_app.forms.finding import FindForm
from calendar_app.models import Meeting
from calendar_app.typed import YEARS
from clients.doors import portal_required
from clients.local_time import day_begins
from secretariat import clock
from secretariat.office.guards import secretary_required
from secretariat.paging import page

from . import desk as at_desk
from . import whose


@require_safe
@secretary_required
def desk(request):
    client = at_desk.asked_client(request)
    rows = Meeting.objects.visible_to(request.user)
    rows = rows.filter(client=client) if client else rows
    context = _listed(request, rows, request.user.zone, client=client.pk if client else "")
    part = "calendar_app/_history_rows.html"
    return render(
        request,
        part if request.htmx else "calendar_app/history.html",
        context | {"client": client, "route": "diary-meeting", "show_client": True},
    )


@require_safe
@portal_required
def portal(request):
    diaries = whose.hers(request)
    if not request.contact.sees_all and not diaries:
        raise Http404
    client = request.contact.client
    rows = Meeting.objects.visible_to(request.user).filter(diary__in=diaries)
    context = _listed(request, rows, client.zone)
    several = whose.choices(request)
    return render(
        request,
        "calendar_app/_history_rows.html" if request.htmx else "calendar_app/portal_history.html",
        context | {"client": client, "route": "diary-portal-meeting", "show_whose": bool(several)},
    )


def _listed(request, rows, zone: str, **of) -> dict:
    """The page of the list that is asked for, latest first, and the form it was asked with."""
    at, here = clock.now(), ZoneInfo(zone)
    form = FindForm(request.GET)
    form.is_valid()
    said = form.cleaned_data
    rows = finding.found(
        rows.filter(finding.shown(said.get("show", ""), at=at)), request.GET.get("q", ""), user=request.user
    )
    first, last = (
        day if day and day.year in YEARS else None for day in map(said.get, ("from_on", "until_on"))
    )
    if first:
        rows = rows.filter(ends_at__gt=day_begins(first, here))
    if last:
        rows = rows.filter(starts_at__lt=day_begins(last + timedelta(days=1), here))
    related = rows.select_related("client", "diary__client", "diary__contact", "place").defer("notes")
    listed = page(
        related.prefetch_related("guests"), newest_by="starts_at", after=request.GET.get("after", "")
    )
    asked = {name: value for name, value in {**_asked(form), **of}.items() if value}
    return {
        "page": listed,
        "rows": [(each, discretion.may_know(request.user, each), _others(each)) for each in listed],
        "form": form,
        "asked": asked,
        "query": urlencode(asked),
        "zone": zone,
        "at": at,
    }


def _others(meeting) -> str:
    """Who comes, but for those whom its title names."""
    names = [str(guest) for guest in meeting.guests.all()]
    return ", ".join(name for name in names if name not in meeting.about)


def _asked(form) -> dict:
    return {name: form.data.get(name, "") for name in form.fields}
