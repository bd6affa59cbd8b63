"""What is typed is kept: `static/js/draft.js` against a desk that answers as the test says."""

import json
from urllib.parse import parse_qs

from playwright.sync_api import expect

from tests.chrome import stop_clock

FORM = """
<form data-draft-url="/draft/" data-revision="3">
  <input name="caller" value=""><input type="radio" name="urgency" value="normal" checked>
  <input type="radio" name="urgency" value="urgent"><textarea name="text"></textarea>
  <span data-draft-line data-saved="Draft saved" data-unsaved="Not saved yet" hidden>
    <span class="draft-words"></span> <span class="draft-at"></span></span>
  <div data-draft-conflict hidden><button type="button" data-draft-keep="mine">Mine</button>
    <button type="button" data-draft-keep="theirs">Theirs</button></div>
  <p data-draft-card hidden>A card number was taken out.</p>
</form>
"""
DRAFT = ("shelf.js", "draft.js", "draft-leaving.js")
TOKEN = """hx-headers='{"X-CSRFToken": "tok"}'"""


def saved(revision: int, **more):
    return lambda route: route.fulfill(json={"revision": revision, "saved": "14:32:05", **more})


def shelf(page) -> str:
    """What this computer keeps of what was typed; the number of the last revision is nothing of it."""
    return page.evaluate(
        "JSON.stringify(Object.keys(sessionStorage).filter(key => !key.startsWith('draft:at:')))"
    )


def test_typing_is_saved_by_itself_and_said(desk):
    desk.answers["/draft/"] = saved(4)
    desk.open(FORM, *DRAFT, data=TOKEN)
    desk.page.locator("textarea").press_sequentially("Clause 9")
    line = desk.page.locator("[data-draft-line]")
    expect(line).to_contain_text("Draft saved")
    expect(line).to_contain_text("14:32:05")
    assert desk.posts("/draft/") == [{"urgency": "normal", "text": "Clause 9", "revision": "3"}]
    assert shelf(desk.page) == "[]"


def test_the_next_save_names_the_revision_of_the_last(desk):
    desk.answers["/draft/"] = saved(4)
    desk.open(FORM, *DRAFT, data=TOKEN)
    desk.page.locator("textarea").fill("One")
    expect(desk.page.locator("[data-revision='4']")).to_be_attached()
    desk.answers["/draft/"] = saved(5)
    desk.page.locator("[value=urgent]").check()
    expect(desk.page.locator("[data-revision='5']")).to_be_attached()
    assert [post["revision"] for post in desk.posts("/draft/")] == ["3", "4"]
    assert desk.posts("/draft/")[-1]["urgency"] == "urgent"


def test_typed_while_a_save_is_on_its_way_it_is_saved_on_leaving(desk):
    held = []
    desk.answers["/draft/"] = held.append
    stop_clock(desk.page)
    desk.open(FORM, *DRAFT, data=TOKEN)
    text = desk.page.locator("textarea")
    text.fill("One")
    with desk.page.expect_request("**/draft/"):
        desk.page.clock.run_for(1_000)
    text.fill("One and two")
    saved(4)(held[0])
    expect(desk.page.locator("[data-revision='4']")).to_be_attached()
    desk.page.evaluate("dispatchEvent(new Event('pagehide'))")
    expect(desk.page.locator("[data-draft-line]")).to_contain_text("Draft saved")
    assert [post["text"] for post in desk.posts("/draft/")] == ["One", "One and two"]
    assert "draft:/draft/" in shelf(desk.page)


def test_a_page_older_than_the_last_save_is_asked_for_again(desk):
    desk.answers["/draft/"] = saved(4)
    desk.open(FORM, *DRAFT, data=TOKEN)
    desk.page.locator("textarea").fill("Saved while the next page was on its way")
    expect(desk.page.locator("[data-revision='4']")).to_be_attached()
    pages = [
        desk.answers["/"],
        desk.answers["/"].replace('data-revision="3"', 'data-revision="4" id="newest"'),
    ]
    desk.answers["/"] = lambda route: route.fulfill(body=pages.pop(0), content_type="text/html")
    desk.page.reload()
    expect(desk.page.locator("#newest")).to_be_visible()


def test_what_the_office_could_not_take_stays_and_comes_back_after_a_reload(desk):
    desk.answers["/draft/"] = lambda route: route.abort()
    desk.open(FORM, *DRAFT, data=TOKEN)
    desk.page.locator("textarea").fill("Not lost")
    expect(desk.page.locator("[data-draft-line]")).to_contain_text("Not saved yet")
    assert "draft:/draft/" in shelf(desk.page)
    desk.answers["/draft/"] = saved(4)
    desk.page.reload()
    expect(desk.page.locator("textarea")).to_have_value("Not lost")
    expect(desk.page.locator("[data-draft-line]")).to_contain_text("Draft saved")
    assert shelf(desk.page) == "[]"


def test_left_while_a_save_is_on_its_way_the_next_page_says_what_it_never_heard_of(desk):
    held = []
    desk.answers["/draft/"] = held.append
    stop_clock(desk.page)
    desk.open(FORM, *DRAFT, data=TOKEN)
    text = desk.page.locator("textarea")
    text.fill("One")
    with desk.page.expect_request("**/draft/"):
        desk.page.clock.run_for(1_000)
    text.fill("One and two")
    desk.answers["/draft/"] = saved(5)
    desk.page.reload()
    expect(desk.page.locator("[data-revision='5']")).to_be_attached()
    expect(text).to_have_value("One and two")
    last = desk.posts("/draft/")[-1]
    assert (last["text"], last["revision"]) == ("One and two", "3")
    asked = parse_qs(desk.asked[-1][2])
    assert "One" in [json.loads(version)["text"] for version in asked["unheard"]]


def clash(desk):
    desk.answers["/draft/"] = lambda route: route.fulfill(
        status=409, json={"revision": 9, "fields": {"text": "Theirs", "urgency": "urgent"}}
    )
    desk.open(FORM, *DRAFT, data=TOKEN)
    desk.page.locator("textarea").fill("Mine")
    expect(desk.page.locator("[data-draft-conflict]")).to_be_visible()
    desk.answers["/draft/"] = saved(10)


def test_of_two_versions_she_may_keep_her_own(desk):
    clash(desk)
    desk.page.get_by_role("button", name="Mine").click()
    expect(desk.page.locator("[data-revision='10']")).to_be_attached()
    assert desk.posts("/draft/")[-1] == {"urgency": "normal", "text": "Mine", "revision": "9"}
    expect(desk.page.locator("[data-draft-conflict]")).to_be_hidden()


def test_of_two_versions_she_may_take_the_other(desk):
    clash(desk)
    desk.page.get_by_role("button", name="Theirs").click()
    expect(desk.page.locator("textarea")).to_have_value("Theirs")
    expect(desk.page.locator("[value=urgent]")).to_be_checked()


def test_her_own_version_whose_answer_was_lost_is_no_conflict(desk):
    desk.answers["/draft/"] = lambda route: route.abort()
    desk.open(FORM, *DRAFT, data=TOKEN)
    text = desk.page.locator("textarea")
    text.fill("One")
    expect(desk.page.locator("[data-draft-line]")).to_contain_text("Not saved yet")
    kept = {"revision": 4, "fields": {"text": "One", "urgency": "normal", "caller": ""}}
    answers = iter([lambda route: route.fulfill(status=409, json=kept), saved(5)])
    desk.answers["/draft/"] = lambda route: next(answers)(route)
    text.fill("One and two")
    expect(desk.page.locator("[data-revision='5']")).to_be_attached()
    expect(desk.page.locator("[data-draft-conflict]")).to_be_hidden()
    assert desk.posts("/draft/")[-1]["text"] == "One and two"


TAKES = """<form hx-post="/take/" hx-target="this" hx-swap="outerHTML" action="/take/" method="post" """


def test_while_the_message_is_being_taken_nothing_is_saved_beside_it(desk):
    held = []
    desk.answers["/take/"] = held.append
    desk.answers["/draft/"] = saved(4)
    taking = FORM.replace("<form ", TAKES).replace("</form>", "<button>Send</button></form>")
    desk.open(taking, "htmx-2.min.js", *DRAFT, data=TOKEN)
    text = desk.page.locator("textarea")
    stop_clock(desk.page)
    text.fill("Typed and sent at once")
    with desk.page.expect_request("**/take/"):
        desk.page.get_by_role("button", name="Send").click()
    text.fill("Typed while it is on its way")
    desk.page.clock.run_for(5_000)
    assert desk.posts("/draft/") == []
    held[0].fulfill(status=500, body="")
    desk.page.clock.run_for(1_000)
    expect(desk.page.locator("[data-revision='4']")).to_be_attached()
    assert [post["text"] for post in desk.posts("/draft/")] == ["Typed while it is on its way"]


def test_a_form_swapped_away_gives_what_it_holds_first(desk):
    desk.answers["/draft/"] = saved(4)
    desk.answers["/next/"] = "<p>Another call</p>"
    desk.open(
        f'<div id="middle">{FORM}</div><a hx-get="/next/" hx-target="#middle" href="/next/">Next</a>',
        "htmx-2.min.js",
        *DRAFT,
    )
    desk.page.locator("textarea").fill("Half a sent")
    desk.page.get_by_text("Next").click()
    expect(desk.page.get_by_text("Another call")).to_be_visible()
    assert [post["text"] for post in desk.posts("/draft/")] == ["Half a sent"]


def test_a_card_number_is_taken_out_of_the_field(desk):
    desk.answers["/draft/"] = saved(4, redacted={"text": "card [taken out]"})
    desk.open(FORM, *DRAFT, data=TOKEN)
    desk.page.locator("textarea").fill("card 4111 1111 1111 1111")
    expect(desk.page.locator("textarea")).to_have_value("card [taken out]")
    expect(desk.page.get_by_text("A card number was taken out.")).to_be_visible()


def test_signing_out_leaves_nothing_of_it_on_the_computer(desk):
    desk.answers["/draft/"] = lambda route: route.abort()
    desk.answers["/out/"] = "signed out"
    out = '<form data-signs-out action="/out/" method="post"><button>Sign out</button></form>'
    desk.open(FORM + out, *DRAFT)
    desk.page.locator("textarea").fill("Private")
    expect(desk.page.locator("[data-draft-line]")).to_contain_text("Not saved yet")
    desk.page.get_by_role("button", name="Sign out").click()
    expect(desk.page.get_by_text("signed out")).to_be_visible()
    assert json.loads(desk.page.evaluate("JSON.stringify(Object.keys(sessionStorage))")) == []


def test_signing_out_in_the_middle_of_a_word_saves_it_first(desk):
    desk.answers["/draft/"] = saved(4)
    desk.answers["/out/"] = "signed out"
    out = '<form data-signs-out action="/out/" method="post"><button>Sign out</button></form>'
    desk.open(FORM + out, *DRAFT)
    desk.page.locator("textarea").fill("Half a wo")
    desk.page.get_by_role("button", name="Sign out").click()
    expect(desk.page.get_by_text("signed out")).to_be_visible()
    assert [post["text"] for post in desk.posts("/draft/")] == ["Half a wo"]
    posted = [path for method, path, _data in desk.asked if method == "POST"]
    assert posted == ["/draft/", "/out/"]


def test_what_was_sent_and_taken_is_not_put_into_the_next_form(desk):
    """The page was left as it was sent: this computer keeps it, and the office has let it go since."""
    desk.answers["/draft/"] = lambda route: route.fulfill(status=503)
    desk.open(FORM, *DRAFT, data=TOKEN)
    desk.page.locator("textarea").fill("Sent")
    desk.page.evaluate("dispatchEvent(new Event('pagehide'))")
    assert "draft:/draft/" in shelf(desk.page)
    after = FORM.replace('data-revision="3"', 'data-revision="4" data-draft-empty')
    desk.open(after, *DRAFT, data=TOKEN)
    expect(desk.page.locator("textarea")).to_have_value("")
    assert shelf(desk.page) == "[]"


def test_what_could_not_be_saved_is_put_into_an_empty_form_again(desk):
    desk.answers["/draft/"] = lambda route: route.fulfill(status=503)
    desk.open(FORM, *DRAFT, data=TOKEN)
    desk.page.locator("textarea").fill("Not heard")
    desk.page.evaluate("dispatchEvent(new Event('pagehide'))")
    desk.open(FORM.replace('data-revision="3"', 'data-revision="3" data-draft-empty'), *DRAFT, data=TOKEN)
    expect(desk.page.locator("textarea")).to_have_value("Not heard")
