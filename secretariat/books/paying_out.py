"""How the statements of an approved run reach their accounts: in files for the bank, or by other ways.

Each statement is told to the bank once. What came back goes into a further file, and so does whoever had no
account when the run was approved, once a person has said that she has not been paid by other ways. A file can
be had again, byte for byte. An outsourcing company is paid for all its secretaries of a run together: one
transfer, of which each statement says how it stands, and all say the same.
"""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from secretariat import ledger, outbox, sealing
from secretariat.ids import uuid7
from secretariat.office import company_people
from secretariat.office.models import User

from . import iban, pain, pay_details
from .models import BankDetails, PayingAccount, Payout, PayRun, PayStatement
from .pay_gathering import NotNow

State = Payout.State
UNPAID = State.RETURNED, State.DUE  # after these it is still to be paid


@dataclass
class Standing:
    """One statement, and how it stands: `payout` is its last try, `left` why a file for the bank has it not.

    `account` is where it would be paid; `is_other`: that account is not the one which the two people saw.
    `is_in_question`: a person is to say first whether it is paid already.
    """

    statement: PayStatement
    payout: Payout | None = None
    account: BankDetails | None = None
    is_other: bool = False
    left: str = ""
    is_in_question: bool = False

    @property
    def is_ready(self) -> bool:
        return not self.left and (self.payout is None or self.payout.state in UNPAID)

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
    def transfers(self) -> list[list[Payout]]:
        """What the bank carries out one by one: a statement, or all of one company."""
        found: dict[tuple, list[Payout]] = {}
        for each in self.payouts:
            together = each.statement.partner_id or each.statement_id
            found.setdefault((together, each.bank_id), []).append(each)
        return list(found.values())

    @property
    def total(self) -> Decimal:
        return sum((each.statement.total for each in self.payouts), Decimal(0))

    @property
    def waiting(self) -> int:
        """How many nobody has marked yet."""
        return sum(each.state == State.ORDERED for each in self.payouts)


def standings(run: PayRun, **only) -> list[Standing]:
    """Every statement of the run, or some, in order of names. As many queries however many they are."""
    rows = run.statements.filter(**only).select_related("secretary__user", "bank")
    found = list(rows.order_by("secretary__user__name", "pk"))
    tries: dict[UUID, Payout] = {}
    for each in Payout.objects.filter(statement__in=found).select_related("bank").order_by("made_at", "pk"):
        tries[each.statement_id] = each
    now = pay_details.of_all(each.payee_id for each in found)
    return [_standing(each, tries.get(each.pk), now.get(each.payee_id)) for each in found]


def _standing(statement: PayStatement, last: Payout | None, now: BankDetails | None) -> Standing:
    if last and last.state not in UNPAID:
        return Standing(statement, last, last.bank)
    # Where an account did not work, or there was none, what has been said since counts.
    account = now if last else statement.bank or now
    # Without an account it could only be paid by other ways, and nobody has to mark that.
    in_question = account is not None and statement.bank is None and last is None
    if statement.total <= 0:
        left = _("nothing to be paid")
    elif statement.currency != pain.EURO:
        left = _("not in euro")
    elif account is None:
        left = _("no bank details")
    elif in_question and statement.run.is_approved:
        left = _("approved while there was no account: somebody says first that it is not paid yet")
        return Standing(statement, last, account, is_other=True, left=left, is_in_question=True)
    elif last and account == last.bank:
        left = (
            _("came back, and the company has not entered another account")
            if statement.partner_id
            else _("came back, and she has not entered another account")
        )
    else:
        left = ""
    return Standing(statement, last, account, account != statement.bank, left)


def files_of(run: PayRun) -> list[File]:
    """What the bank has been told of this run, in order of time."""
    found: dict[UUID, File] = {}
    rows = Payout.objects.filter(statement__run=run, file__isnull=False)
    rows = rows.select_related("statement__secretary__user", "bank")
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
        left = dict.fromkeys(f"{each.statement.payee}: {each.left}." for each in all_of_it if each.left)
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
    """Of whoever's does not, the statement says that it is entered again."""
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
    for its in file.transfers:
        first = its[0]
        details = pay_details.opened(first.bank)
        amount = sum((each.statement.total for each in its), Decimal(0))
        found.append(
            pain.Transfer(
                first.pk.hex,
                pain.Account(details.holder, details.iban, details.bic),
                amount,
                _remittance(run, its),
                pain.SUPPLIER if first.statement.partner_id else pain.SALARY,
            )
        )
    # A bank takes no order for a day that is over.
    on = max(run.pay_on, file.made_at.date())
    return pain.document(found, paid_from=_paid_from(), key=file.key.hex, on=on, at=file.made_at)


def _remittance(run: PayRun, its: list[Payout]) -> str:
    """The days of the run; to a company also for whom, and how much, as far as a bank carries it."""
    words = _("Pay %(first)s to %(last)s") % {"first": run.first_on, "last": run.last_on}
    if not its[0].statement.partner_id:
        return words
    named = [pain.plain(each.statement.secretary.user.name, 35) for each in its]
    told = [f"{who} {each.statement.total:.2f}" for who, each in zip(named, its, strict=True)]
    n = len(told)
    said = ngettext("%(words)s, %(n)d statement: ", "%(words)s, %(n)d statements: ", n)
    words = said % {"words": words, "n": n}
    for k in range(n, 0, -1):
        more = f" +{n - k}" if k < n else ""
        if len(pain.plain(whole := words + ", ".join(told[:k]) + more, 1000)) <= pain.WORDS:
            return whole
    return words


def _paid_from() -> pain.Account:
    account = PayingAccount.objects.first()
    if account is None or not iban.is_good(account.iban):
        raise NotNow(_("The account the firm pays from is not known yet. An administrator enters it."))
    return pain.Account(account.name, account.iban, account.bic)


@transaction.atomic
def all_paid(run: PayRun, key: UUID, *, by: User, at: datetime) -> int:
    """The bank has carried out a file. What was said to have come back stays so. How many payments."""
    _locked(run)
    n = sum(any(each.state == State.ORDERED for each in its) for its in _file(run, key).transfers)
    told = Payout.objects.filter(statement__run=run, file=key, state=State.ORDERED)
    told.update(state=State.PAID, marked_by=by, marked_at=at)
    ledger.record(
        "books.payouts_paid", actor_id=by.pk, subject=("books.payrun", run.pk), detail={"payments": n}
    )
    return n


def together(statement: PayStatement) -> dict:
    """Which statements of its run are one payment with it: of a company all in one currency."""
    if statement.partner_id:
        return {"partner": statement.partner_id, "currency": statement.currency}
    return {"pk": statement.pk}


@transaction.atomic
def paid(statement: PayStatement, *, by: User, at: datetime) -> None:
    """It has reached her, from a file or by another way. A company is paid for all its statements at once."""
    _locked(statement.run)
    its = standings(statement.run, **together(statement))
    hers = next(each for each in its if each.statement.pk == statement.pk)
    if not hers.can_be_marked:
        raise NotNow(_("There is nothing to be paid, or it is marked as paid already."))
    if hers.payout and hers.payout.state == State.ORDERED:
        told = Payout.objects.filter(**_same_payment(hers.payout), state=State.ORDERED)
        told.update(state=State.PAID, marked_by=by, marked_at=at)
    else:
        Payout.objects.bulk_create(
            Payout(
                statement=each.statement,
                secretary_id=each.statement.secretary_id,
                state=State.PAID,
                made_by=by,
                made_at=at,
                marked_by=by,
                marked_at=at,
            )
            for each in its
            if each.can_be_marked and (each.payout is None or each.payout.state in UNPAID)
        )
    _record("books.payout_paid", statement, by)


@transaction.atomic
def returned(statement: PayStatement, *, because: str, by: User, at: datetime) -> None:
    """It came back, and why. Whoever was to have it is told, and it may be paid again, into whatever account
    counts then.
    """
    _locked(statement.run)
    last = Payout.objects.filter(statement=statement).exclude(state__in=UNPAID).first()
    if last is None:
        raise NotNow(_("Nobody has paid it yet."))
    told = Payout.objects.filter(**_same_payment(last)).exclude(state__in=UNPAID)
    told.update(state=State.RETURNED, because=because, marked_by=by, marked_at=at)
    _tell_returned(last)
    _record("books.payout_returned", statement, by)


def _tell_returned(payout: Payout) -> None:
    """Why it came back stands on her page: what a bank says is not for a mailbox."""
    statement, company = payout.statement, payout.statement.partner
    if company:
        people = [person.user for person in company_people.to_be_told(company)]
        page = reverse("partner-payment", args=[statement.run_id])
    else:
        people, page = [statement.secretary.user], reverse("my-statement", args=[statement.pk])
    days = {"first": f"{statement.first_on:%d %b %Y}", "last": f"{statement.last_on:%d %b %Y}"}
    said = _(
        "The payment for %(first)s to %(last)s came back from the bank. The reason stands on its page, where "
        "another account can be entered: %(link)s. It is paid out again once that account is confirmed."
    )
    for user in people:
        outbox.post(
            pay_details.KIND,
            key=f"{pay_details.KIND}:returned:{payout.pk}:{user.pk}",
            subject=("books.paystatement", statement.pk),
            payload={
                "to": user.email,
                "subject": _("A payment to you came back"),
                "text": said % (days | {"link": f"{settings.PUBLIC_BASE_URL}{page}"}),
            },
        )


@transaction.atomic
def not_paid_yet(run: PayRun, *, by: User, at: datetime, **only) -> int:
    """A person says of what is in question, all or some, that it is not paid. How many payments."""
    _locked(run)
    found = [each for each in standings(run, **only) if each.is_in_question]
    if not found:
        raise NotNow(_("Nothing here waits for that word."))
    Payout.objects.bulk_create(
        Payout(
            statement=each.statement,
            secretary_id=each.statement.secretary_id,
            state=State.DUE,
            made_by=by,
            made_at=at,
        )
        for each in found
    )
    n = len({each.statement.partner_id or each.statement.pk for each in found})
    about = ("books.payrun", run.pk)
    ledger.record("books.payouts_due", actor_id=by.pk, subject=about, detail={"payments": n})
    return n


def _same_payment(payout: Payout) -> dict:
    """What was told to the bank, or marked, with it: of a company all that went in one transfer."""
    statement = payout.statement
    if statement.partner_id is None:
        return {"pk": payout.pk}
    its = {f"statement__{name}": value for name, value in together(statement).items()}
    return its | {
        "statement__run": statement.run_id,
        "file": payout.file,
        "bank": payout.bank_id,
        "made_at": payout.made_at,
    }


def _locked(run: PayRun) -> None:
    """Two who make files, or mark, at once wait for each other. Raises NotNow before the run is approved."""
    if not PayRun.objects.select_for_update(of=("self",), no_key=True).get(pk=run.pk).is_approved:
        raise NotNow(_("A file is made once the run is approved."))


def _record(verb: str, statement: PayStatement, by: User) -> None:
    ledger.record(verb, actor_id=by.pk, subject=("books.paystatement", statement.pk))
