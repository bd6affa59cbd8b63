"""The portal's way to a mailbox at Google or Microsoft, and back."""

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

from calendar_app import consenting
from clients.doors import speaks_for_client
from clients.models import Client
from messages_app.mail import connecting, hosts, letting_in
from messages_app.models import Mailbox
from secretariat import clock
from secretariat.next import see_other


@require_GET
@speaks_for_client
def start(request, kind):
    """Send her to the service, which asks her. A plain link: a form may not lead to another site."""
    service = hosts.of(kind)
    if service is None:
        return _told(request, _not_set_up(kind))
    again = None
    if "again" in request.GET:
        hers = Mailbox.objects.visible_to(request.user).filter(client=request.contact.client, ended_at=None)
        again = get_object_or_404(hers, pk=_asked_again(request))
    origin = f"{request.scheme}://{request.get_host()}"
    return HttpResponseRedirect(
        letting_in.begin(service, request.session, client=request.contact.client, origin=origin, again=again)
    )


@login_not_required
@transaction.non_atomic_requests
@require_GET
def back(request):
    """She comes back from there. Nothing is asked of service or server inside a transaction.

    The address is registered once, and she may be signed in under another of our names: there she goes on.
    """
    state = request.GET.get("state", "")
    try:
        origin = letting_in.ERRAND.origin_of(state)
        if origin != f"{request.scheme}://{request.get_host()}":
            return HttpResponseRedirect(origin + request.get_full_path())
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        begun = letting_in.come_back(request.session, state)
    except consenting.NotOurs:
        return _told(request, _("That took too long, or was done already. Nothing has changed."), status=400)
    return _connected(request, begun)


def _connected(request, begun: letting_in.Begun):
    client = get_object_or_404(Client.objects.visible_to(request.user), pk=begun.client_id)
    if not any(each.client_id == client.pk and each.sees_all for each in request.user.roles.contacts):
        raise Http404
    service = hosts.of(begun.kind)
    if service is None:
        return _told(request, _not_set_up(begun.kind))
    if "code" not in request.GET:
        words = _("You did not agree at %(service)s. Nothing has changed.") % {"service": service.name}
        return _told(request, words, begun)
    try:
        given, owner = letting_in.agreed(service, begun, request.GET["code"])
        mailbox = letting_in.connect(begun, given, owner, client=client, by=request.user, at=clock.now())
    except connecting.NotConnected as reason:
        return _told(request, str(reason), begun)
    messages.success(request, _("Connected. What comes in from now on is seen to."))
    return see_other(request, f"{reverse('mail-settings', args=[mailbox.pk])}?client={client.pk}")


def _told(request, words: str, begun: letting_in.Begun | None = None, *, status=200):
    """A page with a plain sentence, and a way to try again where that may help."""
    shown = {
        "words": words,
        "begun": begun,
        "again": reverse(f"mail-{begun.kind}") if begun else "",
        "in_portal": request.user.is_authenticated and bool(request.user.roles.contacts),
    }
    return render(request, "messages_app/mailbox/told.html", shown, status=status)


def _not_set_up(kind: str) -> str:
    return _(
        "Mailboxes at %(service)s cannot be connected yet: the office has not set it up. Ask it to do so."
    ) % {"service": dict(Mailbox.Service.choices).get(kind, kind)}


def _asked_again(request) -> UUID:
    try:
        return UUID(request.GET["again"])
    except ValueError as error:
        raise Http404 from error
