"""A connection as the desk and the portal see it: how it goes, what cannot be read, and what a zone means."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from calendar_app import connecting, unread
from calendar_app.forms.connecting import ZoneForm
from calendar_app.models import Calendar, Connection, RemoteEvent
from clients import leaving
from clients.doors import portal_required
from clients.taking_out import Act
from secretariat import clock, ledger
from secretariat.next import see_other
from secretariat.office.guards import secretary_required

from . import seconds, whose
from .frames import DESK, PORTAL

SUBJECT = "calendar_app.connection"


@require_GET
@secretary_required
def at_desk(request, connection_id):
    return _page(request, connection_id, Connection.objects.visible_to(request.user), "diary-calendar")


@require_GET
@portal_required
def in_portal(request, connection_id):
    return _page(request, connection_id, _hers(request), "calendars-unread")


def _hers(request):
    """Those of the diaries she has a say in: her own, and all of the client's for whoever speaks for it."""
    return Connection.objects.visible_to(request.user).filter(diary__in=whose.hers(request))


def _page(request, connection_id, connections, name, *, typed=None, status=200):
    found = connections.filter(ended_at=None).select_related("client", "diary__client", "diary__contact")
    connection = get_object_or_404(found, pk=connection_id)
    ledger.looked(request.user, connection.client_id, (SUBJECT, connection.pk))
    hers = name == "calendars-unread"
    questions = [
        (
            each,
            typed if typed and typed.calendar == each.calendar and typed.named == each.name else _form(each),
        )
        for each in unread.zones_of(connection, request.user)
    ]
    context = {
        "frame": "ui/portal.html" if hers else "ui/desk.html",
        "hers": hers,
        "connection": connection,
        "client": connection.client,
        "says": unread.state_in_words(connection),
        "calendars": Calendar.objects.visible_to(request.user).filter(connection=connection),
        "entries": unread.of(connection, request.user),
        "questions": questions,
        "zone_url": "calendars-zone" if hers else "diary-calendar-zone",
        "raw_url": "calendars-raw" if hers else "diary-calendar-raw",
        "may_download": hers or Act.DOWNLOAD in leaving.allowed(request.user, connection.client),
    }
    return render(request, "calendar_app/unread.html", context, status=status)


def _form(question) -> ZoneForm:
    return ZoneForm(calendar=question.calendar, named=question.name)


@require_GET
@secretary_required
def raw_at_desk(request, entry_id):
    row = _row(request, entry_id)
    if Act.DOWNLOAD not in leaving.allowed(request.user, row.client):
        raise Http404
    return _raw(request, row)


@require_GET
@portal_required
def raw_in_portal(request, entry_id):
    row = _row(request, entry_id)
    if not _hers(request).filter(pk=row.calendar.connection_id).exists():
        raise Http404
    return _raw(request, row)


def _row(request, entry_id) -> RemoteEvent:
    rows = RemoteEvent.objects.visible_to(request.user).filter(state=RemoteEvent.State.UNREADABLE)
    row = get_object_or_404(
        rows.select_related("client", "calendar__diary__contact", "calendar__diary__client"), pk=entry_id
    )
    if not unread.may_open(request.user, row):
        raise Http404
    return row


def _raw(request, row: RemoteEvent):
    """The entry as it came, as a file: no browser is to make anything of it."""
    ledger.record(
        "calendar.original_taken",
        actor_id=request.user.pk,
        client_id=row.client_id,
        subject=("calendar_app.remoteevent", row.pk),
    )
    answer = HttpResponse(row.raw, content_type="application/octet-stream")
    answer["Content-Disposition"] = 'attachment; filename="entry.txt"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@require_POST
@secretary_required
def zone_at_desk(request, calendar_id):
    return _zone(request, calendar_id, Connection.objects.visible_to(request.user), "diary-calendar")


@require_POST
@portal_required
def zone_in_portal(request, calendar_id):
    return _zone(request, calendar_id, _hers(request), "calendars-unread")


def _zone(request, calendar_id, connections, name):
    """Which place is meant, said once for a calendar: what comes later is read by it as well."""
    found = Calendar.objects.visible_to(request.user).filter(connection__in=connections)
    calendar = get_object_or_404(found.filter(connection__ended_at=None), pk=calendar_id)
    form = ZoneForm(request.POST, calendar=calendar, named=request.POST.get("named", "")[:120])
    if not form.is_valid():
        return _page(request, calendar.connection_id, connections, name, typed=form, status=422)
    read = connecting.say_what_a_zone_means(
        calendar, form.named, form.cleaned_data["zone"], by=request.user, at=clock.now()
    )
    words = ngettext(
        "Remembered. %(n)s entry was read again.", "Remembered. %(n)s entries were read again.", read
    )
    messages.success(request, words % {"n": read})
    seconds.keep(request, calendar.connection, DESK if name == "diary-calendar" else PORTAL)
    return see_other(request, reverse(name, args=[calendar.connection_id]))
