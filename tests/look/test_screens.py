"""The front pages and the style guide in a real browser: both themes, four widths."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings

from secretariat.office.models import Post, User

PUBLIC = ("/", "/accounts/login/", "/accounts/password/reset/", "/nothing-here/")
INSIDE = (
    "/styleguide/",
    "/styleguide/desk/",
    "/styleguide/ringing/",
    "/styleguide/portal/",
    "/accounts/sessions/",
    "/accounts/2fa/",
    "/accounts/2fa/webauthn/",
    "/accounts/reauthenticate/",
    "/firm/people/",
    "/admin/office/invitation/add/",
    "/admin/office/secretary/",
    "/accounts/password/change/",
    "/admin/",
)
WIDTHS = {320: 640, 390: 844, 768: 1024, 1366: 657}  # a 1366 × 768 laptop leaves 657 px to the page
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
VIEWS = [(320, "light"), (390, "dark"), (768, "dark"), (1366, "light")]
SMALL_TARGETS = """
[...document.querySelectorAll("a[href], button, select, summary, input:not([type=hidden])")]
  .filter((target) => {
    if (!target.checkVisibility({visibilityProperty: true})) return false;
    if (target.matches(".skip, .skip-to-content-link")) return false;
    if (target.matches("p a, td a, .chip input, .segment input")) return false;
    const box = (target.closest("label") ?? target).getBoundingClientRect();
    return box.width && Math.min(box.width, box.height) < 23.9;
  }).map((target) => target.outerHTML.slice(0, 90))"""


@pytest.fixture
def visit(chrome, live_server, client, transactional_db):
    """Opens an address and returns the page; `inside` as somebody who runs the firm."""
    context = chrome.new_context()

    def opened(address, *, inside):
        if inside:
            user = User.objects.create_user(
                email="helen@example.com", password="lantern-26", name="Helen Marsh"
            )
            Post.objects.create(user=user, post=Post.Kind.ADMIN)
            client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
            name = settings.SESSION_COOKIE_NAME
            context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
        page = context.new_page()
        page.said = []
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.goto(live_server.url + address)
        return page

    yield opened
    context.close()


def faults(page) -> list[str]:
    """What a person at this page would trip over, in every view of it."""
    found = [f"{width} {theme} {fault}" for width, theme in VIEWS for fault in _faults(page, width, theme)]
    found += [] if page.locator("h1").count() == 1 else ["not one h1"]
    found += [] if page.title().strip() else ["no title"]
    # Chromium itself logs the status of a page that is not there.
    return found + [f"console: {words}" for words in page.said if "404 (Not Found)" not in words]


# Typeface loaded, colours and places no longer on their way from one view to the next.
AT_REST = """async () => {
  const frame = () => new Promise((drawn) => requestAnimationFrame(drawn));
  await document.fonts.ready;
  await frame();
  const ends = (each) => each.effect.getComputedTiming().iterations !== Infinity;
  await Promise.allSettled(document.getAnimations().filter(ends).map((each) => each.finished));
  await frame();
}"""


def _faults(page, width: int, theme: str) -> list[str]:
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size({"width": width, "height": WIDTHS[width]})
    page.evaluate(AT_REST)
    # The whole page at once: axe takes what lies under a sticky bar at the moment for covered.
    height = page.evaluate("document.documentElement.scrollHeight")
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    page.set_viewport_size({"width": width, "height": height + 200})
    page.evaluate(AT_REST)
    answer = Axe().run(page, options={"preload": False, "runOnly": RULES}).response
    found = [f"{fault['id']}: {fault['nodes'][0]['html'][:120]}" for fault in answer["violations"]]
    found += [f"small target: {target}" for target in page.evaluate(SMALL_TARGETS)]
    return found + (["wider than the window"] if wide else [])


@pytest.mark.parametrize("address", PUBLIC)
def test_front_pages(visit, address):
    assert faults(visit(address, inside=False)) == []


@pytest.mark.parametrize("address", INSIDE)
def test_pages_inside(visit, address):
    assert faults(visit(address, inside=True)) == []


@pytest.mark.parametrize("height", [657, 720, 768])
def test_send_is_always_on_the_screen(visit, height):
    page = visit("/styleguide/desk/", inside=True)
    page.set_viewport_size({"width": 1366, "height": height})
    send = page.get_by_role("button", name="Send to Okafor Legal").bounding_box()
    words = page.get_by_label("Message", exact=True).last.bounding_box()
    assert send["y"] + send["height"] <= height
    assert words["y"] + words["height"] <= send["y"]
    assert words["height"] >= 52


def test_the_first_page_is_whole_without_scripts(chrome, live_server, transactional_db):
    context = chrome.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url)
    assert page.get_by_role("link", name="Sign in").first.is_visible()
    context.close()
