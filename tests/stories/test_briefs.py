"""Brief to accepted work: a client posts, a secretary proposes, hands in, and is accepted."""

from datetime import date
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from secretariat import clock
from secretariat.books.briefs import posting, proposing
from secretariat.books.models import Brief, BriefCharge
from secretariat.office.models import HalfTyped

from . import by_keyboard as keys
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


def test_a_disputed_milestone_is_settled_by_the_firm_and_part_of_its_advance_comes_back(office):
    """By keyboard the client, by mouse the firm; the money is what the rule says."""
    okafor, helen = office.client("Okafor Legal"), office.supervisor()
    priya = office.secretary("Priya", okafor, ready=False)
    facts = {"title": "Minutes", "kind": "minutes", "outcome": OUTCOME, "due_on": date(2030, 12, 18)}
    facts |= {"language": "en", "currency": "GBP", "paid": Brief.Paid.ADVANCE}
    brief = posting.post(Brief(client=okafor.row, **facts), skills=(), by=okafor.owner.user, at=clock.now())
    part = {"title": "All of it", "due_on": date(2030, 12, 10), "hours": Decimal(3), "amount": Decimal(80)}
    said = {"approach": "By Friday", "pays": "fixed", "rate": None, "parts": (part,)}
    proposal = proposing.propose(brief, **said, by=priya, at=clock.now())
    proposing.accept(proposal, by=okafor.owner.user, at=clock.now())

    desk = office.enters(priya, to="/desk/work/")
    desk.get_by_role("link", name="Minutes: All of it").click()
    expect(desk.locator("main")).to_contain_text("It ends when you hand it in")
    expect(desk.get_by_role("button", name="Done")).to_have_count(0)
    keys.presses(desk.get_by_role("link", name="Go to where it is done"))
    keys.presses(desk.locator("summary", has_text="Hand it in"))
    keys.types(desk.get_by_label("What is there now"), "Half of the pages")
    keys.presses(desk.get_by_role("button", name="Hand this in"))

    portal = office.enters(okafor.owner, to=f"/portal/briefs/{brief.pk}/")
    expect(portal.locator("#charges ~ ul")).to_contain_text("80.00 GBP")
    dispute = portal.locator("details", has_text="Dispute it")
    keys.presses(dispute.locator("summary"))
    keys.types(dispute.locator("textarea"), "Half is missing")
    keys.presses(dispute.get_by_role("button"))
    expect(portal.locator("main")).to_contain_text("In dispute")

    firm = office.enters(helen, to=f"/firm/briefs/{brief.pk}/")
    settling = firm.locator("form", has=firm.get_by_label("So much of it stands, percent"))
    settling.get_by_label("So much of it stands, percent").fill("50")
    settling.locator("textarea").fill("Half stands")
    settling.get_by_role("button").click()
    expect(firm.locator("main")).to_contain_text("Settled by the firm")
    portal.reload()
    expect(portal.locator("#charges ~ ul")).to_contain_text("-40.00 GBP")
    assert sum(each.amount for each in BriefCharge.objects.all()) == 40


def test_a_brief_that_is_being_written_outlives_its_tab_and_is_gone_once_it_is_posted(office):
    okafor = office.client("Okafor Legal")
    office.secretary("Priya", okafor, ready=False)
    first = office.enters(okafor.owner, to="/portal/briefs/post/")
    first.get_by_label("what it is, in a few words", exact=False).fill("Minutes of the board")
    first.get_by_label("Only those who answer for us").check()
    expect(first.locator("[data-draft-line]")).to_contain_text("Draft saved")
    first.get_by_label("needed by").fill("2030-12-18")
    office.eventually(HalfTyped.objects.filter(fields__due_on="2030-12-18").exists)
    again, address = first.context.new_page(), first.url
    first.close()
    again.goto(address)
    expect(again.locator("main")).to_contain_text("What you typed here last stands below")
    expect(again.get_by_label("what it is, in a few words", exact=False)).to_have_value(
        "Minutes of the board"
    )
    expect(again.get_by_label("Only those who answer for us")).to_be_checked()
    expect(again.get_by_label("needed by")).to_have_value("2030-12-18")
    again.get_by_label("what should be there when it is done", exact=False).fill(OUTCOME)
    again.get_by_role("button", name="Post this brief").click()
    expect(again.locator("h1")).to_have_text("Minutes of the board")
    go_to(again, "/portal/briefs/post/")
    expect(again.get_by_label("what should be there when it is done", exact=False)).to_have_value("")
    expect(again.get_by_label("what it is, in a few words", exact=False)).to_have_value("")
