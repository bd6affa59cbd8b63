"""Texts that were passed on stand on a bill one by one, with whom they went to: none is lost, none twice."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from clients.models import Channel
from messages_app.models import Delivery, Message
from secretariat import clock
from secretariat.books import billing, usage
from secretariat.books.models import Bill, BillItem, BillLine, ClientPlan

from .conftest import local

OCTOBER, NOVEMBER, DECEMBER = date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1)
BERLIN = ZoneInfo("Europe/Berlin")
LATER = datetime(2027, 1, 5, 12, tzinfo=BERLIN)


def plan(client, from_on=OCTOBER, *, until_on=None, texts="0.085", **facts) -> ClientPlan:
    facts = {"name": f"From {from_on}", "price": Decimal(1), "text_price": Decimal(texts)} | facts
    return ClientPlan.objects.create(client=client.row, from_on=from_on, until_on=until_on, **facts)


def text(client, written, *, to=None, state="accepted", channel=Channel.TEXT, **facts) -> Delivery:
    at = local(written) if isinstance(written, str) else written
    message = Message.objects.create(client=client.row, caller_name="Mrs Brill", taken_at=at)
    told = {"contact": to or client.owner, "channel": channel, "address": "+447700900200"}
    return Delivery.objects.create(
        client=client.row, message=message, created_at=at, state=state, **told, **facts
    )


def issued(client, month, by) -> Bill:
    return billing.issue(billing.draft(client.row, month, at=clock.now()), by=by, at=clock.now())


def test_each_text_stands_with_its_day_whom_it_went_to_and_its_price(office, okafor, helen):
    """Three at 0.085 are 0.26: 0.09, 0.08 and 0.09."""
    plan(okafor)
    ngozi = office.contact(okafor, "Ngozi Eze")
    for written in ("2026-10-05 09:00", "2026-10-05 23:30", "2026-10-31 23:59"):
        text(okafor, written, to=ngozi, state="delivered")
    text(okafor, "2026-10-06 09:00", state="failed")
    text(okafor, "2026-10-06 09:00", channel=Channel.EMAIL)
    text(okafor, "2026-09-30 23:59")  # nothing was agreed then
    bill = issued(okafor, OCTOBER, helen)
    line = bill.lines.get(kind="texts")
    assert (line.amount, line.quantity) == (Decimal("0.26"), "3")
    assert [item.amount for item in line.items.all()] == [Decimal(each) for each in ("0.09", "0.08", "0.09")]
    page = office.browser(okafor.owner).get(reverse("portal-bill", args=[bill.pk]))
    row = next(row for row in page.context["rows"] if row.line.kind == "texts")
    assert [(item.what, item.units, item.amount) for item in row.items] == [
        ("to Ngozi Eze", "1", "0.09"),
        ("to Ngozi Eze", "1", "0.08"),
        ("to Ngozi Eze", "1", "0.09"),
    ]
    words = page.content.decode()
    assert "to Ngozi Eze" in words
    assert "0.085 GBP each, however long it is." in words
    firm = office.browser(helen).get(reverse("books-bill", args=[bill.pk])).content.decode()
    assert "to Ngozi Eze" in firm


def test_what_leaves_after_its_month_was_issued_is_on_the_next_bill_and_on_no_other(okafor, helen):
    """One waited for the morning, of another the carrier said nothing for days."""
    plan(okafor, texts="0.10")
    text(okafor, "2026-10-31 23:00", not_before=local("2026-11-01 07:00"))
    silent = text(okafor, "2026-10-31 12:00", state="unknown")
    assert not issued(okafor, OCTOBER, helen).lines.filter(kind="texts").exists()
    Delivery.objects.filter(pk=silent.pk).update(state="delivered")
    for _again in range(2):
        november = billing.draft(okafor.row, NOVEMBER, at=clock.now())
        [line] = november.lines.filter(kind="texts")
        assert [item.at for item in line.items.all()] == [
            local("2026-10-31 12:00"),
            local("2026-11-01 07:00"),
        ]
    assert usage.so_far(okafor.row, NOVEMBER).spent == line.amount == Decimal("0.20")


def test_what_comes_late_is_charged_by_the_plan_of_its_day(okafor, helen):
    """Where the plan charged none then, none is charged now; one that has ended still charges its price."""
    plan(okafor, until_on=date(2026, 10, 9), texts="0")
    plan(okafor, date(2026, 10, 10), until_on=date(2026, 10, 31), texts="0.10")
    plan(okafor, NOVEMBER, texts="0", discount_percent=Decimal(50))
    late = [text(okafor, f"2026-10-{day} 12:00", state="unknown") for day in ("08", "12", "31")]
    issued(okafor, OCTOBER, helen)
    Delivery.objects.filter(pk__in=[each.pk for each in late]).update(state="accepted")
    text(okafor, "2026-11-02 12:00")
    november = billing.draft(okafor.row, NOVEMBER, at=clock.now())
    assert [(line.kind, line.amount) for line in november.lines.all()] == [
        ("usage", 0),
        ("texts", Decimal("0.20")),
    ]
    assert november.lines.get(kind="texts").rule == "0.10 GBP each, however long it is."


def test_who_has_left_still_owes_a_text_that_came_late(okafor, helen):
    plan(okafor, until_on=date(2026, 10, 31), texts="0.10")
    late = text(okafor, "2026-10-31 12:00", state="unknown")
    issued(okafor, OCTOBER, helen)
    assert billing.draft(okafor.row, NOVEMBER, at=clock.now()) is None
    Delivery.objects.filter(pk=late.pk).update(state="accepted")
    november = billing.draft(okafor.row, NOVEMBER, at=clock.now())
    assert [(line.kind, line.quantity, line.amount) for line in november.lines.all()] == [
        ("texts", "1", Decimal("0.10"))
    ]


def test_texts_of_a_bill_that_only_counted_them_are_billed(okafor, helen):
    plan(okafor, texts="0.10")
    text(okafor, "2026-10-05 12:00")
    draft = billing.draft(okafor.row, OCTOBER, at=clock.now())
    BillItem.objects.filter(line__bill=draft, line__kind="texts").delete()  # as it was drafted once
    billing.issue(draft, by=helen, at=clock.now())
    assert not BillLine.objects.filter(
        bill=billing.draft(okafor.row, NOVEMBER, at=clock.now()), kind="texts"
    ).exists()


LEFT = some.sampled_from(["before", "drafted", "issued", "drafted again", "never"])
SENT = some.lists(some.tuples(some.integers(-20, 92 * 24 - 1), LEFT), max_size=8)
PRICES = some.sampled_from(["0", "0.085", "0.10"])


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    sent=SENT, prices=some.tuples(PRICES, PRICES), changed=some.sampled_from([date(2026, 10, 20), NOVEMBER])
)
def test_every_text_that_left_is_billed_once_whenever_it_left(okafor, helen, sent, prices, changed):
    """However a month is drafted, and whatever was told of a text meanwhile."""
    with transaction.atomic():
        first = plan(okafor, until_on=changed - timedelta(days=1), texts=prices[0])
        second = plan(okafor, changed, texts=prices[1])
        began = local("2026-10-01 00:00")
        texts = [(text(okafor, began + timedelta(hours=h), state="sending"), when) for h, when in sent]

        def leave(moment):
            those = [each.pk for each, when in texts if when == moment]
            Delivery.objects.filter(pk__in=those).update(state="accepted")

        leave("before")
        for month in (OCTOBER, NOVEMBER, DECEMBER):
            draft = billing.draft(okafor.row, month, at=LATER)
            leave("drafted")
            if month == NOVEMBER:
                leave("drafted again")
                draft = billing.draft(okafor.row, month, at=LATER)
            billing.issue(draft, by=helen, at=LATER)
            leave("issued")
        for each, when in texts:
            on = each.created_at.astimezone(okafor.row.tz).date()
            of = first if on < changed else second
            owed = on >= OCTOBER and when != "never" and of.text_price > 0
            assert BillItem.objects.filter(subject_id=each.pk).count() == owed
        for line in BillLine.objects.filter(kind="texts").prefetch_related("items"):
            assert sum(item.amount for item in line.items.all()) == line.amount
        transaction.set_rollback(True)
