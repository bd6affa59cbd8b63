"""A message that went to the wrong client is put right in two steps: where it belongs, and whether really."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clients import stretches
from clients.models import WorkRecord
from messages_app import drafts, moving
from messages_app.forms.handwork import MoveForm
from messages_app.forms.message import MessageForm
from messages_app.models import Message
from secretariat import clock, ledger
from secretariat.next import see_other
from secretariat.office.guards import secretary_required


@secretary_required
@require_http_methods(["GET", "HEAD", "POST"])
def move(request, message_id):
    found = Message.objects.visible_to(request.user).select_related("client", "contact", "corrects")
    message = get_object_or_404(found, pk=message_id)
    values, redacted = drafts.clean(request.POST.dict())
    form = MoveForm(values or None, places=moving.places(request.user, message))
    if redacted:
        form.add_error(None, MessageForm.CARD_NUMBER)
    if request.method != "POST":
        ledger.looked(request.user, message.client_id, ("messages_app.message", message.pk))
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.is_bound else 200
        return _page(request, "messages_app/move.html", message, form, status)
    if request.POST.get("sure") != "yes":
        return _page(request, "messages_app/move_confirm.html", message, form)
    try:
        said, at = form.cleaned_data, clock.now()
        incident = moving.move(
            message,
            to=said["client"],
            contact=said["contact"],
            what=said["what"],
            by=request.user,
            at=at,
        )
    except moving.CannotMove:
        messages.warning(request, _("It was withdrawn meanwhile. This is how it stands now."))
        return see_other(request, reverse("messages-message", args=[message.pk]))
    # A mistake of ours: she is paid for putting it right, and neither client pays.
    about = {"client_id": None, "subject": ("messages_app.incident", incident.pk)}
    stretches.keep(request, kind=WorkRecord.Kind.DESK, at=at, **about)
    messages.success(request, _("Withdrawn there and delivered here. The supervisor has been told."))
    return see_other(request, reverse("messages-message", args=[incident.moved_to_id]))


def _page(request, template, message, form, status=200):
    to = (
        form.cleaned_data["client"]
        if form.is_bound and "client" in getattr(form, "cleaned_data", {})
        else None
    )
    context = {"message": message, "client": message.client, "form": form, "to": to}
    return render(request, template, context, status=status)
