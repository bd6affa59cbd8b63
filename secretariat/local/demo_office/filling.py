"""Puts the demo office into an empty database, once."""

from django.db import transaction

from secretariat.office.models import User

from . import people


@transaction.atomic
def fill(*, empty: bool = False) -> None:
    """Fill the database, with `empty` only by an administrator. Does nothing the second time."""
    if User.objects.exists():
        return
    people.engage_administrator()
    if not empty:
        people.engage_everyone()
