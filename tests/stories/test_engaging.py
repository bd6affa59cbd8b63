"""Bound, heard and let go: her contract, a client's terms, a practice call, the client's own agreement."""

from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from calls.models import Call
from clients.models import Assignment, ClientTerms, Practice, WorkRecord
from messages_app.models import Message
from secretariat import clock
from secretariat.books.models import Agreement, LeavingStep
from secretariat.office.contracts import ending

from . import by_keyboard as keys
from .at_desk import answers, bar_says
from .looking import go_to

pytestmark = pytest.mark.slow  # likewise in rooms: tests/office/, tests/clients/, tests/books/
DAY = 24 * 3600
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def okafor(office):
    return office.client("Okafor Legal")


@pytest.fixture
def helen(office):
    return office.supervisor()


def today():
    return clock.now().date()


@pytest.mark.console_may_complain  # at the end: of parts of a desk that is hers no more
def test_a_contract_is_offered_asked_about_signed_changed_and_ended(office, okafor, helen):
    """By mouse the firm, by keyboard she."""
    priya = office.secretary("Priya", okafor, ready=False)
    firm = office.enters(helen, to=reverse("contract-write", args=[priya.pk]))
    firm.get_by_role("button", name="Keep the draft").click()
    expect(firm.locator("main")).to_contain_text("It cannot be offered yet")  # it names no rate
    firm.get_by_role("link", name="Change the draft").click()
    firm.get_by_label("From", exact=True).fill(f"{today() - timedelta(days=7):%Y-%m-%d}")
    firm.get_by_label("Money an hour at work").fill("14.50")
    firm.get_by_role("button", name="Keep the draft").click()
    firm.get_by_role("button", name="Offer it to Priya").click()
    expect(firm.get_by_role("button", name="Take the offer back")).to_be_visible()

    hers = office.enters(priya, to="/desk/contract/")
    main = hers.locator("main")
    expect(main).to_contain_text("14.50 GBP an hour at work")
    for said in ("a quarter of an hour in every four hours", "end an abusive call", "There is no fine"):
        expect(main).to_contain_text(said)
    keys.types(hers.get_by_label("Ask, or answer"), "Is the time between calls paid?")
    keys.presses(hers.get_by_role("button", name="Say it"))
    expect(main).to_contain_text("Is the time between calls paid?")
    firm.reload()
    firm.get_by_label("Ask, or answer").fill("No, and the contract says so.")
    firm.get_by_role("button", name="Say it").click()
    hers.reload()
    expect(main).to_contain_text("No, and the contract says so.")
    with hers.expect_download() as kept:
        keys.presses(hers.get_by_role("link", name="Keep the paper (PDF)"))
    assert kept.value.path().read_bytes().startswith(b"%PDF")
    signs_by_keyboard(hers, "Priya Nair")
    expect(main).to_contain_text("The firm signs next")
    signs_for_the_firm(firm)

    # The next version shows what is different, and holds once both have signed again.
    go_to(firm, reverse("contract-write", args=[priya.pk]))
    firm.get_by_label("From", exact=True).fill(f"{today():%Y-%m-%d}")
    firm.get_by_label("Money an hour at work").fill("15.25")
    firm.get_by_role("button", name="Keep the draft").click()
    firm.get_by_role("button", name="Offer it to Priya").click()
    expect(firm.get_by_role("button", name="Take the offer back")).to_be_visible()
    go_to(hers, "/desk/contract/")
    expect(main.locator("del").first).to_have_text("14.50 GBP an hour at work.")
    expect(main.locator("ins").first).to_have_text("15.25 GBP an hour at work.")
    signs_by_keyboard(hers, "Priya Nair")
    expect(main).to_contain_text("The firm signs next")
    signs_for_the_firm(firm)

    # It ends, and with it what hung on it; the list stands on the contract. She reads it still.
    firm.get_by_label("Its last day").fill(f"{today():%Y-%m-%d}")
    firm.get_by_label("Why").fill("She moves abroad")
    firm.get_by_role("button", name="End it on that day").click()
    expect(firm.locator("main")).to_contain_text("28 days’ notice")  # nothing typed is lost
    firm.get_by_label("How it ends").select_option("agreed")
    firm.get_by_role("button", name="End it on that day").click()
    expect(firm.locator("main")).to_contain_text("She moves abroad")
    office.passes(DAY + 600)
    assert ending.end_what_is_over(at=clock.now())  # as the sweep does within five minutes
    assert Assignment.objects.get(secretary=priya).until_at
    firm.reload()
    expect(firm.locator("main")).to_contain_text("What ended with it, and went to others")
    expect(firm.locator("main")).to_contain_text("Off the team of Okafor Legal")
    go_to(hers, "/desk/contract/")
    expect(hers.locator("main")).to_contain_text("15.25 GBP an hour at work")


def signs_by_keyboard(page, name) -> None:
    keys.types(page.get_by_label("Your full name"), name)
    keys.presses(page.get_by_label("I have read the whole contract and agree to it."), "Space")
    keys.presses(page.get_by_role("button", name="Sign this contract"))


def signs_for_the_firm(page, signed="Signed by both") -> None:
    page.reload()
    page.get_by_label("Your full name").fill("Helen Marsh")
    page.get_by_label("I have read the whole contract and agree to it.").check()
    page.get_by_role("button", name="Sign for the firm").click()
    expect(page.locator("main .pill").first).to_have_text(signed)


def test_nothing_of_a_client_comes_to_her_before_she_has_accepted_its_terms(office, okafor, helen):
    priya = office.secretary("Priya", okafor, ready=False)
    firm = office.enters(helen, to=reverse("confidentiality"))
    firm.get_by_role("link", name="Okafor Legal").first.click()
    firm.get_by_label("Terms").fill("What callers say of their cases stays here.")
    firm.get_by_role("button", name="Put these terms in force").click()
    expect(firm.locator("main")).to_contain_text("Not yet: no call is offered to her")

    desk = office.enters(priya, to=reverse("my-terms"))
    expect(desk.locator("main")).to_contain_text("its card stays shut")
    keys.presses(desk.get_by_label("I have read these terms and keep to them."), "Space")
    keys.presses(desk.get_by_role("button", name="Accept"))
    expect(desk.locator("main")).to_contain_text("Accepted by you")
    firm.reload()
    expect(firm.get_by_text("Not yet: no call is offered to her")).to_have_count(0)
    assert ClientTerms.objects.get().version == 1
    office.starts_shift(priya)
    desk = office.at_her_desk(priya)
    office.rings(okafor)
    bar_says(desk, "Okafor Legal is ringing")


def test_a_practice_call_is_played_as_one_at_her_desk_and_leaves_nothing_behind(office, okafor, helen):
    """By mouse the supervisor, who is the caller; by keyboard she."""
    priya = office.secretary("Priya", ready=False)
    firm = office.enters(helen, to=reverse("practices"))
    firm.get_by_label("Who practises").select_option("Priya")
    firm.get_by_label("She answers for a copy of").select_option("Okafor Legal")
    firm.get_by_label("Who you play").fill("Mr Stone, who is cross about his bill")
    firm.get_by_role("button", name="Lay the copy before her").click()
    played = firm.locator("#played")

    desk = office.enters(priya, to=reverse("my-practice"))
    keys.presses(desk.get_by_role("link", name="Okafor Legal"))
    expect(desk.locator("main")).to_contain_text("Nothing you write here is delivered, billed or counted")
    expect(desk.locator("main")).not_to_contain_text("Mr Stone")
    firm.get_by_role("button", name="Let it ring").click()
    answers(desk)
    expect(played).to_contain_text("You talk to Priya")
    desk.keyboard.press("F4")
    bar_says(desk, "On hold")
    expect(played).to_contain_text("You are on hold")
    desk.keyboard.press("F4")
    bar_says(desk, "On call")
    keys.types(desk.get_by_label("Message", exact=True), "He asks for his bill of October")
    expect(played).to_contain_text("He asks for his bill of October")
    firm.get_by_label("What was good").fill("Calm, and the number was read back")

    desk.keyboard.press("F8")
    keys.presses(desk.get_by_role("button", name="Ask first").first)
    firm.get_by_role("button", name="Do not take it").click()
    expect(desk.locator("#practice-bar")).to_contain_text("On call")
    desk.keyboard.press("F9")
    bar_says(desk, "wrap-up of")
    expect(desk.get_by_label("Message", exact=True)).to_have_value("He asks for his bill of October")
    desk.keyboard.press("Control+Enter")
    bar_says(desk, "The practice is over")

    expect(played).to_contain_text("What she took down")
    expect(firm.get_by_label("What was good")).to_have_value("Calm, and the number was read back")
    firm.get_by_label("Well enough for a real call").check()
    firm.get_by_role("button", name="Tell her").click()
    expect(desk.locator("main")).to_contain_text("Calm, and the number was read back")
    assert Practice.objects.get().went_well
    assert not Call.objects.exists()
    assert not Message.objects.exists()
    assert not WorkRecord.objects.exists()


def test_a_clients_agreement_is_accepted_and_ends_with_its_list_worked_off(office, okafor, helen):
    firm = office.enters(helen, to=reverse("agreement-write", args=[okafor.row.pk]))
    firm.get_by_label("from", exact=False).first.fill(f"{today():%Y-%m-%d}")
    firm.get_by_role("button", name="Keep the draft").click()
    firm.get_by_role("button", name="Offer it to the client").click()
    portal = office.enters(okafor.owner, to=reverse("portal-agreement"), viewport=PHONE)
    expect(portal.locator("main")).to_contain_text("Nothing changes until the owner accepts it")
    portal.get_by_label("Your full name").fill("Chidi Okafor")
    portal.get_by_label("I have read the whole agreement and accept it for the client.").check()
    portal.get_by_role("button", name="Accept this agreement").click()
    expect(portal.locator("main .pill").first).to_have_text("Accepted")

    firm.reload()
    last = today() + timedelta(days=30)
    firm.get_by_label("Its last day").fill(f"{last:%Y-%m-%d}")
    firm.get_by_label("Why").fill("They hire somebody")
    firm.get_by_role("button", name="Write down its last day").click()
    expect(firm.locator("#leaving")).to_be_visible()
    steps = LeavingStep.objects.count()
    assert steps >= 5  # numbers, forwarding, last messages, last bill, data
    expect(firm.locator("main")).to_contain_text(okafor.number[-4:])
    done = firm.locator("section[aria-labelledby=leaving]").get_by_role("button", name="Done")
    keys.types(firm.get_by_label("How it was done").first, "Given back to the carrier")
    keys.presses(done.first)
    expect(done).to_have_count(steps - 1)
    expect(firm.locator("main")).to_contain_text("Given back to the carrier")
    portal.reload()
    expect(portal.get_by_text("not yet")).to_have_count(steps - 1)
    assert Agreement.objects.get().until_on == last
