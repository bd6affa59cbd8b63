"""A month's bill from its calls to its payment: drafted, issued, opened to seconds, questioned, credited."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from calls.models import Call
from clients.models import Client, WorkItem, WorkRecord
from secretariat import clock
from secretariat.books import billing, hours, owing, paper, planning, usage
from secretariat.books.metering import SECOND
from secretariat.books.models import (
    Bill,
    BilledRecord,
    BillingAccount,
    BillItem,
    ClientPlan,
    Issuer,
    Question,
)
from secretariat.office.models import Firm

from .conftest import OCTOBER, drafted, issued, local, worked


def test_months_are_billed_in_their_order(october, helen):
    ClientPlan.objects.update(from_on=date(2026, 9, 1))
    with pytest.raises(billing.NotNow, match="September 2026 comes first"):
        billing.draft(october.row, OCTOBER, at=clock.now())
    billing.draft(october.row, date(2026, 9, 1), at=clock.now())
    later = billing.draft(october.row, OCTOBER, at=clock.now())
    with pytest.raises(billing.NotNow, match="September 2026 comes first"):
        billing.issue(later, by=helen, at=clock.now())


def test_the_month_that_goes_on_counts_what_is_on_its_own_draft(october):
    drafted(october)
    day = date(2026, 11, 24)
    before = usage.so_far(october.row, day)
    billing.draft(october.row, day, at=clock.now())
    assert usage.so_far(october.row, day) == before
    assert before.units == "10 min 00 s"


def test_a_bill_opens_to_the_seconds_it_came_from(october):
    """(121 + 20) s and 61 s at 1.20 a minute are 2.82 and 1.22: 4.04, and 20 % VAT of it 0.81."""
    Issuer.objects.update(name="Harbour Secretaries", vat_percent=20)
    bill = drafted(october)
    assert (bill.net, bill.vat, bill.total) == (Decimal("4.04"), Decimal("0.81"), Decimal("4.85"))
    usage, free = bill.lines.all()
    assert [(item.units, item.amount) for item in usage.items.all()] == [
        (141, Decimal("2.82")),
        (61, Decimal("1.22")),
    ]
    assert sum(item.amount for item in usage.items.all()) == usage.amount
    assert [item.because for item in free.items.all()] == ["wrong_number", "lost"]
    first = usage.items.first()
    assert first.micros == {
        "ring": 12 * SECOND,
        "talk": 121 * SECOND,
        "hold": 40 * SECOND,
        "wrap_up": 20 * SECOND,
    }
    assert (
        "Counts: talking, asking you, your own calls for messages, writing mail, "
        "writing letters, typing dictation, handling post, answering what you ask for, other work, wrap-up."
        in usage.rule
    )
    assert (
        "Does not count: ringing, on hold, put through, reading and sorting mail, work in the diary, "
        "other work at the desk." in usage.rule
    )
    in_month = WorkRecord.objects.filter(started_at__lt=local("2026-11-01 00:00"))
    assert set(BilledRecord.objects.values_list("record", flat=True)) == {each.pk for each in in_month}


def test_the_same_month_drafted_twice_is_the_same_bill(october):
    first = drafted(october)
    facts = list(first.lines.values_list("kind", "amount", "quantity"))
    again = drafted(october)
    assert list(again.lines.values_list("kind", "amount", "quantity")) == facts
    assert Bill.objects.count() == 1


def test_numbers_have_no_gap_even_when_an_issue_fails(okafor, october, helen, monkeypatch):
    when = clock.now()
    ClientPlan.objects.update(from_on=date(2026, 9, 1))
    first = billing.issue(billing.draft(okafor.row, date(2026, 9, 1), at=when), by=helen, at=when)
    draft = drafted(october)

    def fails(*_sender, **_facts):
        raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr(billing.signals.bills_issued, "send", fails)
        with pytest.raises(RuntimeError):
            billing.issue(draft, by=helen, at=when)
    second = billing.issue(draft, by=helen, at=when)
    assert [first.number, second.number] == ["B2026-00001", "B2026-00002"]
    with pytest.raises(billing.NotNow, match="issued before"):
        billing.issue(draft, by=helen, at=when)


def test_an_issued_bill_is_held_as_it_is_by_the_database(october, helen):
    bill = issued(october, helen)
    attempts = [
        lambda: Bill.objects.filter(pk=bill.pk).update(state="draft", number=None, issued_on=None),
        lambda: Bill.objects.filter(pk=bill.pk).update(currency="EUR"),
        lambda: bill.lines.update(amount=1),
        lambda: BillItem.objects.filter(line__bill=bill).update(units=1),
        lambda: BilledRecord.objects.filter(item__line__bill=bill).delete(),
    ]
    for attempt in attempts:
        with pytest.raises(IntegrityError, match="stays as it is"), transaction.atomic():
            attempt()
    assert drafted(october) == bill  # a further run leaves it alone


def test_a_month_that_is_not_over_cannot_be_issued(october, helen):
    drafted(october)
    with pytest.raises(billing.NotNow, match="not over"):
        billing.issue(billing.draft(october.row, date(2026, 11, 1), at=clock.now()), by=helen, at=clock.now())


def test_what_a_secretary_corrected_is_billed_as_corrected_and_what_comes_late_is_on_the_next_bill(
    october, priya, helen
):
    long = WorkRecord.objects.get(kind="talk", started_at=local("2026-10-05 09:00:12"))
    ended = local("2026-10-05 09:01:12")
    hours.correct(
        long, started_at=long.started_at, ended_at=ended, because="Forgot", by=priya.user, at=clock.now()
    )
    bill = issued(october, helen)
    assert bill.net == Decimal("2.82")  # 60 + 20 s and 61 s
    again = Call.objects.get(rang_at=local("2026-10-06 10:00"))
    worked(october, priya, "2026-10-06 18:00:00", 30, kind="wrap_up", subject=again.pk)
    november = billing.draft(october.row, date(2026, 11, 1), at=clock.now())
    assert [item.units for item in november.lines.get(kind="usage").items.all()] == [30, 600]


def test_time_written_down_late_is_billed_by_the_plan_of_its_own_day(october, priya, helen):
    """30 s of wrap-up in October at 1.20 are 0.60, though a minute costs 2.40 since, and no wrap-up counts.

    Of the ten minutes that November includes nothing is taken for it.
    """
    issued(october, helen)
    dearer = {"price": Decimal("2.40"), "included": 10, "step_seconds": 60, "currency": "GBP"}
    planning.change(
        october.row, ClientPlan(name="Dearer", from_on=date(2026, 11, 1), counts=[], **dearer), by=helen
    )
    again = Call.objects.get(rang_at=local("2026-10-06 10:00"))
    late = worked(october, priya, "2026-10-31 18:00:00", 30, kind="wrap_up", subject=again.pk)
    usage_then = usage.so_far(october.row, date(2026, 11, 24))
    assert (usage_then.units, usage_then.spent) == ("10 min 00 s", Decimal("0.60"))
    for _again in range(2):
        november = billing.draft(october.row, date(2026, 11, 1), at=clock.now())
        assert [(line.words, line.quantity, line.amount) for line in november.lines.all()] == [
            ("Usage, Dearer", "10 min 00 s", 0),
            ("Usage, By the second", "30 s", Decimal("0.60")),
        ]
        assert BilledRecord.objects.get(record=late).item.line.words == "Usage, By the second"
    assert [each["name"] for each in november.rules] == ["Dearer", "By the second"]
    assert "1.20 GBP a minute" in november.lines.get(amount="0.60").rule


def test_who_has_left_still_owes_time_written_down_late(office, october, priya, helen):
    planning.end(october.row, date(2026, 10, 31), by=helen)
    issued(october, helen)
    november = date(2026, 11, 1)
    assert billing.draft(october.row, november, at=clock.now()) is None
    worked(october, priya, "2026-10-31 18:00:00", 30)
    draft = billing.draft(october.row, november, at=clock.now())
    assert [(line.words, line.quantity, line.amount) for line in draft.lines.all()] == [
        ("Usage", "30 s", Decimal("0.60"))
    ]
    office.clock_says("2026-12-02 09:00")
    billing.issue(draft, by=helen, at=clock.now())
    assert billing.draft(october.row, date(2026, 12, 1), at=clock.now()) is None


def test_a_plan_that_changed_within_the_month_bills_each_day_by_its_own(october, helen):
    later = ClientPlan(
        name="Each call", from_on=date(2026, 10, 6), measure="call", price=Decimal(2), currency="GBP"
    )
    planning.change(october.row, later, by=helen)
    bill = drafted(october)
    assert {line.words: line.amount for line in bill.lines.filter(kind="usage")} == {
        "Usage, By the second": Decimal("2.82"),
        "Usage, Each call": Decimal(6),  # and the wrong number, and who hung up: this plan leaves out nothing
    }
    issued(october, helen)
    with pytest.raises(billing.NotNow, match="is issued"):
        planning.change(october.row, ClientPlan(name="Back", from_on=OCTOBER, price=Decimal(1)), by=helen)


def test_a_plan_for_each_call_counts_calls_and_not_seconds(office, october, helen):
    ClientPlan.objects.update(measure="call")
    page = office.browser(october.owner).get(reverse("portal-bill", args=[issued(october, helen).pk]))
    usage = next(row for row in page.context["rows"] if row.line.kind == "usage")
    assert [item.units for item in usage.items] == ["1", "1"]


def test_reverse_charge_adds_no_vat_and_says_so(office, october, helen):
    Issuer.objects.update(name="Harbour", vat_percent=20)
    account = {"made_out_to": "Okafor", "tax": "reverse", "vat_number": "DE123456789"}
    BillingAccount.objects.create(client=october.row, **account)
    bill = issued(october, helen)
    assert (bill.vat, bill.total) == (0, bill.net)
    page = office.browser(october.owner).get(reverse("portal-bill", args=[bill.pk])).content.decode()
    assert "Reverse charge" in page
    assert "Hold" not in page
    assert "talking <b>2:01</b>" in page


def test_a_client_questions_one_line_and_it_alone_is_held_back_until_it_is_answered(office, october, helen):
    plan = ClientPlan.objects.get()
    plan.retainer = Decimal(30)
    plan.save()
    bill = issued(october, helen)
    line = bill.lines.get(kind="usage")
    hers, firm = office.browser(october.owner), office.browser(helen)
    ask = reverse("portal-bill-ask", args=[line.pk])
    assert hers.post(ask, {"words": " "}).status_code == 422
    assert hers.post(ask, {"words": "Who rang on the fifth?"}).status_code == 303
    assert owing.owed(bill).due == Decimal(30)
    question = Question.objects.get()
    assert question.answer_by == date(2026, 12, 1)
    assert "being looked at" in hers.post(ask, {"words": "Again?"}).content.decode()
    assert WorkItem.objects.open().filter(kind=owing.QUESTIONED, client=None).count() == 1
    assert "Who rang on the fifth?" in firm.get(reverse("books-bills")).content.decode()
    assert firm.post(reverse("books-credit", args=[question.pk]), {"answer": "Our error"}).status_code == 303
    note = Bill.objects.get(kind="credit")
    assert (note.number, note.total) == ("C2026-00001", -line.amount)
    assert owing.owed(bill).due == Decimal(30)
    assert not WorkItem.objects.open().filter(kind=owing.QUESTIONED).exists()
    assert "Our error" in hers.get(reverse("portal-bill", args=[bill.pk])).content.decode()


def test_an_explained_line_is_due_again(october, helen):
    bill = issued(october, helen)
    asked = owing.ask(bill.lines.get(kind="usage"), words="Why?", by=october.owner.user, at=clock.now())
    assert owing.owed(bill).due == 0
    owing.explain(asked, answer="Two calls", by=helen, at=clock.now())
    assert owing.owed(bill).due == bill.total
    with pytest.raises(billing.NotNow):
        owing.credit(asked, answer="Well", by=helen, at=clock.now())


def test_the_firm_notes_what_came_and_the_client_sees_what_is_left(office, october, helen):
    bill, firm = issued(october, helen), office.browser(helen)
    address = reverse("books-bill-pay", args=[bill.pk])
    assert firm.post(address, {"amount": "0", "paid_on": "2026-11-20"}).status_code == 422
    assert firm.post(address, {"amount": "4.00", "paid_on": "2026-11-20"}).status_code == 303
    assert owing.owed(bill).due == Decimal("0.04")
    assert "0.04 to be paid" in office.browser(october.owner).get(reverse("portal-bills")).content.decode()


def test_our_mistake_is_taken_off_a_draft_with_its_reason(office, october, helen):
    bill = drafted(october)
    item = bill.lines.get(kind="usage").items.first()
    answer = office.browser(helen).post(
        reverse("books-waive", args=[item.pk]), {"because": "We hung up on her"}
    )
    assert answer.status_code == 303
    again = Bill.objects.get()
    assert again.net == Decimal("1.22")
    assert again.lines.get(kind="not_billed").items.first().because == "mistake"


def test_a_month_is_run_from_the_firm_s_page_and_the_client_sees_no_draft(office, october, helen):
    firm, hers, month = office.browser(helen), office.browser(october.owner), {"month": "2026-10"}
    assert firm.post(reverse("books-run"), month).status_code == 303
    bill = Bill.objects.get()
    assert hers.get(reverse("portal-bill", args=[bill.pk])).status_code == 404
    assert "No bills yet" in hers.get(reverse("portal-bills")).content.decode()
    assert firm.post(reverse("books-issue-all"), month).status_code == 303
    assert hers.get(reverse("portal-bill", args=[bill.pk])).status_code == 200
    paper = hers.get(reverse("portal-bill-pdf", args=[bill.pk]))
    assert paper.content.startswith(b"%PDF-")
    assert 'filename="B2026-00001.pdf"' in paper["Content-Disposition"]


@pytest.mark.parametrize(
    ("zone", "at", "late"),
    [
        ("Europe/London", "2026-12-08 11:30", False),
        ("Pacific/Auckland", "2026-12-08 11:30", True),
        ("America/Los_Angeles", "2026-12-09 02:00", False),
    ],
)
def test_the_firm_reads_that_a_bill_is_overdue_when_it_is_where_the_client_is(
    office, october, helen, zone, at, late
):
    bill = issued(october, helen)
    assert bill.due_on == date(2026, 12, 8)
    Client.objects.filter(pk=october.row.pk).update(zone=zone)
    office.clock_says(at)
    firm = office.browser(helen)
    for page in (reverse("books-bills") + "?month=2026-10", reverse("books-bill", args=[bill.pk])):
        assert ("Overdue" in firm.get(page).content.decode()) is late


def test_paper_says_of_each_call_how_much_of_it_is_included(october, by_the_minute, helen):
    """Two minutes are: all but 21 s of the first call, and nothing of the second."""
    ClientPlan.objects.filter(pk=by_the_minute.pk).update(included=2)
    told = paper.words(drafted(october), helen, firm=Firm.current())
    [used] = [each["rows"] for each in told["items"] if each["words"] == "Usage"]
    assert [row[2:] for row in used] == [
        ["2 min 21 s", "2 min 00 s", "0.42"],
        ["1 min 01 s", "–", "1.22"],
    ]
    assert {len(row) for each in told["items"] for row in each["rows"]} == {len(told["item_heads"])}


def test_words_on_paper_are_never_read_as_markup(october, helen):
    nasty = '#panic("no") $x$ \\ *bold* @ref "quoted"'
    BillingAccount.objects.create(client=october.row, made_out_to=nasty, address='#include "x"\n= Title')
    bill = issued(october, helen)
    assert paper.words(bill, helen, firm=Firm.current())["to"][0] == nasty
    assert paper.pdf(bill, helen, firm=Firm.current()).startswith(b"%PDF-")


def test_the_firm_agrees_on_a_plan_and_later_versions_leave_the_earlier_ones(office, okafor, helen):
    firm, address = office.browser(helen), reverse("books-plan-change", args=[okafor.row.pk])
    form = firm.get(address).context["form"]
    said = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    said |= {"name": "Starter", "price": "1.10", "from_on": "2026-10-01"}
    assert firm.post(address, said | {"price": "-1"}).status_code == 422
    assert firm.post(address, said).status_code == 303
    assert firm.post(address, said | {"name": "Bigger", "from_on": "2026-12-01"}).status_code == 303
    starter, bigger = ClientPlan.objects.order_by("from_on")
    assert (starter.until_on, bigger.until_on) == (date(2026, 11, 30), None)
    page = firm.get(reverse("books-plan", args=[okafor.row.pk])).content.decode()
    assert "1.10 GBP a minute" in page
    assert "To come" in page
