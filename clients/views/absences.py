"""The portal's *Plan an absence*: who is away from when until when, and who stands in."""

from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clients import check_up, where_i_am, wording
from clients.doors import portal_required
from clients.forms.absence import AbsenceForm
from secretariat import clock
from secretariat.next import see_other

from .where_i_am import people_she_speaks_for


@require_http_methods(["GET", "POST"])
@portal_required
def plan(request):
    at, client = clock.now(), request.contact.client
    theirs = {"client": client, "people": people_she_speaks_for(request), "at": at}
    if request.method == "GET":
        tomorrow = at.astimezone(client.tz).date()
        return _shown(
            request, AbsenceForm(initial={"who": request.contact.pk, "from_on": tomorrow}, **theirs)
        )
    form = AbsenceForm(request.POST, **theirs)
    if not form.is_valid():
        return _shown(request, form, status=422)
    said = where_i_am.set_status(form.cleaned_data["who"], by=request.user, at=at, **form.words)
    words = {
        "name": said.status.contact.name,
        "from": wording.moment(said.status.from_at, client.zone, now=at),
        "until": wording.moment(said.status.until_at, client.zone, now=at),
        "stand_in": said.status.stand_in,
    }
    if said.status.stand_in:
        saved = _("Saved: %(name)s is away from %(from)s until %(until)s. %(stand_in)s stands in.")
    else:
        saved = _("Saved: %(name)s is away from %(from)s until %(until)s. Nobody stands in.")
    messages.success(request, saved % words)
    for sentence in check_up.of_absence(said.status, at=at):
        messages.warning(request, sentence)
    return see_other(request, reverse("where-i-am"))


def _shown(request, form, status=200):
    context = {"client": request.contact.client, "form": form}
    return render(request, "clients/absence.html", context, status=status)
