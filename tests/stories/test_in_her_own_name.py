"""A client says how her letters look and go, and has an address of ours."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from messages_app.letters import lettering
from messages_app.models import Letter, Letterhead, Mailbox, MailThread, PrintRun
from secretariat import clock

from .by_keyboard import picks, presses, types
from .looking import go_to

pytestmark = pytest.mark.slow
DANA = "dana@harlow.example"
RECEIPT = {"name": "receipt.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n a receipt"}

SAID = {
    "name": "Dana Reyes",
    "street": "12 Mill Lane",
    "city": "Bath",
    "postcode": "BA1 2QH",
    "body": "The keys are with the porter.",
}


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


def of_brill(brill, by) -> Letter:
    """A letter of hers that waits to be posted: she does not want to be asked, either."""
    Letterhead.objects.create(client=brill.row, name="Brill", signer="Sam", needs_approval=False)
    letter = lettering.begin(brill.row, by=by, at=clock.now())
    words = {each: getattr(lettering.newest_of(letter), each) for each in lettering.WORDS}
    words |= SAID | {"subject": "Brill’s keys"}
    lettering.save(letter, words, version=letter.version, by=by, at=clock.now())
    lettering.release(letter, version=letter.version, by=by, at=clock.now())
    return letter


def test_two_who_need_not_be_asked_are_printed_together_and_each_finds_hers(office, okafor):
    brill = office.client("Brill Dental", country="GB", currency="GBP")
    marcus = office.secretary("Marcus", okafor, brill)
    other = of_brill(brill, marcus.user)
    portal = says_how_her_letters_go(office, okafor, "Okafor and Daughters")

    desk = office.enters(marcus, to=reverse("letters-letterheads"))
    presses(desk.get_by_role("link", name="Okafor Legal"))
    expect(desk.locator(".facts")).to_contain_text("Head of Okafor and Daughters")
    expect(desk.get_by_role("img", name="A letter of Okafor Legal")).to_be_visible()
    expect(desk.get_by_role("link", name="Change")).to_have_count(0)
    go_to(desk, f"{reverse('letters-new')}?client={okafor.row.pk}")
    presses(desk.get_by_role("button", name="Begin the letter for Okafor Legal"))
    for name, words in (SAID | {"subject": "Okafor’s keys"}).items():
        desk.locator(f"#id_{name}").fill(words)
    presses(desk.get_by_role("button", name="Save and look at it"))
    presses(desk.get_by_role("button", name="Post without asking"))
    expect(desk.locator("#letter .slip-head")).to_contain_text("To be posted")

    go_to(desk, reverse("letters-runs-together"))
    picks(desk.get_by_label("All of them go by"), "Signed for")
    presses(desk.get_by_role("button", name="Put the file together"))
    office.eventually(lambda: PrintRun.objects.filter(state="made").count() == 2)
    expect(desk.get_by_role("link", name="The file")).to_be_visible()  # it comes without a reload
    presses(desk.get_by_role("link", name="Okafor Legal"))
    types(desk.get_by_label("Postage of one letter"), "3.35")
    desk.locator("input[type=file]").set_input_files(RECEIPT)
    presses(desk.get_by_role("button", name="They are in the post"))
    expect(desk.get_by_text("1 letter is in the post.")).to_be_visible()
    other.refresh_from_db()
    assert other.state == "ready"

    go_to(portal, reverse("letters-portal"))
    expect(portal.get_by_role("link", name="Brill’s keys")).to_have_count(0)
    presses(portal.get_by_role("link", name="Okafor’s keys"))
    expect(portal.locator("main")).to_contain_text(SAID["body"])
    expect(portal.get_by_role("link", name="Proof")).to_be_visible()


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
