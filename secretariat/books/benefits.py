"""The facts of a secretary's benefits: her contracts, her days away, her approved pay; and them in words."""

from datetime import date

from django.utils.dateformat import format as date_words
from django.utils.translation import gettext as _

from secretariat.office.contracts import benefits, wording
from secretariat.office.contracts.benefits import Balance, Paid
from secretariat.office.contracts.days_off import away, given
from secretariat.office.models import Contract, Secretary

from .models import PayStatement


def told(secretary: Secretary, *, on: date) -> list[dict]:
    """Each benefit that is earned by a rule: {"what", "rule", "earned", "used", "left"}, in words."""
    contracts = Contract.objects.signed().filter(secretary=secretary, kind=Contract.Kind.EMPLOYEE)
    contracts = list(contracts.filter(from_on__lte=on).order_by("from_on"))
    if not contracts:
        return []
    newest = contracts[-1]
    approved = PayStatement.objects.filter(
        secretary=secretary, run__state="approved", currency=newest.currency
    )
    found = benefits.balances(
        [each for contract in contracts for each in given(contract)],
        away(secretary),
        [Paid(*each) for each in approved.values_list("last_on", "gross")],
        on=on,
        digits=newest.digits,
    )
    return [_in_words(each, newest) for each in found]


def _in_words(balance: Balance, contract: Contract) -> dict:
    def much(value) -> str:
        if balance.is_in_days:
            return _("%(n)s days") % {"n": f"{value.normalize():f}"}
        return wording.money(value, contract.currency, contract.digits)

    amount = wording.benefit_amount(balance.of, balance.each, contract.currency, contract.digits)
    since = date_words(balance.since, wording.DAY)
    return {
        "what": wording.benefit_names()[balance.of],
        "rule": _("%(amount)s, since %(day)s") % {"amount": amount, "day": since},
        "earned": much(balance.earned),
        "used": much(balance.used) if balance.is_in_days else "–",
        "left": much(balance.left),
    }
