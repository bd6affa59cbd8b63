"""Before a sign-in ends the page says so, and what stands half typed outlives it: `static/js/session.js`."""

import json

import pytest
from playwright.sync_api import expect

PAGE = """<form id="session-ends" method="post" action="/session/keep/" role="alert" hidden>
Your sign-in ends within two minutes.<button>Stay signed in</button></form>
<p id="typed-again" hidden>What you had typed stands here again</p>
<form method="post" action="/portal/where-i-am/"><label>Note <textarea name="note"></textarea></label>
<label>Status <select name="kind"><option value="out">Out</option>
<option value="court">Court</option></select></label>
<label><input type="checkbox" name="divert"> Divert</label>
<label>Secret <input type="password" name="secret"></label><button>Save</button></form>"""
WHERE = 'data-session-url="/session/" data-signin-url="/accounts/login/"'
A_WEEK = 604_800


@pytest.fixture
def page(desk):
    def opened(seconds=A_WEEK):
        desk.open(PAGE, "session.js", data=f'{WHERE} data-session-seconds="{seconds}"')
        return desk.page

    return opened


def types(page) -> None:
    page.get_by_label("Note").fill("In court until four")
    page.get_by_label("Status").select_option("court")
    page.get_by_label("Divert").check()
    page.get_by_label("Secret").fill("a quiet desk")


def test_one_button_keeps_a_sign_in_that_is_about_to_end(desk, page):
    desk.answers["/session/keep/"] = json.dumps({"seconds": A_WEEK})
    opened = page(seconds=100)
    expect(opened.get_by_role("alert").first).to_be_visible()
    opened.get_by_role("button", name="Stay signed in").click()
    expect(opened.locator("#session-ends")).to_be_hidden()
    assert len([1 for method, path, _ in desk.asked if (method, path) == ("POST", "/session/keep/")]) == 1


def test_nothing_is_said_while_there_is_time(page):
    expect(page().locator("#session-ends")).to_be_hidden()


def test_one_that_was_kept_in_another_window_is_left_alone(desk, page):
    desk.answers["/session/"] = json.dumps({"seconds": A_WEEK})
    opened = page(seconds=100)
    opened.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(opened.locator("#session-ends")).to_be_hidden()


def test_what_stood_half_typed_when_it_ended_is_in_its_fields_again(desk, page):
    opened = page()
    types(opened)
    opened.evaluate("document.body.dispatchEvent(new CustomEvent('live:session.ended'))")
    opened = page()
    expect(opened.get_by_label("Note")).to_have_value("In court until four")
    expect(opened.get_by_label("Status")).to_have_value("court")
    expect(opened.get_by_label("Divert")).to_be_checked()
    expect(opened.get_by_label("Secret")).to_have_value("")
    expect(opened.locator("#typed-again")).to_be_visible()
    expect(page().get_by_label("Note")).to_have_value("")  # once


def test_what_was_sent_and_taken_does_not_come_again(desk, page):
    desk.answers["/portal/where-i-am/"] = "<title>Saved</title>"
    opened = page()
    types(opened)
    opened.get_by_role("button", name="Save").click()
    expect(opened).to_have_title("Saved")
    expect(page().get_by_label("Note")).to_have_value("")
    expect(opened.locator("#typed-again")).to_be_hidden()


def test_what_met_the_page_for_signing_in_comes_again_after_it(desk, page):
    desk.answers["/portal/where-i-am/"] = lambda route: route.fulfill(
        status=200, content_type="text/html", body='<title>Sign in</title><a href="/accounts/in/">In</a>'
    )
    desk.answers["/accounts/in/"] = '<title>In</title><a href="/">On</a>'
    opened = page()
    types(opened)
    opened.get_by_role("button", name="Save").click()
    opened.get_by_role("link", name="In").click()
    opened.get_by_role("link", name="On").click()
    expect(opened.get_by_label("Note")).to_have_value("In court until four")
