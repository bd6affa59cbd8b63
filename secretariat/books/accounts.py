"""A month for the accounts: each bill, credit note, payment and pay statement as a line of a file."""

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from secretariat.spreadsheets import BOM, line

from .models import Bill, Payment, PayStatement


def table(first: date, last: date) -> str:
    """CSV of what was issued, came in and was paid out on the days of this month, in order of days."""
    rows = sorted([*_bills(first, last), *_payments(first, last), *_pay(first, last)])
    head = [_("Day"), _("What"), _("Number"), _("With whom"), _("Net"), _("VAT"), _("Total"), _("Currency")]
    return BOM + line(head) + "".join(line(row) for row in rows)


def _bills(first: date, last: date) -> Iterator[tuple]:
    issued = Bill.objects.issued().filter(issued_on__range=(first, last))
    for each in issued.select_related("client"):
        # Those of a credit note stand on it with a minus.
        amounts = (str(amount) for amount in (each.net, each.vat, each.total))
        what = str(each.get_kind_display())
        yield (each.issued_on.isoformat(), what, each.number, each.client.name, *amounts, each.currency)


def _payments(first: date, last: date) -> Iterator[tuple]:
    came = Payment.objects.filter(paid_on__range=(first, last)).select_related("bill", "client")
    for each in came:
        about = (each.bill.number, each.client.name, "", "", str(each.amount), each.bill.currency)
        yield (each.paid_on.isoformat(), _("Payment"), *about)


def statements(first: date, last: date) -> QuerySet[PayStatement]:
    """Whose pay stands in the file of this month."""
    return PayStatement.objects.filter(run__state="approved", run__pay_on__range=(first, last))


def _pay(first: date, last: date) -> Iterator[tuple]:
    """As whoever is paid: the secretary, or the company through which she is engaged."""
    for each in statements(first, last).select_related("run", "secretary__user"):
        whom = each.to_partner or each.secretary.user.name
        amounts = (str(-each.gross), "", str(-each.total))
        yield (each.run.pay_on.isoformat(), _("Pay"), "", whom, *amounts, each.currency)
