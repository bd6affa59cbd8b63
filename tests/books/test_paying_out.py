"""How approved pay reaches accounts: files for the bank, who is left out, what is paid or comes back."""

from datetime import date
from decimal import Decimal
from importlib import resources
from xml.etree import ElementTree

import pytest
import xmlschema
from django.db import IntegrityError, transaction
from django.urls import reverse

from secretariat import clock
from secretariat.books import pain, pay_details, pay_gathering, paying, paying_out
from secretariat.books.models import PayExtra, PayingAccount, Payout
from secretariat.ledger.models import LedgerEntry
from secretariat.office.models import Partner
from secretariat.outbox.models import Effect

from .conftest import somebody_of
from .test_paying import IBAN, OTHER, PAID_ON, paid_into, prepared, under_contract

INSIDE = {"p": pain.SPACE}


def has_coming(secretary, helen, amount, *, currency="EUR", **facts) -> None:
    """Under contract, with a bonus in October."""
    under_contract(secretary, helen, currency=currency, **facts)
    about = {"state": "agreed", "asked_by": helen, "decided_by": helen, "words": "Well done"}
    PayExtra.objects.create(
        secretary=secretary, kind="bonus", amount=Decimal(amount), on=date(2026, 10, 20), **about
    )


@pytest.fixture
def maya(office, okafor):
    return office.secretary("Maya", okafor, ready=False)


@pytest.fixture
def run(office, okafor, priya, maya, helen):
    """Approved: Priya has an account, Maya and Tara's company none yet, Rosa is paid in pounds."""
    PayingAccount.objects.create(name="Lantern Ltd", iban=IBAN, bic="COBADEFFXXX")
    has_coming(priya, helen, "100.10")
    has_coming(maya, helen, "20.20")
    has_coming(office.secretary("Rosa", okafor, ready=False), helen, "30", currency="GBP")
    quay = Partner.objects.create(name="Quay")
    has_coming(office.secretary("Tara", okafor, ready=False), helen, "40", partner=quay)
    paid_into(priya)
    return paying.approve(prepared(helen), by=office.supervisor("Ruth"), at=clock.now())


def paid_by(content) -> list[tuple[str, str]]:
    """Account and amount of each payment in a file, which is as banks read it."""
    schema = resources.files("sepaxml") / "schemas" / f"{pain.SCHEMA}.xsd"
    xmlschema.XMLSchema(schema.read_text(), allow="none", defuse="never").validate(content.decode())
    payments = ElementTree.fromstring(content).iterfind(".//p:CdtTrfTxInf", INSIDE)  # made here
    return [
        (each.findtext(".//p:IBAN", namespaces=INSIDE), each.findtext(".//p:InstdAmt", namespaces=INSIDE))
        for each in payments
    ]


def statement_of(run, secretary):
    return run.statements.get(secretary=secretary)


def page_of(browser, run) -> str:
    return browser.get(reverse("pay-run", args=[run.pk])).content.decode()


def test_who_is_left_out_stands_beside_the_button_with_the_reason_and_the_sums(office, run, helen):
    page = page_of(office.browser(helen), run)
    for words in ("1 payment, 100.10 EUR", "no bank details", "20.20 EUR", "Not in euro", "30.00 GBP"):
        assert words in page, words
    assert '<span class="row-text">Maya, Quay</span>' in page
    assert "Outsourcing companies" in page  # with what each is to be paid
    assert "40.00 EUR" in page


def test_whoever_enters_an_account_later_is_in_a_further_file_and_nobody_twice(
    office, run, priya, maya, helen
):
    firm, bank = office.browser(helen), reverse("pay-for-bank", args=[run.pk])
    first = firm.post(bank)
    assert paid_by(first.content) == [(IBAN, "100.10")]
    again = firm.post(bank, follow=True)
    assert "Everything that can be paid is in a file already" in again.content.decode()
    paid_into(maya, OTHER)
    page = page_of(firm, run)
    assert "an account she entered after the run was prepared" in page
    # She may have been paid by hand meanwhile, which nobody has to mark: a person's word comes first.
    assert "somebody says first that it is not paid yet" in page
    assert "Everything that can be paid so is in a file" in page
    refused = firm.post(bank, follow=True).content.decode()
    assert "Maya: approved while there was no account" in refused
    assert Payout.objects.count() == 1
    unpaid = reverse("pay-due", args=[statement_of(run, maya).pk])
    assert "in the next file for the bank" in firm.post(unpaid, follow=True).content.decode()
    assert "Nothing here waits for that word" in firm.post(unpaid, follow=True).content.decode()
    assert "1 payment, 20.20 EUR" in page_of(firm, run)
    second = firm.post(bank)
    assert paid_by(second.content) == [(OTHER, "20.20")]
    assert Payout.objects.filter(state="ordered").count() == 2
    assert LedgerEntry.objects.get(verb="books.payouts_due").detail == {"payments": 1}
    file = Payout.objects.get(secretary=priya).file
    same = firm.post(reverse("pay-for-bank-again", args=[run.pk, file]))
    assert same.content == first.content
    wrong = firm.post(reverse("pay-for-bank-again", args=[run.pk, run.pk]), follow=True)
    assert "There is no such file" in wrong.content.decode()
    assert LedgerEntry.objects.filter(verb="books.pay_exported").count() == 3


def test_a_payment_is_marked_as_paid_or_as_having_come_back_and_goes_out_again(
    office, run, priya, maya, helen
):
    firm, hers = office.browser(helen), office.browser(priya)
    statement = statement_of(run, priya)
    returned = reverse("pay-returned", args=[statement.pk])
    why = {"because": "The account is closed"}
    assert "Nobody has paid it yet" in firm.post(returned, why, follow=True).content.decode()
    file = paying_out.order(run, by=helen, at=clock.now())
    firm.post(reverse("pay-file-paid", args=[run.pk, file.key]))
    page = hers.get(reverse("my-statement", args=[statement.pk])).content.decode()
    assert "Paid" in page
    assert firm.post(returned, {"because": ""}).status_code == 422
    assert firm.post(returned, why).status_code == 303
    page = hers.get(reverse("my-statement", args=[statement.pk])).content.decode()
    assert "Came back" in page
    assert "The account is closed" in page
    page = page_of(firm, run)
    assert "Came back, and she has not entered another account" in page
    with pytest.raises(pay_gathering.NotNow, match="in a file already"):
        paying_out.order(run, by=helen, at=clock.now())
    paid_into(priya, OTHER)
    answer = firm.post(reverse("pay-for-bank", args=[run.pk]))
    assert paid_by(answer.content) == [(OTHER, "100.10")]
    assert list(Payout.objects.order_by("made_at").values_list("state", flat=True)) == ["returned", "ordered"]
    verbs = LedgerEntry.objects.filter(verb__startswith="books.payout").values_list("verb", flat=True)
    assert set(verbs) == {"books.payouts_paid", "books.payout_returned"}


def test_whoever_was_to_have_what_came_back_is_told_where_to_enter_another_account(office, run, priya, helen):
    """She, or all people of the company that is paid; the bank's words stand on the page alone."""
    firm, why = office.browser(helen), {"because": "Account closed"}
    hers = statement_of(run, priya)
    firm.post(reverse("pay-paid", args=[hers.pk]))
    firm.post(reverse("pay-returned", args=[hers.pk]), why)
    firm.post(reverse("pay-returned", args=[hers.pk]), why)  # pressed once more
    [mail] = mails_of_what_came_back(priya.user)
    assert mail["subject"] == "A payment to you came back"
    assert reverse("my-statement", args=[hers.pk]) in mail["text"]
    assert "01 Oct 2026 to 31 Oct 2026" in mail["text"]
    assert why["because"] not in mail["text"]
    assert "Came back" in office.browser(priya).get(reverse("my-pay")).content.decode()

    theirs = run.statements.get(partner__name="Quay")
    quentin = somebody_of(office, theirs.partner, "Quentin")
    firm.post(reverse("pay-paid", args=[theirs.pk]))
    firm.post(reverse("pay-returned", args=[theirs.pk]), why)
    [mail] = mails_of_what_came_back(quentin)
    assert reverse("partner-payment", args=[run.pk]) in mail["text"]
    assert not mails_of_what_came_back(theirs.secretary.user)


def mails_of_what_came_back(user) -> list[dict]:
    rows = Effect.objects.filter(kind=pay_details.KIND, payload__to=user.email)
    return [each.payload for each in rows if "came back" in each.payload["subject"]]


def test_what_is_paid_by_another_way_is_in_no_file(office, run, maya, helen):
    firm, statement = office.browser(helen), statement_of(run, maya)
    paid = reverse("pay-paid", args=[statement.pk])
    assert "Marked as paid" in firm.post(paid, follow=True).content.decode()
    assert "marked as paid already" in firm.post(paid, follow=True).content.decode()
    paid_into(maya, OTHER)
    [each] = paying_out.order(run, by=helen, at=clock.now()).payouts
    assert each.secretary != maya


def test_the_database_pays_no_statement_twice(run, priya, helen):
    paying_out.order(run, by=helen, at=clock.now())
    about = {"statement": statement_of(run, priya), "secretary": priya, "made_by": helen}
    with pytest.raises(IntegrityError, match="a_statement_is_paid_once"), transaction.atomic():
        Payout.objects.create(state="paid", **about)
    with pytest.raises(IntegrityError, match="what_came_back_says_why"), transaction.atomic():
        Payout.objects.create(state="returned", **about)


def test_before_two_people_have_said_that_it_stands_nothing_is_paid(office, priya, helen):
    PayingAccount.objects.create(name="Lantern Ltd", iban=IBAN)
    has_coming(priya, helen, "10")
    paid_into(priya)
    run = prepared(helen)
    with pytest.raises(pay_gathering.NotNow, match="once the run is approved"):
        paying_out.order(run, by=helen, at=clock.now())
    said = {"because": "Closed"}
    statement = run.statements.get()
    for name in ("pay-paid", "pay-returned"):
        office.browser(helen).post(reverse(name, args=[statement.pk]), said)
    assert not Payout.objects.exists()


def test_a_bank_is_asked_for_no_day_that_is_over(office, run, helen):
    office.clock_says("2026-12-05 10:30")
    assert run.pay_on == PAID_ON
    content = paying_out.document(run, paying_out.order(run, by=helen, at=clock.now()))
    root = ElementTree.fromstring(content)  # made here
    assert root.findtext(".//p:ReqdExctnDt/p:Dt", namespaces=INSIDE) == "2026-12-05"


def test_her_tax_number_is_read_by_those_who_make_a_run_and_each_look_is_kept(office, run, priya, helen):
    details = pay_details.Details("Priya Nair", OTHER, tax="12 345 678")
    row = pay_details.enter(priya, details, by=priya.user, at=clock.now())
    pay_details.confirm(row, pay_details.code_of(row), by=priya.user, at=clock.now())
    later = paying.begin(date(2026, 11, 1), date(2026, 11, 15), PAID_ON, by=helen, at=clock.now())
    about = {"state": "agreed", "asked_by": helen, "decided_by": helen, "words": "Once more"}
    PayExtra.objects.create(secretary=priya, kind="bonus", amount=5, on=date(2026, 11, 2), **about)
    statement = paying.prepare(later, by=helen, at=clock.now()).statements.get(secretary=priya)
    page = office.browser(helen).get(reverse("pay-statement", args=[statement.pk])).content.decode()
    assert "another account than last time" in page
    assert "12 345 678" not in page
    tax = reverse("pay-tax", args=[statement.pk])
    assert tax in page
    assert not LedgerEntry.objects.filter(verb="books.tax_number_read").exists()
    assert "12 345 678" in office.browser(helen).get(tax).content.decode()
    assert LedgerEntry.objects.get(verb="books.tax_number_read").actor_id == helen.pk


def test_a_first_account_is_said_to_be_one(office, run, maya, helen):
    """The last statement had none, so there is nothing it could differ from."""
    paid_into(maya, OTHER)
    about = {"state": "agreed", "asked_by": helen, "decided_by": helen, "words": "Once more"}
    PayExtra.objects.create(secretary=maya, kind="bonus", amount=5, on=date(2026, 11, 2), **about)
    later = prepared(helen, date(2026, 11, 1), date(2026, 11, 15))
    assert "her first account" in page_of(office.browser(helen), later)
    assert "her first account" not in page_of(office.browser(helen), run)
