"""Several times offered by mail, and one taken by the guest on her own page."""

import pytest
from playwright.sync_api import expect

from calendar_app.models import Meeting


@pytest.fixture
def okafor(office):
    return office.client("Okafor Legal")


def test_of_three_times_offered_the_guest_takes_one_by_her_link(office, okafor):
    desk = office.enters(office.secretary("Priya", okafor), to=f"/desk/diary/ask/?client={okafor.row.pk}")
    desk.get_by_label("Who", exact=True).fill("Dana Reyes")
    desk.get_by_label("About what").fill("The lease")
    desk.get_by_label("Their e-mail").fill("dana@harlow.example")
    expect(desk.get_by_role("checkbox", checked=True)).to_have_count(3)
    desk.keyboard.press("Control+Enter")
    expect(desk.get_by_role("heading", name="The lease")).to_be_visible()
    [letter] = office.eventually(lambda: office.outside.mail("dana@harlow.example"))
    guest = office.browsers.context().new_page()
    guest.goto(letter["links"][0])
    expect(guest.get_by_role("radio")).to_have_count(3)
    guest.get_by_role("radio").nth(1).check()
    guest.get_by_role("button", name="This suits me").click()
    expect(guest.get_by_text("Agreed")).to_be_visible()
    # The desk shows it without being asked, and the other two times are free.
    expect(desk.locator("#request").get_by_role("link", name="Open the meeting")).to_be_visible()
    assert [each.state for each in Meeting.objects.order_by("starts_at")] == ["lapsed", "confirmed", "lapsed"]
