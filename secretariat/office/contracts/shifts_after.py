"""The shifts that lie after the last day of a contract: each becomes open, for somebody else to take."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from secretariat.office.models import Contract, PlannedShift, Secretary
from secretariat.office.rota import absences, rules
from secretariat.office.rota.rules import Stretch

FAR = timedelta(days=3650)


def open_them(contract: Contract, *, at: datetime) -> list[str]:
    """Take them from her, and say in words which they were. Whoever calls this holds her row."""
    secretary = contract.secretary
    if contract.until_on is None:
        return []
    over = rules.days(contract.until_on, contract.until_on, secretary.zone).ends
    return open_from(secretary, over, at=at)


def open_from(secretary: Secretary, begins: datetime, *, at: datetime) -> list[str]:
    """Those from this moment on; one she has begun ends now. As `open_them`."""
    after = Stretch(begins, begins + FAR)
    opened = absences.open_hers(secretary, after, PlannedShift.Because.ENDED, at=at)
    return [
        _("Her shift is open: %(when)s") % {"when": rules.said(each.stretch, each.zone)} for each in opened
    ]
