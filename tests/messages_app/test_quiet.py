"""Quiet hours: a normal message waits for their end, a pressing one does not."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messages_app import correcting, quiet, taking
from messages_app.models import Delivery
from secretariat import clock

LONDON = "Europe/London"
NIGHT = (time(22), time(7))


def ends(at: str, hours=NIGHT, zone=LONDON):
    moment = datetime.fromisoformat(at).replace(tzinfo=ZoneInfo(zone))
    found = quiet.ends_at(*hours, zone=zone, at=moment)
    return found and f"{found.astimezone(ZoneInfo(zone)):%a %H:%M}"


@pytest.mark.parametrize(
    ("at", "hours", "expected"),
    [
        ("2026-11-24 21:59", NIGHT, None),
        ("2026-11-24 22:00", NIGHT, "Wed 07:00"),
        ("2026-11-25 06:59", NIGHT, "Wed 07:00"),
        ("2026-11-25 07:00", NIGHT, None),
        ("2026-11-24 12:30", (time(12), time(13)), "Tue 13:00"),
        ("2026-11-24 13:30", (time(12), time(13)), None),
        ("2026-11-24 12:30", (None, None), None),
        ("2026-11-24 12:30", (time(12), time(12)), None),
        ("2026-03-28 23:30", (time(22), time(1, 30)), "Sun 02:00"),  # the clocks skip half past one
        ("2026-10-24 23:30", (time(22), time(1, 30)), "Sun 01:30"),
    ],
)
def test_when_they_end(at, hours, expected):
    assert ends(at, hours) == expected


@given(at=st.datetimes(timezones=st.timezones()), begins=st.times(), ends=st.times())
def test_their_end_is_never_past_and_never_further_than_a_day_or_so(at, begins, ends):
    if not 1900 < at.year < 2100:
        return
    found = quiet.ends_at(begins, ends, zone="Africa/Lagos", at=at)
    assert found is None or 0 < (found - at).total_seconds() <= 24 * 3600


@pytest.fixture
def message(office, call, priya, okafor):
    okafor.owner.quiet_from, okafor.owner.quiet_until = time(11), time(14)  # in Lagos, where it is 11:30
    okafor.owner.save()
    return taking.take_message(
        call=call,
        by=priya.user,
        at=clock.now(),
        answers=[],
        contact=okafor.owner,
        caller_name="Dana Reyes",
        caller_firm="",
        call_back_on="",
        text="Ring back",
        urgency=1,
    )


def test_a_normal_message_waits(office, message, mailoutbox):
    office.settle()
    assert mailoutbox == []
    delivery = message.deliveries.get(channel="email")
    assert f"{delivery.not_before.astimezone(ZoneInfo('Africa/Lagos')):%H:%M}" == "14:00"
    assert message.deliveries.get(channel="portal").state == Delivery.State.ACCEPTED
    office.clock_says("2026-11-24 13:01", zone=LONDON)
    office.settle()
    assert len(mailoutbox) == 1


def test_made_urgent_it_waits_no_longer(office, priya, message, mailoutbox):
    office.settle()
    correcting.raise_urgency(message, to=3, by=priya.user, at=clock.now())
    office.settle()
    assert len(mailoutbox) == 1
