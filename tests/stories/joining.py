"""How somebody comes to work here in a story, each side at its own pages: from the vacancy to her shift."""

import re

from django.urls import reverse
from playwright.sync_api import expect

from secretariat import clock
from secretariat.office.models import Application

from . import by_keyboard as keys
from .looking import go_to
from .test_engaging import signs_by_keyboard, signs_for_the_firm

MAIL, PASSWORD = "nora@quist.example", "a long walk by the river"
VACANCY = {"Title": "Mornings", "The work": "Calls", "Hours, from": "15", "Hours, to": "25", "Money": "14.40"}
SAID = (
    {"Telephone": "+447700900555", "hours a week you want": "20", "from which day": "2026-01-05"},
    {"languages, with your level": "English, first language", "what you have done before": "Six years"},
    {
        "the room you work in": "My own, with a door",
        "computer, headset and line": "A laptop and a headset",
    },
    {"Name (1)": "Mr Brill", "E-mail address (1)": "brill@notary.example"},
)


def publishes(firm) -> None:
    """The firm looks for somebody."""
    go_to(firm, reverse("firm-vacancies"))
    firm.get_by_role("link", name="Write a vacancy").first.click()
    for label, words in VACANCY.items():
        firm.get_by_label(label, exact=True).fill(words)
    firm.get_by_role("button", name="Keep the vacancy").click()
    firm.get_by_role("button", name="Publish the vacancy").click()
    expect(firm.get_by_role("link", name="Its public page")).to_be_visible()


def applies(office, page) -> Application:
    """Somebody whom nobody knows, in a browser of her own; she stops half-way, and goes on by her link."""
    page.goto(f"{office.url}/vacancies/")
    page.get_by_role("link", name=re.compile("Mornings")).click()
    page.get_by_label("Your name").fill("Nora Quist")
    page.get_by_label("Your e-mail address").fill(MAIL)
    page.get_by_role("button", name="Begin to apply").click()
    expect(page.locator("main")).to_contain_text("A link is on its way")
    [mail] = office.eventually(lambda: office.outside.mail(MAIL))
    page.goto(re.search(r"http\S+", mail["text"])[0])
    page.route("**/draft*.js", lambda route: None)  # held up until that ends
    page.get_by_role("link", name=re.compile("^You")).first.click()
    page.get_by_label("hours a week you want").fill("18")  # before all of the page has come
    page.unroute("**/draft*.js")
    expect(page.get_by_text("Draft saved")).to_be_visible()
    page.reload()  # nothing was pressed yet
    expect(page.get_by_label("hours a week you want")).to_have_value("18")
    page.get_by_label("Time zone").select_option("Europe/London")
    for said in SAID:
        for label, words in said.items():
            page.get_by_label(label, exact=False).first.fill(words)
        page.get_by_role("button", name="Keep it and go on").click()
    page.get_by_label("You may keep what I have written", exact=False).check()
    page.get_by_role("button", name="Send the application").click()
    expect(page.locator("main")).to_contain_text("Sent to us")
    return Application.objects.get()


def step(page, label: str):
    """The slip of one step, opened."""
    fold = page.locator("details", has_text=label).filter(has=page.locator("summary", has_text=label)).first
    if fold.get_attribute("open") is None:
        fold.locator("summary").first.click()
    return fold


def settles(page, label: str, note: str = "") -> None:
    """By mouse, with a word about it; without one where the product knows enough."""
    fold = step(page, label)
    fold.get_by_label("How it went").select_option(label="Passed")
    fold.get_by_label("Note").fill(note)
    fold.get_by_role("button", name=f"Note it : {label}").click()
    expect(page.locator("main")).to_contain_text(f"Noted: {label}.")


def invites(firm) -> None:
    """The firm reads it and settles what comes before she joins, one step of it without a mouse."""
    go_to(firm, reverse("applicants"))
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


def joins(office, page) -> None:
    """By the link, in the browser in which she applied."""
    mail = office.eventually(
        lambda: next((each for each in office.outside.mail(MAIL) if "/join/" in each["text"]), None)
    )
    page.goto(re.search(r"http\S+/join/\S+", mail["text"])[0])
    expect(page.get_by_label("Your name")).to_have_value("Nora Quist")
    keys.types(page.get_by_label("Password", exact=True), PASSWORD)
    keys.types(page.get_by_label("The password again"), PASSWORD)
    keys.presses(page.get_by_role("button", name="Join"))
    office.eventually(Application.objects.filter(secretary__isnull=False).exists)


def is_bound(firm, page) -> None:
    """Her contract: offered, signed by her and by the firm."""
    firm.reload()
    firm.get_by_role("link", name="Her contract").click()
    firm.get_by_label("From", exact=True).fill(f"{clock.now():%Y-%m-%d}")
    firm.get_by_label("Currency").fill("EUR")
    firm.get_by_label("Money an hour at work").fill("14.40")
    firm.get_by_role("button", name="Keep the draft").click()
    firm.get_by_role("button", name=re.compile("^Offer it to")).click()
    expect(firm.get_by_role("button", name="Take the offer back")).to_be_visible()
    go_to(page, "/desk/contract/")
    signs_by_keyboard(page, "Nora Quist")
    expect(page.locator("main")).to_contain_text("The firm signs next")
    signs_for_the_firm(firm)


def may_take_first_calls(firm, application: Application, who: str) -> None:
    """What comes before them is settled, somebody is named for them, and she is on a client's team."""
    go_to(firm, reverse("applicant", args=[application.pk]))
    for label, note in (
        ("Contract", ""),  # both have signed it, and that is known
        ("Confidentiality terms", "Explained by telephone"),
        ("Home office and line test", "Seen in a picture"),
        ("Practice calls", "Three of them, all well"),
    ):
        settles(firm, label, note)
    fold = step(firm, "First supervised calls")
    fold.get_by_label("Who is there for her first calls").select_option(label=who)
    fold.get_by_role("button", name="Name who is there").click()
    expect(step(firm, "First supervised calls")).to_contain_text(f"{who} is named for them")
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


def signs_in(office):
    """Another day, in a browser of hers, with the password she has chosen."""
    page = office.browsers.context().new_page()
    page.goto(f"{office.url}/accounts/login/")
    keys.types(page.get_by_label("Email"), MAIL)
    keys.types(page.get_by_label("Password", exact=True), PASSWORD)
    keys.presses(page.get_by_role("button", name="Sign in", exact=True).first)
    page.wait_for_url(lambda url: "/accounts/login" not in url)
    return page


def begins_her_shift(page, rule: str) -> None:
    go_to(page, "/desk/shift/")
    page.get_by_label(rule).check()
    page.get_by_label("I am alone in a quiet room").check()
    page.get_by_role("button", name="Start shift").click()
    page.locator("body[data-phone=registered]").wait_for(state="attached")


def goes_home(page) -> None:
    go_to(page, "/desk/shift/")
    keys.presses(page.get_by_role("button", name="End shift"))
    expect(page.get_by_role("button", name="End shift")).to_have_count(0)


def works_here(firm, application: Application) -> None:
    """Her first call is gone through with her, and that is enough to pass the last step without a word."""
    go_to(firm, reverse("applicant", args=[application.pk]))
    fold = step(firm, "First supervised calls")
    expect(fold).to_contain_text("One was taken with nobody at work beside her")
    fold.get_by_role("button", name=re.compile("^Gone through")).click()
    expect(step(firm, "First supervised calls")).to_contain_text("gone through by")
    settles(firm, "First supervised calls")
    firm.get_by_role("button", name="She works here").click()
    expect(firm.locator("main .pill").first).to_have_text("Works here")
