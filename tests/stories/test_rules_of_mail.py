"""A client tries out what becomes of her mail before any of it comes, or on what has come already."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from messages_app.models import Mailbox, MailRule, MailThread

from . import by_keyboard as keys
from .looking import go_to

pytestmark = pytest.mark.slow  # likewise in rooms: tests/messages_app/mail/test_rehearsing.py
DANA, SHOP, NGOZI = "dana@harlow.example", "news@shop.example", "ngozi@okafor.example"
COURT = "Court: the hearing is moved"


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


def comes(office, desk, about, sender=DANA):
    office.outside.write(NGOZI, about, "See above.", sender=sender)
    expect(desk.get_by_role("link", name=about)).to_be_visible()


def writes_a_rule(portal, what, asks, words, when="At any hour"):
    """What is done, and with which mail."""
    portal.get_by_role("link", name="New rule").click()
    portal.get_by_label("What is done").select_option(label=what)
    portal.get_by_label(asks, exact=True).fill(words)
    portal.get_by_label("When it comes").select_option(label=when)
    portal.get_by_role("button", name="Save").click()
    expect(portal.get_by_role("heading", name="Rules")).to_be_visible()


def tries(portal, sender, about, *, closed=False):
    """A mail that nobody has written."""
    portal.get_by_label("Who writes").fill(sender)
    portal.get_by_label("Subject").fill(about)
    portal.get_by_label("While you are closed").set_checked(closed)
    portal.get_by_role("button", name="See what happens").click()


def test_rules_are_tried_out_on_what_came_and_on_what_nobody_wrote(office, okafor, priya, mailbox):
    """By mouse the client, by keyboard the secretary, with whom it turns out as it was tried."""
    desk = office.enters(priya, to=reverse("inbox"))
    comes(office, desk, "Lease")
    comes(office, desk, "Sale of chairs", SHOP)
    portal = office.enters(okafor.owner, to=reverse("mail-portal"))
    main = portal.locator("main")
    writes_a_rule(portal, "Junk", "Address or domain of the author", "shop.example")
    writes_a_rule(
        portal, "Urgent: passed on at once", "Words of the subject", "court, bailiff", "While you are open"
    )

    portal.get_by_role("link", name="Try them out").click()
    came = main.locator(".facts-rows > div")
    expect(came.filter(has_text="Sale of chairs")).to_contain_text("Junk from shop.example")
    expect(came.filter(has_text="Lease")).to_contain_text("Answer no rule says otherwise")

    decides, passed = main.get_by_role("heading", level=2), main.locator(".facts-rows > div")
    tries(portal, DANA, COURT)
    expect(decides).to_have_text("Urgent: passed on at once")
    expect(main).to_contain_text("Because: with “court, bailiff” in the subject, while you are open.")
    expect(passed).to_have_count(1)
    expect(passed.filter(has_text="Mail from shop.example")).to_contain_text("somebody else wrote it")
    tries(portal, DANA, COURT, closed=True)
    expect(decides).to_have_text("Answer")
    expect(main).to_contain_text("Because: no rule says otherwise.")
    expect(passed.filter(has_text="court")).to_contain_text("you were closed")
    expect(passed.filter(has_text="shop.example")).to_contain_text("somebody else wrote it")
    expect(portal.get_by_label("Subject")).to_have_value(COURT)  # to be tried once more, a little otherwise
    tries(portal, SHOP, "Lamps")
    expect(decides).to_have_text("Junk")

    # Nothing has come of it, and nobody was told; what came before the rules stays where it was.
    office.settle()
    mobile = okafor.owner.addresses.get(kind="mobile").value
    assert (office.outside.texts_to(mobile), office.outside.mail()) == ([], [])
    assert set(MailThread.objects.values_list("subject", "verdict")) == {
        ("Lease", "answer"),
        ("Sale of chairs", "answer"),
    }
    go_to(desk, reverse("inbox"))
    expect(desk.locator(".mail-rows").get_by_role("link")).to_have_count(2)

    comes(office, desk, COURT)
    keys.presses(desk.get_by_role("link", name=COURT))
    expect(desk.locator(".facts").first).to_contain_text(
        "because: with “court, bailiff” in the subject, while the client is open"
    )
    office.eventually(lambda: office.outside.texts_to(mobile))


def test_what_a_proposed_rule_would_have_caught_is_looked_at_before_it_is_accepted(
    office, okafor, priya, mailbox
):
    """By keyboard both."""
    desk = office.enters(priya, to=reverse("inbox"))
    comes(office, desk, "Lease")
    comes(office, desk, "Sale of chairs", SHOP)
    keys.comes_to(desk.get_by_role("link", name="Sale of chairs"), "j")
    desk.keyboard.press("x")
    expect(desk.get_by_text(f"Always “Junk” for mail from {SHOP}?")).to_be_visible()
    desk.keyboard.press("p")
    office.eventually(MailRule.objects.filter(state="proposed").exists)
    comes(office, desk, "Sale of lamps", SHOP)  # the rule is not in force yet

    portal = office.enters(okafor.owner, to=reverse("mail-portal"))
    keys.presses(portal.get_by_role("link", name=f"What the rule for mail from {SHOP} would have caught"))
    main = portal.locator("main")
    expect(main).to_contain_text(f"Junk: mail from {SHOP}. Proposed, and not in force.")
    caught = main.locator(".facts-rows > div")
    expect(caught).to_have_count(2)
    expect(caught.filter(has_text="Sale of chairs")).to_be_visible()
    expect(caught.filter(has_text="Sale of lamps")).to_be_visible()
    expect(desk.get_by_role("link", name="Sale of lamps")).to_be_visible()
    assert MailThread.objects.get(subject="Sale of lamps").verdict == "answer"
    assert not MailRule.objects.filter(state="in_force").exists()

    keys.presses(main.get_by_role("link", name="Mail"))
    keys.presses(portal.get_by_role("button", name=f"Accept the rule for mail from {SHOP}"))
    expect(portal.get_by_role("button", name=f"End the rule for mail from {SHOP}")).to_be_visible()
    office.outside.write(NGOZI, "Sale of rugs", "See above.", sender=SHOP)
    office.eventually(MailThread.objects.filter(subject="Sale of rugs", verdict="junk").exists)
    go_to(desk, f"{reverse('inbox')}?show=junk")
    expect(desk.get_by_role("link", name="Sale of rugs")).to_be_visible()
