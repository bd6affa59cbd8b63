"""The shifts that lie after the last day of a contract and before the next one: each becomes open, for
somebody else to take."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from secretariat.office.models import Contract, PlannedShift, Secretary
from secretariat.office.rota import absences, rules
from secretariat.office.rota.rules import Stretch

from . import holding

FAR = timedelta(days=3650)


def open_them(contract: Contract, *, at: datetime) -> list[str]:
    """Take them from her, and say in words which they were. Whoever calls this holds her row."""
    secretary = contract.secretary
    if contract.until_on is None:
        return []
    over = rules.days(contract.until_on, contract.until_on, secretary.zone).ends
    return open_from(secretary, over, at=at, ends=_next(secretary, contract.until_on))


def open_instead(contract: Contract, *, at: datetime) -> list[str]:
    """Those that lie in the time of one that never begins. As `open_them`."""
    secretary = contract.secretary
    begins = rules.days(contract.from_on, contract.from_on, secretary.zone).begins
    return open_from(secretary, begins, at=at, ends=_next(secretary, contract.from_on))


def _next(secretary: Secretary, after: date) -> datetime | None:
    again = holding.next_from(secretary, after)
    return rules.days(again, again, secretary.zone).begins if again else None


def open_from(
    secretary: Secretary, begins: datetime, *, at: datetime, ends: datetime | None = None
) -> list[str]:
    """Those from this moment on, until `ends`; one she has begun ends now. As `open_them`."""
    after = Stretch(begins, ends or begins + FAR)
    opened = absences.open_hers(secretary, after, PlannedShift.Because.ENDED, at=at)
    return [
        _("Her shift is open: %(when)s") % {"when": rules.said(each.stretch, each.zone)} for each in opened
    ]
