"""What becomes of the agreement and the plan before, when the version that was to follow never begins."""

from datetime import date
from decimal import Decimal

import pytest

from secretariat import clock
from secretariat.books import planning
from secretariat.books.agreements import agreeing, leaving
from secretariat.books.models import Agreement, ClientPlan

from .test_agreements import accepted, leaving_of


@pytest.fixture
def firm(office):
    office.clock_says("2026-11-24 10:30")
    office.helen, office.okafor = office.supervisor(), office.client("Okafor Legal")
    return office


def calls_off(firm, agreement) -> str:
    facts = {"because": "Too dear", "by": firm.helen, "at": clock.now()}
    return agreeing.end(agreement, on=date(2026, 11, 24), how="agreed", **facts)


def test_what_held_before_one_that_is_called_off_has_its_list_in_time(firm):
    first = accepted(firm, term="project", until_on=date(2026, 12, 20))
    said = calls_off(firm, accepted(firm, from_on=date(2026, 12, 10)))
    assert said == "What held before goes on as before. Its last day is 20 December 2026."
    assert leaving.notice_what_ends(at=clock.now()) == 1
    assert "leaves on 20 December 2026" in leaving_of(first).because


def test_what_the_client_had_ended_ends_again_with_its_list(firm):
    first = accepted(firm)
    facts = {"because": "They moved", "by": firm.helen, "at": clock.now()}
    agreeing.end(first, on=date(2026, 12, 31), **facts)
    second = accepted(firm, from_on=date(2026, 12, 20))
    assert not first.steps.exists()
    calls_off(firm, second)
    first.refresh_from_db()
    assert (first.until_on, first.ended_because) == (date(2026, 12, 31), "They moved")
    assert first.steps.filter(kind="number").exists()
    assert "leaves on 31 December 2026" in leaving_of(first).because


def test_an_end_that_was_changed_meanwhile_stays(firm):
    first, second = accepted(firm), accepted(firm, from_on=date(2027, 1, 10))
    Agreement.objects.filter(pk=first.pk).update(until_on=date(2026, 12, 31), ended_because="Sooner")
    stays = "The last day of what held before was changed meanwhile and stays as it is: 31 December 2026."
    assert calls_off(firm, second) == stays
    first.refresh_from_db()
    assert (first.until_on, first.ended_because) == (date(2026, 12, 31), "Sooner")


def test_with_what_goes_on_its_plan_goes_on_and_the_one_that_was_to_begin_does_not(firm):
    accepted(firm)
    facts = {"client": firm.okafor.row, "price": Decimal(1)}
    ClientPlan.objects.create(name="As before", from_on=date(2026, 11, 1), **facts)
    dearer = ClientPlan(name="Dearer", from_on=date(2027, 1, 1), client=firm.okafor.row, price=Decimal(2))
    planning.change(firm.okafor.row, dearer, by=firm.helen)
    second = accepted(firm, from_on=date(2027, 1, 1), term="project", until_on=date(2027, 6, 30))
    calls_off(firm, second)
    [plan] = ClientPlan.objects.filter(client=firm.okafor.row)
    assert (plan.name, plan.until_on) == ("As before", None)


def test_the_plan_that_was_to_end_with_what_is_called_off_does_not(firm):
    accepted(firm)
    plan = ClientPlan.objects.create(
        client=firm.okafor.row, name="As before", from_on=date(2026, 11, 1), price=Decimal(1)
    )
    second = accepted(firm, from_on=date(2027, 1, 1), term="project", until_on=date(2027, 6, 30))
    plan.refresh_from_db()
    assert plan.until_on == date(2027, 6, 30)
    calls_off(firm, second)
    plan.refresh_from_db()
    assert plan.until_on is None
