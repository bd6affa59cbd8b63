"""Nothing stays with somebody who has gone home."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from calls.models import Call
from clients import going_home as work_left
from clients import work
from clients.models import Access, Assignment, WorkItem
from messages_app.models import Draft
from secretariat import clock
from secretariat.ledger.models import LedgerEntry
from secretariat.office import going_home, presence
from secretariat.office.models import Presence, Shift


@pytest.fixture
def okafor(office):
    office.clock_says("2026-11-24 10:30")
    return office.client("Okafor Legal")


@pytest.fixture
def priya(office, okafor):
    return office.secretary("Priya", okafor)


@pytest.fixture
def maya(office, okafor):
    return office.secretary("Maya", okafor, turn=Assignment.Turn.STAND_IN)


@pytest.fixture
def item(okafor, priya):
    return work.open_item(
        "clients.task",
        subject=("clients.client", okafor.row.pk),
        client=okafor.row,
        because="Order the toner",
        owner=priya.user,
    )


def takers(page) -> list[str]:
    """Whom the first thing may go to, as the page offers it."""
    choice = re.search(r'<select name="to_0".*?</select>', page, re.DOTALL)[0]
    return re.findall(r"<option[^>]*>([^<]+)</option>", choice)


def owner_of(item):
    item.refresh_from_db()
    return item.owner


def test_she_is_shown_what_is_still_hers_and_who_may_have_it(office, item, priya, maya):
    office.secretary("Joan", office.client("Brill Dental"))
    page = office.browser(priya).get(reverse("shift")).content.decode()
    assert "1 thing is still with you" in page
    assert "Order the toner" in page
    assert takers(page) == ["The client’s team", "Maya"]


def test_those_on_shift_come_first_and_the_others_say_they_are_not(office, okafor, item, priya):
    office.secretary("Ann", okafor, ready=False)
    office.secretary("Zoe", okafor)
    page = office.browser(priya).get(reverse("shift")).content.decode()
    assert takers(page) == [
        "The client’s team",
        "Zoe",
        "Ann, off shift",
    ]


def test_a_named_colleague_has_it_with_the_note(office, item, priya, maya):
    said = {"to_0": str(maya.user.pk), "note": "Ask for the blue one"}
    assert office.browser(priya).post(reverse("shift-end"), said).status_code == 303
    assert owner_of(item) == maya.user
    assert Presence.objects.get(secretary=priya).state == "off"
    page = office.browser(maya).get(reverse("work-item", args=[item.pk])).content.decode()
    assert "Priya: Ask for the blue one" in page
    handed = LedgerEntry.objects.get(verb="clients.work.handed")
    assert (handed.actor_id, handed.client_id) == (priya.user.pk, item.client_id)
    because_of_it = Access.objects.filter(because="work", cause_id=item.pk)
    assert not because_of_it.current().filter(secretary=priya).exists()
    assert because_of_it.current().filter(secretary=maya).exists()


def test_whatever_she_names_nobody_for_goes_to_the_team(office, item, priya, maya):
    office.browser(priya).post(reverse("shift-end"))
    assert owner_of(item) is None
    assert Shift.objects.get(secretary=priya).ended_at


def test_it_is_given_to_nobody_outside_the_team(office, item, priya):
    joan = office.secretary("Joan", office.client("Brill Dental"))
    answer = office.browser(priya).post(reverse("shift-end"), {"to_0": str(joan.user.pk)})
    assert answer.status_code == 422
    assert owner_of(item) == priya.user
    assert going_home.go_home(priya, {f"work:{item.pk}": joan.user.pk}, by=priya.user, at=clock.now())
    assert owner_of(item) is None


def test_a_call_she_was_finishing_goes_on_as_work_with_what_she_typed(office, okafor, priya, maya):
    leg = office.rings(okafor)
    office.answers(priya)
    office.hangs_up(leg)
    call = Call.objects.get()
    desk = office.browser(priya)
    desk.post(reverse("messages-draft", args=[call.pk]), {"text": "Half said", "revision": "0"})
    assert "Finish the call of 10:30" in desk.get(reverse("shift")).content.decode()
    assert desk.post(reverse("shift-end"), {"to_0": str(maya.user.pk)}).status_code == 303
    call.refresh_from_db()
    assert call.is_parked
    assert WorkItem.objects.get(kind="calls.unfinished").owner == maya.user
    assert Draft.objects.get(call=call).values["text"] == "Half said"
    assert "Half said" in office.browser(maya).get(reverse("messages-form", args=[call.pk])).content.decode()


def test_with_a_live_call_nobody_goes_home_and_nothing_is_given_away(office, okafor, item, priya, maya):
    office.rings(okafor)
    office.answers(priya)
    answer = office.browser(priya).post(reverse("shift-end"), {"to_0": str(maya.user.pk)})
    assert answer.status_code == 422
    assert "You are on a call. End it first." in answer.content.decode()
    assert owner_of(item) == priya.user
    assert Shift.objects.get(secretary=priya).ended_at is None


def test_a_supervisor_ends_a_shift_and_the_work_goes_to_the_team(office, item, priya):
    helen = office.supervisor()
    browser = office.browser(helen)
    assert "End the shift of Priya" in browser.get(reverse("firm-shifts")).content.decode()
    assert "Order the toner" in browser.get(reverse("firm-shift", args=[priya.pk])).content.decode()
    answer = browser.post(reverse("firm-shift-end", args=[priya.pk]), follow=True)
    assert "The shift of Priya has ended." in answer.content.decode()
    assert owner_of(item) is None
    assert LedgerEntry.objects.get(verb="office.shift.ended").actor_id == helen.pk


def test_a_supervisor_does_not_end_a_shift_in_mid_call(office, okafor, item, priya):
    office.rings(okafor)
    office.answers(priya)
    answer = office.browser(office.supervisor()).post(reverse("firm-shift-end", args=[priya.pk]), follow=True)
    assert "Priya is on a call. It must end first." in answer.content.decode()
    assert owner_of(item) == priya.user


@pytest.mark.parametrize(
    ("state", "minutes", "planned", "released"),
    [
        ("ready", 600, -600, False),  # she works longer than planned
        ("away", 29, None, False),
        ("away", 31, None, True),
        ("away", 5, -31, True),
        ("break", 45, None, False),
        ("break", 5, -29, False),
        ("break", 5, -31, True),
        ("off", 29, None, False),
        ("off", 31, None, True),
    ],
)
def test_what_stayed_with_somebody_absent_goes_to_the_team(item, priya, state, minutes, planned, released):
    at = clock.now()
    Presence.objects.filter(secretary=priya).update(state=state, since=at - timedelta(minutes=minutes))
    Shift.objects.update(
        ends_at=None if planned is None else at + timedelta(minutes=planned),
        ended_at=at if state == "off" else None,
    )
    WorkItem.objects.update(owner_since=at - timedelta(hours=12))
    assert work_left.release_what_was_left(at=at) == released
    assert (owner_of(item) is None) == released


def test_what_she_took_meanwhile_is_left_with_her(item, priya):
    at = clock.now()
    presence.end_shift(priya, at=at)
    Presence.objects.update(since=at - timedelta(hours=2))
    assert work_left.release_what_was_left(at=at) == 0
    assert owner_of(item) == priya.user
