"""Coming to work and going home."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from secretariat import clock
from secretariat.next import next_of, see_other
from secretariat.office import presence
from secretariat.office.forms.shift import StartShiftForm
from secretariat.office.guards import for_herself
from secretariat.office.models import Shift


@require_GET
@for_herself
def page(request):
    """The one deliberate click before calls ring, with what it needs beside it."""
    return _shown(request, StartShiftForm(secretary=request.secretary))


@require_POST
@for_herself
def start(request):
    form = StartShiftForm(request.POST, secretary=request.secretary)
    if not form.is_valid():
        return _shown(request, form, status=422)
    at = clock.now()
    try:
        presence.start_shift(
            request.secretary,
            line=form.cleaned_data["line"],
            declared=form.cleaned_data["declared"],
            at=at,
            ends_at=form.ends_at(at),
        )
    except presence.NotNow as refusal:
        return _shown(request, form, refusal=str(refusal), status=422)
    return see_other(request, "/desk/")


@require_POST
@for_herself
def end(request):
    try:
        presence.end_shift(request.secretary, at=clock.now())
    except presence.NotNow as refusal:
        form = StartShiftForm(secretary=request.secretary)
        return _shown(request, form, refusal=str(refusal), status=422)
    return see_other(request, reverse("shift"))


def _shown(request, form, *, refusal="", status=200):
    shift = Shift.objects.visible_to(request.user).filter(secretary=request.secretary, ended_at=None).first()
    context = {
        "form": form,
        "secretary": request.secretary,
        "shift": shift,
        "refusal": refusal,
        "next": next_of(request, "/desk/"),
        "title": _("On shift") if shift else _("Start your shift"),
    }
    return render(request, "office/shift.html", context, status=status)
