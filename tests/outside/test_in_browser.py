"""The pages alive: they follow what happens, keep what is being typed, and pass axe."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from .conftest import CALLER, LINE, MOBILE
from .test_mail import letter, send

GREETING = "<Say>Good afternoon, Okafor Legal.</Say><Pause length='600'/>"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def test_a_link_rings_at_once_and_only_once(visitor, outside, office):
    office.answer("/twilio/voice/", GREETING)
    page = visitor.new_page()
    page.goto(f"{outside.url}/?ring=%2B442079460101")
    expect(page.locator("#caller")).to_contain_text("Connected")
    page.reload()
    expect(page.locator("#caller")).to_contain_text("Connected")
    assert len(outside.state()["calls"]) == 1


def test_what_happens_shows_itself_and_what_is_typed_stays(visitor, process, outside, office):
    office.answer("/twilio/voice/", GREETING)
    outside.ring(LINE, caller=CALLER)
    page = visitor.new_page()
    page.goto(outside.url)
    words = page.get_by_label("Say something")
    words.press_sequentially("Has Ngozi seen cl")
    send(process, letter())
    expect(page.locator("#mailbox")).to_contain_text("Message from Dana Reyes")
    words.press_sequentially("ause 9?")
    expect(words).to_be_focused()
    expect(words).to_have_value("Has Ngozi seen clause 9?")
    words.press("Enter")
    expect(page.locator("#caller .own")).to_contain_text("Has Ngozi seen clause 9?")
    expect(words).to_have_value("")


def test_a_text_and_its_reply_without_leaving_the_page(visitor, outside, office):
    office.answer("/twilio/sms/", "<Message>Shall we ring? Open https://desk.example/m/7.</Message>")
    outside.text(LINE, "Hello", sender=MOBILE)
    page = visitor.new_page()
    page.goto(outside.url)
    mobile = page.locator("#mobile")
    expect(mobile).to_contain_text("Shall we ring?")
    expect(mobile.get_by_role("link", name="Open the link")).to_have_attribute(
        "href", "https://desk.example/m/7"
    )
    office.next("/twilio/sms/")
    mobile.get_by_role("button", name="Reply OK").click()
    assert office.next("/twilio/sms/").fields["Body"] == "OK"


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1366])
def test_everybody_can_use_it(visitor, process, outside, office, theme, width):
    office.answer("/twilio/voice/", GREETING)
    outside.ring(LINE, caller=CALLER)
    office.next("/twilio/voice/")
    office.answer("/twilio/voice/", f"<Dial><Number>{MOBILE}</Number></Dial>")
    outside.ring(LINE, caller="+447700900124")
    office.next("/twilio/voice/")
    outside.advance(1)
    outside.telephone(MOBILE).answers()
    send(process, letter())
    page = visitor.new_page()
    page.set_viewport_size({"width": width, "height": 768})
    page.emulate_media(color_scheme=theme)
    page.goto(f"{outside.url}/?mail={outside.mail()[0]['number']}")
    for fold in page.locator("details > summary").all():
        if not fold.evaluate("summary => summary.parentElement.open"):
            fold.click()
    for name in ("Move the clock", "Keypad", "When it is rung", "Reply"):
        expect(page.locator("details[open] > summary", has_text=name).first).to_be_visible()
    options = {"runOnly": RULES, "preload": False}
    found = Axe().run(page, options=options).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_two_callers_speak_each_from_their_own_phone(visitor, outside, office):
    office.answer("/twilio/voice/", GREETING)
    page = visitor.new_page()
    page.goto(outside.url)
    for name in ("Dana Reyes", "Number withheld"):
        if name != "Dana Reyes":
            page.get_by_role("link", name="Another caller").click()
        page.get_by_label("Who rings").select_option(label=name)
        page.get_by_role("button", name="Ring", exact=True).press("Enter")
        expect(page.locator("#caller-new")).to_have_count(0)
    expect(page.locator("#caller section")).to_have_count(2)
    page.get_by_label("Say something as Dana Reyes").fill("I was here first")
    page.get_by_label("Say something as Dana Reyes").press("Enter")
    phones = page.locator("#caller section")
    expect(phones.filter(has_text="Dana Reyes").locator(".own")).to_contain_text("I was here first")
    expect(phones.filter(has_text="anonymous").locator(".own")).to_have_count(0)
