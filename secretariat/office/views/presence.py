"""Ready, on a break, away; and the sign of life her browser gives."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from secretariat import clock
from secretariat.next import see_other
from secretariat.office import breaks, presence, regions
from secretariat.office.forms.shift import BreakForm
from secretariat.office.guards import for_herself


@require_GET
@for_herself
def region(request):
    return render(request, *regions.presence(request.secretary))


@require_POST
@for_herself
def ready(request):
    return _say(request, presence.ready)


@require_POST
@for_herself
def away(request):
    return _say(request, presence.away)


@require_POST
@for_herself
def take_break(request):
    form = BreakForm(request.POST, reasons=breaks.reasons(request.user))
    if not form.is_valid():
        return _answer(request, _("Choose why, and say how many minutes, at most 240."), status=422)
    at = clock.now()
    return _say(
        request, presence.take_break, reason=form.cleaned_data["reason"], back_at=form.back_at(at), at=at
    )


@require_POST
@for_herself
def heartbeat(request):
    """Every fifteen seconds while her page is open."""
    there = presence.heartbeat(
        request.secretary, at=clock.now(), phone_registered=request.POST.get("registered") == "yes"
    )
    return HttpResponse(status=204 if there else 409)


def _say(request, verb, *, at=None, **words):
    try:
        verb(request.secretary, at=at or clock.now(), **words)
    except presence.NotNow as refusal:
        return _answer(request, str(refusal), status=422)
    return _answer(request)


def _answer(request, refusal="", status=200):
    if request.htmx:
        template, context = regions.presence(request.secretary)
        return render(request, template, context | {"refusal": refusal}, status=status)
    if refusal:
        messages.error(request, refusal)
    return see_other(request, "/desk/")
