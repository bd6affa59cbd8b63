"""Attendance of a day, for the supervisor: planned beside what happened; and what was asked for."""

from datetime import date

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from secretariat import clock, navigation
from secretariat.next import see_other
from secretariat.office import looking
from secretariat.office.contracts import days_off
from secretariat.office.contracts.benefits import working_days
from secretariat.office.forms.my_shifts import AnswerForm, ReasonForm
from secretariat.office.guards import firm_required
from secretariat.office.looking import Of
from secretariat.office.models import Absence, Firm, PlannedShift, Shift, Swap
from secretariat.office.rota import absences, attending, own, planning, rules, swapping


@require_GET
@firm_required
def day(request):
    on = _day(request.GET.get("day"))
    return _shown(request, on)


def _day(said: str | None) -> date:
    if not said:
        return Firm.day(clock.now())
    try:
        return date.fromisoformat(said)
    except ValueError as nothing:
        raise Http404 from nothing


def _shown(request, on: date, *, reason=None, status=200):
    """`reason`: a planned shift and the form that came back with it."""
    at, zone = clock.now(), Firm.current().zone
    whole = rules.days(on, on, zone)
    plans = PlannedShift.objects.visible_to(request.user).published().filter(secretary__isnull=False)
    plans = plans.between(whole.begins, whole.ends).select_related("secretary", "reason_by")
    rows = [
        {
            "plan": each.plan,
            "standing": each.standing,
            "is_own": own.is_own(request.user, each.plan.secretary),
            "form": reason[1]
            if reason and reason[0].pk == each.plan.pk
            else _form(ReasonForm, each.plan, initial={"reason": each.plan.reason}),
        }
        for each in attending.of(plans, at=at)
    ]
    planned = {row["plan"].secretary_id for row in rows}
    there = Shift.objects.visible_to(request.user).filter(started_at__lt=whole.ends)
    unplanned = [
        each
        for each in there.filter(started_at__gte=whole.begins).select_related("secretary")
        if each.secretary_id not in planned
    ]
    sick = (
        Absence.objects.visible_to(request.user)
        .filter(state="approved", from_on__lte=on, until_on__gte=on)
        .select_related("secretary")
    )
    seen = planned | {each.secretary_id for each in [*unplanned, *sick]}
    looking.looked_at_all(request.user, Of.ATTENDANCE, seen)
    context = {
        "on": on,
        "earlier": on - rules.DAY,
        "later": on + rules.DAY,
        "rows": rows,
        "unplanned": unplanned,
        "absent": sick,
        "zone": zone,
        "at": at,
        "places": navigation.entries(request, "rota"),
    }
    return render(request, "office/attendance.html", context, status=status)


@require_POST
@firm_required
def explain(request, shift_id):
    """The firm's word on a shift that was not as planned: noted, or excused."""
    plans = PlannedShift.objects.visible_to(request.user).filter(secretary__isnull=False)
    plan = get_object_or_404(plans.select_related("secretary"), pk=shift_id)
    form = _form(ReasonForm, plan, request.POST)
    on = Firm.day(plan.starts_at)
    if not form.is_valid():
        return _shown(request, on, reason=(plan, form), status=422)
    excused = request.POST.get("excused") == "yes"
    reason = form.cleaned_data["reason"]
    try:
        attending.explain(plan, reason=reason, by=request.user, at=clock.now(), excused=excused)
    except planning.NotNow as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Excused.") if excused else _("Noted."))
    return see_other(request, f"{reverse('attendance')}?day={on.isoformat()}")


# --- What was asked for ---


@require_GET
@firm_required
def asked(request):
    """Days off and swaps that wait for an answer, and those of late."""
    return _asked(request)


def _asked(request, *, answered=None, findings=(), status=200):
    """`answered`: a row and the form that came back with it; `findings`: what speaks against a swap."""
    at = clock.now()
    days = Absence.objects.visible_to(request.user).select_related("secretary", "answered_by")
    swaps = Swap.objects.visible_to(request.user).select_related(
        "asked_by", "asked", "gives", "takes", "ended_by"
    )
    waiting = [
        (each, _form_of(each, answered), _meanwhile(request, each), _left(each), _also_away(request, each))
        for each in days.filter(state="asked")
    ]
    agreed = [
        (each, _form_of(each, answered), findings or swapping.judged(each))
        for each in swaps.filter(state="accepted")
    ]
    hers = {each.pk for each, *_rest in waiting if own.is_own(request.user, each.secretary)}
    hers |= {each.pk for each, *_rest in agreed if own.is_own(request.user, each.asked_by, each.asked)}
    sick = days.filter(kind="sickness", state="approved", until_on__gte=at.date() - rules.DAY)
    lately = days.exclude(state="asked").exclude(kind="sickness")[:20]
    shown = {each.secretary_id for each in [*(row[0] for row in waiting), *sick, *lately]}
    proposed = swaps.filter(state="proposed", expires_at__gt=at)
    for swap in [*(row[0] for row in agreed), *proposed]:
        shown |= {swap.asked_by_id, swap.asked_id}
    looking.looked_at_all(request.user, Of.ABSENCE, shown)
    context = {
        "waiting": waiting,
        "agreed": agreed,
        "own": hers,
        "not_own": own.words(),
        "proposed": proposed,
        "sick": sick,
        "lately": lately,
        "settled": swaps.exclude(state__in=["proposed", "accepted"])[:20],
        "zone": Firm.current().zone,
        "places": navigation.entries(request, "rota"),
    }
    return render(request, "office/rota_asked.html", context, status=status)


def _form_of(row, answered) -> AnswerForm:
    if answered and answered[0].pk == row.pk:
        return answered[1]
    return _form(AnswerForm, row)


def _form(kind, row, *data, **facts):
    """One of several on a page, each of its own row."""
    return kind(*data, auto_id=f"id_{row.pk}_%s", **facts)


def _meanwhile(request, absence: Absence) -> list[PlannedShift]:
    """The shifts she has on those days, which saying yes would open to others."""
    when = absence.stretch(absence.secretary.zone)
    hers = PlannedShift.objects.visible_to(request.user).standing().filter(secretary=absence.secretary)
    return list(hers.between(when.begins, when.ends))


def _left(absence: Absence) -> dict | None:
    """The days she has left of this kind by the last she asks for, where her contract counts them."""
    balance = days_off.left(absence.secretary, absence.kind, on=absence.until_on)
    if balance is None:
        return None
    asked = working_days(absence.from_on, absence.until_on)
    return {"days": f"{balance.left.normalize():f}", "asked": asked, "too_few": asked > balance.left}


def _also_away(request, absence: Absence) -> list[Absence]:
    """Who else is away on some of these days, or has asked to be."""
    others = Absence.objects.visible_to(request.user).standing().exclude(secretary=absence.secretary_id)
    others = others.filter(from_on__lte=absence.until_on, until_on__gte=absence.from_on)
    return list(others.select_related("secretary").order_by("from_on", "secretary__spoken_name"))


@require_POST
@firm_required
def answer_absence(request, absence_id):
    rows = Absence.objects.visible_to(request.user).select_related("secretary__user")
    found = get_object_or_404(rows, pk=absence_id)
    form = _form(AnswerForm, found, request.POST)
    if not form.is_valid():
        return _asked(request, answered=(found, form), status=422)
    approve, words = form.cleaned_data["answer"] == "yes", form.cleaned_data["words"]
    try:
        absences.answer(found, approve=approve, by=request.user, at=clock.now(), words=words)
    except planning.NotNow as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Approved. She is told.") if approve else _("Refused. She is told."))
    return see_other(request, reverse("rota-asked"))


@require_POST
@firm_required
def answer_swap(request, swap_id):
    """Yes or no to what two have agreed on; where the rules speak against it, the words are the reason."""
    rows = Swap.objects.visible_to(request.user).select_related(
        "asked_by__user", "asked__user", "gives", "takes"
    )
    found = get_object_or_404(rows, pk=swap_id)
    form = _form(AnswerForm, found, request.POST)
    if not form.is_valid():
        return _asked(request, answered=(found, form), status=422)
    words, at = form.cleaned_data["words"], clock.now()
    try:
        if form.cleaned_data["answer"] == "yes":
            swapping.approve(found, by=request.user, at=at, despite=words)
            messages.success(request, _("Approved. The shifts have changed hands, and both are told."))
        else:
            swapping.refuse(found, by=request.user, at=at, words=words)
            messages.success(request, _("Refused. Both are told."))
    except planning.NotNow as refusal:
        messages.error(request, str(refusal))
    except planning.Refused as refused:
        why = _("Give a reason for it, or refuse.") if refused.gives_way else _("It cannot be approved.")
        form.add_error("words", f"{refused} {why}")
        return _asked(request, answered=(found, form), status=422)
    return see_other(request, reverse("rota-asked"))
