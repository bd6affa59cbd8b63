"""Her browser carries the call: she may go where she likes on the desk, and it goes on."""

import re

import pytest
from playwright.sync_api import expect

from calls.models import Call
from clients import work
from secretariat.ids import uuid7

from .looking import host

WORDS = "The landlord sent a new draft of clause 9."


@pytest.fixture
def okafor(office):
    return office.client("Okafor Legal")


@pytest.fixture
def priya(office, okafor):
    return office.secretary("Priya", okafor)


def answers(desk):
    expect(desk.locator("#callbar")).to_contain_text("Okafor Legal is ringing")
    desk.keyboard.press("F2")
    expect(desk.locator("#callbar")).to_contain_text("On call")


def goes_to(desk, path, title):
    desk.locator(f".desk-nav a[href='{path}']").click()
    expect(desk).to_have_url(re.compile(f"{path}$"))
    expect(desk).to_have_title(re.compile(title))
    expect(desk.locator("#callbar")).to_contain_text("On call")


def message(desk):
    return desk.get_by_label("Message", exact=True)


@pytest.mark.slow  # beside what test_live.py tells of a call
@pytest.mark.console_may_complain  # of the form that is refused: 422
def test_she_looks_up_an_earlier_message_in_mid_call(office, okafor, priya):
    desk = office.at_her_desk(priya)

    # The first message goes while its caller is still there; the call then ends by itself.
    first = office.rings(okafor)
    answers(desk)
    desk.get_by_label("Caller’s name").fill("Dana Reyes")
    message(desk).fill(WORDS)
    message(desk).press("Control+Enter")
    expect(desk.locator("#message-form")).to_contain_text("Sent to Okafor Legal")
    expect(desk.locator("#callbar")).to_contain_text("On call")
    first.hang_up()
    expect(desk.locator("#callbar")).to_contain_text("Ready for calls")
    assert Call.objects.get().outcome == Call.Outcome.MESSAGE

    second = office.rings(okafor, caller="+447700900456")
    answers(desk)
    desk.evaluate("""() => {
        window.before = secretariatPhone;
        window.heard = [];
        for (const event of ["registered", "unregistered", "ended", "error"]) {
            document.body.addEventListener(`phone:${event}`, () => heard.push(event));
        }
    }""")
    message(desk).fill("Half a sentence, then ")
    desk.get_by_role("button", name="Mute").click()
    goes_to(desk, "/desk/messages/", "Messages")
    expect(desk.locator("main h1")).to_be_focused()
    expect(desk.get_by_role("button", name="Mute")).to_have_attribute("aria-pressed", "true")
    desk.get_by_role("button", name="Mute").click()
    expect(desk.get_by_role("button", name="Mute")).to_have_attribute("aria-pressed", "false")
    desk.get_by_role("link", name=re.compile("Dana Reyes|clause 9")).first.click()
    expect(desk.locator("main")).to_contain_text(WORDS)
    desk.go_back()
    expect(desk).to_have_title(re.compile("Messages"))
    desk.go_forward()
    expect(desk.locator("main")).to_contain_text(WORDS)
    desk.keyboard.press("F4")
    expect(desk.locator("#callbar")).to_contain_text("On hold")
    desk.keyboard.press("F4")
    goes_to(desk, "/desk/", "Desk")
    expect(message(desk)).to_have_value("Half a sentence, then ")
    message(desk).press("End")
    message(desk).press_sequentially("the rest.")
    expect(desk.locator("[data-draft-line]")).to_contain_text("Draft saved")

    # A form that is refused says so, and what was typed is still there afterwards.
    goes_to(desk, "/desk/shift/", "shift")
    desk.get_by_role("button", name="End shift").click()
    expect(desk.locator("main")).to_contain_text("You are on a call. End it first.")
    goes_to(desk, "/desk/", "Desk")
    expect(message(desk)).to_have_value("Half a sentence, then the rest.")

    assert desk.evaluate("[window.before === secretariatPhone, document.body.dataset.phone, heard]") == [
        True,
        "registered",
        [],
    ]
    second.hang_up()
    expect(desk.locator("#callbar")).to_contain_text("Call ended")


def test_what_is_no_page_of_the_desk_is_loaded_as_ever(office, okafor, priya):
    desk = office.at_her_desk(priya)
    desk.evaluate("window.before = true")
    desk.get_by_role("button", name=re.compile("^Menu of")).click()
    desk.get_by_role("link", name="Where I am signed in").click()
    expect(desk).to_have_url(re.compile("/accounts/"))
    assert desk.evaluate("window.before") is None
    desk.go_back()
    desk.locator("body[data-phone=registered]").wait_for(state="attached")
    desk.get_by_role("button", name=re.compile("^Menu of")).click()
    desk.get_by_role("button", name="Sign out").click()
    expect(desk).not_to_have_url(re.compile("/desk/"))


class HeldUp:
    """What her browser sends to an address waits until it is let go."""

    def __init__(self, desk, address):
        self.desk, self.address, self.waiting = desk, address, []
        desk.route(address, lambda request: self.waiting.append(request))

    def press(self, button):
        """Pressed, and on its way."""
        with self.desk.expect_request(self.address):
            button.click()

    def lose(self):
        """The line breaks."""
        for request in self.waiting:
            request.abort()
        self.waiting.clear()

    def let_go(self):
        for request in self.waiting:
            request.continue_()
        self.waiting.clear()
        self.desk.unroute(self.address)


@pytest.fixture
def at_a_piece_of_work(office, okafor, priya):
    desk = office.at_her_desk(priya)
    item = work.open_item(
        "calls.unfinished", subject=("calls.call", uuid7()), client=okafor.row, because="Ring"
    )
    desk.goto(f"{host(desk)}/desk/work/{item.pk}/")
    return desk, item


def test_what_was_answered_is_told_though_she_went_on(office, okafor, at_a_piece_of_work):
    desk, item = at_a_piece_of_work
    maya = office.secretary("Maya", okafor)
    taking = HeldUp(desk, "**/claim/")
    taking.press(desk.get_by_role("button", name="Take it"))
    assert work.claim(item, by=maya.user, version=item.version)
    desk.locator(".desk-nav a[href='/desk/messages/']").click()
    taking.let_go()
    expect(desk).to_have_title(re.compile("Messages"))
    expect(desk.locator("main")).to_contain_text("Somebody was quicker.")


@pytest.mark.console_may_complain  # of the form that is refused: 422
def test_what_was_refused_is_seen_before_she_goes_on(at_a_piece_of_work):
    desk, _item = at_a_piece_of_work
    desk.get_by_label("What was done").fill("   ")
    done = HeldUp(desk, "**/done/")
    done.press(desk.get_by_role("button", name="Done"))
    desk.locator(".desk-nav a[href='/desk/messages/']").click()
    done.let_go()
    expect(desk.locator("main")).to_contain_text("Say in a few words what was done.")
    expect(desk).to_have_title(re.compile("^Error: A piece of work"))
    desk.locator(".desk-nav a[href='/desk/messages/']").click()
    expect(desk).to_have_title(re.compile("Messages"))


@pytest.mark.console_may_complain  # of the form that did not arrive
def test_after_a_form_that_did_not_arrive_nothing_else_is_done(at_a_piece_of_work):
    desk, item = at_a_piece_of_work
    desk.get_by_label("What was done").fill("Rang her")
    taking = HeldUp(desk, "**/claim/")
    taking.press(desk.get_by_role("button", name="Take it"))
    desk.get_by_role("button", name="Done").click()
    taking.lose()
    expect(desk.locator("#request-failed")).to_be_visible()
    expect(desk.locator("body")).not_to_have_attribute("aria-busy", "true")
    expect(desk.get_by_label("What was done")).to_have_value("Rang her")
    item.refresh_from_db()
    assert item.done_at is None
    taking.let_go()
    desk.get_by_role("button", name="Done").click()
    expect(desk.locator("main")).to_contain_text("Done:")


def test_the_line_comes_and_goes_with_the_shift(office, okafor, priya):
    desk = office.at_her_desk(priya)
    desk.evaluate("window.before = true")
    desk.locator(".desk-nav a[href='/desk/shift/']").click()
    desk.get_by_role("button", name="End shift").click()
    expect(desk.locator("main h1")).to_have_text("Start your shift")
    expect(desk.locator("#phone")).to_have_count(0)
    expect(desk.locator("body")).not_to_have_attribute("data-phone", re.compile("."))
    assert desk.evaluate("window.before") is None
    desk.get_by_text("I am alone in a quiet room").click()
    desk.get_by_role("button", name="Start shift").click()
    desk.locator("body[data-phone=registered]").wait_for(state="attached")
    office.rings(okafor)
    answers(desk)


@pytest.mark.slow  # beside what test_live.py tells of a call
def test_two_windows_are_one_desk(office, okafor, priya):
    left = office.at_her_desk(priya)
    right = left.context.new_page()
    right.goto(left.url)
    right.locator("body[data-phone=registered]").wait_for(state="attached")
    caller = office.rings(okafor)
    expect(left.locator("#callbar")).to_contain_text("Okafor Legal is ringing")
    answers(right)
    expect(left.locator("#callbar")).to_contain_text("On call")
    message(right).fill(WORDS)
    message(right).press("Control+Enter")
    expect(right.locator("#message-form")).to_contain_text("Sent to Okafor Legal")
    expect(left.locator("#message-form")).to_contain_text("Sent to Okafor Legal")
    caller.hang_up()
    for window in (left, right):
        expect(window.locator("#callbar")).to_contain_text("Ready for calls")


@pytest.mark.slow  # beside what test_live.py tells of a call
def test_a_window_closed_in_mid_call_brings_the_caller_to_somebody_else(office, okafor, priya):
    maya = office.at_her_desk(office.secretary("Maya", okafor, turn="stand_in"))
    desk = office.at_her_desk(priya)
    office.rings(okafor)
    answers(desk)
    message(desk).fill(WORDS)
    expect(desk.locator("[data-draft-line]")).to_contain_text("Draft saved")
    again = desk.context.new_page()
    address = desk.url
    desk.close()
    expect(maya.locator("#callbar")).to_contain_text("Okafor Legal is ringing")
    answers(maya)
    expect(message(maya)).to_have_value(WORDS)
    again.goto(address)
    expect(again.locator("#callbar")).to_contain_text("Ready for calls")
