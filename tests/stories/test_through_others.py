"""Others who have a say: a company about its people's contracts, a referee about an applicant's work."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from calls.models import Call
from secretariat import clock
from secretariat.office.models import Contract, Partner, PartnerPerson, Referee, Vacancy
from secretariat.office.vacancies import publishing

from . import by_keyboard as keys
from .at_desk import goes_to_where_it_is_done
from .joining import applies
from .looking import go_to, host
from .passing import day
from .test_engaging import signs_by_keyboard, signs_for_the_firm
from .test_to_their_end import takes_a_message

pytestmark = pytest.mark.slow  # likewise in rooms: tests/office/test_companies.py, tests/office/vacancies/
PHONE = {"width": 390, "height": 844}


def offers(firm, secretary) -> None:
    """A contract through the company, by mouse."""
    go_to(firm, reverse("contract-write", args=[secretary.pk]))
    firm.get_by_label("Through the outsourcing company").select_option(label="Quay")
    firm.get_by_label("From", exact=True).fill(f"{day(0):%Y-%m-%d}")
    firm.get_by_label("Money an hour at work").fill("14.40")
    firm.get_by_role("button", name="Keep the draft").click()
    firm.get_by_role("button", name=f"Offer it to {secretary.spoken_name}").click()
    expect(firm.locator("main")).to_contain_text("Quay signs it too, before the firm does.")


@pytest.mark.console_may_complain  # of pages that are not there for the company: 403, 404
def test_a_company_signs_for_one_of_its_people_declines_another_and_sees_her_hours_alone(office):
    """By mouse the firm, by keyboard the secretary and the company."""
    okafor, helen = office.client("Okafor Legal"), office.supervisor()
    priya = office.secretary("Priya", okafor, ready=False)
    maya = office.secretary("Maya", okafor, ready=False)
    quay, quentin = Partner.objects.create(name="Quay"), office.user("quentin@quay.example", "Quentin Quay")
    PartnerPerson.objects.create(partner=quay, user=quentin)
    firm = office.enters(helen, to=reverse("contracts"))
    offers(firm, priya)
    offers(firm, maya)
    mails = office.eventually(lambda: len(found := office.outside.mail(quentin.email)) > 1 and found)
    assert {each["subject"].rpartition(": ")[2] for each in mails} == {"Priya", "Maya"}

    # The company reads both, declines the one with its reason, and signs the other.
    theirs = office.enters(quentin, to=reverse("partner"))
    contracts = theirs.get_by_role("region", name="Contracts through you")
    expect(contracts.get_by_text("Waits for you")).to_have_count(2)
    keys.presses(contracts.get_by_role("link", name="Maya"))
    expect(theirs.locator("main")).to_contain_text("14.40 GBP an hour at work")
    keys.types(theirs.get_by_label("Why your company does not want it as it is"), "Our rate is 16")
    keys.presses(theirs.get_by_role("button", name="Decline it"))
    expect(theirs.locator("main .pill").first).to_have_text("Declined")
    expect(theirs.locator("main")).to_contain_text("Our rate is 16")
    go_to(theirs, reverse("partner"))
    keys.presses(contracts.get_by_role("link", name="Priya"))
    keys.types(theirs.get_by_label("Your full name"), "Quentin Quay")
    keys.presses(theirs.get_by_label("I have read the whole contract and agree to it."), "Space")
    keys.presses(theirs.get_by_role("button", name="Sign for your company"))
    expect(theirs.locator("main")).to_contain_text("Your company has signed.")

    other = office.enters(maya, to="/desk/contract/", viewport=PHONE)
    expect(other.locator("main .pill").first).to_have_text("Declined")
    expect(other.locator("main")).to_contain_text("Our rate is 16")
    go_to(firm, reverse("work"))
    goes_to_where_it_is_done(firm, "Quay does not want the contract of Maya as it is")
    expect(firm.locator("main")).to_contain_text("Our rate is 16")

    # She signs, the firm signs last, and from then on it holds.
    hers = office.enters(priya, to="/desk/contract/")
    expect(hers.locator("main")).to_contain_text("This is through Quay")
    signs_by_keyboard(hers, "Priya Nair")
    expect(hers.locator("main")).to_contain_text("The firm signs next")
    hers.close()
    contract = Contract.objects.get(secretary=priya)
    go_to(firm, reverse("contract", args=[contract.pk]))
    signs_for_the_firm(firm, "Signed by all three")
    theirs.reload()
    expect(theirs.locator("main .pill").first).to_have_text("Signed by all three")

    # She works: the company sees that she was there, and not for whom nor what was said.
    desk = office.at_her_desk(priya)
    message = takes_a_message(office, desk, okafor)
    office.passes(3600)
    go_to(theirs, reverse("partner"))
    hours = theirs.get_by_role("table", name="Priya")
    expect(hours).to_contain_text(re.compile("1 h 0"))
    for words in ("Okafor", "Dana Reyes", "The court has moved"):
        assert words not in theirs.content()
    for page in (
        reverse("calls-record", args=[Call.objects.get().pk]),
        f"/desk/messages/{message.pk}/",
        reverse("wallboard"),
        reverse("contract", args=[contract.pk]),
    ):
        assert theirs.goto(f"{host(theirs)}{page}").status in (403, 404), page
    go_to(desk, "/desk/time/")
    expect(desk.locator("main")).to_contain_text("Okafor Legal")  # hers to see


@pytest.mark.console_may_complain  # of the form that is refused: 422
def test_a_referee_answers_by_a_link_at_a_telephone_and_the_firm_alone_reads_it(office):
    helen = office.supervisor()
    vacancy = Vacancy(title="Mornings", work="Calls", hours_from=15, hours_to=25, rate="14.40")
    publishing.publish(publishing.write(vacancy, by=helen), by=helen, at=clock.now())
    nora = office.browsers.context().new_page()
    application = applies(office, nora)
    firm = office.enters(helen, to=reverse("applicant", args=[application.pk]))
    named = firm.get_by_role("region", name="Who knows her work")
    expect(named).to_contain_text("Not asked")
    assert office.outside.mail("brill@notary.example") == []  # nobody before the firm does
    keys.presses(named.get_by_role("button", name="Ask 1 person"))
    expect(named).to_contain_text("Asked")

    # He has no sign-in: the link of his mail opens it.
    [mail] = office.eventually(lambda: office.outside.mail("brill@notary.example"))
    brill = office.browsers.context(viewport=PHONE).new_page()
    brill.goto(re.search(r"http\S+", mail["text"])[0])
    expect(brill.locator("main")).to_contain_text("Mr Brill, Nora Quist applies to")
    brill.get_by_label("With reservations").check()
    brill.get_by_label("In which work do you know her").fill("Front desk, six years")
    brill.get_by_role("button", name="Send the answer").click()
    expect(brill.locator("main")).to_contain_text("Write a line, or choose above to say nothing.")
    expect(brill.get_by_label("In which work do you know her")).to_have_value("Front desk, six years")
    brill.get_by_label("What is good about how she works").fill("Quick, and now and then too quick")
    brill.get_by_role("button", name="Send the answer").click()
    expect(brill.locator("main")).to_contain_text("Thank you. Your answer is with the firm")
    brill.reload()  # the link shows nothing more to whoever has it
    expect(brill.locator("main")).to_contain_text("Thank you.")
    expect(brill.locator("main")).not_to_contain_text("too quick")

    go_to(firm, reverse("work"))
    goes_to_where_it_is_done(firm, "Mr Brill has answered about Nora Quist.")
    expect(named).to_contain_text("With reservations")
    expect(named).to_contain_text("Front desk, six years")
    expect(named.get_by_text("Quick, and now and then too quick")).to_be_visible()
    expect(named.get_by_role("button", name="Ask")).to_have_count(0)
    nora.reload()
    expect(nora.locator("main")).to_contain_text("We ask those whom you have named.")
    expect(nora.locator("main")).not_to_contain_text("too quick")
    expect(nora.locator("main")).not_to_contain_text("reservations")
    assert Referee.objects.get().again == "perhaps"
