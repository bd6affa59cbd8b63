"""What only a browser shows of dictation: the player beside the text, and its keys."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from calls.models import Dictation
from clients.models import Correspondent
from messages_app.models import DictatedDraft, Mailbox
from secretariat.local.carrier import sound

pytestmark = pytest.mark.slow


def test_a_recording_from_the_portal_is_typed_beside_its_player(office):
    okafor = office.client("Okafor Legal")
    priya = office.secretary("Priya", okafor)
    portal = office.enters(okafor.owner, to=reverse("dictation-new"))
    recording = {"name": "lease.wav", "mimeType": "audio/wav", "buffer": sound.wav(60)}
    portal.get_by_label("Recording").set_input_files(recording)
    portal.get_by_role("button", name="Send to your secretary").click()
    expect(portal.locator("body")).to_contain_text("Your secretary has it, as dictation 1.")

    item = Dictation.objects.get()
    desk = office.enters(priya, to=reverse("dictation", args=[item.pk]))
    desk.get_by_role("button", name="Type it").click()
    words = desk.get_by_label("Words")
    words.fill("We agree to ")
    place, whole = desk.locator("[data-player-at]"), desk.locator("[data-player-of]")
    expect(whole).to_have_text("1:00")
    expect(desk.locator("audio")).to_be_hidden()
    desk.keyboard.press("F8")
    expect(place).to_have_text("0:05")
    desk.keyboard.press("F8")
    desk.keyboard.press("F7")
    expect(place).to_have_text("0:05")
    desk.get_by_role("button", name="Position into the text").click()
    expect(words).to_have_value("We agree to [0:05] ")
    desk.keyboard.press("Control+BracketRight")
    expect(desk.locator("[data-player-speed]")).to_have_text("1.1 ×")
    desk.keyboard.press("Control+Space")
    expect(desk.locator("[data-player-toggle]")).to_have_text("Pause")
    desk.keyboard.press("Control+Space")
    expect(desk.locator("[data-player-toggle]")).to_have_text("Play")
    expect(words).to_be_focused()
    expect(words).to_have_value("We agree to [0:05] ")

    # After a pause it begins a little earlier; it plays while held down; a position is heard again.
    audio = desk.locator("audio").first
    at = "audio => audio.currentTime"
    desk.keyboard.press("F8")
    desk.keyboard.press("F8")
    desk.keyboard.press("Control+Space")
    expect(place).to_have_text(re.compile("0:1[5-9]"))
    desk.keyboard.press("Control+Space")
    stopped = audio.evaluate(at)
    desk.keyboard.press("Control+Space")
    desk.keyboard.press("Control+Space")
    assert audio.evaluate(at) < stopped - 1
    desk.get_by_label("Plays only while the key is held").check()
    words.focus()
    desk.keyboard.down("F4")
    expect(desk.locator("[data-player-toggle]")).to_have_text("Pause")
    desk.keyboard.up("F4")
    expect(desk.locator("[data-player-toggle]")).to_have_text("Play")
    desk.get_by_role("button", name="Hear the position at the cursor").click()
    expect(desk.locator("[data-player-toggle]")).to_have_text("Pause")
    expect(place).to_have_text(re.compile("0:0[5-9]"))
    desk.get_by_role("button", name="Pause").click()
    kept = DictatedDraft.objects.filter(values__words="We agree to [0:05] ")
    office.eventually(kept.exists)


def test_enter_in_a_field_leaves_the_draft_what_it_is(office):
    """A mail stays a mail, and is shown to nobody yet; in the address book Enter puts in whom she means."""
    okafor = office.client("Okafor Legal")
    priya = office.secretary("Priya", okafor)
    Mailbox.objects.create(client=okafor.row, address="ngozi@okafor.example", incoming="ours")
    dana = Correspondent.objects.create(client=okafor.row, name="Dana Reyes")
    dana.addresses.create(client=okafor.row, kind="email", value="dana@harlow.example")
    portal = office.enters(okafor.owner, to=reverse("dictation-new"))
    recording = {"name": "lease.wav", "mimeType": "audio/wav", "buffer": sound.wav(5)}
    portal.get_by_label("Recording").set_input_files(recording)
    portal.get_by_role("button", name="Send to your secretary").click()
    expect(portal.locator("body")).to_contain_text("Your secretary has it, as dictation 1.")
    desk = office.enters(priya, to=reverse("dictation", args=[Dictation.objects.get().pk]))
    desk.get_by_role("button", name="Type it").click()
    desk.get_by_label("Subject").fill("The lease")
    desk.get_by_label("Words").fill("We agree.")
    desk.get_by_label("Subject").press("Enter")
    desk.get_by_label("From the address book").fill("Dana Reyes")
    desk.keyboard.press("Enter")
    expect(desk.get_by_label("To", exact=True)).to_have_value("dana@harlow.example")
    expect(desk.get_by_label("Subject")).to_have_value("The lease")
    draft = DictatedDraft.objects.get()
    assert (draft.kind, draft.state) == ("mail", "typing")
