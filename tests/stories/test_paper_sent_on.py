"""Paper that came for a client is sent on by post: on her bill and on the secretary's pay, with its proof."""

import re
from decimal import Decimal

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from clients.models import WorkRecord
from messages_app.models import Posting, PostRules
from secretariat import clock
from secretariat.books.models import Bill, ClientPlan, PayExtra

from .by_keyboard import picks, presses, types
from .looking import go_to

pytestmark = pytest.mark.slow  # likewise in rooms: tests/books/test_paper_posted.py
PHONE = {"width": 390, "height": 844}
RECEIPT = {"name": "receipt.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n a receipt"}
DAY = 24 * 3600


@pytest.fixture
def okafor(office):
    okafor = office.client("Okafor Legal", country="GB", currency="GBP")
    sent_on = {"then": "send_on", "send_on_to": "3 Marina\nLagos"}
    PostRules.objects.create(
        client=okafor.row, address="Okafor Legal\nc/o 1 High Street", opens="all", **sent_on
    )
    first = clock.now().date().replace(day=1)
    ClientPlan.objects.create(client=okafor.row, name="Cover", from_on=first, price=Decimal("1.20"))
    return okafor


@pytest.mark.console_may_complain  # of what she forgot
def test_a_writ_is_sent_on_with_its_postage_billed_and_paid_back(office, okafor):
    priya, helen = office.secretary("Priya", okafor, ready=False), office.supervisor()
    desk = office.enters(priya, to=f"{reverse('post-new')}?client={okafor.row.pk}")
    picks(desk.get_by_label("What came"), "From a court or an authority")
    types(desk.get_by_label("From, as it stands on the envelope"), "Bath County Court")
    types(desk.get_by_label("Where it lies"), "Safe")
    presses(desk.get_by_role("button", name="Note it for Okafor Legal"))
    expect(desk.get_by_role("heading", name="Post 1 for Okafor Legal")).to_be_visible()
    desk.keyboard.press("p")
    expect(desk.get_by_text("The client is told.")).to_be_visible()
    expect(desk.get_by_text("It is to be sent on to: 3 Marina")).to_be_visible()

    left = desk.get_by_role("form", name="It has left us")
    types(left.get_by_label("Tracking number"), "RM123456785GB")
    presses(left.get_by_role("button", name="Note that it left"))  # and has forgotten what it cost
    expect(left.get_by_text("Say what the postage was").last).to_be_visible()
    expect(left.get_by_label("Tracking number")).to_have_value("RM123456785GB")
    types(left.get_by_label("Postage in GBP"), "8.65")
    picks(left.get_by_label("Class"), "Signed for")
    types(left.get_by_label("Envelope or box in GBP"), "1.20")
    left.get_by_label("Photograph of the receipt").set_input_files(RECEIPT)
    presses(left.get_by_role("button", name="Note that it left"))
    expect(desk.locator(".facts")).to_contain_text("Signed for, 9.85 GBP")
    expect(desk.get_by_role("link", name="Proof")).to_be_visible()
    assert Posting.objects.get().proof_id
    assert WorkRecord.objects.filter(kind="post", client=okafor.row, secretary=priya).exists()
    go_to(desk, reverse("my-pay"))
    expect(desk.locator("main")).to_contain_text("Post 1 for Okafor Legal, sent on: 9.85 GBP")

    first = clock.now().date().replace(day=1)
    after = (first.replace(day=28).toordinal() + 4) - clock.now().date().toordinal()
    office.passes(after * DAY)
    firm = office.enters(helen, to=f"{reverse('books-bills')}?month={first:%Y-%m}")
    firm.get_by_role("button", name="Draft this month’s bills").click()
    firm.get_by_role("button", name="Issue 1 draft").click()
    expect(firm.locator("tr", has_text="Okafor Legal")).to_contain_text("To be paid")
    number = Bill.objects.get().number
    portal = office.enters(okafor.owner, to=reverse("portal-bills"), viewport=PHONE)
    portal.get_by_role("link", name=re.compile(number)).click()
    portal.locator("summary", has_text="Postage, paper and print").click()
    line = portal.locator("tr", has_text="Post 1, sent on: Signed for")
    expect(line).to_contain_text("9.85")
    expect(line.get_by_role("link", name="Proof Post 1, sent on: Signed for")).to_be_visible()
    line.get_by_role("link").first.click()
    expect(portal.get_by_role("heading", name="Bath County Court")).to_be_visible()
    expect(portal.locator(".facts")).to_contain_text("Signed for, 9.85 GBP")
    expect(portal.locator(".facts")).to_contain_text("RM123456785GB")

    go_to(firm, reverse("pay-runs"))
    asked = firm.locator("section", has_text="Post 1 for Okafor Legal, sent on: 9.85 GBP")
    expect(asked.get_by_role("link", name="Proof")).to_be_visible()
    asked.get_by_role("button", name="Agree", exact=False).first.click()
    office.eventually(PayExtra.objects.filter(state="agreed").exists)
    hers = office.enters(priya, to=reverse("my-pay"))
    expect(hers.locator("li", has_text="Post 1 for Okafor Legal, sent on")).to_contain_text("Agreed")
