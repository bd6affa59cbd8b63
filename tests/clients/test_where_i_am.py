from datetime import UTC, date, datetime, time, timedelta

import pytest

from clients import guidance, where_i_am
from clients.models import Status
from tests.told import recorded, told

HOUR = timedelta(hours=1)


def say(house, hours, *, starts_in=0, text="In court", who=None):
    contact = who or house.okafor.owner
    return where_i_am.set_status(
        contact,
        kind=Status.Kind.OUT,
        text=text,
        until_at=house.at + hours * HOUR,
        from_at=house.at + starts_in * HOUR if starts_in else None,
        by=contact.user,
        at=house.at,
    )


def words(house, after=0):
    found = guidance.guidance_at(
        house.okafor.client, house.okafor.line, guidance.Caller(), house.at + after * HOUR
    )
    return [person.words for person in found.whereabouts]


def test_a_status_holds_until_its_end_and_no_longer(house):
    say(house, 2)
    assert words(house) == ["In court"]
    assert words(house, after=2) == []


def test_a_new_status_ends_the_one_before_it(house):
    first = say(house, 6, text="Out").status
    said = say(house, 2)
    assert said.ended == (first,)
    first.refresh_from_db()
    assert first.ended_at == house.at
    assert words(house) == ["In court"]
    assert words(house, after=3) == []


def test_what_is_planned_for_later_is_covered_and_speaks_again(house):
    planned = say(house, 8, starts_in=1, text="Travelling").status
    assert say(house, 2).covered == (planned,)
    assert words(house, after=1) == ["In court"]
    assert words(house, after=3) == ["Travelling"]


def test_two_people_do_not_end_each_others(house):
    say(house, 2)
    assert say(house, 2, text="Out", who=house.okafor.delegate).ended == ()
    assert sorted(words(house)) == ["In court", "Out"]


def test_a_status_that_is_over_is_refused(house):
    with pytest.raises(where_i_am.CannotEnd):
        say(house, 0)
    assert not Status.objects.exists()


def test_it_may_be_ended_once_and_what_stood_before_can_still_be_asked(house):
    status = say(house, 2).status
    assert where_i_am.end_status(status, by=house.okafor.owner.user, at=house.at + HOUR)
    assert not where_i_am.end_status(status, by=house.okafor.owner.user, at=house.at + HOUR)
    assert words(house, after=1) == []
    assert words(house) == ["In court"]


def test_the_desk_and_the_clients_people_hear_of_it_and_nobody_else(house):
    status = say(house, 2, who=house.okafor.member).status
    assert told("availability.changed") == {
        house.helen.pk,
        house.priya.user_id,
        house.okafor.owner.user_id,
        house.okafor.delegate.user_id,
        house.okafor.member.user_id,
    }
    assert recorded("clients.status.set") == [(house.okafor.member.user_id, str(status.pk))]


AT = datetime(2026, 11, 24, 11, 30, 20, tzinfo=UTC)  # 12:30 in Lagos


@pytest.mark.parametrize(
    ("closes_at", "ends"),
    [
        (datetime(2026, 11, 24, 16, tzinfo=UTC), datetime(2026, 11, 24, 16, tzinfo=UTC)),
        (datetime(2026, 11, 25, 8, tzinfo=UTC), datetime(2026, 11, 24, 23, tzinfo=UTC)),
        (None, datetime(2026, 11, 24, 23, tzinfo=UTC)),
    ],
)
def test_the_rest_of_the_day_ends_when_she_closes_or_at_midnight(closes_at, ends):
    assert where_i_am.until("day", at=AT, zone="Africa/Lagos", closes_at=closes_at) == ends


def test_presets_are_reckoned_on_the_clients_clock():
    lagos = "Africa/Lagos"
    assert where_i_am.until("30", at=AT, zone=lagos) == datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
    assert where_i_am.until_time(AT, time(15), lagos) == datetime(2026, 11, 24, 14, tzinfo=UTC)
    assert where_i_am.until_time(AT, time(9), lagos) == datetime(2026, 11, 25, 8, tzinfo=UTC)
    assert where_i_am.until_date(date(2026, 11, 27), None, lagos) == datetime(2026, 11, 27, 23, tzinfo=UTC)
    assert where_i_am.until_date(date(2026, 11, 27), time(9), lagos) == datetime(2026, 11, 27, 8, tzinfo=UTC)
