"""Goal 4, to the eye: from the carrier's request until Answer stands on the right desk in a real Chromium.

The last of it is the browser's own work: hearing the event, asking for the bar, and drawing it. What is timed
ends with the first frame in which the button has a place on the page.
"""

import asyncio
import time

import psycopg

from secretariat.local import chromium

from . import webhook
from .desks import COOKIE, Desk, within
from .figures import AT_MOST, Figure, MeasurementFailed, percentile
from .office import Office
from .ringing import Line

LIMIT = 500.0  # ms, of 95 in a hundred
ROUNDS = 3
WARM_UP = 3  # desks whose call is not counted: the first page fills the browser's cache
PATIENCE = 15.0  # seconds
# Answer is a button where she hears by browser, and is heard of: no beat ages while this runs.
HEARS_BY_BROWSER = """
    UPDATE office_secretary SET line = 'browser';
    UPDATE office_presence SET line = 'browser', phone_registered = true,
        heartbeat_at = now() + interval '1 hour'
"""
# The carrier's own telephone in the browser: it is not reached from here, and would say that she cannot hear.
NOT_HERE = ("**/twilio.min.*.js", "**/desk/phone/token/", "**/desk/presence/heartbeat/")
# In the page: a mark once its stream is open, however early that is.
LISTENS = (
    """document.addEventListener("live:beat", () => document.body.setAttribute("data-listens", ""), true)"""
)
# The moment, in milliseconds since 1970, of the first frame in which Answer can be pressed.
SEEN = """() => new Promise((tell) => {
    const look = () => {
        const button = document.querySelector('[data-phone="accept"]');
        if (button && button.getBoundingClientRect().height) tell(performance.timeOrigin + performance.now());
        else requestAnimationFrame(look);
    };
    look();
})"""


def measure(office: Office, *, quick: bool) -> list[Figure]:
    others, calls = (100, 8) if quick else (1000, 40)
    watched = calls * ROUNDS + WARM_UP
    office.fill(watched + others)
    with psycopg.connect(office.owner_url, autocommit=True) as rows:
        rows.execute(HEARS_BY_BROWSER)
    office.collect_static()
    web = office.serve("web", "secretariat.wsgi:application")
    pages = office.serve("pages", "secretariat.asgi:application", interface="asginl")
    took = asyncio.run(_rung(office, web, pages, watched, others))
    office.stop_all()
    office.filled = {}  # their lines are others now
    counted = took[WARM_UP:]
    rounds = tuple(percentile(counted[n * calls : (n + 1) * calls], 95) for n in range(ROUNDS))
    beside = f"p50 {percentile(counted, 50):.0f} ms, {len(counted)} calls, {others} other desks listen"
    return [Figure("call-to-answer-p95", "4", "ms", LIMIT, AT_MOST, rounds, beside)]


async def _rung(office: Office, web: int, pages: int, watched: int, others: int) -> list[float]:
    """Milliseconds for each of the desks that are looked at."""
    from playwright.async_api import async_playwright

    host = office.environment["PUBLIC_BASE_URL"].removeprefix("http://")
    sessions = office.filled["sessions"]
    desks = [Desk() for _ in range(others)]
    listening = [
        asyncio.create_task(desk.listen(pages, host, session))
        for desk, session in zip(desks, sessions[watched:], strict=False)
    ]
    await within(60, asyncio.gather(*(desk.ready.wait() for desk in desks)), "not all streams opened")
    line, took = await Line.open(web), []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=chromium.found_or_installed(), args=["--no-sandbox", "--disable-gpu"]
        )
        for which in range(watched):
            took.append(await _on_her_desk(office, browser, line, pages, which))
        await browser.close()
    line.close()
    for task in listening:
        task.cancel()
    await asyncio.gather(*listening, return_exceptions=True)
    return took


async def _on_her_desk(office: Office, browser, line: Line, pages: int, which: int) -> float:
    context = await browser.new_context(extra_http_headers={"X-Forwarded-Proto": "https"})
    session = office.filled["sessions"][which]
    signed_in = {"name": COOKIE, "value": session, "url": "https://127.0.0.1/", "secure": True}
    await context.add_cookies([signed_in])
    page = await context.new_page()
    await page.add_init_script(LISTENS)
    for each in NOT_HERE:
        await page.route(each, lambda route: route.abort())
    async with asyncio.timeout(PATIENCE):
        await page.goto(f"http://127.0.0.1:{pages}/desk/")
        await page.wait_for_selector("body[data-listens]", state="attached")
        seen = asyncio.ensure_future(page.evaluate(SEEN))
        sent = time.time()
        answer = await line.send(webhook.request(office, office.filled["numbers"][which]))
        if answer.status != 200:
            raise MeasurementFailed(f"the webhook answered {answer.status}")
        at = await seen
    await context.close()
    return at - sent * 1e3
