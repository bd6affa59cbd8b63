"""Time for no client is paid and on no bill; time read and put in order is billed where a plan says so."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from clients.models import WorkRecord
from messages_app.models import Message
from secretariat import clock, ids
from secretariat.books import billing, gathering, hours, paying, profit
from secretariat.books.models import Bill, BilledRecord, BillItem, BillLine, ClientPlan, PayPart, PayStatement
from secretariat.office.pay import By, Term

from .conftest import worked
from .test_paying import MONDAYS, OCTOBER, approved, prepared, under_contract

TRAINING = {
    "no_client": "on",
    "on": "2026-10-05",
    "since": "14:00",
    "until": "15:00",
    "because": "Practised with Helen",
}


def writes_down(office, secretary, **said):
    return office.browser(secretary).post(reverse("books-time-add"), TRAINING | said)


def plan(okafor, **facts) -> ClientPlan:
    usual = {"name": "To the second", "from_on": OCTOBER[0], "price": Decimal("1.20"), "currency": "EUR"}
    return ClientPlan.objects.create(client=okafor.row, **usual | facts)


def drafted(okafor) -> Bill:
    return billing.draft(okafor.row, OCTOBER[0], at=clock.now())


def test_she_writes_down_training_sees_it_and_corrects_it(office, okafor, priya):
    assert writes_down(office, priya).status_code == 303
    record = WorkRecord.objects.get()
    assert (record.client, record.secretary, record.kind) == (None, priya, "other")
    hers = office.browser(priya)
    week = f"{reverse('books-time')}?week=2026-10-05"
    assert "For no client" in hers.get(week).content.decode()
    page = reverse("books-time-correct", args=[record.pk])
    assert "For no client" in hers.get(page).content.decode()
    said = TRAINING | {"until": "14:30", "because": "It was shorter"}
    assert hers.post(page, said).status_code == 303
    assert hours.of(priya, MONDAYS[1], at=clock.now()).at_work_seconds == 1800


def test_no_one_else_at_the_desk_sees_it_and_no_client(office, okafor, priya, helen):
    writes_down(office, priya)
    page = reverse("books-time-correct", args=[WorkRecord.objects.get().pk])
    maya = office.secretary("Maya", okafor, ready=False)
    for other in (maya, okafor.owner):
        assert office.browser(other).get(page).status_code == 404
        assert not WorkRecord.objects.visible_to(other.user).exists()
    firm = office.browser(helen)
    shown = firm.get(f"{reverse('books-week', args=[priya.pk])}?week=2026-10-05").content.decode()
    assert "For no client" in shown
    page = reverse("books-week-correct", args=[WorkRecord.objects.get().pk])
    assert firm.get(page).status_code == 200


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"no_client": ""}, "Choose the client, or say that it was for none."),
        ({"client": "okafor"}, "It was for this client, or for none"),
    ],
)
def test_whether_it_was_for_a_client_is_never_guessed(office, okafor, priya, said, told):
    if "client" in said:
        said = {"client": okafor.row.pk}
    answer = writes_down(office, priya, **said)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert "Practised with Helen" in answer.content.decode()
    assert not WorkRecord.objects.exists()


def test_it_is_paid_by_the_hour_as_other_work_and_is_no_piece_and_on_no_bill(office, okafor, priya, helen):
    """An hour of it at 12.00, ten minutes of calls at 14.40; a task 5.00, of which it is none."""
    ruth = office.supervisor("Ruth")
    terms = (
        Term(By.HOUR, Decimal("14.40")),
        Term(By.HOUR, Decimal(12), of="other"),
        Term(By.PIECE, Decimal(5), of="task"),
    )
    under_contract(priya, helen, *terms)
    plan(okafor)
    writes_down(office, priya)
    worked(okafor, priya, "2026-10-05 09:00:00", 600)
    approved(priya, helen, MONDAYS[1])
    run = prepared(helen)
    assert PayStatement.objects.get().gross == Decimal("14.40")
    paying.approve(run, by=ruth, at=clock.now())
    statement = PayStatement.objects.get()
    page = office.browser(priya).get(reverse("my-statement", args=[statement.pk])).content.decode()
    assert "Other work" in page
    assert "Okafor Legal" in page
    assert drafted(okafor).net == Decimal(12)
    assert BilledRecord.objects.count() == 1
    [client] = profit.of_clients(*OCTOBER)
    assert (client.name, client.paid) == ("Okafor Legal", Decimal("2.40"))
    assert office.browser(helen).get(reverse("profit"), {"month": "2026-10"}).status_code == 200


def test_only_other_work_may_be_for_no_client_and_it_is_always_somebodys(priya):
    facts = {"subject_kind": "tests.thing", "started_at": clock.now(), "ended_at": clock.now()}
    for wrong in ({"kind": "talk", "secretary": priya}, {"kind": "other", "secretary": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            WorkRecord.objects.create(client=None, subject_id=ids.uuid7(), **facts, **wrong)


def read(okafor, priya, at="2026-10-05 09:00:00", seconds=90, *, kind="reading", subject=None) -> WorkRecord:
    record = worked(okafor, priya, at, seconds, kind=kind, subject=subject)
    WorkRecord.objects.filter(pk=record.pk).update(subject_kind="messages_app.mailthread")
    return record


@pytest.mark.parametrize("kind", ["reading", "diary", "desk"])
def test_a_plan_that_was_agreed_bills_none_of_it_and_one_that_says_so_does(okafor, priya, kind):
    read(okafor, priya, kind=kind)
    agreed = plan(okafor)
    bill = drafted(okafor)
    assert bill.net == 0
    assert BillItem.objects.get().because == "nothing"
    assert BilledRecord.objects.count() == 1  # it is on this bill, and on no later one
    ClientPlan.objects.filter(pk=agreed.pk).update(counts=[kind])
    assert drafted(okafor).net == Decimal("1.80")


def test_what_counts_stands_on_the_plan_in_words(okafor, priya):
    read(okafor, priya)
    plan(okafor, counts=["reading"])
    drafted(okafor)
    usage = BillLine.objects.get(rank=0).rule
    assert "reading and sorting mail" in usage.partition("Does not count")[0]
    assert "work in the diary, other work at the desk" in usage.partition("Does not count")[2]


def test_where_tasks_are_billed_a_mail_that_is_only_read_is_none(okafor, priya):
    answered = ids.uuid7()
    read(okafor, priya)
    read(okafor, priya, "2026-10-05 10:00:00", kind="mail", subject=answered)
    read(okafor, priya, "2026-10-05 11:00:00", subject=answered)  # somebody approved it
    plan(okafor, measure="task", price=Decimal(4))
    assert drafted(okafor).net == Decimal(4)


def test_where_mails_are_paid_by_the_piece_one_that_is_only_read_is_none(office, okafor, priya, helen):
    prices = {"mail": 2, "task": 5, "call": 3}
    under_contract(priya, helen, *(Term(By.PIECE, Decimal(each), of=of) for of, each in prices.items()))
    read(okafor, priya)
    read(okafor, priya, "2026-10-05 10:00:00", kind="mail")
    approved(priya, helen, MONDAYS[1])
    prepared(helen)
    assert PayStatement.objects.get().gross == Decimal(2)
    assert PayPart.objects.filter(record__isnull=False).count() == 2  # both stand there, to the second


def test_a_message_billed_by_the_message_is_once_on_the_bill_whoever_passed_it_on(okafor, priya):
    made = Message.objects.create(
        client=okafor.row, contact=okafor.owner, taken_by=priya.user, taken_at=clock.now(), text="Ring back"
    )
    record = worked(okafor, priya, "2026-11-23 09:00:00", 60, kind="desk", subject=made.pk)
    WorkRecord.objects.filter(pk=record.pk).update(subject_kind="messages_app.passed_on")
    plan(okafor, measure="message", price=Decimal(1), from_on=date(2026, 11, 1))
    bill = billing.draft(okafor.row, date(2026, 11, 1), at=clock.now())
    assert bill.net == 1
    assert set(gathering.gather(okafor.row, date(2026, 11, 1)).intervals) == {
        ("messages_app.passed_on", str(made.pk))
    }
