"""What somebody of the firm looks at of a secretary: on the ledger by its kind, for her to read."""

from collections.abc import Iterable
from functools import cache
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from secretariat import ledger
from secretariat.office.models import Secretary, User


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
    TAX = "office.secretary.tax", _("your tax number")
    COMMISSION = "office.secretary.commission", _("what you are to earn commission for")
    PRACTICE = "office.secretary.practice", _("your practice calls")


OF_ROW = "office.secretary/"  # before the kind of a row of the admin
# She finds these by their own ids, on whichever page they were looked at
BY_THEIR_IDS = (
    *("office.contract", "books.paystatement", "office.application"),
    *("clients.practice", "clients.lapse", "calls.call"),
)


def looked(user: User, of: Of, secretary_id: UUID, *, client_id: UUID | None = None) -> None:
    ledger.looked(user, client_id, (of.value, secretary_id))


def looked_at_all(user: User, of: Of, secretary_ids: Iterable[UUID]) -> None:
    """The same of a list in which they stand."""
    ledger.looked_at_all(user, [(of.value, each) for each in secretary_ids])


def of_row(model: type[models.Model]) -> str:
    """How the ledger names a look in the admin at a row in which she stands."""
    return f"{OF_ROW}{model._meta.label_lower}"


@cache
def names_her(model: type[models.Model]) -> tuple[str, ...]:
    """The columns by which rows of this kind say of which secretary they are."""
    return tuple(field.attname for field in model._meta.concrete_fields if field.related_model is Secretary)


def looked_at_row(user: User, row: models.Model) -> None:
    """A row as the admin shows it by itself. The look is on the ledger by the row's own id, too."""
    if row._meta.label_lower not in BY_THEIR_IDS:
        looked_at_rows(user, [row])


def looked_at_rows(user: User, rows: Iterable[models.Model]) -> None:
    """Rows as the admin shows them: a look at each secretary who stands in them, by their kind."""
    found = {
        (of_row(type(row)), id_): None  # each once, in their order
        for row in rows
        for column in names_her(type(row))
        if (id_ := getattr(row, column))
    }
    if found:
        ledger.looked_at_all(user, found)
