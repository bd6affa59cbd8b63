"""A pay run in a story: prepared by one person and approved by another, each at her own page."""

import re
from datetime import date, timedelta
from decimal import Decimal
from urllib.parse import urlsplit

from django.test import override_settings
from playwright.sync_api import expect

from secretariat import clock
from secretariat.books import hours, pay_details, paying
from secretariat.books.models import PayRun
from secretariat.office.contracts import agreeing
from secretariat.office.models import Contract
from secretariat.office.pay import By, Term

from . import by_keyboard as keys
from .looking import go_to

HOUR = Term(By.HOUR, Decimal("14.40"))
IBAN = "DE89370400440532013000"


def signed(secretary, helen, *terms, **facts) -> Contract:
    """A contract that both sides signed long before the story begins, in euro."""
    words = dict.fromkeys(
        ("role", "duties", "rights", "obligations", "confidentiality", "breach"), "As agreed"
    )
    at = clock.now()
    facts = words | {"from_on": at.date() - timedelta(days=60), "currency": "EUR"} | facts
    draft = agreeing.write(Contract(secretary=secretary, **facts), terms or (HOUR,), by=helen)
    offered = agreeing.offer(draft, by=helen, at=at)
    signing = {"name": "As typed", "sha256": offered.sha256, "at": at}
    agreeing.accept(offered, by=secretary.user, **signing)
    return agreeing.countersign(offered, by=helen, **signing)


def has_an_account(office, secretary) -> None:
    """Hers, confirmed by the code from her mailbox before the story begins; sealed as the office seals it."""
    said = pay_details.Details(f"{secretary.spoken_name} Nair", IBAN)
    with override_settings(VAULT_KEYS=[f"demo:{office.running.keys.vault_key}"]):
        row = pay_details.enter(secretary, said, by=secretary.user, at=clock.now())
        assert pay_details.confirm(row, pay_details.code_of(row), by=secretary.user, at=clock.now())


def has_her_account(office, page, mailbox: str, holder: str) -> None:
    """She enters it at her own desk, and confirms it by the code from her mailbox."""
    go_to(page, "/desk/pay/")
    page.get_by_role("link", name="Enter your account").click()
    page.get_by_label("Holder of the account").fill(holder)
    page.get_by_label("IBAN").fill(IBAN)
    page.get_by_role("button", name="Keep it, and send the code").click()
    expect(page.locator("main")).to_contain_text("counts once you type the code")
    office.settle()
    mail = next(each for each in office.outside.mail(mailbox) if "code" in each["subject"].lower())
    keys.types(page.get_by_label("Code from the mail"), re.search(r"\b\d{6}\b", mail["text"])[0])
    keys.presses(page.get_by_role("button", name="Confirm the account"))
    expect(page.locator("main")).to_contain_text("Confirmed. You are paid into this account")


def last_monday(secretary) -> date:
    return hours.this_monday(secretary, clock.now()) - timedelta(days=7)


def confirms(page, monday: date) -> None:
    """She, without a mouse."""
    go_to(page, f"/desk/time/?week={monday:%Y-%m-%d}")
    keys.presses(page.get_by_role("button", name="Confirm this week"))
    expect(page.locator("main")).to_contain_text("Your week is confirmed")


def approves(page, name: str) -> None:
    """Somebody of the firm, from the list of what waits."""
    go_to(page, "/firm/books/time/")
    page.locator(".row-link", has_text=name).click()
    page.get_by_role("button", name="Approve and close the week").click()
    expect(page.locator("main")).to_contain_text("Approved. The week is closed.")


def prepares(page, first: date, last: date) -> None:
    """One person, by mouse; she sees the run, and that another one approves it."""
    go_to(page, "/firm/books/pay/")
    run = page.locator("form").filter(has=page.get_by_role("button", name="Prepare it"))
    for label, on in (("From", first), ("Until", last), ("To be paid on", clock.now().date())):
        run.get_by_label(label, exact=True).fill(on.isoformat())
    run.get_by_role("button", name="Prepare it").click()
    expect(page.locator("main")).to_contain_text("You prepared it. Another person approves it.")
    expect(page.get_by_role("button", name="Approve this run")).to_have_count(0)


def approves_run(page, prepared) -> None:
    """Another one, without a mouse, on the page of `prepared`."""
    go_to(page, urlsplit(prepared.url).path)
    keys.presses(page.get_by_role("button", name="Approve this run"))
    expect(page.locator("main")).to_contain_text(re.compile("approved by"))


def had_a_run(office, monday: date, *people) -> PayRun:
    """Their week was confirmed and approved, and two people made its run, before the story begins."""
    at = clock.now()
    for each in people:
        week = hours.confirm(each, monday, seen=hours.of(each, monday, at=at).seen, at=at)
        hours.approve(week, by=office.helen, at=at)
    run = paying.begin(monday, monday + timedelta(days=6), at.date(), by=office.helen, at=at)
    return paying.approve(paying.prepare(run, by=office.helen, at=at), by=office.ruth, at=at)
