"""An approved pay run as a table. What a bank is told of it: `paying_out.py`."""

from django.utils.translation import gettext as _

from secretariat.spreadsheets import line

from .models import PayRun, PayStatement, digits_of
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
        digits = digits_of(each.currency)
        money = [f"{value:.{digits}f}" for value in (each.gross, each.expenses, each.total)]
        name = each.secretary.user.name
        lines.append(line([name, *days, each.currency, *money, account, run.pay_on.isoformat()]))
    return "".join(lines)
