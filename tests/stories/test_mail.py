"""Mail for a client: it arrives, is sorted, answered in her name or by herself; a browser on both sides."""

import re
from email import message_from_bytes, policy

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from messages_app.models import Mail, Mailbox, MailRule, MailThread, OutgoingMail
from secretariat.local.outside import letters

from . import by_keyboard as keys
from .looking import go_to
from .passing import LONDON, comes_to, day

pytestmark = pytest.mark.slow
DANA, NGOZI = "dana@harlow.example", "ngozi@okafor.example"


@pytest.fixture
def okafor(office):
    return office.client("Okafor Legal", opens="00:00", closes="00:00")


@pytest.fixture
def priya(office, okafor):
    return office.secretary("Priya", okafor)


@pytest.fixture
def mailbox(okafor):
    """An address that the firm's provider takes mail in for."""
    return Mailbox.objects.create(client=okafor.row, address=NGOZI, name="Ngozi Okafor", incoming="ours")


def writes(office, about="Hours", words="When do you open?", sender=DANA):
    office.outside.write(NGOZI, about, words, sender=sender)


def opens(desk, about):
    """A conversation, from the inbox, once it is there."""
    desk.get_by_role("link", name=about).click()
    expect(desk.get_by_role("heading", name=about)).to_be_visible()


# --- It arrives and is sorted ------------------------------------------------------------------------------


def test_what_is_urgent_by_her_rule_is_passed_on_and_acknowledged(office, okafor, priya, mailbox):
    portal = office.enters(okafor.owner, to=reverse("mail-portal"))
    portal.get_by_role("link", name="New rule").click()
    portal.get_by_label("what is done", exact=False).first.select_option(label="Urgent: passed on at once")
    portal.get_by_label("words of the subject", exact=False).fill("court")
    portal.get_by_role("button", name="Save").click()
    expect(portal.get_by_text("Urgent: passed on at once")).to_be_visible()

    desk = office.enters(priya, to=reverse("inbox"))
    writes(office, "Court: the hearing is moved", "It is tomorrow at nine.")
    expect(desk.get_by_role("link", name="Court: the hearing is moved")).to_contain_text("Urgent")
    mobile = okafor.owner.addresses.get(kind="mobile").value
    [text] = office.eventually(lambda: office.outside.texts_to(mobile))
    assert "hearing" not in text  # nothing of it stands on a locked screen

    phone = office.browsers.context(viewport={"width": 390, "height": 844}).new_page()
    phone.goto(re.search(r"http://\S+/m/\S+", text)[0])
    expect(phone.locator("main")).to_contain_text("It is tomorrow at nine.")
    phone.get_by_role("button", name="Acknowledge").click()
    expect(desk.get_by_role("link", name="Court: the hearing is moved")).to_contain_text("acknowledged")
    opens(desk, "Court: the hearing is moved")
    expect(desk.locator(".facts").first).to_contain_text("Acknowledged by Owner of Okafor Legal")
    expect(desk.locator(".facts").first).to_contain_text("with “court” in the subject")


def test_one_key_says_what_it_is_and_the_client_makes_it_a_rule(office, okafor, priya, mailbox):
    portal = office.enters(okafor.owner, to=reverse("mail-portal"))
    desk = office.enters(priya, to=reverse("inbox"))
    writes(office, "Buy now", "Cheap.", sender="shop@offers.example")
    expect(desk.get_by_role("link", name="Buy now")).to_be_visible()
    desk.keyboard.press("j")
    desk.keyboard.press("x")
    expect(desk.get_by_text("Always “Junk” for mail from shop@offers.example?")).to_be_visible()
    desk.keyboard.press("p")
    office.eventually(MailRule.objects.filter(state="proposed").exists)

    portal.reload()
    keys.presses(portal.get_by_role("button", name="Accept the rule for mail from shop@offers.example"))
    expect(portal.get_by_role("button", name="Accept the rule")).to_have_count(0)
    writes(office, "Buy once more", "Cheaper.", sender="shop@offers.example")
    office.eventually(MailThread.objects.filter(subject="Buy once more", verdict="junk").exists)
    go_to(desk, reverse("inbox"))
    expect(desk.get_by_text("No mail waits for an answer")).to_be_visible()


# --- It is answered ----------------------------------------------------------------------------------------


def begins_to_answer(desk, about="Hours"):
    opens(desk, about)
    desk.keyboard.press("r")
    expect(desk.locator("#outgoing-form")).to_be_visible()


def test_who_writes_is_seen_and_for_ten_seconds_it_can_be_taken_back(office, okafor, priya, mailbox):
    marcus = office.secretary("Marcus", okafor)
    desk, beside = office.enters(priya, to=reverse("inbox")), office.enters(marcus, to=reverse("inbox"))
    writes(office)
    begins_to_answer(desk)
    expect(beside.get_by_role("link", name="Hours")).to_contain_text("Priya writes")
    keys.types(desk.get_by_label("Words"), "We open at nein.")
    desk.keyboard.press("Control+Enter")
    expect(desk.get_by_role("button", name="Take it back")).to_be_visible()
    desk.keyboard.press("z")
    expect(desk.get_by_label("Words")).to_have_value("We open at nein.")
    assert office.outside.mail(DANA) == []

    desk.get_by_label("Words").fill("We open at nine.")
    desk.get_by_role("button", name="Send for Okafor Legal").click()
    office.passes(11)
    [mail] = office.eventually(lambda: office.outside.mail(DANA))
    assert "We open at nine." in mail["text"]
    expect(beside.get_by_role("link", name="Hours")).to_have_count(0)
    go_to(beside, f"{reverse('inbox')}?show=waiting")
    expect(beside.get_by_role("link", name="Hours")).to_contain_text("Answered")


@pytest.mark.console_may_complain  # the browser reports every request that is refused
def test_what_somebody_took_over_and_rewrote_is_not_sent_from_an_old_window(office, okafor, priya, mailbox):
    marcus = office.secretary("Marcus", okafor)
    desk, beside = office.enters(priya, to=reverse("inbox")), office.enters(marcus, to=reverse("inbox"))
    writes(office)
    begins_to_answer(desk)
    keys.types(desk.get_by_label("Words"), "We open at eight.")
    office.eventually(OutgoingMail.objects.filter(values__words="We open at eight.").exists)
    opens(beside, "Hours")
    beside.get_by_role("button", name="Take it over").click()
    expect(beside.get_by_label("Words")).to_have_value("We open at eight.")
    beside.get_by_label("Words").fill("We open at nine.")
    office.eventually(OutgoingMail.objects.filter(values__words="We open at nine.").exists)

    expect(desk.locator("#meanwhile")).to_contain_text("Marcus has taken this over")
    keys.types(desk.get_by_label("Words"), " Welcome!")
    desk.keyboard.press("Control+Enter")
    expect(desk.locator("#outgoing")).to_contain_text("It was not sent: Marcus has changed this mail since.")
    expect(desk.locator("#outgoing")).to_contain_text("We open at nine.")
    expect(desk.get_by_label("Words")).to_have_value("We open at eight. Welcome!")
    desk.get_by_role("button", name="What was saved elsewhere").click()
    expect(desk.get_by_label("Words")).to_have_value("We open at nine.")

    beside.get_by_label("Words").press("Control+Enter")
    expect(beside.get_by_role("button", name="Take it back")).to_be_visible()
    office.passes(11)
    [mail] = office.eventually(lambda: office.outside.mail(DANA))
    assert "We open at nine." in mail["text"]


def test_it_leaves_at_the_hour_that_was_asked_for(office, okafor, priya, mailbox):
    desk = office.enters(priya, to=reverse("inbox"))
    writes(office)
    begins_to_answer(desk)
    desk.get_by_label("Words").fill("We open at nine.")
    desk.get_by_text("Send later").click()
    desk.get_by_label("Send on").fill(day(2).isoformat())
    desk.get_by_label("at", exact=True).fill("08:30")
    desk.get_by_role("button", name="Send for Okafor Legal").click()
    expect(desk.get_by_text("Until then it can be taken back.")).to_be_visible()
    office.passes(3600)
    assert office.outside.mail(DANA) == []
    comes_to(office, day(2), "08:30")
    [mail] = office.eventually(lambda: office.outside.mail(DANA))
    assert "We open at nine." in mail["text"]
    office.settle()
    left = OutgoingMail.objects.get().settled_at.astimezone(LONDON)
    assert f"{left:%H:%M}" == "08:30"


def test_the_client_asks_for_a_change_and_then_approves_it(office, okafor, priya, mailbox):
    Mailbox.objects.update(needs_approval=True)
    desk = office.enters(priya, to=reverse("inbox"))
    portal = office.enters(okafor.owner, to=reverse("mail-approvals"))
    writes(office)
    begins_to_answer(desk)
    keys.types(desk.get_by_label("Words"), "We open at eight.")
    desk.keyboard.press("Control+Enter")
    expect(desk.get_by_role("button", name="Go on writing")).to_be_visible()

    hers = okafor.owner.addresses.get(kind="email").value
    [told] = office.eventually(lambda: office.outside.mail(hers))
    assert told["subject"] == "A mail waits for your word"
    assert "We open" not in told["text"]
    keys.presses(portal.get_by_role("link", name="Re: Hours"))
    expect(portal.locator("main")).to_contain_text("We open at eight.")
    keys.types(portal.get_by_label("What should change"), "At nine, please.")
    keys.presses(portal.get_by_role("button", name="Ask for a change"))
    expect(desk.get_by_text("At nine, please.")).to_be_visible()
    desk.get_by_label("Words").fill("We open at nine.")
    desk.get_by_role("button", name="Ask for approval").click()

    go_to(portal, reverse("mail-approvals"))
    portal.get_by_role("link", name="Re: Hours").first.click()
    expect(portal.locator("main ins")).to_contain_text("nine")
    portal.get_by_role("button", name="Approve, and send it").click()
    office.passes(11)
    [mail] = office.eventually(lambda: office.outside.mail(DANA))
    assert "We open at nine." in mail["text"]


def test_the_client_is_asked_and_the_answer_goes_on_with_what_she_says(office, okafor, priya, mailbox):
    desk = office.enters(priya, to=reverse("inbox"))
    writes(office)
    begins_to_answer(desk)
    keys.types(desk.get_by_label("Words"), "We open at ")
    expect(desk.locator("#outgoing-form")).to_contain_text("Draft saved")
    desk.get_by_text("Ask Okafor Legal first").click()
    desk.get_by_label("Question").fill("Nine or ten?")
    desk.get_by_role("button", name="Ask, and keep the draft").click()
    expect(desk.locator("#asked")).to_contain_text("Not answered yet")
    expect(desk.get_by_label("Words")).to_have_value("We open at ")

    portal = office.enters(okafor.owner, to=reverse("mail-approvals"))
    keys.presses(portal.get_by_role("link", name="asks you something"))
    keys.types(portal.get_by_label("Your answer"), "Nine.")
    keys.presses(portal.get_by_role("button", name="Answer"))
    expect(desk.locator("#asked")).to_contain_text("Nine.")
    desk.get_by_label("Words").fill("We open at nine.")
    desk.keyboard.press("Control+Enter")
    office.passes(11)
    [mail] = office.eventually(lambda: office.outside.mail(DANA))
    assert "We open at nine." in mail["text"]


def test_what_the_client_says_on_the_telephone_is_noted_and_what_is_typed_stays(
    office, okafor, priya, mailbox
):
    desk = office.enters(priya, to=reverse("inbox"))
    writes(office)
    begins_to_answer(desk)
    for question in ("Nine or ten?", "By train?"):
        desk.get_by_text("Ask Okafor Legal first").click()
        desk.get_by_label("Question").fill(question)
        desk.get_by_role("button", name="Ask, and keep the draft").click()
        expect(desk.locator("#asked")).to_contain_text(question)
    on_the_telephone = desk.locator(".asked").filter(has_text="Nine or ten?")
    keys.presses(on_the_telephone.get_by_text("told me"))
    said = on_the_telephone.get_by_label("What you were told")
    keys.types(said, "Nine, ")

    portal = office.enters(okafor.owner, to=reverse("mail-approvals"))
    portal.get_by_role("link", name="asks you something").last.click()
    portal.get_by_label("Your answer").fill("By car.")
    portal.get_by_role("button", name="Answer").click()
    expect(desk.locator("#asked")).to_contain_text("By car.")
    expect(said).to_be_focused()
    desk.keyboard.type("and she brings it.")
    keys.presses(on_the_telephone.get_by_role("button", name="Note the answer"))
    expect(on_the_telephone).to_contain_text("Nine, and she brings it.")
    expect(on_the_telephone).to_contain_text("By word of mouth")
    expect(desk.locator("#asked")).not_to_contain_text("Not answered yet")


@pytest.mark.console_may_complain  # the browser reports every request that fails
def test_what_is_typed_survives_a_reload_a_server_that_dies_and_the_sign_out(office, priya, mailbox):
    desk = office.enters(priya, to=reverse("inbox"))
    writes(office)
    begins_to_answer(desk)
    desk.get_by_label("Words").press_sequentially("We open at ni")
    desk.reload()
    expect(desk.get_by_label("Words")).to_have_value("We open at ni")
    office.stops("web")
    desk.get_by_label("Words").press_sequentially("ne.")
    expect(desk.locator("[data-draft-line]")).to_contain_text("kept on this computer")
    office.starts("web")
    office.eventually(OutgoingMail.objects.filter(values__words="We open at nine.").exists)
    desk.context.clear_cookies()
    again = office.enters(priya, to=reverse("outgoing", args=[OutgoingMail.objects.get().pk]))
    expect(again.get_by_label("Words")).to_have_value("We open at nine.")


# --- Her own mailbox, at a real server ---------------------------------------------------------------------


def letter(about="Hours", words="When do you open?", of=f"Dana Reyes <{DANA}>", to=NGOZI, answers=""):
    return letters.written(of, to, about, words, answers)


def test_she_answers_one_deletes_one_and_files_one_and_each_leaves_the_desk(office, priya, hers, watched):
    desk = office.enters(priya, to=reverse("inbox"))
    lease = letter("Lease")
    for each in (lease, letter("Rent"), letter("Deposit")):
        hers.receives(each.as_bytes())
    for about in ("Lease", "Rent", "Deposit"):
        expect(desk.get_by_role("link", name=about)).to_be_visible()  # told of by IDLE: no clock was moved
    assert "\\Seen" not in hers.flags("Lease")

    answer = letter("Re: Lease", "Yes.", of=NGOZI, to=DANA, answers=lease["Message-ID"])
    hers.files_as_sent(answer.as_bytes())
    hers.deletes("Rent")
    hers.files("Deposit", "Kept")
    office.passes(61)
    for about in ("Lease", "Rent", "Deposit"):
        expect(desk.get_by_role("link", name=about)).to_have_count(0)
    go_to(desk, f"{reverse('inbox')}?show=waiting")
    expect(desk.get_by_role("link", name="Lease")).to_contain_text("The client answered it herself")
    go_to(desk, f"{reverse('inbox')}?show=done")
    for about in ("Rent", "Deposit"):
        expect(desk.get_by_role("link", name=about)).to_contain_text("The client filed or deleted it herself")


def test_that_she_answered_while_a_draft_was_open_is_said_before_it_is_sent(
    office, priya, hers, watched, postmaster
):
    desk = office.enters(priya, to=reverse("inbox"))
    lease = letter("Lease")
    hers.receives(lease.as_bytes())
    begins_to_answer(desk, "Lease")
    keys.types(desk.get_by_label("Words"), "I shall ask her.")
    answer = letter("Re: Lease", "Yes, from May.", of=NGOZI, to=DANA, answers=lease["Message-ID"])
    hers.files_as_sent(answer.as_bytes())
    office.passes(61)
    expect(desk.locator("#meanwhile")).to_contain_text("The client answered this herself while you wrote")
    expect(desk.locator("#meanwhile")).to_contain_text("Yes, from May.")
    expect(desk.get_by_label("Words")).to_have_value("I shall ask her.")
    assert postmaster.taken == []


def test_an_answer_leaves_by_her_own_server_and_lies_in_her_sent_folder_once(
    office, priya, hers, watched, postmaster
):
    desk = office.enters(priya, to=reverse("inbox"))
    lease = letter("Lease")
    hers.receives(lease.as_bytes())
    begins_to_answer(desk, "Lease")
    keys.types(desk.get_by_label("Words"), "We sign on Friday.")
    desk.keyboard.press("Control+Enter")
    office.passes(11)
    office.eventually(lambda: postmaster.taken)
    [(sender, to, raw)] = postmaster.taken
    assert (sender, to) == (NGOZI, [DANA])
    mail = message_from_bytes(raw, policy=policy.default)
    assert NGOZI in mail["From"]
    assert mail["In-Reply-To"] == lease["Message-ID"]
    [copy] = office.eventually(hers.sent)
    assert message_from_bytes(copy)["Message-ID"] == mail["Message-ID"]
    office.passes(61)
    office.settle()
    assert len(hers.sent()) == 1
    assert Mail.objects.filter(direction="out").count() == 1  # the copy is known for what it is
