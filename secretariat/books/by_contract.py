"""By which of her contracts something is paid that is no work: what came late, or fell due after the end."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from secretariat.office import pay
from secretariat.office.models import Contract

from . import shifts_and_days
from .models import BriefCharge, PayExtra, PayRun


@dataclass(frozen=True)
class Owed:
    """What is due to her besides work, and on no statement yet."""

    extras: list[PayExtra]
    charges: list[BriefCharge]
    outcomes: list[pay.Outcome]
    waited: list[pay.Waited]


def holds(contract: Contract, day) -> bool:
    return contract.from_on <= day and (contract.until_on is None or day <= contract.until_on)


def any_holds(contracts: Iterable[Contract], day: date) -> bool:
    return any(holds(each, day) for each in contracts)


def is_due(contract: Contract, run: PayRun) -> bool:
    return contract.until_on is None or contract.until_on >= run.first_on


def paying_for(contracts: Sequence[Contract], on: date) -> Contract | None:
    """By which something of this day is paid: the one that holds on it, else the next.

    `contracts`: hers, in the order of their days. After the last has ended, that one.
    """
    lasting = (each for each in contracts if each.until_on is None or each.until_on >= on)
    return next(lasting, contracts[-1] if contracts else None)


def pays_in(contracts: Sequence[Contract], on: date) -> str:
    """In which currency something of this day is paid: by the contract that holds on it, else by the next.

    `contracts`: hers, in the order of their days. After the last has ended, by that one; without any, "".
    """
    found = paying_for(contracts, on)
    return found.currency if found else ""


def currency_of(extra: PayExtra, contracts: Sequence[Contract]) -> str:
    """In which it was agreed: that of the statement it puts right, else that of the contract of its day."""
    return extra.corrects.currency if extra.corrects else pays_in(contracts, extra.on)


def pays_late(contract: Contract, owed: Owed, away: set[date], due: list[Contract]) -> bool:
    """Whether one that is over still pays commission, a day away or waiting that is not paid yet.

    Not in other money than those that go on: what is due now does not wait for that.
    """
    if contract.is_unpaid or any(each.currency != contract.currency for each in due):
        return False
    days = away | {it.day for it in owed.outcomes}
    if shifts_and_days.pays_for([contract], pay.By.WAITING):
        days |= {it.day for it in owed.waited}
    return any(holds(contract, day) for day in days)


def of_a_contract(outcome: pay.Outcome, contracts: list[Contract]) -> pay.Outcome:
    """On a day on which none holds it is paid as on the first day of the next, or the last of the last."""
    found = paying_for(contracts, outcome.day)
    if found is None or holds(found, outcome.day):
        return outcome
    return replace(outcome, day=found.from_on if outcome.day < found.from_on else found.until_on)


def of_extras(owed: Owed, contracts: list[Contract]) -> list[Contract]:
    """By which the extras and charges are paid. What comes late is of the contract of its day."""
    days = [*(day_of(each, contracts) for each in owed.extras), *(each.on for each in owed.charges)]
    return [found for found in (paying_for(contracts, day) for day in days) if found]


def owed_to(payee: UUID | None, owed: Owed, contracts: list[Contract]) -> Owed:
    """Of the extras and charges those of one payee, where she was engaged in several ways."""

    def is_its(day: date) -> bool:
        found = paying_for(contracts, day)
        return found is not None and found.partner_id == payee

    extras = [each for each in owed.extras if is_its(day_of(each, contracts))]
    return replace(owed, extras=extras, charges=[each for each in owed.charges if is_its(each.on)])


def day_of(extra: PayExtra, contracts: Iterable[Contract]) -> date:
    """Its own; of what puts a statement right, the last on which she worked for whoever was paid by that."""
    if extra.corrects is None:
        return extra.on
    last, partner = extra.corrects.last_on, extra.corrects.partner_id
    held = [each for each in contracts if each.partner_id == partner and each.from_on <= last]
    return max((min(each.until_on or last, last) for each in held), default=extra.on)
