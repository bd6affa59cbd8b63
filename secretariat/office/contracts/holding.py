"""Which contract holds on a day, what it allows, and its paper. Nothing here changes a row."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from operator import itemgetter
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.dateformat import format as date_words
from django.utils.translation import gettext as _

from secretariat.media import storing
from secretariat.media.models import MediaFile
from secretariat.office.models import Contract, Firm, Secretary

A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Limits:
    """Hours by contract; None where it says nothing."""

    min_week: Decimal | None = None
    max_week: Decimal | None = None
    min_month: Decimal | None = None
    max_month: Decimal | None = None


def of(secretary: Secretary, on: date) -> Contract | None:
    """The contract that holds on this day."""
    return Contract.objects.holding(on).filter(secretary=secretary).first()


def limits_of(secretary: Secretary, on: date) -> Limits:
    """How many hours a week and a month her contract of this day promises, and allows."""
    held = of(secretary, on)
    return strictest([held] if held else [])


def strictest(contracts: Iterable[Contract]) -> Limits:
    """What these allow together, with the rules of the companies through which she is engaged.

    Of several mosts the smallest holds, and of several leasts too: no more is promised than each allows.
    """
    rows = list(contracts)
    partners = [each.partner for each in rows if each.partner]

    def least_of(name: str, also=()) -> Decimal | None:
        said = [getattr(each, name) for each in (*rows, *also)]
        return min((each for each in said if each is not None), default=None)

    return Limits(
        least_of("min_hours_week"),
        least_of("max_hours_week", partners),
        least_of("min_hours_month"),
        least_of("max_hours_month", partners),
    )


def why_not(secretary: Secretary, on: date) -> str:
    """Why she may not work on this day for want of a contract; empty if she may."""
    return why_not_each({secretary: on}).get(secretary.pk, "")


def why_not_each(days: Mapping[Secretary, date]) -> dict[UUID, str]:
    """The same for many, each on her day; one query however many they are. Who may work is not named."""
    begins = Firm.figure("contracts_from") if days else None
    wanted = {her: on for her, on in days.items() if wanted_by(on, begins)}
    if not wanted:
        return {}
    times = signed_days([each.pk for each in wanted], min(wanted.values()), max(wanted.values()))
    return {
        her.pk: _("%(name)s has no signed contract for %(day)s.")
        % {"name": her.spoken_name, "day": date_words(on, "j F Y")}
        for her, on in wanted.items()
        if not is_among(on, times[her.pk])
    }


def signed_days(
    secretaries: Iterable[UUID], first: date, last: date
) -> dict[UUID, list[tuple[date, date | None]]]:
    """First and last day of each one's signed contracts that lie between these two at least in part."""
    rows = Contract.objects.signed().filter(
        Q(until_on=None) | Q(until_on__gte=first), from_on__lte=last, secretary__in=list(secretaries)
    )
    times = defaultdict(list)
    for secretary_id, from_on, until_on in rows.values_list("secretary", "from_on", "until_on"):
        times[secretary_id].append((from_on, until_on))
    return times


def is_among(on: date, times: Iterable[tuple[date, date | None]]) -> bool:
    """Whether one of these lasts on this day."""
    return any(begins <= on and (ends is None or on <= ends) for begins, ends in times)


def goes_on(contract: Contract, today: date) -> bool:
    """Whether she has had another one on every day since this one's last, and has one today."""
    begins = contract.until_on + A_DAY
    times = signed_days([contract.secretary_id], begins, today)[contract.secretary_id]
    for first, last in sorted(times, key=itemgetter(0)):
        if first > begins:
            return False
        if last is None or last >= today:
            return True
        begins = last + A_DAY
    return False


def next_from(secretary: Secretary, after: date) -> date | None:
    """The first day of the next one that begins after this day and that both sides have signed."""
    later = Contract.objects.signed().filter(secretary=secretary, from_on__gt=after)
    return later.order_by("from_on").values_list("from_on", flat=True).first()


def is_wanted(on: date) -> bool:
    """Whether the firm asks for a signed contract on this day. One that has begun to keep them does."""
    return wanted_by(on, Firm.figure("contracts_from"))


def wanted_by(on: date, wanted_from: date | None) -> bool:
    """The same, where the firm's day is known."""
    return wanted_from is not None and wanted_from <= on


def today(secretary: Secretary, at: datetime) -> date:
    return at.astimezone(ZoneInfo(secretary.zone)).date()


def before(contract: Contract) -> Contract | None:
    """The last version both signed before this one, to be compared with it."""
    earlier = Contract.objects.signed().filter(secretary=contract.secretary_id, version__lt=contract.version)
    return earlier.order_by("-version").first()


def paper(contract: Contract) -> Iterator[bytes]:
    """The bytes of the paper that was offered."""
    return storing.read(MediaFile.objects.get(pk=contract.media_id))
