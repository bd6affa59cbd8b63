"""What stands in each side's own calendars: what differs, cannot be read, or invites her."""

from datetime import UTC, date, datetime, time, timedelta

from calendar_app import booking
from calendar_app.models import InvitedTo, Meeting, RemoteEvent
from calendar_app.planning import Plan
from secretariat import clock


def rows(side) -> dict:
    """Rows of one side, by the names that the matrix gives them."""
    calendar = side.rows["caldav"].calendars.get()
    return {
        "zoned": calendar,
        "differing": _differing(side, calendar),
        "unread": _unread(side, calendar),
        "invited": _invited(side),
    }


def _differing(side, calendar) -> Meeting:
    """A meeting that was taken out of the client's own calendar: somebody is to decide."""
    plan = Plan(f"{side.word} meets Ravi", date(2026, 11, 28), time(10), 30, manner="telephone")
    facts = {"by": side.owner.user, "at": clock.now() - timedelta(days=2)}
    meeting = booking.book(side.rows["diary"], plan, **facts)
    meeting.writing, meeting.calendar = Meeting.Writing.CHANGED, calendar
    meeting.save(update_fields=["writing", "calendar"])
    return meeting


def _unread(side, calendar) -> RemoteEvent:
    return RemoteEvent.objects.create(
        client=side.client.row,
        calendar=calendar,
        remote_id="unread.ics",
        state=RemoteEvent.State.UNREADABLE,
        because=f"It names a time zone that nobody here knows: {side.word} Time.",
        unknown_zone="Somewhere",
        raw=f"BEGIN:VEVENT\r\nSUMMARY:{side.word} and the notary\r\nEND:VEVENT\r\n",
    )


def _invited(side) -> InvitedTo:
    return InvitedTo.objects.create(
        client=side.client.row,
        diary=side.rows["diary"],
        uid=f"{side.word}@bank",
        stamp=clock.now(),
        organiser="bank@harbour.example",
        addressed_to=side.owner.user.email,
        about=f"{side.word} and the bank",
        starts_at=datetime(2026, 11, 29, 10, tzinfo=UTC),
        ends_at=datetime(2026, 11, 29, 11, tzinfo=UTC),
    )
