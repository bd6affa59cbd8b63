"""Hours that are corrected late: said before bills are issued, and told to the firm where one is issued."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from clients import work
from clients.models import WorkItem
from secretariat import clock
from secretariat.books import billing, hours, open_weeks
from secretariat.books.models import ClientPlan

from .conftest import local, worked
from .test_paying import approved

OCTOBER = date(2026, 10, 1), date(2026, 10, 31)


@pytest.fixture
def record(okafor, priya):
    """A call of half an hour on the last Friday of October, by the second."""
    ClientPlan.objects.create(
        client=okafor.row, name="By the second", from_on=OCTOBER[0], price=Decimal("1.20")
    )
    return worked(okafor, priya, "2026-10-30 09:00:00", 1800)


def corrected(record, seconds, *, by) -> None:
    until = record.started_at + timedelta(seconds=seconds)
    hours.correct(
        record, started_at=record.started_at, ended_at=until, because="She forgot", by=by, at=clock.now()
    )


def bills(office, helen) -> str:
    page = f"{reverse('books-bills')}?month=2026-10"
    return office.browser(helen).get(page).content.decode()


def test_weeks_that_are_still_open_are_named_before_a_bill_is_issued(office, okafor, priya, helen, record):
    link = f"{reverse('books-week', args=[priya.pk])}?week=2026-10-26"
    assert link not in bills(office, helen)  # there is nothing to be issued yet
    bill = billing.draft(okafor.row, OCTOBER[0], at=clock.now())
    one = reverse("books-bill", args=[bill.pk])
    assert link in bills(office, helen)
    assert link in office.browser(helen).get(one).content.decode()
    approved(priya, helen, date(2026, 10, 26))
    assert link not in bills(office, helen)
    assert link not in office.browser(helen).get(one).content.decode()


def test_a_week_is_open_by_her_own_days_and_for_whom_she_worked(office, okafor, priya):
    priya.zone = "America/New_York"
    priya.save()
    worked(okafor, priya, "2026-10-05 03:00:00", 60)  # still Sunday where she is
    brill = office.client("Brill Dental")
    found = open_weeks.between(*OCTOBER)
    assert [(each.name, each.starts_on) for each in found.weeks] == [("Priya", date(2026, 9, 28))]
    assert not open_weeks.between(*OCTOBER, client=brill.row).weeks
    assert not open_weeks.between(date(2026, 10, 5), OCTOBER[1]).weeks


def test_what_came_late_is_named_by_the_week_in_which_it_stands(okafor, priya, helen, record):
    """She did nothing in that week; it is open until it is approved."""
    november = date(2026, 11, 2)

    def found():
        return [each.starts_on for each in open_weeks.between(*OCTOBER, client=okafor.row).weeks]

    approved(priya, helen, date(2026, 10, 26))
    assert found() == []
    worked(okafor, priya, "2026-10-28 09:00:00", 60)
    assert found() == [november]
    assert open_weeks.between(*OCTOBER, secretary=priya).weeks
    assert not open_weeks.between(date(2026, 10, 29), OCTOBER[1]).weeks
    seen = hours.of(priya, november, at=clock.now()).seen
    week = hours.confirm(priya, november, seen=seen, at=clock.now())
    assert found() == [november]
    hours.approve(week, by=helen, at=clock.now())
    assert found() == []


def test_no_more_than_a_page_can_show_are_named(okafor, priya, monkeypatch):
    monkeypatch.setattr(open_weeks, "AT_MOST", 1)
    worked(okafor, priya, "2026-10-05 09:00:00", 60)
    assert not open_weeks.between(*OCTOBER).are_more
    worked(okafor, priya, "2026-10-12 09:00:00", 60)
    found = open_weeks.between(*OCTOBER)
    assert ([each.starts_on for each in found.weeks], found.are_more) == ([date(2026, 10, 5)], True)


def test_a_draft_that_says_what_is_not_so_any_more_is_not_issued(okafor, priya, helen, record):
    bill = billing.draft(okafor.row, OCTOBER[0], at=clock.now())
    corrected(record, 600, by=priya.user)
    with pytest.raises(billing.NotNow, match="Draft it anew"):
        billing.issue(bill, by=helen, at=clock.now())
    anew = billing.draft(okafor.row, OCTOBER[0], at=clock.now())
    assert billing.issue(anew, by=helen, at=clock.now()).net == Decimal(12)


def test_a_correction_of_what_is_issued_is_the_firms_to_decide(office, okafor, priya, helen, record):
    bill = billing.issue(billing.draft(okafor.row, OCTOBER[0], at=clock.now()), by=helen, at=clock.now())
    assert bill.net == Decimal(36)
    corrected(record, 600, by=priya.user)
    item = WorkItem.objects.open().get(kind="books.corrected")
    assert item.because == "Time on bill B2026-00001 of Okafor Legal was corrected after it was issued."
    assert (item.client, work.describe(item).url) == (None, reverse("books-bill", args=[bill.pk]))
    page = office.browser(helen).get(work.describe(item).url).content.decode()
    for words in ("Time on this bill was corrected", "30:00", "10:00", "She forgot", "Priya"):
        assert words in page, words
    theirs = office.browser(okafor.owner).get(reverse("portal-bill", args=[bill.pk])).content.decode()
    assert "She forgot" not in theirs
    corrected(record, 1800, by=priya.user)  # as it was billed, after all
    page = office.browser(helen).get(work.describe(item).url).content.decode()
    assert "Time on this bill was corrected" not in page


def test_what_only_began_at_another_moment_is_nothing_to_be_decided(okafor, priya, helen, record):
    billing.issue(billing.draft(okafor.row, OCTOBER[0], at=clock.now()), by=helen, at=clock.now())
    moved = {"started_at": local("2026-10-30 08:00:00"), "ended_at": local("2026-10-30 08:30:00")}
    hours.correct(record, **moved, because="An hour earlier", by=priya.user, at=clock.now())
    assert not WorkItem.objects.filter(kind="books.corrected").exists()
