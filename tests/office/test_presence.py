from datetime import timedelta

import pytest
from django.db.models.functions import Now

from secretariat.live.models import LiveEvent
from secretariat.office import presence
from secretariat.office.models import Break, LineKind, Presence, Secretary, Shift
from tests.told import recorded, told

MINUTE = timedelta(minutes=1)
State, Because = Presence.State, Presence.AwayBecause


@pytest.fixture
def at_work(house):
    presence.start_shift(house.priya, line=LineKind.BROWSER, at=house.at, declared=True)
    return house


def state(secretary):
    return Presence.objects.get(secretary=secretary).state


def falls_silent(secretary):
    Presence.objects.filter(secretary=secretary).update(heartbeat_at=Now() - timedelta(seconds=60))


def test_a_shift_starts_with_the_declaration_and_makes_her_ready(house):
    with pytest.raises(presence.NotNow, match="declaration"):
        presence.start_shift(house.priya, line=LineKind.BROWSER, at=house.at, declared=False)
    shift = presence.start_shift(house.priya, line=LineKind.BROWSER, at=house.at, declared=True)
    assert (shift.declared_at, shift.ended_at) == (house.at, None)
    assert state(house.priya) == State.READY
    assert told("shift.changed") == {house.priya.user_id, house.helen.pk}
    assert recorded("office.shift.started") == [(house.priya.user_id, str(shift.pk))]


def test_her_own_telephone_needs_a_number(house):
    with pytest.raises(presence.NotNow, match="number"):
        presence.start_shift(house.priya, line=LineKind.PHONE, at=house.at, declared=True)
    presence.start_shift(house.rui, line=LineKind.PHONE, at=house.at, declared=True)
    falls_silent(house.rui)
    assert house.rui.pk in Presence.objects.reachable().values_list("pk", flat=True)


def test_starting_again_goes_on_by_the_other_line(at_work):
    house = at_work
    house.priya.home_number = house.priya.verified_number = "+441632960002"
    presence.start_shift(house.priya, line=LineKind.PHONE, at=house.at + MINUTE, declared=True)
    assert Shift.objects.get().line == LineKind.PHONE
    assert Presence.objects.get(secretary=house.priya).line == LineKind.PHONE


def test_a_break_has_a_reason_and_an_end(at_work):
    house = at_work
    presence.take_break(house.priya, reason="Lunch", at=house.at, back_at=house.at + 30 * MINUTE)
    assert state(house.priya) == State.BREAK
    presence.ready(house.priya, at=house.at + 25 * MINUTE)
    taken = Break.objects.get()
    assert (taken.reason, taken.started_at, taken.ended_at) == ("Lunch", house.at, house.at + 25 * MINUTE)
    assert Presence.objects.get(secretary=house.priya).break_reason == ""


def test_ending_the_shift_ends_the_break_too(at_work):
    house = at_work
    presence.take_break(house.priya, reason="Lunch", at=house.at)
    assert presence.end_shift(house.priya, at=house.at + MINUTE)
    assert not presence.end_shift(house.priya, at=house.at + MINUTE)
    assert Break.objects.get().ended_at == house.at + MINUTE
    assert state(house.priya) == State.OFF


@pytest.mark.parametrize(
    "verb",
    [
        lambda house: presence.ready(house.priya, at=house.at),
        lambda house: presence.take_break(house.priya, reason="Lunch", at=house.at),
        lambda house: presence.away(house.priya, at=house.at),
        lambda house: presence.end_shift(house.priya, at=house.at),
    ],
)
def test_on_a_call_she_stays_on_it(at_work, verb):
    presence.takes_call(at_work.priya, at=at_work.at)
    with pytest.raises(presence.NotNow, match="call"):
        verb(at_work)
    assert state(at_work.priya) == State.ON_CALL


def test_off_shift_there_is_nothing_to_be_ready_for(house):
    with pytest.raises(presence.NotNow, match="Start your shift"):
        presence.ready(house.priya, at=house.at)
    assert not presence.heartbeat(house.priya, at=house.at, phone_registered=True)


def test_after_a_call_she_wraps_up_and_is_free_again(at_work):
    house = at_work
    presence.takes_call(house.priya, at=house.at)
    presence.wraps_up(house.priya, at=house.at)
    assert state(house.priya) == State.WRAP_UP
    presence.is_free_again(house.priya, at=house.at)
    assert state(house.priya) == State.READY


def test_a_break_she_took_while_finishing_is_not_undone_by_the_end_of_the_call(at_work):
    house = at_work
    presence.takes_call(house.priya, at=house.at)
    presence.wraps_up(house.priya, at=house.at)
    presence.take_break(house.priya, reason="Tea", at=house.at)
    presence.is_free_again(house.priya, at=house.at)
    assert state(house.priya) == State.BREAK


def test_two_missed_calls_in_a_row_make_her_away_and_an_answer_forgives(at_work):
    house = at_work
    presence.missed(house.priya, at=house.at)
    assert state(house.priya) == State.READY
    presence.takes_call(house.priya, at=house.at)
    presence.is_free_again(house.priya, at=house.at)
    presence.missed(house.priya, at=house.at)
    assert state(house.priya) == State.READY
    presence.missed(house.priya, at=house.at)
    row = Presence.objects.get(secretary=house.priya)
    assert (row.state, row.away_because) == (State.AWAY, Because.MISSED)
    assert presence.heartbeat(house.priya, at=house.at, phone_registered=True)
    assert state(house.priya) == State.AWAY  # being there is not answering
    presence.ready(house.priya, at=house.at)
    assert Presence.objects.get(secretary=house.priya).missed_offers == 0


def test_a_silent_browser_is_away_until_it_is_heard_from(at_work):
    house = at_work
    assert presence.notice_silence(at=house.at) == 0
    falls_silent(house.priya)
    assert not Presence.objects.reachable().exists()
    assert presence.notice_silence(at=house.at) == 1
    assert presence.notice_silence(at=house.at) == 0
    assert Presence.objects.get(secretary=house.priya).away_because == Because.SILENT
    presence.heartbeat(house.priya, at=house.at, phone_registered=True)
    assert state(house.priya) == State.READY


def test_her_desk_learns_that_its_line_is_connected_or_lost_and_only_then(at_work):
    def beats(registered):
        before = LiveEvent.objects.count()
        presence.heartbeat(at_work.priya, at=at_work.at, phone_registered=registered)
        return LiveEvent.objects.count() - before

    assert [beats(False), beats(True), beats(True), beats(False)][1:] == [1, 0, 1]


def test_another_line_is_not_taken_in_the_middle_of_a_call(at_work):
    secretary = at_work.priya
    Secretary.objects.filter(pk=secretary.pk).update(
        home_number="+442079460177", verified_number="+442079460177"
    )
    secretary.refresh_from_db()
    presence.takes_call(secretary, at=at_work.at)
    with pytest.raises(presence.NotNow, match="End it first"):
        presence.start_shift(secretary, line=LineKind.PHONE, at=at_work.at, declared=True)


def test_every_change_raises_the_version(at_work):
    before = Presence.objects.get(secretary=at_work.priya).version
    presence.away(at_work.priya, at=at_work.at)
    presence.ready(at_work.priya, at=at_work.at)
    assert Presence.objects.get(secretary=at_work.priya).version == before + 2
