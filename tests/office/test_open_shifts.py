"""An open shift that nobody takes becomes work of the firm as it nears."""

from datetime import date, time

import pytest
from django.urls import reverse

from clients.models import WorkItem
from secretariat import clock
from secretariat.office.models import PlannedShift
from secretariat.office.rota import open_shifts, planning, rules, taking

TUESDAY = date(2026, 12, 1)


@pytest.fixture
def firm(office):
    office.clock_says("2026-11-24 10:30")
    office.helen = office.supervisor()
    office.priya = office.secretary("Priya", ready=False)
    stretch = rules.stretch(TUESDAY, time(9), time(17), "Europe/London")
    office.shift = planning.add(secretary=None, stretch=stretch, by=office.helen, at=clock.now())
    planning.publish(rules.monday_of(TUESDAY), by=office.helen, at=clock.now())
    office.shift.refresh_from_db()
    return office


def noticed() -> WorkItem:
    open_shifts.notice(at=clock.now())
    return WorkItem.objects.get(kind="office.open_shift")


def test_a_day_before_it_is_work_of_the_firm_once_and_leads_to_the_shift(firm):
    firm.clock_says("2026-11-30 08:59")
    assert open_shifts.notice(at=clock.now()) == 0
    firm.clock_says("2026-11-30 09:00")
    item = noticed()
    assert item.because == "Nobody has taken the open shift: Tue 1 Dec 09:00–17:00."
    assert item.promised_at == firm.shift.starts_at
    assert open_shifts.notice(at=clock.now()) == 0
    desk = firm.browser(firm.helen)
    there = reverse("rota-shift", args=[firm.shift.pk])
    assert there in desk.get(reverse("work-item", args=[item.pk])).content.decode()


@pytest.mark.parametrize(
    ("act", "outcome"),
    [
        ("take", "Taken by Priya"),
        ("plan", "Priya has it"),
        ("remove", "Taken out of the plan"),
        ("nothing", "It is over, and nobody took it"),
    ],
)
def test_it_is_no_work_any_more_once_it_is_not_open(firm, act, outcome):
    firm.clock_says("2026-11-30 09:00")
    item = noticed()
    firm.shift.refresh_from_db()
    facts = {"version": firm.shift.version, "by": firm.helen, "at": clock.now()}
    if act == "take":
        taking.take(firm.shift, firm.priya, at=clock.now())
    elif act == "plan":
        planning.change(firm.shift, secretary=firm.priya, stretch=firm.shift.stretch, **facts)
    elif act == "remove":
        planning.remove(firm.shift, **facts)
    else:
        firm.clock_says("2026-12-01 17:00")
    open_shifts.notice(at=clock.now())
    item.refresh_from_db()
    assert item.outcome == outcome


def test_one_that_is_open_once_more_is_noticed_once_more(firm):
    firm.clock_says("2026-11-30 09:00")
    noticed()
    shift = taking.take(firm.shift, firm.priya, at=clock.now())
    open_shifts.notice(at=clock.now())
    facts = {"version": shift.version, "by": firm.helen, "at": clock.now()}
    planning.change(shift, secretary=None, stretch=shift.stretch, **facts)
    open_shifts.notice(at=clock.now())
    assert WorkItem.objects.filter(kind="office.open_shift").count() == 2
    assert WorkItem.objects.open().filter(kind="office.open_shift").count() == 1


def test_a_draft_is_nobodys_work(firm):
    PlannedShift.objects.update(state="draft", published_at=None)
    firm.clock_says("2026-11-30 09:00")
    assert open_shifts.notice(at=clock.now()) == 0
