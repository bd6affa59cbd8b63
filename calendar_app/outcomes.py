"""What came of meetings: asked for where the client wants it, and found again."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef
from django.dispatch import receiver
from django.utils.translation import gettext as _

from clients import work
from clients.models import WorkItem

from . import signals
from .models import Meeting

ASKED = "calendar.outcome"
SUBJECT = "calendar_app.meeting"
AFTER, FOR = timedelta(minutes=5), timedelta(days=1)
AT_MOST = 100
NOT_NOTED = "none"


def over(meetings, *, at: datetime):
    """Those of these meetings (a queryset) that are over and were not called off."""
    return meetings.filter(state=Meeting.State.CONFIRMED, ends_at__lte=at).exclude(
        manner=Meeting.Manner.BLOCK
    )


def with_outcome(meetings, wanted: str):
    """Narrowed to one outcome, or to those of which none was noted; any other word narrows nothing."""
    if wanted == NOT_NOTED:
        return meetings.filter(outcome="")
    return meetings.filter(outcome=wanted) if wanted in Meeting.Outcome.values else meetings


def ask_due(*, at: datetime) -> int:
    """Where the client wants it, somebody is asked once what came of a meeting. Returns how many."""
    asked = Exists(WorkItem.objects.filter(kind=ASKED, subject_id=OuterRef("pk")))
    due = over(Meeting.objects.filter(~asked, outcome="", diary__around__asks_outcome=True), at=at - AFTER)
    found = list(due.filter(ends_at__gt=at - FOR).order_by("ends_at", "pk")[:AT_MOST])
    for meeting in found:
        work.open_item(
            ASKED,
            subject=(SUBJECT, meeting.pk),
            client=meeting.client_id,
            because=_("The client wants to know what came of a meeting."),
            owner=None,
        )
    return len(found)


@receiver(signals.meeting_changed)
def meeting_changed(sender, meeting: Meeting, verb: str, by, **facts):
    """Once it is noted, nobody need ask."""
    if verb == "outcome":
        outcome = str(meeting.get_outcome_display())
        work.finish_all(subject=(SUBJECT, meeting.pk), by=by, outcome=outcome, kind=ASKED)
