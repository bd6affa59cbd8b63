"""From which day on something can end, by hand."""

from datetime import date

import pytest

from secretariat.office.contracts import notice


@pytest.mark.parametrize(
    ("begins", "day", "last"),
    [
        (date(2026, 12, 1), date(2026, 12, 5), date(2027, 11, 30)),
        (date(2025, 5, 1), date(2027, 1, 23), date(2027, 4, 30)),
        (date(2025, 5, 1), date(2027, 4, 30), date(2027, 4, 30)),
        (date(2025, 5, 1), date(2027, 5, 1), date(2028, 4, 30)),
        (date(2024, 2, 29), date(2024, 3, 1), date(2025, 2, 28)),
        (date(2024, 2, 29), date(2028, 2, 29), date(2029, 2, 28)),
        (date(2026, 1, 1), date(2026, 12, 31), date(2026, 12, 31)),
        (date(2026, 1, 1), date(2025, 6, 1), date(2026, 12, 31)),
    ],
)
def test_a_year_of_it_ends_the_day_before_it_begins_again(begins, day, last):
    assert notice.end_of_year(begins, day) == last


def test_what_ends_by_itself_before_the_notice_has_run_out_needs_none():
    today = date(2026, 11, 24)
    assert notice.earliest(today, 28) == date(2026, 12, 22)
    assert notice.earliest(today, 28, date(2026, 12, 1)) == date(2026, 12, 1)
    assert notice.earliest(today, 0) == today
