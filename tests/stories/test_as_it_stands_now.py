"""What one changes while another has it open: nobody sends or agrees to what she has not seen."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from messages_app.answering import approving, claiming, drafting, sending_off
from messages_app.answering.sending_off import Said
from messages_app.letters import lettering
from messages_app.models import Letter, Letterhead, Mailbox, MailThread, OutgoingMail
from secretariat import clock
from tests.pdfs import a_pdf

from . import by_keyboard as keys

pytestmark = pytest.mark.slow
DANA = "dana@harlow.example"
LEASE = {"name": "lease.txt", "mimeType": "text/plain", "buffer": b"The other side's draft."}
PLAN = {"name": "plan.pdf", "mimeType": "application/pdf", "buffer": a_pdf()}


@pytest.fixture
def okafor(office):
    return office.client("Okafor Legal", opens="00:00", closes="00:00", country="GB")


@pytest.fixture
def priya(office, okafor):
    return office.secretary("Priya", okafor)


@pytest.fixture
def marcus(office, okafor):
    return office.secretary("Marcus", okafor)


@pytest.fixture
def mailbox(okafor):
    return Mailbox.objects.create(
        client=okafor.row, address="ngozi@okafor.example", name="Ngozi Okafor", incoming="ours"
    )


@pytest.fixture
def draft(mailbox, priya) -> OutgoingMail:
    facts = {"to": DANA, "subject": "Hours", "words": "We open at eight."}
    return drafting.begin(mailbox, by=priya.user, at=clock.now(), **facts)


@pytest.fixture
def sent_back(okafor, mailbox, draft, priya) -> OutgoingMail:
    """The client has read it, and asks for a change."""
    Mailbox.objects.update(needs_approval=True)
    draft.mailbox.refresh_from_db()
    said = Said(to=[DANA], cc=[], bcc=[], subject="Hours", words="We open at eight.")
    sending_off.send(draft, said, by=priya.user, at=clock.now())
    facts = {"by": okafor.owner.user, "at": clock.now()}
    assert approving.ask_for_change(approving.latest(draft), note="At nine, please.", **facts)
    return draft


def test_the_client_reads_what_was_changed_and_agrees_to_nothing_else(office, okafor, priya, sent_back):
    """By keyboard the secretary. The client has the mail open before it is asked about again."""
    portal = office.enters(okafor.owner, to=reverse("mail-approval", args=[sent_back.pk]))
    expect(portal.locator("main")).to_contain_text("A change is asked for")
    desk = office.enters(priya, to=reverse("outgoing", args=[sent_back.pk]))
    words = desk.get_by_label("Words")
    words.fill("We open at nine.")
    desk.keyboard.press("Control+Enter")
    expect(portal.locator("main ins")).to_contain_text("nine")  # nobody loaded the page anew
    approve = portal.get_by_role("button", name="Approve, and send it")
    expect(approve).to_be_visible()

    # While it waits for her word it stays as she reads it.
    keys.presses(desk.get_by_role("button", name="Go on writing"))
    words.fill("We open at ten.")
    desk.keyboard.press("Control+Enter")
    expect(desk.get_by_role("button", name="Go on writing")).to_be_visible()
    expect(portal.locator("main ins")).to_contain_text("nine")
    approve.click()
    expect(portal.get_by_text("There is a newer version. Here it is.")).to_be_visible()
    expect(portal.locator("main ins")).to_contain_text("ten")
    approve.click()
    expect(portal.get_by_text("Approved. It leaves now.")).to_be_visible()
    office.passes(11)
    [mail] = office.eventually(lambda: office.outside.mail(DANA))
    assert "We open at ten." in mail["text"]


@pytest.mark.console_may_complain  # the browser reports every request that is refused
def test_what_she_typed_while_another_wrote_is_there_once_she_has_taken_it_over(
    office, okafor, priya, marcus, mailbox
):
    """By keyboard; nothing of hers is written over what he has before him."""
    facts = {"subject": "Hours", "who": "Dana Reyes", "address": DANA}
    thread = MailThread.objects.create(client=okafor.row, mailbox=mailbox, **facts)
    draft = drafting.answer(thread, by=marcus.user, at=clock.now())
    claiming.claim(thread, by=marcus.user, at=clock.now())
    desk = office.enters(priya, to=reverse("outgoing", args=[draft.pk]))
    expect(desk.locator("#meanwhile")).to_contain_text("Marcus has taken this over and writes just now.")
    words = desk.get_by_label("Words")
    keys.types(words, "We open at nine.")
    expect(desk.locator("[data-draft-line]")).to_contain_text("Not saved yet, kept on this computer")
    desk.keyboard.press("Control+Enter")
    refusal = "It was not sent: Marcus has taken it over, and writes just now."
    expect(desk.locator("[data-error-summary]")).to_contain_text(refusal)
    expect(words).to_have_value("We open at nine.")
    assert "words" not in OutgoingMail.objects.get().values

    keys.presses(desk.get_by_role("button", name="Take it over"))
    expect(desk.locator("#meanwhile")).not_to_contain_text("Marcus")
    expect(words).to_have_value("We open at nine.")
    office.eventually(OutgoingMail.objects.filter(values__words="We open at nine.").exists)


@pytest.mark.console_may_complain  # the browser reports every request that is refused
def test_a_file_that_another_put_in_does_not_leave_before_she_has_seen_it(
    office, okafor, priya, marcus, draft
):
    """By keyboard she who sends, by mouse whoever puts it in."""
    page = reverse("outgoing", args=[draft.pk])
    desk, beside = office.enters(priya, to=page), office.enters(marcus, to=page)
    keys.types(desk.get_by_label("Words"), "Welcome! ")
    expect(desk.locator("[data-draft-line]")).to_contain_text("Draft saved")
    beside.get_by_label("A file to go with it").set_input_files(LEASE)
    beside.get_by_role("button", name="Let it go along").click()
    expect(beside.get_by_role("link", name="lease.txt")).to_be_visible()

    desk.keyboard.press("Control+Enter")
    summary = desk.locator("[data-error-summary]")
    expect(summary).to_contain_text("It was not sent: its files have been changed since.")
    expect(summary).to_contain_text("Goes with it now: lease.txt.")
    expect(desk.get_by_role("link", name="lease.txt")).to_be_visible()
    expect(desk.get_by_label("Words")).to_have_value("Welcome! We open at eight.")
    keys.presses(desk.get_by_role("button", name="Send for Okafor Legal"))
    expect(desk.get_by_role("button", name="Take it back")).to_be_visible()
    office.passes(11)
    [mail] = office.eventually(lambda: office.outside.mail(DANA))
    assert "Welcome!" in mail["text"]


def test_the_client_is_asked_about_a_letter_as_it_stands_on_the_page(office, okafor, priya, marcus):
    """By mouse whoever puts a file in; by keyboard she who asks, and who was about to put one in herself."""
    Letterhead.objects.create(client=okafor.row, name="Okafor Legal", signer="Ada Okafor")
    letter = whole_letter(okafor, priya)
    page = reverse("letters-letter", args=[letter.pk])
    desk, beside = office.enters(priya, to=page), office.enters(marcus, to=page)
    name = desk.get_by_label("What it is, as it stands under the letter")
    keys.types(name, "The lea")
    beside.get_by_label("What it is, as it stands under the letter").fill("The plan")
    beside.get_by_label("A PDF that goes with it").set_input_files(PLAN)  # no hand touches the page for it
    beside.get_by_role("button", name="Put it in").click()
    expect(beside.get_by_role("link", name="The plan")).to_be_visible()

    expect(desk.get_by_role("link", name="The plan")).to_be_visible()  # nobody loaded the page anew
    expect(name).to_be_focused()
    desk.keyboard.type("se")
    expect(name).to_have_value("The lease")
    keys.presses(desk.get_by_role("button", name="Ask Okafor Legal for approval"))
    expect(desk.get_by_text("The client can read it in the portal.")).to_be_visible()

    portal = office.enters(okafor.owner, to=reverse("letters-portal-letter", args=[letter.pk]))
    expect(portal.get_by_role("link", name="The plan")).to_be_visible()
    portal.get_by_label("What is to be changed").fill("Without the plan.")
    portal.get_by_role("button", name="Ask for a change").click()
    expect(portal.get_by_text("Your secretary reads what you want changed.")).to_be_visible()
    expect(desk.locator("#letter")).to_contain_text("Without the plan.")
    keys.presses(desk.get_by_role("button", name="Take out The plan"))
    expect(desk.get_by_role("link", name="The plan")).to_have_count(0)


def whole_letter(okafor, priya) -> Letter:
    letter = lettering.begin(okafor.row, by=priya.user, at=clock.now())
    newest = lettering.newest_of(letter)
    words = {each: getattr(newest, each) for each in lettering.WORDS}
    words |= {"name": "Dana Reyes", "street": "12 Mill Lane", "city": "Bath", "postcode": "BA1 2QH"}
    words |= {"subject": "The keys", "body": "They are with Priya."}
    lettering.save(letter, words, version=letter.version, by=priya.user, at=clock.now())
    return letter
