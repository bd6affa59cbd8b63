"""When somebody at the client is not to be disturbed. Pure: no clock, no database, no settings."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from clients.local_time import first_moment, last_moment

DAY = timedelta(days=1)


def ends_at(quiet_from: time | None, quiet_until: time | None, *, zone: str, at: datetime) -> datetime | None:
    """When the quiet hours end in which `at` (aware) lies, in UTC; None outside of them.

    The hours are local wall times of `zone`, and may go over midnight.
    """
    if quiet_from is None or quiet_until is None or quiet_from == quiet_until:
        return None
    here = ZoneInfo(zone)
    today = at.astimezone(here).date()
    for begins_on in (today - DAY, today):
        ends_on = begins_on if quiet_from < quiet_until else begins_on + DAY
        ends = last_moment(ends_on, quiet_until, here)
        if first_moment(begins_on, quiet_from, here) <= at < ends:
            return ends
    return None
