"""A week of the rota from the wish to whoever came late: planned, published, asked to be away, excused."""

import re
from datetime import timedelta
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from django.urls import reverse
from icalendar import Calendar
from playwright.sync_api import expect

from secretariat import clock
from secretariat.office.models import PlannedShift
from secretariat.office.rota import planning, rules
from secretariat.office.rota.rules import Stretch

from . import by_keyboard as keys
from .looking import go_to
from .test_rota import in_a_week, planned

pytestmark = pytest.mark.slow  # likewise in rooms: tests/office/test_planning.py, test_attendance.py
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def firm(office):
    office.okafor = office.client("Okafor Legal")
    office.helen = office.supervisor()
    office.priya = office.secretary("Priya", office.okafor, ready=False)
    office.maya = office.secretary("Maya", office.okafor, ready=False)
    return office


def said(day) -> re.Pattern:
    return re.compile(rf"{day:%a} {day.day} {day:%b}")


def cell_of(desk, name: str, day):
    """The link by which a shift is added there."""
    return desk.get_by_role("link", name=re.compile(rf"Add a shift: {name}, {said(day).pattern}"))


def mails_to(firm, who) -> list[dict]:
    return firm.eventually(lambda: firm.outside.mail(who.user.email))


@pytest.mark.console_may_complain  # of the form that is refused: 422
def test_a_week_is_planned_around_a_wish_and_published(firm):
    """She wishes without a mouse. The firm plans one shift by mouse, another without."""
    day = in_a_week()
    hers = firm.enters(firm.priya, to=reverse("my-shifts"))
    wishes = hers.locator("section[aria-labelledby=wishes]")
    keys.chooses(wishes.get_by_role("group", name="What"), "I cannot work")
    keys.types_day(wishes.get_by_label("or on this day"), day)
    keys.types(wishes.get_by_label("Note", exact=True), "My daughter’s play")
    keys.presses(wishes.get_by_role("button", name="Note the wish"))
    expect(hers.locator("main")).to_contain_text("Noted. Whoever plans the week sees it.")
    expect(wishes).to_contain_text("My daughter’s play")

    week = f"{reverse('rota')}?week={rules.monday_of(day):%Y-%m-%d}"
    desk = firm.enters(firm.helen, to=week)
    expect(desk.locator(".rota-table")).to_contain_text("cannot")
    cell_of(desk, "Priya", day).click()
    expect(desk.get_by_label("Day", exact=True)).to_have_value(day.isoformat())
    desk.get_by_label("From", exact=True).fill("10:00")
    desk.get_by_role("button", name="Plan the shift").click()
    expect(desk.locator("main")).to_contain_text("She has said that she cannot work then.")
    expect(desk.get_by_label("From", exact=True)).to_have_value("10:00")  # nothing typed is lost
    desk.get_by_label("Why it is planned all the same").fill("Agreed with her by telephone")
    desk.get_by_role("button", name="Plan the shift").click()
    expect(desk.locator("main")).to_contain_text("Planned:")

    keys.presses(cell_of(desk, "Maya", day))
    keys.types(desk.get_by_label("Note, for whoever works it"), "Okafor is in court")
    keys.presses(desk.get_by_role("button", name="Plan the shift"))
    expect(desk.locator(".rota-table .rota-draft")).to_have_count(2)
    expect(hers.locator("#my-shifts")).to_contain_text("No shift is planned for you")
    desk.get_by_role("button", name="Publish 2 shifts").click()
    expect(desk.locator(".rota-table .rota-draft")).to_have_count(0)

    expect(hers.locator("#my-shifts")).to_contain_text("10:00–17:00")  # her page hears of it by itself
    [mail] = mails_to(firm, firm.priya)
    assert "One shift of yours is published" in mail["text"]
    theirs = firm.enters(firm.maya, to=reverse("my-shifts"), viewport=PHONE)
    expect(theirs.locator("#my-shifts")).to_contain_text("Okafor is in court")

    # A shift more is one too many, is taken back, and so is the taking back.
    keys.presses(cell_of(desk, "Maya", day + timedelta(days=1)))
    keys.presses(desk.get_by_role("button", name="Plan the shift"))
    expect(desk.locator(".rota-table .rota-draft")).to_have_count(1)
    keys.presses(desk.get_by_role("button", name=re.compile("^Undo: ")))
    expect(desk.locator("main")).to_contain_text("Undone.")
    expect(desk.locator(".rota-table .rota-draft")).to_have_count(0)


@pytest.mark.console_may_complain  # of the form that is refused: 422
def test_a_holiday_is_asked_for_and_answered_once_with_yes_and_once_with_no(firm):
    day = in_a_week()
    planned(firm, firm.priya, day)
    hers = firm.enters(firm.priya, to=reverse("my-shifts"))
    keys.presses(hers.get_by_role("link", name="Ask for days off"))
    expect(hers.get_by_label("First day")).to_be_visible()
    keys.chooses(hers.get_by_role("group", name="What"), "Holiday")
    keys.types_day(hers.get_by_label("First day"), day)
    keys.types_day(hers.get_by_label("Last day"), day + timedelta(days=1))
    keys.types(hers.get_by_label("Note, for the firm only"), "My sister weds")
    keys.presses(hers.get_by_role("button", name="Send it to the firm"))
    expect(hers.locator("main")).to_contain_text("Asked. You are told as soon as it is answered.")

    desk = firm.enters(firm.helen, to=reverse("rota"))
    desk.get_by_role("link", name="1 request for days off or a swap waits for your answer").click()
    asked = desk.get_by_role("region", name="Priya: Holiday")
    expect(asked).to_contain_text("My sister weds")
    expect(asked).to_contain_text("Nobody else is away then.")
    expect(asked).to_contain_text("09:00–17:00")  # what opens with a yes
    asked.get_by_role("button", name="Approve the days").click()
    expect(desk.locator("main")).to_contain_text("Approved. She is told.")
    away = hers.locator("section[aria-labelledby=away]")
    expect(away).to_contain_text("Approved")
    expect(hers.locator("section[aria-labelledby=open]")).to_contain_text("Not for you")
    theirs = firm.enters(firm.maya, to=reverse("my-shifts"))
    expect(theirs.get_by_role("button", name="Take it")).to_be_visible()

    # The other way round: asked by mouse, refused without one, and not without a word.
    theirs.get_by_role("link", name="Ask for days off").click()
    theirs.get_by_label("Other days off").check()
    for label in ("First day", "Last day"):
        theirs.get_by_label(label).fill(day.isoformat())
    theirs.get_by_role("button", name="Send it to the firm").click()
    expect(theirs.locator("main")).to_contain_text("Asked. You are told as soon as it is answered.")
    go_to(desk, reverse("rota-asked"))
    asked = desk.get_by_role("region", name="Maya: Other days off")
    expect(asked).to_contain_text("Priya: Holiday")  # who else is away
    keys.presses(asked.get_by_role("button", name="Refuse the days"))
    expect(asked).to_contain_text("Say why not, in words for her.")
    keys.types(asked.get_by_label("Words with the answer"), "Priya is away then")
    keys.presses(asked.get_by_role("button", name="Refuse the days"))
    expect(desk.locator("main")).to_contain_text("Refused. She is told.")
    expect(theirs.locator("section[aria-labelledby=away]")).to_contain_text("Refused: Priya is away then")


def test_her_calendar_program_reads_her_shifts_until_she_takes_the_address_back(firm):
    shift = planned(firm, firm.priya, in_a_week())
    hers = firm.enters(firm.priya, to=reverse("my-shifts"))
    keys.presses(hers.get_by_role("button", name="Make an address"))
    address = hers.locator("code.secret-address").inner_text()
    with urlopen(address) as answer:
        [event] = Calendar.from_ical(answer.read()).walk("VEVENT")
    assert event["DTSTART"].dt == shift.starts_at
    assert event["DTEND"].dt == shift.ends_at
    go_to(hers, reverse("my-shifts"))
    elsewhere = hers.locator("section[aria-labelledby=elsewhere]")
    expect(elsewhere).to_contain_text("Last fetched")
    expect(elsewhere.locator("code")).to_have_count(0)  # shown once
    hers.get_by_role("button", name="Take the address back").click()
    expect(hers.locator("main")).to_contain_text("The address answers no more.")
    with pytest.raises(HTTPError) as refused:
        urlopen(address)
    assert refused.value.code == 404


def test_who_is_late_says_why_and_is_excused(firm):
    begins = clock.now() + timedelta(minutes=1)
    stretch = Stretch(begins, begins + timedelta(hours=4))
    for who in (firm.priya, firm.maya):
        planning.add(secretary=who, stretch=stretch, by=firm.helen, at=clock.now())
    PlannedShift.objects.update(state="published", published_at=clock.now())
    wall = firm.enters(firm.helen, to=reverse("wallboard"))
    firm.passes(11 * 60)
    late = "has not started the shift planned for"
    expect(wall.locator("body")).to_contain_text(f"Priya {late}")  # it tells by itself
    mails = mails_to(firm, firm.priya)
    assert any("you have not started it" in each["text"] for each in mails)

    hers = firm.signs_in(firm.priya)  # the demo's link would begin her shift
    go_to(hers, reverse("my-shifts"))
    shown = hers.locator("#my-shifts")
    expect(shown).to_contain_text("Not come yet")
    keys.presses(shown.locator("summary", has_text="Say why"))
    keys.types(shown.get_by_label("Why", exact=True), "The line was dead")
    keys.presses(shown.get_by_role("button", name="Note the reason"))
    expect(hers.locator("main")).to_contain_text("Noted. The firm sees it beside the shift.")

    desk = firm.enters(firm.helen, to=f"{reverse('attendance')}?day={stretch.begins:%Y-%m-%d}")
    row = desk.locator("tr", has_text="Priya")
    expect(row).to_contain_text("Not come yet")
    expect(row.get_by_label("Why")).to_have_value("The line was dead")
    row.get_by_role("button", name="Excuse it").click()
    expect(desk.locator("main")).to_contain_text("Excused.")
    expect(row).to_contain_text("Excused")
    expect(shown).to_contain_text("Excused")
    # Without a mouse, and not excused: Maya has not come either.
    theirs = desk.locator("tr", has_text="Maya")
    keys.types(theirs.get_by_label("Why"), "Overslept")
    keys.presses(theirs.get_by_role("button", name="Note it"))
    expect(theirs.get_by_label("Why")).to_have_value("Overslept")
    expect(theirs.locator(".pill", has_text="Excused")).to_have_count(0)
    go_to(wall, reverse("wallboard"))
    expect(wall.locator("body")).not_to_contain_text(f"Priya {late}")

    # She comes after all.
    firm.starts_shift(firm.maya)
    page = firm.at_her_desk(firm.maya)
    expect(theirs).to_contain_text("At work since")
    page.close()


def test_what_is_typed_beside_a_shift_outlives_what_happens_in_the_office_meanwhile(firm):
    """The firm writes a reason, and she hers, while a colleague comes to work and takes an open shift."""
    shift = planned(firm, firm.priya, in_a_week())
    stretch = Stretch(clock.now() - timedelta(hours=1), clock.now() + timedelta(hours=2))
    PlannedShift.objects.filter(pk=shift.pk).update(starts_at=stretch.begins, ends_at=stretch.ends)
    PlannedShift.objects.filter(pk=planned(firm, firm.maya, in_a_week()).pk).update(secretary=None)
    desk = firm.enters(firm.helen, to=f"{reverse('attendance')}?day={stretch.begins:%Y-%m-%d}")
    why = desk.locator("tr", has_text="Priya").get_by_label("Why")
    keys.types(why, "She rang: the was late")
    for _ in range(len("was late")):
        desk.keyboard.press("ArrowLeft")

    hers = firm.enters(firm.priya, to=reverse("my-shifts"))
    shown = hers.locator("#my-shifts")
    shown.locator("summary", has_text="Say why").click()
    hers_why = shown.get_by_label("Why", exact=True)
    hers_why.press_sequentially("My train")

    theirs = firm.enters(firm.maya, to=reverse("my-shifts"))
    expect(desk.locator("section[aria-labelledby=unplanned]")).to_contain_text("Maya")
    theirs.get_by_role("button", name="Take it").click()
    expect(shown).to_contain_text("None just now.")

    hers.keyboard.type(" was late")
    expect(hers_why).to_have_value("My train was late")
    desk.keyboard.type("train ")
    expect(why).to_have_value("She rang: the train was late")
    desk.get_by_role("button", name="Excuse it").click()
    expect(desk.locator("main")).to_contain_text("Excused.")
    expect(why).to_have_value("She rang: the train was late")
