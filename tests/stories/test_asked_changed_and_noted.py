"""A brief with its file and its questions, work that is changed by both, and what each tells the firm."""

from datetime import date
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from secretariat import clock
from secretariat.books.briefs import milestones, posting, proposing
from secretariat.books.models import Brief, BriefFile, BriefTerms, ClosingNote, Milestone

from . import by_keyboard as keys
from .looking import go_to

pytestmark = pytest.mark.slow  # likewise in rooms: tests/books/briefs/test_briefs.py, test_changes.py
PHONE = {"width": 390, "height": 844}
AGENDA = {"name": "agenda.txt", "mimeType": "text/plain", "buffer": b"Seven points\n"}
STATUS = "async link => (await fetch(link)).status"
HERS, THEIRS = "The recording was hard to hear", "Late twice, and no word"


@pytest.fixture
def firm(office):
    """Only those who answer for Okafor Legal are asked: Priya, and not Maya."""
    office.okafor, office.helen = office.client("Okafor Legal"), office.supervisor()
    office.priya = office.secretary("Priya", office.okafor, ready=False)
    office.maya = office.secretary("Maya", office.client("Brill Dental"), ready=False)
    facts = {"title": "Minutes", "kind": "minutes", "outcome": "Typed", "due_on": date(2030, 12, 18)}
    facts |= {"language": "en", "currency": "GBP", "for_whom": Brief.ForWhom.TEAM}
    brief = Brief(client=office.okafor.row, **facts)
    office.brief = posting.post(brief, skills=(), by=office.okafor.owner.user, at=clock.now())
    return office


def given(firm) -> Milestone:
    """To Priya, for 80.00."""
    part = {"title": "All of it", "due_on": date(2030, 12, 10), "hours": Decimal(3), "amount": Decimal(80)}
    said = {"approach": "By Friday", "pays": "fixed", "rate": None, "parts": (part,)}
    proposal = proposing.propose(firm.brief, **said, by=firm.priya, at=clock.now())
    proposing.accept(proposal, by=firm.okafor.owner.user, at=clock.now())
    return Milestone.objects.select_related("brief__client", "client", "secretary__user").get()


@pytest.mark.console_may_complain  # of forms that are refused, 422, and of what Maya may not see, 404
def test_a_file_goes_with_a_brief_and_a_question_is_answered_for_all(firm):
    """The client on a telephone, by mouse; she without one."""
    portal = firm.enters(firm.okafor.owner, to=f"/portal/briefs/{firm.brief.pk}/", viewport=PHONE)
    portal.locator("summary", has_text="Add a file").click()
    portal.get_by_label("File", exact=True).set_input_files(AGENDA | {"buffer": b"MZ\x90 runs"})
    portal.get_by_role("button", name="Keep this file with it").click()
    expect(portal.locator("main")).to_contain_text("That is a program. Nobody would open it.")
    portal.get_by_label("File", exact=True).set_input_files(AGENDA)
    portal.get_by_role("button", name="Keep this file with it").click()
    expect(portal.get_by_role("link", name="agenda.txt")).to_be_visible()

    hers = firm.enters(firm.priya, to="/desk/briefs/")
    keys.presses(hers.get_by_role("link", name="Minutes"))
    link = hers.get_by_role("link", name="agenda.txt")
    read = "async link => await (await fetch(link.href)).text()"
    assert link.evaluate(read) == "Seven points\n"
    with hers.expect_download() as kept:
        link.evaluate("link => { link.download = ''; link.click(); }")
    assert kept.value.path().read_bytes() == AGENDA["buffer"]
    keys.types(hers.get_by_label("Your question"), "Shall I ring 020 7946 0958?")
    keys.presses(hers.get_by_role("button", name="Ask", exact=True))
    expect(hers.get_by_label("Your question")).to_have_value("Shall I ring 020 7946 0958?")
    expect(hers.locator("main")).to_contain_text("through the firm")
    hers.get_by_label("Your question").fill("Are there names to be left out?")
    keys.presses(hers.get_by_role("button", name="Ask", exact=True))
    expect(hers.locator("main")).to_contain_text("Not answered yet")

    portal.reload()
    expect(portal.locator("main")).to_contain_text("Are there names to be left out?")
    expect(portal.locator("main")).not_to_contain_text("Priya")
    portal.get_by_label("Your answer").fill("Those of the guests")
    portal.get_by_role("button", name="Answer for all to read").click()
    expect(portal.locator("main")).to_contain_text("Those of the guests")
    hers.reload()
    expect(hers.locator("main")).to_contain_text("Those of the guests")

    # Maya is not asked: for her there is neither brief nor file.
    file = f"/media/{BriefFile.objects.get().media_id}/"
    theirs = firm.enters(firm.maya, to="/desk/briefs/")
    expect(theirs.locator("main")).not_to_contain_text("Minutes")
    assert theirs.evaluate(STATUS, f"/desk/briefs/{firm.brief.pk}/") == 404
    address = link.get_attribute("href")
    assert address.startswith(file[:10])
    assert (hers.evaluate(STATUS, address), theirs.evaluate(STATUS, address)) == (200, 404)
    desk = firm.enters(firm.helen, to=f"/firm/briefs/{firm.brief.pk}/")
    expect(desk.locator("main")).to_contain_text("Those of the guests")
    expect(desk.locator("main")).to_contain_text("Priya")


@pytest.mark.console_may_complain  # of the form that is refused: 422
def test_a_change_is_seen_by_all_and_holds_once_she_agrees(firm):
    """The client on a telephone without a mouse; she with one."""
    milestone = given(firm)
    portal = firm.enters(firm.okafor.owner, to=f"/portal/briefs/{firm.brief.pk}/", viewport=PHONE)
    keys.presses(portal.get_by_role("link", name="Ask for a change"))
    portal.get_by_label("Price, or cap, in GBP").first.fill("")
    keys.types(portal.get_by_label("Price, or cap, in GBP").first, "110")
    keys.types_day(portal.get_by_label("Done by").first, date(2030, 12, 16))
    keys.types(portal.get_by_label("Why it changes"), "Ring me on 020 7946 0958")
    keys.presses(portal.get_by_role("button", name="Ask for this change"))
    expect(portal.locator("main")).to_contain_text("through the firm")
    expect(portal.get_by_label("Price, or cap, in GBP").first).to_have_value("110")  # nothing is lost
    portal.get_by_label("Why it changes").fill("Bound as well, and no hurry")
    keys.presses(portal.get_by_role("button", name="Ask for this change"))
    expect(portal.locator("#change")).to_have_text("You ask for a change")

    differs = {
        "del": ("All of it: by 10 December 2030, 80.00 GBP", "80.00 GBP, fixed."),
        "ins": ("All of it: by 16 December 2030, 110.00 GBP", "110.00 GBP, fixed."),
    }
    hers = firm.enters(firm.priya, to=f"/desk/briefs/{firm.brief.pk}/")
    desk = firm.enters(firm.helen, to=f"/firm/briefs/{firm.brief.pk}/")
    for page in (hers, desk):
        asked = page.locator("section[aria-labelledby=change]")
        expect(asked).to_contain_text("The client asks for a change")
        expect(asked).to_contain_text("Bound as well, and no hurry")
        for tag, words in differs.items():
            for said in words:
                expect(asked.locator(tag, has_text=said)).to_have_count(1)
    expect(desk.get_by_role("button", name="Agree to the change")).to_have_count(0)
    hers.get_by_role("button", name="Agree to the change").click()
    expect(hers.locator("#agreed")).to_have_text("What is agreed, version 2")

    portal.reload()
    expect(portal.locator("#agreed")).to_have_text("What is agreed, version 2")
    keys.presses(portal.get_by_role("link", name="All versions"))
    go_to(desk, f"/firm/briefs/{firm.brief.pk}/versions/")
    for page in (portal, desk):
        second = page.get_by_role("region", name="Version 2")
        expect(second.locator("ins", has_text="110.00 GBP, fixed.")).to_have_count(1)
        expect(page.get_by_role("region", name="Version 1")).to_contain_text("80.00 GBP, fixed.")
    milestone.refresh_from_db()
    assert (milestone.amount, milestone.due_on) == (110, date(2030, 12, 16))
    assert BriefTerms.objects.filter(brief=firm.brief, state="agreed", version=2).exists()


def test_each_side_tells_the_firm_how_it_went_and_the_other_never_reads_it(firm):
    """The client on a telephone, by mouse; she without one."""
    milestone, at = given(firm), clock.now()
    milestones.hand_in(milestone, words="Typed", result=Decimal(0), by=firm.priya.user, at=at)
    milestones.accept(milestone, words="", by=firm.okafor.owner.user, at=at)
    portal = firm.enters(firm.okafor.owner, to="/portal/briefs/", viewport=PHONE)
    expect(portal.locator("main")).to_contain_text("Waits for your closing note")
    portal.get_by_role("link", name="Minutes").first.click()
    portal.get_by_label("How it went, for the firm alone").fill(THEIRS)
    portal.get_by_label("I would work with them again").uncheck()
    portal.get_by_role("button", name="Tell the firm").click()
    told = "Your closing note is with the firm. Nobody else reads it."
    expect(portal.locator("main")).to_contain_text(told)

    hers = firm.enters(firm.priya, to="/desk/briefs/")
    keys.presses(hers.get_by_role("link", name="Minutes").first)
    expect(hers.locator("main")).not_to_contain_text(THEIRS)
    keys.types(hers.get_by_label("How it went, for the firm alone"), HERS)
    keys.presses(hers.get_by_role("button", name="Tell the firm"))
    expect(hers.locator("main")).to_contain_text(told)
    expect(hers.locator("main")).not_to_contain_text(THEIRS)
    portal.reload()
    expect(portal.locator("main")).to_contain_text(told)
    expect(portal.locator("main")).not_to_contain_text(HERS)

    desk = firm.enters(firm.helen, to=f"/firm/briefs/{firm.brief.pk}/")
    notes = desk.locator("section[aria-labelledby=notes] li")
    client, secretary = notes.filter(has_text=THEIRS), notes.filter(has_text=HERS)
    expect(client).to_contain_text("would rather not again")
    expect(secretary).to_contain_text("would work with them again")
    go_to(desk, "/desk/work/")
    expect(desk.locator("main")).to_contain_text("would rather not")
    assert set(ClosingNote.objects.values_list("of", "again")) == {("client", False), ("secretary", True)}
