"""Bound and let go: a client’s terms for whoever answers for it, and its own agreement with the firm."""

from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from clients.models import ClientTerms
from secretariat import clock
from secretariat.books.models import Agreement, LeavingStep

from . import by_keyboard as keys
from .at_desk import bar_says

pytestmark = pytest.mark.slow  # likewise in rooms: tests/clients/, tests/books/
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def okafor(office):
    return office.client("Okafor Legal")


@pytest.fixture
def helen(office):
    return office.supervisor()


def today():
    return clock.now().date()


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
