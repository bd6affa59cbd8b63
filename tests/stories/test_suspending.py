"""Suspend now, with her desk open: her page hears of it by its own stream, and her caller is looked after."""

import pytest
from playwright.sync_api import expect

from secretariat.office.models import Post

from . import by_keyboard as keys


@pytest.mark.slow  # likewise in rooms: tests/calls/test_suspended.py
@pytest.mark.console_may_complain  # her page meets refusals, which is what the story is about
def test_a_suspended_secretary_is_out_and_her_caller_goes_on(office):
    okafor = office.client("Okafor Legal")
    priya, maya = office.secretary("Priya", okafor), office.secretary("Maya", okafor)
    helen = office.user("helen@example.com", "Helen")
    Post.objects.create(user=helen, post=Post.Kind.SUPERVISOR)
    desk = office.at_her_desk(priya)
    caller = office.rings(okafor)
    expect(desk.locator("#callbar")).to_contain_text("is ringing")
    desk.keyboard.press("F2")
    expect(desk.locator("#callbar")).to_contain_text("On call")
    other = office.at_her_desk(maya)

    firm = office.enters(helen, to="/firm/people/")
    firm.get_by_role("link", name="Suspend Priya now").click()
    firm.get_by_label("Computer or telephone lost or stolen").check()
    firm.get_by_role("button", name="Suspend now").click()
    expect(firm.locator("main")).to_contain_text("Priya is shut out")

    # Nothing is clicked on her page: its stream ends and says why.
    desk.wait_for_url("**/accounts/login/**")
    expect(other.locator("#callbar")).to_contain_text("is ringing")
    assert caller.status == "in-progress"
    other.keyboard.press("F2")
    expect(other.locator("#callbar")).to_contain_text("On call")

    # By keyboard alone: the same for her who has the caller now.
    keys.presses(firm.get_by_role("link", name="Suspend Maya now"))
    keys.chooses(firm.get_by_role("group", name="Why"), "Computer or telephone lost or stolen")
    keys.presses(firm.get_by_role("button", name="Suspend now"))
    expect(firm.locator("main")).to_contain_text("Maya is shut out")
    other.wait_for_url("**/accounts/login/**")
    assert caller.status == "in-progress"
