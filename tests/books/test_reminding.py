"""Nobody forgets what pay hangs on: a week sent back or corrected, to confirm, to approve; nor training."""

from datetime import date

import pytest
from django.urls import reverse

from clients.models import WorkItem
from secretariat import clock
from secretariat.books import hours
from secretariat.books.models import Remark, Week
from secretariat.books.supervision import reminding, supervising
from secretariat.outbox.models import Effect
from tests.told import told

from .conftest import worked

LAST_WEEK = date(2026, 11, 16)  # a Monday


def mails() -> list[tuple[str, str]]:
    """(to whom, of what) of each mail about hours and work."""
    rows = Effect.objects.filter(kind="books.supervision_word").order_by("posted_at", "pk")
    return [(each.payload["to"], each.payload["subject"].partition(": ")[2]) for each in rows]


def confirmed(priya) -> Week:
    seen = hours.of(priya, LAST_WEEK, at=clock.now()).seen
    return hours.confirm(priya, LAST_WEEK, seen=seen, at=clock.now())


@pytest.fixture
def week(okafor, priya):
    worked(okafor, priya, "2026-11-17 09:00:00", 100)
    return LAST_WEEK


def test_a_week_that_is_sent_back_is_her_work_until_she_confirms_it(office, priya, helen, week):
    row, desk, hers = confirmed(priya), office.browser(helen), office.browser(priya)
    desk.post(reverse("books-week-send-back", args=[row.pk]), {"because": "Dentist at nine"})
    item = WorkItem.objects.get(kind="books.week_sent_back")
    assert item.owner == priya.user
    assert (
        f"{reverse('books-time')}?week=2026-11-16"
        in hers.get(reverse("work-item", args=[item.pk])).content.decode()
    )
    assert mails() == [(priya.user.email, "A week is sent back to you")]
    assert "Dentist" not in Effect.objects.get(kind="books.supervision_word").payload["text"]
    assert priya.user_id in told("rota.changed")
    confirmed(priya)
    item.refresh_from_db()
    assert item.outcome == "Confirmed"


def test_she_is_told_of_time_that_somebody_else_corrected_and_once_a_day(office, okafor, priya, helen, week):
    desk = office.browser(helen)
    for start in ("09:00:00", "11:00:00"):
        record = worked(okafor, priya, f"2026-11-18 {start}", 600)
        said = {"on": "2026-11-18", "since": start, "until": start[:4] + "5:00", "because": "A test call"}
        page = reverse("books-week-correct", args=[record.pk])
        assert desk.post(page, said).status_code == 303
    assert mails() == [(priya.user.email, "Your time was corrected")]
    record = worked(okafor, priya, "2026-11-19 09:00:00", 600)
    own = {"on": "2026-11-19", "since": "09:00:00", "until": "09:05:00", "because": "I hung up late"}
    office.browser(priya).post(reverse("books-time-correct", args=[record.pk]), own)
    assert len(mails()) == 1


def test_whoever_has_not_confirmed_is_reminded_on_monday_morning_once(office, priya, week):
    office.clock_says("2026-11-23 07:59")
    assert reminding.to_confirm(at=clock.now()) == 0
    office.clock_says("2026-11-23 08:00")
    assert reminding.to_confirm(at=clock.now()) == 1
    assert reminding.to_confirm(at=clock.now()) == 0
    item = WorkItem.objects.get(kind="books.week_to_confirm")
    assert (item.owner, item.because) == (priya.user, "Confirm your week from 16.11.2026")
    assert mails() == [(priya.user.email, "Please confirm your week")]
    confirmed(priya)
    item.refresh_from_db()
    assert item.outcome == "Confirmed"


def test_monday_morning_is_that_of_her_zone(office, priya, week):
    priya.zone = "America/New_York"
    priya.save()
    office.clock_says("2026-11-23 12:59")
    assert reminding.to_confirm(at=clock.now()) == 0
    office.clock_says("2026-11-23 13:00")
    assert reminding.to_confirm(at=clock.now()) == 1


def test_nobody_is_reminded_of_a_week_that_is_confirmed_or_in_which_she_did_nothing(office, priya, week):
    office.secretary("Maya", ready=False)
    confirmed(priya)
    assert reminding.to_confirm(at=clock.now()) == 0
    assert not WorkItem.objects.exists()


def test_of_what_came_late_she_is_told_once_the_week_in_which_it_stands_is_over(office, okafor, priya, week):
    confirmed(priya)
    worked(okafor, priya, "2026-11-18 09:00:00", 40)  # of a call that was closed days after
    assert reminding.came_late(at=clock.now()) == 0
    office.clock_says("2026-11-30 08:00")
    assert reminding.to_confirm(at=clock.now()) == 0  # she has not worked last week
    assert reminding.came_late(at=clock.now()) == 1
    assert reminding.came_late(at=clock.now()) == 0
    assert WorkItem.objects.get().because == "Confirm your week from 23.11.2026"
    assert mails() == [(priya.user.email, "Please confirm your week")]


def test_a_week_that_lies_two_days_is_work_of_whoever_supervises_her(office, priya, helen, week):
    supervising.name(
        priya, supervisor=helen, stand_in=None, qualified_by="Ten years", by=helen, at=clock.now()
    )
    row = confirmed(priya)
    office.clock_says("2026-11-26 10:29")
    assert reminding.to_approve(at=clock.now()) == 0
    office.clock_says("2026-11-26 10:30")
    assert reminding.to_approve(at=clock.now()) == 1
    assert reminding.to_approve(at=clock.now()) == 0
    item = WorkItem.objects.get(kind="books.week_to_approve")
    assert item.owner == helen
    desk = office.browser(helen)
    shown = desk.get(reverse("work-item", args=[item.pk])).content.decode()
    assert reverse("books-week", args=[priya.pk]) in shown
    desk.post(reverse("books-week-approve", args=[row.pk]))
    item.refresh_from_db()
    assert item.outcome == "Approved"


def test_one_that_was_sent_back_and_confirmed_again_is_reminded_of_again(office, priya, helen, week):
    row = confirmed(priya)
    office.clock_says("2026-11-26 11:00")
    reminding.to_approve(at=clock.now())
    hours.send_back(row, because="The dentist", by=helen)
    confirmed(priya)
    assert reminding.to_approve(at=clock.now()) == 0
    office.clock_says("2026-11-28 11:00")
    assert reminding.to_approve(at=clock.now()) == 1


def test_training_is_told_of_a_week_before_and_to_the_firm_once_it_is_overdue(office, priya, helen):
    row = Remark(kind="training", words="Data protection", due_on=date(2026, 12, 1))
    supervising.remark(priya, row, by=helen, at=clock.now())
    office.clock_says("2026-11-23 12:00")
    assert reminding.of_training(at=clock.now()) == 0
    office.clock_says("2026-11-24 12:00")
    assert reminding.of_training(at=clock.now()) == 1
    assert reminding.of_training(at=clock.now()) == 0
    assert WorkItem.objects.get(kind="books.training").owner == priya.user
    assert mails()[-1] == (priya.user.email, "A training is due")
    office.clock_says("2026-12-01 23:59")
    assert reminding.of_training(at=clock.now()) == 0
    office.clock_says("2026-12-02 00:01")
    assert reminding.of_training(at=clock.now()) == 1
    overdue = WorkItem.objects.get(kind="books.training_overdue")
    assert overdue.because == "A training of Priya is overdue since 01.12.2026"
    supervising.train(row, by=helen, at=clock.now())
    assert not WorkItem.objects.open().exists()
