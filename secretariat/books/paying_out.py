"""How the statements of an approved run reach their accounts: in files for the bank, or by other ways.

Each statement is told to the bank once. What came back, and whoever had no account when the run was prepared,
goes into a further file. A file can be had again, byte for byte.
"""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from secretariat import ledger, sealing
from secretariat.ids import uuid7
from secretariat.office.models import User

from . import iban, pain, pay_details
from .models import BankDetails, PayingAccount, Payout, PayRun, PayStatement
from .pay_gathering import NotNow

State = Payout.State


@dataclass
class Standing:
    """One statement, and how it stands: `payout` is its last try, `left` why a file for the bank has it not.

    `account` is where it would be paid; `is_other`: that account is not the one which the two people saw.
    """

    statement: PayStatement
    payout: Payout | None = None
    account: BankDetails | None = None
    is_other: bool = False
    left: str = ""

    @property
    def is_ready(self) -> bool:
        return not self.left and (self.payout is None or self.payout.state == State.RETURNED)

    @property
    def can_be_marked(self) -> bool:
        """Something is to be paid, and nobody has said that it is."""
        return self.statement.total > 0 and (self.payout is None or self.payout.state != State.PAID)


@dataclass
class File:
    """What the bank was told at one time."""

    key: UUID
    made_at: datetime
    payouts: list[Payout] = field(default_factory=list)

    @property
    def total(self) -> Decimal:
        return sum((each.statement.total for each in self.payouts), Decimal(0))

    @property
    def waiting(self) -> int:
        """How many nobody has marked yet."""
        return sum(each.state == State.ORDERED for each in self.payouts)


def standings(run: PayRun, *, only: PayStatement | None = None) -> list[Standing]:
    """Every statement of the run, in order of names. As many queries however many they are."""
    rows = run.statements.select_related("secretary__user", "bank").order_by("secretary__user__name", "pk")
    found = list(rows.filter(pk=only.pk) if only else rows)
    tries: dict[UUID, Payout] = {}
    for each in Payout.objects.filter(statement__in=found).select_related("bank").order_by("made_at", "pk"):
        tries[each.statement_id] = each
    now = pay_details.of_all(each.secretary for each in found)
    return [_standing(each, tries.get(each.pk), now.get(each.secretary_id)) for each in found]


def _standing(statement: PayStatement, last: Payout | None, now: BankDetails | None) -> Standing:
    if last and last.state != State.RETURNED:
        return Standing(statement, last, last.bank)
    # Where an account did not work, or there was none, what she has said since counts.
    account = now if last else statement.bank or now
    if statement.total <= 0:
        left = _("nothing to be paid")
    elif statement.to_partner:
        left = _("paid through %(who)s") % {"who": statement.to_partner}
    elif statement.currency != pain.EURO:
        left = _("not in euro")
    elif account is None:
        left = _("no bank details")
    elif last and account == last.bank:
        left = _("came back, and she has not entered another account")
    else:
        left = ""
    return Standing(statement, last, account, account != statement.bank, left)


def files_of(run: PayRun) -> list[File]:
    """What the bank has been told of this run, in order of time."""
    found: dict[UUID, File] = {}
    rows = Payout.objects.filter(statement__run=run, file__isnull=False).select_related("statement", "bank")
    for each in rows.order_by("made_at", "pk"):
        if each.file:
            found.setdefault(each.file, File(each.file, each.made_at)).payouts.append(each)
    return list(found.values())


@transaction.atomic
def order(run: PayRun, *, by: User, at: datetime) -> File:
    """A file of all that can be paid and is in none yet. Raises NotNow where there is nothing of the kind."""
    _paid_from()
    _locked(run)
    all_of_it = standings(run)
    ready = [each for each in all_of_it if each.is_ready and each.account and _opens(each.account)]
    if not ready:
        left = [f"{each.statement.secretary.user.name}: {each.left}." for each in all_of_it if each.left]
        said = (
            _("Everything that can be paid is in a file already.")
            if Payout.objects.filter(statement__run=run, file__isnull=False).exists()
            else _("No payment in this run is one for SEPA.")
        )
        raise NotNow(" ".join([said, *left]))
    key = uuid7()
    Payout.objects.bulk_create(
        Payout(
            statement=each.statement,
            secretary_id=each.statement.secretary_id,
            bank=each.account,
            file=key,
            state=State.ORDERED,
            made_by=by,
            made_at=at,
        )
        for each in ready
    )
    return _file(run, key)


def _opens(account: BankDetails) -> bool:
    """Of whoever's does not, her statement says that she enters it again."""
    try:
        pay_details.opened(account)
    except sealing.Unsealable:
        return False
    return True


def again(run: PayRun, key: UUID) -> bytes:
    """A file as it was made: whoever lost it has it once more."""
    return document(run, _file(run, key))


def _file(run: PayRun, key: UUID) -> File:
    found = next((each for each in files_of(run) if each.key == key), None)
    if found is None:
        raise NotNow(_("There is no such file."))
    return found


def document(run: PayRun, file: File) -> bytes:
    """The same file gives the same bytes, as long as the firm pays from the same account."""
    found = []
    for each in file.payouts:
        details = pay_details.opened(each.bank)
        days = {"first": each.statement.first_on, "last": each.statement.last_on}
        to = pain.Account(details.holder, details.iban, details.bic)
        found.append(
            pain.Transfer(each.pk.hex, to, each.statement.total, _("Pay %(first)s to %(last)s") % days)
        )
    # A bank takes no order for a day that is over.
    on = max(run.pay_on, file.made_at.date())
    return pain.document(found, paid_from=_paid_from(), key=file.key.hex, on=on, at=file.made_at)


def _paid_from() -> pain.Account:
    account = PayingAccount.objects.first()
    if account is None or not iban.is_good(account.iban):
        raise NotNow(_("The account the firm pays from is not known yet. An administrator enters it."))
    return pain.Account(account.name, account.iban, account.bic)


@transaction.atomic
def all_paid(run: PayRun, key: UUID, *, by: User, at: datetime) -> int:
    """The bank has carried out a file. What was said to have come back stays so."""
    _locked(run)
    _file(run, key)
    told = Payout.objects.filter(statement__run=run, file=key, state=State.ORDERED)
    n = told.update(state=State.PAID, marked_by=by, marked_at=at)
    ledger.record(
        "books.payouts_paid", actor_id=by.pk, subject=("books.payrun", run.pk), detail={"payments": n}
    )
    return n


@transaction.atomic
def paid(statement: PayStatement, *, by: User, at: datetime) -> None:
    """It has reached her, or her company: from a file, or by another way."""
    _locked(statement.run)
    [stands] = standings(statement.run, only=statement)
    if not stands.can_be_marked:
        raise NotNow(_("There is nothing to be paid, or it is marked as paid already."))
    if stands.payout and stands.payout.state == State.ORDERED:
        Payout.objects.filter(pk=stands.payout.pk).update(state=State.PAID, marked_by=by, marked_at=at)
    else:
        Payout.objects.create(
            statement=statement,
            secretary_id=statement.secretary_id,
            state=State.PAID,
            made_by=by,
            made_at=at,
            marked_by=by,
            marked_at=at,
        )
    _record("books.payout_paid", statement, by)


@transaction.atomic
def returned(statement: PayStatement, *, because: str, by: User, at: datetime) -> None:
    """It came back, and why. It may be paid again, into whatever account counts then."""
    _locked(statement.run)
    told = Payout.objects.filter(statement=statement).exclude(state=State.RETURNED)
    if not told.update(state=State.RETURNED, because=because, marked_by=by, marked_at=at):
        raise NotNow(_("Nobody has paid it yet."))
    _record("books.payout_returned", statement, by)


def _locked(run: PayRun) -> None:
    """Two who make files, or mark, at once wait for each other. Raises NotNow before the run is approved."""
    if not PayRun.objects.select_for_update(of=("self",), no_key=True).get(pk=run.pk).is_approved:
        raise NotNow(_("A file is made once the run is approved."))


def _record(verb: str, statement: PayStatement, by: User) -> None:
    ledger.record(verb, actor_id=by.pk, subject=("books.paystatement", statement.pk))
