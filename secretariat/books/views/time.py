"""A secretary's own week: what was recorded, what she corrects with a reason, and her word for it."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clients.models import WorkRecord
from secretariat import clock
from secretariat.books import hours, told
from secretariat.books.forms.time import CorrectionForm, OtherWorkForm
from secretariat.next import see_other
from secretariat.office.guards import for_her_papers, for_herself


def monday(said: str | None, secretary) -> date:
    """The Monday somebody asks for; any day of a week will do. Without one, this week's."""
    if not said:
        return hours.this_monday(secretary, clock.now())
    try:
        return hours.monday_of(date.fromisoformat(said))
    except ValueError as nothing:
        raise Http404 from nothing


def address(starts_on: date) -> str:
    return f"{reverse('books-time')}?week={starts_on.isoformat()}"


@require_GET
@for_her_papers
def week(request):
    """Her week, live: each call stands there as soon as it is finished. Once she is gone, too."""
    starts_on = monday(request.GET.get("week"), request.secretary)
    at = clock.now()
    context = told.week(request.user, hours.of(request.secretary, starts_on, at=at), at=at)
    context |= {"earlier": starts_on - timedelta(days=7), "later": starts_on + timedelta(days=7)}
    template = "books/_week.html" if request.htmx else "books/week.html"
    return render(request, template, context)


@require_POST
@for_her_papers
def confirm(request):
    starts_on = monday(request.POST.get("week"), request.secretary)
    try:
        hours.confirm(request.secretary, starts_on, seen=request.POST.get("seen", ""), at=clock.now())
    except hours.NotNow as words:
        messages.error(request, str(words))
    else:
        messages.success(request, _("Your week is confirmed. A supervisor looks at it next."))
    return see_other(request, address(starts_on))


@require_http_methods(["GET", "POST"])
@for_herself
def correct(request, record_id):
    record = get_object_or_404(_hers(request), pk=record_id)
    return corrected(request, record, back=address)


def _hers(request):
    rows = WorkRecord.objects.visible_to(request.user).filter(secretary=request.secretary)
    return rows.select_related("secretary", "client")


def corrected(request, record, *, back):
    """The page on which an interval is corrected, by whomever; `back` gives the page of its week."""
    zone = ZoneInfo(record.secretary.zone)
    [interval] = hours.as_counted([record])
    there = back(hours.monday_of(record.started_at.astimezone(zone).date()))
    form = CorrectionForm(
        request.POST or None, was=(interval.started_at, interval.ended_at), zone=zone, at=clock.now()
    )
    if request.method == "POST" and form.is_valid():
        times = {"started_at": form.started_at, "ended_at": form.ended_at}
        because = form.cleaned_data["because"]
        try:
            hours.correct(record, **times, because=because, by=request.user, at=clock.now())
        except hours.NotNow as words:
            form.add_error(None, str(words))
        else:
            messages.success(request, _("Corrected. What it was before stands beside it."))
            return see_other(request, there)
    context = {
        "form": form,
        "record": record,
        "interval": interval,
        "zone": str(zone),
        "back": there,
        "earlier": record.corrections.visible_to(request.user).select_related("made_by"),
        "frame": "ui/desk.html" if request.user.roles.secretary == record.secretary else "ui/firm.html",
    }
    return render(request, "books/correct.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@for_herself
def add(request):
    """Work that nothing recorded, with what it was."""
    zone = ZoneInfo(request.secretary.zone)
    today = clock.now().astimezone(zone).date()
    form = OtherWorkForm(
        request.POST or None, user=request.user, zone=zone, at=clock.now(), initial={"on": today}
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        times = {"started_at": form.started_at, "ended_at": form.ended_at}
        about = {"client": said["client"], "because": said["because"]}
        try:
            hours.add(request.secretary, **about, **times, by=request.user, at=clock.now())
        except hours.NotNow as words:
            form.add_error(None, str(words))
        else:
            messages.success(request, _("Written down."))
            return see_other(request, address(hours.monday_of(said["on"])))
    context = {"form": form, "zone": str(zone), "back": reverse("books-time")}
    return render(request, "books/add_time.html", context, status=422 if form.errors else 200)
