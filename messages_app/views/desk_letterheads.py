"""Letterheads at the desk: how each client's letters look and by what rule they go; the firm changes them."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from clients import stretches
from clients.models import Client, WorkRecord
from messages_app.forms.letterhead import LetterheadOfFirmForm
from messages_app.letters import heading, sheets
from messages_app.letters.typesetting import CannotBeSet
from messages_app.models import Letterhead
from secretariat import clock, ledger
from secretariat.next import see_other
from secretariat.office.guards import firm_required, secretary_required


def _clients(request):
    return Client.objects.visible_to(request.user).filter(is_active=True)


@secretary_required
@require_safe
def index(request):
    clients = list(_clients(request))
    known = Letterhead.objects.visible_to(request.user).in_bulk(
        [each.pk for each in clients], field_name="client_id"
    )
    rows = [(each, known.get(each.pk)) for each in clients]
    return render(request, "messages_app/letterheads.html", {"rows": rows})


@secretary_required
@require_safe
def detail(request, client_id):
    client = get_object_or_404(_clients(request), pk=client_id)
    head = sheets.head_of(client)
    ledger.looked(request.user, client.pk, (heading.SUBJECT, head.pk))
    context = {
        "client": client,
        "head": head,
        "is_written": not head._state.adding,
        "why_not": heading.why_not(head),
        "may_change": request.user.roles.firm_wide,
    }
    return render(request, "messages_app/letterhead.html", context)


@secretary_required
@require_safe
def picture(request, client_id):
    client = get_object_or_404(_clients(request), pk=client_id)
    return picture_of(sheets.head_of(client), by=request.user.name)


@firm_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request, client_id):
    client = get_object_or_404(_clients(request), pk=client_id)
    post = request.POST if request.method == "POST" else None
    form = LetterheadOfFirmForm(post, request.FILES or None, instance=sheets.head_of(client))
    if post is not None and form.is_valid():
        head = heading.keep(client, **form.said, by=request.user)
        about = {"kind": WorkRecord.Kind.DESK, "client_id": client.pk, "subject": (heading.SUBJECT, head.pk)}
        stretches.keep(request, at=clock.now(), **about)
        messages.success(request, _("Kept. Letters that were agreed stay as they are."))
        return see_other(request, reverse("letters-letterhead", args=[client.pk]))
    context = {"client": client, "form": form}
    status = 422 if form.errors else 200
    return render(request, "messages_app/letterhead_change.html", context, status=status)


def picture_of(head, *, by: str = "") -> HttpResponse:
    try:
        made = heading.picture(head, by=by)
    except CannotBeSet as wrong:
        raise Http404 from wrong
    answer = HttpResponse(made, content_type="image/png")
    answer["Cache-Control"] = "no-store"
    return answer
