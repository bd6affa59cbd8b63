"""What all verbs of work by proposal share: a refusal in words, the brief's lock, its line on the ledger."""

from uuid import UUID

from django.utils.translation import gettext as _

from secretariat import ledger
from secretariat.books.models import Brief
from secretariat.office.models import User


class NotNow(Exception):
    """It does not stand as somebody thought. Says in plain words how it stands."""


def changed() -> NotNow:
    return NotNow(_("This has changed meanwhile. Look at it again."))


def locked(brief: Brief) -> Brief:
    """The brief's row, held until the transaction ends: whoever changes what belongs to it has it first."""
    return (
        Brief.objects.select_for_update(of=("self",), no_key=True).select_related("client").get(pk=brief.pk)
    )


def record(
    verb: str, brief: Brief, by: User | None, subject: tuple[str, UUID] | None = None, **detail
) -> None:
    ledger.record(
        f"books.brief.{verb}",
        actor_id=by.pk if by else None,
        client_id=brief.client_id,
        subject=subject or ("books.brief", brief.pk),
        detail=detail,
    )
