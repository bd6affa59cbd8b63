"""What is typed is kept: `static/js/draft.js` against a desk that answers as the test says."""

import json

from playwright.sync_api import expect

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
TOKEN = """hx-headers='{"X-CSRFToken": "tok"}'"""


def saved(revision: int, **more):
    return lambda route: route.fulfill(json={"revision": revision, "saved": "14:32:05", **more})


def shelf(page) -> str:
    return page.evaluate("JSON.stringify(Object.keys(sessionStorage))")


def test_typing_is_saved_by_itself_and_said(desk):
    desk.answers["/draft/"] = saved(4)
    desk.open(FORM, "draft.js", data=TOKEN)
    desk.page.locator("textarea").press_sequentially("Clause 9")
    line = desk.page.locator("[data-draft-line]")
    expect(line).to_contain_text("Draft saved")
    expect(line).to_contain_text("14:32:05")
    assert desk.posts("/draft/") == [{"urgency": "normal", "text": "Clause 9", "revision": "3"}]
    assert shelf(desk.page) == "[]"


def test_the_next_save_names_the_revision_of_the_last(desk):
    desk.answers["/draft/"] = saved(4)
    desk.open(FORM, "draft.js", data=TOKEN)
    desk.page.locator("textarea").fill("One")
    expect(desk.page.locator("[data-revision='4']")).to_be_attached()
    desk.answers["/draft/"] = saved(5)
    desk.page.locator("[value=urgent]").check()
    expect(desk.page.locator("[data-revision='5']")).to_be_attached()
    assert [post["revision"] for post in desk.posts("/draft/")] == ["3", "4"]
    assert desk.posts("/draft/")[-1]["urgency"] == "urgent"


def test_what_the_office_could_not_take_stays_and_comes_back_after_a_reload(desk):
    desk.answers["/draft/"] = lambda route: route.abort()
    desk.open(FORM, "draft.js", data=TOKEN)
    desk.page.locator("textarea").fill("Not lost")
    expect(desk.page.locator("[data-draft-line]")).to_contain_text("Not saved yet")
    assert "draft:/draft/" in shelf(desk.page)
    desk.answers["/draft/"] = saved(4)
    desk.page.reload()
    expect(desk.page.locator("textarea")).to_have_value("Not lost")
    expect(desk.page.locator("[data-draft-line]")).to_contain_text("Draft saved")
    assert shelf(desk.page) == "[]"


def clash(desk):
    desk.answers["/draft/"] = lambda route: route.fulfill(
        status=409, json={"revision": 9, "fields": {"text": "Theirs", "urgency": "urgent"}}
    )
    desk.open(FORM, "draft.js", data=TOKEN)
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


def test_a_card_number_is_taken_out_of_the_field(desk):
    desk.answers["/draft/"] = saved(4, redacted={"text": "card [taken out]"})
    desk.open(FORM, "draft.js", data=TOKEN)
    desk.page.locator("textarea").fill("card 4111 1111 1111 1111")
    expect(desk.page.locator("textarea")).to_have_value("card [taken out]")
    expect(desk.page.get_by_text("A card number was taken out.")).to_be_visible()


def test_signing_out_leaves_nothing_of_it_on_the_computer(desk):
    desk.answers["/draft/"] = lambda route: route.abort()
    desk.answers["/out/"] = "signed out"
    out = '<form data-signs-out action="/out/" method="post"><button>Sign out</button></form>'
    desk.open(FORM + out, "draft.js")
    desk.page.locator("textarea").fill("Private")
    expect(desk.page.locator("[data-draft-line]")).to_contain_text("Not saved yet")
    desk.page.get_by_role("button", name="Sign out").click()
    expect(desk.page.get_by_text("signed out")).to_be_visible()
    assert json.loads(shelf(desk.page)) == []


def test_signing_out_in_the_middle_of_a_word_saves_it_first(desk):
    desk.answers["/draft/"] = saved(4)
    desk.answers["/out/"] = "signed out"
    out = '<form data-signs-out action="/out/" method="post"><button>Sign out</button></form>'
    desk.open(FORM + out, "draft.js")
    desk.page.locator("textarea").fill("Half a wo")
    desk.page.get_by_role("button", name="Sign out").click()
    expect(desk.page.get_by_text("signed out")).to_be_visible()
    assert [post["text"] for post in desk.posts("/draft/")] == ["Half a wo"]
    posted = [path for method, path, _data in desk.asked if method == "POST"]
    assert posted == ["/draft/", "/out/"]
