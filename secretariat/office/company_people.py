"""The people of an outsourcing company who sign in here: invited by one another or the firm; taken out."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from secretariat import ledger

from . import inviting
from .models import Invitation, Partner, PartnerPerson, User

GIVES = Invitation.Gives.PARTNER


class NotPossible(Exception):
    """It cannot be done as things stand. Says why."""


def of(user: User) -> Partner:
    """The company she is of."""
    return Partner.objects.get(pk=user.roles.partner)


def current(company: Partner) -> QuerySet[PartnerPerson]:
    rows = PartnerPerson.objects.current().filter(partner=company).select_related("user")
    return rows.order_by("user__name", "pk")


def to_be_told(company: Partner) -> QuerySet[PartnerPerson]:
    """Whoever of them can sign in."""
    return current(company).filter(user__is_active=True)


def has_anybody(company: Partner) -> bool:
    """Whether somebody there can read and sign."""
    return PartnerPerson.objects.current().filter(partner=company, user__is_active=True).exists()


def invite(company: Partner, *, email: str, name: str, by: User, at: datetime) -> Invitation:
    """Send a link: whoever opens it is of this company. Raises NotPossible for somebody who is."""
    if PartnerPerson.objects.current().filter(partner=company, user__email=email).exists():
        raise NotPossible(_("Somebody of your company signs in with this address already."))
    return inviting.invite(email=email, name=name, gives=GIVES, by=by, at=at, subject_id=company.pk)


@transaction.atomic
def take_out(person: PartnerPerson, *, by: User, at: datetime) -> None:
    """She is of the company no more, and sees nothing of it. Nobody takes out herself: somebody is left."""
    Partner.objects.select_for_update().get(pk=person.partner_id)
    if person.user_id == by.pk:
        raise NotPossible(_("Somebody else of your company takes you out."))
    if not PartnerPerson.objects.current().filter(partner=person.partner_id, user=by).exists():
        raise NotPossible(_("You are of this company no more."))
    PartnerPerson.objects.filter(pk=person.pk).update(until_at=at)
    ledger.record(
        "office.company.person_left",
        actor_id=by.pk,
        subject=("office.partner", person.partner_id),
        detail={"person": str(person.user_id)},
    )
