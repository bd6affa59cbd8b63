"""Words about a proposal and its work: asked, answered, put before the firm, and given to another."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from secretariat import clock
from secretariat.books.briefs import milestones, posting, proposing
from secretariat.books.models import Brief, BriefCharge, Milestone

from . import by_keyboard as keys
from .looking import go_to

pytestmark = pytest.mark.slow  # likewise in rooms: tests/books/briefs/test_words.py, test_settling.py
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def firm(office):
    office.okafor, office.helen = office.client("Okafor Legal"), office.supervisor()
    office.priya = office.secretary("Priya", office.okafor, ready=False)
    office.maya = office.secretary("Maya", ready=False)
    facts = {"title": "Minutes", "kind": "minutes", "outcome": "Typed", "due_on": date(2030, 12, 18)}
    facts |= {"language": "en", "currency": "GBP"}
    brief = Brief(client=office.okafor.row, **facts)
    office.brief = posting.post(brief, skills=(), by=office.okafor.owner.user, at=clock.now())
    part = {"title": "All of it", "due_on": date(2030, 12, 10), "hours": Decimal(3), "amount": Decimal(80)}
    said = {"approach": "By Friday", "pays": "fixed", "rate": None, "parts": (part,)}
    office.proposal = proposing.propose(office.brief, **said, by=office.priya, at=clock.now())
    return office


@pytest.mark.console_may_complain  # of the form that is refused: 422
def test_a_client_asks_before_it_accepts_and_the_secretary_answers(firm):
    """The client on a telephone without a mouse; she with one."""
    portal = firm.enters(firm.okafor.owner, to=f"/portal/briefs/{firm.brief.pk}/compare/", viewport=PHONE)
    keys.presses(portal.get_by_role("link", name="Ask about it"))
    keys.types(portal.get_by_label("What you want to say or ask"), "Ring me on 020 7946 0958")
    keys.presses(portal.get_by_role("button", name="Send it"))
    expect(portal.get_by_label("What you want to say or ask")).to_have_value("Ring me on 020 7946 0958")
    portal.get_by_label("What you want to say or ask").fill("Is an index part of it?")
    keys.presses(portal.get_by_role("button", name="Send it"))
    expect(portal.locator("main")).to_contain_text("Is an index part of it?")

    [mail] = firm.eventually(
        lambda: [
            each
            for each in firm.outside.mail(firm.priya.user.email)
            if each["subject"] == "About work by proposal"
        ]
    )
    assert "index" not in mail["text"]
    hers = firm.enters(firm.priya, to=reverse("my-proposal-words", args=[firm.proposal.pk]))
    hers.get_by_label("What you want to say or ask").fill("Yes, at no more")
    hers.get_by_role("button", name="Send it").click()
    expect(hers.locator("main")).to_contain_text("Yes, at no more")
    portal.reload()
    expect(portal.locator("main")).to_contain_text("Yes, at no more")
    expect(portal.locator("main")).not_to_contain_text("Priya")


def test_what_comes_back_again_is_put_before_the_firm_and_goes_on_with_another(firm):
    """She without a mouse; the firm with one."""
    owner, at = firm.okafor.owner.user, clock.now()
    proposing.accept(firm.proposal, by=owner, at=at)
    milestone = Milestone.objects.select_related("brief__client", "client", "secretary__user").get()
    milestones.hand_in(milestone, words="Typed", result=Decimal(0), by=firm.priya.user, at=at)
    milestones.send_back(milestone, words="Page two is blank", by=owner, at=at)

    hers = firm.enters(firm.priya, to=f"/desk/briefs/{firm.brief.pk}/")
    keys.presses(hers.locator("summary", has_text="Call the firm in"))
    keys.types(hers.get_by_label("How you see it"), "It was blank in the recording, too")
    keys.presses(hers.get_by_role("button", name="Put it before the firm"))
    expect(hers.locator("main")).to_contain_text("In dispute")

    desk = firm.enters(firm.helen, to="/desk/work/")
    desk.get_by_role("link", name="Priya puts a milestone for Okafor Legal before the firm").click()
    desk.get_by_role("link", name="Go to where it is done").click()
    settling = desk.locator("form").filter(has=desk.get_by_role("button", name="Settle it"))
    settling.get_by_label("It goes back to her, to be mended as you say").check()
    settling.get_by_label("Why, for both sides to read").fill("Leave the page out, and say so")
    settling.get_by_role("button", name="Settle it").click()
    expect(desk.locator("main")).to_contain_text("Leave the page out, and say so")
    hers.reload()
    expect(hers.locator("main")).to_contain_text("Hand it in")

    # It ends all the same: the firm says what counts, and who goes on.
    desk.locator("summary", has_text="End it early").click()
    ending = desk.locator("form").filter(has=desk.get_by_role("button", name="End this work"))
    ending.get_by_label("Why").fill("She is ill")
    ending.get_by_label("So much of “All of it” counts, percent").fill("50")
    ending.get_by_label("Who goes on with what is left").select_option(label="Maya")
    ending.get_by_role("button", name="End this work").click()
    expect(desk.locator("main")).to_contain_text("What was left of it goes on:")
    charge = BriefCharge.objects.get()
    assert (charge.amount, charge.hers) == (0, 32)
    rest = Brief.objects.get(follows=firm.brief)
    theirs = firm.enters(firm.maya, to=f"/desk/briefs/{rest.pk}/propose/", viewport=PHONE)
    expect(theirs.get_by_label("Milestone 1")).to_have_value("All of it")
    portal = firm.enters(firm.okafor.owner, to=f"/portal/briefs/{firm.brief.pk}/", viewport=PHONE)
    portal.get_by_role("link", name="Minutes", exact=True).click()
    expect(portal.locator("main")).to_contain_text("What is left of it: All of it.")
    go_to(portal, "/portal/briefs/")
    expect(portal.locator("main")).to_contain_text("Waits for your closing note")
