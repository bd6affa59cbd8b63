"""What somebody at the client says in the portal, and what the desk and the next caller make of it."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from calls.models import Call
from clients.models import Contact, Holiday
from secretariat import clock

from .at_desk import answers, bar_says
from .in_life import PASSWORD
from .looking import go_to


@pytest.fixture
def okafor(office):
    return office.client("Okafor Legal", opens="00:00", closes="23:59")


@pytest.fixture
def desk(office, okafor):
    return office.at_her_desk(office.secretary("Priya", okafor))


def test_closed_on_a_holiday_the_desk_answers_the_next_caller(office, okafor, desk):
    okafor.line.answers = "when_closed"
    okafor.line.save()
    today = clock.now().astimezone(okafor.row.tz).date()
    Holiday.objects.create(client=okafor.row, on=today, name="Founders’ Day", says="asked", is_public=True)
    office.rings(okafor, caller="+447700900456")
    office.eventually(Call.objects.exists)
    bar_says(desk, "Ready for calls")
    assert Call.objects.get().route != "offer"
    portal = office.enters(okafor.owner, to="/portal/holidays/")
    portal.get_by_role("button", name=re.compile("^Closed on Founders’ Day")).click()
    expect(portal.locator("main")).to_contain_text("Closed all day")
    office.rings(okafor)
    bar_says(desk, "is ringing")


def test_away_with_a_stand_in_the_desk_says_who_takes_her_messages(office, okafor, desk):
    tunde = office.contact(okafor, "Tunde Adeyemi")
    portal = office.enters(okafor.owner, to="/portal/where-i-am/absence/")
    today = clock.now().astimezone(okafor.row.tz).date()
    if (who := portal.get_by_label("Who", exact=True)).count():
        who.select_option(label="Owner of Okafor Legal")
    portal.get_by_label("Away from the day").fill(today.isoformat())
    portal.get_by_label("Until the day").fill((today + timedelta(days=2)).isoformat())
    portal.get_by_label("Who stands in").select_option(label=tunde.name)
    portal.get_by_role("button", name="Save the absence").click()
    expect(portal.locator("main")).to_contain_text("Tunde Adeyemi")
    office.rings(okafor)
    answers(desk)
    expect(desk.locator("#message-form")).to_contain_text(
        "Owner of Okafor Legal is away: messages for Owner of Okafor Legal go to Tunde Adeyemi."
    )


def test_an_owner_invites_a_delegate_who_joins(office, okafor):
    tunde = office.contact(okafor, "Tunde Adeyemi", standing=Contact.Standing.DELEGATE, signs_in=False)
    portal = office.enters(okafor.owner, to="/portal/people/")
    portal.get_by_role("link", name="Invite Tunde Adeyemi").click()
    address = "tunde.adeyemi@clients.example"
    portal.get_by_label("E-mail address").fill(address)
    portal.get_by_role("button", name="Send the invitation").click()
    expect(portal.locator("main")).to_contain_text("Invited")
    [mail] = office.eventually(lambda: office.outside.mail(address))

    his = office.browsers.context().new_page()
    his.goto(re.search(r"http://[^\s\"'<\\]+/join/[^\s\"'<\\]+", str(mail))[0])
    his.get_by_label("Your name").fill("Tunde Adeyemi")
    his.get_by_label("Password", exact=True).fill(PASSWORD)
    his.get_by_label("The password again").fill(PASSWORD)
    his.get_by_role("button", name="Join").click()
    his.wait_for_url(lambda url: "/join/" not in url)
    go_to(his, "/portal/instructions/new/")
    expect(his.get_by_role("heading", name="Add an instruction")).to_be_visible()
    tunde.refresh_from_db()
    assert tunde.user.email == address


def test_what_holds_every_week_is_obeyed_on_its_day_and_on_no_other(office, okafor, desk):
    """By keyboard: written for tomorrow's day of the week it changes nothing today, for today's it does."""
    tunde = office.contact(okafor, "Tunde Adeyemi")
    mobile = office.mobile_of(tunde)
    today = clock.now().astimezone(okafor.row.tz).date()
    day, next_day = (f"{today + timedelta(days=ahead):%A}" for ahead in (0, 1))
    portal = office.enters(okafor.owner, to="/portal/instructions/new/?holds=weekly")
    portal.get_by_label(next_day).press("Space")
    portal.get_by_label("Put through", exact=True).press("Space")
    portal.get_by_label("Put through to").select_option(label=tunde.name)
    portal.get_by_label("Without a secretary").press("Space")
    portal.get_by_role("button", name="Save the instruction").press("Enter")
    expect(portal.locator("main")).to_contain_text(tunde.name)
    caller = office.rings(okafor)
    bar_says(desk, "is ringing")
    assert not mobile.rings
    caller.hang_up()
    portal.get_by_role("link", name="Change", exact=True).first.press("Enter")
    portal.get_by_label(next_day).press("Space")
    portal.get_by_label(day).press("Space")
    portal.get_by_role("button", name="Save the change").press("Enter")
    expect(portal.locator("main")).to_contain_text("The very next call obeys it.")
    office.rings(okafor, caller="+447700900456")
    office.eventually(lambda: mobile.rings)
