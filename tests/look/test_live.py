"""What happens reaches the page: `static/js/live.js`, `swaps.js`, `clock.js`, `ring.js`, `theme.js`."""

import re
from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect

from tests.chrome import stop_clock

HEARD = """for (const name of ["call.ringing", "queue.changed", "resync"]) {
  document.body.addEventListener(`live:${name}`, (event) => {
    const {id = "", version = ""} = event.detail ?? {};
    document.querySelector("output").textContent += `${name} ${id} ${version};`;
  });
}"""
PARTS = """<output></output><div id="live-lost" hidden>Live updates lost</div>
<span data-live-mark data-live-word="Live" data-lost-word="Not live"><svg></svg><span>Live</span></span>"""
LIVE = 'data-live-url="/live/" data-state-url="/desk/state/" data-signin-url="/signin/"'
TOLD_TWICE = """async () => {
  const tell = () => {
    document.body.dispatchEvent(new CustomEvent("live:queue.changed"));
    document.body.dispatchEvent(new CustomEvent("live", {detail: {name: "queue.changed"}}));
  };
  tell();
  await null; // the first answer cannot have come yet
  tell();
}"""
BEAT = "retry: 600000\n\nid: 1\nevent: beat\ndata: {}\n\n"
RINGING = 'id: 2\nevent: call.ringing\ndata: {"id": "c1", "version": 7}\n\n'


def stream(words: str):
    return lambda route: route.fulfill(body=words, content_type="text/event-stream")


def streams(desk) -> int:
    return len([1 for _, path, _ in desk.asked if path == "/live/"])


def opened(desk, words=BEAT, page=None, data=LIVE):
    """Opens the page and returns what it heard. The stream is held back until the page listens."""
    page = page or desk.page
    waiting = []
    desk.answers["/live/"] = waiting.append
    desk.open(PARTS, "live.js", "swaps.js", data=data, page=page)
    page.evaluate(HEARD)
    desk.answers["/live/"] = stream(words)
    for route in waiting:
        stream(words)(route)
    return page.locator("output")


def test_an_event_is_told_to_the_page_with_id_and_version(desk):
    expect(opened(desk, BEAT + RINGING)).to_have_text("call.ringing c1 7;")


def test_two_tabs_share_one_stream_and_both_hear(desk):
    other = desk.page.context.new_page()
    with other.expect_request("**/live/"):
        second = opened(desk, page=other)
    first = opened(desk)  # the other tab holds the stream; this one waits for it
    assert streams(desk) == 1
    other.evaluate("new BroadcastChannel('live').postMessage({name: 'queue.changed', detail: {}})")
    expect(first).to_have_text("queue.changed ;")
    expect(second).to_have_text("queue.changed ;")


def test_when_the_tab_with_the_stream_closes_another_takes_over(desk):
    other = desk.page.context.new_page()
    with other.expect_request("**/live/"):
        opened(desk, page=other)
    output = opened(desk)
    desk.answers["/live/"] = stream(BEAT + RINGING)
    other.close()
    expect(output).to_have_text("call.ringing c1 7;")
    assert streams(desk) == 2


def test_silence_is_said_and_the_state_is_asked_until_a_beat_returns(desk):
    stop_clock(desk.page)
    desk.answers["/desk/state/"] = "1"
    output = opened(desk)
    expect(desk.page.locator("#live-lost")).to_be_hidden()
    desk.page.clock.run_for(37_000)
    expect(desk.page.locator("#live-lost")).to_be_visible()
    expect(desk.page.locator("[data-live-mark]")).to_have_text("Not live")
    expect(output).to_have_text("resync ;")
    desk.page.evaluate("new BroadcastChannel('live').postMessage({name: 'beat'})")
    expect(desk.page.locator("#live-lost")).to_be_hidden()
    expect(output).to_have_text("resync ;resync ;")


def test_an_ended_session_leads_to_signing_in(desk):
    desk.answers["/signin/"] = "Sign in here"
    opened(desk, "retry: 600000\n\nevent: session.ended\ndata: {}\n\n")
    expect(desk.page.get_by_text("Sign in here")).to_be_visible()


def test_an_older_answer_does_not_replace_a_newer_one(desk):
    opened(desk)
    desk.page.evaluate("""document.body.insertAdjacentHTML("beforeend",
        '<div id="bar"><p data-version="7" data-of="c1">new</p></div>')""")
    swaps = """(words) => {
      const detail = {target: document.getElementById("bar"), serverResponse: words, shouldSwap: true};
      document.body.dispatchEvent(new CustomEvent("htmx:beforeSwap", {detail}));
      return detail.shouldSwap;
    }"""
    answer = '<p data-version="{}" data-of="{}">x</p>'
    older, newer, other = answer.format(6, "c1"), answer.format(8, "c1"), answer.format(1, "c2")
    assert desk.page.evaluate(swaps, older) is False
    assert desk.page.evaluate(swaps, newer) is True
    assert desk.page.evaluate(swaps, other) is True


def test_a_part_that_replaces_itself_asks_again_for_what_it_was_told_meanwhile(desk):
    asks = 'hx-get="/part/" hx-trigger="live:queue.changed from:body" hx-swap="outerHTML"'
    part = f'<div id="part" {asks}>{{}}</div>'
    coming = iter(("first", "second"))
    desk.answers["/part/"] = lambda route: route.fulfill(
        body=part.format(next(coming)), content_type="text/html"
    )
    desk.open(part.format("old"), "htmx-2.min.js", "swaps.js")
    desk.page.evaluate(TOLD_TWICE)
    expect(desk.page.locator("#part")).to_have_text("second")
    assert [path for _, path, _ in desk.asked].count(
        "/part/"
    ) == 2  # what made it ask is no reason to ask again


def test_a_part_that_became_a_form_is_not_put_over_what_is_typed_in_it(desk):
    asks = 'hx-get="/part/" hx-trigger="live:queue.changed from:body" hx-select="#part > *"'
    form = '<div id="part"><input name="words" aria-label="Words"></div>'
    desk.answers["/part/"] = lambda route: route.fulfill(
        body=form,
        content_type="text/html",
        headers={"HX-Reswap": "outerHTML", "HX-Reselect": "#part"},
    )
    desk.open(f'<div id="part" {asks}><p>not yet</p></div>', "htmx-2.min.js", "swaps.js")
    desk.page.evaluate(TOLD_TWICE)
    words = desk.page.get_by_label("Words")
    words.fill("Two envelopes")
    desk.page.evaluate(TOLD_TWICE)
    with desk.page.expect_response("**/other/"):  # whatever was asked before it has been answered by then
        desk.page.evaluate("fetch('/other/')")
    expect(words).to_have_value("Two envelopes")
    assert [path for _, path, _ in desk.asked if path != "/other/"].count("/part/") == 1


def test_figures_run_by_the_offices_clock_not_the_computers(desk):
    office_time = datetime.now(UTC) + timedelta(hours=3)
    since, until = office_time - timedelta(seconds=62), office_time + timedelta(hours=1)
    desk.open(
        f'<span data-since="{since.isoformat()}">0:00</span>'
        f'<progress data-until="{until.isoformat()}" max="7200"></progress>'
        '<span data-clock data-zone="Africa/Lagos"><b class="clock-figure">00:00</b></span>',
        "clock.js",
        data=f'data-server-time="{office_time.isoformat()}"',
    )
    expect(desk.page.locator("[data-since]")).to_have_text(re.compile(r"^1:0\d$"))
    expect(desk.page.locator(".clock-figure")).not_to_have_text("00:00")
    shown = desk.page.locator(".clock-figure").inner_text()
    minutes = int(shown[:2]) * 60 + int(shown[3:])
    there = office_time + timedelta(hours=1)
    assert (minutes - there.hour * 60 - there.minute) % 1440 in (0, 1, 1439)
    assert 3500 < desk.page.locator("progress").evaluate("bar => bar.value") <= 3600


def test_a_ring_says_whose_call_it_is_and_stops_at_its_own_deadline(desk):
    now = stop_clock(desk.page)
    until = (now + timedelta(seconds=11)).isoformat()
    desk.open(
        f'<output></output><div data-ring-until="{until}" data-ring-title="Ringing: Okafor Legal"></div>',
        "ring.js",
    )
    desk.page.evaluate(HEARD)
    expect(desk.page).to_have_title("Ringing: Okafor Legal")
    expect(desk.page.locator("#alert")).to_have_text("Ringing: Okafor Legal")
    desk.page.clock.run_for(12_000)
    expect(desk.page).to_have_title("Desk")
    expect(desk.page.locator("output")).to_have_text("resync ;")


def test_a_ring_stops_when_the_call_has_gone_from_the_page(desk):
    until = (datetime.now(UTC) + timedelta(seconds=60)).isoformat()
    desk.open(f'<div data-ring-until="{until}" data-ring-title="Ringing: Okafor Legal"></div>', "ring.js")
    expect(desk.page).to_have_title("Ringing: Okafor Legal")
    desk.page.evaluate("""document.querySelector("[data-ring-until]").remove();
        document.dispatchEvent(new CustomEvent("htmx:afterSettle"))""")
    expect(desk.page).to_have_title("Desk")


def test_a_caller_left_on_hold_is_remembered_by_a_tone_each_half_minute(desk):
    stop_clock(desk.page)
    desk.page.add_init_script("""window.played = 0;
        const start = OscillatorNode.prototype.start;
        OscillatorNode.prototype.start = function (...at) {
          window.played += 1;
          return start.apply(this, at);
        };""")
    desk.open('<span data-tone="hold" data-tone-id="c1">On hold</span>', "ring.js")
    desk.page.evaluate("async () => { const sound = new AudioContext(); await sound.resume(); }")
    desk.page.clock.run_for(20_000)
    assert desk.page.evaluate("played") == 0
    desk.page.clock.run_for(11_000)
    first = desk.page.evaluate("played")
    desk.page.clock.run_for(30_000)
    assert 0 < first < desk.page.evaluate("played")
    desk.page.evaluate("""document.querySelector("[data-tone]").remove();
        document.dispatchEvent(new CustomEvent("htmx:afterSettle"))""")
    silent = desk.page.evaluate("played")
    desk.page.clock.run_for(60_000)
    assert desk.page.evaluate("played") == silent


def test_a_theme_is_chosen_at_once_and_kept_for_the_next_page(desk):
    desk.open(
        '<button data-theme-choice="dark">Dark</button><button data-theme-choice="">Computer</button>',
        "theme.js",
    )
    desk.page.get_by_role("button", name="Dark").click()
    expect(desk.page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(desk.page.get_by_role("button", name="Dark")).to_have_attribute("aria-pressed", "true")
    assert "theme=dark" in desk.page.evaluate("document.cookie")
    desk.page.get_by_role("button", name="Computer").click()
    assert desk.page.locator("html").get_attribute("data-theme") is None
    assert "theme=" not in desk.page.evaluate("document.cookie")
