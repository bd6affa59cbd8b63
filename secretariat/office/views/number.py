"""Her own telephone: asking for a code there, and typing it."""

from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from secretariat import clock
from secretariat.next import see_other
from secretariat.office import home_numbers
from secretariat.office.forms.number import AskForm, CodeForm
from secretariat.office.guards import for_herself

SAID = {
    home_numbers.Outcome.WRONG: _("This is not the code. Look again, or ask for another."),
    home_numbers.Outcome.OVER: _("This code is over. Ask for another."),
    home_numbers.Outcome.LOCKED: _("There were too many wrong codes. Wait an hour, or ask the office."),
}


@require_GET
@for_herself
def page(request):
    return _shown(request)


@require_POST
@for_herself
def ask(request):
    form = AskForm(request.POST)
    if not form.is_valid():
        return _shown(request, ask=form, status=422)
    try:
        home_numbers.ask(request.secretary, asked_by=request.user, at=clock.now(), **form.cleaned_data)
    except home_numbers.NotNow as refusal:
        form.add_error("number", str(refusal))
        return _shown(request, ask=form, status=422)
    return see_other(request, reverse("number"))


@require_POST
@for_herself
def confirm(request):
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _shown(request, code=form, status=422)
    outcome = home_numbers.confirm(request.secretary, form.cleaned_data["code"], at=clock.now())
    if outcome == home_numbers.Outcome.VERIFIED:
        messages.success(request, _("Your telephone is verified. Calls may ring there."))
        return see_other(request, reverse("shift"))
    form.add_error("code", SAID[outcome])
    return _shown(request, code=form, status=422)


def _shown(request, *, ask=None, code=None, status=200):
    secretary, at = request.secretary, clock.now()
    context = {
        "secretary": secretary,
        "ask": ask or AskForm(initial={"number": secretary.home_number}),
        "code": code or CodeForm(),
        "check": home_numbers.waiting(secretary, at=at),
        "mine": request.user.zone,
    }
    return render(request, "office/number.html", context, status=status)
