"""What was paid and was not right: an interval that was longer, and a payment that the bank sent back."""

import re
from datetime import timedelta
from decimal import Decimal
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from secretariat import clock
from secretariat.books import paying_out
from secretariat.books.models import PayingAccount, Payout, PayStatement

from . import by_keyboard as keys
from .looking import go_to
from .passing import comes_to
from .paying import (
    IBAN,
    approves,
    approves_run,
    confirms,
    had_a_run,
    has_an_account,
    last_monday,
    prepares,
    signed,
)
from .test_the_money import worked
from .test_to_the_bank import file_of

pytestmark = pytest.mark.slow  # likewise in rooms: tests/books/test_asked_pay.py, test_paying_out.py
PHONE = {"width": 390, "height": 844}
OTHER = "FR1420041010050500013M02606"


@pytest.fixture
def firm(office):
    office.okafor = office.client("Okafor Legal")
    office.helen, office.ruth = office.supervisor(), office.supervisor("Ruth")
    office.priya = office.secretary("Priya", office.okafor, ready=False)
    signed(office.priya, office.helen)
    has_an_account(office, office.priya)
    office.monday = last_monday(office.priya)
    return office


def noon_of(day):
    at = clock.now().replace(hour=12, minute=0, second=0, microsecond=0)
    return at.replace(year=day.year, month=day.month, day=day.day)


def test_an_interval_that_was_paid_too_short_is_a_line_of_the_next_run(firm):
    """Half an hour at 14.40 was paid, 7.20. It was forty minutes: 2.40 more, beside the next week's hour."""
    monday = firm.monday
    worked(firm.okafor, firm.priya, noon_of(monday), 1800)
    paying_out.paid(had_a_run(firm, monday, firm.priya).statements.get(), by=firm.ruth, at=clock.now())

    # On her telephone she opens the line, and says of the interval itself what is not right.
    hers = firm.enters(firm.priya, to="/desk/pay/", viewport=PHONE)
    hers.get_by_role("table", name="Statements").get_by_role("link").click()
    expect(hers.locator("main .pill").first).to_have_text("Paid")
    keys.presses(hers.get_by_role("link", name="Open its 1 part"))
    hers.locator("details.fold").get_by_role("link", name=re.compile("^Not right")).click()
    asks = hers.get_by_role("button", name="Ask for it to be put right")
    wrong = hers.locator("form").filter(has=asks)
    expect(wrong).to_contain_text("Talking, Okafor Legal, 30 min 00 s, 7.20")
    keys.types(wrong.get_by_label("By how much, in EUR"), "2.40")
    keys.types(wrong.get_by_label("What is not right"), "We spoke for forty minutes")
    keys.presses(asks)
    expect(hers.locator("main")).to_contain_text("What is put right is part of the next run.")
    expect(hers.locator("main")).to_contain_text("Waits for the firm")

    # The firm reads what was paid beside what she says, looks at the statement, and agrees.
    desk = firm.enters(firm.helen, to="/firm/books/pay/")
    words = "30 min 00 s, 7.20: We spoke for forty minutes"
    asked = desk.locator("section").filter(has_text="Priya: Correction of earlier pay, 2.40 EUR")
    expect(asked).to_contain_text(words)
    asked.get_by_role("link", name="the statement").click()
    expect(desk.locator("tfoot")).to_contain_text("7.20 EUR")
    go_to(desk, "/firm/books/pay/")
    agrees = desk.get_by_role("button", name=re.compile("^Agree"))
    keys.presses(agrees)
    expect(agrees).to_have_count(0)

    # A week later two people pay it with what she worked since.
    comes_to(firm, monday + timedelta(days=14), "12:00")
    worked(firm.okafor, firm.priya, noon_of(monday + timedelta(days=8)), 3600)
    confirms(hers, monday + timedelta(days=7))
    approves(desk, "Priya")
    prepares(desk, monday + timedelta(days=7), monday + timedelta(days=13))
    second = firm.enters(firm.ruth, to="/firm/books/pay/")
    go_to(second, urlsplit(desk.url).path)
    expect(second.locator("main")).to_contain_text(words)
    expect(second.locator("main")).to_contain_text("16.80 EUR")
    approves_run(second, desk)

    right = f"Puts the statement of {said(monday)} – {said(monday + timedelta(days=6))} right."
    go_to(hers, "/desk/pay/")
    hers.get_by_role("table", name="Statements").get_by_role("link").first.click()
    desk.get_by_role("table", name="Statements").get_by_role("link", name="Priya").click()
    for page in (hers, desk):
        line = page.locator(".bill-lines tbody tr", has_text=words)
        expect(line).to_contain_text(right)
        expect(line.locator("td").last).to_have_text("2.40")
        expect(page.locator(".bill-lines tfoot")).to_contain_text("16.80 EUR")
    sums = PayStatement.objects.order_by("last_on").values_list("total", flat=True)
    assert list(sums) == [Decimal("7.20"), Decimal("16.80")]  # the first stays as two people approved it


def said(day) -> str:
    return f"{day.day} {day:%B %Y}"


def test_what_came_back_is_paid_into_the_account_she_mends_and_nothing_twice(firm):
    """An hour of hers, 14.40, comes back; half an hour of Maya's, 7.20, has reached her."""
    maya = firm.secretary("Maya", firm.okafor, ready=False)
    signed(maya, firm.helen)
    has_an_account(firm, maya)
    PayingAccount.objects.create(name="Lantern Ltd", iban=IBAN, bic="COBADEFFXXX")
    worked(firm.okafor, firm.priya, noon_of(firm.monday), 3600)
    worked(firm.okafor, maya, noon_of(firm.monday) + timedelta(hours=2), 1800)
    run = had_a_run(firm, firm.monday, firm.priya, maya)
    statement = run.statements.get(secretary=firm.priya)

    of_run = reverse("pay-run", args=[run.pk])
    desk, second = firm.enters(firm.helen, to=of_run), firm.enters(firm.ruth, to=of_run)
    expect(desk.locator("main")).to_contain_text("2 payments, together 21.60 EUR")
    first = file_of(desk, desk.get_by_role("button", name="For the bank (SEPA)").click)
    assert amounts(first) == ["14.40", "7.20"]
    desk.reload()
    desk.get_by_role("button", name="All of it is paid").click()
    expect(desk.locator("main")).to_contain_text("2 payments are marked as paid.")

    # The bank sends hers back. One of the firm notes it, without a mouse, and the other sees it.
    go_to(desk, reverse("pay-statement", args=[statement.pk]))
    keys.types(desk.get_by_label("Why it came back"), "AC04, account closed")
    keys.presses(desk.get_by_role("button", name="It came back"))
    expect(desk.locator("main")).to_contain_text("Marked. It can be paid again")
    for page in (desk, second):
        go_to(page, of_run)
        row = page.get_by_role("table", name="Statements").locator("tr", has_text="Priya")
        expect(row).to_contain_text("Came back")
        expect(page.locator("main")).to_contain_text("Came back, and she has not entered another account")
        expect(page.get_by_role("button", name="A further file for the bank")).to_have_count(0)

    # She is told, reads why, and says on her telephone where her pay goes from now on.
    mail = mail_to(firm, "A payment to you came back")
    assert "AC04" not in mail["text"]
    hers = firm.enters(firm.priya, to="/desk/pay/", viewport=PHONE)
    statements = hers.get_by_role("table", name="Statements")
    expect(statements).to_contain_text("Came back")
    go_to(hers, urlsplit(re.search(r"http\S+/pay/[\w-]+/", mail["text"])[0]).path)
    expect(hers.locator("main")).to_contain_text("AC04, account closed")
    keys.presses(hers.get_by_role("link", name="Enter another account"))
    keys.types(hers.get_by_label("Holder of the account"), "Priya Nair")
    keys.types(hers.get_by_label("IBAN"), OTHER)
    keys.presses(hers.get_by_role("button", name="Keep it, and send the code"))
    expect(hers.locator("main")).to_contain_text("counts once you type the code")
    second.reload()
    expect(second.get_by_role("button", name="A further file for the bank")).to_have_count(0)  # not yet
    code = mail_to(firm, "A code for your bank details", OTHER[-4:])["text"]
    keys.types(hers.get_by_label("Code from the mail"), re.search(r"\b\d{6}\b", code)[0])
    keys.presses(hers.get_by_role("button", name="Confirm the account"))
    expect(hers.locator("main")).to_contain_text(f"ends in {OTHER[-4:]}")
    mail_to(firm, "Your pay goes to another account", OTHER[-4:])

    # Both see that it is another account; what goes out is hers alone, and once.
    for page in (desk, second):
        go_to(page, of_run)
        expect(page.locator("main")).to_contain_text("an account she entered after the run was prepared")
        expect(page.locator("main")).to_contain_text("1 payment, 14.40 EUR")
    further = second.get_by_role("button", name="A further file for the bank")
    again = file_of(second, lambda: keys.presses(further))
    assert amounts(again) == ["14.40"]
    assert f"<IBAN>{OTHER}</IBAN>" in again
    second.reload()
    expect(further).to_have_count(0)
    second.get_by_role("button", name="All of it is paid").click()
    expect(second.locator("main")).to_contain_text("1 payment is marked as paid.")
    go_to(hers, "/desk/pay/")
    expect(statements).to_contain_text("Paid")
    expect(statements).not_to_contain_text("Came back")
    tries = Payout.objects.order_by("made_at", "secretary__spoken_name")
    assert list(tries.values_list("secretary__spoken_name", "state")) == [
        *[("Maya", "paid"), ("Priya", "returned")],
        ("Priya", "paid"),
    ]


def amounts(paper: str) -> list[str]:
    return sorted(re.findall(r'<InstdAmt Ccy="EUR">([\d.]+)</InstdAmt>', paper))


def mail_to(firm, subject: str, words: str = "") -> dict:
    """The newest to her with this subject and these words in it."""
    return firm.eventually(
        lambda: next(
            (
                each
                for each in firm.outside.mail(firm.priya.user.email)
                if each["subject"] == subject and words in each["text"]
            ),
            None,
        )
    )
