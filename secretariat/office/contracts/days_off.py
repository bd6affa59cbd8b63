"""How many days off she has left by her contract, for whoever is asked for some."""

from datetime import date
from decimal import Decimal

from secretariat.office.models import Absence, Contract, Secretary

from . import benefits
from .benefits import IN_DAYS, Away, Balance, Given, Of


def left(secretary: Secretary, kind: str, *, on: date) -> Balance | None:
    """How her days of this kind stand at the end of a day; none where no contract of hers gives any."""
    if kind not in IN_DAYS:
        return None
    contracts = Contract.objects.signed().filter(secretary=secretary, kind=Contract.Kind.EMPLOYEE)
    gives = [each for contract in contracts.filter(from_on__lte=on) for each in given(contract)]
    found = benefits.balances([each for each in gives if each.of == kind], away(secretary), (), on=on)
    return found[0] if found else None


def away(secretary: Secretary) -> list[Away]:
    """Her days away that count."""
    approved = Absence.objects.filter(secretary=secretary, state=Absence.State.APPROVED, kind__in=[*Of])
    return [Away(Of(each.kind), each.from_on, each.until_on) for each in approved]


def given(contract: Contract) -> list[Given]:
    """What this version gives by a rule."""
    return [
        Given(
            Of(each["of"]),
            Decimal(each["each"]),
            max(date.fromisoformat(each["from"]), contract.from_on) if each["from"] else contract.from_on,
            contract.until_on,
        )
        for each in contract.benefits
        if each.get("of")
    ]
