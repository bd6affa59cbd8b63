"""The portal's way to a calendar at Google or Microsoft, and back."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from calendar_app import consenting, online, tokens
from calendar_app.elsewhere import Trouble
from calendar_app.models import Connection, Diary
from clients.doors import portal_required
from secretariat.next import see_other


@require_GET
@portal_required
def start(request, diary_id, kind):
    """Send her to the service, which asks her. A plain link: a form may not lead to another site."""
    hers = Diary.objects.visible_to(request.user).filter(client=request.contact.client)
    diary = get_object_or_404(hers, pk=diary_id)
    service = online.of(kind)
    if service is None:
        return _told(request, _not_set_up(kind))
    again = None
    if "again" in request.GET:
        broken = Connection.objects.visible_to(request.user).filter(diary=diary, kind=kind, ended_at=None)
        again = get_object_or_404(broken, pk=_asked_again(request))
    origin = f"{request.scheme}://{request.get_host()}"
    return HttpResponseRedirect(
        consenting.begin(service, request.session, diary=diary, origin=origin, again=again)
    )


@login_not_required
@transaction.non_atomic_requests
@require_GET
def back(request):
    """She comes back from there. Nothing is asked of the service inside a transaction.

    The address is registered once, and she may be signed in under another of our names: there she goes on.
    """
    state = request.GET.get("state", "")
    try:
        origin = consenting.origin_of(state)
        if origin != f"{request.scheme}://{request.get_host()}":
            return HttpResponseRedirect(origin + request.get_full_path())
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        begun = consenting.come_back(request.session, state)
    except consenting.NotOurs:
        return _told(request, _("That took too long, or was done already. Nothing has changed."), status=400)
    return _connected(request, begun)


def _connected(request, begun: consenting.Begun):
    service = online.of(begun.kind)
    diary = get_object_or_404(Diary.objects.visible_to(request.user), pk=begun.diary_id)
    if service is None:
        return _told(request, _not_set_up(begun.kind))
    name = {"service": service.name}
    if "code" not in request.GET:
        return _told(request, _("You did not agree at %(service)s. Nothing has changed.") % name, begun)
    try:
        given = tokens.exchanged(
            service,
            code=request.GET["code"],
            verifier=begun.verifier,
            redirect_uri=consenting.return_address(),
        )
        consenting.check_enough(service, given)
        there = service.adapter(lambda refused: given.access)
        found, owner = there.calendars(), there.owner()
    except consenting.NotEnough:
        words = _(
            "%(service)s was not allowed to show us your calendars, or to write to them. Tick both there."
        )
        return _told(request, words % name, begun)
    except Trouble:
        return _told(
            request, _("%(service)s did not answer as it should. Nothing has changed.") % name, begun
        )
    try:
        connection = consenting.connect(begun, given, found, diary=diary, by=request.user, owner=owner)
    except consenting.AnotherAccount as other:
        words = _(
            "You signed in at %(service)s as %(owner)s; this calendar is of %(whose)s. Nothing has changed."
        )
        return _told(request, words % {**name, "owner": owner, "whose": str(other)}, begun)
    if not any(each.client_id == diary.client_id and each.sees_all for each in request.user.roles.contacts):
        return render(request, "calendar_app/online_connected.html", {"connection": connection, **name})
    messages.success(request, _("%(service)s is connected. Choose what counts, and where we write.") % name)
    choose = reverse("calendars-choose", args=[connection.pk])
    return see_other(request, f"{choose}?client={diary.client_id}")


def _told(request, words: str, begun: consenting.Begun | None = None, *, status=200):
    """A page with a plain sentence, and a way to try again where that may help."""
    shown = {
        "words": words,
        "begun": begun,
        "again": reverse(f"calendars-{begun.kind}", args=[begun.diary_id]) if begun else "",
        "in_portal": request.user.is_authenticated and bool(request.user.roles.contacts),
    }
    return render(request, "calendar_app/online_told.html", shown, status=status)


def _not_set_up(kind: str) -> str:
    names = dict(Connection.Kind.choices)
    return _(
        "%(kind)s cannot be connected here yet: the office has not set it up. Ask the office to do so."
    ) % {"kind": names.get(kind, kind)}


def _asked_again(request) -> UUID:
    try:
        return UUID(request.GET["again"])
    except ValueError as error:
        raise Http404 from error
