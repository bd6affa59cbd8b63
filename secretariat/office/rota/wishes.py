"""When a secretary says she cannot, would rather not, or would like to work."""

from datetime import date, datetime, time

from django.db import transaction

from secretariat import ledger
from secretariat.office.models import Secretary, Wish

from . import telling


@transaction.atomic
def say(
    secretary: Secretary,
    *,
    kind: str,
    at: datetime,
    weekday: int | None = None,
    on: date | None = None,
    begins: time | None = None,
    ends: time | None = None,
    note: str = "",
) -> Wish:
    """Every week on a weekday, or on one day; local times of her zone, none for the whole day."""
    made = Wish.objects.create(
        secretary=secretary,
        kind=kind,
        weekday=weekday,
        on=on,
        begins=begins,
        ends=ends,
        note=note,
        made_at=at,
    )
    _record("said", made)
    return made


@transaction.atomic
def take_back(wish: Wish, *, at: datetime) -> bool:
    """False if that was done before."""
    if not Wish.objects.filter(pk=wish.pk, ended_at=None).update(ended_at=at):
        return False
    _record("taken_back", wish)
    return True


def _record(verb: str, wish: Wish) -> None:
    ledger.record(
        f"office.wish.{verb}",
        actor_id=wish.secretary.user_id,
        subject=("office.wish", wish.pk),
        detail={"kind": str(wish.kind)},
    )
    telling.announce([wish.secretary])
