"""The portal's *Calendars*: which of hers we read, how that goes, and which one meetings are written to."""

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from calendar_app import booking, connecting, online
from calendar_app.forms.connecting import CalDavForm, ChoiceForm, FeedForm
from calendar_app.models import Calendar, Connection
from calendar_app.unread import state_in_words
from clients.doors import speaks_for_client
from secretariat import clock
from secretariat.next import see_other

FORMS = {Connection.Kind.CALDAV: CalDavForm, Connection.Kind.FEED: FeedForm}


@require_safe
@speaks_for_client
def page(request):
    unread = Count("events", filter=Q(events__state="unreadable"))
    connections = []
    for each in _theirs(request).select_related("client"):
        each.says, each.again = state_in_words(each), _again(each)
        hers = Calendar.objects.visible_to(request.user).filter(connection=each)
        connections.append((each, hers.annotate(unread=unread)))
    context = {
        "client": request.contact.client,
        "diary": (diary := _diary(request)),
        "connections": connections,
        "services": [_service(kind, diary) for kind in online.KINDS],
    }
    return render(request, "calendar_app/calendars.html", context)


def _again(connection) -> str:
    """Where she lets us in once more, at the two services that ask her themselves."""
    if connection.kind not in online.KINDS or online.of(connection.kind) is None:
        return ""
    return f"{reverse(f'calendars-{connection.kind}', args=[connection.diary_id])}?again={connection.pk}"


def _service(kind, diary) -> dict:
    """A service she may choose; without an address where the office has not set it up."""
    url = reverse(f"calendars-{kind}", args=[diary.pk]) if online.of(kind) else ""
    return {"name": Connection.Kind(kind).label, "url": url}


@transaction.non_atomic_requests  # her server is asked, and no transaction waits for it
@require_http_methods(["GET", "POST"])
@speaks_for_client
def connect(request, kind, connection_id=None):
    again = get_object_or_404(_theirs(request), pk=connection_id, kind=kind) if connection_id else None
    known = {"url": again.url, "username": again.username} if again and kind == Connection.Kind.CALDAV else {}
    form = FORMS[kind](request.POST or None, initial=known)
    if not form.is_valid():
        return _connect_page(request, form, kind, again)
    typed = dict(form.cleaned_data)
    url = connecting.address(typed.pop("url"), kind=kind)
    try:
        found = connecting.found_there(kind, url, **typed)
    except connecting.NotConnected as reason:
        form.add_error("url", str(reason))
        return _connect_page(request, form, kind, again)
    connection = connecting.connect(
        *(_diary(request), kind, found),
        **{"url": url, **typed, "by": request.user, "at": clock.now(), "again": again},
    )
    return see_other(request, reverse("calendars-choose", args=[connection.pk]))


@require_http_methods(["GET", "POST"])
@speaks_for_client
def choose(request, connection_id):
    connection = get_object_or_404(_theirs(request), pk=connection_id)
    calendars = list(Calendar.objects.visible_to(request.user).filter(connection=connection))
    form = ChoiceForm(request.POST if request.method == "POST" else None, calendars=calendars)
    if form.is_valid():
        connecting.choose(connection, **form.chosen, by=request.user, at=clock.now())
        messages.success(request, _("Saved. What stands there is being read."))
        return see_other(request, reverse("calendars"))
    context = {"client": request.contact.client, "connection": connection, "form": form}
    return render(
        request, "calendar_app/calendars_choose.html", context, status=422 if form.is_bound else 200
    )


@require_http_methods(["GET", "POST"])
@speaks_for_client
def end(request, connection_id):
    connection = get_object_or_404(_theirs(request), pk=connection_id)
    if request.method == "GET":
        context = {"client": request.contact.client, "connection": connection}
        return render(request, "calendar_app/calendars_end.html", context)
    connecting.disconnect(connection, by=request.user, at=clock.now())
    messages.success(request, _("Disconnected. What opened it is forgotten here."))
    return see_other(request, reverse("calendars"))


def _theirs(request):
    hers = Connection.objects.visible_to(request.user)
    return hers.filter(client=request.contact.client_id, ended_at=None)


def _diary(request):
    diary = booking.diary_of(request.contact.client)
    if diary._state.adding:
        diary.save()
    return diary


def _connect_page(request, form, kind, again):
    context = {"client": request.contact.client, "form": form, "kind": kind, "again": again}
    status = 422 if form.is_bound else 200
    return render(request, "calendar_app/calendars_connect.html", context, status=status)
