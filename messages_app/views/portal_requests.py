"""Requests in the portal: asked in words, by voice or with a photograph, and what was answered."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clients.doors import portal_required
from messages_app.asked_for import asking
from messages_app.forms.request import RequestForm
from messages_app.models import ClientRequest
from messages_app.views.desk_requests import files_of
from messages_app.views.letter_acts import version_shown
from secretariat import clock, ledger
from secretariat.next import see_other
from secretariat.paging import page


@require_safe
@portal_required
def index(request):
    """What she asked for, the newest first, with what came of it."""
    listed = page(_hers(request), newest_by="asked_at", after=request.GET.get("after", ""))
    context = {"client": request.contact.client, "page": listed}
    return render(request, "messages_app/asked_for/portal_index.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@portal_required
def new(request):
    form = RequestForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        facts = {"urgent": said["urgent"], "brought": form.brought, "at": clock.now()}
        asked = asking.ask(request.contact, said["words"], **facts)
        messages.success(request, _("Your secretary has it."))
        return see_other(request, reverse("requests-one", args=[asked.pk]))
    context = {"client": request.contact.client, "form": form}
    return render(request, "messages_app/asked_for/new.html", context, status=422 if form.errors else 200)


@require_safe
@portal_required
def detail(request, request_id):
    asked = get_object_or_404(_hers(request), pk=request_id)
    ledger.looked(request.user, asked.client_id, (asking.SUBJECT, asked.pk))
    context = {"client": asked.client, "asked": asked, "files": files_of(request, asked)}
    return render(request, "messages_app/asked_for/portal_one.html", context)


@require_POST
@portal_required
def take_back(request, request_id):
    asked = get_object_or_404(_hers(request), pk=request_id)
    try:
        asking.take_back(asked, version=version_shown(request), by=request.user)
    except asking.NotAsSeen:
        messages.warning(request, _("It was answered meanwhile. Here is what came of it."))
    else:
        messages.success(request, _("Taken back."))
    return see_other(request, reverse("requests-one", args=[asked.pk]))


def _hers(request):
    rows = ClientRequest.objects.visible_to(request.user).filter(client=request.contact.client)
    return rows.select_related("client", "contact", "answered_by__secretary")
