"""An urgent message goes on until somebody says OK; one for the wrong client is put right."""

import pytest
from playwright.sync_api import expect

from clients import team
from clients.models import DeliveryRule
from messages_app.models import Message
from secretariat import clock
from secretariat.local.office_processes import TEXTS_FROM

from .looking import go_to
from .test_spine import mobile_of


def takes_a_message(office, desk, client, *, urgent=False):
    """A call answered, written down and sent."""
    caller = office.rings(client)
    expect(desk.locator("#callbar")).to_contain_text(f"{client.row.name} is ringing")
    desk.keyboard.press("F2")
    expect(desk.locator("#callbar")).to_contain_text("On call")
    desk.get_by_label("Caller’s name").fill("Dana Reyes")
    desk.get_by_label("Message", exact=True).fill("The court has moved the hearing.")
    if urgent:
        desk.get_by_label("Urgent", exact=True).check()
        expect(desk.locator("#what-happens")).to_contain_text("until somebody accepts")
    caller.hang_up()
    expect(desk.locator("#callbar")).to_contain_text("Call ended")
    desk.get_by_label("Message", exact=True).press("Control+Enter")
    expect(desk.get_by_text(f"Sent to {client.row.name}")).to_be_visible()
    return Message.objects.get(client=client.row)


def test_it_rings_and_texts_until_she_answers_ok(office):
    okafor = office.client("Okafor Legal")
    DeliveryRule.objects.create(client=okafor.row, contact=okafor.owner, channel="text", at_least=3)
    priya = office.secretary("Priya", okafor)
    number = mobile_of(okafor.owner)
    office.outside.behave(number, answer="no-answer")
    desk = office.at_her_desk(priya)
    message = takes_a_message(office, desk, okafor, urgent=True)
    office.settle()
    [text] = office.outside.texts_to(number)
    assert "Dana" not in text

    office.passes(310)
    office.eventually(message.deliveries.filter(channel="call").exists)
    go_to(desk, f"/desk/messages/{message.pk}/")
    expect(desk.locator("main")).to_contain_text("by Call")
    office.outside.text(TEXTS_FROM, "Ok.", sender=number)
    expect(desk.locator("main")).to_contain_text("Acknowledged")
    assert not message.ladder_steps.filter(state="waiting").exists()


@pytest.mark.slow  # by mouse in test_to_the_client.py
def test_a_message_of_the_wrong_client_is_put_right(office):
    okafor, bakery = office.client("Okafor Legal"), office.client("Lopes Bakery")
    priya = office.secretary("Priya", okafor)
    team.assign(priya, bakery.row, by=None, at=clock.now())
    desk = office.at_her_desk(priya)
    message = takes_a_message(office, desk, okafor)
    theirs = office.enters(okafor.owner, to="/portal/messages/")
    expect(theirs.locator("main")).to_contain_text("hearing")

    go_to(desk, f"/desk/messages/{message.pk}/")
    desk.get_by_role("link", name="Wrong client").click()
    desk.get_by_label("It belongs to").select_option(label="Lopes Bakery")
    desk.get_by_label("How it happened").fill("Two windows were open.")
    desk.get_by_role("button", name="Go on").click()
    desk.get_by_role("button", name="Withdraw from Okafor Legal, deliver to Lopes Bakery").click()
    expect(desk.get_by_role("heading", level=1)).to_contain_text("Dana Reyes for Lopes Bakery")

    go_to(theirs, "/portal/messages/")
    expect(theirs.locator("main")).to_contain_text("A message was withdrawn")
    expect(theirs.locator("main")).not_to_contain_text("hearing")
    right = office.enters(bakery.owner, to="/portal/messages/")
    expect(right.locator("main")).to_contain_text("hearing")
    expect(right.locator("main")).not_to_contain_text("Okafor")
