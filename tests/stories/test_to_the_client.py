"""What becomes of a message: held for the night, put right by keyboard alone."""

from datetime import time

import pytest
from playwright.sync_api import expect

from clients import team
from messages_app.models import Message
from secretariat import clock

from . import by_keyboard as keys
from .at_desk import answers, bar_says, writes
from .looking import go_to

WORDS = "The court rang about clause 9."


@pytest.fixture
def okafor(office):
    return office.client("Okafor Legal")


@pytest.fixture
def priya(office, okafor):
    return office.secretary("Priya", okafor)


@pytest.fixture
def desk(office, okafor, priya):
    """Priya has written down what a caller said, who is gone."""
    page = office.at_her_desk(priya)
    caller = office.rings(okafor)
    answers(page)
    writes(page, WORDS)
    caller.hang_up()
    bar_says(page, "Call ended")
    return page


def sends(desk) -> Message:
    desk.keyboard.press("Control+Enter")
    expect(desk.get_by_text("Sent to Okafor Legal")).to_be_visible()
    return Message.objects.get()


def test_quiet_hours_are_said_before_it_is_sent(office, okafor, desk):
    okafor.owner.quiet_from, okafor.owner.quiet_until = time(0, 0), time(23, 59)
    okafor.owner.save()
    desk.get_by_label("Urgent", exact=True).check(force=True)
    expect(desk.locator("#what-happens")).to_contain_text("Owner of Okafor Legal")
    keys.chooses(desk.get_by_role("group", name="Urgency"), "Normal")
    expect(desk.locator("#what-happens")).to_contain_text("waits until 23:59, when quiet hours end")
    sends(desk)
    office.settle()
    assert office.outside.mail(okafor.owner.user.email) == []


def test_a_message_for_the_wrong_client_is_taken_back_and_goes_to_the_right_one(office, okafor, desk, priya):
    bakery = office.client("Lopes Bakery")
    team.assign(priya, bakery.row, by=None, at=clock.now())
    message = sends(desk)
    office.eventually(lambda: office.outside.mail(okafor.owner.user.email))
    portal = office.enters(okafor.owner, to=f"/portal/messages/{message.pk}/")
    expect(portal.get_by_text(WORDS)).to_be_visible()

    go_to(desk, f"/desk/messages/{message.pk}/")
    keys.presses(desk.get_by_role("link", name="Wrong client"))
    keys.picks(desk.get_by_label("It belongs to"), "Lopes Bakery")
    keys.types(desk.get_by_label("How it happened"), "Two windows were open.")
    keys.presses(desk.get_by_role("button", name="Go on"))
    keys.presses(desk.get_by_role("button", name="Withdraw from Okafor Legal, deliver to Lopes Bakery"))
    expect(desk.locator("main")).to_contain_text("Lopes Bakery")
    office.eventually(lambda: office.outside.mail(bakery.owner.user.email))
    portal.reload()
    expect(portal.locator("main")).to_be_visible()
    expect(portal.get_by_text(WORDS)).to_have_count(0)
