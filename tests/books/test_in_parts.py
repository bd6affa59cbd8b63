"""What is too much for one request: workers do it in parts, each once, and the page tells how far it is."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from secretariat import clock, outbox
from secretariat.books import months, paying
from secretariat.books.models import Bill, BillingAccount, ClientPlan, MonthRun, PayRun
from secretariat.books.part_effects import PayOfSome
from secretariat.ids import uuid7
from secretariat.ledger.models import LedgerEntry
from secretariat.outbox.models import Effect

from .conftest import worked
from .test_paying import MONDAYS, OCTOBER, PAID_ON, approved, everything, prepared, under_contract

IN_OCTOBER = {"month": "2026-10"}


@pytest.fixture
def two(office, okafor, priya, helen, monkeypatch):
    """Two secretaries with an hour each to be paid, and parts of one."""
    rosa = office.secretary("Rosa", okafor, ready=False)
    for n, each in enumerate((priya, rosa)):
        under_contract(each, helen)
        worked(okafor, each, f"2026-10-0{5 + n} 09:00:00", 3600)
        approved(each, helen, MONDAYS[1])
    monkeypatch.setattr(paying, "A_PART", 1)
    return priya, rosa


def pay_page(office, person, run) -> str:
    return office.browser(person).get(reverse("pay-run", args=[run.pk])).content.decode()


def test_workers_prepare_the_pay_of_many_to_the_same_cent(office, two, helen, monkeypatch):
    said = {"first_on": "2026-10-01", "last_on": "2026-10-31", "pay_on": "2026-12-01"}
    assert office.browser(helen).post(reverse("pay-prepare"), said).status_code == 303
    run = PayRun.objects.get()
    assert "0 of 2 parts are done" in pay_page(office, helen, run)
    assert outbox.drain("cpu") == 2
    run.refresh_from_db()
    assert (run.state, run.goes_on, run.statements.count()) == ("prepared", False, 2)
    assert "parts are done" not in pay_page(office, helen, run)
    assert LedgerEntry.objects.filter(verb="books.pay_run_prepared", actor_id=helen.pk).count() == 1
    by_workers = everything(run)
    monkeypatch.undo()
    assert everything(paying.prepare(run, by=helen, at=clock.now(), anew=True)) == by_workers


def test_a_part_that_is_done_twice_pays_once(two, helen):
    run = prepared(helen)
    first = Effect.objects.filter(kind=paying.PART).earliest("pk")
    paying.write_some(run, [first.payload["keys"][0]])  # its worker died before it could say so
    assert outbox.drain("cpu") == 2
    run.refresh_from_db()
    assert (run.state, run.statements.count()) == ("prepared", 2)


@pytest.fixture
def three(office, two, okafor, helen, monkeypatch):
    """A third, so that the first part is of two, which are done one after the other."""
    tara = office.secretary("Tara", okafor, ready=False)
    under_contract(tara, helen)
    worked(okafor, tara, "2026-10-08 09:00:00", 3600)
    approved(tara, helen, MONDAYS[1])
    monkeypatch.setattr(paying, "A_PART", 2)
    monkeypatch.setattr(PayOfSome, "at_once", 1)


def leased() -> Effect:
    return Effect.objects.get(kind=paying.PART, state="leased")


def test_a_part_keeps_its_lease_however_long_it_takes(three, helen, monkeypatch):
    """Else another worker would take it up meanwhile, and both would do it again and again."""
    until, write_some = [], paying.write_some

    def seen(run, keys):
        until.append(leased().leased_until)
        write_some(run, keys)

    monkeypatch.setattr(paying, "write_some", seen)
    run = prepared(helen)
    assert outbox.drain("cpu") == 2
    assert len(until) == 3
    assert until[0] < until[1]
    run.refresh_from_db()
    assert (run.state, run.statements.count()) == ("prepared", 3)


def test_a_worker_that_has_lost_its_part_leaves_the_rest_of_it(three, helen, monkeypatch):
    written, write_some = [], paying.write_some

    def slow(run, keys):
        written.extend(keys)
        write_some(run, keys)
        if len(written) == 1:  # its lease has ended, and another has it
            Effect.objects.filter(pk=leased().pk).update(lease_owner=uuid7())

    monkeypatch.setattr(paying, "write_some", slow)
    run = prepared(helen)
    outbox.drain("cpu")
    assert len(written) == 2  # the first of two, and the part of one
    Effect.objects.filter(kind=paying.PART, state="leased").update(leased_until=clock.Now())
    outbox.drain("cpu")
    run.refresh_from_db()
    assert (run.state, run.statements.count(), run.parts_left) == ("prepared", 3, 0)


def test_a_part_whose_lease_ended_is_not_taken_for_done(three, helen, monkeypatch):
    """Though nobody else has taken it up: what is left of it would never be written."""
    written, write_some = [], paying.write_some

    def slow(run, keys):
        written.extend(keys)
        write_some(run, keys)
        if len(written) == 1:
            Effect.objects.filter(pk=leased().pk).update(leased_until=clock.Now() - timedelta(seconds=1))

    monkeypatch.setattr(paying, "write_some", slow)
    run = prepared(helen)
    outbox.drain("cpu")
    run.refresh_from_db()
    assert (run.goes_on, run.parts_left) == (True, 1)
    Effect.objects.filter(kind=paying.PART, state="pending").update(due_at=clock.Now())
    outbox.drain("cpu")
    run.refresh_from_db()
    assert (run.state, run.statements.count(), run.parts_left) == ("prepared", 3, 0)


def test_what_is_left_of_an_earlier_turn_writes_nothing(two, helen):
    priya, _rosa = two
    earlier = prepared(helen)
    run = paying.prepare(earlier, by=helen, at=clock.now(), anew=True)
    with pytest.raises(paying.NotNow, match="begun anew"):
        paying.write(earlier, priya)  # a worker that did not hear of it
    assert not run.statements.exists()
    outbox.drain("cpu")
    assert Effect.objects.filter(kind=paying.PART, state="cancelled").count() == 2
    run.refresh_from_db()
    assert (run.state, run.statements.count()) == ("prepared", 2)


def test_a_part_that_fails_is_told_and_can_be_begun_again(office, two, helen, monkeypatch):
    _priya, rosa = two
    written = paying.write

    def broken(run, secretary):
        if secretary == rosa:
            raise ZeroDivisionError
        return written(run, secretary)

    monkeypatch.setattr(paying, "write", broken)
    run = prepared(helen)
    outbox.drain("cpu")
    Effect.objects.filter(kind=paying.PART, state="pending").update(attempts=7, due_at=clock.Now())
    outbox.drain("cpu")
    run.refresh_from_db()
    assert (run.state, run.parts_left) == ("preparing", 1)
    assert "A part of it could not be done. Begin it again." in pay_page(office, helen, run)
    monkeypatch.setattr(paying, "write", written)
    office.browser(helen).post(
        reverse("pay-prepare"), {"first_on": OCTOBER[0], "last_on": OCTOBER[1], "pay_on": PAID_ON}
    )
    run.refresh_from_db()
    assert (run.state, run.statements.count(), run.hindered) == ("prepared", 2, {})


def test_workers_draft_and_issue_the_bills_of_many(office, okafor, priya, helen, monkeypatch):
    monkeypatch.setattr(months, "CLIENTS", 1)
    monkeypatch.setattr(months, "BILLS", 1)
    rivera = office.client("Rivera Plumbing")
    for client, since in ((okafor, date(2026, 10, 1)), (rivera, date(2026, 10, 1))):
        ClientPlan.objects.create(
            client=client.row, name="Plan", from_on=since, price=Decimal("1.20"), included=0
        )
        worked(client, priya, "2026-10-05 09:00:00", 120)
    late = office.client("Late")  # September was never billed
    ClientPlan.objects.create(client=late.row, name="Plan", from_on=date(2026, 9, 1), price=1, included=0)
    firm, page = office.browser(helen), reverse("books-bills") + "?month=2026-10"
    firm.post(reverse("books-run"), IN_OCTOBER)
    assert "0 of 3 parts are done" in firm.get(page).content.decode()
    assert outbox.drain("cpu") == 3
    told = firm.get(page).content.decode()
    assert "Late: the bill of September 2026 comes first." in told
    assert "Issue all 2 drafts" in told
    firm.post(reverse("books-issue-all"), IN_OCTOBER)
    assert "Being worked on" in firm.get(page).content.decode()
    outbox.drain("cpu")
    numbers = Bill.objects.filter(state="issued").order_by("number").values_list("number", flat=True)
    assert list(numbers) == ["B2026-00001", "B2026-00002"]
    assert not MonthRun.objects.get().goes_on


def test_whoever_cannot_be_issued_takes_no_number_and_each_other_is_told_once(
    office, okafor, priya, helen, monkeypatch
):
    """Also where a worker died after it had issued a part and before it could say so."""
    monkeypatch.setattr(months, "BILLS", 2)
    clients = [okafor, office.client("Acorn"), office.client("Brill")]
    for client in clients:
        ClientPlan.objects.create(client=client.row, name="Plan", from_on=date(2026, 10, 1), price=Decimal(1))
        worked(client, priya, "2026-10-05 09:00:00", 120)
    BillingAccount.objects.create(client=okafor.row, made_out_to="Okafor", mailbox="payable@okafor.example")
    months.draft(date(2026, 10, 1), by=helen, at=clock.now())
    Bill.objects.filter(client=clients[1].row).update(vat_percent=7)  # as the firm’s details once were
    run = months.issue(date(2026, 10, 1), by=helen, at=clock.now())
    first = Effect.objects.filter(kind=months.ISSUE).earliest("pk")
    months.issue_some(run, first.payload["keys"])
    outbox.drain("cpu")
    run.refresh_from_db()
    assert [each.partition(":")[0] for each in run.hindered.values()] == ["Acorn"]
    issued = Bill.objects.issued().order_by("number")
    assert list(issued.values_list("number", "client__name")) == [
        ("B2026-00001", "Brill"),
        ("B2026-00002", "Okafor Legal"),
    ]
    entries = LedgerEntry.objects.filter(verb="books.bill_issued", actor_id=helen.pk).order_by("pk")
    assert list(entries.values_list("client_id", flat=True)) == [clients[2].row.pk, okafor.row.pk]
    mails = Effect.objects.filter(kind="books.mail").order_by("pk")
    assert [(each.payload["to"], each.queue) for each in mails] == [
        ("owner.of.brill@clients.example", "bulk"),
        ("owner.of.okafor.legal@clients.example", "bulk"),
        ("payable@okafor.example", "bulk"),
    ]


def test_however_many_are_issued_no_more_is_asked(
    office, okafor, priya, helen, django_assert_max_num_queries
):
    def drafted(*names):
        for name in names:
            client = office.client(name)
            ClientPlan.objects.create(
                client=client.row, name="Plan", from_on=date(2026, 10, 1), price=Decimal(1)
            )
            worked(client, priya, "2026-10-05 09:00:00", 120)
        months.draft(date(2026, 10, 1), by=helen, at=clock.now())

    drafted("Acorn")
    with CaptureQueriesContext(connection) as of_one:
        months.issue(date(2026, 10, 1), by=helen, at=clock.now())
    drafted("Brill", "Cole", "Dunn", "Estell")
    with django_assert_max_num_queries(len(of_one)):
        months.issue(date(2026, 10, 1), by=helen, at=clock.now())
    assert Bill.objects.issued().count() == 5
