"""The examples of docs/shares.md: how evenly the work falls, and what a month leaves, worked out anew."""

import re
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

import pytest

from secretariat import clock
from secretariat.books import billing, fairness, hours, owing, paying, profit, sharing
from secretariat.books.fairness import Share
from secretariat.books.models import ClientPlan
from secretariat.ids import uuid7
from secretariat.office.models import Contract
from secretariat.office.odd_hours import is_odd
from secretariat.office.pay import Of
from tests.by_hand import rows_of

from .conftest import local, worked
from .test_paying import MONDAYS, OCTOBER, PAID_ON, approved, under_contract


def seconds(words: str) -> int:
    """ "8 h 30 min"."""
    hours, minutes = re.fullmatch(r"(\d+) h (\d\d) min", words).groups()
    return int(hours) * 3600 + int(minutes) * 60


def last_number(words: str) -> Decimal:
    """What the sum in a cell comes to."""
    return Decimal(re.findall(r"[\d.]+", words.rpartition("=")[2])[-1])


def share(**facts) -> Share:
    return Share(UUID(int=1), "Priya", **facts)


@pytest.mark.parametrize(
    ("on_shift", "work", "breaks", "waiting", "percent", "minutes"), rows_of("shares.md", "On shift")
)
def test_waiting_and_breaks(on_shift, work, breaks, waiting, percent, minutes):
    hers = share(on_shift=seconds(on_shift), worked=seconds(work), on_breaks=seconds(breaks))
    assert hers.waited == seconds(waiting)
    assert f"{hers.waiting_percent} %" == percent
    assert hers.break_minutes_a_shift_hour == float(minutes)


@pytest.mark.parametrize(("recorded", "corrected", "counts"), rows_of("shares.md", "Recorded"))
def test_time_counts_as_it_was_corrected(okafor, priya, recorded, corrected, counts):
    facts = {"because": "The line stayed open", "by": priya.user, "at": clock.now()}
    if recorded == "nothing":
        hours.add(priya, client=okafor.row, **_span(corrected), **facts)
    else:
        begins, ends = _span(recorded).values()
        record = worked(okafor, priya, f"{begins:%Y-%m-%d %H:%M}", (ends - begins).total_seconds())
        if corrected:
            hours.correct(record, **_span(corrected), **facts)
    [hers] = sharing.shares([priya], until=clock.now())
    assert hers.worked == seconds(counts)
    assert hours.of(priya, date(2026, 11, 23), at=clock.now()).at_work_seconds == seconds(counts)


def _span(words: str) -> dict[str, datetime]:
    """ "09:00 – 10:00", of the Monday before."""
    begins, ends = (local(f"2026-11-23 {each}") for each in words.split(" – "))
    return {"started_at": begins, "ended_at": ends}


@pytest.mark.parametrize(("of_each", "middle"), rows_of("shares.md", "Three who wait"))
def test_the_middle_of_all(of_each, middle):
    waits = [int(each) for each in re.findall(r"\d+", of_each)]
    rows = [share(on_shift=100, worked=100 - each) for each in waits]
    told = f"{fairness.middle(rows).waiting_percent} %" if len(rows) >= fairness.FEWEST else "not told"
    assert told == middle


@pytest.mark.parametrize(
    ("promises", "in_all", "work", "short"), rows_of("shares.md", "Her contract promises")
)
def test_hours_that_are_promised(promises, in_all, work, short, priya, helen):
    hours, period, bound, then = re.fullmatch(
        r"(\d+) a (week|month)(?:, (from 17|until 16) November(?: (\d+) a week)?)?", promises
    ).groups()
    begins = {"from_on": date(2026, 11, 17)} if bound == "from 17" else {}
    first = {} if then else begins
    held = under_contract(priya, helen, **{f"min_hours_{period}": Decimal(hours)}, **first)
    if then:
        under_contract(priya, helen, min_hours_week=Decimal(then), **begins)
    if bound == "until 16":
        Contract.objects.filter(pk=held.pk).update(until_on=date(2026, 11, 16), ended_because="She moves")
    [hers] = sharing.shares([priya], until=clock.now())  # it is 24 November
    assert hers.least == last_number(in_all)
    assert share(least=hers.least, worked=seconds(work)).short_of_least == pytest.approx(seconds(short))


@pytest.mark.parametrize(("when", "counts"), rows_of("shares.md", "A shift, in London"))
def test_nights_and_weekends(when, counts):
    begins, ends = re.findall(r"\d{4}-\d\d-\d\d \d\d:\d\d", when)
    assert is_odd(local(begins), local(ends), "Europe/London") is (counts == "yes")


@pytest.mark.parametrize(
    ("done", "besides", "paid_hours", "an_hour", "in_all"), rows_of("shares.md", "Paid for what was done")
)
def test_what_an_hour_came_to(done, besides, paid_hours, an_hour, in_all):
    kinds = {"made": Of.TOP_UP, "taken": Of.DISCOUNT, "fixed": Of.FIXED}
    amount, *words = besides.replace("−", "-").split() or [""]
    hers = share(
        earned=Decimal(done),
        besides=((kinds[words[0]], Decimal(amount)),) if besides else (),
        earned_seconds=seconds(paid_hours),
    )
    assert hers.an_hour == (None if an_hour == "not told" else Decimal(an_hour))
    assert hers.an_hour_in_all == (Decimal(in_all) if in_all else None)


def told(heading: str) -> dict[str, list[Decimal]]:
    """The rows of a table of profit: billed, paid, left, margin, by whose they are."""
    return {name: [last_number(each) for each in sums] for name, *sums in rows_of("shares.md", heading)}


def found() -> dict[str, list[Decimal]]:
    rows = [*profit.of_clients(*OCTOBER), *profit.of_secretaries(*OCTOBER)]
    return {row.name: [row.billed, row.paid, row.left, row.margin] for row in rows}


def test_what_october_left(office, okafor, priya, helen):
    ruth, maya = office.supervisor("Ruth"), office.secretary("Maya", okafor, ready=False)
    ClientPlan.objects.create(
        client=okafor.row, name="To the second", from_on=OCTOBER[0], price=Decimal("1.20"), currency="EUR"
    )
    call = uuid7()
    for each, begins, length in ((priya, "09:00:00", 600), (maya, "09:10:00", 300)):
        under_contract(each, helen)
        worked(okafor, each, f"2026-10-05 {begins}", length, subject=call)
        approved(each, helen, MONDAYS[1])
    bill = billing.issue(billing.draft(okafor.row, OCTOBER[0], at=clock.now()), by=helen, at=clock.now())
    run = paying.begin(*OCTOBER, PAID_ON, by=helen, at=clock.now())
    paying.approve(paying.prepare(run, by=helen, at=clock.now()), by=ruth, at=clock.now())
    assert found() == told("October")
    owing.give_back(bill, amount=Decimal(3), because="We were late", by=helen, at=clock.now())
    assert found() == told("October, after the credit note")
