"""A supervisor who is a secretary, too: what is granted to her, somebody else of the firm grants."""

from datetime import date, time

import pytest
from django.urls import reverse

from secretariat import clock
from secretariat.books.models import Remark
from secretariat.books.supervision import supervising
from secretariat.office.models import PlannedShift, Post, Secretary
from secretariat.office.rota import absences, attending, planning, rules, swapping
from secretariat.office.rota.planning import NotNow

TUESDAY = date(2026, 12, 1)


@pytest.fixture
def firm(office):
    """Priya supervises with Helen, and answers for clients as Maya does."""
    office.clock_says("2026-12-01 08:00")
    office.helen = office.supervisor()
    priya = office.secretary("Priya", ready=False)
    office.maya = office.secretary("Maya", ready=False)
    Post.objects.create(user=priya.user, post=Post.Kind.SUPERVISOR)
    office.priya = Secretary.objects.select_related("user").get(pk=priya.pk)
    return office


def shift_of(firm, who, on=TUESDAY, **facts) -> PlannedShift:
    stretch = rules.stretch(on, time(9), time(17), "Europe/London")
    made = planning.add(secretary=who, stretch=stretch, by=firm.helen, at=clock.now(), **facts)
    planning.publish(rules.monday_of(on), by=firm.helen, at=clock.now())
    made.refresh_from_db()
    return made


def administers(somebody) -> None:
    """Who works alone is administrator, supervisor and secretary."""
    Post.objects.create(user=somebody.user, post=Post.Kind.ADMIN)


def again(secretary) -> Secretary:
    return Secretary.objects.select_related("user").get(pk=secretary.pk)


def test_days_off_that_she_asks_for_are_answered_by_somebody_else(firm):
    days = {"from_on": date(2026, 12, 14), "until_on": date(2026, 12, 18)}
    asked = absences.ask(firm.priya, kind="holiday", **days, at=clock.now())
    page, address = reverse("rota-asked"), reverse("rota-answer-absence", args=[asked.pk])
    hers = firm.browser(firm.priya)
    words = "Somebody else of the firm answers this: it is your own."
    shown = hers.get(page).content.decode()
    assert words in shown
    assert "Approve the days" not in shown
    said = {"answer": "yes", "words": ""}
    assert words in hers.post(address, said, follow=True).content.decode()
    asked.refresh_from_db()
    assert asked.state == "asked"
    assert "Approve the days" in firm.browser(firm.helen).get(page).content.decode()
    firm.browser(firm.helen).post(address, said)
    asked.refresh_from_db()
    assert (asked.state, asked.answered_by) == ("approved", firm.helen)


def test_who_works_alone_answers_her_own(firm):
    administers(firm.priya)
    alone = again(firm.priya)
    days = {"from_on": date(2026, 12, 14), "until_on": date(2026, 12, 18)}
    asked = absences.ask(alone, kind="holiday", **days, at=clock.now())
    assert "Approve the days" in firm.browser(alone).get(reverse("rota-asked")).content.decode()
    assert absences.answer(asked, approve=True, by=alone.user, at=clock.now()).state == "approved"


def test_her_own_lateness_is_excused_by_somebody_else(firm):
    plan = shift_of(firm, firm.priya)
    firm.clock_says("2026-12-01 10:00")
    hers, page = firm.browser(firm.priya), reverse("attendance")
    assert "Excuse it" not in hers.get(page).content.decode()
    said = {"reason": "The train", "excused": "yes"}
    address = reverse("attendance-explain", args=[plan.pk])
    assert "it is your own" in hers.post(address, said, follow=True).content.decode()
    plan.refresh_from_db()
    assert not plan.excused
    attending.explain(plan, reason="The train", by=firm.priya.user, at=clock.now())  # her word on it
    assert "Excuse it" in firm.browser(firm.helen).get(page).content.decode()
    firm.browser(firm.helen).post(address, said)
    plan.refresh_from_db()
    assert plan.excused


@pytest.mark.parametrize("who_asks", ["priya", "maya"])
def test_a_swap_of_hers_is_approved_by_somebody_else(firm, who_asks):
    asks = getattr(firm, who_asks)
    other = firm.maya if who_asks == "priya" else firm.priya
    gives = shift_of(firm, asks, on=date(2026, 12, 8))
    swap = swapping.propose(gives, swapping.Choice(other), by=asks, at=clock.now())
    swapping.accept(swap, by=other, at=clock.now())
    page, address = reverse("rota-asked"), reverse("rota-answer-swap", args=[swap.pk])
    hers = firm.browser(firm.priya)
    assert "Approve the swap" not in hers.get(page).content.decode()
    said = {"answer": "yes", "words": "It suits me"}
    assert "it is your own" in hers.post(address, said, follow=True).content.decode()
    gives.refresh_from_db()
    assert gives.secretary == asks
    assert "Approve the swap" in firm.browser(firm.helen).get(page).content.decode()
    firm.browser(firm.helen).post(address, {"answer": "yes", "words": ""})
    gives.refresh_from_db()
    assert gives.secretary == other


def test_the_rules_themselves_refuse_her(firm):
    gives = shift_of(firm, firm.priya, on=date(2026, 12, 8))
    swap = swapping.propose(gives, swapping.Choice(firm.maya), by=firm.priya, at=clock.now())
    swapping.accept(swap, by=firm.maya, at=clock.now())
    days = {"from_on": date(2026, 12, 14), "until_on": date(2026, 12, 18)}
    asked = absences.ask(firm.priya, kind="holiday", **days, at=clock.now())
    facts = {"by": firm.priya.user, "at": clock.now()}
    for grant in (
        lambda: absences.answer(asked, approve=True, **facts),
        lambda: swapping.approve(swap, despite="It suits me", **facts),
        lambda: attending.explain(gives, reason="The train", excused=True, **facts),
    ):
        with pytest.raises(NotNow, match="Somebody else of the firm answers this: it is your own"):
            grant()


def test_nobody_says_how_good_her_own_work_is(firm):
    administers(firm.priya)
    her = again(firm.priya)
    with pytest.raises(supervising.NotNow, match="Nobody supervises her own work"):
        supervising.remark(
            her, Remark(kind="quality", words="Perfect", score=100), by=her.user, at=clock.now()
        )
    hers, page = firm.browser(her), reverse("supervision-of", args=[her.pk])
    assert "Write it down" not in hers.get(page).content.decode()
    said = {"remark-kind": "quality", "kind": "quality", "words": "Perfect", "score": "100"}
    address = reverse("supervision-remark", args=[her.pk])
    assert "Nobody supervises her own work" in hers.post(address, said, follow=True).content.decode()
    assert not Remark.objects.exists()
    helens = firm.browser(firm.helen)
    assert "Write it down" in helens.get(page).content.decode()
    helens.post(address, said)
    assert Remark.objects.get().score == 100
