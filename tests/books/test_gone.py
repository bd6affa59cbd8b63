"""Whoever works here no more is paid for her last days, into her account, and for what she laid out."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from clients.models import WorkItem
from secretariat import clock
from secretariat.books import approving, hours, pay_details, paying, paying_out
from secretariat.books.models import BankDetails, PayExtra, Payout, Week
from secretariat.books.supervision import reminding, supervising
from secretariat.ledger.models import LedgerEntry
from secretariat.office import suspending
from secretariat.office.contracts import agreeing, ending
from secretariat.office.models import Post, Secretary
from secretariat.outbox.models import Effect

from .conftest import worked
from .test_paying import OTHER, paid_into, under_contract

LAST_WEEK, LAST_DAY = date(2026, 11, 23), date(2026, 11, 27)  # Monday; the Friday on which she goes
NOVEMBER = date(2026, 11, 1), date(2026, 11, 29)


@pytest.fixture
def ruth(office):
    return office.supervisor("Ruth")


@pytest.fixture
def gone(office, okafor, priya, helen, firms_account):
    """Priya, who has worked three hours of her last week; it is Monday, and she is here no more."""
    contract = under_contract(priya, helen)
    worked(okafor, priya, "2026-11-23 09:00:00", 7200)
    worked(okafor, priya, "2026-11-27 09:00:00", 3600)
    agreeing.end(contract, on=LAST_DAY, because="Moved away", by=helen, at=clock.now(), how="agreed")
    office.clock_says("2026-11-30 09:30")
    assert ending.end_what_is_over(at=clock.now()) == 1
    her = Secretary.objects.get(pk=priya.pk)
    assert not her.is_engaged
    return her


def mails_to(user) -> list[str]:
    rows = Effect.objects.filter(payload__to=user.email).order_by("place")
    return [each.payload.get("text", "") for each in rows]


def page_of_week(browser, her) -> str:
    return browser.get(f"{reverse('books-week', args=[her.pk])}?week={LAST_WEEK}").content.decode()


def in_her_place(browser, her, because, *, seen=None):
    mark = hours.of(her, LAST_WEEK, at=clock.now()).seen if seen is None else seen
    said = {"week": LAST_WEEK.isoformat(), "seen": mark, "because": because}
    return browser.post(reverse("books-week-confirm", args=[her.pk]), said, follow=True)


def test_she_confirms_her_last_week_says_where_she_is_paid_and_is_paid(office, gone, helen, ruth):
    hers = office.browser(gone)
    page = hers.get(reverse("my-pay")).content.decode()
    there = f"{reverse('books-time')}?week={LAST_WEEK}"
    assert there in page
    page = hers.get(there)
    assert page.status_code == 200
    assert "3:00:00" in page.content.decode()
    assert "Write down other work" not in page.content.decode()
    said = {"week": LAST_WEEK.isoformat(), "seen": page.context["hours"].seen}
    assert hers.post(reverse("books-time-confirm"), said).status_code == 303
    week = Week.objects.get(secretary=gone, starts_on=LAST_WEEK)
    assert (week.state, week.confirmed_by) == ("confirmed", None)
    assert there not in hers.get(reverse("my-pay")).content.decode()
    hours.approve(week, by=helen, at=clock.now())

    account = {"holder": "Priya Nair", "iban": OTHER}
    assert hers.get(reverse("my-pay-details")).status_code == 200
    assert hers.post(reverse("my-pay-details"), account).status_code == 303
    code = pay_details.code_of(BankDetails.objects.get(secretary=gone))
    assert hers.post(reverse("my-pay-confirm"), {"code": code}).status_code == 303
    headset = {"on": "2026-11-26", "amount": "19.99", "words": "A headset"}
    assert hers.post(reverse("my-pay-expense"), headset).status_code == 303
    firm = office.browser(helen)
    firm.post(reverse("pay-extra-agree", args=[PayExtra.objects.get().pk]))

    run = paying.begin(*NOVEMBER, date(2026, 12, 5), by=helen, at=clock.now())
    run = paying.approve(paying.prepare(run, by=helen, at=clock.now()), by=ruth, at=clock.now())
    statement = run.statements.get(secretary=gone)
    assert (statement.gross, statement.expenses) == (Decimal("43.20"), Decimal("19.99"))
    paying_out.order(run, by=helen, at=clock.now())
    assert Payout.objects.get().bank == BankDetails.objects.get(secretary=gone)

    paying_out.returned(statement, because="The account is closed", by=helen, at=clock.now())
    page = hers.get(reverse("my-statement", args=[statement.pk])).content.decode()
    assert reverse("my-pay-details") in page
    paid_into(gone, "DE89370400440532013000")
    assert paying_out.order(run, by=helen, at=clock.now()).payouts


def test_what_she_laid_out_after_her_last_day_is_refused_in_words(office, gone):
    late = {"on": "2026-11-29", "amount": "19.99", "words": "A headset"}
    refused = office.browser(gone).post(reverse("my-pay-expense"), late)
    assert refused.status_code == 422
    assert "27 November 2026 at the latest" in refused.content.decode()
    assert "A headset" in refused.content.decode()
    assert not PayExtra.objects.exists()


def test_the_firm_confirms_in_her_place_another_person_approves_and_she_reads_why(office, gone, helen, ruth):
    firm = office.browser(helen)
    page = page_of_week(firm, gone)
    assert "Confirm it in her place" in page
    assert "Say why you confirm it" in in_her_place(firm, gone, "").content.decode()
    changed = in_her_place(firm, gone, "She has left", seen="0-0").content.decode()
    assert "Something has changed since this page was opened" in changed
    assert "She is told" in in_her_place(firm, gone, "She has left and does not answer").content.decode()
    week = Week.objects.get(secretary=gone, starts_on=LAST_WEEK)
    assert (week.state, week.confirmed_by) == ("confirmed", helen)
    assert LedgerEntry.objects.get(verb="books.week_confirmed").actor_id == helen.pk
    assert any("was confirmed in your place" in text for text in mails_to(gone.user))
    page = office.browser(gone).get(f"{reverse('books-time')}?week={LAST_WEEK}").content.decode()
    assert "Confirmed by Helen in place of Priya: “She has left and does not answer”" in page

    assert "Another person approves it" in page_of_week(firm, gone)
    assert "Approve and close the week" in page_of_week(office.browser(ruth), gone)
    firm.post(reverse("books-week-approve", args=[week.pk]))
    week.refresh_from_db()
    assert week.state == "confirmed"  # whoever confirmed it does not approve it
    [left_out] = approving.waiting(ruth).left_out
    assert left_out.because == ["confirmed in her place"]
    office.browser(ruth).post(reverse("books-week-approve", args=[week.pk]))
    week.refresh_from_db()
    assert (week.state, week.approved_by) == ("approved", ruth)


def test_whoever_is_asked_to_approve_it_is_told_who_confirmed_it_and_may_approve_it(
    office, gone, helen, ruth
):
    supervising.name(
        gone, supervisor=helen, stand_in=None, qualified_by="Ten years", by=helen, at=clock.now()
    )
    in_her_place(office.browser(helen), gone, "She has left")
    office.clock_says("2026-12-02 09:30")
    assert reminding.to_approve(at=clock.now()) == 1
    item = WorkItem.objects.get(kind="books.week_to_approve")
    assert item.because.startswith("Helen has confirmed the week from 23.11.2026 in the place of Priya")
    assert item.owner is None  # her supervisor confirmed it herself


def test_sent_back_it_is_open_and_nobody_has_confirmed_it(office, gone, helen, ruth):
    in_her_place(office.browser(helen), gone, "She has left")
    week = Week.objects.get(secretary=gone)
    hours.send_back(week, because="Friday is missing", by=ruth)
    week.refresh_from_db()
    assert (week.state, week.confirmed_by, week.confirmed_because) == ("open", None, "")


def test_of_one_who_works_here_the_firm_confirms_once_she_has_said_nothing_for_a_week(
    office, okafor, priya, helen
):
    under_contract(priya, helen)
    worked(okafor, priya, "2026-11-23 09:00:00", 7200)
    firm = office.browser(helen)
    for moment, may in (("2026-11-29 23:00", False), ("2026-11-30 09:30", False), ("2026-12-07 09:30", True)):
        office.clock_says(moment)
        assert ("Confirm it in her place" in page_of_week(firm, priya)) is may, moment
        said = in_her_place(firm, priya, "She is ill").content.decode()
        assert ("She confirms this week herself" in said) is not may, moment
    assert Week.objects.get(secretary=priya).confirmed_by == helen


def test_of_one_who_is_suspended_it_confirms_from_monday_on(office, okafor, priya, helen):
    under_contract(priya, helen)
    worked(okafor, priya, "2026-11-23 09:00:00", 7200)
    suspending.suspend(priya.user, by=helen, reason="conduct", at=clock.now())
    office.clock_says("2026-11-30 09:30")
    in_her_place(office.browser(helen), priya, "She is suspended")
    assert Week.objects.get(secretary=priya).confirmed_by == helen


def test_an_administrator_approves_what_she_confirmed_herself_only_where_she_is_alone(office, gone, helen):
    Post.objects.create(user=helen, post=Post.Kind.ADMIN)
    ruth = office.supervisor("Ruth")
    in_her_place(office.browser(helen), gone, "She has left")
    week = Week.objects.get(secretary=gone, starts_on=LAST_WEEK)
    firm = office.browser(helen)
    page = page_of_week(firm, gone)
    assert "Another person approves it" in page
    assert "Approve and close the week" not in page
    firm.post(reverse("books-week-approve", args=[week.pk]))
    week.refresh_from_db()
    assert week.state == "confirmed"
    Post.objects.filter(user=ruth).delete()  # now nobody else is there to do it
    assert "Approve and close the week" in page_of_week(firm, gone)
    firm.post(reverse("books-week-approve", args=[week.pk]))
    week.refresh_from_db()
    assert (week.state, week.approved_by) == ("approved", helen)
