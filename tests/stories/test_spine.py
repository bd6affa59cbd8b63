"""From what the client said this morning to what she reads this afternoon, and back again."""

import re

from playwright.sync_api import expect

from clients.models import DeliveryRule

from .looking import go_to


def test_a_call_becomes_a_message_the_client_acknowledges(office):
    okafor = office.client("Okafor Legal", answer_phrase="{greeting}, {client}, {secretary} speaking.")
    DeliveryRule.objects.create(client=okafor.row, contact=okafor.owner, channel="text")
    priya = office.secretary("Priya", okafor)

    # This morning the client says what is different today.
    portal = office.enters(okafor.owner, to="/portal/instructions/new/")
    says(portal, "In court until three. Only urgent calls.")

    desk = office.at_her_desk(priya)
    caller = office.rings(okafor)
    expect(desk.locator("#callbar")).to_contain_text("Okafor Legal is ringing")
    expect(desk.locator("#guidance")).to_contain_text("Okafor Legal, Priya speaking.")
    expect(desk.locator("#guidance")).to_contain_text("In court until three.")

    desk.keyboard.press("F2")
    expect(desk.locator("#callbar")).to_contain_text("On call")
    expect(desk.locator("#message-form")).to_be_visible()
    desk.keyboard.press("F4")
    expect(desk.locator("#callbar")).to_contain_text("On hold")
    desk.keyboard.press("F4")
    expect(desk.locator("#callbar")).to_contain_text("On call")

    desk.get_by_label("Caller’s name").fill("Dana Reyes")
    desk.get_by_label("Caller’s name").press("Enter")  # goes nowhere: not to another type, nor to no message
    desk.get_by_label("Message", exact=True).fill("The landlord sent a new draft of clause 9.")
    caller.hang_up()
    expect(desk.locator("#callbar")).to_contain_text("Call ended")
    expect(desk.get_by_label("Message", exact=True)).to_have_value(
        "The landlord sent a new draft of clause 9."
    )
    desk.get_by_label("Message", exact=True).press("Control+Enter")
    expect(desk.get_by_text("Sent to Okafor Legal")).to_be_visible()

    # The client reads it wherever she is.
    go_to(portal, "/portal/messages/")
    expect(portal.get_by_text("clause 9")).to_be_visible()
    office.settle()
    [mail] = office.outside.mail(okafor.owner.user.email)
    assert "clause 9" in str(mail)
    [text] = office.outside.texts_to(mobile_of(okafor.owner))
    assert "Dana" not in text

    # One tap acknowledges, with no sign-in.
    phone = office.browsers.context(viewport={"width": 390, "height": 844}).new_page()
    phone.goto(re.search(r"http://\S+/m/\S+", text)[0])
    phone.get_by_role("button", name="Acknowledge").click()
    expect(phone.get_by_role("button", name="Acknowledge")).to_have_count(0)
    go_to(desk, "/desk/messages/")
    expect(desk.locator("main")).to_contain_text("cknowledged")

    # She changes her mind, and the very next call obeys.
    says(portal, "Back in the office. Say I will ring today.")
    go_to(desk, "/desk/")
    office.line_is_connected(desk, priya)
    office.rings(okafor, caller="+447700900456")
    expect(desk.locator("#guidance")).to_contain_text("Back in the office.")


def says(portal, words):
    """Write an instruction for today that is about every caller."""
    go_to(portal, "/portal/instructions/new/")
    portal.get_by_label("What the secretary should know").fill(words)
    for choice in ("Take a message", "Anyone", "Today"):
        portal.get_by_label(choice, exact=True).check()
    portal.get_by_role("button", name="Save").click()
    expect(portal.get_by_text(words).first).to_be_visible()


def mobile_of(contact) -> str:
    return contact.addresses.get(kind="mobile").value
