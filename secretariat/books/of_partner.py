"""What an outsourcing company sees of its own secretaries: when they worked, never for whom."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q

from clients.local_time import day_begins
from secretariat.office.contracts.letting_go import ON_THE_TABLE
from secretariat.office.models import Contract, ContractSigning, Partner, Secretary, Shift
from secretariat.office.rota import rules
from secretariat.office.rota.rules import NOTHING, Stretch

WEEKS = 8


@dataclass
class Hours:
    """One secretary with her time on shift of each of the last weeks, this one first."""

    secretary: Secretary
    until_on: date | None
    weeks: list[tuple[date, timedelta]] = field(default_factory=list)


def company(user) -> Partner:
    return Partner.objects.get(pk=user.roles.partner)


def contracts(user):
    """Those made through it, whatever waits for its signature first; `waits` says which."""
    theirs = Contract.objects.visible_to(user).filter(partner=user.roles.partner)
    signed = ContractSigning.objects.filter(contract=OuterRef("pk"), side=ContractSigning.Side.PARTNER)
    open_ones = Q(state__in=ON_THE_TABLE) & ~Exists(signed)
    rows = theirs.annotate(waits=open_ones).select_related("secretary__user")
    return rows.order_by("-waits", "secretary__spoken_name", "-version")[:100]


def hours(user, *, at: datetime) -> list[Hours]:
    """Only days on which she is engaged through this company count.

    The weeks are hers, by her own clocks; which of them is this one goes by those of whoever asks.
    """
    first = rules.monday_of(at.astimezone(ZoneInfo(user.zone)).date()) - (WEEKS - 1) * rules.WEEK
    lasting = Q(until_on=None) | Q(until_on__gte=first)
    theirs = Contract.objects.signed().filter(lasting, partner=user.roles.partner)
    found: dict = {}
    for contract in theirs.select_related("secretary__user").order_by("secretary__spoken_name", "from_on"):
        found.setdefault(contract.secretary_id, (contract.secretary, []))[1].append(contract)
    since = day_begins(first, ZoneInfo("UTC")) - rules.DAY
    rows = Shift.objects.filter(Q(ended_at=None) | Q(ended_at__gt=since), secretary__in=found)
    shifts: dict = {}
    for whose, began, ended in rows.values_list("secretary_id", "started_at", "ended_at"):
        shifts.setdefault(whose, []).append(Stretch(began, max(began, ended or at)))
    return [
        Hours(
            secretary,
            contracts[-1].until_on,
            [
                (monday, _worked(shifts.get(pk, ()), contracts, monday, secretary.zone))
                for monday in (first + n * rules.WEEK for n in reversed(range(WEEKS)))
            ],
        )
        for pk, (secretary, contracts) in found.items()
    ]


def _worked(shifts, contracts, monday: date, zone: str) -> timedelta:
    """Time on shift in this week that lies within one of the contracts."""
    total, sunday = NOTHING, monday + 6 * rules.DAY
    for contract in contracts:
        first, last = max(monday, contract.from_on), min(sunday, contract.until_on or sunday)
        if first <= last:
            total += rules.planned(shifts, rules.days(first, last, zone))
    return total
