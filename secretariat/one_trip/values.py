"""Values of columns as JSON carries them, there and back."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import Field, ForeignKey
from django.utils.functional import Promise

_AS_IT_COMES = {
    "AutoField",
    "BigAutoField",
    "BigIntegerField",
    "BooleanField",
    "CharField",
    "EmailField",
    "FloatField",
    "IntegerField",
    "JSONField",
    "PositiveIntegerField",
    "PositiveSmallIntegerField",
    "SmallIntegerField",
    "TextField",
    "URLField",
}
_READ: dict[str, Callable[[Any], Any]] = {
    "DateField": date.fromisoformat,
    "DateTimeField": datetime.fromisoformat,  # the connection's zone is UTC
    "TimeField": time.fromisoformat,
    "UUIDField": UUID,
}


def reader(field: Field) -> Callable[[Any], Any] | None:
    """What turns this field's JSON into its value; None where nothing is to be done.

    Raises TypeError for a kind of field that nobody has thought of yet.
    """
    while isinstance(field, ForeignKey):
        field = field.target_field
    if isinstance(field, ArrayField):
        each = reader(field.base_field)
        return None if each is None else lambda values: [each(value) for value in values]
    kind = field.get_internal_type()
    if kind in _READ:
        return _READ[kind]
    if kind not in _AS_IT_COMES:
        raise TypeError(f"{kind} cannot be read from JSON here: say in {__name__} how")
    return None


def written(value):
    """`default` of json.dumps: what PostgreSQL reads as this value. Raises TypeError."""
    match value:
        case UUID() | Decimal():
            return str(value)
        case datetime() | date() | time():
            return value.isoformat()
        case bytes() | memoryview():
            return f"\\x{bytes(value).hex()}"
        case timedelta():
            return f"{value.total_seconds()} seconds"
        case Promise():
            return str(value)
    raise TypeError(f"{type(value).__name__} has no place in a row")
