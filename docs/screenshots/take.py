"""Takes the pictures of this folder anew, from a demo that runs and has just been filled.

python manage.py demo --fresh --no-browser --data /tmp/pictures
python docs/screenshots/take.py /tmp/pictures/demo.json
"""

import json
import sys
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.sync_api import expect, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from secretariat.local import chromium
from secretariat.local.outside.client import Outside

HERE = Path(__file__).parent
FLAGS = [
    *(
        "--no-sandbox",
        "--disable-gpu",
        "--disable-lcd-text",
        "--no-first-run",
        "--autoplay-policy=no-user-gesture-required",
    ),
    *("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"),
]
LONDON, OPEN = ZoneInfo("Europe/London"), range(10, 16)
DESK, TELEPHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}
expect.set_options(timeout=25_000)  # on a busy machine
WORDS = "The landlord has sent a new draft of the lease and wants it signed by Friday. May clause 9 stand?"


def main(described: str) -> None:
    demo = json.loads(Path(described).read_text())
    outside = Outside(demo["outside_url"])
    now = datetime.now(LONDON)
    if not OPEN.start <= now.hour < OPEN.stop:  # a picture of an office is taken while it is open
        morning = (now + timedelta(hours=24 - OPEN.stop)).replace(hour=OPEN.start, minute=5)
        outside.do("move", seconds=(morning - now).total_seconds())
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.found_or_installed(), args=FLAGS)
        says_where_she_is(entered(browser, demo, "client@example.com", TELEPHONE), demo["url"])
        desk = entered(browser, demo, "secretary@example.com", DESK)
        take_a_call(desk, outside, demo["lines"][0]["number"])
        for name, address in (("diary", "/desk/diary/?view=week"), ("mail", "/desk/inbox/")):
            desk.goto(f"{demo['url']}{address}")
            picture(desk, name)
        dark = entered(browser, demo, "secretary@example.com", DESK, color_scheme="dark")
        dark.goto(f"{demo['url']}/desk/messages/")
        picture(dark, "messages-dark")
        portal = entered(browser, demo, "client@example.com", TELEPHONE)
        picture(portal, "portal-today")
        portal.get_by_role("link", name="Dana Reyes").first.click()
        expect(portal.get_by_role("button", name="Acknowledge")).to_be_visible()
        picture(portal, "portal-message")
        a_month(desk, portal, entered(browser, demo, "supervisor@example.com", DESK), demo["url"])
        world = browser.new_page(viewport=DESK)
        world.goto(demo["outside_url"])
        picture(world, "outside")
        browser.close()


def entered(browser, demo: dict, email: str, viewport: dict, **look):
    """A page of this person's first page, in a browser of her own."""
    password = next(each["password"] for each in demo["accounts"] if each["email"] == email)
    context = browser.new_context(viewport=viewport, permissions=["microphone", "notifications"], **look)
    page = context.new_page()
    page.goto(f"{demo['url']}/accounts/login/")
    page.fill("[name=login]", email)
    page.fill("[name=password]", password)
    page.click("main button[type=submit]")
    page.wait_for_url(lambda url: "/accounts/" not in url)
    return page


def says_where_she_is(portal, url: str) -> None:
    """In a meeting until three: what the desk then says is different today."""
    portal.goto(f"{url}/portal/where-i-am/")
    if (who := portal.get_by_label("Who", exact=True)).count():
        who.select_option(label="Ngozi Okafor")
    portal.locator("[name=kind][value=meeting]").check()
    portal.get_by_label("In your own words").fill("With counsel, no telephone")
    portal.locator("[name=until][value=time]").check()
    portal.get_by_label("Time", exact=True).fill("15:00")
    portal.get_by_label("What we may tell callers").fill("She is in a meeting and rings back after three.")
    portal.locator("#what-we-will-say").get_by_role("button").first.click()
    expect(portal.get_by_text("15:00").first).to_be_visible()


def take_a_call(desk, outside: Outside, number: str) -> None:
    desk.get_by_role("link", name="Start shift").first.click()
    expect(desk.get_by_label("I am alone in a quiet room")).to_be_visible()
    for rule in desk.locator("main input[type=checkbox]").all():
        rule.check()
    desk.get_by_role("main").get_by_role("button", name="Start shift").click()
    expect(desk.get_by_text("Ready for calls")).to_be_visible()
    expect(desk.get_by_text("is not connected yet")).to_have_count(0)
    call = outside.ring(number, caller="+447700900123")
    expect(desk.get_by_role("button", name="Answer")).to_be_visible()
    expect(desk.get_by_text("The last message of Dana Reyes")).to_be_visible()
    picture(desk, "desk-ringing")
    desk.keyboard.press("F2")
    desk.get_by_label("Message", exact=True).fill(WORDS)
    expect(desk.get_by_text("Draft saved")).to_be_visible()
    picture(desk, "desk-on-call")
    call.hang_up()
    expect(desk.get_by_text("Call ended")).to_be_visible()
    picture(desk, "desk-wrap-up")
    desk.keyboard.press("Control+Enter")
    expect(desk.locator("#message-form [name=text]")).to_have_count(0)
    desk.get_by_role("link", name="Messages").first.click()
    desk.locator("main a.work-row", has_text="Dana Reyes").first.click()
    desk.get_by_role("link", name="The call", exact=True).click()
    expect(desk.get_by_role("heading", name="Who has looked")).to_be_visible()
    picture(desk, "call-record")


def a_month(desk, portal, firm, url: str) -> None:
    """What was dictated, and what a month leads to: shifts, time, pay, a bill."""
    for page, name, path, opens in (
        (desk, "dictation", "/desk/dictation/", "main a.work-row"),
        (desk, "letter", "/desk/letters/", "main a.work-row"),
        (desk, "pay", "/desk/pay/", "main tbody a"),
        (desk, "contract", "/desk/contract/", ""),
        (portal, "bill", "/portal/bills/", "main a[href*='/bills/']"),
        (firm, "rota", "/firm/rota/", "main a:has-text('Week after')"),
        (firm, "fairness", "/firm/books/fairness/", ""),
        (firm, "supervision", "/firm/supervision/", ""),
        (firm, "brief", "/firm/briefs/", "main a:has-text('Minutes of three meetings')"),
        (firm, "applicant", "/firm/applicants/", "main a:has-text('Nora Quist')"),
        (firm, "confidentiality", "/firm/confidentiality/", ""),
        (firm, "directory", "/directory/", ""),
        (firm, "vacancy", "/vacancies/", "main a:has-text('Mornings')"),
        (portal, "agreement", "/portal/agreement/", ""),
        (portal, "approval", "/portal/letters/", "main a:has-text('Waits for you')"),
        (portal, "request", "/portal/requests/", "main a:has-text('flowers')"),
        (desk, "post", "/desk/post/", "main a:has-text('Holt')"),
        (desk, "profile", "/desk/profile/", ""),
    ):
        page.goto(f"{url}{path}")
        if opens:
            page.locator(opens).first.click()
            page.wait_for_url(lambda url, path=path: not url.endswith(path))
        if name == "letter":
            printed = page.get_by_role("main").get_by_role("img").last
            expect(printed).to_have_js_property("complete", True)
            printed.evaluate("it => it.scrollIntoView()")
        picture(page, name)


def picture(page, name: str) -> None:
    page.wait_for_load_state()
    expect(page.locator("body[aria-busy=true]")).to_have_count(0)
    page.screenshot(path=HERE / f"{name}.png")


if __name__ == "__main__":
    main(sys.argv[1])
