"""Lists of the admin that stay as quick when there are a million rows: nothing on them looks at every row."""

from datetime import datetime, timedelta

from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Paginator
from django.db.models import Max, Min
from django.utils import timezone
from django.utils.functional import cached_property

MOST = 2000  # rows that are counted and can be turned to; what is older is found by its day, or by searching


class CountsToAPoint(Paginator):
    """Counts no further than needed to say that there are more than `MOST`."""

    @property
    def most(self) -> int:
        return MOST

    @cached_property
    def count(self):
        return self.object_list.order_by()[: MOST + 1].count()

    @property
    def there_are_more(self) -> bool:
        return self.count > MOST


class LongList(ChangeList):
    """Offers the periods from the first row to the last, whether or not each of them has one."""

    def get_queryset(self, request, exclude_parameters=None):
        rows = super().get_queryset(request, exclude_parameters)
        if self.date_hierarchy:
            # What the list asks for its links would truncate the moment of every row.
            rows.datetimes = lambda field, period: periods(rows, field, period)
        return rows


def periods(rows, field: str, period: str) -> list[datetime]:
    """The beginnings of all years, months or days from the first row to the last, in the reader's zone."""
    ends = rows.order_by().aggregate(first=Min(field), last=Max(field))
    if ends["first"] is None:
        return []
    first, last = (_beginning(timezone.localtime(ends[end]), period) for end in ("first", "last"))
    found = [first]
    while found[-1] < last:
        # Longer than any period and shorter than two: then back to where that one began.
        step = timedelta(days={"year": 370, "month": 32, "day": 1}[period])
        found.append(_beginning(found[-1] + step, period))
    return found


def _beginning(moment: datetime, period: str) -> datetime:
    nought = {"hour": 0, "minute": 0, "second": 0, "microsecond": 0}
    return moment.replace(**nought, **{"year": {"month": 1, "day": 1}, "month": {"day": 1}}.get(period, {}))
