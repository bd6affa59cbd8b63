"""The portal's *Calendars*: which of hers we read, how that goes, and which one meetings are written to."""

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from calendar_app import connecting, online
from calendar_app.forms.connecting import CalDavForm, ChoiceForm, FeedForm
from calendar_app.models import Calendar, Connection
from calendar_app.unread import state_in_words
from clients.doors import portal_required
from secretariat import clock
from secretariat.next import see_other

from . import whose

FORMS = {Connection.Kind.CALDAV: CalDavForm, Connection.Kind.FEED: FeedForm}


@require_safe
@portal_required
def page(request):
    diary = _diary(request)
    unread = Count("events", filter=Q(events__state="unreadable"))
    connections = []
    for each in _theirs(request).filter(diary=diary.pk).select_related("client"):
        each.says, each.again = state_in_words(each), _again(each)
        hers = Calendar.objects.visible_to(request.user).filter(connection=each)
        connections.append((each, hers.annotate(unread=unread)))
    context = {
        "client": request.contact.client,
        "diary": diary,
        "choices": whose.choices(request),
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
@portal_required
def connect(request, kind, connection_id=None):
    again = get_object_or_404(_theirs(request), pk=connection_id, kind=kind) if connection_id else None
    diary = again.diary if again else _diary(request)
    known = {"url": again.url, "username": again.username} if again and kind == Connection.Kind.CALDAV else {}
    form = FORMS[kind](request.POST or None, initial=known)
    if not form.is_valid():
        return _connect_page(request, form, kind, again, diary)
    typed = dict(form.cleaned_data)
    url = connecting.address(typed.pop("url"), kind=kind)
    try:
        found = connecting.found_there(kind, url, **typed)
    except connecting.NotConnected as reason:
        form.add_error("url", str(reason))
        return _connect_page(request, form, kind, again, diary)
    connection = connecting.connect(
        *(diary, kind, found),
        **{"url": url, **typed, "by": request.user, "at": clock.now(), "again": again},
    )
    return see_other(request, reverse("calendars-choose", args=[connection.pk]))


@require_http_methods(["GET", "POST"])
@portal_required
def choose(request, connection_id):
    connection = get_object_or_404(_theirs(request), pk=connection_id)
    calendars = list(Calendar.objects.visible_to(request.user).filter(connection=connection))
    form = ChoiceForm(request.POST if request.method == "POST" else None, calendars=calendars)
    if form.is_valid():
        connecting.choose(connection, **form.chosen, by=request.user, at=clock.now())
        messages.success(request, _("Saved. What stands there is being read."))
        return see_other(request, f"{reverse('calendars')}?diary={connection.diary_id}")
    context = {"client": request.contact.client, "connection": connection, "form": form}
    return render(
        request, "calendar_app/calendars_choose.html", context, status=422 if form.is_bound else 200
    )


@require_http_methods(["GET", "POST"])
@portal_required
def end(request, connection_id):
    connection = get_object_or_404(_theirs(request), pk=connection_id)
    if request.method == "GET":
        context = {"client": request.contact.client, "connection": connection}
        return render(request, "calendar_app/calendars_end.html", context)
    connecting.disconnect(connection, by=request.user, at=clock.now())
    messages.success(request, _("Disconnected. What opened it is forgotten here."))
    return see_other(request, f"{reverse('calendars')}?diary={connection.diary_id}")


def _theirs(request):
    connections = Connection.objects.visible_to(request.user).filter(diary__in=whose.hers(request))
    return connections.filter(ended_at=None).select_related("diary__client")


def _diary(request):
    diary = whose.diary(request)
    if diary._state.adding:
        diary.save()
    return diary


def _connect_page(request, form, kind, again, diary):
    context = {"client": request.contact.client, "form": form, "kind": kind, "again": again, "diary": diary}
    status = 422 if form.is_bound else 200
    return render(request, "calendar_app/calendars_connect.html", context, status=status)
