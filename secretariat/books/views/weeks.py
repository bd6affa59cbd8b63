"""Everybody's weeks, for the firm: which wait for approval, each of them to the second, and closing it."""

from datetime import timedelta

from django.contrib import messages
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clients.models import WorkRecord
from secretariat import clock
from secretariat.books import hours, told
from secretariat.books.forms.time import SendBackForm
from secretariat.books.models import Week
from secretariat.next import see_other
from secretariat.office import looking
from secretariat.office.guards import firm_required
from secretariat.office.looking import Of
from secretariat.office.models import Secretary

from . import time


def address(secretary, starts_on) -> str:
    return f"{reverse('books-week', args=[secretary.pk])}?week={starts_on.isoformat()}"


@require_GET
@firm_required
def listed(request):
    """One week of everybody, and all that wait from before."""
    at = clock.now()
    people = Secretary.objects.visible_to(request.user).select_related("user").order_by("spoken_name", "pk")
    people = list(people)
    asked = request.GET.get("week")
    starts_on = time.monday(asked, people[0]) if people else None
    rows = [hours.of(each, starts_on, at=at) for each in people]
    waiting = Week.objects.visible_to(request.user).filter(state=Week.State.CONFIRMED)
    rows = [row for row in rows if row.intervals or row.week]
    looking.looked_at_all(request.user, Of.HOURS, [row.secretary.pk for row in rows])
    context = {
        "rows": rows,
        "waiting": waiting.exclude(starts_on=starts_on).select_related("secretary").order_by("starts_on"),
        "starts_on": starts_on,
        "ends_on": starts_on and starts_on + timedelta(days=6),
        "earlier": starts_on and starts_on - timedelta(days=7),
        "later": starts_on and starts_on + timedelta(days=7),
    }
    return render(request, "books/weeks.html", context)


@require_GET
@firm_required
def one(request, secretary_id):
    secretary = get_object_or_404(Secretary.objects.visible_to(request.user), pk=secretary_id)
    starts_on = time.monday(request.GET.get("week"), secretary)
    return _shown(request, secretary, starts_on, SendBackForm())


def _shown(request, secretary, starts_on, form, *, status=200):
    looking.looked(request.user, Of.HOURS, secretary.pk)
    at = clock.now()
    context = told.week(request.user, hours.of(secretary, starts_on, at=at), at=at)
    context |= {
        "form": form,
        "secretary": secretary,
        "earlier": starts_on - timedelta(days=7),
        "later": starts_on + timedelta(days=7),
    }
    return render(request, "books/week_of.html", context, status=status)


def _week(request, week_id) -> Week:
    return get_object_or_404(Week.objects.visible_to(request.user).select_related("secretary"), pk=week_id)


@require_POST
@firm_required
def approve(request, week_id):
    week = _week(request, week_id)
    try:
        hours.approve(week, by=request.user, at=clock.now())
    except hours.NotNow as words:
        messages.error(request, str(words))
    else:
        messages.success(request, _("Approved. The week is closed."))
    return see_other(request, address(week.secretary, week.starts_on))


@require_POST
@firm_required
def send_back(request, week_id):
    week = _week(request, week_id)
    form = SendBackForm(request.POST)
    if not form.is_valid():
        return _shown(request, week.secretary, week.starts_on, form, status=422)
    try:
        hours.send_back(week, because=form.cleaned_data["because"], by=request.user)
    except hours.NotNow as words:
        messages.error(request, str(words))
    else:
        name = {"name": week.secretary.spoken_name}
        messages.success(request, _("%(name)s sees it again, with your words.") % name)
    return see_other(request, address(week.secretary, week.starts_on))


@require_http_methods(["GET", "POST"])
@firm_required
def correct(request, record_id):
    rows = WorkRecord.objects.visible_to(request.user).exclude(secretary=None)
    record = get_object_or_404(rows.select_related("secretary", "client"), pk=record_id)
    looking.looked(request.user, Of.HOURS, record.secretary_id, client_id=record.client_id)
    return time.corrected(request, record, back=lambda starts_on: address(record.secretary, starts_on))
