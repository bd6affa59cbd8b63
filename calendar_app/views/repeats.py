"""Meetings that repeat: every date shown with what stands against it, decided on, then arranged or moved."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from calendar_app import discretion, fresh, offering, repeating, series
from calendar_app.forms.series import FreeForm, SeriesForm, SeveralForm
from calendar_app.judging import LEAVE
from calendar_app.models import Meeting, Series
from calendar_app.planning import NotPossible
from clients.doors import portal_required
from secretariat import clock, ledger
from secretariat.next import see_other
from secretariat.office.guards import secretary_required

from . import seconds, whose
from .arranging import diary_named, dragged_to, for_whom, known, seen
from .frames import DESK, PORTAL


@transaction.non_atomic_requests  # the client's calendar is looked at first, and no transaction waits for it
@require_http_methods(["GET", "POST"])
@secretary_required
def desk_repeat(request):
    diary = diary_named(request)
    if diary is None:
        return for_whom(request, "repeat")
    facts = {"diary": diary, "user": request.user}
    form = SeriesForm(request.POST, **facts) if request.method == "POST" else None
    return _repeat(request, DESK, diary, form or SeriesForm(initial=request.GET.dict(), **facts))


@transaction.non_atomic_requests
@require_http_methods(["GET", "POST"])
@portal_required
def portal_repeat(request):
    """Time she keeps for herself, again and again."""
    diary = whose.diary(request)
    form = FreeForm(request.POST, diary=diary) if request.method == "POST" else None
    return _repeat(request, PORTAL, diary, form or FreeForm(initial=request.GET.dict(), diary=diary))


def _repeat(request, frame, diary, form):
    context = frame.context() | {
        "diary": diary,
        "diary_is_new": diary._state.adding,
        "client": diary.client,
        "form": form,
        "choices": whose.choices(request)
        if frame.in_portal
        else offering.choices(request.user, diary.client_id),
        "zone": diary.zone_name,
        "mine": request.user.zone,
    }
    template = "calendar_app/repeat.html"
    if not form.is_bound:
        return render(request, template, context)
    if not form.is_valid():
        return render(request, template, context, status=422)
    at, plan, choice = clock.now(), form.plan(), form.choice
    _look(request, diary, series.preview(diary, plan, choice, form.decisions, at=at, reader=request.user), at)
    status = 200
    if request.POST.get("step") == "arrange":
        try:
            made = series.arrange(diary, plan, choice, form.decisions, by=request.user, at=at)
        except NotPossible as refusal:
            form.add_error(None, str(refusal))
            status = 422
        else:
            count = made.meetings.count()
            words = ngettext("%(n)s date is arranged.", "%(n)s dates are arranged.", count) % {"n": count}
            messages.success(request, words)
            seconds.keep(request, made, frame)
            return see_other(request, reverse(frame.name("series"), args=[made.pk]))
    instances = series.preview(diary, plan, choice, form.decisions, at=at, reader=request.user)
    rule = repeating.rule(choice, diary.zone_name)
    words = repeating.in_words(rule, diary.zone_name, instances[0].meant)
    return render(request, template, context | _listed(instances) | {"words": words}, status=status)


@transaction.non_atomic_requests
@require_http_methods(["GET", "POST"])
@secretary_required
def desk_several(request, meeting_id):
    return _several(request, DESK, known(request, meeting_id))


@transaction.non_atomic_requests
@require_http_methods(["GET", "POST"])
@portal_required
def portal_several(request, meeting_id):
    return _several(request, PORTAL, known(request, meeting_id))


def _several(request, frame, meeting):
    """Another time for this one and the following, or for all that are to come."""
    if not meeting.series_id:
        raise Http404
    wall = meeting.instance_at.astimezone(ZoneInfo(meeting.series.zone))
    asked = request.GET.dict()
    if to := dragged_to(request):
        there = to.astimezone(ZoneInfo(meeting.series.zone))
        asked |= {"on": there.date(), "at": there.time()}
    typed = {"on": wall.date(), "at": wall.time(), "minutes": meeting.minutes, "which": series.FOLLOWING}
    context = frame.context() | {
        "meeting": meeting,
        "client": meeting.client,
        "zone": meeting.series.zone,
        "mine": request.user.zone,
        "words": repeating.in_words(meeting.series.rule, meeting.series.zone, meeting.instance_at),
    }
    template = "calendar_app/several.html"
    if request.method == "GET":
        context["form"] = SeveralForm(initial=typed | asked, meeting=meeting)
        return render(request, template, context)
    form = context["form"] = SeveralForm(request.POST, meeting=meeting)
    if not form.is_valid():
        return render(request, template, context, status=422)
    which, at, status = form.cleaned_data["which"], clock.now(), 200

    def moved():
        return series.preview_move(meeting, which, form.shift, form.decisions, at=at, reader=request.user)

    try:
        _look(request, meeting.diary, moved(), at)
        if request.POST.get("step") == "arrange":
            done = series.move(
                meeting, which, form.shift, form.decisions, **seen(request), by=request.user, at=at
            )
            messages.success(request, _("Moved."))
            seconds.keep(request, done, frame)
            return see_other(request, reverse(frame.name("series"), args=[done.pk]))
    except NotPossible as refusal:
        form.add_error(None, str(refusal))
        status = 422
    try:
        instances = moved()
    except NotPossible:  # told above
        return render(request, template, context, status=422)
    return render(request, template, context | _listed(instances), status=status)


def _look(request, diary, instances, at) -> None:
    """See what stands there now; whoever arranges hears where a calendar could not be looked at."""
    spans = [
        (each.starts, each.starts + timedelta(minutes=each.plan.minutes))
        for each in instances
        if each.starts and not each.is_left_out
    ]
    if words := fresh.look_at_all(diary, spans, at=at).words():
        messages.warning(request, words)


def _listed(instances) -> dict:
    """The dates, and how it stands with them."""
    return {
        "instances": instances,
        "open": sum(each.is_open for each in instances),
        "stand": sum(each.decision.what != LEAVE for each in instances),
        "troubled": any(each.is_troubled and not each.is_final for each in instances),
    }


@require_GET
@secretary_required
def desk_series(request, series_id):
    return _series(request, DESK, series_id)


@require_GET
@portal_required
def portal_series(request, series_id):
    return _series(request, PORTAL, series_id)


def _series(request, frame, series_id):
    """All of a series: how it repeats, each date as it stands, and the dates left out."""
    found = get_object_or_404(
        Series.objects.visible_to(request.user).select_related("client", "diary__contact"), pk=series_id
    )
    ledger.looked(request.user, found.client_id, ("calendar_app.series", found.pk))
    rows = Meeting.objects.visible_to(request.user).filter(series=found).order_by("instance_at")
    meetings = list(rows.select_related("diary", "series"))
    first = meetings[0] if meetings else None
    if first is None:
        raise Http404
    at = clock.now()
    context = frame.context() | {
        "series": found,
        "client": found.client,
        "diary": found.diary,
        "zone": found.zone,
        "mine": request.user.zone,
        "words": repeating.in_words(found.rule, found.zone, first.instance_at),
        "hidden": not all(discretion.may_know(request.user, each) for each in meetings),
        "meetings": meetings,
        "about": first.about,
        "left_out": _left_out(found, meetings),
        "next": next(
            (each for each in meetings if each.state in Meeting.STANDING and each.starts_at > at), None
        ),
        "stand": sum(each.state in Meeting.STANDING for each in meetings),
    }
    return render(request, "calendar_app/series.html", context)


def _left_out(found, meetings) -> list[date]:
    """Days that the rule means and of which no row speaks."""
    spoken_of = {each.instance_at for each in meetings}
    return [
        each.astimezone(ZoneInfo(found.zone)).date()
        for each in series.left_out(found)
        if each not in spoken_of
    ]
