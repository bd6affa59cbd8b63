"""Days off and sickness in the words of the firm: entered for somebody who rang in, changed, taken back."""

from datetime import date
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.dateformat import format as date_words
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from secretariat import clock
from secretariat.next import see_other
from secretariat.office import looking
from secretariat.office.forms.my_shifts import FirmAbsenceForm, OtherDaysForm
from secretariat.office.guards import firm_required
from secretariat.office.looking import Of
from secretariat.office.models import Absence, Firm
from secretariat.office.rota import absences, planning


def _today(zone: str):
    return clock.now().astimezone(ZoneInfo(zone)).date()


@require_http_methods(["GET", "POST"])
@firm_required
def enter(request):
    """Somebody rings in ill, or has agreed on days off by word of mouth: it holds at once."""
    today = _today(Firm.current().zone)
    given = {"kind": Absence.Kind.SICKNESS, "from_on": today, "until_on": today}
    given |= {"secretary": request.GET.get("secretary", "")}
    form = FirmAbsenceForm(request.POST or None, user=request.user, today=today, initial=given)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made, opened = absences.enter(**said, at=clock.now(), by=request.user)
        except planning.NotNow as words:
            form.add_error(None, str(words))
        else:
            name = {"name": made.secretary.spoken_name}
            messages.success(request, _("Entered. %(name)s is told.") % name + " " + _shifts(opened))
            return see_other(request, reverse("rota-asked"))
    context = {"form": form, "absence": None}
    return render(request, "office/rota_away.html", context, status=422 if form.errors else 200)


def _shifts(opened) -> str:
    if not opened:
        return _("No shift of hers is open because of it.")
    words = ngettext("%(n)d shift of hers is open.", "%(n)d shifts of hers are open.", len(opened))
    return words % {"n": len(opened)}


def _say_paid(request, days: list[date]) -> None:
    """A statement does not change, so that as many other days would be paid beside these."""
    if not days:
        return
    words = _(
        "On a statement of pay already: %(days)s. A correction of her pay is due, by as much as was paid for "
        "that; a run that is not approved yet, prepare anew."
    )
    messages.warning(request, words % {"days": ", ".join(date_words(day, "D j M Y") for day in days)})


def _absence(request, absence_id) -> Absence:
    rows = Absence.objects.visible_to(request.user).standing().select_related("secretary__user")
    return get_object_or_404(rows, pk=absence_id)


@require_http_methods(["GET", "POST"])
@firm_required
def change(request, absence_id):
    """She is well again sooner, or later, than was thought."""
    found = _absence(request, absence_id)
    looking.looked(request.user, Of.ABSENCE, found.secretary_id)
    days = {"from_on": found.from_on, "until_on": found.until_on}
    form = OtherDaysForm(request.POST or None, today=_today(found.secretary.zone), initial=days)
    if request.method == "POST" and form.is_valid():
        said, paid = form.cleaned_data, absences.paid(found)
        try:
            opened = absences.change(
                found, from_on=said["from_on"], until_on=said["until_on"], at=clock.now(), by=request.user
            )
        except planning.NotNow as words:
            form.add_error(None, str(words))
        else:
            name = {"name": found.secretary.spoken_name}
            messages.success(request, _("Changed. %(name)s is told.") % name + " " + _shifts(opened))
            _say_paid(request, [day for day in paid if not found.from_on <= day <= found.until_on])
            return see_other(request, reverse("rota-asked"))
    context = {"form": form, "absence": found}
    return render(request, "office/rota_away.html", context, status=422 if form.errors else 200)


@require_POST
@firm_required
def end(request, absence_id):
    """It is not so, or not any more, as a whole."""
    found = _absence(request, absence_id)
    paid = absences.paid(found)
    try:
        found = absences.withdraw(found, by=request.user, at=clock.now())
    except planning.NotNow as words:
        messages.error(request, str(words))
    else:
        messages.success(request, _("Taken back. She is told; shifts that were opened stay open."))
        if found.state == Absence.State.WITHDRAWN:
            _say_paid(request, paid)
    return see_other(request, reverse("rota-asked"))
