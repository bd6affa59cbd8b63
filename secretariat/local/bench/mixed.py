"""Goal 12: the incoming call while the office searches, exports and empties a full queue.

Rounds of the two alternate on the same servers and rows: calls one after the other while nothing else is
asked, and while people search all messages, a report is taken out as a file again and again, and the workers
send bulk letters. As in docker-compose.yml the carrier is answered by processes of its own, before whom pages
yield, and before both whoever sends bulk letters.
"""

import asyncio
import json
import os
import random
from datetime import date, timedelta
from urllib.parse import urlencode

from . import delivering, past, post_office, ringing, webhook
from .figures import AT_MOST, Figure, MeasurementFailed, percentile
from .office import Office

CLIENTS = 1000
COOKIE, CSRF_COOKIE = "__Host-session", "__Host-csrf"
UNGUESSED = "a" * 32  # what cookie and header must agree on
LIMIT = 3.0  # × the calls' own time while nothing else is asked
SEARCHING = 2  # people who ask for the next page as soon as they have one
THREADS = 16  # as in docker-compose.yml
# Nice values, with weights as the `cpu_shares` of docker-compose.yml: 335, 110 and 1024.
PAGES_YIELD, BULK_YIELDS = 5, 10


def measure(office: Office, *, quick: bool) -> list[Figure]:
    """Every call and page must be answered, letters must be left over, and both be asked of at least once."""
    behind, rounds, calls, letters = (50_000, 2, 150, 30_000) if quick else (1_000_000, 4, 400, 150_000)
    with post_office.beside(office) as post:
        beside = post.office
        beside.filled = json.loads(beside.with_django(f"filling.tell({CLIENTS})"))
        sessions = json.loads(beside.with_django("people.tell()"))
        past.live_through(beside.owner_url, behind)
        beside.collect_static()
        beside.with_django(f"delivering.post_many('bulk', {letters})")
        web = beside.serve("web", "secretariat.wsgi:application", yields=PAGES_YIELD, SECOND_STEP="off")
        calls_web = beside.serve("calls", "secretariat.wsgi:application", SECOND_STEP="off")
        asyncio.run(_one_by_one(beside, calls_web, 40))  # the first requests load what later ones find
        ratios, told = [], []
        for _ in range(rounds):
            quiet = asyncio.run(_one_by_one(beside, calls_web, calls))
            sent = post.came()
            worker = post.starts("worker-bulk", *delivering.bulk(THREADS))
            os.setpriority(os.PRIO_PROCESS, worker.process.pid, BULK_YIELDS)
            beside.with_django(f"delivering.hint('bulk', {THREADS})")
            post.until(lambda sent=sent: post.came() > sent, "no letter leaves", seconds=60)
            mixed, pages = asyncio.run(_among_others(beside, calls_web, web, sessions["supervisor"], calls))
            beside.stop("worker-bulk")
            if not post.waiting("bulk"):
                raise MeasurementFailed("the letters were gone before the calls were")
            ratios.append(percentile(mixed, 99) / percentile(quiet, 99))
            told.append((percentile(quiet, 99), percentile(mixed, 99), pages, post.came() - sent))
    quiet, mixed, pages, sent = told[len(told) // 2]
    words = (
        f"p99 {quiet * 1e3:.0f} and {mixed * 1e3:.0f} ms; meanwhile {pages['searches']} searches, "
        f"{pages['files']} files, {sent:,} letters; {behind:,} calls and messages"
    )
    return [Figure("mixed-webhook", "12", "× quiet", LIMIT, AT_MOST, tuple(ratios), words)]


async def _one_by_one(office: Office, web: int, calls: int) -> list[float]:
    """Seconds of each call."""
    line, took = await ringing.Line.open(web), []
    for _ in range(calls):
        answer = await line.send(webhook.request(office, random.choice(office.filled["numbers"])))
        if answer.status != 200:
            raise MeasurementFailed(f"the webhook answered {answer.status}")
        took.append(answer.seconds)
    line.close()
    return took


async def _among_others(
    office: Office, calls_web: int, web: int, session: str, calls: int
) -> tuple[list[float], dict]:
    """The same while others ask, and how many pages they were given meanwhile."""
    today = date.today()
    report = urlencode(
        {"by": "client", "from_on": (today - timedelta(days=30)).isoformat(), "until_on": today.isoformat()}
    )
    words = (past.RARE, past.MIDDLING, past.COMMON, f"{past.MIDDLING} {past.COMMON}")
    pages = {"searches": 0, "files": 0}

    async def keep_asking(kind: str, requests: tuple[bytes, ...]) -> None:
        while True:
            await _page(web, random.choice(requests))
            pages[kind] += 1

    searches = tuple(
        _request(office, "GET", f"/desk/messages/?{urlencode({'q': each})}", session) for each in words
    )
    file = _request(office, "POST", "/firm/reports/file/", session, report)
    others = [asyncio.create_task(keep_asking("searches", searches)) for _ in range(SEARCHING)]
    others.append(asyncio.create_task(keep_asking("files", (file,))))
    took = await _one_by_one(office, calls_web, calls)
    while not all(pages.values()) and not any(each.done() for each in others):
        took += await _one_by_one(office, calls_web, 10)
    for each in others:
        each.cancel()
    ended = await asyncio.gather(*others, return_exceptions=True)
    if faults := [each for each in ended if not isinstance(each, asyncio.CancelledError)]:
        raise MeasurementFailed(f"others were refused: {faults[0]!r}")
    return took, pages


def _request(office: Office, method: str, address: str, session: str, body: str = "") -> bytes:
    """As a browser of hers asks for a page, or sends the form of one."""
    url = office.environment["PUBLIC_BASE_URL"]
    host = url.removeprefix("http://")
    return (
        f"{method} {address} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nOrigin: {url}\r\n"
        f"Cookie: {COOKIE}={session}; {CSRF_COOKIE}={UNGUESSED}\r\nX-CSRFToken: {UNGUESSED}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n{body}"
    ).encode()


async def _page(web: int, request: bytes) -> None:
    """One page or file, whole. Raises MeasurementFailed where it is neither."""
    reader, writer = await asyncio.open_connection("127.0.0.1", web)
    writer.write(request)
    answer = await reader.read()
    writer.close()
    if b" 200 " not in answer.split(b"\r\n", 1)[0]:
        raise MeasurementFailed(f"{request.split(b' HTTP')[0]!r} was answered {answer[:300]!r}")
