"""What is said and kept of her work: a training, a complaint, the rules of a shift, a company."""

from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from clients.models import WorkItem
from secretariat import clock
from secretariat.books.models import Remark
from secretariat.office.models import Partner, PartnerPerson, SecurityRule, Shift
from tests.books.test_paying import under_contract

from . import by_keyboard as keys
from .looking import go_to, host
from .paying import approves, approves_run, confirms, last_monday, prepares
from .test_the_money import worked

pytestmark = pytest.mark.slow  # likewise in rooms: tests/books/test_supervision.py
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def firm(office):
    office.okafor = office.client("Okafor Legal")
    office.helen, office.ruth = office.supervisor(), office.supervisor("Ruth")
    office.priya = office.secretary("Priya", office.okafor, ready=False)
    return office


def remarks(page):
    """The form in which something is said of her work."""
    return page.locator("form").filter(has=page.get_by_role("button", name="Write it down"))


def test_a_training_is_named_reminded_of_and_done(firm):
    desk = firm.enters(firm.helen, to="/firm/supervision/")
    desk.get_by_role("rowheader").get_by_role("link", name="Priya").click()
    due = clock.now().date() + timedelta(days=20)
    said = remarks(desk)
    keys.picks(said.get_by_label("Kind"), "Training due")
    keys.types(said.get_by_label("Words"), "How to take a statement")
    keys.types_day(said.get_by_label("Of training: due by"), due)
    keys.presses(said.get_by_role("button", name="Write it down"))
    expect(desk.locator("main")).to_contain_text("How to take a statement")
    said = remarks(desk)
    said.get_by_label("Kind").select_option(label="Praise")
    said.get_by_label("Words").fill("Dana Reyes asked for her by name")
    said.get_by_role("button", name="Write it down").click()
    expect(desk.locator("main")).to_contain_text("Dana Reyes asked for her by name")

    mails = firm.eventually(lambda: len(found := firm.outside.mail(firm.priya.user.email)) > 1 and found)
    for mail in mails:  # that there is something, and no word of it
        assert "statement" not in mail["text"]
        assert "Dana" not in mail["text"]
    hers = firm.enters(firm.priya, to="/desk/supervision/", viewport=PHONE)
    expect(hers.locator("main")).to_contain_text("How to take a statement")
    expect(hers.locator("main")).to_contain_text("Praise")
    expect(hers.get_by_role("button", name="Done")).to_have_count(0)  # the firm says so, not she

    desk.get_by_role("button", name="Done : How to take a statement").click()
    expect(desk.locator(".row-plain", has_text="How to take a statement")).to_contain_text("done")
    hers.reload()
    expect(hers.locator(".row-plain", has_text="How to take a statement")).to_contain_text("done")


@pytest.mark.console_may_complain  # of the form that is refused: 422
def test_a_complaint_is_written_down_answered_by_her_and_settled(firm):
    hers = firm.enters(firm.priya, to="/desk/supervision/")
    desk = firm.enters(firm.helen, to=f"/firm/supervision/{firm.priya.pk}/")
    said = remarks(desk)
    said.get_by_label("Kind").select_option(label="Complaint")
    said.get_by_label("Words").fill("Mr Stone says that he was cut off")
    said.get_by_label("Client").select_option(label="Okafor Legal")
    said.get_by_role("button", name="Write it down").click()
    expect(desk.locator("main")).to_contain_text("Mr Stone says that he was cut off")

    waits = "1 question or complaint waits for your word"
    expect(hers.locator("#my-news")).to_contain_text(waits)  # her page hears of it by itself
    keys.presses(hers.get_by_role("link", name=waits))
    slip = hers.locator("section").filter(has=hers.get_by_role("heading", name="A complaint about your work"))
    expect(slip).to_contain_text("Okafor Legal")
    keys.presses(slip.get_by_role("button", name="Say how you see it"))
    expect(slip).to_contain_text("Say how you see it.")
    keys.types(slip.get_by_label("How you see it"), "My line dropped; I rang him back")
    keys.presses(slip.get_by_role("button", name="Say how you see it"))
    expect(slip).to_have_count(0)
    expect(hers.locator("#my-work-seen")).to_contain_text("My line dropped; I rang him back")

    desk.reload()
    expect(desk.locator("main")).to_contain_text("How she sees it: My line dropped; I rang him back")
    judged = desk.locator("form").filter(has=desk.get_by_role("button", name="Say how it stands"))
    keys.picks(judged.get_by_label("how it stands"), "Unfounded")
    keys.presses(judged.get_by_role("button", name="Say how it stands"))
    expect(judged).to_contain_text("Say what came of it; she reads it.")
    keys.types(judged.get_by_label("What came of it"), "The line failed, as the call shows")
    keys.presses(judged.get_by_role("button", name="Say how it stands"))
    expect(judged).to_have_count(0)
    expect(hers.locator("#my-work-seen")).to_contain_text("The line failed, as the call shows")
    assert Remark.objects.get().state == "unfounded"


@pytest.mark.console_may_complain  # of the form that is refused: 422
def test_a_shift_begins_with_the_firms_security_rules_ticked(firm):
    for rank, words in enumerate(("My screen locks after five minutes.", "Nobody else uses this computer.")):
        SecurityRule.objects.create(words=words, rank=rank)
    page = firm.signs_in(firm.priya)
    go_to(page, "/desk/shift/")
    keys.presses(page.get_by_label("My screen locks after five minutes."), "Space")
    keys.presses(page.get_by_label("I am alone in a quiet room"), "Space")
    page.get_by_role("button", name="Start shift").evaluate("button => { button.form.noValidate = true; }")
    keys.presses(page.get_by_role("button", name="Start shift"))
    expect(page.locator("main")).to_contain_text("Tick “Nobody else uses this computer.”")
    expect(page.get_by_label("My screen locks after five minutes.")).to_be_checked()  # nothing is lost
    page.get_by_label("Nobody else uses this computer.").check()
    page.get_by_role("button", name="Start shift").click()
    page.locator("body[data-phone=registered]").wait_for(state="attached")
    assert len(Shift.objects.get().rules_kept) == 2


@pytest.mark.console_may_complain  # of the page that is not there: 404
def test_a_company_sees_hours_and_pay_of_its_own_and_nothing_of_clients(firm):
    agency = Partner.objects.create(name="Harbour Staff", rules="Breaks are taken in full.")
    person = firm.user("vera@harbour.example", "Vera")
    PartnerPerson.objects.create(partner=agency, user=person)
    monday = last_monday(firm.priya)
    under_contract(firm.priya, firm.helen, partner=agency, from_on=monday - timedelta(days=30))
    begun = clock.now().replace(
        year=monday.year, month=monday.month, day=monday.day, hour=12, minute=0, second=0, microsecond=0
    )
    Shift.objects.create(
        secretary=firm.priya, line="browser", started_at=begun, ended_at=begun + timedelta(hours=4)
    )
    worked(firm.okafor, firm.priya, begun, 3600)
    hers = firm.enters(firm.priya, to="/desk/time/")
    confirms(hers, monday)
    desk = firm.enters(firm.helen, to="/firm/books/time/")
    approves(desk, "Priya")
    prepares(desk, monday, monday + timedelta(days=6))
    expect(desk.locator("main")).to_contain_text("Harbour Staff")
    approves_run(firm.enters(firm.ruth, to="/firm/books/pay/"), desk)

    theirs = firm.enters(person, to=reverse("partner"), viewport=PHONE)
    expect(theirs.locator("h1")).to_have_text("Harbour Staff")
    expect(theirs.locator("main")).to_contain_text("4 h 00 min")
    expect(theirs.locator("main")).to_contain_text("14.40 EUR")
    keys.presses(theirs.locator("table").last.get_by_role("link").first)
    expect(theirs.locator("tfoot")).to_contain_text("14.40 EUR")
    for page in (reverse("partner"), None):
        if page:
            go_to(theirs, page)
        assert "Okafor" not in theirs.content()
    # And nothing else of the firm opens to it.
    answer = theirs.goto(f"{host(theirs)}{reverse('wallboard')}")
    assert answer.status in (403, 404)
    assert not WorkItem.objects.filter(owner=person).exists()
