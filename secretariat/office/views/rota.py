"""The rota of a week, for the supervisor: everybody's shifts, planning them, and publishing."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from secretariat import clock, navigation, spreadsheets
from secretariat.next import see_other
from secretariat.office import looking
from secretariat.office.forms.rota import ShiftForm, this_monday
from secretariat.office.guards import firm_required
from secretariat.office.looking import Of
from secretariat.office.models import Firm, PlanChange, PlannedShift
from secretariat.office.rota import one_week, planning, rules, undoing


def monday(said: str | None, zone: str = "") -> date:
    """The Monday somebody asks for; any day of a week will do. Without one, this week's."""
    if not said:
        return this_monday(clock.now(), zone or Firm.current().zone)
    try:
        return rules.monday_of(date.fromisoformat(said))
    except ValueError as nothing:
        raise Http404 from nothing


def address(week_on: date, page: str = "") -> str:
    kept = f"&page={page}" if page else ""
    return f"{reverse('rota')}?week={week_on.isoformat()}{kept}"


def page_of(request) -> str:
    """Which page of a large firm's rota she came from, for her to come back to; the first is none."""
    said = request.POST.get("page") or request.GET.get("page") or ""
    return said if len(said) < 6 and said.isascii() and said.isdecimal() and int(said) > 1 else ""


@require_GET
@firm_required
def week(request):
    """Everybody's week, a row each, with what speaks against it."""
    week_on = monday(request.GET.get("week"))
    context = one_week.of(request.user, week_on, at=clock.now(), page=request.GET.get("page"))
    looking.looked_at_all(request.user, Of.ROTA, [row.secretary.pk for row in context["rows"]])
    shown = context["page"].number
    more = {"kept": shown if shown > 1 else "", "places": navigation.entries(request, "rota")}
    return render(request, "office/rota.html", context | more)


@require_http_methods(["GET", "POST"])
@firm_required
def add(request):
    """A shift more. The day and the person of the cell that was chosen stand there already."""
    given = {name: request.GET.get(name) for name in ("secretary", "on") if request.GET.get(name)}
    form = ShiftForm(
        request.POST or None, user=request.user, initial={"begins": "09:00", "ends": "17:00"} | given
    )
    return _planned(request, form, planning.add, shift=None)


@require_http_methods(["GET", "POST"])
@firm_required
def shift(request, shift_id):
    found = _shift(request, shift_id)
    looking.looked_at_all(request.user, Of.ROTA, filter(None, [found.secretary_id]))
    moved = {name: request.GET[name] for name in ("secretary", "on") if name in request.GET}
    form = ShiftForm(request.POST or None, user=request.user, shift=found, moved=moved)

    def verb(**facts):
        version = form.cleaned_data["version"]
        return planning.change(found, version=-1 if version is None else version, **facts)

    return _planned(request, form, verb, shift=found)


def _planned(request, form: ShiftForm, verb, *, shift):
    findings, status = [], 200
    came_from, page = _came_from(request, shift), page_of(request)
    if request.method == "POST":
        if "despite" in request.POST:
            form.ask_why()
        status = 422
        if form.is_valid():
            try:
                made = verb(**form.facts, by=request.user, at=clock.now())
            except planning.Refused as refused:
                findings = refused.findings
                if refused.gives_way:
                    form.ask_why()
            except planning.NotNow as words:
                form.add_error(None, str(words))
            else:
                messages.success(
                    request, _("Planned: %(when)s.") % {"when": rules.said(made.stretch, made.zone)}
                )
                return see_other(request, address(came_from or rules.monday_of(made.on), page))
    context = {
        "form": form,
        "findings": findings,
        "gives_way": all(each.grade < rules.Grade.NEVER for each in findings),
        "shift": shift,
        "back": address(came_from or monday(None), page),
        "page": page,
    }
    return render(request, "office/rota_shift.html", context, status=status)


def _came_from(request, shift: PlannedShift | None) -> date | None:
    """The week she was looking at: that of the shift as it was, or of the day she chose there."""
    if shift is not None:
        return rules.monday_of(shift.on)
    return monday(request.GET["on"]) if request.GET.get("on") else None


def _shift(request, shift_id) -> PlannedShift:
    rows = PlannedShift.objects.visible_to(request.user).select_related("secretary", "skill", "reason_by")
    return get_object_or_404(rows, pk=shift_id)


@require_POST
@firm_required
def remove(request, shift_id):
    found = _shift(request, shift_id)
    version = request.POST.get("version", "")
    try:
        planning.remove(
            found, version=int(version) if version.isdigit() else -1, by=request.user, at=clock.now()
        )
    except planning.NotNow as words:
        messages.error(request, str(words))
    else:
        messages.success(request, _("Taken out of the plan. It can be undone below."))
    return see_other(request, address(rules.monday_of(found.on), page_of(request)))


@require_POST
@firm_required
def copy(request):
    """The week before once more in this one."""
    week_on = monday(request.POST.get("week"))
    made = planning.copy_week(week_on - rules.WEEK, week_on, by=request.user, at=clock.now())
    return _filled(request, made, week_on)


@require_POST
@firm_required
def fill(request):
    week_on = monday(request.POST.get("week"))
    made = planning.fill_week(week_on, by=request.user, at=clock.now())
    return _filled(request, made, week_on)


def _filled(request, made: planning.Made, week_on: date):
    count = len(made.shifts)
    if count:
        words = ngettext("%(n)d shift planned, as a draft.", "%(n)d shifts planned, as drafts.", count)
        messages.success(request, words % {"n": count})
    elif not made.left_out:
        messages.info(request, _("There was nothing to plan that is not planned already."))
    for whose, why in made.left_out:
        messages.warning(request, _("Left out: %(whose)s. %(why)s") % {"whose": whose, "why": why})
    return see_other(request, address(week_on, page_of(request)))


@require_POST
@firm_required
def keep(request):
    """Make this week the usual one."""
    week_on = monday(request.POST.get("week"))
    count = planning.keep_as_usual(week_on, by=request.user)
    words = ngettext("The usual week has %(n)d shift now.", "The usual week has %(n)d shifts now.", count)
    messages.success(request, words % {"n": count})
    return see_other(request, address(week_on, page_of(request)))


@require_POST
@firm_required
def publish(request):
    week_on = monday(request.POST.get("week"))
    published = planning.publish(week_on, by=request.user, at=clock.now())
    if published:
        words = ngettext(
            "%(n)d shift is published. Whoever has it is told.",
            "%(n)d shifts are published. Those who have them are told.",
            len(published),
        )
        messages.success(request, words % {"n": len(published)})
    else:
        messages.info(request, _("Nothing was left to publish."))
    return see_other(request, address(week_on, page_of(request)))


@require_POST
@firm_required
def undo(request, change_id):
    change = get_object_or_404(PlanChange.objects.visible_to(request.user), pk=change_id)
    try:
        undoing.undo(change, by=request.user, at=clock.now())
    except planning.NotNow as words:
        messages.error(request, str(words))
    else:
        messages.success(request, _("Undone."))
    return see_other(request, address(change.week_on, page_of(request)))


@require_GET
@firm_required
def file(request):
    """The week as a list that a spreadsheet opens."""
    week_on = monday(request.GET.get("week"))
    shifts = planning.of_week(week_on, PlannedShift.objects.visible_to(request.user).standing())
    theirs = {each.secretary_id for each in shifts if each.secretary_id}
    looking.looked_at_all(request.user, Of.ROTA, theirs)
    return as_file(shifts, f"rota-{week_on.isoformat()}.csv")


def as_file(shifts, name: str) -> HttpResponse:
    """Shifts by the clocks they were planned by, with their zone, and the moments in UTC beside them."""
    head = [_("Who"), _("Day"), _("From"), _("Until"), _("Zone"), _("Hours"), _("State")]
    lines = [spreadsheets.line([*head, "starts_utc", "ends_utc"])]
    for each in shifts:
        begins, ends = each.local
        lines.append(
            spreadsheets.line(
                [
                    each.secretary.spoken_name if each.secretary else _("Open shift"),
                    begins.date().isoformat(),
                    f"{begins:%H:%M}",
                    f"{ends:%H:%M}",
                    each.zone,
                    f"{each.stretch.length / timedelta(hours=1):.2f}",
                    each.get_state_display(),
                    *(
                        f"{moment.astimezone(ZoneInfo('UTC')):%Y-%m-%dT%H:%MZ}"
                        for moment in (each.starts_at, each.ends_at)
                    ),
                ]
            )
        )
    answer = HttpResponse(spreadsheets.BOM + "".join(lines), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
