"""Somebody applies, and the firm takes her through each step until her first shift begins."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from secretariat import clock
from secretariat.office.models import Application, SecurityRule, Vacancy
from secretariat.office.vacancies import publishing

from . import by_keyboard as keys
from .looking import go_to
from .test_engaging import signs_by_keyboard, signs_for_the_firm
from .test_the_firm import applies

pytestmark = pytest.mark.slow  # likewise in rooms: tests/office/vacancies/


def step(page, label: str):
    """The slip of one step, opened."""
    fold = page.locator("details", has_text=label).filter(has=page.locator("summary", has_text=label)).first
    if fold.get_attribute("open") is None:
        fold.locator("summary").first.click()
    return fold


def settles(page, label: str, note: str) -> None:
    """By mouse, with a word about it."""
    fold = step(page, label)
    fold.get_by_label("How it went").select_option(label="Passed")
    fold.get_by_label("Note").fill(note)
    fold.get_by_role("button", name=f"Note it : {label}").click()
    expect(page.locator("main")).to_contain_text(f"Noted: {label}.")


@pytest.mark.console_may_complain  # of the form that is refused: 422
def test_from_the_application_to_the_first_shift_at_the_firms_own_pages(office):
    okafor, helen = office.client("Okafor Legal"), office.supervisor()
    SecurityRule.objects.create(words="My screen locks after five minutes.")
    vacancy = Vacancy(title="Mornings", work="Calls", hours_from=15, hours_to=25, rate="14.40")
    publishing.publish(publishing.write(vacancy, by=helen), by=helen, at=clock.now())
    page = office.browsers.context().new_page()
    applies(office, page)

    # The firm reads it and settles what comes before she joins, one step of it without a mouse.
    firm = office.enters(helen, to=reverse("applicants"))
    firm.get_by_role("link", name=re.compile("Nora Quist")).click()
    expect(firm.locator("main")).to_contain_text("Six years")
    fold = step(firm, "References")
    keys.picks(fold.get_by_label("How it went"), "Not passed")
    keys.presses(fold.get_by_role("button", name="Note it : References"))
    fold = step(firm, "References")
    expect(fold).to_contain_text("Say why.")
    keys.picks(fold.get_by_label("How it went"), "Passed")
    keys.types(fold.get_by_label("Note"), "Mr Brill speaks well of her")
    keys.presses(fold.get_by_role("button", name="Note it : References"))
    expect(firm.locator("main")).to_contain_text("Noted: References.")
    firm.get_by_role("button", name="Invite her to join").click()
    expect(firm.locator("main")).to_contain_text("Still open:")
    settles(firm, "Checks of who she is", "Her passport, seen")
    settles(firm, "Typing test", "52 words a minute, at our desk")
    firm.get_by_role("button", name="Invite her to join").click()
    expect(firm.get_by_role("button", name="Send the invitation again")).to_be_visible()

    # She joins by the link, in the browser in which she applied.
    mail = office.eventually(
        lambda: next(
            (each for each in office.outside.mail("nora@quist.example") if "/join/" in each["text"]), None
        )
    )
    page.goto(re.search(r"http\S+/join/\S+", mail["text"])[0])
    expect(page.get_by_label("Your name")).to_have_value("Nora Quist")
    keys.types(page.get_by_label("Password", exact=True), "a long walk by the river")
    keys.types(page.get_by_label("The password again"), "a long walk by the river")
    keys.presses(page.get_by_role("button", name="Join"))
    office.eventually(Application.objects.filter(secretary__isnull=False).exists)

    # Her contract: offered, signed by her and by the firm.
    firm.reload()
    firm.get_by_role("link", name="Her contract").click()
    firm.get_by_label("From", exact=True).fill(f"{clock.now():%Y-%m-%d}")
    firm.get_by_label("Money an hour at work").fill("14.40")
    firm.get_by_role("button", name="Keep the draft").click()
    firm.get_by_role("button", name=re.compile("^Offer it to")).click()
    expect(firm.get_by_role("button", name="Take the offer back")).to_be_visible()
    go_to(page, "/desk/contract/")
    signs_by_keyboard(page, "Nora Quist")
    expect(page.locator("main")).to_contain_text("The firm signs next")
    signs_for_the_firm(firm)

    # What is left is settled; then she works here, and is put on a team.
    nora = Application.objects.get()
    go_to(firm, reverse("applicant", args=[nora.pk]))
    for label, note in (
        ("Contract", "Signed by both"),
        ("Confidentiality terms", "Explained by telephone"),
        ("Home office and line test", "Seen in a picture"),
        ("Practice calls", "Three of them, all well"),
        ("First supervised calls", "Helen listened to the first five"),
    ):
        settles(firm, label, note)
    firm.get_by_role("button", name="She works here").click()
    expect(firm.locator("main .pill").first).to_have_text("Works here")
    firm.get_by_role("link", name="Her profile").click()
    accept = firm.get_by_role("button", name=re.compile("^Accept it ?: English"))
    claim = firm.locator("form").filter(has=accept)
    claim.locator("select").select_option(index=1)
    accept.click()
    expect(accept).to_have_count(0)
    go_to(firm, reverse("teams"))
    firm.get_by_role("link", name=re.compile("Okafor Legal")).click()
    keys.presses(firm.get_by_role("button", name=re.compile("^Nora")).first)
    expect(firm.locator("section[aria-labelledby=team]")).to_contain_text("Nora")

    go_to(page, "/desk/shift/")
    page.get_by_label("My screen locks after five minutes.").check()
    page.get_by_label("I am alone in a quiet room").check()
    page.get_by_role("button", name="Start shift").click()
    page.locator("body[data-phone=registered]").wait_for(state="attached")
    office.rings(okafor)
    expect(page.locator("#callbar")).to_contain_text("Okafor Legal is ringing")
