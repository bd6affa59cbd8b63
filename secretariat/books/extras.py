"""What is paid beside the terms of a contract has no currency of its own: in which it is paid."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from secretariat.office.models import Contract

from . import rules
from .by_contract import paying_for
from .models import PayExtra, PayPart, digits_of
from .pay_gathering import EXTRA


def with_money(extras: Iterable[PayExtra]) -> list[PayExtra]:
    """These, each with `money`: its amount in the currency of the statement that has paid it.

    Until one has, in that of the contract which pays it; without any contract the amount stands alone.
    """
    rows = list(extras)
    people = {each.secretary_id for each in rows}
    paid = PayPart.objects.filter(
        secretary__in=people, subject_kind=EXTRA, subject_id__in=[each.pk for each in rows]
    )
    currencies = dict(paid.values_list("subject_id", "statement__currency"))
    contracts = defaultdict(list)
    for contract in Contract.objects.signed().filter(secretary__in=people).order_by("from_on"):
        contracts[contract.secretary_id].append(contract)
    for each in rows:
        currency = currencies.get(each.pk) or pays_in(contracts[each.secretary_id], each.on)
        each.money = rules.money(each.amount, currency, digits_of(currency)) if currency else f"{each.amount}"
    return rows


def pays_in(contracts: Sequence[Contract], on: date) -> str:
    """In which currency something of this day is paid: by the contract that holds on it, else by the next.

    `contracts`: hers, in the order of their days. After the last has ended, by that one; without any, "".
    """
    found = paying_for(contracts, on)
    return found.currency if found else ""
