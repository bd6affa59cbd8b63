"""What lies before the secretary, in every state of a call, drawn whole and in parts."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clients import instructing
from clients.models import Instruction
from secretariat import clock


@pytest.fixture
def okafor(office):
    office.clock_says("2026-11-24 10:30")
    return office.client("Okafor Legal", band="plum")


@pytest.fixture
def priya(office, okafor):
    return office.secretary("Priya", okafor)


@pytest.fixture
def desk(office, priya):
    return office.browser(priya)


def page(desk):
    answer = desk.get(reverse("desk"))
    assert answer.status_code == 200
    return answer.content.decode()


def parts(desk, showing=""):
    """Every part of the frame, asked again."""
    names = ("desk-main", "desk-side", "desk-top", "desk-navigation", "calls-bar", "desk-state")
    answers = {
        name: desk.get(reverse(name), {"showing": showing}, headers={"HX-Request": "true"}) for name in names
    }
    assert {
        name: answer.status_code for name, answer in answers.items() if answer.status_code not in (200, 204)
    } == {}
    return {name: answer.content.decode() for name, answer in answers.items()}


def test_idle_she_sees_her_work_and_her_clients(desk):
    assert "All calls are finished" in page(desk)
    assert "Okafor Legal" in parts(desk)["desk-side"]


def test_ringing_she_reads_what_to_say_before_she_answers(office, desk, okafor):
    office.rings(okafor)
    shown = page(desk)
    assert "Okafor Legal is ringing" in shown
    assert "Good morning, <strong>Okafor Legal</strong>, Priya speaking" in shown
    assert "Answer" in parts(desk)["calls-bar"]


def test_on_a_call_the_form_carries_the_clients_name_on_its_button(office, desk, okafor, priya):
    office.rings(okafor)
    office.answers(priya)
    shown = page(desk)
    assert "Send to Okafor Legal" in shown
    assert 'value="+44 7700 900123"' in shown
    assert "Hold" in parts(desk)["calls-bar"]


def test_what_she_types_is_left_alone_while_it_is_the_same_call(office, desk, okafor, priya):
    leg = office.rings(okafor)
    office.answers(priya)
    showing = re.search(r'name="showing" value="([^"]+)"', page(desk))[1]
    assert desk.get(reverse("desk-main"), {"showing": showing}).status_code == 204
    office.hangs_up(leg)
    assert desk.get(reverse("desk-main"), {"showing": showing}).status_code == 204
    assert desk.get(reverse("desk-main"), {"showing": "idle"}).status_code == 200


def test_after_the_call_she_finishes_it(office, desk, okafor, priya):
    leg = office.rings(okafor)
    office.answers(priya)
    office.passes(10)
    office.hangs_up(leg)
    assert "Send to Okafor Legal" in page(desk)
    parts(desk)


def test_the_state_changes_when_a_call_does(office, desk, okafor):
    before = parts(desk)["desk-state"]
    office.rings(okafor)
    assert parts(desk)["desk-state"] != before


def test_a_supervisor_looks_over_the_desk_and_has_no_line(office, desk, okafor):
    helen = office.browser(office.supervisor())
    shown = helen.get(reverse("desk"))
    assert shown.status_code == 200
    assert "You look over the desk" in shown.content.decode()


def test_search_finds_clients_callers_and_messages_of_hers_alone(office, desk, okafor):
    office.client("Okapi Travel")
    shown = desk.get(reverse("desk-search"), {"q": "Oka"}, headers={"HX-Request": "true"}).content.decode()
    assert "Okafor Legal" in shown
    assert "Okapi" not in shown


def asked_of_the_database(browser, address) -> list[str]:
    """The questions a page asks, apart from who is signed in."""
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(address).status_code == 200
    asked = [query["sql"] for query in captured.captured_queries if query["sql"].startswith("SELECT")]
    return [sql for sql in asked if "django_session" not in sql and 'FROM "office_user"' not in sql]


def test_the_desk_asks_little(office, desk, okafor, priya):
    office.rings(okafor)
    office.answers(priya)
    page(desk)
    assert len(asked_of_the_database(desk, reverse("calls-bar"))) <= 6
    assert len(asked_of_the_database(desk, reverse("desk"))) <= 22


def test_the_portal_says_where_she_is_and_what_needs_her(office, okafor):
    portal = office.browser(okafor.owner)
    shown = portal.get(reverse("portal"))
    assert shown.status_code == 200
    assert "Nothing needs you." in shown.content.decode()


def test_an_instruction_of_today_is_on_the_desk_of_the_very_next_call(office, desk, okafor):
    at = clock.now()
    instructing.write(
        okafor.row,
        by=okafor.owner.user,
        at=at,
        action=Instruction.Action.MESSAGE,
        text="Promise a call after half past two.",
        from_at=at,
        until_at=at + timedelta(hours=4),
    )
    office.rings(okafor)
    assert "Promise a call after half past two." in page(desk)
