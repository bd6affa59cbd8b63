"""An approved pay run as a table. What a bank is told of it: `paying_out.py`."""

from collections import defaultdict
from decimal import Decimal

from django.utils.translation import gettext as _

from secretariat.spreadsheets import line

from .models import PayRun, PayStatement, digits_of
from .pay_gathering import NotNow

HEADS = (
    *("name", "from", "until", "currency", "pay", "paid back", "total", "paid to", "pay on"),
    "paid together",  # what a company is paid for all its statements of the run, in one payment
)


def rows_of(run: PayRun) -> list[PayStatement]:
    """Its statements, in order of names. Raises NotNow before two people have said that they stand."""
    if not run.is_approved:
        raise NotNow(_("A file is made once the run is approved."))
    found = run.statements.select_related("secretary__user", "bank")
    return list(found.order_by("secretary__user__name", "pk"))


def table(run: PayRun) -> str:
    """One line for each statement, for whatever keeps the books. No cell of it opens as a formula."""
    lines = [line(HEADS)]
    statements = rows_of(run)
    together: dict[tuple, Decimal] = defaultdict(Decimal)
    for each in statements:
        together[each.partner_id, each.currency] += each.total
    for each in statements:
        ending = f"…{each.bank.ending}" if each.bank else ""
        account = f"{each.to_partner} {ending}".strip()
        days = [each.first_on.isoformat(), each.last_on.isoformat()]
        digits = digits_of(each.currency)
        money = [f"{value:.{digits}f}" for value in (each.gross, each.expenses, each.total)]
        name = each.secretary.user.name
        company = f"{together[each.partner_id, each.currency]:.{digits}f}" if each.partner_id else ""
        facts = [name, *days, each.currency, *money, account, run.pay_on.isoformat(), company]
        lines.append(line(facts))
    return "".join(lines)
