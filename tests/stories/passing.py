"""Time that passes in a story, up to a moment of the clock on somebody's wall."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from secretariat import clock

LONDON = ZoneInfo("Europe/London")


def day(ahead: int):
    """The day so many days from now, in London."""
    return clock.now().astimezone(LONDON).date() + timedelta(days=ahead)


def comes(office, moment: datetime) -> None:
    """Until this moment (aware), and a little longer."""
    office.passes((moment - clock.now()).total_seconds() + 2)


def comes_to(office, on, at: str) -> None:
    """Until this time of the day `on`, in London."""
    comes(office, datetime.combine(on, time.fromisoformat(at), LONDON))
