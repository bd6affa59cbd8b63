"""Go through one column and seal its keys anew. May be stopped at any moment and begun again."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import BinaryField, Func, Q, Value

from secretariat import sealing

from .places import Column

MANY = 200  # rows read at once; each is written by itself


@dataclass
class Turned:
    """What became of one column: rows done, rows whose key is gone by its id, and rows that do not open."""

    done: int = 0
    gone: Counter[str] = field(default_factory=Counter)
    spoilt: list[str] = field(default_factory=list)

    @property
    def remain(self) -> int:
        return self.gone.total() + len(self.spoilt)


def rewrap(column: Column) -> Turned:
    """Seal with the newest of `VAULT_KEYS` whatever in this column is sealed with another."""
    turned = Turned()
    for pk, value in _still_to_do(column):
        try:
            new = column.rewrapped(pk, value)
        except sealing.KeyGone as gone:
            turned.gone[gone.key_id] += 1
        except sealing.Unsealable:
            turned.spoilt.append(str(pk))
        else:
            # Only over what was read: a row that was emptied or changed meanwhile is left as it is.
            row = column.model._base_manager.filter(pk=pk, **{column.name: value})
            turned.done += row.update(**{column.name: new}) if new is not None else 0
    return turned


def _still_to_do(column: Column) -> Iterator[tuple]:
    rows = column.model._base_manager.order_by("pk")
    if column.is_bytes:
        mark = sealing.newest_mark()
        rows = rows.alias(
            begins=Func(
                column.name, Value(1), Value(len(mark)), function="substr", output_field=BinaryField()
            )
        ).exclude(Q(begins=mark) | Q(**{column.name: b""}))
    last = None
    while batch := list((rows.filter(pk__gt=last) if last else rows).values_list("pk", column.name)[:MANY]):
        yield from ((pk, value) for pk, value in batch)
        last = batch[-1][0]
