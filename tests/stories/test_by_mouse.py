"""A secretary who never touches a key: two callers, a client who is asked, and the message, all by mouse."""

import re

import pytest
from playwright.sync_api import expect

from calls.models import Call, PutThrough
from messages_app.models import Message
from tests.the_office import identity

from .at_desk import bar_says, writes

DANA, LENA = "+447700900123", "+447700900456"


@pytest.mark.slow
def test_calls_are_taken_held_put_through_and_finished_by_mouse(office):
    okafor, brill = office.client("Okafor Legal"), office.client("Brill Dental")
    mobile = office.mobile_of(office.contact(okafor, "Tunde Adeyemi"))
    priya = office.secretary("Priya", okafor, brill)
    desk = office.at_her_desk(priya)

    def clicks(name, within=desk, **how):
        within.get_by_role("button", name=name, **how).first.click()

    office.rings(okafor, caller=DANA)
    bar_says(desk, "Okafor Legal is ringing")
    clicks("Answer")
    bar_says(desk, "On call")
    expect(desk.locator("#message-form")).to_be_visible()
    writes(desk, "The Harrow Street lease.")
    clicks("Hold")
    bar_says(desk, "On hold")
    clicks("Resume")
    bar_says(desk, "On call")

    # Her line drops, and she has the caller back.
    office.outside.call_to(f"client:{identity(priya)}").hang_up()
    bar_says(desk, "Your line dropped. The caller is on hold.")
    clicks("Rejoin")
    bar_says(desk, "On call")

    # Another caller, for another client: she holds the one for the other and comes back.
    lena = office.rings(brill, caller=LENA)
    card = desk.locator(".ring-card")
    expect(card).to_contain_text("Brill Dental is ringing")
    clicks("Answer", card)
    held = desk.locator(".held-card")
    expect(held).to_contain_text("Okafor Legal")
    clicks("Return to the call", held)
    expect(held).to_contain_text("Brill Dental")

    # Tunde is asked and Dana taken back; asked again, the three talk; then she goes straight through to him.
    panel = desk.locator(".through-panel")
    by_tunde = panel.locator("section", has_text="Tunde Adeyemi")
    desk.get_by_role("link", name="Put through").click()
    clicks("Ask first", by_tunde)
    expect(panel).to_contain_text("telephone rings")
    clicks(re.compile("^Take .* back"), panel)
    office.eventually(lambda: not mobile.rings)
    desk.get_by_role("link", name="Put through").click()
    clicks("Ask first", by_tunde)
    expect(panel).to_contain_text("telephone rings")
    mobile.answers()
    expect(panel).to_contain_text("a key takes the call")
    mobile.presses("1")
    clicks("Three of us", panel)
    expect(panel.get_by_role("button", name="Leave the two talking")).to_be_visible()
    bar_says(desk, "On call")
    clicks("Let Tunde go", panel)
    office.eventually(lambda: not mobile.talks)
    desk.get_by_role("link", name="Put through").click()
    clicks("Put straight through", by_tunde)
    expect(panel).to_contain_text("telephone rings")
    mobile.answers()
    expect(panel).to_contain_text("a key takes the call")
    mobile.presses("1")
    office.eventually(lambda: PutThrough.objects.filter(state="done").exists())

    # The two talk, and she goes back to Lena, writes her message, hangs up, and sends it.
    bar_says(desk, "is through to Tunde Adeyemi")
    clicks("Return to the call", held)
    office.eventually(lambda: Call.objects.filter(caller_number=LENA, held_at=None).exists())
    expect(desk.get_by_role("button", name="Send to Brill Dental")).to_be_visible()
    writes(desk, "A crown has come loose.", caller="Lena Ode")
    clicks("Hang up")
    office.eventually(lambda: lena.status == "completed")
    clicks("Send to Brill Dental")
    office.eventually(Message.objects.filter(client=brill.row, caller_name="Lena Ode").exists)

    # The two still talk, and what is left of Dana's call is finished meanwhile.
    bar_says(desk, "they talk on")
    clicks("Finish")
    bar_says(desk, "Ready for calls")
    mobile.hangs_up()
    office.settle()
