"""Putting a caller through from the keyboard, with a real browser and a real telephone at the client."""

from playwright.sync_api import expect


def test_she_asks_first_and_puts_the_caller_through_by_keyboard(office):
    okafor = office.client("Okafor Legal")
    tunde = office.contact(okafor, "Tunde Adeyemi")
    priya = office.secretary("Priya", okafor)
    desk = office.at_her_desk(priya)
    office.rings(okafor)
    expect(desk.locator("#callbar")).to_contain_text("is ringing")
    desk.keyboard.press("F2")
    expect(desk.locator("#message-form")).to_be_visible()
    desk.get_by_label("Caller’s name").fill("Dana Reyes")
    desk.get_by_label("Message", exact=True).fill("The Harrow Street lease. It ends in May.")

    desk.keyboard.press("F8")
    panel = desk.locator(".through-panel")
    expect(panel).to_contain_text("Tunde Adeyemi")
    ask = panel.locator("section", has_text="Tunde Adeyemi").get_by_role("button", name="Ask first")
    ask.focus()
    desk.keyboard.press("Enter")
    expect(panel).to_contain_text("telephone rings")
    expect(desk.locator("#guidance")).to_contain_text("I have Dana Reyes about The Harrow Street lease")
    expect(desk.get_by_label("Message", exact=True)).to_have_value("The Harrow Street lease. It ends in May.")

    mobile = office.mobile_of(tunde)
    mobile.answers()
    expect(panel).to_contain_text("a key takes the call")
    mobile.presses("1")
    expect(panel).to_contain_text("Tunde has answered")
    desk.keyboard.press("F8")
    expect(desk.locator("#callbar")).to_contain_text("they talk on")
    desk.get_by_role("button", name="Finish").click()
    expect(desk.locator("#callbar")).to_contain_text("Ready for calls")
    mobile.hangs_up()
    office.settle()
