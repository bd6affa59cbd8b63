"""Coming to work and going home."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from secretariat import clock
from secretariat.next import next_of, see_other
from secretariat.office import arriving, going_home, presence, security_rules
from secretariat.office.forms.shift import EndShiftForm, StartShiftForm
from secretariat.office.guards import for_herself
from secretariat.office.models import Shift


@require_GET
@for_herself
def page(request):
    """The one deliberate click before calls ring, with what it needs beside it."""
    return _shown(request, _start_form(request))


@require_POST
@for_herself
def start(request):
    form = _start_form(request, request.POST)
    if not form.is_valid():
        return _shown(request, form, status=422)
    at = clock.now()
    arriving.has_read(request.user, [each.key for each in form.to_read], at=at)
    try:
        presence.start_shift(
            request.secretary,
            line=form.cleaned_data["line"],
            declared=form.cleaned_data["declared"],
            at=at,
            ends_at=form.ends_at(at),
            rules=[each.key for each in form.rules],
        )
    except presence.NotNow as refusal:
        return _shown(request, form, refusal=str(refusal), status=422)
    return see_other(request, "/desk/")


@require_POST
@for_herself
def end(request):
    """She goes home, and what is still hers goes to whom she names, or to the client's team.

    What came to her after she opened the page is not named in it, and goes to the team.
    """
    form = EndShiftForm(request.POST, left=going_home.left(request.secretary))
    if not form.is_valid():
        return _shown(request, _start_form(request), going=form, status=422)
    note = form.cleaned_data["note"]
    try:
        going_home.go_home(request.secretary, form.hands(), note=note, by=request.user, at=clock.now())
    except presence.NotNow as refusal:
        return _shown(request, _start_form(request), refusal=str(refusal), going=form, status=422)
    return see_other(request, reverse("shift"))


def _start_form(request, said=None) -> StartShiftForm:
    unread = arriving.to_read(request.user)
    at_work = Shift.objects.visible_to(request.user).filter(secretary=request.secretary, ended_at=None)
    rules = [] if at_work.exists() else security_rules.asked_of(request.secretary, at=clock.now())
    return StartShiftForm(said, secretary=request.secretary, to_read=unread, rules=rules)


def _shown(request, form, *, refusal="", going=None, status=200):
    shift = Shift.objects.visible_to(request.user).filter(secretary=request.secretary, ended_at=None).first()
    if shift and going is None:
        going = EndShiftForm(left=going_home.left(request.secretary))
    context = {
        "form": form,
        "secretary": request.secretary,
        "shift": shift,
        "going": going,
        "refusal": refusal,
        "next": next_of(request, "/desk/"),
        "title": _("On shift") if shift else _("Start your shift"),
    }
    return render(request, "office/shift.html", context, status=status)
