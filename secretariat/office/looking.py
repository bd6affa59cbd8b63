"""What somebody of the firm looks at of a secretary: on the ledger by its kind, for her to read."""

from collections.abc import Iterable
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from secretariat import ledger
from secretariat.office.models import User


class Of(models.TextChoices):
    """A kind of thing that is kept of her; as the ledger names it, and as she reads it."""

    DAYS = "office.secretary.days", _("your days, and what is asked and said of your work")
    HOURS = "office.secretary.hours", _("your hours")
    ROTA = "office.secretary.rota", _("your shifts, wishes and days off in the rota")
    ABSENCE = "office.secretary.absence", _("days off and swaps you asked for")
    ATTENDANCE = "office.secretary.attendance", _("how you came to your shifts")
    ON_SHIFT = "office.secretary.on_shift", _("that you are on shift")
    PROFILE = "office.secretary.profile", _("your profile")
    SHARE = "office.secretary.share", _("your share of the work")
    PROFIT = "office.secretary.profit", _("what your work brings and costs")
    REPORT = "office.secretary.report", _("a report of your work")
    EXPENSES = "office.secretary.expenses", _("your expenses and extras")


def looked(user: User, of: Of, secretary_id: UUID, *, client_id: UUID | None = None) -> None:
    ledger.looked(user, client_id, (of.value, secretary_id))


def looked_at_all(user: User, of: Of, secretary_ids: Iterable[UUID]) -> None:
    """The same of a list in which they stand."""
    ledger.looked_at_all(user, [(of.value, each) for each in secretary_ids])
