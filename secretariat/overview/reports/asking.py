"""What a report is asked for. Pure: no clock, no database, no settings."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from clients.local_time import day_begins

USUAL_DAYS = 14
MOST_DAYS = 800


class By(StrEnum):
    DAY = "day"
    WEEK = "week"  # from Monday
    MONTH = "month"
    CLIENT = "client"
    SECRETARY = "secretary"


@dataclass(frozen=True)
class Asked:
    """`first` and `last` are local days of `zone`, both counted."""

    first: date
    last: date
    zone: ZoneInfo
    by: By = By.DAY
    client_id: UUID | None = None
    secretary_id: UUID | None = None

    @property
    def since(self) -> datetime:
        """The first moment that counts, in UTC. A day of 23 or 25 hours is a day."""
        return day_begins(self.first, self.zone)

    @property
    def until(self) -> datetime:
        """The first moment that counts no more, in UTC."""
        return day_begins(self.last + timedelta(days=1), self.zone)


def usual_days(today: date) -> tuple[date, date]:
    """The fortnight that ends today."""
    return today - timedelta(days=USUAL_DAYS - 1), today


def spans(today: date) -> dict[str, tuple[date, date]]:
    """The periods that people ask for most, by name."""
    monday = today - timedelta(days=today.weekday())
    month = today.replace(day=1)
    before = month - timedelta(days=1)
    return {
        "today": (today, today),
        "week": (monday, today),
        "last_week": (monday - timedelta(days=7), monday - timedelta(days=1)),
        "month": (month, today),
        "last_month": (before.replace(day=1), before),
    }
