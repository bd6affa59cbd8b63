"""The portal's *Places*: rooms, addresses and video rooms, with how to get there."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from calendar_app import placing
from calendar_app.forms.places import PlaceForm
from calendar_app.models import Place
from clients.doors import speaks_for_client
from secretariat.next import see_other


@require_GET
@speaks_for_client
def page(request):
    found = list(_theirs(request))
    context = {
        "client": request.contact.client,
        "places": [each for each in found if each.is_active],
        "retired": [each for each in found if not each.is_active],
    }
    return render(request, "calendar_app/places.html", context)


@require_http_methods(["GET", "POST"])
@speaks_for_client
def add(request):
    return _edit(request, Place(client=request.contact.client))


@require_http_methods(["GET", "POST"])
@speaks_for_client
def change(request, place_id):
    return _edit(request, get_object_or_404(_theirs(request), pk=place_id))


@require_POST
@speaks_for_client
def retire(request, place_id):
    return _use(request, place_id, False, _("No longer in use: %(name)s."))


@require_POST
@speaks_for_client
def restore(request, place_id):
    return _use(request, place_id, True, _("In use again: %(name)s."))


def _use(request, place_id, is_active, words):
    place = get_object_or_404(_theirs(request), pk=place_id)
    placing.use(place, is_active, by=request.user)
    messages.success(request, words % {"name": place.name})
    return see_other(request, reverse("places"))


def _edit(request, place):
    form = PlaceForm(request.POST or None, instance=place)
    if request.method == "POST" and form.is_valid():
        placing.save(form.save(commit=False), by=request.user)
        messages.success(request, _("Saved: %(name)s.") % {"name": place.name})
        return see_other(request, reverse("places"))
    context = {"client": request.contact.client, "form": form, "place": place, "is_new": place._state.adding}
    status = 422 if request.method == "POST" else 200
    return render(request, "calendar_app/place_form.html", context, status=status)


def _theirs(request):
    return Place.objects.visible_to(request.user).filter(client=request.contact.client)
