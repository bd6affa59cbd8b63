"""A confirmed week is sent back with a reason, corrected, confirmed once more and approved."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from secretariat import clock
from secretariat.books.models import Correction, Week

from . import by_keyboard as keys
from .looking import go_to
from .paying import confirms, last_monday
from .test_the_money import worked

pytestmark = pytest.mark.slow  # likewise in rooms: tests/books/test_hours.py
PHONE = {"width": 390, "height": 844}
ASKED = "Were these two hours not one?"


def mails_of_it(office, address: str) -> list[dict]:
    """Beside them she may have been reminded of the week, before she had confirmed it."""
    return [each for each in office.outside.mail(address) if "is sent back to you" in each["subject"]]


def test_a_week_is_sent_back_corrected_and_approved(office):
    """She without a mouse, on her telephone; the firm with one."""
    okafor, helen = office.client("Okafor Legal"), office.supervisor()
    priya = office.secretary("Priya", okafor, ready=False)
    monday = last_monday(priya)
    begun = clock.now().replace(year=monday.year, month=monday.month, day=monday.day, hour=10, minute=0)
    begun = begun.replace(second=0, microsecond=0)
    worked(okafor, priya, begun, 7200)
    hers = office.enters(priya, to="/desk/time/", viewport=PHONE)
    confirms(hers, monday)

    firm = office.enters(helen, to="/firm/books/time/")
    firm.locator(".row-link", has_text="Priya").click()
    firm.get_by_label("What she should look at again").fill(ASKED)
    firm.get_by_role("button", name="Send it back to her").click()
    expect(firm.locator("main")).to_contain_text("Priya sees it again, with your words.")
    expect(firm.get_by_role("button", name="Approve and close the week")).to_have_count(0)

    told = office.eventually(lambda: mails_of_it(office, priya.user.email))
    assert not any(ASKED in each["text"] for each in told)
    go_to(hers, f"/desk/time/?week={monday:%Y-%m-%d}")
    expect(hers.get_by_text("Sent back to you").locator("..")).to_contain_text(ASKED)
    keys.presses(hers.get_by_role("link", name="Correct talking, Okafor Legal"))
    until = (begun + timedelta(hours=1)).astimezone(ZoneInfo(priya.user.zone))
    hers.get_by_label("Until", exact=True).fill(f"{until:%H:%M:%S}")
    keys.types(hers.get_by_label("Why"), "One; I had not hung up")
    keys.presses(hers.get_by_role("button", name="Correct it"))
    expect(hers.locator("main")).to_contain_text("One; I had not hung up")
    confirms(hers, monday)
    expect(hers.get_by_text("Sent back to you")).to_have_count(0)

    go_to(firm, "/firm/books/time/")
    firm.locator(".row-link", has_text="Priya").click()
    expect(firm.locator("main")).to_contain_text("1 interval was corrected; both values stand below.")
    expect(firm.locator("main")).to_contain_text("One; I had not hung up")
    firm.get_by_role("button", name="Approve and close the week").click()
    expect(firm.locator("main")).to_contain_text("Approved. The week is closed.")
    assert Week.objects.get(secretary=priya, starts_on=monday).state == "approved"
    made = Correction.objects.get()
    assert (made.made_by, made.ended_at - made.started_at) == (priya.user, timedelta(hours=1))
