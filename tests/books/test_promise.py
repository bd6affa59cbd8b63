"""What was promised of how soon callers are answered, beside what became of it."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from calls.models import Call
from clients.models import Client, LineHours, WorkItem
from secretariat import clock, ids
from secretariat.books.agreements import agreeing, promise, usual_words
from secretariat.books.models import Agreement, ClientPlan

from .conftest import local

PROMISED = {"answer_percent": 90, "answer_seconds": 15}


@pytest.fixture
def firm(office):
    office.clock_says("2026-12-02 10:30")
    office.helen = office.supervisor()
    office.okafor = office.client("Okafor Legal")
    return office


def accepted(firm, from_on=date(2026, 11, 1), **facts) -> Agreement:
    usual = usual_words.to_begin_with() | PROMISED
    draft = Agreement(client=firm.okafor.row, from_on=from_on, **usual | facts)
    offered = agreeing.offer(agreeing.write(draft, by=firm.helen), by=firm.helen, at=clock.now())
    said = {"name": "Chidi Okafor", "sha256": offered.sha256, "by": firm.okafor.owner.user}
    return agreeing.accept(offered, at=clock.now(), **said)


def rang(firm, text, *, after=None, route="offer"):
    """A call that was answered so many seconds later; without, its caller gave up."""
    at = local(text)
    return Call.objects.create(
        client=firm.okafor.row,
        line=firm.okafor.line,
        carrier_id=ids.uuid7().hex,
        state="closed",
        route=route,
        outcome="abandoned" if after is None else "message",
        rang_at=at,
        answered_at=at + timedelta(seconds=after) if after is not None else None,
        ended_at=at + timedelta(seconds=60),
        closed_at=at + timedelta(seconds=60),
    )


def in_november(firm):
    """Of four callers three were answered in time by what is agreed; one more was answered at 18 seconds."""
    for text, after in (("2026-11-03 09:00", 15), ("2026-11-04 09:00", 4), ("2026-11-30 23:59", 9)):
        rang(firm, text, after=after)
    rang(firm, "2026-11-05 09:00", after=18)
    rang(firm, "2026-11-06 09:00")
    rang(firm, "2026-11-06 10:00", route="voicemail")  # as the client's hours say: no secretary was to answer
    rang(firm, "2026-12-01 00:01", after=40)  # of the next month


def test_each_month_stands_beside_the_promise_for_the_firm_and_the_client(firm):
    agreement = accepted(firm)
    in_november(firm)
    found = [
        (kept.first, kept.level.within, kept.level.calls, kept.is_broken)
        for kept in promise.months(agreement, at=clock.now())
    ]
    assert found == [(date(2026, 12, 1), 0, 1, True), (date(2026, 11, 1), 3, 5, True)]
    pages = (
        (firm.helen, reverse("agreement", args=[agreement.pk])),
        (firm.okafor.owner, reverse("portal-agreement")),
    )
    for who, address in pages:
        page = firm.browser(who).get(address).content.decode()
        for words in (
            "December 2026, so far",
            "60 % within 15 seconds (3 of 5); 90 % are promised",
            "Not kept",
        ):
            assert words in page, words


def test_a_month_counts_the_days_on_which_it_was_promised_and_nothing_is_broken_where_nobody_rang(firm):
    agreement = accepted(firm, from_on=date(2026, 11, 6))
    in_november(firm)
    _december, november = promise.months(agreement, at=clock.now())
    assert (november.first, november.level.within, november.level.calls) == (date(2026, 11, 6), 1, 2)
    Call.objects.all().delete()
    _december, november = promise.months(agreement, at=clock.now())
    assert (november.level.calls, november.is_broken) == (0, False)


def test_the_firm_is_told_once_of_a_month_in_which_it_was_not_kept(firm):
    agreement = accepted(firm)
    in_november(firm)
    assert promise.notice(at=clock.now()) == 1
    assert promise.notice(at=clock.now()) == 0
    item = WorkItem.objects.open().get(kind=promise.MISSED)
    assert item.because == (
        "Okafor Legal was promised 90 % within 15 s; in November 2026 it was 60 % of 5 calls"
    )
    desk = firm.browser(firm.helen).get(reverse("work-item", args=[item.pk]), follow=True)
    assert reverse("agreement", args=[agreement.pk]) in desk.content.decode()
    listed = firm.browser(firm.helen).get(reverse("agreements")).content.decode()
    assert "answered later than promised" in listed


def test_the_list_of_agreements_goes_on_to_a_next_page(firm):
    for n in range(50):
        Client.objects.create(name=f"Client {n:02}")
    desk = firm.browser(firm.helen)
    assert "Okafor Legal" not in desk.get(reverse("agreements")).content.decode()
    assert "Okafor Legal" in desk.get(reverse("agreements"), {"page": 2}).content.decode()


def test_what_was_kept_and_what_is_not_over_where_the_client_is_tells_nobody(firm):
    firm.okafor.row.zone = "America/Los_Angeles"
    firm.okafor.row.save(update_fields=["zone"])
    accepted(firm)
    rang(firm, "2026-11-10 18:00", after=3)
    firm.clock_says("2026-12-01 07:59")  # still November there
    assert promise.notice(at=clock.now()) == 0
    assert not Agreement.objects.filter(judged_until=date(2026, 11, 30)).exists()
    firm.clock_says("2026-12-01 08:01")
    assert promise.notice(at=clock.now()) == 0
    assert Agreement.objects.filter(judged_until=date(2026, 11, 30)).exists()
    assert not WorkItem.objects.filter(kind=promise.MISSED).exists()


def test_a_clients_report_goes_by_what_is_agreed_with_her(firm):
    accepted(firm)
    in_november(firm)
    days = {"from_on": "2026-11-01", "until_on": "2026-11-30", "by": "month"}
    page = firm.browser(firm.okafor.owner).get(reverse("report-portal"), days).content.decode()
    for words in ("Answered within 15 s", "3 of 5; 90 % are promised"):
        assert words in page, words
    desk = firm.browser(firm.helen)
    of_one = desk.get(reverse("reports"), days | {"client": firm.okafor.row.pk}).content.decode()
    assert "3 of 5; 90 % are promised" in of_one
    of_all = desk.get(reverse("reports"), days).content.decode()
    assert "Answered within 20 s" in of_all
    assert "4 of 5" in of_all
    assert "are promised" not in of_all


def test_a_first_agreement_begins_with_the_hours_of_her_lines_and_says_that_no_plan_holds(firm):
    line = firm.okafor.line
    line.answers = "listed"
    line.save(update_fields=["answers"])
    for day in range(5):
        LineHours.objects.create(
            client=firm.okafor.row, line=line, kind="answered", weekday=day, opens="08:00", closes="18:30"
        )
    desk = firm.browser(firm.helen)
    page = desk.get(reverse("agreement-write", args=[firm.okafor.row.pk])).content.decode()
    assert page.count('value="08:00–18:30"') == 5
    draft = Agreement(client=firm.okafor.row, from_on=date(2026, 12, 1), **usual_words.to_begin_with())
    address = reverse("agreement", args=[agreeing.write(draft, by=firm.helen).pk])
    assert "the paper will say that nothing is billed" in desk.get(address).content.decode()
    ClientPlan.objects.create(
        client=firm.okafor.row, from_on=date(2026, 12, 1), price=1, currency="GBP", made_by=firm.helen
    )
    assert "the paper will say that nothing is billed" not in desk.get(address).content.decode()
