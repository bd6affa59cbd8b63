"""Answering: by her own telephone, against a colleague, and when the caller does not wait."""

import pytest
from playwright.sync_api import expect

from calls.models import Call, Offer
from clients.models import WorkItem

from .looking import go_to, length_of_recording


def the_call():
    """The one call of the story, as it is now; None before it has come in."""
    return Call.objects.select_related("secretary").first()


def has_come_to(state) -> bool:
    return bool(the_call() and the_call().state == state)


def test_her_own_telephone_rings_and_one_key_takes_the_call(office):
    """No browser of hers has any sound; her desk shows the call all the same."""
    okafor = office.client("Okafor Legal")
    maya = office.secretary("Maya", okafor, line="phone")
    caller = office.rings(okafor)

    at_home = office.eventually(lambda: office.outside.call_to(maya.home_number))
    at_home.answer()
    office.presses(at_home, "1")
    office.eventually(lambda: has_come_to(Call.State.TALKING))
    assert the_call().secretary == maya

    desk = office.signs_in(maya, permissions=[])
    go_to(desk, "/desk/")
    expect(desk.locator("#callbar")).to_contain_text("On call")
    caller.hang_up()
    expect(desk.locator("#callbar")).to_contain_text("Call ended")


@pytest.mark.slow  # a race, and in tests/calls/test_races.py
@pytest.mark.console_may_complain  # whoever answers too late is told so, and her browser reports it
def test_of_two_who_answer_together_one_has_the_call(office):
    okafor = office.client("Okafor Legal")
    priya = office.secretary("Priya", okafor, turn="pool")
    maya = office.secretary("Maya", okafor, turn="pool")
    desks = [office.at_her_desk(one) for one in (priya, maya)]
    office.rings(okafor)
    office.eventually(lambda: Offer.objects.pending().count() == 2)
    for desk in desks:
        expect(desk.locator("#callbar")).to_contain_text("is ringing")
    for desk in desks:
        desk.keyboard.press("F2")
    office.eventually(lambda: has_come_to(Call.State.TALKING))
    office.settle()

    call = the_call()
    winner = desks[0] if call.secretary == priya else desks[1]
    loser = desks[1] if winner is desks[0] else desks[0]
    expect(winner.locator("#callbar")).to_contain_text("On call")
    expect(loser.locator("#callbar")).not_to_contain_text("is ringing")
    expect(loser.locator("#callbar")).not_to_contain_text("On call")
    assert Offer.objects.filter(call=call, state=Offer.State.ACCEPTED).count() == 1


def test_a_caller_who_hangs_up_while_it_rings_is_known_of(office):
    okafor = office.client("Okafor Legal")
    desk = office.at_her_desk(office.secretary("Priya", okafor))
    caller = office.rings(okafor)
    expect(desk.locator("#callbar")).to_contain_text("is ringing")
    caller.hang_up()
    expect(desk.locator("#callbar")).to_contain_text("Ready for calls")
    office.settle()
    call = the_call()
    assert (call.state, call.outcome) == (Call.State.CLOSED, Call.Outcome.ABANDONED)


def test_a_caller_who_hangs_up_on_hold_leaves_a_call_to_finish(office):
    okafor = office.client("Okafor Legal")
    desk = office.at_her_desk(office.secretary("Priya", okafor))
    caller = office.rings(okafor)
    expect(desk.locator("#callbar")).to_contain_text("is ringing")
    desk.keyboard.press("F2")
    expect(desk.locator("#callbar")).to_contain_text("On call")
    desk.keyboard.press("F4")
    expect(desk.locator("#callbar")).to_contain_text("On hold")
    office.eventually(lambda: not office.outside.idle()["in_flight"])
    caller.hang_up()
    expect(desk.locator("#callbar")).to_contain_text("Call ended")
    expect(desk.locator("#message-form")).to_be_visible()


def test_nobody_free_means_voicemail_that_can_be_heard(office):
    okafor = office.client("Okafor Legal")
    priya = office.secretary("Priya", okafor, ready=False)
    caller = office.rings(okafor)
    office.passes(90)
    office.eventually(lambda: has_come_to(Call.State.VOICEMAIL))
    caller.say("This is Dana Reyes. Please ring me back about clause 9.")
    office.passes(5)
    caller.hang_up()
    office.passes(30)
    office.eventually(lambda: the_call().outcome == Call.Outcome.VOICEMAIL)
    office.eventually(lambda: WorkItem.objects.filter(kind="calls.voicemail").exists())
    office.settle()

    desk = office.enters(priya, to="/desk/work/")
    work = WorkItem.objects.get(kind="calls.voicemail")
    go_to(desk, f"/desk/work/{work.pk}/")
    desk.get_by_role("link", name="Go to where it is done").click()
    assert length_of_recording(desk) > 1
