"""What is paid beside the terms of a contract has no currency of its own: in which it is paid."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import prefetch_related_objects

from secretariat.office.models import Contract

from . import rules
from .by_contract import currency_of
from .models import PayExtra, PayPart, digits_of
from .pay_gathering import EXTRA


def with_money(extras: Iterable[PayExtra]) -> list[PayExtra]:
    """These, each with `money`: its amount in the currency of the statement that has paid it.

    Until one has, in that in which it was agreed; without any contract the amount stands alone.
    """
    rows = list(extras)
    prefetch_related_objects(rows, "corrects")
    people = {each.secretary_id for each in rows}
    paid = PayPart.objects.filter(
        secretary__in=people, subject_kind=EXTRA, subject_id__in=[each.pk for each in rows]
    )
    currencies = dict(paid.values_list("subject_id", "statement__currency"))
    contracts = defaultdict(list)
    for contract in Contract.objects.signed().filter(secretary__in=people).order_by("from_on"):
        contracts[contract.secretary_id].append(contract)
    for each in rows:
        currency = currencies.get(each.pk) or currency_of(each, contracts[each.secretary_id])
        each.money = rules.money(each.amount, currency, digits_of(currency)) if currency else f"{each.amount}"
    return rows
