"""Weeks that nobody has to look at are approved all at once, and taken back until pay is reckoned."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from clients.models import WorkItem
from secretariat import clock
from secretariat.books import approving, hours, paying, week_sums
from secretariat.books.models import Week
from secretariat.books.supervision import reminding, supervising
from secretariat.ledger.models import LedgerEntry
from secretariat.office.models import Secretary

from .conftest import local, worked
from .test_paying import MONDAYS, OCTOBER, prepared, under_contract

LAST_WEEK = date(2026, 11, 16)


def confirmed(secretary, starts_on=LAST_WEEK) -> Week:
    seen = hours.of(secretary, starts_on, at=clock.now()).seen
    return hours.confirm(secretary, starts_on, seen=seen, at=clock.now())


@pytest.fixture
def maya(office, okafor):
    return office.secretary("Maya", okafor, ready=False)


@pytest.fixture
def nora(office, okafor):
    return office.secretary("Nora", okafor, ready=False)


def correct(record, by):
    until = record.ended_at + timedelta(seconds=5)
    facts = {"because": "Miskeyed", "by": by.user, "at": clock.now()}
    hours.correct(record, started_at=record.started_at, ended_at=until, **facts)


def test_all_that_stand_as_they_were_recorded_are_approved_and_the_others_say_why_not(
    office, okafor, priya, maya, nora, helen
):
    worked(okafor, priya, "2026-11-17 09:00:00", 3600)
    correct(worked(okafor, maya, "2026-11-17 09:00:00", 100), maya)
    worked(okafor, nora, "2026-11-17 09:00:00", 100)
    supervising.ask(nora, on=date(2026, 11, 22), words="Why so late?", by=helen, at=clock.now())
    weeks = {each: confirmed(each) for each in (priya, maya, nora)}
    office.clock_says("2026-11-27 10:30")
    reminding.to_approve(at=clock.now())
    firm = office.browser(helen)
    assert reverse("books-weeks-waiting") in firm.get(reverse("books-weeks")).content.decode()
    page = firm.get(reverse("books-weeks-waiting"))
    words = page.content.decode()
    assert [(each.secretary, seconds) for each, seconds in page.context["rows"]] == [(priya, 3600)]
    assert "1 interval was corrected" in words
    assert "a question about its days is not answered" in words
    assert "2 are left out" in words
    said = {"at": page.context["shown_at"]}
    done = firm.post(reverse("books-weeks-approve"), said, follow=True).content.decode()
    assert "1 week is approved and closed" in done
    assert {each: Week.objects.get(pk=weeks[each].pk).state for each in weeks} == {
        priya: "approved",
        maya: "confirmed",
        nora: "confirmed",
    }
    assert LedgerEntry.objects.filter(verb="books.week_approved", subject_id=str(weeks[priya].pk)).exists()
    open_ones = WorkItem.objects.open().filter(kind=reminding.TO_APPROVE)
    assert set(open_ones.values_list("subject_id", flat=True)) == {weeks[maya].pk, weeks[nora].pk}


def test_work_written_down_by_hand_and_her_own_hours_are_looked_at_first(okafor, priya, maya, helen):
    day = local("2026-11-18 09:00")
    facts = {"client": okafor.row, "because": "Typed the lease", "by": priya.user, "at": clock.now()}
    hours.add(priya, started_at=day, ended_at=day + timedelta(hours=1), **facts)
    worked(okafor, maya, "2026-11-17 09:00:00", 100)
    confirmed(priya), confirmed(maya)
    maya.user.posts.create(post="supervisor")
    found = approving.waiting(maya.user)
    assert found.ready == []
    assert {each.week.secretary: each.because for each in found.left_out} == {
        priya: ["1 piece of work was written down by hand"],
        maya: ["your own hours"],
    }


@pytest.mark.parametrize("post", ["supervisor", "admin"])
def test_nobody_approves_her_own_week_unless_nobody_else_runs_the_firm(office, okafor, maya, post):
    maya.user.posts.create(post=post)
    worked(okafor, maya, "2026-11-16 09:00:00", 100)
    week = confirmed(maya)
    helen = office.supervisor()
    address = f"{reverse('books-week', args=[maya.pk])}?week=2026-11-16"
    page = office.browser(maya).get(address).content.decode()
    assert "Somebody else approves your own hours" in page
    assert reverse("books-week-approve", args=[week.pk]) not in page
    with pytest.raises(hours.NotNow, match="Somebody else approves your own hours"):
        hours.approve(week, by=maya.user, at=clock.now())
    assert approving.approve_all(shown_at=clock.now(), by=maya.user, at=clock.now()) == []
    helen.posts.all().delete()
    assert approving.waiting(maya.user).ready == [week]
    assert "Approve and close the week" in office.browser(maya).get(address).content.decode()
    hours.approve(week, by=maya.user, at=clock.now())


def test_what_was_confirmed_after_the_list_was_shown_waits(office, okafor, priya, maya, helen):
    """Sent back meanwhile and confirmed anew, it is no longer what was on the list."""
    for each in (priya, maya):
        worked(okafor, each, "2026-11-17 09:00:00", 100)
    confirmed(priya)
    again = confirmed(maya)
    shown_at = clock.now()
    hours.send_back(again, because="The call at nine", by=helen)
    office.passes(60)
    confirmed(maya)
    done = approving.approve_all(shown_at=shown_at, by=helen, at=clock.now())
    assert [each.secretary for each in done] == [priya]


def test_what_was_left_out_for_a_question_waits_until_somebody_has_seen_the_answer(
    office, okafor, nora, helen
):
    worked(okafor, nora, "2026-11-17 09:00:00", 100)
    confirmed(nora)
    asked = supervising.ask(nora, on=date(2026, 11, 17), words="Why so late?", by=helen, at=clock.now())
    shown_at = clock.now()
    office.passes(60)
    supervising.answer(asked, words="The doctor rang at last", by=nora.user, at=clock.now())
    assert approving.approve_all(shown_at=shown_at, by=helen, at=clock.now()) == []
    [week] = approving.approve_all(shown_at=clock.now(), by=helen, at=clock.now())
    assert week.secretary == nora


def test_an_approval_is_taken_back_while_no_pay_is_reckoned_from_it(office, okafor, priya, maya, helen):
    for each in (priya, maya):
        worked(okafor, each, "2026-11-17 09:00:00", 100)
    weeks = [confirmed(priya), confirmed(maya)]
    firm = office.browser(helen)
    firm.post(reverse("books-weeks-approve"), {"at": clock.now().isoformat()})
    assert approving.last_of(helen) == (clock.now(), 2)
    page = firm.get(reverse("books-weeks")).content.decode()
    assert "You approved 2 weeks" in page
    told = firm.post(reverse("books-weeks-reopen"), {"at": clock.now().isoformat()}, follow=True)
    assert "2 weeks wait again" in told.content.decode()
    assert {each.state for each in Week.objects.filter(pk__in=[each.pk for each in weeks])} == {"confirmed"}
    assert approving.last_of(helen) is None
    hours.approve(weeks[0], by=helen, at=clock.now())
    one = f"{reverse('books-week', args=[priya.pk])}?week=2026-11-16"
    assert "Take the approval back" in firm.get(one).content.decode()
    firm.post(reverse("books-week-reopen", args=[weeks[0].pk]))
    assert Week.objects.get(pk=weeks[0].pk).state == "confirmed"


def test_from_the_moment_pay_is_reckoned_a_week_stays_closed(office, okafor, priya, helen):
    under_contract(priya, helen)
    worked(okafor, priya, "2026-10-05 09:00:00", 3600)
    week = confirmed(priya, MONDAYS[1])
    hours.approve(week, by=helen, at=clock.now())
    office.passes(60)
    run = prepared(helen, *OCTOBER)
    with pytest.raises(hours.NotNow, match="Pay is reckoned"):
        approving.reopen(Week.objects.get(pk=week.pk), by=helen)
    taken_back = {"state": "confirmed", "approved_at": None, "approved_by": None}
    with pytest.raises(IntegrityError, match="a closed week stays closed"), transaction.atomic():
        Week.objects.filter(pk=week.pk).update(**taken_back)
    assert approving.last_of(helen) is None
    paying.drop(run, by=helen)
    approving.reopen(Week.objects.get(pk=week.pk), by=helen)
    hours.approve(week, by=helen, at=clock.now())
    paying.approve(prepared(helen, *OCTOBER), by=office.supervisor("Ruth"), at=clock.now())
    with pytest.raises(hours.NotNow, match="Pay is reckoned"):
        approving.reopen(Week.objects.get(pk=week.pk), by=helen)


def test_the_database_lets_nothing_but_the_approval_be_taken_back(okafor, priya, helen):
    worked(okafor, priya, "2026-11-17 09:00:00", 100)
    week = confirmed(priya)
    hours.approve(week, by=helen, at=clock.now())
    taken_back = {"state": "confirmed", "approved_at": None, "approved_by": None}
    with pytest.raises(IntegrityError, match="a closed week stays closed"), transaction.atomic():
        Week.objects.filter(pk=week.pk).update(**taken_back, starts_on=date(2026, 11, 9))


def test_who_has_nothing_in_a_week_takes_no_place_on_its_pages(
    office, okafor, priya, nora, helen, monkeypatch
):
    """On a Monday most have an unconfirmed week behind them, and nothing yet in this one."""
    monkeypatch.setattr("secretariat.books.views.weeks.A_PAGE", 1)
    for n in range(2):
        worked(okafor, office.secretary(f"Annika {n}", okafor, ready=False), "2026-11-17 09:00:00", 60)
    worked(okafor, nora, "2026-11-23 09:00:00", 60)
    page = office.browser(helen).get(reverse("books-weeks"), {"week": "2026-11-23"})
    assert [row.secretary for row in page.context["rows"]] == [nora]
    assert page.context["page"].paginator.count == 1


def test_the_sums_of_many_are_those_of_each(office, okafor, priya, maya, nora, helen):
    """Overlapping calls, a correction, a week that is closed, one that is open, and what came late."""
    worked(okafor, priya, "2026-11-16 00:00:00", 60)
    worked(okafor, priya, "2026-11-17 09:00:00", 600)
    correct(worked(okafor, priya, "2026-11-17 09:05:00", 600), priya)
    worked(okafor, maya, "2026-11-09 09:00:00", 50)
    hours.approve(confirmed(maya, date(2026, 11, 9)), by=helen, at=clock.now())
    worked(okafor, maya, "2026-11-10 09:00:00", 40)  # late
    worked(okafor, nora, "2026-11-22 23:59:59", 30)
    confirmed(nora)
    worked(okafor, nora, "2026-11-23 00:00:00", 7)  # the week after
    everybody = Secretary.objects.order_by("spoken_name", "pk")
    for monday in (date(2026, 11, 9), LAST_WEEK, date(2026, 11, 23)):
        one_by_one = [hours.of(each, monday, at=clock.now()) for each in everybody]
        expected = [
            (each.secretary, each.state, each.at_work_seconds, len(each.intervals))
            for each in one_by_one
            if each.intervals or each.week
        ]
        at_once = week_sums.of(week_sums.people_of(everybody, monday), monday)
        found = [(each.secretary, each.state, each.at_work_seconds, each.intervals) for each in at_once]
        assert found == expected
