"""An address book from a file, one letter to everybody in it; and a letter by hand that comes back."""

import re
from decimal import Decimal

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from clients.models import Correspondent, PostalAddress
from messages_app.letters import lettering
from messages_app.models import Letter, Letterhead, LetterTemplate, Posting
from secretariat import clock
from secretariat.books import billing
from secretariat.books.models import ClientPlan, PayExtra

from .by_keyboard import picks, presses, types
from .looking import go_to

pytestmark = pytest.mark.slow
CARDS = """BEGIN:VCARD
VERSION:3.0
FN:Dana Reyes
ORG:Harlow & Sons
EMAIL:dana@harlow.example
ADR;TYPE=WORK:;;12 Mill Lane;Bath;;BA1 2QH;GB
END:VCARD
BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D9=85=D8=AD=D9=85=D8=AF
ADR;WORK:;;2 High Street;Leeds;;LS1 1AA;GB
END:VCARD
BEGIN:VCARD
VERSION:4.0
FN:Lena Brook
ADR:;;3 Low Road;Leeds;;;GB
END:VCARD
BEGIN:VCARD
VERSION:4.0
FN:Dana Reyes
EMAIL:dana@harlow.example
END:VCARD
"""
RECEIPT = {"name": "receipt.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n a receipt"}


@pytest.fixture
def okafor(office):
    okafor = office.client("Okafor Legal", country="GB", currency="GBP")
    Letterhead.objects.create(client=okafor.row, name="Okafor Legal", signer="Ada Okafor")
    return okafor


@pytest.fixture
def priya(office, okafor):
    return office.secretary("Priya", okafor)


def shows(desk) -> None:
    """What is written is saved, looked at, and shown to the client."""
    presses(desk.get_by_role("button", name="Save and look at it"))
    expect(desk.get_by_role("img", name="Page 1 of the letter")).to_be_visible()
    desk.keyboard.press("a")
    expect(desk.locator("#letter .slip-head")).to_contain_text("With the client")


def test_a_file_of_addresses_is_looked_at_taken_in_written_to_and_taken_back(office, okafor, priya):
    LetterTemplate.objects.create(
        client=okafor.row,
        name="We move",
        subject="We move, {name}",
        salutation="Dear {name},",
        body="To Bath.",
    )
    desk = office.enters(priya, to=reverse("letters-book-read", args=[okafor.row.pk]))
    file = {"name": "book.vcf", "mimeType": "text/vcard", "buffer": CARDS.encode()}
    desk.locator("input[type=file]").set_input_files(file)
    presses(desk.get_by_role("button", name="Read it"))
    expect(desk.get_by_text("Nothing is written yet.")).to_be_visible()
    expect(desk.get_by_text("محمد")).to_be_visible()
    assert not Correspondent.objects.filter(client=okafor.row).exists()
    presses(desk.get_by_role("button", name="into the address book"))
    expect(desk.get_by_role("button", name="Take the whole file back")).to_be_visible()
    assert Correspondent.objects.filter(client=okafor.row, name="Dana Reyes").count() == 1

    go_to(desk, f"{reverse('letters-serial-new')}?client={okafor.row.pk}")
    picks(desk.get_by_label("Template"), "We move")
    presses(desk.get_by_role("button", name="Begin the letters"))
    presses(desk.get_by_role("button", name="Save and look at the copies"))
    copies = desk.locator("#all-copies li")
    expect(desk.locator("#serial")).to_contain_text("In 1 copy something is missing")  # without a reload
    expect(copies.first).to_contain_text("Lena Brook")
    expect(copies.first).to_contain_text("The address has no postcode")
    expect(desk.get_by_role("button", name="Ask Okafor Legal")).to_have_count(0)
    presses(desk.get_by_role("button", name="Leave out 1 that lacks something"))
    expect(desk.get_by_role("button", name="Ask Okafor Legal")).to_be_visible()
    desk.keyboard.press("a")
    expect(desk.locator("#serial .slip-head")).to_contain_text("With the client")

    portal = office.enters(okafor.owner, to=reverse("letters-portal"))
    portal.get_by_role("link", name=re.compile("We move")).first.click()
    portal.get_by_role("button", name="Agree: all 2 may be posted").click()
    expect(desk.locator("#serial")).to_contain_text("2 to be posted")
    made = list(Letter.objects.filter(state="ready"))
    assert len({each.sha256 for each in made}) == 2

    go_to(desk, reverse("letters-book", args=[okafor.row.pk]))
    presses(desk.get_by_role("link", name="book.vcf"))
    presses(desk.get_by_role("button", name="Take the whole file back"))
    expect(desk.locator(".slip-head")).to_contain_text("Taken back")
    assert Correspondent.objects.filter(client=okafor.row).count() == 3  # who was written to stays


def test_a_letter_goes_by_hand_is_paid_for_by_each_comes_back_and_goes_again(office, okafor, priya):
    today = clock.now().astimezone(okafor.row.tz).date()
    ClientPlan.objects.create(
        client=okafor.row, name="By the minute", from_on=today.replace(day=1), price=Decimal("1.20")
    )
    dana = Correspondent.objects.create(client=okafor.row, name="Dana Reyes")
    place = {"street": "12 Mill Lane", "city": "Bath", "postcode": "BA1 2QH", "country": "GB"}
    PostalAddress.objects.create(client=okafor.row, correspondent=dana, **place)
    letter = lettering.begin(okafor.row, by=priya.user, at=clock.now(), correspondent=dana)
    desk = office.enters(priya, to=reverse("letters-letter", args=[letter.pk]))
    desk.keyboard.press("e")
    types(desk.get_by_label("Subject"), "The keys")
    types(desk.get_by_label("Words"), "They are with the porter.")
    shows(desk)
    portal = office.enters(okafor.owner, to=reverse("letters-portal-letter", args=[letter.pk]))
    portal.get_by_label("What is to be changed").fill("With which porter?")
    portal.get_by_role("button", name="Ask for a change").click()
    expect(portal.locator("main")).to_contain_text("With which porter?")
    expect(desk.locator("main")).to_contain_text("asks for a change")
    desk.keyboard.press("e")
    desk.get_by_label("Words").fill("They are with the porter of Mill House.")
    shows(desk)
    go_to(portal, reverse("letters-portal-letter", args=[letter.pk]))
    expect(portal.locator("ins", has_text="of Mill House").first).to_be_visible()
    presses(portal.get_by_role("button", name="Agree: it may be posted"))
    expect(portal.locator("main")).to_contain_text("To be posted")

    go_to(desk, reverse("letters-to-post"))
    presses(desk.get_by_role("link", name="Print and post"))
    picks(desk.get_by_label("Class"), "Signed for")
    types(desk.get_by_label("Postage"), "3.35")
    types(desk.get_by_label("Paper and print"), "0.20")
    desk.get_by_label("Photograph of the receipt").set_input_files(RECEIPT)
    presses(desk.get_by_role("button", name="It is in the post"))
    expect(desk.locator("#letter .slip-head")).to_contain_text("Posted")
    go_to(portal, reverse("letters-portal-letter", args=[letter.pk]))
    expect(portal.locator("main")).to_contain_text("3.55 GBP")
    expect(portal.get_by_role("link", name="Proof")).to_be_visible()
    bill = billing.draft(okafor.row, today, at=clock.now())
    assert bill.lines.get(kind="extra").amount == Decimal("3.55")
    go_to(desk, reverse("my-pay"))
    expect(desk.locator("main")).to_contain_text("Letter 1 for Okafor Legal: 3.55 GBP")
    assert PayExtra.objects.get().state == PayExtra.State.ASKED

    go_to(desk, reverse("letters-letter", args=[letter.pk]))
    types(desk.get_by_label("It came back: why"), "Moved away")
    presses(desk.get_by_role("button", name="It came back"))
    expect(desk.locator("#letter .slip-head")).to_contain_text("Came back")
    desk.keyboard.press("p")
    types(desk.get_by_label("Postage"), "0.85")
    presses(desk.get_by_role("button", name="It is in the post"))
    expect(desk.locator("#letter .slip-head")).to_contain_text("Posted")
    assert Posting.objects.filter(letter=letter).count() == 2
