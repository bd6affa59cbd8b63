"""What a secretary's shifts are held to, in one place: the firm's rules of rest, the days for which she is
engaged, and what her contract says. Where an outsourcing company engages her its rules bind as well, and of
two the stricter holds.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from secretariat.office.contracts import holding
from secretariat.office.models import Contract, Firm, Partner, Secretary

from .rules import DAY, Agreed, Limits, Stretch

BACK = 40 * DAY  # how far before a shift another may lie that is judged with the same limits


class Held:
    """What these are held to around a time, looked up at once."""

    def __init__(self, secretaries: Iterable[Secretary], period: Stretch):
        ids = [each.pk for each in secretaries]
        self._firm = Firm.current()
        signed = Contract.objects.signed().filter(secretary__in=ids)
        lasting = Q(until_on=None) | Q(until_on__gte=(period.begins - BACK).date())
        self._contracts: dict[UUID, list[Contract]] = defaultdict(list)
        for contract in signed.filter(lasting).select_related("partner").order_by("from_on"):
            self._contracts[contract.secretary_id].append(contract)
        shut_out = Secretary.objects.filter(pk__in=ids, user__is_active=False)
        self._shut_out = set(shut_out.values_list("pk", flat=True))

    def trials(self) -> dict[UUID, date]:
        """Who works unpaid for so many hours in all, and since when."""
        return {
            whose: min(each.from_on for each in unpaid)
            for whose, contracts in self._contracts.items()
            if (unpaid := [each for each in contracts if each.is_unpaid and each.trial_hours is not None])
        }

    def limits(self, secretary: Secretary, period: Stretch) -> Limits:
        """The limits of one of them on the days of this part of it."""
        first, last = (period.begins - DAY).date(), (period.ends + DAY).date()
        contracts, firm = self._contracts[secretary.pk], self._firm
        there = [
            each
            for each in contracts
            if each.from_on <= last and (each.until_on is None or each.until_on >= first)
        ]
        says = holding.strictest(there)
        partners = [each.partner for each in there if each.partner]
        return Limits(
            rest=_hours(max(_all(firm.rest_hours, partners, "rest_hours"))),
            weekly_rest=_hours(max(_all(firm.weekly_rest_hours, partners, "weekly_rest_hours"))),
            longest=_hours(min(_all(firm.longest_shift_hours, partners, "longest_shift_hours"))),
            week_most=_hours(says.max_week),
            week_least=_hours(says.min_week),
            month_most=_hours(says.max_month),
            month_least=_hours(says.min_month),
            first_on=secretary.engaged_from,
            last_on=secretary.engaged_until,
            barred=_("She is suspended.") if secretary.pk in self._shut_out else "",
            agreed_from=firm.contracts_from,
            agreed=tuple(
                Agreed(each.from_on, each.until_on, _hours(each.trial_hours) if each.is_unpaid else None)
                for each in contracts
            ),
        )


def _all(firms, partners: list[Partner], name: str) -> list:
    """The firm's figure and those of the companies that have one."""
    return [firms, *(own for each in partners if (own := getattr(each, name)) is not None)]


def _hours(number):
    return None if number is None else timedelta(hours=float(number))
