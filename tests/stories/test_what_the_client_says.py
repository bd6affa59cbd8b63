"""What somebody at the client says in the portal, and what the desk and the next caller make of it.

What has two sides to say is said once by mouse and once by keyboard.
"""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from calls.models import Call
from clients.models import Contact, Holiday
from secretariat import clock

from . import by_keyboard as keys
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
    asked = {"client": okafor.row, "says": Holiday.Says.ASKED, "is_public": True}
    Holiday.objects.create(**asked, on=today, name="Founders’ Day")
    Holiday.objects.create(**asked, on=today + timedelta(days=3), name="Harvest Day")
    office.rings(okafor, caller="+447700900456")
    office.eventually(Call.objects.exists)
    bar_says(desk, "Ready for calls")
    assert Call.objects.get().route != "offer"
    portal = office.enters(okafor.owner, to="/portal/holidays/")
    portal.get_by_role("button", name=re.compile("^Open as usual on Harvest Day")).click()
    expect(portal.get_by_role("region", name="Public holidays you have answered")).to_contain_text("Harvest")
    keys.presses(portal.get_by_role("button", name=re.compile("^Closed on Founders’ Day")))
    expect(portal.locator("main")).to_contain_text("Closed all day")
    office.rings(okafor)
    bar_says(desk, "is ringing")


@pytest.mark.slow  # likewise in rooms: tests/clients/
def test_away_with_a_stand_in_the_desk_says_who_takes_her_messages(office, okafor, desk):
    tunde, amara = office.contact(okafor, "Tunde Adeyemi"), office.contact(okafor, "Amara Bello")
    portal = office.enters(okafor.owner, to="/portal/where-i-am/")
    today = clock.now().astimezone(okafor.row.tz).date()
    until = today + timedelta(days=2)
    portal.get_by_role("link", name="Plan an absence").click()
    portal.get_by_label("Who", exact=True).select_option(label="Owner of Okafor Legal")
    portal.get_by_label("Away from the day").fill(today.isoformat())
    portal.get_by_label("Until the day").fill(until.isoformat())
    portal.get_by_label("Who stands in").select_option(label=tunde.name)
    portal.get_by_role("button", name="Save the absence").click()
    expect(portal.locator("main")).to_contain_text("Tunde Adeyemi")

    keys.presses(portal.get_by_role("link", name="Plan an absence"))
    keys.picks(portal.get_by_label("Who", exact=True), amara.name)
    keys.types_day(portal.get_by_label("Away from the day"), today)
    keys.types_day(portal.get_by_label("Until the day"), until)
    keys.picks(portal.get_by_label("Who stands in"), tunde.name)
    keys.presses(portal.get_by_role("button", name="Save the absence"))
    expect(portal.locator("main")).to_contain_text("Amara Bello")
    office.rings(okafor)
    answers(desk)
    for name in ("Owner of Okafor Legal", amara.name):
        expect(desk.locator("#message-form")).to_contain_text(
            f"{name} is away: messages for {name} go to Tunde Adeyemi."
        )


def test_an_owner_invites_two_who_join_one_by_mouse_and_one_by_keyboard(office, okafor):
    delegate = {"standing": Contact.Standing.DELEGATE, "signs_in": False}
    tunde = office.contact(okafor, "Tunde Adeyemi", **delegate)
    amara = office.contact(okafor, "Amara Bello", **delegate)
    portal = office.enters(okafor.owner, to="/portal/people/")
    portal.get_by_role("link", name="Invite Tunde Adeyemi").click()
    portal.get_by_label("E-mail address").fill("tunde@clients.example")
    portal.get_by_role("button", name="Send the invitation").click()
    expect(portal.locator("main")).to_contain_text("tunde@clients.example")
    keys.presses(portal.get_by_role("link", name="Invite Amara Bello"))
    keys.types(portal.get_by_label("E-mail address"), "amara@clients.example")
    keys.presses(portal.get_by_role("button", name="Send the invitation"))
    expect(portal.locator("main")).to_contain_text("amara@clients.example")

    his = follows_the_link(office, "tunde@clients.example")
    his.get_by_label("Your name").fill("Tunde Adeyemi")
    his.get_by_label("Password", exact=True).fill(PASSWORD)
    his.get_by_label("The password again").fill(PASSWORD)
    his.get_by_role("button", name="Join").click()
    his.wait_for_url(lambda url: "/join/" not in url)
    go_to(his, "/portal/instructions/new/")
    expect(his.get_by_role("heading", name="Add an instruction")).to_be_visible()

    hers = follows_the_link(office, "amara@clients.example")
    keys.types(hers.get_by_label("Your name"), "Amara Bello")
    keys.types(hers.get_by_label("Password", exact=True), PASSWORD)
    keys.types(hers.get_by_label("The password again"), PASSWORD)
    keys.presses(hers.get_by_role("button", name="Join"))
    hers.wait_for_url(lambda url: "/join/" not in url)
    for person, address in ((tunde, "tunde@clients.example"), (amara, "amara@clients.example")):
        person.refresh_from_db()
        assert person.user.email == address


def follows_the_link(office, address: str):
    """What somebody's own browser shows, whom a mail asked to join."""
    [mail] = office.eventually(lambda: office.outside.mail(address))
    page = office.browsers.context().new_page()
    page.goto(re.search(r"http://[^\s\"'<\\]+/join/[^\s\"'<\\]+", str(mail))[0])
    return page


@pytest.mark.slow  # likewise in rooms: tests/clients/
def test_what_holds_every_week_is_obeyed_on_its_day_and_on_no_other(office, okafor, desk):
    """By keyboard for tomorrow's weekday, which changes nothing; moved by mouse to today's, it does."""
    tunde = office.contact(okafor, "Tunde Adeyemi")
    mobile = office.mobile_of(tunde)
    today = clock.now().astimezone(okafor.row.tz).date()
    day, next_day = (f"{today + timedelta(days=ahead):%A}" for ahead in (0, 1))
    portal = office.enters(okafor.owner, to="/portal/instructions/new/?holds=weekly")
    keys.presses(portal.get_by_label(next_day), "Space")
    keys.chooses(portal.get_by_role("group", name="Then"), "Put through")
    keys.picks(portal.get_by_label("Put through to"), tunde.name)
    keys.presses(portal.get_by_label("Without a secretary"), "Space")
    keys.presses(portal.get_by_role("button", name="Save the instruction"))
    expect(portal.locator("main")).to_contain_text(tunde.name)
    caller = office.rings(okafor)
    bar_says(desk, "is ringing")
    assert not mobile.rings
    caller.hang_up()
    portal.get_by_role("link", name="Change", exact=True).first.click()
    portal.get_by_label(next_day).uncheck()
    portal.get_by_label(day).check()
    portal.get_by_role("button", name="Save the change").click()
    expect(portal.locator("main")).to_contain_text("The very next call obeys it.")
    office.rings(okafor, caller="+447700900456")
    office.eventually(lambda: mobile.rings)
