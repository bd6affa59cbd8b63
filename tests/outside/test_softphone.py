"""phone.js on a desk's page: with the simulated line, with no line at all, and with the real Voice SDK."""

import json
import re

import pytest
from playwright.sync_api import expect

from secretariat.local import npm
from tests.chrome import stop_clock

from .conftest import ROOT
from .test_phone import offer, twilio  # noqa: F401 - the fixture is used by name

SDK = npm.FOLDER / "node_modules" / "@twilio" / "voice-sdk" / "dist" / "twilio.min.js"
SIGNALLING = re.compile(r"wss://voice-js\.roaming\.twilio\.com/signal")
DESK = """<!doctype html><html lang="en"><title>Desk</title>
<body hx-headers='{{"X-CSRFToken": "from-the-page"}}'>
<div id="phone" data-token="/desk/phone/token/" data-heartbeat="/desk/presence/heartbeat/"
  data-sdk="/twilio.min.js" data-silence="/silence.wav"></div>
<button data-phone="accept">Answer</button> <button data-phone="reject">Not now</button>
<button data-phone="hangUp">Hang up</button> <button data-phone="mute">Mute</button>
<ol id="heard"></ol>
<script src="/listener.js" defer></script>
<script src="/{line}" defer></script><script src="/heartbeat.js" defer></script>
<script src="/phone.js" defer></script>
</body></html>"""
LISTENER = """
for (const event of ["registered", "unregistered", "incoming", "accepted", "ended", "error", "muted"]) {
  document.body.addEventListener(`phone:${event}`, ({ detail }) => {
    const line = document.createElement("li");
    line.textContent = `${event} ${detail.reason ?? ""}`;
    document.getElementById("heard").append(line);
    if (detail.call) for (const b of document.querySelectorAll("button")) b.dataset.call = detail.call;
  });
}
"""
SCRIPTS = {
    "heartbeat.js": ROOT / "static/js/heartbeat.js",
    "phone.js": ROOT / "static/js/phone.js",
    "phone-twilio.js": ROOT / "static/js/phone-twilio.js",
    "phone-simulated.js": ROOT / "secretariat/local/static_demo/js/phone-simulated.js",
}


@pytest.fixture
def desk(office, outside, voice_token):
    """Serves a desk's page with this line; gives its address."""

    def serve(adapter, *, script="", connect=""):
        policy = f"default-src 'none'; script-src 'self'; media-src 'self'; connect-src 'self' {connect}"
        page = DESK.format(line=f"phone-{adapter}.js")
        office.show("/desk/", page, Content_Security_Policy=policy)
        for name, file in SCRIPTS.items():
            office.show(f"/{name}", file.read_bytes(), "text/javascript")
        office.show("/listener.js", LISTENER, "text/javascript")
        office.show("/silence.wav", (ROOT / "static/audio/silence.wav").read_bytes(), "audio/wav")
        office.show("/favicon.ico", b"", "image/x-icon")
        if script:
            office.show(f"/phone-{adapter}.js", script, "text/javascript")
        token = {"token": voice_token(), "adapter": adapter, "base_url": outside.url}
        office.show("/desk/phone/token/", json.dumps(token), "application/json")
        return f"{office.url}/desk/"

    return serve


def test_the_simulated_line_rings_is_answered_and_hung_up(visitor, desk, outside, office, priya, twilio):  # noqa: F811
    page = visitor.new_page()
    page.goto(desk("simulated", connect=outside.url))
    expect(page.locator("body")).to_have_attribute("data-phone", "registered")
    beat = office.next("/desk/presence/heartbeat/")
    assert (beat.fields, beat.headers["X-CSRFToken"]) == ({"registered": "yes"}, "from-the-page")

    leg = offer(twilio, office, priya)
    outside.advance(2)
    heard = page.locator("#heard li")
    expect(heard).to_have_text(["registered ", "incoming "])
    page.get_by_role("button", name="Answer").click()
    expect(heard.nth(2)).to_have_text("accepted ")
    assert office.next("/offer/").fields["CallSid"] == leg.sid
    page.get_by_role("button", name="Mute").click()
    expect(heard.nth(3)).to_have_text("muted ")
    page.get_by_role("button", name="Hang up").click()
    expect(heard.nth(4)).to_have_text("ended ")
    assert twilio.calls(leg.sid).fetch().status == "completed"


def test_a_reload_keeps_the_line_and_its_call(visitor, desk, outside, office, priya, twilio):  # noqa: F811
    page = visitor.new_page()
    page.goto(desk("simulated", connect=outside.url))
    expect(page.locator("body")).to_have_attribute("data-phone", "registered")
    leg = offer(twilio, office, priya)
    outside.advance(2)
    page.get_by_role("button", name="Answer").click()
    expect(page.locator("#heard")).to_contain_text("accepted")
    page.reload()
    expect(page.locator("#heard li")).to_have_text(["registered ", "accepted "])
    assert twilio.calls(leg.sid).fetch().status == "in-progress"


def test_two_tabs_are_one_line(visitor, desk, outside, office, priya, twilio):  # noqa: F811
    address = desk("simulated", connect=outside.url)
    first, second = visitor.new_page(), visitor.new_page()
    first.goto(address)
    expect(first.locator("body")).to_have_attribute("data-phone", "registered")
    second.goto(address)
    expect(second.locator("body")).to_have_attribute("data-phone", "registered")
    leg = offer(twilio, office, priya)
    outside.advance(2)
    expect(second.locator("#heard")).to_contain_text("incoming")
    second.get_by_role("button", name="Answer").click()
    expect(first.locator("#heard")).to_contain_text("accepted")
    first.close()
    expect(second.locator("#heard")).to_contain_text("registered")
    second.get_by_role("button", name="Hang up").click()
    expect(second.locator("#heard")).to_contain_text("ended")
    assert twilio.calls(leg.sid).fetch().status == "completed"


def test_a_line_that_never_answers_is_given_up_and_tried_again(visitor, desk):
    page = visitor.new_page()
    stop_clock(page)
    dumb = "window.secretariatLines = { dumb: () => ({ register: async () => {}, accept: () => {} }) };"
    page.goto(desk("dumb", script=dumb))
    expect(page.locator("body")).not_to_have_attribute("data-phone", "registered")
    page.clock.run_for(10_000)
    heard = page.locator("#heard li")
    expect(heard).to_have_text(["error not-connected", "unregistered "])
    expect(page.locator("body")).to_have_attribute("data-phone", "lost")
    page.clock.run_for(13_000)
    expect(heard).to_have_count(4)


def test_an_answer_that_does_not_connect_is_told_after_five_seconds(visitor, desk):
    page = visitor.new_page()
    stop_clock(page)
    dumb = """window.secretariatLines = { dumb: ({ tell }) => ({
      register: async () => { tell("registered"); tell("incoming", { call: "CA1" }); },
      accept: () => {} }) };"""
    page.goto(desk("dumb", script=dumb))
    heard = page.locator("#heard li")
    expect(heard).to_have_text(["registered ", "incoming "])
    page.get_by_role("button", name="Answer").click()
    page.clock.run_for(4_900)
    expect(heard).to_have_count(2)
    page.clock.run_for(200)
    expect(heard.nth(2)).to_have_text("error not-connected")


SLOW = """window.secretariatLines = { slow: ({ tell }) => ({
  register: async () => { tell("registered"); window.rings = (call) => tell("incoming", { call }); },
  accept: (call) => tell("accepted", { call }) }) };"""
BAR = """(of) => { document.getElementById("callbar")?.remove();
  document.body.insertAdjacentHTML("beforeend", `<div id="callbar"><p data-of="${of}">rings</p></div>`); }"""


@pytest.mark.parametrize(("on_the_bar", "answered"), [("this", True), ("another", False)])
def test_answer_pressed_before_the_line_rings_holds_for_that_call_alone(visitor, desk, on_the_bar, answered):
    page = visitor.new_page()
    stop_clock(page)
    page.goto(desk("slow", script=SLOW))
    page.evaluate(BAR, "this")
    page.get_by_role("button", name="Answer").click()
    page.clock.run_for(7_000)
    heard = page.locator("#heard li")
    expect(heard).to_have_text(["registered ", "error not-connected"])
    page.evaluate(BAR, on_the_bar)
    page.evaluate("rings('CA1')")
    page.evaluate("rings('CA2')")
    came = ["incoming ", "accepted ", "incoming "] if answered else ["incoming ", "incoming "]
    expect(heard).to_have_text(["registered ", "error not-connected", *came])


class VendorSignalling:
    """Just enough of the vendor's socket for the SDK to register and be rung."""

    def __init__(self):
        self.said, self.socket = [], None

    def __call__(self, socket):
        self.socket = socket
        socket.on_message(self.hear)

    def hear(self, message):
        if not message.strip():
            return  # the SDK's heartbeat
        kind = json.loads(message)["type"]
        self.said.append(kind)
        if kind == "listen":
            token = {"identity": "sec_a", "ttl": 600}
            self.say("connected", token=token, edge="ashburn", region="us1", home="us1")
        elif kind == "register":
            self.say("ready")

    def say(self, kind, **payload):
        self.socket.send(json.dumps({"type": kind, "payload": payload}))

    def ring(self, sid):
        facts = {"CallSid": sid, "From": "+442079460101", "Params": "client=Okafor%20Legal"}
        self.say("invite", callsid=sid, sdp="v=0", parameters=facts)


@pytest.fixture
def sdk(office):
    """The Voice SDK as npm brought it."""
    npm.install()
    if not SDK.exists():
        pytest.skip("the Voice SDK needs npm once: install Node and start again")
    office.show("/twilio.min.js", SDK.read_bytes(), "text/javascript")


def test_the_voice_sdk_registers_rings_and_declines(visitor, desk, office, sdk):
    page, vendor = visitor.new_page(), VendorSignalling()
    page.route_web_socket(SIGNALLING, vendor)
    page.route("https://eventgw.us1.twilio.com/**", lambda route: route.fulfill(status=200))
    address = desk("twilio", connect="wss://voice-js.roaming.twilio.com https://eventgw.us1.twilio.com")
    office.show("/twilio.min.js", SDK.read_bytes(), "text/javascript")
    page.goto(address)
    heard = page.locator("#heard li")
    expect(heard).to_have_text(["registered "])
    assert office.next("/desk/presence/heartbeat/").fields == {"registered": "yes"}

    vendor.ring("CA" + "1" * 32)
    expect(heard.nth(1)).to_have_text("incoming ")
    page.get_by_role("button", name="Not now").click()
    expect(heard.nth(2)).to_have_text("ended ")
    assert vendor.said.count("reject") == 1

    vendor.ring("CA" + "2" * 32)
    expect(heard.nth(3)).to_have_text("incoming ")
    vendor.say("cancel", callsid="CA" + "2" * 32)
    expect(heard.nth(4)).to_have_text("ended ")
