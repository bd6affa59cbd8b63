"""The reminders of a meeting, in words: what will go out, what did, and what did not and why."""

from datetime import datetime

from django.utils.translation import gettext as _

from clients import wording
from clients.models import Suppression

from . import reminding
from .models import Around, Guest, Meeting, Reminder
from .telling import Told

State = Reminder.State


def of(meeting: Meeting, *, zone: str, now: datetime) -> list[Told]:
    """Lines for a reader on the clocks of `zone`, in order, and who cannot be reminded at all."""
    rows = Reminder.objects.filter(meeting=meeting).select_related("guest").order_by("due_at", "pk")
    found = [_line(row, zone, now) for row in rows]
    if meeting.state == Meeting.State.CONFIRMED and meeting.starts_at > now:
        found += _not_at_all(meeting)
        found += _stopped(meeting)
    return found


def _line(row: Reminder, zone: str, now: datetime) -> Told:
    planned = row.state == State.PLANNED
    at = row.due_at if planned else row.changed_at
    words = _("%(way)s to %(name)s: %(state)s") % {
        "way": row.get_way_display(),
        "name": str(row.guest),
        "state": row.get_state_display(),
    }
    words = f"{words}, {row.because}" if row.because else words
    return Told(at=wording.moment(at, zone, now=now), words=words, did=not planned)


def _not_at_all(meeting: Meeting) -> list[Told]:
    wishes = Around.objects.filter(diary=meeting.diary_id).first()
    if wishes is None or not (wishes.day_before_by or wishes.shortly_by):
        return []
    words = _("Nobody reminds %(name)s: no address for it is known")
    coming = meeting.guests.filter(secretary=None).exclude(answer=Guest.Answer.DECLINED)
    return [
        Told("", words % {"name": str(guest)}, False) for guest in coming if not reminding.ways(wishes, guest)
    ]


def _stopped(meeting: Meeting) -> list[Told]:
    """Who takes nothing from us by a channel, by their own word or because it comes back."""
    guests = list(meeting.guests.all())
    addresses = {each for guest in guests for each in (guest.email, guest.number) if each}
    standing = Suppression.objects.standing().filter(address__in=addresses)
    named = {guest.email: str(guest) for guest in guests} | {guest.number: str(guest) for guest in guests}
    words = _("Nothing goes to %(name)s by %(channel)s: %(because)s")
    return [
        Told(
            "",
            words
            % {
                "name": named[each.address],
                "channel": each.get_channel_display(),
                "because": each.get_because_display(),
            },
            False,
        )
        for each in standing
    ]
