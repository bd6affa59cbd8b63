"""Brief to accepted work: a client posts, a secretary proposes, hands in, and is accepted."""

import pytest
from playwright.sync_api import expect

from .looking import go_to

pytestmark = pytest.mark.slow  # likewise in rooms: tests/books/briefs/

OUTCOME = "Typed from the recording, ready to sign"


def test_from_a_brief_to_work_that_is_accepted(office):
    okafor = office.client("Okafor Legal")
    priya = office.secretary("Priya", okafor, ready=False)
    portal = office.enters(okafor.owner, to="/portal/briefs/")
    portal.get_by_role("link", name="Post a brief").click()
    portal.get_by_label("what it is, in a few words", exact=False).fill("Minutes of the board")
    portal.get_by_label("what should be there when it is done", exact=False).fill(OUTCOME)
    portal.get_by_label("needed by").fill("2030-12-18")
    portal.get_by_role("button", name="Post this brief").click()
    expect(portal.locator("h1")).to_have_text("Minutes of the board")

    desk = office.enters(priya, to="/desk/briefs/")
    desk.get_by_role("link", name="Minutes of the board").click()
    expect(desk.locator("main")).to_contain_text(OUTCOME)
    desk.get_by_role("link", name="Propose").click()
    desk.get_by_label("What you will do").fill("By Friday, from your recording")
    desk.get_by_label("Milestone 1").fill("All of it")
    desk.get_by_label("Done by").first.fill("2030-12-10")
    desk.get_by_label("Hours it takes").first.fill("3")
    desk.get_by_label("Price, or cap, in GBP").first.fill("90")
    desk.get_by_role("button", name="Make this proposal").click()
    expect(desk.locator("main")).to_contain_text("90.00 GBP, fixed")

    portal.reload()
    portal.get_by_role("link", name="Look at the proposal").click()
    expect(portal.locator("main")).to_contain_text("8 days before it is needed")
    expect(portal.locator("main")).not_to_contain_text("Priya")
    portal.get_by_role("button", name="Accept this proposal").click()
    expect(portal.locator("main")).to_contain_text("Being worked on")

    go_to(desk, "/desk/work/")
    desk.get_by_role("link", name="Minutes of the board: All of it").click()
    expect(desk.locator("h1")).to_have_text("Minutes of the board: All of it")
    go_to(desk, "/desk/briefs/")
    desk.get_by_role("link", name="Minutes of the board").click()
    desk.get_by_text("Hand it in").click()
    desk.get_by_label("What is there now").fill("All pages, checked")
    desk.get_by_role("button", name="Hand this in").click()
    expect(desk.locator("main")).to_contain_text("Waits for the client")

    portal.reload()
    portal.get_by_role("button", name="Accept this milestone").click()
    expect(portal.locator("main")).to_contain_text("Done")
    expect(portal.locator("#charges ~ ul")).to_contain_text("90.00 GBP")
    desk.reload()
    expect(desk.locator("#charges ~ ul")).to_contain_text("72.00 GBP")
