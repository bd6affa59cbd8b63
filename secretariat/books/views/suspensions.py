"""Not answering for a client any more, for the firm: announced, shown as it stands, taken back."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from clients.models import Client, ServiceSuspension
from secretariat import clock, ledger
from secretariat.books import billing, suspending, suspending_words, telling
from secretariat.books.forms.suspensions import BackForm, SuspensionForm
from secretariat.next import see_other
from secretariat.office.guards import firm_required


@require_http_methods(["GET", "POST"])
@firm_required
def of_client(request, client_id):
    """How it stands with this client; where bills are unpaid to the last reminder, a suspension announced."""
    client = get_object_or_404(Client.objects.visible_to(request.user), pk=client_id)
    ledger.looked(request.user, client.pk, ("clients.client", client.pk))
    today = clock.now().astimezone(client.tz).date()
    usual = {"from_on": today + suspending.USUAL} | suspending.usual_words(client)
    form = SuspensionForm(request.POST or None, initial=usual)
    if request.method == "POST" and form.is_valid():
        try:
            suspending.announce(client, **form.cleaned_data, by=request.user, at=clock.now())
        except billing.NotNow as words:
            form.add_error(None, str(words))
        else:
            messages.success(request, _("Announced. The client is written to now."))
            return see_other(request, reverse("books-suspension", args=[client.pk]))
    return _shown(request, client, form=form, status=422 if form.errors else 200)


def _shown(request, client, *, form, back=None, status=200):
    today = clock.now().astimezone(client.tz).date()
    rows = ServiceSuspension.objects.visible_to(request.user).filter(client=client)
    current = rows.open().select_related("client", "announced_by").first()
    context = {
        "client": client,
        "unpaid": suspending.unpaid(client, today),
        "current": current,
        "heard": suspending_words.heard(current) if current else "",
        "earlier": rows.exclude(ended="").select_related("announced_by", "ended_by"),
        "told": telling.speakers(client),
        "earliest": suspending.earliest(today),
        "form": form,
        "back": back or BackForm(),
    }
    return render(request, "books/suspension.html", context, status=status)


@require_POST
@firm_required
def take_back(request, suspension_id):
    rows = ServiceSuspension.objects.visible_to(request.user).select_related("client")
    found = get_object_or_404(rows, pk=suspension_id)
    back = BackForm(request.POST)
    if not back.is_valid():
        return _shown(request, found.client, form=SuspensionForm(), back=back, status=422)
    try:
        suspending.withdraw(found, because=back.cleaned_data["because"], by=request.user, at=clock.now())
    except billing.NotNow as words:
        messages.error(request, str(words))
    else:
        messages.success(request, _("Taken back. The client is told."))
    return see_other(request, reverse("books-suspension", args=[found.client_id]))
