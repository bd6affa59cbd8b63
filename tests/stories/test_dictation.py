"""What only a browser shows of dictation: the player beside the text, and its keys."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from calls.models import Dictation
from messages_app.models import DictatedDraft
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
    kept = DictatedDraft.objects.filter(values__words="We agree to [0:05] ")
    office.eventually(kept.exists)
