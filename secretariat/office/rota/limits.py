"""What a secretary's shifts are held to, in one place: whatever agrees on hours feeds it here."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from secretariat.office.models import Firm, Secretary

from .rules import Limits


def of(secretary: Secretary) -> Limits:
    return of_all([secretary])[secretary.pk]


def of_all(secretaries: Iterable[Secretary]) -> dict[UUID, Limits]:
    """The limits of each, by her id: the firm's rules of rest, and the days for which she is engaged."""
    firm = Firm.current()
    return {
        each.pk: Limits(
            rest=timedelta(hours=firm.rest_hours),
            weekly_rest=timedelta(hours=firm.weekly_rest_hours),
            longest=timedelta(hours=firm.longest_shift_hours),
            first_on=each.engaged_from,
            last_on=each.engaged_until,
        )
        for each in secretaries
    }
