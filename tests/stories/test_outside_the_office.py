"""What reaches client and guest outside the office, by mail or at an address, and what they do with it."""

from datetime import datetime, time, timedelta

import pytest
from playwright.sync_api import expect

from calendar_app import booking, series
from calendar_app.models import Diary
from calendar_app.planning import Coming, Plan
from calendar_app.repeating import Choice
from secretariat import clock
from secretariat.outbox.models import Round

from .at_desk import goes_to_where_it_is_done
from .looking import go_to
from .passing import LONDON, comes_to, day

pytestmark = pytest.mark.slow
DANA, BANK = "dana@harlow.example", "bank@harbour.example"


@pytest.fixture
def okafor(office):
    return office.client("Okafor Legal")


@pytest.fixture
def priya(office, okafor):
    return office.secretary("Priya", okafor)


def mailbox(contact) -> str:
    return contact.addresses.get(kind="email").value


def test_somebody_invites_the_client_and_the_desk_accepts(office, okafor, priya):
    desk = office.enters(priya, to="/desk/work/")
    portal = office.enters(okafor.owner, to="/portal/diary/")
    expect(portal.get_by_text("Nothing is arranged")).to_be_visible()
    starts = datetime.combine(day(2), time(10), LONDON)
    office.outside.invite(mailbox(okafor.owner), "The loan", starts, sender=BANK)
    goes_to_where_it_is_done(desk, "Somebody invites the client")
    expect(desk.get_by_role("heading", name="The loan")).to_be_visible()
    expect(desk.get_by_text("Nothing stands against it.")).to_be_visible()
    desk.keyboard.press("1")
    expect(desk.locator(".slip-head").get_by_text("Accepted")).to_be_visible()
    expect(portal.get_by_role("link", name="The loan")).to_be_visible()
    [told] = office.eventually(lambda: office.outside.mail(BANK))
    assert "Accepted" in told["subject"]
    assert told["attachments"]


def test_the_evening_before_her_agenda_says_what_to_prepare(office, okafor, priya):
    portal = office.enters(okafor.owner, to="/portal/diary/around/")
    portal.get_by_label("Send me what stands in my diary").check()
    for each in portal.get_by_role("group", name="On the evenings of").get_by_role("checkbox").all():
        each.check()
    portal.get_by_role("button", name="Save").click()
    expect(portal.get_by_text("Saved. It holds")).to_be_visible()
    plan = Plan("The lease", day(2), time(14), 30, guests=(Coming("Dana Reyes", DANA),))
    meeting = booking.book(Diary.objects.get(), plan, by=priya.user, at=clock.now())
    desk = office.enters(priya, to=f"/desk/diary/meetings/{meeting.pk}/prepare/")
    desk.get_by_label("What to prepare").fill("Read clause 4.")
    desk.get_by_role("button", name="Save").click()
    expect(desk.get_by_text("Read clause 4.")).to_be_visible()

    comes_to(office, day(1), "18:00")
    Round.objects.filter(name__endswith="send_agendas").update(ran_at=meeting.created_at - timedelta(hours=1))
    [agenda] = office.eventually(
        lambda: [
            each for each in office.outside.mail(mailbox(okafor.owner)) if "Your diary" in each["subject"]
        ]
    )
    for words in ("14:00–14:30  The lease", "Dana Reyes", "To prepare: Read clause 4.", "those of London"):
        assert words in agenda["text"]
    [opens] = [each for each in agenda["links"] if str(meeting.pk) in each]
    go_to(portal, opens.removeprefix(office.url))
    expect(portal.get_by_role("heading", name="The lease")).to_be_visible()


def test_by_one_link_a_guest_says_which_date_of_a_series_she_cannot_come_to(office, okafor, priya):
    diary = Diary.objects.create(client=okafor.row, days_ahead=200)
    first = day(9)
    plan = Plan("Review", first, time(14), 30, guests=(Coming("Dana Reyes", DANA),))
    weekly = Choice("weekly", first, time(14), count=3)
    made = series.arrange(diary, plan, weekly, {}, by=priya.user, at=clock.now())
    second = made.meetings.order_by("starts_at")[1]
    desk = office.enters(priya, to=f"/desk/diary/meetings/{second.pk}/")
    [letter] = office.eventually(lambda: office.outside.mail(DANA))
    guest = office.browsers.context().new_page()
    guest.goto(next(each for each in letter["links"] if "/time/" in each))
    dates = guest.get_by_role("navigation", name="All your dates").get_by_role("link")
    expect(dates).to_have_count(3)
    dates.nth(1).click()
    guest.locator("summary", has_text="I cannot come").click()
    guest.get_by_label("Why").fill("Skiing")
    guest.get_by_role("button", name="I cannot come").click()
    expect(guest.locator(".slip-head")).to_contain_text("You are not coming")
    expect(desk.get_by_role("region", name="What was done")).to_contain_text("Skiing")
    answers = made.meetings.order_by("starts_at").values_list("guests__answer", flat=True)
    assert list(answers) == ["waiting", "declined", "waiting"]


def test_an_invited_guest_says_yes_in_her_calendar(office, okafor, priya):
    diary = Diary.objects.create(client=okafor.row)
    plan = Plan("The lease", day(2), time(14), 30, guests=(Coming("Dana Reyes", DANA),))
    meeting = booking.book(diary, plan, by=priya.user, at=clock.now())
    desk = office.enters(priya, to=f"/desk/diary/meetings/{meeting.pk}/")
    expect(desk.locator("#meeting")).to_contain_text("Not answered")
    office.eventually(lambda: office.outside.mail(DANA))
    mailbox = office.browsers.context().new_page()
    mailbox.goto(f"{office.running.outside_url}/?mailbox={DANA}")
    mailbox.locator("#mailbox").get_by_role("link", name="The lease").click()
    mailbox.get_by_role("button", name="Accept", exact=True).click()
    expect(desk.locator("#meeting")).to_contain_text("Coming")


def test_a_calendar_program_reads_her_diary_until_she_takes_the_address_back(office, okafor, priya):
    portal = office.enters(okafor.owner, to="/portal/calendars/feeds/")
    portal.get_by_role("button", name="Make an address").first.click()
    address = portal.locator(".secret-address").inner_text()
    plan = Plan("The lease", day(2), time(14), 30)
    booking.book(Diary.objects.get(), plan, by=priya.user, at=clock.now())
    program = office.browsers.context()
    read = program.request.get(address)
    assert (read.status, "SUMMARY:The lease" in read.text()) == (200, True)
    go_to(portal, "/portal/calendars/feeds/")
    portal.get_by_role("button", name="Take it back").click()
    expect(portal.get_by_text("Nobody reads anything at that address")).to_be_visible()
    assert program.request.get(address).status in (404, 410)
