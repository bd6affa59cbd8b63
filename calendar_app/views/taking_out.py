"""What is taken out of the diary: meetings as a file. Each use is on the ledger."""

from collections import Counter
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from calendar_app import period
from calendar_app.forms.taking_out import PeriodForm
from calendar_app.models import Meeting
from calendar_app.typed import as_uuid
from clients import leaving
from clients.doors import portal_required
from clients.local_time import day_begins
from clients.models import Client
from clients.taking_out import Act
from secretariat import clock
from secretariat.office.guards import secretary_required

from . import whose
from .arranging import known

DAY = timedelta(days=1)


@require_http_methods(["GET", "POST"])
@secretary_required
def desk_period(request):
    """Meetings of the clients of whom she may keep a list."""
    theirs = leaving.exportable(request.user, Client.objects.visible_to(request.user).filter(is_active=True))
    if not theirs:
        raise Http404
    clients = Client.objects.visible_to(request.user).filter(pk__in=[each.pk for each in theirs])
    form = _form(request, request.user.zone, clients, request.GET.get("client"))
    if not form.is_valid():
        return _page(request, form, "calendar_app/take_out.html", request.user.zone)
    chosen = form.cleaned_data["whose"]
    rows = Meeting.objects.visible_to(request.user)
    rows = rows.filter(client=chosen) if chosen else rows.filter(client__in=clients)
    return _file(request, form, rows, request.user.zone)


@require_http_methods(["GET", "POST"])
@portal_required
def portal_period(request):
    """Her own meetings, or all of the client's for whoever speaks for it."""
    client, diaries = request.contact.client, whose.hers(request)
    if not request.contact.sees_all and not diaries:
        raise Http404
    several = len(diaries) > 1
    form = _form(request, client.zone, diaries if several else None, request.GET.get("diary"))
    if not form.is_valid():
        return _page(request, form, "calendar_app/portal_take_out.html", client.zone)
    chosen = form.cleaned_data.get("whose")
    rows = Meeting.objects.visible_to(request.user)
    rows = rows.filter(diary=chosen) if chosen else rows.filter(diary__in=diaries)
    return _file(request, form, rows, client.zone)


@require_safe
@secretary_required
def desk_meeting(request, meeting_id):
    meeting = known(request, meeting_id)
    if Act.EXPORT not in leaving.allowed(request.user, meeting.client):
        raise Http404
    return _one(request, meeting)


@require_safe
@portal_required
def portal_meeting(request, meeting_id):
    meeting = known(request, meeting_id)
    get_object_or_404(whose.hers(request), pk=meeting.diary_id)
    return _one(request, meeting)


def _one(request, meeting) -> HttpResponse:
    leaving.record(request.user, Act.EXPORT, meeting.client_id, ("calendar_app.meeting", meeting.pk))
    text = period.as_ics([meeting], request.user, at=clock.now())
    return _named(HttpResponse(text, content_type=period.TYPES[period.CALENDAR]), "meeting.ics")


def _file(request, form, rows, zone: str) -> StreamingHttpResponse:
    said, here, at = form.cleaned_data, ZoneInfo(zone), clock.now()
    first, last = said["from_on"], said["until_on"]
    found = period.meetings(rows, day_begins(first, here), day_begins(last + DAY, here), at=at)
    for client_id, count in Counter(meeting.client_id for meeting in found).items():
        subject = ("clients.client", client_id)
        leaving.record(request.user, Act.EXPORT, client_id, subject, rows=count, kind=said["kind"])
    pieces = period.as_file(said["kind"], found, request.user, zone=zone, at=at)
    answer = StreamingHttpResponse(pieces, content_type=period.TYPES[said["kind"]])
    return _named(answer, f"meetings-{first:%Y-%m-%d}.{said['kind']}")


def _named(answer, name: str):
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer


def _form(request, zone: str, choices, chosen) -> PeriodForm:
    today = clock.now().astimezone(ZoneInfo(zone)).date()
    typed = request.POST if request.method == "POST" else None
    return PeriodForm(typed, today=today, whose=choices, initial={"whose": as_uuid(chosen or "")})


def _page(request, form, template: str, zone: str):
    contact = getattr(request, "contact", None)
    context = {"form": form, "zone": zone, "client": contact.client if contact else None}
    return render(request, template, context, status=422 if form.is_bound else 200)
