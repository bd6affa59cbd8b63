"""The evening before, the client has by mail what stands in her diary."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core import mail
from hypothesis import given
from hypothesis import strategies as st

from calendar_app import agenda_times, around, booking
from calendar_app.models import Place
from calendar_app.planning import Coming
from secretariat import clock
from tests.calendar_app import diaries

WEEKDAYS = [0, 1, 2, 3, 4]
DANA = Coming(name="Dana Reyes", number="+442079460123")


@pytest.mark.parametrize(
    ("evening", "evenings", "first", "last"),
    [
        ("2026-11-24", range(7), "2026-11-25", "2026-11-25"),
        ("2026-11-26", WEEKDAYS, "2026-11-27", "2026-11-27"),
        ("2026-11-27", WEEKDAYS, "2026-11-28", "2026-11-30"),  # a Friday: the weekend, and Monday
        ("2026-11-29", [6], "2026-11-30", "2026-12-06"),
    ],
)
def test_an_evening_covers_the_days_until_the_next(evening, evenings, first, last):
    found = agenda_times.covered(date.fromisoformat(evening), evenings)
    assert found == (date.fromisoformat(first), date.fromisoformat(last))


@given(st.integers(0, 3000), st.sets(st.integers(0, 6), min_size=1))
def test_every_day_is_covered_by_one_evening(n, evenings):
    day = date(2026, 1, 1) + timedelta(days=n)
    before = [day - timedelta(days=each) for each in range(1, 8)]
    covering = [
        each
        for each in before
        if each.weekday() in evenings
        and agenda_times.covered(each, evenings)[0] <= day <= agenda_times.covered(each, evenings)[1]
    ]
    assert len(covering) == 1


@pytest.mark.parametrize(
    ("at", "due"),
    [
        ("2026-11-24T17:59", None),
        ("2026-11-24T18:00", date(2026, 11, 24)),
        ("2026-11-24T20:59", date(2026, 11, 24)),
        ("2026-11-24T21:00", None),  # too late to be of use
        ("2026-11-28T18:00", None),  # a Saturday
    ],
)
def test_an_agenda_is_due_at_its_hour(at, due):
    found = agenda_times.evening_due(
        datetime.fromisoformat(at).replace(tzinfo=UTC), zone="UTC", hour=time(18), evenings=WEEKDAYS
    )
    assert found == due


@pytest.fixture
def okafor(office):
    office.clock_says("2026-11-24 10:30")
    return office.client("Okafor Legal", zone="Africa/Lagos", country="NG")


@pytest.fixture
def diary(okafor):
    made = diaries.diary_of(okafor.row)
    around.say(made, {"sends_agenda": True, "agenda_days": WEEKDAYS}, by=okafor.owner.user)
    return made


def agendas():
    return [each for each in mail.outbox if each.subject.startswith("Your diary for")]


def until(office, local):
    office.clock_says(local, "Africa/Lagos")
    office.settle()


def test_the_agenda_tells_all_she_needs_once(office, okafor, diary):
    place = Place.objects.create(
        client=okafor.row, name="Broad Street", address="12 Broad Street", directions="Ring twice."
    )
    meeting = diaries.booked(
        diary, "14:00", date(2026, 11, 25), when=clock.now(), guests=(DANA,), place=place, about="The lease"
    )
    booking.change(
        meeting, version=meeting.version, by=okafor.owner.user, at=clock.now(), preparation="Read clause 4."
    )
    diaries.booked(diary, "10:00", date(2026, 11, 26), when=clock.now(), about="Another day")
    until(office, "2026-11-24 17:59")
    assert agendas() == []
    until(office, "2026-11-24 18:00")
    [told] = agendas()
    assert told.subject == "Your diary for Wednesday 25 November"
    assert told.to == [okafor.owner.addresses.get(kind="email").value]
    for words in (
        "14:00–14:30  The lease",
        "Broad Street, 12 Broad Street",
        "Ring twice.",
        "Dana Reyes, +442079460123",
        "Read clause 4.",
        f"/portal/diary/meetings/{meeting.pk}/",
        "Times are those of Lagos.",
    ):
        assert words in told.body
    assert "Another day" not in told.body
    assert not told.attachments
    until(office, "2026-11-24 19:00")
    assert len(agendas()) == 1


def test_an_empty_day_is_told_only_where_she_wants_it(office, okafor, diary):
    until(office, "2026-11-24 18:30")
    assert agendas() == []
    around.say(diary, {"agenda_when_empty": True}, by=okafor.owner.user)
    until(office, "2026-11-24 18:31")
    [told] = agendas()
    assert "Nothing stands in it." in told.body


def test_on_friday_the_weekend_and_monday_are_told(office, okafor, diary):
    diaries.booked(diary, "10:00", date(2026, 11, 30), when=clock.now(), about="Monday first thing")
    until(office, "2026-11-27 18:00")
    [told] = agendas()
    assert "Monday first thing" in told.body
    until(office, "2026-11-29 18:00")
    assert len(agendas()) == 1


def test_the_portal_shows_the_same_to_print(office, okafor, diary):
    diaries.booked(diary, "14:00", date(2026, 11, 25), when=clock.now(), guests=(DANA,), about="The lease")
    diaries.stands_elsewhere(diary, datetime(2026, 11, 25, 8, tzinfo=UTC))
    owner = office.browser(okafor.owner)
    page = owner.get("/portal/diary/agenda/").content.decode()
    for words in ("Wednesday 25 November 2026", "14:00–14:30", "The lease", "Dana Reyes", "Dentist"):
        assert words in page
    assert "Nothing stands in it." in owner.get("/portal/diary/agenda/?on=2026-12-01").content.decode()
