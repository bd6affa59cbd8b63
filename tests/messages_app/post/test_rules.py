from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from messages_app.incoming_post import rules

LAGOS = ZoneInfo("Africa/Lagos")  # an hour before UTC, the whole year


@pytest.mark.parametrize(
    ("kind", "opens", "may"),
    [
        ("ordinary", "nothing", False),
        ("ordinary", "ordinary", True),
        ("parcel", "ordinary", True),
        ("registered", "ordinary", False),
        ("legal", "ordinary", False),
        ("legal", "all", True),
        ("personal", "all", False),
    ],
)
def test_what_may_be_opened(kind, opens, may):
    assert rules.may_open(kind, opens) is may


@pytest.mark.parametrize(
    ("kind", "came", "by"),
    [
        ("registered", "08:00", "17:00"),  # six by her clock
        ("legal", "16:30", "17:30"),  # within the hour
        ("legal", "22:40", "22:59"),  # before her midnight
        ("ordinary", "08:00", "10:00"),
    ],
)
def test_what_presses_is_promised_for_the_same_day(kind, came, by):
    came_at = datetime.fromisoformat(f"2026-11-24T{came}:00+00:00")
    found = rules.promised_by(kind, came_at, minutes=120, zone=LAGOS)
    assert f"{found.astimezone(UTC):%Y-%m-%d %H:%M}" == f"2026-11-24 {by}"


def test_paper_is_shredded_only_where_that_was_said():
    assert rules.shred_on("hold", date(2026, 11, 24), days=30) is None
    assert rules.shred_on("shred", date(2026, 11, 24), days=30) == date(2026, 12, 24)
    assert rules.may_leave("shredded", "ordinary", "")
    assert not rules.may_leave("shredded", "legal", "")
    assert rules.may_leave("shredded", "legal", "shred")
    assert rules.may_leave("returned", "personal", "")
