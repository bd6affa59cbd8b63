"""An answer comes back for good: who wrote it sees so, nothing more goes there until somebody has asked."""

from email import message_from_string, policy

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from clients.models import Suppression
from messages_app.models import Mailbox, OutgoingMail
from tests.messages_app.mail.provider_events import GONE, postmark
from tests.messages_app.mail.test_coming_back import REPORT

from . import by_keyboard as keys
from .by_provider import brings, posts
from .looking import go_to

pytestmark = pytest.mark.slow  # likewise in rooms: tests/messages_app/mail/test_coming_back.py
DANA, NGOZI = "dana@harlow.example", "ngozi@okafor.example"
STOPPED = f"Nothing is sent to {DANA}: mail came back for good. A supervisor can have it sent to again."


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


def the_provider_tells_it(office, message_id):
    path, body, _kind, _headers = postmark(GONE, message_id, DANA)
    posts(office, path, body)


def her_mail_server_reports_it(office, message_id):
    """RFC 3464, to the address in whose name it was written."""
    report = REPORT.format(address=DANA, message_id=message_id, number=1)
    brings(office, message_from_string(report, policy=policy.default), NGOZI)


@pytest.mark.parametrize("comes_back", [the_provider_tells_it, her_mail_server_reports_it])
@pytest.mark.console_may_complain  # the browser reports an answer of 422, which keeps what was typed
def test_nothing_goes_to_an_address_from_which_mail_came_back_until_it_is_asked_after(
    office, okafor, priya, mailbox, comes_back
):
    """By keyboard the secretary, by mouse the firm and the client."""
    desk, main = answered(office, priya)
    assert len(office.outside.mail(DANA)) == 1
    comes_back(office, OutgoingMail.objects.get().message_id)
    expect(main).to_contain_text(STOPPED)  # the page was open, and says it by itself
    lost = f"{DANA} did not get it: it came back."
    desk.reload()
    expect(main.locator("details", has_text="We open at nine.").first).to_contain_text(lost)
    go_to(desk, reverse("work"))
    keys.presses(main.get_by_role("link", name="A mail in the client’s name did not reach everybody."))
    keys.presses(main.get_by_role("link", name="Go to where it is done"))
    expect(main).to_contain_text("Did not reach everybody")
    expect(main).to_contain_text(lost)
    portal = office.enters(okafor.owner, to=reverse("mail-history"))
    portal.get_by_role("link", name=f"Hours {DANA}").click()
    expect(portal.locator("main")).to_contain_text(lost)

    # What she types next is refused, with the reason, and stays typed.
    go_to(desk, f"{reverse('inbox')}?show=waiting")
    begins_to_answer(desk)
    keys.types(desk.get_by_label("Words"), "Did my answer reach you?")
    desk.keyboard.press("Control+Enter")
    expect(main).to_contain_text(STOPPED)
    expect(desk.get_by_label("Words")).to_have_value("Did my answer reach you?")
    expect(desk.get_by_label("To", exact=True)).to_have_value(DANA)

    firm = office.enters(office.supervisor(), to=reverse("suppressed"))
    expect(firm.get_by_role("link", name="Not sent to")).to_have_attribute("aria-current", "page")
    firm.get_by_role("link", name=DANA).click()
    expect(firm.locator(".facts")).to_contain_text("Mail came back for good")
    firm.get_by_label("What you found out").fill("She rang: the mailbox is there again.")
    firm.get_by_role("button", name="Send to it again").click()
    expect(firm.get_by_text("It is sent to again from now on.")).to_be_visible()
    expect(firm.get_by_role("link", name=DANA)).to_have_count(0)
    firm.get_by_role("link", name="Sent to again").click()
    expect(firm.get_by_role("link", name=DANA)).to_be_visible()

    desk.keyboard.press("Control+Enter")
    expect(desk.get_by_role("button", name="Take it back")).to_be_visible()
    office.passes(11)
    newest = office.eventually(lambda: office.outside.mail(DANA)[:-1])[0]
    assert "Did my answer reach you?" in newest["text"]
    assert Suppression.objects.get().lifted_why == "She rang: the mailbox is there again."


def answered(office, priya):
    """An answer of hers has left, and its conversation is open before her."""
    desk = office.enters(priya, to=reverse("inbox"))
    office.outside.write(NGOZI, "Hours", "When do you open?", sender=DANA)
    begins_to_answer(desk)
    keys.types(desk.get_by_label("Words"), "We open at nine.")
    desk.keyboard.press("Control+Enter")
    expect(desk.get_by_role("button", name="Take it back")).to_be_visible()
    office.passes(11)
    office.eventually(OutgoingMail.objects.filter(state="sent").exists)
    go_to(desk, f"{reverse('inbox')}?show=waiting")
    desk.get_by_role("link", name="Hours").click()
    main = desk.locator("main")
    expect(main.get_by_role("heading", name="Hours")).to_be_visible()
    return desk, main


def begins_to_answer(desk):
    desk.get_by_role("link", name="Hours").click()
    expect(desk.get_by_role("heading", name="Hours")).to_be_visible()
    desk.keyboard.press("r")
    expect(desk.locator("#outgoing-form")).to_be_visible()
