"""The portal's *Holidays*: which of her country's she keeps, and when else she is closed."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from clients import check_up, closing
from clients.doors import speaks_for_client
from clients.forms.closing import ClosureForm, HolidayForm
from clients.models import Holiday
from secretariat import clock
from secretariat.next import see_other


@require_GET
@speaks_for_client
def page(request):
    client = request.contact.client
    coming = (
        _theirs(request).from_day(clock.now().astimezone(client.tz).date()).select_related("line", "said_by")
    )
    answered = [each for each in coming if each.says != Holiday.Says.ASKED]
    return render(
        request,
        "clients/holidays.html",
        {
            "client": client,
            "asked": [each for each in coming if each.says == Holiday.Says.ASKED],
            "public": [each for each in answered if each.is_public],
            "own": [each for each in answered if not each.is_public],
        },
    )


@require_http_methods(["GET", "POST"])
@speaks_for_client
def answer(request, holiday_id):
    holiday = get_object_or_404(_theirs(request).filter(is_public=True), pk=holiday_id)
    if request.method == "GET":
        given = {"opens": holiday.opens, "closes": holiday.closes}
        asked = holiday.says == Holiday.Says.ASKED
        form = HolidayForm(initial=given | {"says": Holiday.Says.CLOSED if asked else holiday.says})
        return _answer_page(request, holiday, form)
    form = HolidayForm(request.POST)
    if not form.is_valid():
        return _answer_page(request, holiday, form, status=422)
    closing.answer(holiday, by=request.user, at=clock.now(), **form.words)
    messages.success(request, _("Saved: %(name)s.") % {"name": holiday.name})
    _point_out(request)
    return see_other(request, reverse("holidays"))


@require_http_methods(["GET", "POST"])
@speaks_for_client
def close(request):
    at = clock.now()
    theirs = {"client": request.contact.client, "user": request.user, "at": at}
    if request.method == "GET":
        return _closure_page(request, ClosureForm(initial={"says": Holiday.Says.CLOSED}, **theirs))
    form = ClosureForm(request.POST, **theirs)
    if not form.is_valid():
        return _closure_page(request, form, status=422)
    holiday = closing.close(request.contact.client, by=request.user, at=at, **form.words)
    messages.success(request, _("Saved: %(name)s.") % {"name": holiday.name})
    _point_out(request)
    return see_other(request, reverse("holidays"))


@require_http_methods(["GET", "POST"])
@speaks_for_client
def take_back(request, holiday_id):
    holiday = get_object_or_404(_theirs(request).filter(is_public=False), pk=holiday_id)
    if request.method == "GET":
        context = {"client": request.contact.client, "holiday": holiday}
        return render(request, "clients/closure_take_back.html", context)
    closing.reopen(holiday, by=request.user)
    messages.success(request, _("Taken back: %(name)s. Your usual hours hold.") % {"name": holiday.name})
    return see_other(request, reverse("holidays"))


def _theirs(request):
    return (
        Holiday.objects.visible_to(request.user)
        .filter(client=request.contact.client_id)
        .select_related("client")
    )


def _point_out(request) -> None:
    """Closures that say two things about one day, shown beside what was saved."""
    for sentence in check_up.of_holidays(request.contact.client, at=clock.now()):
        messages.warning(request, sentence)


def _answer_page(request, holiday, form, status=200):
    context = {"client": request.contact.client, "holiday": holiday, "form": form}
    return render(request, "clients/holiday_answer.html", context, status=status)


def _closure_page(request, form, status=200):
    context = {"client": request.contact.client, "form": form}
    return render(request, "clients/closure_form.html", context, status=status)
