"""An outsourcing company is paid: its own account, one transfer for all its secretaries, and nobody twice."""

from datetime import date
from uuid import UUID
from xml.etree import ElementTree

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from secretariat import clock, sealing
from secretariat.books import pay_details, pay_files, pay_gathering, paying, paying_out
from secretariat.books.models import BankDetails, PayExtra, PayingAccount, Payout
from secretariat.ledger.models import LedgerEntry
from secretariat.office.models import Partner, User
from secretariat.outbox.models import Effect
from secretariat.rewrapping import places, turning

from .conftest import somebody_of, worked
from .test_paying import IBAN, MONDAYS, OTHER, approved, paid_into, prepared, under_contract
from .test_paying_out import INSIDE, has_coming, page_of, paid_by

QUAYS, QUAYS_OTHER = "GB33BUKB20201555555555", "GB94BARC10201530093459"


@pytest.fixture
def ruth(office):
    return office.supervisor("Ruth")


def company_paid_into(company, by, number=QUAYS) -> BankDetails:
    row = pay_details.enter(company, pay_details.Details("Quay Ltd", number), by=by, at=clock.now())
    assert pay_details.confirm(row, pay_details.code_of(row), by=by, at=clock.now())
    return row


def through(office, okafor, helen, quay, name, amount, **facts):
    her = office.secretary(name, okafor, ready=False)
    has_coming(her, helen, amount, partner=quay, **facts)
    return her


def remittances(content) -> list[str]:
    root = ElementTree.fromstring(content)  # made here
    return [each.text for each in root.iterfind(".//p:Ustrd", INSIDE)]


def texts_to(user) -> list[str]:
    rows = Effect.objects.filter(kind="books.pay_mail", payload__to=user.email).order_by("place")
    return [each.payload["text"] for each in rows]


def test_from_its_own_account_to_one_transfer_that_opens_to_her_hours(
    office, okafor, priya, helen, ruth, quay, quentin, quirin, firms_account
):
    """Entered, confirmed, prepared, approved by another, in the file, paid, and seen by the company."""
    under_contract(priya, helen, partner=quay)
    paid_into(priya, OTHER)  # from when she was engaged directly: nothing of this goes there
    worked(okafor, priya, "2026-10-05 09:00:00", 3600)
    approved(priya, helen, MONDAYS[1])
    through(office, okafor, helen, quay, "Tara", "40")
    theirs, firm, second = (office.browser(each) for each in (quentin, helen, ruth))

    page = theirs.get(reverse("partner-pay")).content.decode()
    assert "Nobody of you has said yet into which account" in page
    details = reverse("partner-pay-details")
    wrong = theirs.post(details, {"holder": "Quay Ltd", "iban": QUAYS[:-1] + "1", "tax": "GB 123"})
    assert wrong.status_code == 422
    assert "GB 123" in wrong.content.decode()  # nothing typed is lost
    assert theirs.post(details, {"holder": "Quay Ltd", "iban": QUAYS, "tax": "GB 123"}).status_code == 303
    row = BankDetails.objects.get(partner=quay)
    assert QUAYS.encode() not in bytes(row.sealed)
    assert pay_details.of(quay) is None  # it does not count yet
    code = pay_details.code_of(row)
    assert theirs.post(reverse("partner-pay-confirm"), {"code": code}).status_code == 303
    assert pay_details.of(quay) == row
    assert "ends in 5555" in texts_to(quirin)[-1]  # all of them are told

    prepared_run = prepared(helen)
    for person in (firm, second):
        page = page_of(person, prepared_run)
        assert "…5555" in page
        assert "1 payment, 54.40 EUR" in page
    statement = prepared_run.statements.get(secretary=priya)
    page = second.get(reverse("pay-statement", args=[statement.pk])).content.decode()
    assert "Quay Ltd, GB33 BUKB 2020 1555 5555 55" in page
    assert "for 2 statements together" not in page  # nothing is marked before it is approved
    assert theirs.get(reverse("partner-payment", args=[prepared_run.pk])).status_code == 404
    second.post(reverse("pay-approve", args=[prepared_run.pk]))
    run = prepared_run
    run.refresh_from_db()
    assert run.is_approved
    assert "It is there, under “What you are paid”" in texts_to(quentin)[-1]

    content = firm.post(reverse("pay-for-bank", args=[run.pk])).content
    assert paid_by(content) == [(QUAYS, "54.40")]
    [words] = remittances(content)
    assert words == "Pay 2026-10-01 to 2026-10-31, 2 statements: Priya 14.40, Tara 40.00"
    assert (Payout.objects.count(), Payout.objects.values("bank").distinct().get()["bank"]) == (2, row.pk)
    assert pay_files.table(run).count(',"54.40"\r\n') == 2  # beside each of its statements

    file = Payout.objects.first().file
    said = firm.post(reverse("pay-file-paid", args=[run.pk, file]), follow=True).content.decode()
    assert "1 payment is marked as paid" in said
    page = theirs.get(reverse("partner-pay")).content.decode()
    assert "54.40 EUR" in page
    assert 'pill-ok">Paid' in page
    page = theirs.get(reverse("partner-payment", args=[run.pk])).content.decode()
    for words in ("Priya", "1 h 00 min", "14.40", "Tara", "40.00", "54.40 EUR", "ends in 5555"):
        assert words in page, words
    assert reverse("partner-statement", args=[statement.pk]) in page
    for address in (
        reverse("partner-payment", args=[run.pk]),
        reverse("partner-statement", args=[statement.pk]),
    ):
        assert "Okafor" not in theirs.get(address).content.decode()
    looked = LedgerEntry.objects.filter(actor_id=quentin.pk, subject_id=str(statement.pk))
    assert looked.exists()
    her_page = office.browser(priya).get(reverse("my-statement", args=[statement.pk])).content.decode()
    assert "Quay is paid this for your work" in her_page
    assert "5555" not in her_page


@pytest.fixture
def run(office, okafor, helen, ruth, quay, quentin, firms_account):
    """Approved: Tara and Nina through Quay, which has an account; each has one of her own as well."""
    for name, amount in (("Tara", "40"), ("Nina", "2.55")):
        paid_into(through(office, okafor, helen, quay, name, amount), OTHER)
    company_paid_into(quay, quentin)
    return paying.approve(prepared(helen), by=ruth, at=clock.now())


def test_nothing_is_paid_twice_whatever_way_it_is_paid(office, run, quay, helen):
    firm = office.browser(helen)
    [tara, nina] = run.statements.order_by("-total")
    paid = reverse("pay-paid", args=[nina.pk])
    page = firm.get(reverse("pay-statement", args=[nina.pk])).content.decode()
    assert "Quay is paid 42.55 EUR in this run, for 2 statements together" in page
    assert "Marked as paid" in firm.post(paid, follow=True).content.decode()
    assert Payout.objects.filter(state="paid", file=None).count() == 2
    again = reverse("pay-paid", args=[tara.pk])
    assert "marked as paid already" in firm.post(again, follow=True).content.decode()
    with pytest.raises(pay_gathering.NotNow):
        paying_out.order(run, by=helen, at=clock.now())
    # All of it came back, and she whose statement it is has an account: it goes to neither of them by itself.
    firm.post(reverse("pay-returned", args=[tara.pk]), {"because": "Unknown"})
    assert Payout.objects.filter(state="returned").count() == 2
    content = paying_out.document(run, paying_out.order(run, by=helen, at=clock.now()))
    assert paid_by(content) == [(QUAYS, "42.55")]


def test_a_transfer_that_came_back_came_back_for_all_and_goes_out_once_more(
    office, run, quay, quentin, helen
):
    firm, theirs = office.browser(helen), office.browser(quentin)
    first = firm.post(reverse("pay-for-bank", args=[run.pk]))
    assert paid_by(first.content) == [(QUAYS, "42.55")]
    statement = run.statements.first()
    why = {"because": "The account is closed"}
    assert firm.post(reverse("pay-returned", args=[statement.pk]), why).status_code == 303
    assert Payout.objects.filter(state="returned", because="The account is closed").count() == 2
    assert "Came back, and the company has not entered another account" in page_of(firm, run)
    page = theirs.get(reverse("partner-payment", args=[run.pk])).content.decode()
    assert "The account is closed" in page
    assert firm.post(reverse("pay-for-bank", args=[run.pk]), follow=True).status_code == 200
    assert Payout.objects.count() == 2
    company_paid_into(quay, quentin, QUAYS_OTHER)
    second = firm.post(reverse("pay-for-bank", args=[run.pk]))
    assert paid_by(second.content) == [(QUAYS_OTHER, "42.55")]
    firm.post(reverse("pay-paid", args=[statement.pk]))
    assert Payout.objects.filter(state="paid").count() == 2
    assert firm.post(reverse("pay-for-bank-again", args=[run.pk, _file(first)])).content == first.content


def _file(answer):
    root = ElementTree.fromstring(answer.content)  # made here
    return UUID(root.findtext(".//p:MsgId", namespaces=INSIDE))


def test_the_database_lets_no_payment_into_an_account_of_somebody_else(run, quay, helen):
    """Not hers for what her company is paid, and not the company's for what she is paid."""
    statement = run.statements.first()
    hers = BankDetails.objects.get(secretary=statement.secretary)
    about = {"statement": statement, "secretary": statement.secretary, "made_by": helen}
    with pytest.raises(IntegrityError, match="account of whoever it is for"), transaction.atomic():
        Payout.objects.create(state="ordered", bank=hers, file=statement.pk, **about)
    Payout.objects.create(state="ordered", bank=statement.bank, file=statement.pk, **about)
    with pytest.raises(IntegrityError, match="account of whoever it is for"), transaction.atomic():
        Payout.objects.update(bank=hers)


def test_a_company_without_an_account_is_named_before_the_file_and_is_in_a_further_one(
    office, okafor, priya, helen, ruth, quay, quentin, firms_account
):
    has_coming(priya, helen, "10")
    paid_into(priya)
    for name, amount in (("Tara", "40"), ("Nina", "2.50")):
        paid_into(through(office, okafor, helen, quay, name, amount), OTHER)
    run, firm = prepared(helen), office.browser(ruth)
    page = page_of(firm, run)
    assert '<span class="row-title">No bank details</span><span class="row-text">Quay</span>' in page
    assert "42.50 EUR" in page
    run = paying.approve(run, by=ruth, at=clock.now())
    content = firm.post(reverse("pay-for-bank", args=[run.pk])).content
    assert paid_by(content) == [(IBAN, "10.00")]
    refused = firm.post(reverse("pay-for-bank", args=[run.pk]), follow=True).content.decode()
    assert refused.count("Quay: no bank details.") == 1
    company_paid_into(quay, quentin)
    page = page_of(firm, run)
    assert "an account it entered after the run was prepared" in page
    # Until now it could only be paid by other ways, and nobody had to mark that: a person's word comes first.
    refused = firm.post(reverse("pay-for-bank", args=[run.pk]), follow=True).content.decode()
    assert refused.count("Quay: approved while there was no account") == 1
    assert Payout.objects.count() == 1
    said = firm.post(reverse("pay-all-due", args=[run.pk]), follow=True).content.decode()
    assert "1 payment is in the next file for the bank" in said
    assert "1 payment, 42.50 EUR" in said
    content = firm.post(reverse("pay-for-bank", args=[run.pk])).content
    assert paid_by(content) == [(QUAYS, "42.50")]


def test_what_was_paid_by_hand_before_it_had_an_account_is_not_paid_again(
    office, okafor, helen, ruth, quay, quentin, firms_account
):
    """Of two old runs the firm has paid one, and marks it now; of the other it says that it has not."""
    tara = through(office, okafor, helen, quay, "Tara", "40")
    paid = paying.approve(prepared(helen), by=ruth, at=clock.now())
    about = {"state": "agreed", "asked_by": helen, "decided_by": helen, "words": "Once more"}
    PayExtra.objects.create(secretary=tara, kind="bonus", amount=5, on=date(2026, 11, 2), **about)
    unpaid = paying.approve(prepared(helen, date(2026, 11, 1), date(2026, 11, 15)), by=ruth, at=clock.now())
    company_paid_into(quay, quentin)
    firm = office.browser(helen)
    for run in (paid, unpaid):
        firm.post(reverse("pay-for-bank", args=[run.pk]))
    assert not Payout.objects.exists()
    statement = paid.statements.get()
    page = firm.get(reverse("pay-statement", args=[statement.pk])).content.decode()
    assert "Nobody has said whether it is paid" in page
    firm.post(reverse("pay-paid", args=[statement.pk]))
    refused = firm.post(reverse("pay-all-due", args=[paid.pk]), follow=True).content.decode()
    assert "Nothing here waits for that word" in refused
    assert "Nothing here waits for that word" not in page_of(firm, unpaid)
    statement = unpaid.statements.get()
    firm.post(reverse("pay-due", args=[statement.pk]))
    theirs = office.browser(quentin).get(reverse("partner-payment", args=[unpaid.pk])).content.decode()
    assert "Not paid yet" in theirs
    why = {"because": "Closed"}
    said = firm.post(reverse("pay-returned", args=[statement.pk]), why, follow=True).content.decode()
    assert "Nobody has paid it yet" in said
    assert paid_by(firm.post(reverse("pay-for-bank", args=[unpaid.pk])).content) == [(QUAYS, "5.00")]


def test_its_changed_account_is_shown_to_both_and_one_that_changes_meanwhile_stops_the_run(
    office, okafor, run, helen, ruth, quay, quentin
):
    about = {"state": "agreed", "asked_by": helen, "decided_by": helen, "words": "Once more"}
    tara = run.statements.order_by("-total").first().secretary
    PayExtra.objects.create(secretary=tara, kind="bonus", amount=5, on=date(2026, 11, 2), **about)
    later = prepared(helen, date(2026, 11, 1), date(2026, 11, 15))
    assert "another account than last time" not in page_of(office.browser(ruth), later)
    company_paid_into(quay, quentin, QUAYS_OTHER)
    assert "no longer into the one that ends in 5555" in texts_to(quentin)[-1]
    with pytest.raises(pay_gathering.NotNow, match="changed since it was prepared: Quay"):
        paying.approve(later, by=ruth, at=clock.now())
    paying.prepare(later, by=helen, at=clock.now(), anew=True)
    for person in (helen, ruth):
        assert "another account than last time" in page_of(office.browser(person), later)


def test_the_code_is_for_whoever_entered_it_and_somebody_taken_out_changes_nothing(
    office, quay, quentin, quirin
):
    theirs, his = office.browser(quentin), office.browser(quirin)
    theirs.post(reverse("partner-pay-details"), {"holder": "Quay Ltd", "iban": QUAYS})
    row = BankDetails.objects.get()
    code, confirm = pay_details.code_of(row), reverse("partner-pay-confirm")
    assert (
        "Quentin Quay has entered the account that ends in 5555"
        in his.get(reverse("partner-pay")).content.decode()
    )
    refused = his.post(confirm, {"code": code})
    assert refused.status_code == 422
    assert "Whoever entered it types the code" in refused.content.decode()
    wrong = theirs.post(confirm, {"code": "000000" if code != "000000" else "111111"})
    assert wrong.status_code == 422
    his.post(reverse("partner-person-out", args=[quentin.pk]))
    assert theirs.post(confirm, {"code": code}).status_code == 404
    assert pay_details.of(quay) is None


def test_nobody_else_sees_or_changes_it(office, okafor, priya, helen, quay, quentin):
    row = company_paid_into(quay, quentin)
    brook = Partner.objects.create(name="Brook")
    other = somebody_of(office, brook, "Berta")
    under_contract(priya, helen, partner=quay)
    assert not BankDetails.objects.visible_to(User.objects.get(pk=priya.user.pk)).exists()
    assert not BankDetails.objects.visible_to(other).exists()
    assert list(BankDetails.objects.visible_to(quentin)) == [row]
    assert "5555" not in office.browser(other).get(reverse("partner-pay")).content.decode()
    for person in (priya, helen):
        for name in ("partner-pay", "partner-pay-details"):
            assert office.browser(person).get(reverse(name)).status_code == 404
    verbs = set(LedgerEntry.objects.filter(actor_id=quentin.pk).values_list("verb", flat=True))
    assert {"books.bank_details_entered", "books.bank_details_changed"} <= verbs


def test_its_tax_number_is_read_by_those_who_make_a_run_and_each_look_is_kept(
    office, okafor, helen, quay, quentin
):
    through(office, okafor, helen, quay, "Tara", "40")
    details = pay_details.Details("Quay Ltd", QUAYS, tax="GB 123 456")
    row = pay_details.enter(quay, details, by=quentin, at=clock.now())
    pay_details.confirm(row, pay_details.code_of(row), by=quentin, at=clock.now())
    statement = prepared(helen).statements.get()
    tax = reverse("pay-tax", args=[statement.pk])
    page = office.browser(helen).get(reverse("pay-statement", args=[statement.pk])).content.decode()
    assert tax in page
    assert "GB 123 456" not in page
    assert "GB 123 456" in office.browser(helen).get(tax).content.decode()
    assert LedgerEntry.objects.get(verb="books.tax_number_read").detail == {"company": str(quay.pk)}


def test_another_currency_is_another_payment_and_stays_out_of_the_file(
    office, okafor, run, helen, ruth, quay, quentin
):
    through(office, okafor, helen, quay, "Rosa", "30", currency="GBP")
    about = {"state": "agreed", "asked_by": helen, "decided_by": helen, "words": "Once more"}
    tara = run.statements.order_by("-total").first().secretary
    PayExtra.objects.create(secretary=tara, kind="bonus", amount=5, on=date(2026, 11, 2), **about)
    later = prepared(helen, date(2026, 11, 1), date(2026, 11, 15))
    later = paying.approve(later, by=ruth, at=clock.now())
    firm = office.browser(helen)
    content = firm.post(reverse("pay-for-bank", args=[later.pk])).content
    assert paid_by(content) == [(QUAYS, "5.00")]
    assert "Not in euro" in page_of(firm, later)
    pounds = later.statements.get(currency="GBP")
    firm.post(reverse("pay-paid", args=[pounds.pk]))
    states = set(Payout.objects.filter(statement__run=later).values_list("statement__currency", "state"))
    assert states == {("EUR", "ordered"), ("GBP", "paid")}
    page = office.browser(quentin).get(reverse("partner-payment", args=[later.pk])).content.decode()
    assert "5.00 EUR" in page
    assert "30.00 GBP" in page


def test_a_bank_is_told_of_as_many_statements_as_it_carries(office, okafor, helen, ruth, quay, quentin):
    PayingAccount.objects.create(name="Lantern Ltd", iban=IBAN)
    for n in range(9):
        through(office, okafor, helen, quay, f"Secretary with a long name {n}", "10")
    company_paid_into(quay, quentin)
    run = paying.approve(prepared(helen), by=ruth, at=clock.now())
    content = paying_out.document(run, paying_out.order(run, by=helen, at=clock.now()))
    assert paid_by(content) == [(QUAYS, "90.00")]
    [words] = remittances(content)
    assert words.startswith("Pay 2026-10-01 to 2026-10-31, 9 statements: Secretary with a long name 0 10.00,")
    assert words.endswith(" +7")


def test_the_firms_key_is_changed_and_its_account_still_opens(settings, quay, quentin):
    key = "MDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDA="
    row = company_paid_into(quay, quentin)
    settings.VAULT_KEYS = [f"new:{key}", *settings.VAULT_KEYS]
    [column] = [each for each in places.columns() if each.model is BankDetails]
    assert turning.rewrap(column).done == 1
    settings.VAULT_KEYS = settings.VAULT_KEYS[:1]
    row.refresh_from_db()
    assert pay_details.opened(row).iban == QUAYS
    assert sealing.key_of(bytes(row.sealed)) == "new"
