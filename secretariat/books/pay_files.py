"""What leaves an approved pay run as a file: a table, and payments for a bank."""

from datetime import datetime

from django.utils.translation import gettext as _

from secretariat.spreadsheets import line

from . import iban, pain, pay_details
from .models import PayingAccount, PayRun, PayStatement
from .pay_gathering import NotNow

HEADS = ("name", "from", "until", "currency", "pay", "paid back", "total", "paid to", "pay on")


def rows_of(run: PayRun) -> list[PayStatement]:
    """Its statements, in order of names. Raises NotNow before two people have said that they stand."""
    if not run.is_approved:
        raise NotNow(_("A file is made once the run is approved."))
    found = run.statements.select_related("secretary__user", "bank")
    return list(found.order_by("secretary__user__name", "pk"))


def table(run: PayRun) -> str:
    """One line for each statement, for whatever keeps the books. No cell of it opens as a formula."""
    lines = [line(HEADS)]
    for each in rows_of(run):
        account = f"…{each.bank.ending}" if each.bank else each.to_partner
        days = [each.first_on.isoformat(), each.last_on.isoformat()]
        money = [f"{value:.2f}" for value in (each.gross, each.expenses, each.total)]
        name = each.secretary.user.name
        lines.append(line([name, *days, each.currency, *money, account, run.pay_on.isoformat()]))
    return "".join(lines)


def transfers(run: PayRun) -> tuple[list[pain.Transfer], list[str]]:
    """What a bank can be told to pay, and in words what it cannot."""
    found, left = [], []
    for each in rows_of(run):
        name = each.secretary.user.name
        if each.total <= 0:
            left.append(_("%(name)s: nothing to be paid.") % {"name": name})
        elif each.to_partner:
            left.append(_("%(name)s: paid through %(who)s.") % {"name": name, "who": each.to_partner})
        elif each.currency != pain.EURO:
            left.append(_("%(name)s: not in euro.") % {"name": name})
        elif each.bank is None:
            left.append(_("%(name)s: no bank details.") % {"name": name})
        else:
            details = pay_details.opened(each.bank)
            words = _("Pay %(first)s to %(last)s") % {"first": each.first_on, "last": each.last_on}
            to = pain.Account(details.holder, details.iban, details.bic)
            found.append(pain.Transfer(each.pk.hex, to, each.total, words))
    return found, left


def for_bank(run: PayRun, *, at: datetime) -> bytes:
    """The file. Raises NotNow where there is nothing that such a file can pay."""
    account = PayingAccount.objects.first()
    if account is None or not iban.is_good(account.iban):
        raise NotNow(_("The account the firm pays from is not known yet. An administrator enters it."))
    found, left = transfers(run)
    if not found:
        raise NotNow(_("No payment in this run is one for SEPA. ") + " ".join(left))
    paid_from = pain.Account(account.name, account.iban, account.bic)
    return pain.document(found, paid_from=paid_from, key=run.pk.hex, on=run.pay_on, at=at)
