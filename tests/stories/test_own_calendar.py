"""A client connects the calendar she really uses: what is arranged stands there, what she moves follows."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from calendar_app.models import Calendar, Connection, Meeting
from tests.calendar_app.servers import ClientsCalendar

from .at_desk import goes_to_where_it_is_done
from .looking import go_to

pytestmark = pytest.mark.slow
DANA = "dana@harlow.example"
NAMED = {"google": "somebody@google.example", "microsoft": "Calendar"}  # as each service names the first one


@pytest.fixture
def okafor(office):
    return office.client("Okafor Legal", opens="00:00", closes="00:00")


def books(office, okafor, who, email=""):
    """The secretary arranges a meeting at the first good time. What was arranged."""
    page = office.enters(office.secretary("Priya", okafor), to=f"/desk/diary/book/?client={okafor.row.pk}")
    page.get_by_label("Who", exact=True).fill(who)
    if email:
        page.get_by_text("Address, link and notes").click()
        page.get_by_label("Their e-mail").fill(email)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name=who)).to_be_visible()
    office.eventually(Meeting.objects.filter(about=who, writing="written").exists)
    return page, Meeting.objects.get(about=who)


def chooses(portal, name):
    """All of it counts, and meetings are written there."""
    portal.get_by_role("radio", name=name).check()
    portal.get_by_role("button", name="Save").click()
    expect(portal.get_by_role("heading", name="Calendars")).to_be_visible()


def connects(office, okafor, kind):
    """A calendar of hers on a server of this kind; her browser and the calendar."""
    hers = ClientsCalendar(kind)
    office.carrier.add_calendar(
        client="Okafor Legal", url=hers.url, username=hers.username, password=hers.password
    )
    portal = office.enters(okafor.owner, to="/portal/calendars/")
    portal.get_by_role("link", name="iCloud, Fastmail").click()
    portal.get_by_label("Address of the server").fill(hers.url)
    portal.get_by_label("User name there").fill(hers.username)
    portal.get_by_label("Password there").fill(hers.password)
    portal.get_by_role("button", name="Connect").click()
    chooses(portal, hers.name)
    office.eventually(Connection.objects.filter(state="working").exists)
    return portal, hers


def moves_it_there(office, portal, meeting):
    """On her telephone, to a quarter past eleven of the day after; and we look."""
    telephone = portal.context.new_page()
    telephone.goto(f"{office.running.outside_url}/calendar/")
    entry = telephone.locator("li", has_text=meeting.about)
    entry.get_by_text("Move").first.click()
    begins = entry.get_by_label("Begins")
    to = datetime.fromisoformat(begins.input_value()).replace(hour=11, minute=15) + timedelta(days=1)
    begins.fill(f"{to:%Y-%m-%dT%H:%M}")
    entry.get_by_role("button", name="Move it").click()
    expect(telephone.locator("li", has_text=meeting.about)).to_contain_text("11:15")
    Connection.objects.update(due_at=meeting.created_at)


def test_what_she_moves_on_her_own_server_follows(office, okafor):
    portal, hers = connects(office, okafor, "radicale")
    desk, meeting = books(office, okafor, "Dana Reyes")
    assert "SUMMARY:Dana Reyes" in hers.shows(meeting.remote_id)
    moves_it_there(office, portal, meeting)
    expect(desk.locator("#meeting")).to_contain_text("11:15")


def test_of_what_a_guest_was_told_the_desk_decides(office, okafor):
    """Both versions stand before the secretary; what she decides holds here, there and for the guest."""
    portal, _hers = connects(office, okafor, "xandikos")
    desk, meeting = books(office, okafor, "Dana Reyes", email=DANA)
    office.eventually(lambda: len(office.outside.mail(DANA)) == 1)
    moves_it_there(office, portal, meeting)
    go_to(desk, "/desk/work/")
    goes_to_where_it_is_done(desk, "It was moved in the client’s calendar")
    expect(desk.get_by_role("heading", name="Two versions of Dana Reyes")).to_be_visible()
    expect(desk.get_by_role("row", name="Different")).to_contain_text("11:15")
    desk.keyboard.press("2")
    expect(desk.get_by_text("Decided. What holds now")).to_be_visible()
    expect(desk.locator("#meeting")).to_contain_text("11:15")
    office.eventually(lambda: len(office.outside.mail(DANA)) == 2)


@pytest.mark.parametrize(
    ("service", "there"), [("Google Calendar", "google"), ("Microsoft 365", "microsoft")]
)
def test_by_consent(office, okafor, service, there):
    portal = office.enters(okafor.owner, to="/portal/calendars/")
    portal.get_by_role("link", name=service).click()
    portal.get_by_role("link", name=f"somebody@{there}.example").click()
    chooses(portal, NAMED[there])
    office.eventually(Connection.objects.filter(state="working").exists)
    assert Calendar.objects.get(is_written_to=True).name == NAMED[there]

    who = f"Dana {uuid4().hex[:8]}"  # what stands there outlives a story
    books(office, okafor, who)
    portal.goto(f"{office.running.outside_url}/{there}/")
    expect(portal.locator("li", has_text=who)).to_be_visible()
