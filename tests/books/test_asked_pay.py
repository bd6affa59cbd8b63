"""What a secretary asks of her pay waits for somebody who decides, and a refusal is told with its reason."""

from datetime import date
from decimal import Decimal

from django.urls import reverse

from clients import work
from clients.models import WorkItem
from secretariat import clock
from secretariat.books import billing, paying
from secretariat.books.models import Bill, BillItem, ClientPlan, PayExtra, PayStatement, Waiver
from secretariat.outbox.models import Effect

from .conftest import worked
from .test_paying import MONDAYS, approved, prepared, under_contract
from .test_shifts_and_days import NOVEMBER


def waiting():
    return WorkItem.objects.open().filter(kind="books.pay_asked")


def test_an_expense_waits_for_the_firm_and_a_refusal_mails_no_words(office, okafor, priya, helen):
    under_contract(priya, helen)
    hers, firm = office.browser(priya), office.browser(helen)
    said = {"on": "2026-10-08", "amount": "19.99", "words": "Headset"}
    hers.post(reverse("my-pay-expense"), said)
    item = waiting().get()
    assert item.because == "Priya asks for an expense back."
    assert (item.client, work.describe(item).url) == (None, reverse("pay-runs"))
    extra = PayExtra.objects.get()
    firm.post(reverse("pay-extra-refuse", args=[extra.pk]), {"answer": "It was lent to you"})
    assert not waiting().exists()
    mail = Effect.objects.get(kind="books.pay_mail", subject_id=extra.pk).payload
    assert mail["to"] == priya.user.email
    assert reverse("my-pay") in mail["text"]
    for words in (
        "Headset",
        "It was lent to you",
    ):  # which may name a client
        assert words not in mail["text"], words
        assert words in hers.get(reverse("my-pay")).content.decode(), words
    office.settle()
    assert Effect.objects.get(kind="books.pay_mail", subject_id=extra.pk).state == "done"

    hers.post(reverse("my-pay-expense"), said)
    firm.post(reverse("pay-extra-agree", args=[PayExtra.objects.get(state="asked").pk]))
    assert not waiting().exists()


def test_an_objection_to_a_statement_waits_for_the_firm(office, okafor, priya, helen):
    under_contract(priya, helen)
    worked(okafor, priya, "2026-10-05 09:00:00", 3600)
    approved(priya, helen, MONDAYS[1])
    paying.approve(prepared(helen), by=office.supervisor("Ruth"), at=clock.now())
    said = {"amount": "2.50", "words": "Two calls are missing"}
    address = reverse("my-statement-ask", args=[PayStatement.objects.get().pk])
    assert office.browser(priya).post(address, said).status_code == 303
    assert waiting().get().because == "Priya asks for a statement of pay to be put right."


def test_what_puts_an_interval_right_says_of_which_interval_and_which_run_it_is(office, okafor, priya, helen):
    """What was paid for it stands beside her words; the statement that two people approved stays as it is."""
    ruth, maya = office.supervisor("Ruth"), office.secretary("Maya", okafor, ready=False)
    for her in (priya, maya):
        under_contract(her, helen)
        worked(okafor, her, "2026-10-05 09:00:00", 3600)
        approved(her, helen, MONDAYS[1])
    paying.approve(prepared(helen), by=ruth, at=clock.now())
    statement, others = (PayStatement.objects.get(secretary=her) for her in (priya, maya))
    hers, page = office.browser(priya), reverse("my-statement", args=[statement.pk])
    about = "Mon 5 Oct 09:00:00, Talking, Okafor Legal, 1 h 00 min 00 s, 14.40"
    part = statement.parts.get().pk
    assert f"{page}?part={part}#wrong" in hers.get(page).content.decode()
    assert f"<strong>{about}</strong>" in hers.get(page, {"part": part}).content.decode()
    assert "<strong>Mon" not in hers.get(page, {"part": others.parts.get().pk}).content.decode()

    ask, said = reverse("my-statement-ask", args=[statement.pk]), {"amount": "2.40", "part": part}
    refused = hers.post(ask, said | {"words": "w" * 239})
    assert refused.status_code == 422
    assert f"Say it in fewer words, by {len(about) + 1} letters." in refused.content.decode()
    assert f"<strong>{about}</strong>" in refused.content.decode()
    hers.post(ask, said | {"words": "It went on until 10:10"})
    extra = PayExtra.objects.get()
    assert (extra.words, extra.corrects) == (f"{about}: It went on until 10:10", statement)
    office.browser(helen).post(reverse("pay-extra-agree", args=[extra.pk]))
    run = paying.approve(prepared(helen, *NOVEMBER), by=ruth, at=clock.now())
    later = run.statements.get()
    line = later.lines.get()
    assert (line.words, line.amount) == (extra.words, Decimal("2.40"))
    assert line.rule == "Puts the statement of 1 October 2026 – 31 October 2026 right."
    firm = office.browser(helen).get(reverse("pay-statement", args=[later.pk])).content.decode()
    assert line.rule in firm
    assert "#wrong" not in firm
    assert PayStatement.objects.get(pk=statement.pk).total == Decimal("14.40")


def test_a_payment_is_of_whole_cents(office, okafor, priya, helen):
    bill = of_october(okafor, priya)
    billing.issue(bill, by=helen, at=clock.now())
    firm, address = office.browser(helen), reverse("books-bill-pay", args=[bill.pk])
    said = {"amount": "2.399", "paid_on": "2026-11-24"}
    refused = firm.post(address, said)
    assert refused.status_code == 422
    assert "This currency has 2 places after the point." in refused.content.decode()
    assert firm.post(address, said | {"amount": "2.40"}).status_code == 303
    assert bill.payments.get().amount == Decimal("2.40")


def test_a_mistake_that_cannot_be_taken_off_now_is_said_in_words(office, okafor, priya, helen):
    bill = of_october(okafor, priya)
    item = BillItem.objects.get(line__bill=bill)
    ClientPlan.objects.update(until_on=date(2026, 10, 15))
    ClientPlan.objects.create(
        client=okafor.row, name="In euros", from_on=date(2026, 10, 16), price=Decimal(1), currency="EUR"
    )
    said = office.browser(helen).post(
        reverse("books-waive", args=[item.pk]), {"because": "We rang twice"}, follow=True
    )
    assert "two currencies in one month cannot be on one bill" in said.content.decode()
    assert Bill.objects.get().pk == bill.pk
    assert not Waiver.objects.exists()


def of_october(client, secretary) -> Bill:
    """2.40 of October."""
    ClientPlan.objects.create(
        client=client.row, name="Plan", from_on=date(2026, 10, 1), price=Decimal("1.20")
    )
    worked(client, secretary, "2026-10-05 09:00:00", 120)
    return billing.draft(client.row, date(2026, 10, 1), at=clock.now())
