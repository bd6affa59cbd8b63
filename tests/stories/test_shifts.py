"""A shift from what is to be read first, over a break, to what is left for a colleague; and her own keys."""

import pytest
from playwright.sync_api import expect

from clients import bulletins
from clients.models import Bulletin, WorkItem
from secretariat import clock

from .at_desk import answers, bar_says, presses_on, writes
from .looking import go_to


@pytest.fixture
def okafor(office):
    return office.client("Okafor Legal")


@pytest.mark.slow  # likewise in rooms: tests/office/
def test_a_break_has_its_reason_at_her_desk_and_stands_on_the_wallboard(office, okafor):
    desk = office.at_her_desk(office.secretary("Priya", okafor))
    wall = office.enters(office.supervisor(), to="/firm/wallboard/")
    expect(wall.locator("main, body").first).to_contain_text("Priya")
    desk.get_by_role("button", name="Break").click()
    reason = desk.locator("#break-menu button[name=reason]").first
    name = reason.get_attribute("value")
    reason.press("Enter")
    bar_says(desk, "No calls are offered to you.")
    expect(desk.locator("#presence")).to_contain_text(name)
    expect(wall.locator(".wall-groups")).to_contain_text("On a break")
    expect(wall.locator(".wall-groups")).to_contain_text(f"Priya, {name.lower()}, back")


def test_what_the_firm_says_is_read_before_the_shift_begins(office, okafor):
    priya = office.secretary("Priya", okafor, ready=False)
    helen = office.supervisor()
    Bulletin.objects.create(title="The office moves", text="From Monday next door.", written_by=helen)
    bulletins.announce_due(at=clock.now())
    page = office.signs_in(priya)
    go_to(page, "/desk/shift/")
    expect(page.locator("main")).to_contain_text("From Monday next door.")
    page.get_by_text("I am alone in a quiet room").click()
    page.get_by_label("I have read it").press("Space")
    page.get_by_role("button", name="Start shift").press("Enter")
    page.locator("body[data-phone=registered]").wait_for(state="attached")
    bar_says(page, "Ready for calls")


def test_a_key_that_she_changed_answers_and_the_old_one_does_not(office, okafor):
    desk = office.at_her_desk(office.secretary("Priya", okafor))
    go_to(desk, "/desk/settings/")
    desk.get_by_label("Answer, or return to the call").select_option("F6")
    desk.keyboard.press("Control+Enter")
    expect(desk.get_by_text("Your settings are saved.")).to_be_visible()
    go_to(desk, "/desk/")
    desk.locator("body[data-phone=registered]").wait_for(state="attached")
    office.rings(okafor)
    bar_says(desk, "is ringing")
    expect(desk.locator("#callbar kbd", has_text="F6")).to_be_visible()
    desk.keyboard.press("F2")
    desk.keyboard.press("F6")
    bar_says(desk, "On call")


@pytest.mark.slow  # likewise in rooms: tests/office/
def test_what_is_still_hers_goes_to_a_colleague_when_she_goes_home(office, okafor):
    """By mouse the one hands it over, by keyboard the other takes it up."""
    priya, maya = office.secretary("Priya", okafor), office.secretary("Maya", okafor, ready=False)
    desk = office.at_her_desk(priya)
    caller = office.rings(okafor)
    answers(desk)
    writes(desk, "Half a sentence about the le")
    caller.hang_up()
    bar_says(desk, "Call ended")
    expect(desk.get_by_text("Draft saved")).to_be_visible()
    other = office.at_her_desk(maya)
    go_to(desk, "/desk/shift/")
    left = desk.locator(".left-list")
    expect(left).to_contain_text("Okafor Legal")
    left.locator("select").first.select_option(label="Maya")
    desk.get_by_label("Note for whoever goes on with it").fill("She rings again at four.")
    desk.get_by_role("button", name="End shift").click()
    expect(desk.get_by_role("button", name="Start shift")).to_be_visible()
    assert not WorkItem.objects.open().filter(owner=priya.user).exists()
    go_to(other, "/desk/work/")
    presses_on(other.locator("main").get_by_role("link", name="Okafor Legal").first)
    expect(other.locator("main")).to_contain_text("She rings again at four.")
