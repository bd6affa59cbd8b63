"""What a client wants: something asked for with a photograph, and a change asked for by one tap."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from clients.models import WorkRecord
from messages_app.models import Mailbox
from secretariat.local.carrier import sound

from .by_keyboard import presses, types

pytestmark = pytest.mark.slow
PICTURE = {"name": "receipt.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n a receipt"}
NOTE = {"name": "note.wav", "mimeType": "audio/wav", "buffer": sound.wav(3)}


@pytest.fixture
def okafor(office):
    return office.client("Okafor Legal")


@pytest.fixture
def priya(office, okafor):
    return office.secretary("Priya", okafor)


def link_told_to(office, contact, nth: int) -> str:
    """The one-tap link of her so-and-so-many-th mail."""
    address = contact.addresses.get(kind="email").value
    told = office.eventually(lambda: len(found := office.outside.mail(address)) >= nth and found)
    return office.url + re.search(r"https?://[^/]+(/d/\S+/)", told[0]["text"]).group(1)


@pytest.mark.console_may_complain  # the photograph is none that a browser can draw
def test_what_she_asks_for_by_voice_and_photograph_is_answered_where_she_sees_it(office, okafor, priya):
    desk = office.enters(priya, to=reverse("requests"))
    expect(desk.get_by_text("Nobody asks for anything")).to_be_visible()
    portal = office.enters(okafor.owner, to=reverse("requests-portal"))
    presses(portal.get_by_role("link", name="Ask for something"))
    presses(portal.get_by_role("button", name="Send to your secretary"))
    expect(portal.locator("[data-error-summary]")).to_contain_text("Write or say what you would like.")
    types(portal.get_by_label("What can your secretary do for you?"), "A table for four, like last time")
    portal.get_by_label("Voice note").set_input_files(NOTE)
    portal.get_by_label("Photographs").set_input_files(PICTURE)
    presses(portal.get_by_role("button", name="Send to your secretary"))
    expect(portal.get_by_text("Your secretary has it.")).to_be_visible()

    row = desk.get_by_role("link", name=re.compile("A table for four"))  # it comes without a reload
    presses(row)
    expect(desk.locator("audio")).to_be_visible()
    expect(desk.get_by_alt_text("Photograph, file 2 of this request")).to_be_attached()
    types(desk.get_by_label("What you tell the client"), "It is booked for eight.")
    desk.keyboard.press("Control+Enter")
    expect(desk.locator("main")).to_contain_text("It is booked for eight.")
    expect(portal.locator("#asked")).to_contain_text("It is booked for eight.")
    told = office.eventually(lambda: office.outside.mail(okafor.owner.addresses.get(kind="email").value))
    assert "booked" not in told[0]["text"]
    assert WorkRecord.objects.filter(kind="request", secretary=priya).exists()


def test_by_one_tap_she_asks_for_a_change_and_sees_what_became_different(office, okafor, priya):
    Mailbox.objects.create(
        client=okafor.row, address="ngozi@okafor.example", incoming="ours", needs_approval=True
    )
    portal = office.enters(okafor.owner, to=reverse("dictation-new"))
    portal.get_by_label("Recording").set_input_files(NOTE)
    portal.get_by_role("button", name="Send to your secretary").click()
    desk = office.enters(priya, to=reverse("dictation-queue"))
    presses(desk.get_by_role("link", name="Okafor Legal"))
    presses(desk.get_by_role("button", name="Type it"))
    types(desk.get_by_label("To", exact=True), "dana@harlow.example")
    types(desk.get_by_label("Subject"), "The lease")
    types(desk.get_by_label("Words"), "We agree to the lease.")
    desk.keyboard.press("Control+Enter")
    expect(desk.locator("#dictated")).to_contain_text("Shown to")

    phone = office.browsers.context(viewport={"width": 390, "height": 844}).new_page()
    phone.goto(link_told_to(office, okafor.owner, 1))
    phone.get_by_role("button", name="Ask for a change").click()
    expect(phone.locator("main")).to_contain_text("We agree to the lease.")  # nothing is said yet
    phone.get_by_label("What is to be changed").fill("Not before Monday.")
    phone.get_by_role("button", name="Ask for a change").click()
    expect(phone.locator("main")).to_contain_text("Your secretary is told what should change")
    assert not office.outside.mail("dana@harlow.example")

    notice = desk.locator(".notice-warn", has_text="Not before Monday.")
    expect(notice).to_be_visible()  # without a reload, with the text to go on in
    desk.get_by_label("Words").fill("We agree to the lease from Monday.")
    desk.keyboard.press("Control+Enter")
    expect(desk.locator("#dictated")).to_contain_text("Shown to")
    phone.goto(link_told_to(office, okafor.owner, 2))
    expect(phone.locator("ins", has_text="from Monday").first).to_be_visible()
    phone.get_by_role("button", name="Agree: it may be sent").click()
    [sent] = office.eventually(lambda: office.outside.mail("dana@harlow.example"))
    assert "from Monday" in sent["text"]
