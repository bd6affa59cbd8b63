"""Who has a shift after somebody else is watched like everybody, and what became of it before stays hers."""

from datetime import date, time

import pytest
from django.urls import reverse

from clients.models import WorkItem
from secretariat import clock
from secretariat.office import presence
from secretariat.office.models import PlannedShift
from secretariat.office.rota import attending, planning, rules, swapping, taking, undoing
from secretariat.office.rota.attendance import State

DAY, MONDAY = date(2026, 11, 24), date(2026, 11, 23)


@pytest.fixture
def firm(office):
    """Priya has a shift from nine to five, to which she does not come."""
    office.clock_says("2026-11-24 08:30")
    office.helen = office.supervisor()
    office.priya = office.secretary("Priya", ready=False)
    office.maya = office.secretary("Maya", ready=False)
    office.plan = planning.add(
        secretary=office.priya,
        stretch=rules.stretch(DAY, time(9), time(17), "Europe/London"),
        by=office.helen,
        at=clock.now(),
    )
    planning.publish(MONDAY, by=office.helen, at=clock.now())
    office.plan.refresh_from_db()
    return office


def at(firm, hour: str) -> None:
    firm.clock_says(f"2026-11-24 {hour}")
    attending.notice_late(at=clock.now())


def given(firm, secretary, stretch=None) -> PlannedShift:
    firm.plan.refresh_from_db()
    return planning.change(
        firm.plan,
        version=firm.plan.version,
        secretary=secretary,
        stretch=stretch or firm.plan.stretch,
        by=firm.helen,
        at=clock.now(),
    )


def excused(firm) -> None:
    attending.explain(firm.plan, reason="The line was dead", by=firm.helen, at=clock.now(), excused=True)


def shifts() -> list[tuple[str, str]]:
    rows = PlannedShift.objects.standing().select_related("secretary").order_by("starts_at", "ends_at")
    return [
        (each.secretary.spoken_name if each.secretary else "", f"{each.starts_at:%H:%M}–{each.ends_at:%H:%M}")
        for each in rows
    ]


def looked_after() -> set[str]:
    return {each.because for each in WorkItem.objects.open().filter(kind="office.late")}


def test_given_to_another_it_is_hers_from_now_on_and_the_first_has_missed_it(firm):
    at(firm, "10:00")
    said = {"on": "2026-11-24", "begins": "09:00", "ends": "17:00", "version": str(firm.plan.version)}
    there = reverse("rota-shift", args=[firm.plan.pk])
    answer = firm.browser(firm.helen).post(there, said | {"secretary": str(firm.maya.pk)})
    assert answer.status_code == 303
    assert shifts() == [("Priya", "09:00–10:00"), ("Maya", "10:00–17:00")]
    at(firm, "10:05")
    assert looked_after() == {
        "Priya has not started the shift planned for 09:00.",
        "Maya has not started the shift planned for 10:00.",
    }
    at(firm, "17:00")
    rows = PlannedShift.objects.published()
    assert {each.standing.state for each in attending.of(rows, at=clock.now())} == {State.MISSED}


def test_who_takes_it_when_it_was_made_open_is_not_excused_for_another(firm):
    at(firm, "10:00")
    excused(firm)
    rest = given(firm, None)
    firm.clock_says("2026-11-24 11:00")
    hers = taking.take(rest, firm.maya, at=clock.now())
    assert shifts() == [("Priya", "09:00–10:00"), ("Maya", "11:00–17:00")]
    assert (hers.excused, hers.reason, hers.late_noticed_at) == (False, "", None)
    firm.plan.refresh_from_db()
    assert (firm.plan.excused, firm.plan.reason) == (True, "The line was dead")
    at(firm, "11:05")
    assert looked_after() == {"Maya has not started the shift planned for 11:00."}


def test_an_open_one_that_has_begun_is_whole_for_whoever_takes_it_from_then(firm):
    """She comes as she takes it, an hour after it began, and has kept it."""
    firm.clock_says("2026-11-24 08:40")
    shift = given(firm, None)
    firm.clock_says("2026-11-24 10:00")
    shift = taking.take(shift, firm.maya, at=clock.now())
    presence.start_shift(firm.maya, line="phone", at=clock.now(), declared=True)
    at(firm, "17:00")
    [found] = attending.of([shift], at=clock.now())
    assert (found.standing.state, found.standing.is_as_planned) == (State.KEPT, True)


def test_what_was_hers_stands_as_she_worked_it(firm):
    presence.start_shift(firm.priya, line="phone", at=clock.now(), declared=True)
    firm.clock_says("2026-11-24 12:00")
    given(firm, firm.maya)
    presence.end_shift(firm.priya, at=clock.now())
    at(firm, "12:05")
    firm.plan.refresh_from_db()
    [found] = attending.of([firm.plan], at=clock.now())
    assert (found.standing.state, found.standing.is_as_planned) == (State.KEPT, True)
    assert looked_after() == {"Maya has not started the shift planned for 12:00."}


def test_within_the_grace_it_is_given_on_as_a_whole(firm):
    at(firm, "09:04")
    given(firm, firm.maya)
    assert shifts() == [("Maya", "09:00–17:00")]


def test_undone_it_is_one_shift_again(firm):
    at(firm, "10:00")
    given(firm, firm.maya)
    undoing.undo(planning.last_change(MONDAY), by=firm.helen, at=clock.now())
    assert shifts() == [("Priya", "09:00–17:00")]


def test_one_that_is_over_is_written_down_for_who_came_beside_who_did_not(firm):
    at(firm, "17:10")
    given(firm, firm.maya)
    assert sorted(shifts()) == [("Maya", "09:00–17:00"), ("Priya", "09:00–17:00")]


def test_moved_to_later_she_is_awaited_anew(firm):
    at(firm, "09:05")
    assert looked_after() == {"Priya has not started the shift planned for 09:00."}
    given(firm, firm.priya, rules.stretch(DAY, time(14), time(17), "Europe/London"))
    assert looked_after() == set()
    assert WorkItem.objects.get(kind="office.late").outcome == "The plan changed"
    at(firm, "14:05")
    assert looked_after() == {"Priya has not started the shift planned for 14:00."}


def test_what_was_excused_before_a_swap_is_not_excused_after_it(firm):
    excused(firm)
    choice = swapping.Choice(firm.maya)
    swap = swapping.propose(firm.plan, choice, by=firm.priya, at=clock.now())
    swap = swapping.accept(swap, by=firm.maya, at=clock.now())
    swapping.approve(swap, by=firm.helen, at=clock.now())
    firm.plan.refresh_from_db()
    assert (firm.plan.secretary, firm.plan.excused, firm.plan.reason) == (firm.maya, False, "")
