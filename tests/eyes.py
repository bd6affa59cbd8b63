"""What a person would trip over at a page, whatever her window and theme.

axe looks at one width in the light, a telephone's or a laptop's, and at the colours of the other in the dark,
as is the page's turn; that nothing is wider than the window is asked of all widths.
"""

import os
from pathlib import Path
from zlib import crc32

from axe_playwright_python.sync_playwright import Axe

from secretariat.local.paths import LOCAL

WIDTHS = {320: 640, 390: 844, 768: 1024, 1366: 657}  # a 1366 × 768 laptop leaves 657 px to the page
TURNS = [(390, "light"), (1366, "dark")], [(1366, "light"), (390, "dark")]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OF_COLOURS = ["color-contrast", "link-in-text-block"]  # what can differ between one theme and the other
PICTURES = LOCAL / "screens"
SMALL_TARGETS = """
[...document.querySelectorAll("a[href], button, select, summary, input:not([type=hidden])")]
  .filter((target) => {
    if (!target.checkVisibility({visibilityProperty: true})) return false;
    if (target.matches(".skip, .skip-to-content-link")) return false;
    if (target.matches("p a, td a, .chip input, .segment input")) return false;
    const box = (target.closest("label") ?? target).getBoundingClientRect();
    return box.width && Math.min(box.width, box.height) < 23.9;
  }).map((target) => target.outerHTML.slice(0, 90))"""
# What somebody who hears the page would be offered without a word. Django's admin does so.
UNNAMED_CHOICES = r"""() => location.pathname.startsWith("/admin/") ? [] :
[...document.querySelectorAll("select option")]
  .filter((option) => !/[^\s\-–—]/u.test(option.label))
  .map((option) => option.parentElement.outerHTML.slice(0, 120))"""
# What stands out furthest where the page can be scrolled sideways.
BEYOND_THE_EDGE = """() => {
  if (document.documentElement.scrollWidth <= innerWidth) return [];
  const reach = (each) => each.getBoundingClientRect().right;
  const all = [...document.body.querySelectorAll("*")].filter((each) => reach(each) > innerWidth);
  const furthest = all.sort((one, other) => reach(other) - reach(one))[0];
  return [(furthest ?? document.body).outerHTML.slice(0, 200)];
}"""
# Typeface loaded, colours and places no longer on their way from one view to the next.
AT_REST = """async () => {
  const frame = () => new Promise((drawn) => requestAnimationFrame(drawn));
  await document.fonts.ready;
  await frame();
  const ends = (each) => each.effect.getComputedTiming().iterations !== Infinity;
  await Promise.allSettled(document.getAnimations().filter(ends).map((each) => each.finished));
  await frame();
}"""


def listens(page):
    """From now on, `page.said` holds what the page's console and its errors say."""
    page.said = []
    page.on("console", lambda message: page.said.append(message.text))
    page.on("pageerror", lambda error: page.said.append(str(error)))
    return page


def faults(page, *, views=(), keep_as: str = "") -> list[str]:
    """Everything wrong with this page, in words. `keep_as` names the pictures that are kept of it.

    Looked at in these `views`; else in those whose turn it is by the page's name.
    """
    views = views or TURNS[crc32(page.title().encode()) % 2]
    found = [f"{width} {fault}" for width in WIDTHS for fault in _too_wide(page, width)]
    for width, theme in views:
        found += [f"{width} {theme} {fault}" for fault in _seen(page, width, theme, keep_as)]
    found += [] if page.locator("h1").count() == 1 else ["not one h1"]
    found += [] if page.title().strip() else ["no title"]
    found += [f"choice without words: {select}" for select in page.evaluate(UNNAMED_CHOICES)]
    # Chromium itself logs the status of a page that is not there.
    return found + [f"console: {words}" for words in page.said if "404 (Not Found)" not in words]


def _shown_at(page, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.evaluate(AT_REST)


def _too_wide(page, width: int) -> list[str]:
    _shown_at(page, width, WIDTHS[width])
    return [f"wider than the window: {outside}" for outside in page.evaluate(BEYOND_THE_EDGE)]


def _seen(page, width: int, theme: str, keep_as: str) -> list[str]:
    page.emulate_media(color_scheme=theme)
    _shown_at(page, width, WIDTHS[width])
    if keep_as and "CI" not in os.environ:
        page.screenshot(path=_picture(f"{keep_as} {width} {theme}"))
    # The whole page at once: axe takes what lies under a sticky bar at the moment for covered.
    _shown_at(page, width, page.evaluate("document.documentElement.scrollHeight") + 200)
    found = [f"{fault['id']}: {fault['nodes'][0]['html'][:120]}" for fault in _axe_finds(page, theme)]
    return found + [f"small target: {target}" for target in page.evaluate(SMALL_TARGETS)]


def _axe_finds(page, theme: str) -> list[dict]:
    """What axe objects to. All of it in the light; in the dark, what has to do with colours."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    asked = RULES if theme == "light" else {"type": "rule", "values": OF_COLOURS}
    # What is framed is somebody else's, and may run nothing that would answer.
    options = {"preload": False, "iframes": False, "runOnly": asked, "resultTypes": ["violations"]}
    return page.evaluate("async (options) => (await axe.run(options)).violations", options)


def _picture(name: str) -> Path:
    PICTURES.mkdir(parents=True, exist_ok=True)
    return PICTURES / f"{name.replace(' ', '-')}.png"
