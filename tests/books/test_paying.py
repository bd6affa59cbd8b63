"""Pay runs: two people, every interval once, late work in the next run, her account, files for the bank."""

import csv
import io
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from importlib import resources
from xml.etree import ElementTree

import pytest
import xmlschema
from django.db import IntegrityError, transaction
from django.urls import reverse

from secretariat import clock
from secretariat.books import hours, pain, pay_details, pay_files, pay_gathering, paying
from secretariat.books.models import (
    BankDetails,
    Outcome,
    PayExtra,
    PayingAccount,
    PayLine,
    PayPart,
    PayRun,
    PayStatement,
)
from secretariat.ledger.models import LedgerEntry
from secretariat.office.contracts import agreeing
from secretariat.office.models import Contract
from secretariat.office.pay import By, Term
from secretariat.office.pay_counting import Per
from secretariat.outbox.models import Effect
from tests.companies import signs_where_needed

from .conftest import worked

OCTOBER = date(2026, 10, 1), date(2026, 10, 31)
PAID_ON = date(2026, 12, 1)
MONDAYS = [date(2026, 9, 28), date(2026, 10, 5), date(2026, 10, 12)]
IBAN, OTHER = "DE89370400440532013000", "FR1420041010050500013M02606"


@pytest.fixture
def ruth(office):
    """The second person of a run."""
    return office.supervisor("Ruth")


def under_contract(secretary, helen, *terms, from_on=date(2026, 9, 1), **facts) -> Contract:
    words = dict.fromkeys(
        ("role", "duties", "rights", "obligations", "confidentiality", "breach"), "As agreed"
    )
    terms = terms or (Term(By.HOUR, Decimal("14.40")),)
    draft = Contract(secretary=secretary, from_on=from_on, **words | {"currency": "EUR"} | facts)
    at = clock.now()
    offered = agreeing.offer(agreeing.write(draft, terms, by=helen), by=helen, at=at)
    signing = {"name": "As typed", "sha256": offered.sha256, "at": at}
    agreeing.accept(offered, by=secretary.user, **signing)
    signs_where_needed(offered, at=at)
    return agreeing.countersign(offered, by=helen, **signing)


def approved(secretary, helen, *mondays) -> None:
    for monday in mondays:
        seen = hours.of(secretary, monday, at=clock.now()).seen
        week = hours.confirm(secretary, monday, seen=seen, at=clock.now())
        hours.approve(week, by=helen, at=clock.now())


def prepared(helen, first=OCTOBER[0], last=OCTOBER[1]) -> PayRun:
    """The run of these days, begun as soon as they are over."""
    after = datetime.combine(last + timedelta(days=1), time(12), UTC)
    run = paying.begin(first, last, PAID_ON, by=helen, at=max(clock.now(), after))
    return paying.prepare(run, by=helen, at=clock.now())


def paid_into(secretary, number=IBAN) -> BankDetails:
    row = pay_details.enter(
        secretary, pay_details.Details("Priya Nair", number), by=secretary.user, at=clock.now()
    )
    assert pay_details.confirm(row, pay_details.code_of(row), by=secretary.user, at=clock.now())
    return row


def everything(run) -> list:
    rows = run.statements.order_by("secretary").values_list("secretary", "gross", "expenses", "total")
    lines = PayLine.objects.filter(statement__run=run).order_by("secretary", "rank")
    parts = PayPart.objects.filter(statement__run=run).order_by("secretary", "line__rank", "id")
    return [
        *rows,
        *lines.values_list("words", "quantity", "amount"),
        *parts.values_list("record", "subject_id", "micros", "units", "amount"),
    ]


def test_from_approved_hours_to_a_statement_that_opens_to_each_interval(office, okafor, priya, helen, ruth):
    under_contract(priya, helen)
    worked(okafor, priya, "2026-10-05 09:00:00", 3600)
    worked(okafor, priya, "2026-10-06 09:00:00", 125)
    worked(okafor, priya, "2026-10-13 09:00:00", 999)  # its week is not approved
    approved(priya, helen, MONDAYS[1])
    firm, second, hers = office.browser(helen), office.browser(ruth), office.browser(priya)
    said = {"first_on": "2026-10-01", "last_on": "2026-10-31", "pay_on": "2026-11-30"}
    assert firm.post(reverse("pay-prepare"), said).status_code == 303
    run, statement = PayRun.objects.get(), PayStatement.objects.get()
    assert (statement.total, statement.parts.count()) == (Decimal("14.90"), 2)
    page = firm.get(reverse("pay-run", args=[run.pk])).content.decode()
    assert "You prepared it. Another person approves it" in page
    assert "no bank details" in page
    approve = reverse("pay-approve", args=[run.pk])
    assert "Another person approves it" in firm.post(approve, follow=True).content.decode()
    assert hers.get(reverse("my-statement", args=[statement.pk])).status_code == 404  # not hers yet
    assert "Approved" in second.post(approve, follow=True).content.decode()
    page = hers.get(reverse("my-statement", args=[statement.pk])).content.decode()
    for words in ("14.40 EUR an hour at work", "1 h 02 min 05 s", "14.90", "Talking", "Okafor Legal", "2:05"):
        assert words in page, words
    paper = hers.get(reverse("my-statement-pdf", args=[statement.pk]))
    assert paper.content.startswith(b"%PDF")
    mail = Effect.objects.get(kind="books.pay_mail")
    assert mail.payload["to"] == priya.user.email


def test_what_is_approved_late_and_what_was_wrong_are_part_of_the_next_run(
    office, okafor, priya, helen, ruth
):
    under_contract(priya, helen)
    worked(okafor, priya, "2026-10-05 09:00:00", 3600)
    approved(priya, helen, MONDAYS[1])
    first = prepared(helen)
    paying.approve(first, by=ruth, at=clock.now())
    worked(okafor, priya, "2026-10-13 09:00:00", 1800)
    approved(priya, helen, MONDAYS[2])
    hers, statement = office.browser(priya), PayStatement.objects.get()
    said = {"amount": "2.50", "words": "Two calls on the 5th are missing"}
    hers.post(reverse("my-statement-ask", args=[statement.pk]), said)
    extra = PayExtra.objects.get()
    office.browser(helen).post(reverse("pay-extra-agree", args=[extra.pk]))
    later = prepared(helen, date(2026, 11, 1), date(2026, 11, 30))
    [pay] = later.statements.all()
    assert pay.gross == Decimal("9.70")
    assert [line.amount for line in pay.lines.all()] == [Decimal("7.20"), Decimal("2.50")]


def test_a_run_that_was_killed_goes_on_and_the_same_facts_give_the_same_cents(
    office, okafor, priya, helen, monkeypatch
):
    maya = office.secretary("Maya", okafor, ready=False)
    for each, kind in ((priya, "talk"), (maya, "wrap_up")):
        under_contract(each, helen, Term(By.HOUR, Decimal("13.37")), Term(By.PIECE, Decimal("0.333"), "call"))
        for n in range(5):
            worked(okafor, each, f"2026-10-0{5 + n} 09:00:00", 1000 + n, kind=kind)
        approved(each, helen, MONDAYS[1])
    run = paying.begin(*OCTOBER, PAID_ON, by=helen, at=clock.now())
    written = paying.write

    def killed(run, secretary):
        if secretary == priya:
            raise KeyboardInterrupt
        return written(run, secretary)

    monkeypatch.setattr(paying, "write", killed)
    with pytest.raises(KeyboardInterrupt):
        paying.prepare(run, by=helen, at=clock.now())
    [first] = run.statements.all()
    monkeypatch.undo()
    paying.prepare(run, by=helen, at=clock.now())
    assert run.statements.count() == 2
    assert first in run.statements.all()
    before = everything(run)
    paying.prepare(run, by=helen, at=clock.now(), anew=True)
    assert everything(run) == before


def test_the_database_pays_no_interval_twice_and_lets_approved_pay_stand(okafor, priya, helen, ruth):
    under_contract(priya, helen)
    record = worked(okafor, priya, "2026-10-05 09:00:00", 3600)
    approved(priya, helen, MONDAYS[1])
    run = prepared(helen)
    part = PayPart.objects.get(record=record)
    facts = {"statement_id": part.statement_id, "line_id": part.line_id, "secretary": priya, "amount": 1}
    with pytest.raises(IntegrityError, match="an_interval_is_paid_once"), transaction.atomic():
        PayPart.objects.create(record=record, since=part.since, until=part.until, **facts)
    with pytest.raises(IntegrityError, match="two_people"), transaction.atomic():
        PayRun.objects.update(state="approved", approved_by=helen, approved_at=clock.now())
    paying.approve(run, by=ruth, at=clock.now())
    attempts = [
        lambda: PayStatement.objects.update(gross=1, total=1),
        lambda: PayLine.objects.update(amount=1),
        lambda: PayPart.objects.update(amount=1),
        lambda: PayRun.objects.update(pay_on=PAID_ON),
    ]
    for attempt in attempts:
        with pytest.raises(IntegrityError, match="approved pay stays"), transaction.atomic():
            attempt()
    with pytest.raises(pay_gathering.NotNow, match="It stays"):
        paying.drop(run, by=helen)


def test_without_a_contract_nobody_is_paid_and_the_work_waits(office, okafor, priya, helen):
    worked(okafor, priya, "2026-10-05 09:00:00", 3600)
    approved(priya, helen, MONDAYS[1])
    run = paying.begin(*OCTOBER, PAID_ON, by=helen, at=clock.now())
    run = paying.prepare(run, by=helen, at=clock.now())
    assert run.statements.count() == 0
    assert list(run.hindered.values()) == ["Priya: no contract covers her work. It waits for one."]
    under_contract(priya, helen, from_on=date(2026, 10, 1))
    paying.prepare(run, by=helen, at=clock.now())
    assert run.statements.get().total == Decimal("14.40")


def test_her_account_is_sealed_counts_after_the_code_and_both_people_see_that_it_changed(
    office, okafor, priya, helen, ruth
):
    under_contract(priya, helen)
    worked(okafor, priya, "2026-10-05 09:00:00", 3600)
    worked(okafor, priya, "2026-11-02 09:00:00", 3600)
    approved(priya, helen, MONDAYS[1], date(2026, 11, 2))
    paid_into(priya)
    paying.approve(prepared(helen), by=ruth, at=clock.now())
    hers = office.browser(priya)
    wrong = hers.post(reverse("my-pay-details"), {"holder": "Priya Nair", "iban": IBAN[:-1] + "1"})
    assert wrong.status_code == 422
    hers.post(
        reverse("my-pay-details"), {"holder": "Priya Nair", "iban": "FR14 2004 1010 0505 0001 3M02 606"}
    )
    row = BankDetails.objects.latest("entered_at", "id")
    assert OTHER.encode() not in bytes(row.sealed)
    office.settle()
    mail = Effect.objects.filter(kind="books.pay_mail", subject_kind="books.bankdetails").latest("id")
    code = pay_details.code_of(row)
    assert code not in str(mail.payload)  # no table holds it
    run = prepared(helen, date(2026, 11, 1), date(2026, 11, 15))
    refused = hers.post(reverse("my-pay-confirm"), {"code": "000000" if code != "000000" else "111111"})
    assert refused.status_code == 422
    assert run.statements.get().bank.ending == IBAN[-4:]
    told = Effect.objects.filter(kind="books.pay_mail", subject_kind="office.secretary")
    assert not told.exists()  # nothing has changed yet
    assert hers.post(reverse("my-pay-confirm"), {"code": code}).status_code == 303
    assert f"and no longer into the one that ends in {IBAN[-4:]}" in told.get().payload["text"]
    with pytest.raises(pay_gathering.NotNow, match="changed since it was prepared: Priya"):
        paying.approve(run, by=ruth, at=clock.now())
    paying.prepare(run, by=helen, at=clock.now(), anew=True)
    for person in (helen, ruth):
        page = office.browser(person).get(reverse("pay-run", args=[run.pk])).content.decode()
        assert "another account than last time" in page
    assert LedgerEntry.objects.filter(verb="books.bank_details_changed", actor_id=priya.user.pk).count() == 2


def test_a_code_is_tried_five_times_and_is_good_for_half_an_hour(office, priya):
    details = pay_details.Details("Priya Nair", IBAN)
    row = pay_details.enter(priya, details, by=priya.user, at=clock.now())
    wrong = f"{(int(pay_details.code_of(row)) + 1) % 1_000_000:06}"
    for _n in range(5):
        assert not pay_details.confirm(row, wrong, by=priya.user, at=clock.now())
    with pytest.raises(pay_details.NotNow):
        pay_details.confirm(row, pay_details.code_of(row), by=priya.user, at=clock.now())
    row = pay_details.enter(priya, details, by=priya.user, at=clock.now())
    office.is_later(1801)
    with pytest.raises(pay_details.NotNow):
        pay_details.confirm(row, pay_details.code_of(row), by=priya.user, at=clock.now())


def test_commission_and_expenses_are_paid_once(office, okafor, priya, helen, ruth):
    under_contract(priya, helen, Term(By.OUTCOME, Decimal(8), "meeting"), Term(By.HOUR, Decimal(10)))
    about = {"secretary": priya, "client": okafor.row, "reported_by": helen}
    Outcome.objects.create(kind="meeting", on=date(2026, 10, 7), words="Harlow, Tuesday", **about)
    said = {"on": "2026-10-08", "amount": "19.99", "words": "Headset"}
    office.browser(priya).post(reverse("my-pay-expense"), said)
    office.browser(helen).post(reverse("pay-extra-agree", args=[PayExtra.objects.get().pk]))
    run = paying.approve(prepared(helen), by=ruth, at=clock.now())
    pay = run.statements.get()
    assert (pay.gross, pay.expenses, pay.total) == (Decimal(8), Decimal("19.99"), Decimal("27.99"))
    later = prepared(helen, date(2026, 11, 1), date(2026, 11, 30))
    assert not later.statements.exists()


def test_what_is_taken_off_stands_on_the_statement_and_ends_with_its_hours(
    office, okafor, priya, helen, ruth
):
    under_contract(
        priya,
        helen,
        Term(By.HOUR, Decimal("14.40")),
        Term(By.LESS, Decimal("3.10"), per="month", condition="a headset", until=date(2026, 10, 20)),
        Term(By.REDUCED, Decimal(10), hours=Decimal("1.5"), condition="training"),
    )
    worked(okafor, priya, "2026-10-05 09:00:00", 3600)
    approved(priya, helen, MONDAYS[1])
    run = paying.approve(prepared(helen), by=ruth, at=clock.now())
    statement = run.statements.get()
    page = office.browser(priya).get(reverse("my-statement", args=[statement.pk])).content.decode()
    for words in (
        "Taken off for training: 10 % of what time and pieces come to, for the first 1.5 hours at work",
        "Of 14.40 EUR. The day on which the hours are reached is the last that counts.",
        "Taken off for a headset: 3.10 EUR a month, until 20 October 2026",
    ):
        assert words in page, words
    assert list(statement.lines.values_list("amount", flat=True)) == [
        *map(Decimal, ("14.40", "-2.00", "-1.44"))  # 20 of 31 days, and 10 %
    ]
    assert statement.total == Decimal("10.96")
    for on in ("2026-10-13", "2026-10-14"):  # half an hour is left, and the day on which it is reached counts
        worked(okafor, priya, f"{on} 09:00:00", 3600)
    approved(priya, helen, MONDAYS[2])
    later = prepared(helen, date(2026, 11, 1), date(2026, 11, 30)).statements.get()
    assert [str(each) for each in later.lines.values_list("amount", flat=True)] == ["28.800", "-1.440"]


def test_an_approved_run_leaves_as_a_table_and_as_payments_for_a_bank(office, okafor, priya, helen, ruth):
    PayingAccount.objects.create(name="Lantern Ltd", iban="DE89370400440532013000", bic="COBADEFFXXX")
    under_contract(priya, helen)
    priya.user.__class__.objects.filter(pk=priya.user.pk).update(name="=Priya Naïr")
    worked(okafor, priya, "2026-10-05 09:00:00", 3600)
    approved(priya, helen, MONDAYS[1])
    paid_into(priya, OTHER)
    run = prepared(helen)
    with pytest.raises(pay_gathering.NotNow, match="once the run is approved"):
        pay_files.table(run)
    run = paying.approve(run, by=ruth, at=clock.now())
    answer = office.browser(helen).post(reverse("pay-table", args=[run.pk]))
    [_head, row] = csv.reader(io.StringIO(answer.content.decode()))
    assert row == [
        *("'=Priya Naïr", "2026-10-01", "2026-10-31", "EUR", "14.40", "0.00", "14.40", "…2606", "2026-12-01"),
        "",  # no company is paid
    ]
    answer = office.browser(helen).post(reverse("pay-for-bank", args=[run.pk]))
    schema = resources.files("sepaxml") / "schemas" / f"{pain.SCHEMA}.xsd"
    xmlschema.XMLSchema(schema.read_text(), allow="none", defuse="never").validate(answer.content.decode())
    root = ElementTree.fromstring(answer.content)  # made here
    inside = {"p": pain.SPACE}
    assert root.findtext(".//p:CdtTrfTxInf//p:IBAN", namespaces=inside) == OTHER
    assert root.findtext(".//p:InstdAmt", namespaces=inside) == "14.40"
    assert root.findtext(".//p:GrpHdr/p:CtrlSum", namespaces=inside) == "14.40"


def test_a_minimum_and_a_bonus_wait_until_every_week_of_the_days_is_approved(okafor, priya, helen, ruth):
    """Else what came late is paid on top of the minimum, and the hours of a bonus fall into two runs."""
    least = Term(By.LEAST, Decimal(800), per=Per.MONTH)
    bonus = Term(By.BONUS, Decimal(30), hours=Decimal(2))
    under_contract(priya, helen, Term(By.HOUR, Decimal("14.40")), least, bonus)
    for on in ("2026-10-05", "2026-10-26", "2026-11-01"):  # the last is of the run after
        worked(okafor, priya, f"{on} 09:00:00", 3600)
    approved(priya, helen, MONDAYS[1])
    run = prepared(helen)
    assert list(run.hindered.values()) == [
        "Priya: her week from 26 October 2026 is not approved, and her minimum or bonus goes by all of these "
        "days. Approve it, and prepare the run anew."
    ]
    assert not run.statements.exists()
    approved(priya, helen, date(2026, 10, 26))
    run = paying.prepare(run, by=helen, at=clock.now(), anew=True)
    assert not run.hindered
    lines = run.statements.get().lines.values_list("kind", "amount")
    assert list(lines) == [("time", Decimal("28.80")), ("bonus", Decimal(30)), ("top_up", Decimal("741.20"))]
    paying.approve(run, by=ruth, at=clock.now())
    [later] = prepared(helen, date(2026, 11, 1), date(2026, 11, 1)).statements.all()
    assert later.lines.get(kind="time").amount == Decimal("14.40")


def test_who_is_paid_by_the_hour_alone_waits_for_no_week(okafor, priya, helen):
    under_contract(priya, helen)
    worked(okafor, priya, "2026-10-05 09:00:00", 3600)
    worked(okafor, priya, "2026-10-26 09:00:00", 3600)
    approved(priya, helen, MONDAYS[1])
    assert prepared(helen).statements.get().total == Decimal("14.40")
