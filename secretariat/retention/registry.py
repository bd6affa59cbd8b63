"""The list of every column that may hold something of a person, with the rule it stays under.

A column of words, numbers or bytes is either listed here as personal or said not to be; a test holds that
for every table there is, those of libraries among them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _


class Whose(Enum):
    """Of whom it tells."""

    CALLER = _("caller")
    CLIENT = _("client and their people")
    SECRETARY = _("secretary and the firm’s people")
    ANYONE = _("whoever it names")


class Then(Enum):
    """What becomes of it when its time is over."""

    EMPTIED = _("emptied; the row stays, with its times")
    DELETED = _("deleted")
    KEPT = _("kept")


@dataclass(frozen=True)
class Rule:
    """How long something stays.

    `since` says in words when its days begin to count. `days` is the figure unless `set_by` returns another
    one, the firm's; None keeps everything. `over(before)` are the rows whose days began before that moment
    and that may go: one that still waits for somebody is not among them. `mark` is the column in which such
    a row notes when it was emptied. `doing` does what is more than emptying or deleting the row. `duty` names
    the duty of the sweep that carries the rule out where it is not this package's own.
    """

    name: str
    then: Then
    since: str = ""
    days: int | None = None
    set_by: Callable[[], int | None] | None = None
    over: Callable[[datetime], QuerySet] | None = None
    mark: str = ""
    doing: Callable[[QuerySet], None] | None = None
    duty: str = ""
    because: str = ""

    @property
    def days_now(self) -> int | None:
        """The figure in force; None: nothing ends."""
        return self.set_by() if self.set_by else self.days

    @property
    def is_ours(self) -> bool:
        """Whether the sweep's own round carries it out."""
        return self.then is not Then.KEPT and not self.duty


@dataclass(frozen=True)
class Personal:
    """Columns of one table. `path` leads from its rows to those that the rule speaks of; empty: the same.

    `becomes` stands in their place afterwards, where the table asks for something.
    """

    model: type[models.Model]
    columns: tuple[str, ...]
    what: str
    whose: Whose
    rule: Rule
    path: str = ""
    becomes: str = ""


_personal: list[Personal] = []
_impersonal: dict[tuple[str, str], str] = {}


def personal(
    model, columns: str, *, what, whose: Whose, rule: Rule, path: str = "", becomes: str = ""
) -> None:
    """Say that these columns (names with spaces between) may tell of somebody."""
    _personal.append(Personal(model, _names(model, columns), what, whose, rule, path, becomes))


def impersonal(model, columns: str, *, because: str) -> None:
    """Say that these columns never tell of anybody, and why that is sure."""
    _impersonal.update({(model._meta.label, name): because for name in _names(model, columns)})


def everything() -> list[Personal]:
    """All that is personal, in the order in which the packages stand."""
    return list(_personal)


def rules() -> list[Rule]:
    """Every rule once, in the order in which they were first named."""
    return list(dict.fromkeys(each.rule for each in _personal))


def under(rule: Rule) -> list[Personal]:
    return [each for each in _personal if each.rule is rule]


def is_listed(model, column: str) -> bool:
    """Whether somebody has said of this column what it holds."""
    label = model._meta.label
    return (label, column) in _impersonal or any(
        each.model._meta.label == label and column in each.columns for each in _personal
    )


def _names(model, columns: str) -> tuple[str, ...]:
    names = tuple(columns.split())
    for name in names:
        model._meta.get_field(name)  # one that was renamed is noticed at once
    return names
