"""What becomes of a message: pressed until somebody says so, held for the night, put right."""

from datetime import time

import pytest
from django.conf import settings
from playwright.sync_api import expect

from clients import team
from clients.models import DeliveryRule
from messages_app.models import Message
from secretariat import clock

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


def test_an_urgent_message_goes_on_until_she_texts_ok(office, okafor, desk):
    DeliveryRule.objects.create(client=okafor.row, contact=okafor.owner, channel="text", at_least=3)
    mobile = office.mobile_of(okafor.owner)
    desk.get_by_label("Urgent", exact=True).check(force=True)
    expect(desk.locator("#what-happens")).to_contain_text("Owner of Okafor Legal")
    message = sends(desk)
    office.eventually(lambda: office.outside.texts_to(mobile.number))
    office.passes(6 * 60)
    office.eventually(lambda: mobile.rings)  # nobody acknowledged the text
    mobile.declines()

    mobile.texts(settings.TWILIO_TEXT_FROM, "OK")
    office.eventually(lambda: Message.objects.get().acknowledged_at)
    go_to(desk, f"/desk/messages/{message.pk}/")
    expect(desk.locator("main")).to_contain_text("cknowledged")


def test_quiet_hours_are_said_before_it_is_sent(office, okafor, desk):
    okafor.owner.quiet_from, okafor.owner.quiet_until = time(0, 0), time(23, 59)
    okafor.owner.save()
    desk.get_by_label("Urgent", exact=True).check(force=True)
    expect(desk.locator("#what-happens")).to_contain_text("Owner of Okafor Legal")
    desk.get_by_label("Normal", exact=True).check(force=True)
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

    go_to(desk, f"/desk/messages/{message.pk}/move/")
    desk.get_by_label("It belongs to").select_option(label="Lopes Bakery")
    desk.get_by_label("How it happened").fill("Two windows were open.")
    desk.get_by_role("button", name="Go on").press("Enter")
    desk.get_by_role("button", name="Withdraw from Okafor Legal, deliver to Lopes Bakery").press("Enter")
    expect(desk.locator("main")).to_contain_text("Lopes Bakery")
    office.eventually(lambda: office.outside.mail(bakery.owner.user.email))
    portal.reload()
    expect(portal.locator("main")).to_be_visible()
    expect(portal.get_by_text(WORDS)).to_have_count(0)
