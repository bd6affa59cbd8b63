"""Whoever stands in goes through a secretary's day, asks of it in writing, and she reads who looked."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from clients.models import ClientRequirement
from secretariat import clock
from secretariat.ledger.models import LedgerEntry
from secretariat.office.looking import Of
from secretariat.office.models import PlannedShift, Shift
from tests.books.test_supervision import is_away

from . import by_keyboard as keys
from .at_desk import goes_to_where_it_is_done
from .looking import go_to

pytestmark = pytest.mark.slow  # likewise in rooms: tests/books/test_supervision.py, test_supervisors.py
PHONE = {"width": 390, "height": 844}
UNKNOWN = "not known to be qualified in: "
DAYS = "your days, and what is asked and said of your work"


@pytest.fixture
def firm(office):
    office.okafor = office.client("Okafor Legal")
    office.helen, office.ruth = office.supervisor(), office.supervisor("Ruth")
    office.priya = office.secretary("Priya", office.okafor, ready=False)
    ClientRequirement.objects.create(client=office.okafor.row, language="fr", level=4)
    return office


def left_at_noon(secretary, ago: int) -> date:
    """So many days ago she was planned until five."""
    zone = ZoneInfo(secretary.zone)
    on = clock.now().astimezone(zone).date() - timedelta(days=ago)
    nine, noon, five = (datetime.combine(on, time(hour), zone) for hour in (9, 12, 17))
    planned = {"state": "published", "published_at": nine - timedelta(days=7), "zone": secretary.zone}
    PlannedShift.objects.create(secretary=secretary, starts_at=nine, ends_at=five, **planned)
    Shift.objects.create(secretary=secretary, line="browser", started_at=nine, ended_at=noon)
    return on


def said(on: date) -> str:
    return f"{on:%a} {on.day} {on:%b}"


def naming(page):
    return page.locator("form").filter(has=page.get_by_role("button", name="Name her supervisor"))


@pytest.mark.console_may_complain  # of the form that is refused: 422
def test_a_stand_in_asks_of_a_day_and_she_reads_who_looked_and_answers(firm):
    before, yesterday = left_at_noon(firm.priya, 2), left_at_noon(firm.priya, 1)
    hers = firm.enters(firm.priya, to="/desk/supervision/", viewport=PHONE)
    expect(hers.locator("main")).to_contain_text("Nobody supervises your work just now.")

    # Nobody stands in for herself, and what the supervisor is not known to know is said.
    helens = firm.enters(firm.helen, to="/firm/supervision/")
    keys.presses(helens.get_by_role("rowheader").get_by_role("link", name="Priya"))
    keys.picks(naming(helens).get_by_label("Supervisor", exact=True), "Helen")
    keys.picks(naming(helens).get_by_label("Stand-in"), "Helen")
    keys.types(naming(helens).get_by_label("What qualifies the supervisor"), "Ten years at a desk")
    keys.presses(naming(helens).get_by_role("button", name="Name her supervisor"))
    expect(naming(helens)).to_contain_text("The stand-in is somebody else.")
    keys.picks(naming(helens).get_by_label("Stand-in"), "Ruth")
    keys.presses(naming(helens).get_by_role("button", name="Name her supervisor"))
    expect(helens.locator("main")).to_contain_text("Named. She sees it on her own page.")
    expect(helens.locator("main")).to_contain_text(f"{UNKNOWN}French")
    go_to(helens, "/firm/supervision/")
    expect(helens.locator("main")).to_contain_text(f"{UNKNOWN}Priya (French)")
    go_to(helens, f"/firm/supervision/{firm.priya.pk}/")
    naming(helens).get_by_label("French (Okafor Legal)").check()
    naming(helens).get_by_role("button", name="Name her supervisor").click()
    expect(helens.locator("main")).to_contain_text("Named. She sees it on her own page.")
    expect(helens.locator("main")).not_to_contain_text(UNKNOWN)
    hers.reload()
    expect(hers.locator("main")).to_contain_text("Helen supervises your work. Ruth stands in.")

    # While Helen is away it is Ruth's; two days were gone through by nobody.
    is_away(firm, firm.helen)
    ruths = firm.enters(firm.ruth, to="/firm/supervision/?mine=yes")
    row = ruths.locator("tbody tr", has_text="Priya")
    expect(row).to_contain_text("Helen is away just now")
    for on in (before, yesterday):
        expect(row).to_contain_text(f"not {said(on)}")
    keys.presses(row.get_by_role("rowheader").get_by_role("link", name="Priya"))
    day = ruths.locator("tr", has_text=said(yesterday))
    expect(day).to_contain_text("5 hours of the plan were not worked")
    keys.presses(ruths.get_by_role("button", name=f"Seen : {said(yesterday)}"))
    expect(ruths.locator("main")).to_contain_text("Noted: you have gone through this day.")
    keys.types_day(ruths.get_by_label("Day", exact=True), yesterday)
    keys.types(ruths.get_by_label("What you want to know"), "Why did you stop at noon?")
    keys.presses(ruths.get_by_role("button", name="Ask her"))
    expect(ruths.locator("main")).to_contain_text("Asked. She is told")

    # Her page hears of it by itself; a mail says that there is a question, and no word of it.
    waits = "1 question or complaint waits for your word"
    expect(hers.locator("#my-news")).to_contain_text(waits)
    expect(hers.locator("tr", has_text=said(yesterday))).to_contain_text("gone through by Ruth")
    firm.settle()
    [mail] = firm.outside.mail(firm.priya.user.email)
    assert "noon" not in mail["text"]
    hers.get_by_role("link", name=waits).click()
    expect(hers.locator("main")).to_contain_text("Ruth supervises your work. She stands in for Helen.")
    asked = hers.locator("section", has_text="Why did you stop at noon?")
    asked.get_by_label("Your answer").fill("The line was down; I told the office")
    asked.get_by_role("button", name="Answer").click()
    expect(hers.locator("main")).to_contain_text("Answered. Whoever asked is told.")
    looks = hers.locator("section", has_text="Who has looked").locator("li", has_text=DAYS)
    for who in (firm.helen, firm.ruth):
        looked = LedgerEntry.objects.filter(subject_kind=Of.DAYS, verb="looked", actor_id=who.pk)
        at = looked.latest("pk").at.astimezone(ZoneInfo(firm.priya.zone))
        look = looks.filter(has_text=who.name).first
        expect(look.locator(".row-end")).to_have_text(f"{said(at.date())} {at:%H:%M}")

    # It is work of Ruth's to read the answer; what nobody went through stays named.
    go_to(ruths, "/desk/work/")
    goes_to_where_it_is_done(ruths, f"Priya has answered the question about {yesterday:%d.%m.%Y}")
    expect(ruths.locator("main")).to_contain_text("The line was down; I told the office")
    go_to(helens, "/firm/supervision/")
    row = helens.locator("tbody tr", has_text="Priya")
    expect(row).to_contain_text(f"not {said(before)}")
    expect(row).not_to_contain_text(f"not {said(yesterday)}")
