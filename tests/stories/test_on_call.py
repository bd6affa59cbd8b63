"""Who is on call this week, written by the client, rung by the desk, and the next one where she is silent."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from calls.models import PutThrough
from secretariat import clock

from . import by_keyboard as keys
from .at_desk import answers, bar_says


@pytest.mark.slow  # likewise in rooms: tests/clients/
def test_the_weeks_list_says_who_is_rung_and_who_is_next(office):
    """By keyboard alone, in the portal and at the desk."""
    okafor = office.client("Okafor Legal")
    first, second = office.contact(okafor, "Tunde Adeyemi"), office.contact(okafor, "Amara Bello")
    hers = office.mobile_of(second)
    portal = office.enters(okafor.owner, to="/portal/instructions/")
    keys.presses(portal.get_by_role("link", name="On-call lists"))
    keys.presses(portal.get_by_role("link", name="Add a list"))
    keys.types(portal.get_by_label("What the list is called"), "Nights and weekends")
    keys.picks(portal.get_by_label("First", exact=True), first.name)
    keys.picks(portal.get_by_label("Second", exact=True), second.name)
    keys.chooses(portal.get_by_role("group", name="Who is first"), "Each is first for a week")
    yesterday = clock.now().astimezone(okafor.row.tz).date() - timedelta(days=1)
    keys.types_day(portal.get_by_label("The first person’s turn begins on"), yesterday)
    keys.presses(portal.get_by_role("button", name="Save the list"))
    turns = portal.get_by_role("region", name="Nights and weekends").get_by_role("listitem")
    expect(turns.nth(0)).to_contain_text("Tunde Adeyemi, then Amara Bello")
    expect(turns.nth(0)).to_contain_text("Now")
    expect(turns.nth(1)).to_contain_text("Amara Bello, then Tunde Adeyemi")

    desk = office.at_her_desk(office.secretary("Priya", okafor))
    caller = office.rings(okafor)
    answers(desk)
    beside = desk.get_by_role("region", name="On call now")
    expect(beside).to_contain_text("Nights and weekends")
    expect(beside).to_contain_text("Tunde Adeyemi, then Amara Bello until")

    panel = desk.locator(".through-panel")
    desk.keyboard.press("F8")
    expect(panel.get_by_role("region", name=first.name)).to_contain_text("On call until")
    expect(panel.get_by_role("region", name=first.name).get_by_role("button").first).to_be_focused()
    desk.keyboard.press("Enter")
    expect(panel).to_contain_text("Tunde’s telephone rings")
    office.passes(30)  # he does not answer
    bar_says(desk, "On call")
    expect(panel.get_by_role("region", name=first.name)).to_contain_text("no answer")

    # He stands first as before, and Enter is for the next one.
    desk.keyboard.press("F8")
    expect(panel.get_by_role("region", name=second.name).get_by_role("button").first).to_be_focused()
    desk.keyboard.press("Enter")
    expect(panel).to_contain_text("Amara’s telephone rings")
    hers.answers()
    expect(panel).to_contain_text("a key takes the call")
    hers.presses("1")
    expect(panel).to_contain_text("Amara has answered")
    desk.keyboard.press("F8")
    bar_says(desk, "they talk on")
    assert (caller.status, hers.talks) == ("in-progress", True)
    attempts = PutThrough.objects.order_by("asked_at").values_list("contact__name", "state")
    assert [name for name, _ in attempts] == [first.name, second.name]
    assert attempts.last()[1] == "done"
