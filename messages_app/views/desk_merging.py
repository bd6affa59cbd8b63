"""Two entries of a client's address book that are one person, made into one at the desk."""

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clients import stretches
from clients.address_book import merging
from clients.models import Correspondent, WorkRecord
from messages_app.forms.address_book import SamePersonForm, WhomForm
from secretariat import clock
from secretariat.next import see_other
from secretariat.office.guards import secretary_required

MOST_OFFERED = 20


@secretary_required
@require_http_methods(["GET", "POST"])
def same(request, person_id):
    """Who else in the book may be this person; `?q=` looks for another."""
    people = Correspondent.objects.visible_to(request.user)
    person = get_object_or_404(people.select_related("client"), pk=person_id)
    others = people.filter(client=person.client).exclude(pk=person.pk)
    asked = WhomForm(request.GET)
    q = asked.cleaned_data["q"] if asked.is_valid() else ""
    if request.method == "POST":
        form = SamePersonForm(request.POST, people=others)
        if form.is_valid():
            merging.merge(person, form.cleaned_data["other"], by=request.user)
            about = {"client_id": person.client_id, "subject": ("clients.correspondent", person.pk)}
            stretches.keep(request, kind=WorkRecord.Kind.DESK, at=clock.now(), **about)
            messages.success(request, _("They are one entry now."))
            return see_other(request, reverse("letters-book", args=[person.client_id]))
    offered = others.filter(_like(person, q)).prefetch_related("addresses", "postal_addresses")
    chosen = list(offered.order_by("name", "pk").values_list("pk", flat=True)[:MOST_OFFERED])
    shown = others.filter(pk__in=chosen).prefetch_related("addresses", "postal_addresses").order_by("name")
    if request.method != "POST":
        form = SamePersonForm(people=shown)
    context = {"person": person, "client": person.client, "form": form, "q": q, "offered": bool(chosen)}
    return render(request, "messages_app/address_book/same.html", context, status=422 if form.errors else 200)


def _like(person: Correspondent, q: str) -> Q:
    """Those asked for; else those who share a word of the name, or the firm."""
    if q:
        return Q(name__icontains=q) | Q(firm__icontains=q) | Q(addresses__value__icontains=q)
    found = Q(pk__in=[])
    for word in (person.name or person.firm).split():
        if len(word) > 2:
            found |= Q(name__icontains=word) | Q(firm__icontains=word)
    return found
