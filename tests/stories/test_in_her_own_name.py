"""A client says how her letters look and go, and as whom her mail is seen."""

from decimal import Decimal

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from messages_app.models import Letter, Mailbox, MailThread
from secretariat import clock
from secretariat.books import billing
from secretariat.books.models import ClientPlan
from tests.messages_app.mail.test_domain_check import DMARC, GOOD, SPF
from tests.name_server import answering

from .by_keyboard import picks, presses, types
from .looking import go_to

pytestmark = pytest.mark.slow
DANA, NGOZI = "dana@harlow.example", "ngozi@okafor.example"
RECEIPT = {"name": "receipt.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n a receipt"}


@pytest.fixture
def okafor(office):
    return office.client("Okafor Legal", opens="00:00", closes="00:00", country="GB", currency="GBP")


@pytest.fixture
def priya(office, okafor):
    return office.secretary("Priya", okafor)


def says_how_her_letters_go(office, client, name):
    """By keyboard: her name on top, and that she need not be asked."""
    portal = office.enters(client.owner, to=reverse("letters-portal"))
    presses(portal.get_by_role("link", name="How they look"))
    field = portal.get_by_label("Name on top")
    field.press("Control+a")
    types(field, name)
    types(portal.get_by_label("Name below the signature"), f"Head of {name}")
    presses(portal.get_by_label("You see each letter before it is posted"), "Space")
    presses(portal.get_by_role("button", name="Save"))
    expect(portal.get_by_text("Saved. Letters that you have agreed to stay as they are.")).to_be_visible()
    portal.get_by_text("Look at one").click()
    expect(portal.get_by_role("img", name="A letter of yours")).to_be_visible()
    return portal


def writes_and_lets_go(desk, client, about):
    desk.keyboard.press("n")
    desk.get_by_role("link", name=client.row.name).click()
    presses(desk.get_by_role("button", name=f"Begin the letter for {client.row.name}"))
    said = {"name": "Dana Reyes", "street": "12 Mill Lane", "city": "Bath", "postcode": "BA1 2QH"}
    for name, words in (said | {"subject": about, "body": "The keys are with the porter."}).items():
        desk.locator(f"#id_{name}").fill(words)
    presses(desk.get_by_role("button", name="Save and look at it"))
    presses(desk.get_by_role("button", name="Post without asking"))
    expect(desk.locator("#letter .slip-head")).to_contain_text("To be posted")


def test_two_who_need_not_be_asked_are_printed_together_and_each_finds_hers(office, okafor):
    brill = office.client("Brill Dental", country="GB", currency="GBP")
    marcus = office.secretary("Marcus", okafor, brill)
    today = clock.now().astimezone(okafor.row.tz).date()
    ClientPlan.objects.create(
        client=okafor.row, name="By the minute", from_on=today.replace(day=1), price=Decimal("1.20")
    )
    portal = says_how_her_letters_go(office, okafor, "Okafor and Daughters")
    says_how_her_letters_go(office, brill, "Brill and Sons")

    desk = office.enters(marcus, to=reverse("letters-letterheads"))
    presses(desk.get_by_role("link", name="Okafor Legal"))
    expect(desk.locator(".facts")).to_contain_text("Head of Okafor and Daughters")
    expect(desk.get_by_role("img", name="A letter of Okafor Legal")).to_be_visible()
    expect(desk.get_by_role("link", name="Change")).to_have_count(0)
    for client, about in ((okafor, "Okafor’s keys"), (brill, "Brill’s keys")):
        go_to(desk, reverse("letters"))
        writes_and_lets_go(desk, client, about)

    go_to(desk, reverse("letters-runs-together"))
    picks(desk.get_by_label("All of them go by"), "Signed for")
    presses(desk.get_by_role("button", name="Put the file together"))
    expect(desk.get_by_role("link", name="The file")).to_be_visible()  # it comes without a reload
    presses(desk.get_by_role("link", name="Okafor Legal"))
    types(desk.get_by_label("Postage of one letter"), "3.35")
    desk.locator("input[type=file]").set_input_files(RECEIPT)
    presses(desk.get_by_role("button", name="They are in the post"))
    expect(desk.get_by_text("1 letter is in the post.")).to_be_visible()
    assert Letter.objects.get(client=brill.row).state == "ready"

    go_to(portal, reverse("letters-portal"))
    expect(portal.get_by_role("link", name="Brill’s keys")).to_have_count(0)
    presses(portal.get_by_role("link", name="Okafor’s keys"))
    expect(portal.locator("main")).to_contain_text("The keys are with the porter.")
    expect(portal.get_by_role("link", name="Proof")).to_be_visible()
    bill = billing.draft(okafor.row, today, at=clock.now())
    helen = office.enters(office.supervisor(), to=reverse("books-bill", args=[bill.pk]))
    helen.get_by_text("Postage, paper and print").last.click()
    expect(helen.get_by_role("link", name="Proof Letter 1: Signed for")).to_be_visible()


@pytest.mark.console_may_complain
def test_an_address_of_ours_is_answered_and_answers_find_their_conversation(office, okafor, priya):
    portal = office.enters(okafor.owner, to=reverse("mail-portal"))
    presses(portal.get_by_role("link", name="A mailbox at our domain"))
    types(portal.get_by_label("What stands before the @"), "okafor legal")
    presses(portal.get_by_role("button", name="Give me this address"))
    expect(portal.locator("main")).to_contain_text("Letters without accents")
    field = portal.get_by_label("What stands before the @")
    field.press("Control+a")
    types(field, "okafor")
    types(portal.get_by_label("Name that others see"), "Ngozi Okafor")
    presses(portal.get_by_role("button", name="Give me this address"))
    box = office.eventually(Mailbox.objects.first)
    expect(portal.get_by_role("heading", name=box.address)).to_be_visible()

    desk = office.enters(priya, to=reverse("inbox"))
    office.outside.write(box.address, "Hours", "When do you open?", sender=DANA)
    desk.get_by_role("link", name="Hours").click()
    expect(desk.get_by_role("heading", name="Hours")).to_be_visible()
    desk.keyboard.press("r")
    types(desk.get_by_label("Words"), "We open at nine.")
    desk.keyboard.press("Control+Enter")
    expect(desk.get_by_role("button", name="Take it back")).to_be_visible()
    office.passes(11)
    [mail] = office.eventually(lambda: office.outside.mail(DANA))
    assert mail["from"].startswith("Ngozi Okafor via ")
    assert "okafor+t-" in mail["headers"]["Reply-To"]

    office.outside.write(mail["answer_to"], "Something else", "And on Sundays?", sender=DANA)
    go_to(desk, reverse("inbox"))
    expect(desk.get_by_role("link", name="Hours")).to_be_visible()
    assert office.eventually(MailThread.objects.get).mails.filter(subject="Something else").exists()
    go_to(portal, reverse("mail-portal"))
    expect(portal.locator("main")).to_contain_text("Your answers leave as Ngozi Okafor via")


@pytest.fixture
def records(office):
    """What the name servers say of Okafor's domain: all that is wanted but the key."""
    with answering(office.running.name_server_port) as zone:
        zone |= {"okafor.example": [SPF], "_dmarc.okafor.example": [DMARC]}
        yield zone


def test_mail_bears_her_domain_s_name_once_the_record_that_was_missing_stands_there(
    office, okafor, priya, records
):
    """By mouse the client, at her telephone, and the firm; by keyboard the secretary."""
    Mailbox.objects.create(client=okafor.row, address=NGOZI, name="Ngozi Okafor", incoming="ours")
    portal = office.enters(okafor.owner, to=reverse("mail-portal"), viewport={"width": 390, "height": 844})
    said = portal.locator("main")
    expect(said).to_contain_text("Ask the office if they are to leave in the name of okafor.example.")

    helen = office.enters(office.supervisor(), to=reverse("mail-domains"))
    helen.get_by_label("DKIM selectors").fill("pm")
    helen.get_by_label("What SPF must include").fill("spf.provider.example")
    look = helen.get_by_role("button", name="Look at the records of okafor.example")
    look.click()
    looked(office, helen, "Goes through the firm")
    expect(helen.locator("main")).to_contain_text("The key for signing (DKIM) is missing.")
    portal.reload()
    expect(said).to_contain_text("Your answers leave as Ngozi Okafor via")
    expect(said.get_by_text("What is missing at okafor.example")).to_be_visible()
    expect(said).to_contain_text("Until it stands there, mail in your name would not be believed.")
    expect(said).to_contain_text("The key for signing (DKIM) is missing. The provider shows you what it is.")
    expect(said).to_contain_text("pm._domainkey.okafor.example")
    expect(said).not_to_contain_text("(SPF)")

    desk = office.enters(priya, to=reverse("inbox"))
    left = answered(office, desk, "Hours", "We open at nine.", goes="through the firm")
    assert left["from"].startswith("Ngozi Okafor via ")
    assert "<desk@secretariat.example>" in left["from"]
    assert left["answer_to"].partition("@")[2] == "okafor.example"

    records["pm._domainkey.okafor.example"] = [GOOD]
    look.click()
    looked(office, helen, "Believed")
    portal.reload()
    expect(said).to_contain_text(f"Your answers leave as Ngozi Okafor <{NGOZI}>.")
    expect(said).not_to_contain_text("What is missing")
    left = answered(office, desk, "Sundays", "Only on Mondays.", goes=NGOZI)
    assert left["from"] == f"Ngozi Okafor <{NGOZI}>"


def looked(office, helen, found) -> None:
    """What the name servers said has been kept, and it is this."""

    def shows():
        helen.reload()
        return helen.locator("main .pill", has_text=found).count()

    office.eventually(shows)


def answered(office, desk, about, words, *, goes) -> dict:
    """The mail in which it reached Dana. `goes`: what the desk says of whom it leaves from."""
    go_to(desk, reverse("inbox"))
    office.outside.write(NGOZI, about, "Do tell.", sender=DANA)
    presses(desk.get_by_role("link", name=about))
    expect(desk.get_by_role("heading", name=about)).to_be_visible()
    desk.keyboard.press("r")
    expect(desk.locator("#outgoing-form")).to_contain_text(goes)
    types(desk.get_by_label("Words"), words)
    desk.keyboard.press("Control+Enter")
    expect(desk.get_by_role("button", name="Take it back")).to_be_visible()
    before = len(office.outside.mail(DANA))
    office.passes(11)
    newest, *_earlier = office.eventually(lambda: office.outside.mail(DANA)[: -before or None])
    assert words in newest["text"]
    return newest
