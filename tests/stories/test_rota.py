"""A shift that is swapped, and one that nobody has because she is ill: each side sees each step."""

from datetime import time, timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from secretariat import clock
from secretariat.office.models import PlannedShift
from secretariat.office.rota import planning, rules

from . import by_keyboard as keys
from .looking import go_to

pytestmark = (
    pytest.mark.slow
)  # likewise in rooms: tests/office/test_my_shifts.py, tests/clients/test_cover.py


@pytest.fixture
def firm(office):
    office.okafor = office.client("Okafor Legal")
    office.helen = office.supervisor()
    office.priya = office.secretary("Priya", office.okafor, ready=False)
    office.maya = office.secretary("Maya", office.okafor, ready=False)
    return office


def planned(firm, who, on) -> PlannedShift:
    stretch = rules.stretch(on, time(9), time(17), "Europe/London")
    made = planning.add(secretary=who, stretch=stretch, by=firm.helen, at=clock.now())
    planning.publish(rules.monday_of(on), by=firm.helen, at=clock.now())
    return made


def in_a_week():
    """A Tuesday that is far enough away for everybody."""
    return rules.monday_of((clock.now() + timedelta(days=9)).date()) + timedelta(days=1)


def test_a_swap_is_proposed_accepted_and_approved(firm):
    """She who asks does it by keyboard, her colleague and the firm by mouse."""
    shift = planned(firm, firm.priya, in_a_week())
    hers = firm.enters(firm.priya, to=reverse("my-shifts"))
    theirs = firm.enters(firm.maya, to=reverse("my-shifts"))
    keys.presses(hers.get_by_role("link", name="Swap it"))
    keys.chooses(hers.get_by_role("group", name="What you propose"), "Maya takes it")
    keys.types(hers.get_by_label("A few words to her"), "My mother’s birthday")
    keys.presses(hers.get_by_role("button", name="Propose the swap"))
    expect(hers.locator("#swaps")).to_be_visible()

    expect(theirs.locator("main")).to_contain_text("My mother’s birthday")  # her page heard of it by itself
    theirs.get_by_role("button", name="Accept the swap").click()
    shift.refresh_from_db()
    assert shift.secretary == firm.priya  # not before the firm says so
    desk = firm.enters(firm.helen, to=reverse("rota-asked"))
    expect(desk.locator("main")).to_contain_text("Swap: Priya and Maya")
    desk.get_by_role("button", name="Approve the swap").click()
    firm.eventually(lambda: PlannedShift.objects.get(pk=shift.pk).secretary == firm.maya)
    theirs.reload()
    expect(theirs.locator("section[aria-labelledby=to-come]")).to_contain_text("09:00–17:00")
    hers.reload()
    expect(hers.locator("main")).to_contain_text("No shift is planned for you")


def test_illness_opens_her_shift_the_gap_is_said_in_words_and_a_colleague_closes_it(firm):
    day = in_a_week()
    planned(firm, firm.priya, day)
    cover = f"{reverse('rota-cover')}?week={rules.monday_of(day):%Y-%m-%d}"
    desk = firm.enters(firm.helen, to=reverse("rota"))
    gap = f"{day:%a} {day.day} {day:%b} 09:00–17:00"
    go_to(desk, cover)
    clients = desk.locator("table").first
    expect(clients).to_contain_text("8 h")
    expect(clients).not_to_contain_text(gap)

    hers = firm.enters(firm.priya, to=reverse("my-shifts"))
    keys.presses(hers.get_by_role("link", name="I am ill"))
    keys.types_day(hers.get_by_label("First day"), day)
    keys.types_day(hers.get_by_label("Last day"), day)
    keys.presses(hers.get_by_role("button", name="Send it to the firm"))
    expect(hers.locator("section[aria-labelledby=away]")).to_contain_text("Sickness")

    go_to(desk, cover)
    expect(clients).to_contain_text(gap)
    theirs = firm.enters(firm.maya, to=reverse("my-shifts"))
    theirs.get_by_role("button", name="Take it").click()
    expect(theirs.locator("main")).to_contain_text("The shift is yours")
    go_to(desk, cover)
    expect(clients).not_to_contain_text(gap)
    assert PlannedShift.objects.filter(state="published", secretary=firm.maya).count() == 1
