"""Bulletins that must be read before a shift starts."""

from datetime import datetime

from secretariat.office.arriving import ToRead
from secretariat.office.models import User

from . import bulletins
from .models import Bulletin


def to_read(user: User) -> list[ToRead]:
    unread = Bulletin.objects.for_reader(user).in_force().unread_by(user).filter(must_acknowledge=True)
    return [
        ToRead(str(each.pk), each.title, each.text, each.client.name if each.client else "")
        for each in unread.select_related("client").order_by("from_at", "pk")
    ]


def has_read(user: User, keys: set[str], *, at: datetime) -> None:
    for bulletin in Bulletin.objects.for_reader(user).filter(pk__in=keys):
        bulletins.acknowledge(bulletin, by=user, at=at)
