"""The diary steers the telephone: in a meeting he is not put through, and everybody sees why."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from calls.models import Call
from clients import instructing
from secretariat import clock
from tests.calls.meetings import in_a_diary

from .at_desk import answers
from .looking import go_to

pytestmark = pytest.mark.slow
IN_A_MEETING = "In a meeting until"


def test_in_a_meeting_he_is_not_put_through_and_everybody_sees_it(office):
    okafor = office.client("Okafor Legal", opens="00:00", closes="00:00")
    tunde = office.contact(okafor, "Tunde Adeyemi")
    straight = {"action": "put_through", "put_through_to": tunde, "directly": True}
    instructing.write(okafor.row, by=okafor.owner.user, at=clock.now(), **straight)
    in_a_diary(okafor.row, tunde, clock.now() - timedelta(minutes=5), minutes=240)
    desk = office.at_her_desk(office.secretary("Priya", okafor))
    portal = office.enters(tunde, to="/portal/")
    expect(portal.locator("#where-you-are")).to_contain_text(IN_A_MEETING)

    office.rings(okafor)
    answers(desk)
    expect(desk.locator("#guidance")).to_contain_text(IN_A_MEETING)
    desk.keyboard.press("F8")
    about_him = desk.locator(".through-panel section", has_text="Tunde Adeyemi")
    expect(about_him).to_contain_text(IN_A_MEETING)
    assert not office.mobile_of(tunde).rings
    assert Call.objects.get().route == "offer"

    go_to(portal, "/portal/where-i-am/")
    portal.get_by_label("Available").check()
    portal.get_by_label("30 minutes").check()
    portal.locator("#save-where").click()
    expect(portal.get_by_text("Saved: Available until")).to_be_visible()
    expect(desk.locator("#guidance")).not_to_contain_text(IN_A_MEETING)
    office.rings(okafor, caller="+447700900456")
    office.eventually(lambda: office.mobile_of(tunde).rings)
