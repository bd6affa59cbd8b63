"""What only a browser shows of dictation: the player beside the text, and its keys."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from calls.dictation import dictating
from calls.models import Dictation, DictationPart
from clients.models import Correspondent
from messages_app.models import DictatedDraft, Mailbox
from secretariat.local.carrier import sound

from . import by_keyboard as keys
from .looking import go_to
from .passing import day

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


def test_a_recording_that_comes_is_heard_without_a_reload_and_not_while_she_listens(office):
    okafor = office.client("Okafor Legal")
    priya = office.secretary("Priya", okafor)
    portal = office.enters(okafor.owner, to=reverse("dictation-new"))
    minute = {"name": "lease.wav", "mimeType": "audio/wav", "buffer": sound.wav(60)}
    for _part in range(2):
        go_to(portal, reverse("dictation-new")).get_by_label("Recording").set_input_files(minute)
        portal.get_by_role("button", name="Send to your secretary").click()
        expect(portal.locator("body")).to_contain_text("Your secretary has it")
    item = Dictation.objects.get(number=1)
    parts = list(DictationPart.objects.order_by("created_at"))
    DictationPart.objects.filter(pk=parts[1].pk).update(dictation=item, rank=2)
    DictationPart.objects.update(state="fetching", media_id=None)

    def comes(part):
        DictationPart.objects.filter(pk=part.pk).update(state="ready", media_id=part.media_id)
        dictating.announce(item)

    desk = office.enters(priya, to=reverse("dictation", args=[item.pk]))
    audio, at = desk.locator("audio"), desk.locator("[data-player-at]")
    expect(desk.locator("#recording")).to_contain_text("Being fetched from the carrier")
    expect(audio).to_have_count(0)
    comes(parts[0])
    expect(audio).to_have_count(1)
    desk.get_by_role("button", name="Forward 5 s").click()
    desk.get_by_role("button", name="Play").click()
    expect(at).to_have_text(re.compile("0:0[6-9]"))
    comes(parts[1])
    expect(at).to_have_text(re.compile("0:(09|1)"))
    expect(audio).to_have_count(1)  # she listens
    desk.get_by_role("button", name="Pause").click()
    expect(audio).to_have_count(2)
    expect(desk.locator("[data-player-of]")).to_have_text("2:00")
    expect(at).to_have_text(re.compile("0:(09|[1-5])"))
    expect(desk.locator("#recording")).not_to_have_attribute("hx-get", re.compile(""))


def test_enter_in_a_field_leaves_the_draft_what_it_is(office):
    """A mail stays a mail, and is shown to nobody yet; in the address book Enter puts in whom she means."""
    okafor = office.client("Okafor Legal")
    priya = office.secretary("Priya", okafor)
    Mailbox.objects.create(client=okafor.row, address="ngozi@okafor.example", incoming="ours")
    dana = Correspondent.objects.create(client=okafor.row, name="Dana Reyes")
    dana.addresses.create(client=okafor.row, kind="email", value="dana@harlow.example")
    hands_in(office, okafor)
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


def hands_in(office, okafor):
    portal = office.enters(okafor.owner, to=reverse("dictation-new"))
    recording = {"name": "lease.wav", "mimeType": "audio/wav", "buffer": sound.wav(5)}
    portal.get_by_label("Recording").set_input_files(recording)
    portal.get_by_role("button", name="Send to your secretary").click()
    expect(portal.locator("body")).to_contain_text("Your secretary has it, as dictation 1.")
    return portal


def test_whom_she_wants_to_meet_is_invited_once_she_has_agreed(office):
    """By keyboard the secretary; the client, by mouse, wants somebody else there before she agrees."""
    okafor = office.client("Okafor Legal", opens="00:00", closes="00:00")
    priya = office.secretary("Priya", okafor)
    for name in ("Dana Reyes", "Tom Harlow"):
        person = Correspondent.objects.create(client=okafor.row, name=name)
        address = f"{name.split()[0].lower()}@harlow.example"
        person.addresses.create(client=okafor.row, kind="email", value=address)
    portal = hands_in(office, okafor)
    desk = office.enters(priya, to=reverse("dictation", args=[Dictation.objects.get().pk]))
    desk.get_by_role("button", name="Type it").click()
    keys.presses(desk.get_by_role("button", name="Meeting"))
    expect(desk.get_by_label("Day")).to_be_visible()  # a mail has a subject, too
    keys.types(desk.get_by_label("Subject"), "The lease")
    keys.types_day(desk.get_by_label("Day"), day(2))
    keys.types(desk.get_by_label("Begins at, by the client’s clock"), "1100AM")
    words, guests = desk.get_by_label("Words"), desk.get_by_label("Guests, a line each")
    words.fill("Bring the plan.")

    def comes(name: str) -> None:
        keys.types(desk.get_by_label("From the address book"), name)
        desk.keyboard.press("Enter")
        expect(guests).to_have_value(re.compile(name))

    comes("Dana Reyes")
    expect(words).to_have_value("Bring the plan.")
    desk.keyboard.press("Control+Enter")
    expect(desk.locator("#dictated")).to_contain_text("Shown to Owner of Okafor Legal")

    go_to(portal, reverse("dictated-approval", args=[DictatedDraft.objects.get().pk]))
    expect(portal.locator(".facts")).to_contain_text("Dana Reyes <dana@harlow.example>")
    portal.get_by_label("What is to be changed").fill("Tom as well, please.")
    portal.get_by_role("button", name="Ask for a change").click()
    expect(portal.get_by_text("Your secretary is changing it.")).to_be_visible()
    expect(desk.get_by_text("Tom as well, please.").first).to_be_visible()
    comes("Tom Harlow")
    desk.keyboard.press("Control+Enter")
    expect(portal.locator("ins")).to_contain_text("tom@harlow.example")  # nobody loaded the page anew
    portal.get_by_role("button", name="Agree").click()
    expect(portal.get_by_text("Agreed. It is on its way.")).to_be_visible()

    for address in ("dana@harlow.example", "tom@harlow.example"):
        [invitation] = office.eventually(lambda address=address: office.outside.mail(address))
        assert invitation["subject"] == "Invitation: The lease"
        assert priya.user.email not in str(invitation)
        assert "Bring the plan." not in str(invitation)
    keys.presses(desk.get_by_role("link", name="See what it became"))
    expect(desk.locator("main")).to_contain_text("Tom Harlow")


def test_what_she_types_while_somebody_is_put_in_for_her_stays(office):
    """On a slow line the page with the address comes a while after she has pressed, and she goes on."""
    okafor = office.client("Okafor Legal")
    priya = office.secretary("Priya", okafor)
    Mailbox.objects.create(client=okafor.row, address="ngozi@okafor.example", incoming="ours")
    dana = Correspondent.objects.create(client=okafor.row, name="Dana Reyes")
    dana.addresses.create(client=okafor.row, kind="email", value="dana@harlow.example")
    hands_in(office, okafor)
    desk = office.enters(priya, to=reverse("dictation", args=[Dictation.objects.get().pk]))
    desk.get_by_role("button", name="Type it").click()
    words = desk.get_by_label("Words")
    words.fill("We agree")
    desk.get_by_label("From the address book").fill("Dana Reyes")
    on_its_way = []
    desk.route("**/book/", lambda route: on_its_way.append(route))
    with desk.expect_request("**/book/"):
        desk.keyboard.press("Enter")
    words.press("End")
    desk.keyboard.type(" to the lease.")
    on_its_way[0].continue_()
    expect(desk.get_by_label("To", exact=True)).to_have_value("dana@harlow.example")
    expect(words).to_have_value("We agree to the lease.")
    expect(words).to_be_focused()
    desk.keyboard.type(" Gladly.")
    whole = {"to": "dana@harlow.example", "words": "We agree to the lease. Gladly."}
    office.eventually(lambda: whole.items() <= DictatedDraft.objects.get().values.items())
