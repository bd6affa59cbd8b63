"""Nothing typed is ever lost: not by a reload, a sign-out, a second tab, or the server's death."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from messages_app.letters import lettering
from messages_app.models import Draft, LetterVersion, Message
from secretariat import clock

from .looking import host

# The answer to what was kept is on its way until it `comes()`.
LATE = """() => {
  const asks = window.fetch;
  window.fetch = async (address, ...how) => {
    const answer = await asks(address, ...how);
    if (String(address).endsWith("/draft/")) await new Promise((come) => { window.comes = come; });
    return answer;
  };
}"""


@pytest.fixture
def okafor(office):
    return office.client("Okafor Legal")


@pytest.fixture
def priya(office, okafor):
    return office.secretary("Priya", okafor)


@pytest.fixture
def desk(office, okafor, priya):
    """Priya talks with somebody, and the form is open."""
    page = office.at_her_desk(priya)
    page.caller = office.rings(okafor)
    expect(page.locator("#callbar")).to_contain_text("is ringing")
    page.keyboard.press("F2")
    expect(words(page)).to_be_visible()
    return page


def words(page):
    return page.get_by_label("Message", exact=True)


def saved(office, text):
    office.eventually(lambda: Draft.objects.filter(values__text=text).exists())


def test_a_reload_in_mid_sentence_keeps_the_sentence(desk):
    words(desk).press_sequentially("The landlord sent a new dr")
    desk.reload()
    expect(words(desk)).to_have_value("The landlord sent a new dr")


@pytest.mark.console_may_complain  # the first window goes on asking, and is refused
def test_a_draft_outlives_the_sign_out(office, desk, priya):
    words(desk).fill("Clause 9 again")
    saved(office, "Clause 9 again")
    desk.caller.hang_up()
    expect(desk.locator("#callbar")).to_contain_text("Call ended")
    desk.context.clear_cookies()
    again = office.enters(priya, to="/desk/")
    expect(words(again)).to_have_value("Clause 9 again")


@pytest.mark.console_may_complain  # the browser reports the 409
@pytest.mark.slow
def test_of_two_tabs_neither_runs_over_the_other(office, desk):
    words(desk).fill("from the first")
    saved(office, "from the first")
    second = desk.context.new_page()
    go_to_desk(second, desk)
    expect(words(second)).to_have_value("from the first")
    words(second).fill("from the second")
    saved(office, "from the second")

    words(desk).fill("from the first, later")
    expect(desk.locator("[data-draft-conflict]")).to_be_visible()
    assert Draft.objects.get().values["text"] == "from the second"
    desk.get_by_role("button", name="What I see here").click()
    saved(office, "from the first, later")


@pytest.mark.slow  # a fault
@pytest.mark.console_may_complain  # the browser reports every request that fails
def test_a_server_that_dies_takes_nothing_with_it(office, desk):
    words(desk).fill("Before it died")
    saved(office, "Before it died")
    office.stops("web")
    words(desk).press_sequentially(", and after")
    expect(desk.locator("[data-draft-line]")).to_contain_text("kept on this computer")
    office.starts("web")
    saved(office, "Before it died, and after")
    desk.reload()
    expect(words(desk)).to_have_value("Before it died, and after")


def test_sending_twice_sends_once(office, desk):
    desk.get_by_label("Caller’s name").fill("Dana Reyes")
    words(desk).fill("Ring back")
    desk.caller.hang_up()
    expect(desk.locator("#callbar")).to_contain_text("Call ended")
    desk.get_by_role("button", name="Send to Okafor Legal").dblclick()
    office.eventually(Message.objects.exists)
    office.settle()
    assert Message.objects.count() == 1


@pytest.mark.slow  # the save and the button meet now and then in any story of a letter
def test_what_is_saved_while_it_is_still_being_kept_is_saved(office, okafor, priya):
    letter = lettering.begin(okafor.row, by=priya.user, at=clock.now())
    desk = office.enters(priya, to=reverse("letters-write", args=[letter.pk]))
    desk.evaluate(LATE)
    desk.get_by_label("Subject").fill("The keys")
    office.eventually(lambda: LetterVersion.objects.filter(subject="The keys").exists())
    desk.get_by_label("Words").fill("They are with the porter.")
    desk.keyboard.press("Tab")
    desk.get_by_role("button", name="Save and look at it").click()
    desk.evaluate("comes()")
    expect(desk.get_by_role("img", name="Page 1 of the letter")).to_be_visible()
    assert LetterVersion.objects.get().body == "They are with the porter."


def go_to_desk(page, other):
    page.goto(f"{host(other)}/desk/")
