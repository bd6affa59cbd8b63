"""A secretary's own shifts: what is planned, what is open, swaps, wishes, days off, and her calendar."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.dateformat import format as date_words
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from secretariat import clock
from secretariat.next import see_other
from secretariat.office import tries
from secretariat.office.forms.my_shifts import AbsenceForm, ReasonForm, SwapForm, WishForm
from secretariat.office.guards import for_herself
from secretariat.office.models import Absence, PlannedShift, ShiftFeed, Swap, Wish
from secretariat.office.rota import (
    absences,
    attending,
    calendar_feed,
    one_week,
    planning,
    rules,
    swapping,
    taking,
    wishes,
)

from .rota import as_file

AT_MOST, WINDOW = 30, 300  # fetches of one address, in so many seconds
BACK, AHEAD = rules.WEEK, 5 * rules.WEEK


@require_GET
@for_herself
def page(request):
    return _shown(request)


def _shown(request, *, wish_form=None, reason=None, feed_address="", status=200):
    """The whole page. `reason`: a planned shift and the form that came back with it."""
    at, her = clock.now(), request.secretary
    told = PlannedShift.objects.visible_to(request.user).filter(secretary=her)
    told = told.between(at - BACK, at + AHEAD).select_related("skill", "reason_by")
    kept = [each for each in told if each.state == PlannedShift.State.PUBLISHED or _went_lately(each, at)]
    for each in kept:
        each.needs = one_week.needs(each)
    standing = {each.plan.pk: each.standing for each in attending.of(kept, at=at)}
    swaps = Swap.objects.visible_to(request.user).filter(asked_at__gt=at - 4 * rules.WEEK)
    swaps = list(swaps.select_related("asked_by", "asked", "gives", "takes", "ended_by")[:20])
    offered = {each.gives_id for each in swaps if each.state in ("proposed", "accepted")}
    rows = [
        {
            "shift": each,
            "standing": standing[each.pk],
            "may_swap": each.starts_at > at and each.pk not in offered and each.state == "published",
            "may_explain": not standing[each.pk].is_as_planned and each.state == "published",
            "form": reason[1]
            if reason and reason[0].pk == each.pk
            else ReasonForm(auto_id=f"id_{each.pk}_%s"),
        }
        for each in kept
    ]
    open_ones = taking.open_for(her, at=at)
    for shift, _findings in open_ones:
        shift.needs = one_week.needs(shift)
    wished = Wish.objects.visible_to(request.user).filter(secretary=her, ended_at=None)
    today = at.astimezone(ZoneInfo(her.zone)).date()
    context = {
        "secretary": her,
        "zone": her.zone,
        "at": at,
        "to_come": [row for row in rows if row["shift"].ends_at > at],
        "over": [row for row in rows if row["shift"].ends_at <= at][::-1],
        "open_ones": open_ones,
        "swaps": swaps,
        "wishes": wished.exclude(on__lt=today),
        "wish_form": wish_form or WishForm(),
        "absences": Absence.objects.visible_to(request.user).filter(
            secretary=her, until_on__gte=today - 4 * rules.WEEK
        ),
        "today": today,
        "feed": ShiftFeed.objects.visible_to(request.user).filter(secretary=her, ended_at=None).first(),
        "feed_address": feed_address,
        "hours": rules.planned(
            [each.stretch for each in kept if each.state == "published"], rules.week_of(today, her.zone)
        ),
    }
    return render(request, "office/my_shifts.html", context, status=status)


def _went_lately(shift: PlannedShift, at: datetime) -> bool:
    """One that was taken from the plan, while it would still be to come: she is to see that it went."""
    return shift.cancelled_because == PlannedShift.Because.PLANNED and shift.ends_at > at


def _back(request):
    return see_other(request, reverse("my-shifts"))


@require_POST
@for_herself
def take(request, shift_id):
    """An open shift: whoever is first has it."""
    shift = get_object_or_404(PlannedShift.objects.visible_to(request.user), pk=shift_id)
    try:
        taken = taking.take(shift, request.secretary, at=clock.now())
    except (planning.NotNow, planning.Refused) as words:
        messages.error(request, str(words))
    else:
        when = rules.said(taken.stretch, taken.zone)
        messages.success(request, _("The shift is yours: %(when)s.") % {"when": when})
    return _back(request)


@require_http_methods(["GET", "POST"])
@for_herself
def swap(request, shift_id):
    """Propose to a colleague that she takes a shift of hers, or changes it for one of her own."""
    hers = PlannedShift.objects.visible_to(request.user).published().filter(secretary=request.secretary)
    gives = get_object_or_404(hers.select_related("secretary", "skill"), pk=shift_id)
    at = clock.now()
    choices = swapping.choices(gives, at=at)
    form = SwapForm(request.POST or None, choices=choices)
    if request.method == "POST" and form.is_valid():
        note = form.cleaned_data["note"]
        try:
            swapping.propose(gives, form.chosen, by=request.secretary, at=at, note=note)
        except planning.NotNow as words:
            form.add_error(None, str(words))
        else:
            messages.success(request, _("Proposed. Your colleague is told; until then the shift is yours."))
            return _back(request)
    context = {"form": form, "gives": gives, "choices": choices}
    return render(request, "office/my_swap.html", context, status=422 if form.errors else 200)


def _swap(request, swap_id) -> Swap:
    rows = Swap.objects.visible_to(request.user).select_related(
        "asked_by__user", "asked__user", "gives", "takes"
    )
    return get_object_or_404(rows, pk=swap_id)


@require_POST
@for_herself
def answer_swap(request, swap_id):
    """Accept it or decline it: the colleague's word."""
    found = _swap(request, swap_id)
    verb = swapping.accept if request.POST.get("answer") == "accept" else swapping.decline
    try:
        verb(found, by=request.secretary, at=clock.now())
    except planning.NotNow as words:
        messages.error(request, str(words))
    else:
        accepted = verb is swapping.accept
        messages.success(request, _("Accepted. The firm has the last word.") if accepted else _("Declined."))
    return _back(request)


@require_POST
@for_herself
def withdraw_swap(request, swap_id):
    try:
        swapping.withdraw(_swap(request, swap_id), by=request.secretary, at=clock.now())
    except planning.NotNow as words:
        messages.error(request, str(words))
    else:
        messages.success(request, _("Taken back."))
    return _back(request)


@require_POST
@for_herself
def wish(request):
    form = WishForm(request.POST)
    if not form.is_valid():
        return _shown(request, wish_form=form, status=422)
    wishes.say(request.secretary, at=clock.now(), **form.cleaned_data)
    messages.success(request, _("Noted. Whoever plans the week sees it."))
    return _back(request)


@require_POST
@for_herself
def end_wish(request, wish_id):
    hers = Wish.objects.visible_to(request.user).filter(secretary=request.secretary)
    if wishes.take_back(get_object_or_404(hers, pk=wish_id), at=clock.now()):
        messages.success(request, _("Taken back."))
    return _back(request)


@require_http_methods(["GET", "POST"])
@for_herself
def absence(request):
    """Ask for days off, or say that she is ill."""
    at, her = clock.now(), request.secretary
    today = at.astimezone(ZoneInfo(her.zone)).date()
    given = {"kind": request.GET.get("kind") or Absence.Kind.HOLIDAY}
    if given["kind"] == Absence.Kind.SICKNESS:
        given |= {"from_on": today, "until_on": today}
    form = AbsenceForm(request.POST or None, today=today, initial=given)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        days = {name: said[name] for name in ("from_on", "until_on", "note")}
        try:
            if said["kind"] == Absence.Kind.SICKNESS:
                absences.report_sick(her, **days, at=at, by=request.user)
                messages.success(request, _("Noted. Your shifts then are open to others. Get well."))
            else:
                absences.ask(her, kind=said["kind"], **days, at=at)
                messages.success(request, _("Asked. You are told as soon as it is answered."))
        except planning.NotNow as words:
            form.add_error(None, str(words))
        else:
            return _back(request)
    context = {"form": form, "zone": her.zone}
    return render(request, "office/my_absence.html", context, status=422 if form.errors else 200)


@require_POST
@for_herself
def withdraw_absence(request, absence_id):
    hers = Absence.objects.visible_to(request.user).filter(secretary=request.secretary)
    found = get_object_or_404(hers.select_related("secretary__user"), pk=absence_id)
    try:
        found = absences.withdraw(found, by=request.user, at=clock.now())
    except planning.NotNow as words:
        messages.error(request, str(words))
    else:
        stays = _("Taken back. The days until %(day)s stay.") % {"day": date_words(found.until_on, "D j M")}
        is_whole = found.state == Absence.State.WITHDRAWN
        messages.success(request, _("Taken back.") if is_whole else stays)
    return _back(request)


@require_POST
@for_herself
def explain(request, shift_id):
    """Why she was late, did not come or left early."""
    hers = PlannedShift.objects.visible_to(request.user).filter(secretary=request.secretary)
    shift = get_object_or_404(hers.select_related("secretary"), pk=shift_id)
    form = ReasonForm(request.POST, auto_id=f"id_{shift.pk}_%s")
    if not form.is_valid():
        return _shown(request, reason=(shift, form), status=422)
    attending.explain(shift, reason=form.cleaned_data["reason"], by=request.user, at=clock.now())
    messages.success(request, _("Noted. The firm sees it beside the shift."))
    return _back(request)


@require_POST
@for_herself
def make_feed(request):
    """A secret address, shown this once."""
    _feed, token = calendar_feed.make(request.secretary, at=clock.now())
    return _shown(request, feed_address=calendar_feed.address(token))


@require_POST
@for_herself
def end_feed(request):
    if calendar_feed.take_back(request.secretary, at=clock.now()):
        messages.success(request, _("The address answers no more."))
    return _back(request)


@require_GET
@for_herself
def file(request):
    """Her published shifts as a list that a spreadsheet opens."""
    at = clock.now()
    shifts = PlannedShift.objects.visible_to(request.user).published().filter(secretary=request.secretary)
    shifts = shifts.between(at - 13 * rules.WEEK, at + 13 * rules.WEEK).select_related("secretary")
    return as_file(shifts, "shifts.csv")


@login_not_required
@require_safe
def feed(request, token):
    """Whoever holds the address reads it. Of one that does not answer nobody learns whether it ever did."""
    at = clock.now()
    found = calendar_feed.opened(token)
    if found is None:
        wrong_often = tries.too_many(request, "shift-feed")
        return HttpResponse(status=429 if wrong_often else 404, content_type="text/plain; charset=utf-8")
    if tries.too_often(f"shift-feed:{found.pk}", at_most=AT_MOST, window=WINDOW, at=at):
        return HttpResponse(status=429, content_type="text/plain; charset=utf-8")
    calendar_feed.note_fetched(found, at=at)
    answer = HttpResponse(calendar_feed.document(found, at=at), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="shifts.ics"'
    answer["Cache-Control"] = "private, max-age=300"
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer
