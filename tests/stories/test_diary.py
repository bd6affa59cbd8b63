"""A meeting arranged from the keyboard while the caller is on the line, and seen by the client at once."""

import pytest
from playwright.sync_api import expect

from calendar_app.models import Meeting

from .at_desk import answers


@pytest.fixture
def okafor(office):
    return office.client("Okafor Legal")


@pytest.fixture
def desk(office, okafor):
    """Priya has Dana on the line."""
    page = office.at_her_desk(office.secretary("Priya", okafor))
    page.caller = office.rings(okafor)
    answers(page)
    return page


def test_three_keys_book_what_the_client_sees(office, desk, okafor):
    portal = office.enters(okafor.owner, to="/portal/diary/")
    expect(portal.get_by_text("Nothing is arranged")).to_be_visible()
    desk.get_by_label("Message", exact=True).fill("Half a sent")
    desk.keyboard.press("F7")
    panel = desk.locator(".through-panel")
    expect(panel.get_by_role("radio").first).to_be_focused()
    with desk.expect_response("**/arrange/**"):  # other lengths have other times
        panel.get_by_label("How long").select_option("45")
    panel.get_by_role("radio").first.focus()
    desk.keyboard.press("2")
    expect(panel.get_by_role("radio").nth(1)).to_be_checked()
    read_out = panel.locator(".offer").nth(1).locator(".say-line").inner_text()
    desk.keyboard.press("Control+Enter")
    arranged = desk.get_by_role("region", name="Booked for Okafor Legal")
    expect(arranged).to_contain_text(read_out)
    # What she was typing is as it was, and the client's own page has it without being asked.
    expect(desk.get_by_label("Message", exact=True)).to_have_value("Half a sent")
    meeting = Meeting.objects.get()
    assert meeting.minutes == 45
    expect(portal.get_by_role("link", name=meeting.about)).to_be_visible()
