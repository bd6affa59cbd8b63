"""One meeting as the desk reads it: its facts, who comes, and what was done about it."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from calendar_app import discretion, origin, reminder_lines, repeating, ringing, telling
from calendar_app.forms.arranging import OutcomeForm
from calendar_app.models import Meeting, MeetingEvent
from clients import leaving
from clients.taking_out import Act
from secretariat import clock, ledger
from secretariat.office.guards import secretary_required

from .frames import DESK


@require_GET
@secretary_required
def page(request, meeting_id):
    return show(request, meeting_id, "calendar_app/meeting.html", DESK)


def series_words(meeting) -> str:
    """How the series goes that it is one of; nothing where it stands alone."""
    if not meeting.series_id:
        return ""
    return repeating.in_words(meeting.series.rule, meeting.series.zone, meeting.instance_at)


def show(request, meeting_id, template, frame):
    """The page; of a private entry, to those who may not know, only that the time is taken."""
    found = Meeting.objects.visible_to(request.user).select_related(
        "client", "diary__client", "diary__contact", "place", "arranged_by__secretary", "series"
    )
    meeting = get_object_or_404(found, pk=meeting_id)
    ledger.looked(request.user, meeting.client_id, ("calendar_app.meeting", meeting.pk))
    context = frame.context() | {
        "meeting": meeting,
        "client": meeting.client,
        "zone": meeting.zone,
        "mine": request.user.zone,
        "at": clock.now(),
    }
    if not discretion.may_know(request.user, meeting):
        return render(request, template, context | {"hidden": True})
    events = MeetingEvent.objects.visible_to(request.user).filter(meeting=meeting)
    events = events.select_related("by__secretary")
    return render(
        request,
        template,
        context
        | {
            "guests": list(meeting.guests.all()),
            "rung": ringing.whom([meeting]).get(meeting.pk, ""),
            "events": telling.thread(meeting, events, zone=request.user.zone, now=context["at"]),
            "papers": list(meeting.papers.all()),
            **({} if frame.in_portal else origin.shown(meeting, request.user)),
            "reminders": reminder_lines.of(meeting, zone=request.user.zone, now=context["at"]),
            "may_keep": Act.EXPORT in leaving.allowed(request.user, meeting.client),
            "stands": meeting.state in Meeting.STANDING,
            "repeats": series_words(meeting),
            "is_held": meeting.state == Meeting.State.HELD,
            "has_begun": meeting.starts_at <= context["at"],
            "outcome_form": OutcomeForm(initial={"outcome": meeting.outcome, "note": meeting.outcome_note}),
        },
    )
