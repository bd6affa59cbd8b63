from datetime import timedelta

import pytest

from clients import correspondents, guidance, instructing
from clients.models import Correspondent, CorrespondentAddress, Instruction
from tests.told import recorded, told

HOUR = timedelta(hours=1)
DANA = "+447700900123"


@pytest.fixture
def dana(house):
    dana = Correspondent.objects.create(client=house.okafor.client, name="Dana Reyes", firm="Reyes Property")
    CorrespondentAddress.objects.create(
        client=house.okafor.client, correspondent=dana, kind="phone", value=DANA
    )
    return dana


def rules_for(house, number, after=0):
    client = house.okafor.client
    return guidance.guidance_at(
        client, house.okafor.line, correspondents.caller(client, number), house.at + after * HOUR
    )


def put_dana_through(house, dana):
    return instructing.write(
        house.okafor.client,
        by=house.okafor.owner.user,
        at=house.at,
        callers=Instruction.Callers.PEOPLE,
        people=[dana],
        action=Instruction.Action.PUT_THROUGH,
        put_through_to=house.okafor.owner,
    )


def test_what_the_client_says_decides_the_very_next_call(house, dana):
    written = put_dana_through(house, dana)
    verdict = rules_for(house, DANA).verdict
    assert verdict.wins.id == written.pk
    assert verdict.wins.put_through_to == house.okafor.owner.pk
    assert rules_for(house, "+447700900999").verdict.wins is None
    assert rules_for(house, "").verdict.passed_over[0].because == "it is for other people"


def test_a_change_is_a_new_version_and_the_old_one_is_kept(house, dana):
    first = put_dana_through(house, dana)
    second = instructing.change(
        first, by=house.okafor.delegate.user, at=house.at + HOUR, action=Instruction.Action.VOICEMAIL
    )
    assert second.series == first.series
    assert rules_for(house, DANA, after=1).verdict.wins.id == second.pk
    assert rules_for(house, DANA).verdict.wins.id == first.pk  # as it stood
    first.refresh_from_db()
    assert (first.replaced_at, first.replaced_by) == (house.at + HOUR, house.okafor.delegate.user)
    assert list(instructing.versions(second)) == [second, first]


def test_of_two_changes_at_once_one_is_told_to_look_again(house, dana):
    first = put_dana_through(house, dana)
    instructing.change(first, by=house.helen, at=house.at, text="new")
    with pytest.raises(instructing.NoLongerSpeaks):
        instructing.change(first, by=house.helen, at=house.at, text="newer")
    with pytest.raises(instructing.NoLongerSpeaks):
        instructing.withdraw(first, by=house.helen, at=house.at)
    assert Instruction.objects.count() == 2


def test_a_withdrawn_instruction_no_longer_speaks(house, dana):
    written = put_dana_through(house, dana)
    instructing.withdraw(written, by=house.okafor.owner.user, at=house.at + HOUR)
    assert rules_for(house, DANA, after=1).instructions == ()
    assert recorded("clients.instruction.withdrawn") == [(house.okafor.owner.user_id, str(written.pk))]


def test_the_desk_hears_of_it_and_the_rival_does_not(house, dana):
    put_dana_through(house, dana)
    heard = told("instructions.changed")
    assert {house.priya.user_id, house.helen.pk, house.okafor.owner.user_id} <= heard
    assert not heard & {house.rui.user_id, house.rival.owner.user_id, house.okafor.member.user_id}


def test_guidance_takes_one_query_however_much_was_said(house, dana, django_assert_num_queries):
    for _number in range(4):
        put_dana_through(house, dana)
    caller = correspondents.caller(house.okafor.client, DANA)
    with django_assert_num_queries(1):
        found = guidance.guidance_at(house.okafor.client, house.okafor.line, caller, house.at)
    assert len(found.instructions) == 4
    assert found.answer_phrase("Priya") == "Good afternoon, Okafor Legal, Priya speaking. How may I help?"


def test_a_caller_is_known_next_time_and_never_written_over(house, dana):
    client = house.okafor.client
    new = correspondents.remember(client, e164="+447700900777", name="Femi", firm="")
    assert correspondents.by_number(client, "+447700900777") == new
    correspondents.remember(client, e164="+447700900777", name="Wrong", firm="Balogun")
    new.refresh_from_db()
    assert (new.name, new.firm) == ("Femi", "Balogun")
    assert correspondents.remember(client, e164="", name="Withheld") is None
    assert correspondents.by_number(house.rival.client, DANA) is None
