"""Bulletins that must be read before a shift starts, and terms that must be accepted."""

from datetime import datetime

from django.utils.translation import gettext as _

from secretariat.office.arriving import ToRead
from secretariat.office.models import User

from . import bulletins
from .confidentiality import terms
from .models import Bulletin


def to_read(user: User) -> list[ToRead]:
    unread = Bulletin.objects.for_reader(user).in_force().unread_by(user).filter(must_acknowledge=True)
    return [
        ToRead(str(each.pk), each.title, each.text, each.client.name if each.client else "")
        for each in unread.select_related("client").order_by("from_at", "pk")
    ] + _terms(user)


def _terms(user: User) -> list[ToRead]:
    """What her clients ask of whoever answers for them, to be accepted before the first call."""
    secretary = user.roles.secretary
    if secretary is None:
        return []
    title, says = _("Terms of confidentiality"), _("I have read these terms and keep to them")
    rows = terms.waiting(secretary).select_related("client").order_by("client__name")
    return [ToRead(str(each.pk), title, each.words, each.client.name, says) for each in rows]


def has_read(user: User, keys: set[str], *, at: datetime) -> None:
    for bulletin in Bulletin.objects.for_reader(user).filter(pk__in=keys):
        bulletins.acknowledge(bulletin, by=user, at=at)
    secretary = user.roles.secretary
    if secretary:
        for each in terms.waiting(secretary).filter(pk__in=keys):
            terms.accept(each, by=secretary, at=at)
