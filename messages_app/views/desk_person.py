"""One person of a client's address book at the desk: written down, or put right."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clients import stretches
from clients.address_book import writing
from clients.models import Client, Correspondent, WorkRecord
from messages_app.forms.address_book import PersonForm
from secretariat import clock, ledger
from secretariat.next import see_other
from secretariat.office.guards import secretary_required


@secretary_required
@require_http_methods(["GET", "POST"])
def new(request, client_id):
    client = get_object_or_404(Client.objects.visible_to(request.user), pk=client_id)
    return _write(request, client, None)


@secretary_required
@require_http_methods(["GET", "POST"])
def change(request, person_id):
    people = Correspondent.objects.visible_to(request.user).select_related("client")
    person = get_object_or_404(people, pk=person_id)
    ledger.looked(request.user, person.client_id, ("clients.correspondent", person.pk))
    return _write(request, person.client, person)


def _write(request, client: Client, person: Correspondent | None):
    form = PersonForm(request.POST if request.method == "POST" else None, client=client, person=person)
    if form.is_valid():
        at = clock.now()
        written = writing.write(client, person, form.cleaned_data, by=request.user, at=at)
        about = {"client_id": client.pk, "subject": ("clients.correspondent", written.pk)}
        stretches.keep(request, kind=WorkRecord.Kind.DESK, at=at, **about)
        messages.success(request, _("Saved."))
        return see_other(request, reverse("letters-book", args=[client.pk]))
    context = {"client": client, "person": person, "form": form}
    return render(
        request, "messages_app/address_book/write.html", context, status=422 if form.errors else 200
    )
