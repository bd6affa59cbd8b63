"""Somebody looks for a secretary: she reaches the firm, and through it whoever fits, and nobody directly."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from secretariat import clock
from secretariat.office.models import Profile, Skill
from secretariat.office.profiles import claiming

from . import by_keyboard as keys

pytestmark = pytest.mark.slow  # likewise in rooms: tests/office/profiles/test_directory.py


def test_from_the_directory_by_way_of_the_firm_to_somebody_who_fits(office):
    helen, priya = office.supervisor(), office.secretary("Priya", ready=False)
    skill = Skill.objects.create(name="Minutes")
    claim = claiming.name(priya, skill=skill, evidence="Six years at a council", at=clock.now())
    claiming.accept(claim, how="work", by=helen, at=clock.now())
    hers = office.enters(priya, to=reverse("my-profile"))
    shown = hers.locator("form[aria-labelledby=shown]")
    keys.presses(shown.get_by_label("in the public directory"), "Space")
    keys.types(shown.get_by_label("name in the directory"), "Priya N.")
    keys.types(shown.get_by_label("in one line"), "Minutes and mornings")
    keys.presses(shown.get_by_role("button", name="Keep the profile"))
    office.eventually(Profile.objects.filter(is_public=True).exists)

    buyer = office.browsers.context(viewport={"width": 390, "height": 844}).new_page()
    buyer.goto(f"{office.url}/directory/")
    buyer.get_by_label("Skill").select_option("Minutes")
    buyer.get_by_role("button", name="Find").click()
    buyer.get_by_role("link", name="Priya N.").click()
    for private in (priya.user.email, priya.home_number, priya.home_number[-6:]):
        assert private not in buyer.content()
    buyer.get_by_role("link", name="Ask").last.click()
    buyer.get_by_label("Your name").fill("Sam Halloran")
    buyer.get_by_label("Your e-mail address").fill("sam@halloran.example")
    buyer.get_by_label("What you need").fill("Mornings, while we drill")
    buyer.get_by_role("button", name="Send the enquiry").click()
    expect(buyer.locator("h1")).to_have_text("Your enquiry has arrived")

    firm = office.enters(helen, to=reverse("enquiries"))
    firm.get_by_role("link", name="Sam Halloran").click()
    expect(firm.locator("main")).to_contain_text("About Priya N.")
    firm.get_by_role("button", name="Suggest her").click()
    expect(firm.locator("main")).to_contain_text("Suggested")
    mails = office.eventually(lambda: len(found := office.outside.mail("sam@halloran.example")) > 1 and found)
    for mail in mails:
        assert priya.user.email not in str(mail)
        assert priya.home_number not in str(mail)
    assert any("Priya N." in mail["text"] for mail in mails)
