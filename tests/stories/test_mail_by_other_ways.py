"""Mail for a client where one more takes part: a colleague who reads it first, her telephone, two ways in."""

from email import message_from_bytes, policy

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from clients.models import Ladder, Rung
from messages_app.models import Mail, Mailbox, MailPlace, MailRule
from secretariat.local.outside import letters

from . import by_keyboard as keys
from .by_provider import brings
from .looking import go_to
from .own_mailbox import NGOZI

pytestmark = pytest.mark.slow
DANA = "dana@harlow.example"


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


def test_a_second_person_at_the_desk_reads_it_before_it_leaves(office, okafor, priya, mailbox):
    Mailbox.objects.update(needs_approval=True)
    marcus = office.secretary("Marcus", okafor)
    desk, beside = office.enters(priya, to=reverse("inbox")), office.enters(marcus, to=reverse("work"))
    office.outside.write(NGOZI, "Hours", "When do you open?", sender=DANA)
    desk.get_by_role("link", name="Hours").click()
    expect(desk.get_by_role("heading", name="Hours")).to_be_visible()
    desk.keyboard.press("r")
    keys.types(desk.get_by_label("Words"), "We open at eight.")
    desk.keyboard.press("Control+Enter")
    expect(desk.get_by_role("button", name="Go on writing")).to_be_visible()
    expect(desk.get_by_role("button", name="Approve, and send it")).to_have_count(0)  # not her own

    go_to(beside, reverse("outgoing-list"))
    keys.presses(beside.get_by_role("link", name="Re: Hours"))
    expect(beside.locator("main")).to_contain_text("We open at eight.")
    keys.types(beside.get_by_label("What should change"), "At nine.")
    keys.presses(beside.get_by_role("button", name="Ask for a change"))
    expect(desk.get_by_text("Marcus asks for a change:")).to_be_visible()
    desk.get_by_label("Words").fill("We open at nine.")
    desk.get_by_role("button", name="Ask for approval").click()
    expect(desk.get_by_role("button", name="Go on writing")).to_be_visible()

    go_to(beside, reverse("outgoing-list"))
    beside.get_by_role("link", name="Re: Hours").first.click()
    expect(beside.locator("main ins")).to_contain_text("nine")
    beside.get_by_role("button", name="Approve, and send it").click()
    office.passes(11)
    [mail] = office.eventually(lambda: office.outside.mail(DANA))
    assert "We open at nine." in mail["text"]
    assert "Marcus" not in mail["text"]
    portal = office.enters(okafor.owner, to=reverse("mail-history"))
    expect(portal.get_by_role("link", name="Hours")).to_contain_text("Priya answered it")


def test_what_is_urgent_rings_her_and_she_acknowledges_by_a_key(office, okafor, priya, mailbox):
    MailRule.objects.create(client=okafor.row, verdict="urgent", subject="court")
    ladder = Ladder.objects.create(client=okafor.row, wait_minutes=2, passes=1)
    Rung.objects.create(client=okafor.row, ladder=ladder, contact=okafor.owner, channel="call", rank=0)
    hers = office.mobile_of(okafor.owner)
    hers.is_by_its_owner()
    desk = office.enters(priya, to=reverse("inbox"))
    office.outside.write(NGOZI, "Court: the hearing is moved", "It is tomorrow at nine.", sender=DANA)
    expect(desk.get_by_role("link", name="Court: the hearing is moved")).to_contain_text("Urgent")
    office.eventually(lambda: hers.rings)
    hers.answers()
    hers.presses("1")  # she is who she is rung for, and may hear it
    office.eventually(lambda: any("tomorrow at nine" in words for words in hers.heard()))
    hers.presses("1")  # and has heard it
    expect(desk.get_by_role("link", name="Court: the hearing is moved")).to_contain_text("acknowledged")
    portal = office.enters(okafor.owner, to=reverse("mail-history"))
    keys.presses(portal.get_by_role("link", name="Court: the hearing is moved"))
    expect(portal.locator(".facts").first).to_contain_text("your rule for mail with “court” in the subject")
    expect(portal.locator(".facts").first).to_contain_text("Acknowledged by Owner of Okafor Legal")


def sent_on(office, letter, ours) -> None:
    """Her provider sends it on, and ours posts it: the same mail with a head of one line more."""
    forwarded = message_from_bytes(letter.as_bytes(), policy=policy.default)
    forwarded["X-Forwarded-To"] = ours
    brings(office, forwarded, ours)


def test_what_is_sent_on_to_us_and_read_in_her_mailbox_is_one_mail(office, okafor, priya, hers, watched):
    portal = office.enters(okafor.owner, to=reverse("mail-portal"))
    portal.get_by_role("link", name="Send it on to us").click()
    portal.get_by_label("E-mail address").fill(NGOZI)
    portal.get_by_role("button", name="Give me an address").click()
    expect(portal.get_by_role("heading", name=NGOZI)).to_be_visible()
    ours = Mailbox.objects.get().our_address
    desk = office.enters(priya, to=reverse("inbox"))
    lease, rent = (
        letters.written(f"Dana Reyes <{DANA}>", NGOZI, about, "When?") for about in ("Lease", "Rent")
    )
    sent_on(office, lease, ours)
    expect(desk.get_by_role("link", name="Lease")).to_be_visible()
    hers.receives(lease.as_bytes())
    hers.receives(rent.as_bytes())
    expect(desk.get_by_role("link", name="Rent")).to_be_visible()
    sent_on(office, rent, ours)
    office.eventually(MailPlace.objects.filter(mail__subject="Lease").exists)
    office.settle()
    go_to(desk, reverse("inbox"))
    for about in ("Lease", "Rent"):
        expect(desk.get_by_role("link", name=about)).to_have_count(1)
        assert Mail.objects.filter(subject=about).count() == 1
    hers.deletes("Lease")  # whichever way it came first, it is the one that lies there
    office.passes(61)
    expect(desk.get_by_role("link", name="Lease")).to_have_count(0)
    expect(desk.get_by_role("link", name="Rent")).to_have_count(1)
