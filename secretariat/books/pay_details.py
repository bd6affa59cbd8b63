"""Where a secretary is paid: entered by herself, sealed, and good once a second channel has confirmed it.

The code is sent to the mailbox she signs in with. It is made from the row's id by a secret of ours: no table
holds it.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from secretariat import ledger, outbox, sealing
from secretariat.ids import uuid7
from secretariat.office.models import Secretary, User

from . import iban
from .models import BankDetails

KIND = "books.pay_mail"
PLACE = {"table": "books_bankdetails", "field": "sealed"}
GOOD_FOR = timedelta(minutes=30)
AT_MOST = 5  # wrong codes
CODE = "{code}"  # stands in the frozen words of the mail; the code itself is made when it is sent


class NotNow(Exception):
    """It does not stand as somebody thought. Says in plain words how it stands."""


@dataclass(frozen=True)
class Details:
    holder: str
    iban: str
    bic: str = ""
    tax: str = ""


def of(secretary: Secretary) -> BankDetails | None:
    """What counts now."""
    return of_all([secretary]).get(secretary.pk)


def of_all(secretaries: Iterable[Secretary]) -> dict[UUID, BankDetails]:
    """The same for many, by her id."""
    held = BankDetails.objects.filter(confirmed_at__isnull=False, replaced_at=None)
    return {each.secretary_id: each for each in held.filter(secretary__in=list(secretaries))}


def waiting(secretary: Secretary, *, at: datetime) -> BankDetails | None:
    """What she has entered and not confirmed yet."""
    rows = BankDetails.objects.filter(secretary=secretary, confirmed_at=None, replaced_at=None)
    return rows.filter(expires_at__gt=at, tries__lt=AT_MOST).first()


def opened(row: BankDetails) -> Details:
    """Raises sealing.Unsealable."""
    return Details(**json.loads(sealing.unseal(bytes(row.sealed), row=row.pk, **PLACE)))


def code_of(row: BankDetails) -> str:
    """Six digits."""
    made = salted_hmac("books.pay_details", str(row.pk), algorithm="sha256").digest()
    return f"{int.from_bytes(made[:8]) % 1_000_000:06}"


@transaction.atomic
def enter(secretary: Secretary, details: Details, *, by: User, at: datetime) -> BankDetails:
    """Keep what she says, sealed, and send the code. What counts now counts on until it is confirmed."""
    BankDetails.objects.filter(secretary=secretary, confirmed_at=None).update(replaced_at=at)
    pk = uuid7()
    row = BankDetails.objects.create(
        pk=pk,
        secretary=secretary,
        sealed=sealing.seal(json.dumps(asdict(details)).encode(), row=pk, **PLACE),
        ending=details.iban[-4:],
        entered_at=at,
        expires_at=at + GOOD_FOR,
    )
    outbox.post(
        KIND,
        key=f"{KIND}:code:{pk}",
        subject=("books.bankdetails", pk),
        payload={
            "to": secretary.user.email,
            "subject": _("A code for your bank details"),
            "text": _(
                "Somebody signed in as you entered an account that ends in %(ending)s. If it was you, type "
                "%(code)s at your desk. If it was not, tell your supervisor now: nothing has changed yet."
            )
            % {"ending": row.ending, "code": CODE},
        },
    )
    _record("books.bank_details_entered", row, by)
    return row


def confirm(row: BankDetails, code: str, *, by: User, at: datetime) -> bool:
    """Let it count if the code is right; a wrong one is counted. Raises NotNow where it is too late."""
    with transaction.atomic():
        row = BankDetails.objects.select_for_update().get(pk=row.pk)
        if row.confirmed_at or row.replaced_at or row.expires_at <= at or row.tries >= AT_MOST:
            raise NotNow(_("This code is not good any more. Enter the account again."))
        if not constant_time_compare(code_of(row), code):
            BankDetails.objects.filter(pk=row.pk).update(tries=F("tries") + 1)
            return False
        held = BankDetails.objects.filter(secretary=row.secretary_id, confirmed_at__isnull=False)
        held = held.filter(replaced_at=None)
        before = held.first()
        held.update(replaced_at=at)
        BankDetails.objects.filter(pk=row.pk).update(confirmed_at=at)
        if before is not None:
            _tell_of_change(row, before)
        _record("books.bank_details_changed", row, by)
    return True


def _tell_of_change(row: BankDetails, before: BankDetails) -> None:
    """It is not for whoever holds the code alone to know that her pay goes elsewhere from now on."""
    outbox.post(
        KIND,
        key=f"{KIND}:changed:{row.pk}",
        subject=("office.secretary", row.secretary_id),
        payload={
            "to": row.secretary.user.email,
            "subject": _("Your pay goes to another account"),
            "text": _(
                "From now on you are paid into the account that ends in %(ending)s, and no longer into the "
                "one that ends in %(before)s. If that was not you, tell your supervisor now: what is paid "
                "out is not called back."
            )
            % {"ending": row.ending, "before": before.ending},
        },
    )


def in_clear(details: Details) -> str:
    """As the two people of a pay run read it."""
    return f"{details.holder}, {iban.spaced(details.iban)}"


def _record(verb: str, row: BankDetails, by: User) -> None:
    ledger.record(
        verb,
        actor_id=by.pk,
        subject=("books.bankdetails", row.pk),
        detail={"secretary": str(row.secretary_id)},
    )
