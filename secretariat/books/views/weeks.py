"""Everybody's weeks, for the firm: which wait for approval, each of them to the second, and closing it."""

from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clients.models import WorkRecord
from secretariat import clock
from secretariat.books import approving, hours, told, week_sums
from secretariat.books.forms.time import InHerPlaceForm, SendBackForm
from secretariat.books.models import Week
from secretariat.next import see_other
from secretariat.office import looking
from secretariat.office.guards import firm_required
from secretariat.office.looking import Of
from secretariat.office.models import Secretary

from . import time

A_PAGE = 50
NAMED = 30  # weeks from before; the list of all that wait has the rest


def address(secretary, starts_on) -> str:
    return f"{reverse('books-week', args=[secretary.pk])}?week={starts_on.isoformat()}"


@require_GET
@firm_required
def listed(request):
    """One week of everybody, and what waits from other weeks."""
    people = Secretary.objects.visible_to(request.user).order_by("spoken_name", "pk")
    somebody = people.first()
    starts_on = time.monday(request.GET.get("week"), somebody) if somebody else None
    seen = week_sums.people_of(people, starts_on) if starts_on else people
    page = Paginator(seen, A_PAGE).get_page(request.GET.get("page"))
    rows = week_sums.of(page, starts_on) if starts_on else []
    waiting = Week.objects.visible_to(request.user).filter(state=Week.State.CONFIRMED)
    others = waiting.exclude(starts_on=starts_on).select_related("secretary").order_by("starts_on", "pk")
    looking.looked_at_all(request.user, Of.HOURS, [row.secretary.pk for row in rows])
    context = {
        "rows": rows,
        "page": page,
        "query": urlencode({"week": starts_on.isoformat()}) if starts_on else "",
        "waiting": others[:NAMED],
        "wait": waiting.count(),
        "last": approving.last_of(request.user),
        "zone": request.user.zone,
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
    return _shown(request, secretary, starts_on)


def _shown(request, secretary, starts_on, *, form=None, in_her_place=None, status=200):
    looking.looked(request.user, Of.HOURS, secretary.pk)
    at = clock.now()
    found = hours.of(secretary, starts_on, at=at)
    context = told.week(request.user, found, at=at)
    waits = found.week is not None and found.state == Week.State.CONFIRMED
    context |= {
        "may_reopen": found.week is not None and approving.may_reopen(found.week),
        "why_not_approved": hours.why_not_approved(found.week, by=request.user, at=at) if waits else "",
        "may_confirm": found.is_open and hours.may_be_confirmed_for_her(secretary, starts_on, at=at),
        "form": form or SendBackForm(),
        "in_her_place": in_her_place or InHerPlaceForm(),
        "secretary": secretary,
        "earlier": starts_on - timedelta(days=7),
        "later": starts_on + timedelta(days=7),
    }
    return render(request, "books/week_of.html", context, status=status)


def _week(request, week_id) -> Week:
    return get_object_or_404(Week.objects.visible_to(request.user).select_related("secretary"), pk=week_id)


@require_POST
@firm_required
def confirm(request, secretary_id):
    """In her place, with why: she is gone, suspended, or says nothing."""
    secretary = get_object_or_404(Secretary.objects.visible_to(request.user), pk=secretary_id)
    starts_on, form = time.monday(request.POST.get("week"), secretary), InHerPlaceForm(request.POST)
    if not form.is_valid():
        return _shown(request, secretary, starts_on, in_her_place=form, status=422)
    seen, because = request.POST.get("seen", ""), form.cleaned_data["because"]
    try:
        hours.confirm(secretary, starts_on, seen=seen, because=because, by=request.user, at=clock.now())
    except hours.NotNow as words:
        messages.error(request, str(words))
    else:
        messages.success(request, _("Confirmed in her place. She is told, and another person approves it."))
    return see_other(request, address(secretary, starts_on))


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


@require_GET
@firm_required
def waiting(request):
    """What would be approved all at once, and what is left out, each with why."""
    at = clock.now()
    found = approving.waiting(request.user)
    page = Paginator(found.ready, A_PAGE).get_page(request.GET.get("page"))
    left_out = Paginator(found.left_out, A_PAGE).get_page(request.GET.get("left"))
    worked = week_sums.of_weeks([*page, *(each.week for each in left_out)])
    seen = {each.secretary_id for each in [*page, *(each.week for each in left_out)]}
    looking.looked_at_all(request.user, Of.HOURS, sorted(seen))
    context = {
        "page": page,
        "rows": [(each, worked[each.pk]) for each in page],
        "left_out": left_out,
        "left_rows": [(each, worked[each.week.pk]) for each in left_out],
        "shown_at": at.isoformat(),
    }
    return render(request, "books/weeks_waiting.html", context)


@require_POST
@firm_required
def approve_all(request):
    """Close all that were on the list, and stand as they stood there."""
    done = approving.approve_all(shown_at=_moment(request), by=request.user, at=clock.now())
    if done:
        words = ngettext(
            "%(n)d week is approved and closed. It can be taken back until pay is reckoned from it.",
            "%(n)d weeks are approved and closed. They can be taken back until pay is reckoned from them.",
            len(done),
        )
        messages.success(request, words % {"n": len(done)})
    else:
        messages.error(request, _("None of these weeks waits any more, or each has to be looked at first."))
    return see_other(request, reverse("books-weeks"))


@require_POST
@firm_required
def reopen_all(request):
    """Take back what she approved last."""
    if n := approving.reopen_all(_moment(request), by=request.user):
        words = ngettext("%(n)d week waits again.", "%(n)d weeks wait again.", n)
        messages.success(request, words % {"n": n})
    else:
        messages.error(request, _("Pay is reckoned from these weeks by now. They stay as they are."))
    return see_other(request, reverse("books-weeks"))


def _moment(request) -> datetime:
    try:
        said = datetime.fromisoformat(request.POST.get("at", ""))
    except ValueError as nothing:
        raise Http404 from nothing
    if said.tzinfo is None:
        raise Http404
    return said


@require_POST
@firm_required
def reopen(request, week_id):
    week = _week(request, week_id)
    try:
        approving.reopen(week, by=request.user)
    except hours.NotNow as words:
        messages.error(request, str(words))
    else:
        messages.success(request, _("Taken back. The week waits for approval again."))
    return see_other(request, address(week.secretary, week.starts_on))


@require_POST
@firm_required
def send_back(request, week_id):
    week = _week(request, week_id)
    form = SendBackForm(request.POST)
    if not form.is_valid():
        return _shown(request, week.secretary, week.starts_on, form=form, status=422)
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
