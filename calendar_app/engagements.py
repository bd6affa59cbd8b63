"""The diary steers the telephone: who is in a meeting, now and in the hours to come.

Time that somebody only keeps free, holds, whole days and what counts as tentative or free do not.
"""

from django.db.models import F

from clients.engagements import LOOKED_AHEAD, Engagement, Source

from .models import Meeting, Occurrence
from .models.meeting import Span


def _meetings(client, at):
    taking_time = Meeting.objects.filter(
        client=client,
        state=Meeting.State.CONFIRMED,
        starts_at__lt=at + LOOKED_AHEAD,
        ends_at__gt=at,
        diary__is_active=True,
        diary__not_put_through=True,
    ).exclude(manner=Meeting.Manner.BLOCK)
    return (
        taking_time.annotate(contact_id=F("diary__contact"), contact_name=F("diary__contact__name"))
        .only("starts_at", "ends_at", "changed_at")
        .order_by("starts_at", "pk")
    )


def _elsewhere(client, at):
    taking_time = Occurrence.objects.filter(
        client=client,
        busy=Occurrence.Busy.BUSY,
        all_day=False,
        during__overlap=Span(at, at + LOOKED_AHEAD),
        calendar__counts_as_busy=True,
        calendar__diary__is_active=True,
        calendar__diary__not_put_through=True,
    )
    return (
        taking_time.annotate(
            contact_id=F("calendar__diary__contact"),
            contact_name=F("calendar__diary__contact__name"),
            begins=F("during__startswith"),
            ends=F("during__endswith"),
            known_at=F("event__seen_at"),
        )
        .only("pk")
        .order_by("during", "pk")
    )


SOURCES = (
    Source(
        "meetings",
        _meetings,
        lambda row: Engagement(
            row.contact_id, row.starts_at, row.ends_at, row.contact_name or "", row.changed_at
        ),
    ),
    Source(
        "elsewhere",
        _elsewhere,
        lambda row: Engagement(row.contact_id, row.begins, row.ends, row.contact_name or "", row.known_at),
    ),
)
