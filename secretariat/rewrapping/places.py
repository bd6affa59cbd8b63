"""Where sealed bytes lie. Each package names its own columns in its `sealed.py`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.module_loading import autodiscover_modules

from secretariat import sealing


@dataclass(frozen=True)
class Column:
    """One column that holds sealed bytes.

    `rewrapped(row, value)` is the value with the newest key, or None if it has that already. It raises
    `sealing.Unsealable`.
    """

    model: type[models.Model]
    name: str
    rewrapped: Callable[[Any, Any], Any]

    @property
    def is_bytes(self) -> bool:
        return isinstance(self.model._meta.get_field(self.name), models.BinaryField)


_columns: list[Column] = []


def column(model, name: str, *, table: str, field: str) -> None:
    """Say that this column of bytes is sealed, row by row, for `table` and `field`."""

    def rewrapped(row, value):
        return sealing.rewrapped(bytes(value), table=table, row=row, field=field) if value else None

    _columns.append(Column(model, name, rewrapped))


def column_of(model, name: str, rewrapped) -> None:
    """The same of a column that holds sealed bytes in a form of its own."""
    _columns.append(Column(model, name, rewrapped))


def columns() -> list[Column]:
    autodiscover_modules("sealed")  # each module is read once
    return list(_columns)
