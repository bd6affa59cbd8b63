"""From a dictation, a letter and an envelope to what the client reads, each with a browser on both sides."""

import re
from decimal import Decimal

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from clients.models import Correspondent, PostalAddress
from messages_app.models import Letter, Letterhead, LetterTemplate, Mailbox, Message, PostRules, PrintRun
from secretariat import clock
from secretariat.books import billing
from secretariat.books.models import ClientPlan

from .looking import go_to

pytestmark = pytest.mark.slow
DANA = "dana@harlow.example"


@pytest.fixture
def okafor(office):
    return office.client("Okafor Legal", country="GB")


@pytest.fixture
def priya(office, okafor):
    return office.secretary("Priya", okafor)


def test_what_she_records_in_the_portal_is_typed_approved_by_its_link_and_sent(office, okafor, priya):
    Mailbox.objects.create(
        client=okafor.row, address="ngozi@okafor.example", incoming="ours", needs_approval=True
    )
    portal = office.enters(okafor.owner, to=reverse("dictation-new"))
    portal.get_by_role("button", name="Record now").click()
    expect(portal.get_by_role("status").filter(has_text="Recording.")).to_be_visible()
    expect(portal.locator("[data-recorder-clock]")).to_have_text("0:01")
    portal.get_by_role("button", name="Stop").click()
    expect(portal.get_by_text("Recorded. Send it below")).to_be_visible()
    portal.get_by_role("button", name="Send to your secretary").click()
    expect(portal.locator("body")).to_contain_text("Your secretary has it, as dictation 1.")

    desk = office.enters(priya, to=reverse("dictation-queue"))
    desk.get_by_role("link", name="Okafor Legal").click()
    desk.get_by_role("button", name="Type it").click()
    desk.get_by_label("To", exact=True).fill(DANA)
    desk.get_by_label("Subject").fill("The lease")
    desk.get_by_label("Words").fill("We agree to the lease.")
    desk.keyboard.press("Control+Enter")
    expect(desk.locator("#dictated")).to_contain_text("Shown to Owner of Okafor Legal")

    [told] = office.eventually(lambda: office.outside.mail(okafor.owner.addresses.get(kind="email").value))
    link = re.search(r"https?://[^/]+(/d/\S+/)", told["text"]).group(1)
    stranger = office.browsers.context().new_page()  # who holds the link need not sign in
    stranger.goto(office.url + link)
    expect(stranger.locator("main")).to_contain_text("We agree to the lease.")
    stranger.get_by_role("button", name="Agree: it may be sent").click()
    expect(desk.locator("#dictated")).to_contain_text("Agreed by Owner of Okafor Legal")
    [sent] = office.eventually(lambda: office.outside.mail(DANA))
    assert sent["subject"] == "The lease"


def test_a_letter_from_a_template_is_printed_with_others_posted_and_billed(office, okafor, priya):
    Letterhead.objects.create(client=okafor.row, name="Okafor Legal", signer="Ada Okafor")
    LetterTemplate.objects.create(
        client=okafor.row, name="Keys", subject="Keys of {firm}", body="The keys are ready for you."
    )
    dana = Correspondent.objects.create(client=okafor.row, name="Dana Holt", firm="Holt & Daughters")
    place = {"street": "12 Mill Lane", "city": "Bath", "postcode": "BA1 2QH", "country": "GB"}
    PostalAddress.objects.create(client=okafor.row, correspondent=dana, **place)
    today = clock.now().astimezone(okafor.row.tz).date()
    ClientPlan.objects.create(
        client=okafor.row, name="By the minute", from_on=today.replace(day=1), price=Decimal("1.20")
    )

    desk = office.enters(priya, to=reverse("letters"))
    desk.keyboard.press("n")
    desk.get_by_role("link", name="Okafor Legal").click()
    desk.get_by_label("Template").select_option(label="Keys")
    desk.get_by_label("To whom").select_option(label=str(dana))
    desk.get_by_role("button", name="Begin the letter for Okafor Legal").click()
    desk.get_by_role("button", name="Save and look at it").click()
    expect(desk.get_by_role("img", name="Page 1 of the letter")).to_be_visible()
    desk.keyboard.press("a")
    expect(desk.get_by_text("The client can read it in the portal.")).to_be_visible()

    portal = office.enters(okafor.owner, to=reverse("letters-portal"))
    portal.get_by_role("link", name="Keys of Holt & Daughters").click()
    portal.get_by_role("button", name="Agree: it may be posted").click()
    expect(portal.locator("main")).to_contain_text("To be posted")

    go_to(desk, reverse("letters-runs"))
    desk.get_by_role("link", name="Okafor Legal").click()
    desk.get_by_label("Dana Holt").select_option(label="Registered")
    desk.get_by_role("button", name="Put the file together").click()
    expect(desk.get_by_role("link", name="The file")).to_be_visible()  # it comes without a reload
    assert PrintRun.objects.get().pages == 2
    desk.get_by_label("Postage of one letter").fill("7.35")
    desk.get_by_label("Paper and print of one page").fill("0.15")
    desk.get_by_label("Tracking number").fill("RM123456785GB")
    desk.get_by_role("button", name="They are in the post").click()
    expect(desk.get_by_text("1 letter is in the post.")).to_be_visible()
    go_to(portal, reverse("letters-portal-letter", args=[Letter.objects.get().pk]))
    expect(portal.locator("main")).to_contain_text("RM123456785GB")

    bill = billing.draft(okafor.row, today, at=clock.now())
    line = bill.lines.get(kind="extra")
    assert (line.words, line.amount) == ("Postage, paper and print", Decimal("7.50"))


def test_registered_post_is_told_at_once_and_its_pages_are_read_the_same_day(office, okafor, priya):
    PostRules.objects.create(client=okafor.row, address="Okafor Legal\nc/o 1 High Street", opens="all")
    desk = office.enters(priya, to=reverse("post"))
    desk.keyboard.press("n")
    desk.get_by_role("link", name="Okafor Legal").click()
    desk.get_by_label("What came").select_option(label="Registered or signed for")
    desk.get_by_label("From, as it stands on the envelope").fill("Bath County Court")
    desk.get_by_label("Where it lies").fill("Safe")
    desk.get_by_role("button", name="Note it for Okafor Legal").click()
    expect(desk.get_by_role("heading", name="Post 1 for Okafor Legal")).to_be_visible()
    assert Message.objects.get().urgency == Message.Urgency.URGENT
    office.eventually(lambda: office.outside.mail(okafor.owner.addresses.get(kind="email").value))

    pages = {"name": "writ.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 a writ"}
    desk.get_by_label("Scan or photograph").set_input_files(pages)
    desk.get_by_label("It was opened: these are its pages").check()
    desk.get_by_role("button", name="Keep the scan").click()
    expect(desk.get_by_role("link", name="Its pages")).to_be_visible()
    desk.keyboard.press("p")
    expect(desk.locator(".facts")).to_contain_text("Passed on")

    portal = office.enters(okafor.owner, to=reverse("post-portal"))
    portal.get_by_role("link", name="Bath County Court").click()
    expect(portal.get_by_role("link", name="Its pages")).to_be_visible()
    portal.get_by_label("What is to be done with it").select_option(index=1)
    portal.get_by_role("button", name="Tell your secretary").click()
    expect(portal.locator("main")).to_contain_text("Your secretary knows.")
    desk.reload()
    expect(desk.locator(".notice-warn").first).to_contain_text("Owner of Okafor Legal")
