"""A client connects the calendar she really uses: what is arranged stands there, what she moves follows."""

from uuid import uuid4

import pytest
from playwright.sync_api import expect

from calendar_app.models import Calendar, Connection, Meeting
from tests.calendar_app.servers import ClientsCalendar

pytestmark = pytest.mark.slow


@pytest.fixture
def okafor(office):
    return office.client("Okafor Legal", opens="00:00", closes="00:00")


def books(office, okafor, who):
    """The secretary arranges a meeting at the first good time. What was arranged."""
    page = office.enters(office.secretary("Priya", okafor), to=f"/desk/diary/book/?client={okafor.row.pk}")
    page.get_by_label("Who", exact=True).fill(who)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name=who)).to_be_visible()
    office.eventually(Meeting.objects.filter(about=who, writing="written").exists)
    return page, Meeting.objects.get(about=who)


def chooses(portal, name):
    """All of it counts, and meetings are written there."""
    portal.get_by_role("radio", name=name).check()
    portal.get_by_role("button", name="Save").click()
    expect(portal.get_by_role("heading", name="Calendars")).to_be_visible()


def test_on_a_server_of_her_own(office, okafor):
    hers = ClientsCalendar("radicale")
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

    desk, meeting = books(office, okafor, "Dana Reyes")
    assert "SUMMARY:Dana Reyes" in hers.shows(meeting.remote_id)

    telephone = portal.context.new_page()
    telephone.goto(f"{office.running.outside_url}/calendar/")
    entry = telephone.locator("li", has_text="Dana Reyes")
    entry.get_by_text("Move").first.click()
    begins = entry.get_by_label("Begins")
    later = f"{begins.input_value()[:10]}T23:15"
    begins.fill(later)
    entry.get_by_role("button", name="Move it").click()
    expect(telephone.locator("li", has_text="Dana Reyes")).to_contain_text("23:15")
    Connection.objects.update(due_at=meeting.created_at)
    office.eventually(Meeting.objects.filter(pk=meeting.pk, at="23:15").exists)
    desk.reload()
    expect(desk.locator("#meeting")).to_contain_text("23:15")


def test_at_google_by_consent(office, okafor):
    portal = office.enters(okafor.owner, to="/portal/calendars/")
    portal.get_by_role("link", name="Google Calendar").click()
    portal.get_by_role("link", name="somebody@google.example").click()
    chooses(portal, "somebody@google.example")
    office.eventually(Connection.objects.filter(state="working").exists)
    assert Calendar.objects.get(is_written_to=True).name == "somebody@google.example"

    who = f"Dana {uuid4().hex[:8]}"  # what stands at Google outlives a story
    books(office, okafor, who)
    portal.goto(f"{office.running.outside_url}/google/")
    expect(portal.locator("li", has_text=who)).to_be_visible()
