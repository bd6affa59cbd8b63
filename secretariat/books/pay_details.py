"""Where a secretary or an outsourcing company is paid: entered by herself, or by its own people, and sealed.

It counts once a second channel has confirmed it.

The code is sent to the mailbox of whoever entered it. It is made from the row's id by a secret of ours: no
table holds it.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from secretariat import ledger, outbox, sealing
from secretariat.ids import uuid7
from secretariat.office import company_people
from secretariat.office.models import Partner, Secretary, User

from . import iban
from .models import BankDetails

KIND = "books.pay_mail"
PLACE = {"table": "books_bankdetails", "field": "sealed"}
GOOD_FOR = timedelta(minutes=30)
AT_MOST = 5  # wrong codes
CODE = "{code}"  # stands in the frozen words of the mail; the code itself is made when it is sent


Payee = Secretary | Partner


class NotNow(Exception):
    """It does not stand as somebody thought. Says in plain words how it stands."""


@dataclass(frozen=True)
class Details:
    holder: str
    iban: str
    bic: str = ""
    tax: str = ""


def of(payee: Payee) -> BankDetails | None:
    """What counts now."""
    return of_all([payee.pk]).get(payee.pk)


def of_all(payees: Iterable[UUID]) -> dict[UUID, BankDetails]:
    """The same for many, by the id of the secretary or of the company."""
    keys = set(payees)
    held = BankDetails.objects.filter(confirmed_at__isnull=False, replaced_at=None)
    rows = held.filter(Q(secretary__in=keys) | Q(partner__in=keys))
    return {each.partner_id or each.secretary_id: each for each in rows}


def waiting(payee: Payee, *, at: datetime) -> BankDetails | None:
    """What was entered and is not confirmed yet."""
    rows = BankDetails.objects.filter(**_whose(payee), confirmed_at=None, replaced_at=None)
    return rows.filter(expires_at__gt=at, tries__lt=AT_MOST).select_related("entered_by").first()


def _whose(payee: Payee) -> dict[str, Payee]:
    return {"partner" if isinstance(payee, Partner) else "secretary": payee}


def opened(row: BankDetails) -> Details:
    """Raises sealing.Unsealable."""
    return Details(**json.loads(sealing.unseal(bytes(row.sealed), row=row.pk, **PLACE)))


def code_of(row: BankDetails) -> str:
    """Six digits."""
    made = salted_hmac("books.pay_details", str(row.pk), algorithm="sha256").digest()
    return f"{int.from_bytes(made[:8]) % 1_000_000:06}"


@transaction.atomic
def enter(payee: Payee, details: Details, *, by: User, at: datetime) -> BankDetails:
    """Keep what is said, sealed, and send the code. What counts now counts on until it is confirmed."""
    _locked(payee)
    BankDetails.objects.filter(**_whose(payee), confirmed_at=None).update(replaced_at=at)
    pk = uuid7()
    row = BankDetails.objects.create(
        pk=pk,
        **_whose(payee),
        entered_by=by,
        sealed=sealing.seal(json.dumps(asdict(details)).encode(), row=pk, **PLACE),
        ending=details.iban[-4:],
        entered_at=at,
        expires_at=at + GOOD_FOR,
    )
    if isinstance(payee, Partner):
        to = by.email
        words = _(
            "Somebody signed in as you entered an account of %(who)s that ends in %(ending)s. If it was "
            "you, type %(code)s on the page “What you are paid”. If it was not, tell your colleagues and "
            "the firm now: nothing has changed yet."
        )
    else:
        to = payee.user.email
        words = _(
            "Somebody signed in as you entered an account that ends in %(ending)s. If it was you, type "
            "%(code)s at your desk. If it was not, tell your supervisor now: nothing has changed yet."
        )
    outbox.post(
        KIND,
        key=f"{KIND}:code:{pk}",
        subject=("books.bankdetails", pk),
        payload={
            "to": to,
            "subject": _("A code for your bank details"),
            "text": words % {"ending": row.ending, "code": CODE, "who": payee},
        },
    )
    _record("books.bank_details_entered", row, by)
    return row


def _locked(payee: Payee) -> None:
    """Two people of a company who enter or confirm an account at once wait for each other."""
    type(payee)._default_manager.select_for_update(of=("self",), no_key=True).get(pk=payee.pk)


def confirm(row: BankDetails, code: str, *, by: User, at: datetime) -> bool:
    """Let it count if the code is right; a wrong one is counted. Raises NotNow where it is too late."""
    with transaction.atomic():
        _locked(row.partner or row.secretary)
        row = BankDetails.objects.select_for_update().get(pk=row.pk)
        if row.confirmed_at or row.replaced_at or row.expires_at <= at or row.tries >= AT_MOST:
            raise NotNow(_("This code is not good any more. Enter the account again."))
        if row.partner_id and row.entered_by_id != by.pk:
            raise NotNow(_("Whoever entered it types the code: it was sent to that mailbox."))
        if not constant_time_compare(code_of(row), code):
            BankDetails.objects.filter(pk=row.pk).update(tries=F("tries") + 1)
            return False
        payee = row.partner or row.secretary
        held = BankDetails.objects.filter(**_whose(payee), confirmed_at__isnull=False, replaced_at=None)
        before = held.first()
        held.update(replaced_at=at)
        BankDetails.objects.filter(pk=row.pk).update(confirmed_at=at)
        if row.partner:
            _tell_company(row.partner, row, before, by)
        elif before is not None:
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


def _tell_company(company: Partner, row: BankDetails, before: BankDetails | None, by: User) -> None:
    """All of its people, also of its first account: one of them alone could send its money elsewhere."""
    facts = {"who": company.name, "by": by.name, "ending": row.ending, "before": before and before.ending}
    if before:
        words = _(
            "%(by)s has said that %(who)s is paid into the account that ends in %(ending)s from now on, and "
            "no longer into the one that ends in %(before)s. If that is not so, tell the firm now: what is "
            "paid out is not called back."
        )
    else:
        words = _(
            "%(by)s has said that %(who)s is paid into the account that ends in %(ending)s. If that is not "
            "so, tell the firm now: what is paid out is not called back."
        )
    for person in company_people.to_be_told(company):
        outbox.post(
            KIND,
            key=f"{KIND}:changed:{row.pk}:{person.user_id}",
            subject=("office.partner", company.pk),
            payload={
                "to": person.user.email,
                "subject": _("Where %(who)s is paid") % facts,
                "text": words % facts,
            },
        )


def in_clear(details: Details) -> str:
    """As the two people of a pay run read it."""
    return f"{details.holder}, {iban.spaced(details.iban)}"


def _record(verb: str, row: BankDetails, by: User) -> None:
    whose = {"company": str(row.partner_id)} if row.partner_id else {"secretary": str(row.secretary_id)}
    ledger.record(verb, actor_id=by.pk, subject=("books.bankdetails", row.pk), detail=whose)
