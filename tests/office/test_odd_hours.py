"""Of which sorts a shift is, by her own clocks."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from secretariat.office.odd_hours import sorts

HOLIDAYS = {date(2026, 12, 25)}  # a Friday


@pytest.mark.parametrize(
    ("begins", "ends", "found"),
    [
        ("2026-12-02 09:00", "2026-12-02 17:00", set()),
        ("2026-12-02 14:00", "2026-12-02 22:00", set()),
        ("2026-12-02 14:00", "2026-12-02 22:01", {"night"}),
        ("2026-12-02 05:59", "2026-12-02 10:00", {"night"}),
        ("2026-12-02 06:00", "2026-12-02 10:00", set()),
        ("2026-12-02 20:00", "2026-12-03 02:00", {"night"}),
        ("2026-12-04 18:00", "2026-12-05 00:00", {"night"}),  # until midnight is Friday still
        ("2026-12-04 18:00", "2026-12-05 00:30", {"night", "weekend"}),
        ("2026-12-06 09:00", "2026-12-06 12:00", {"weekend"}),
        ("2026-12-06 22:00", "2026-12-07 06:00", {"night", "weekend"}),
        ("2026-12-25 09:00", "2026-12-25 12:00", {"holiday"}),
        ("2026-12-24 23:00", "2026-12-25 03:00", {"night", "holiday"}),
    ],
)
@pytest.mark.parametrize("zone", ["Europe/London", "Pacific/Auckland"])
def test_any_part_of_it_tells(begins, ends, found, zone):
    since, until = (datetime.fromisoformat(each).replace(tzinfo=ZoneInfo(zone)) for each in (begins, ends))
    assert sorts(since, until, zone, HOLIDAYS) == found
