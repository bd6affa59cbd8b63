"""Goals 7, 8, 10 and 11: what lists, searches and the webhook cost when a small past has become a long one.

Two offices of the same clients stand beside each other, one with a short past and one with a long one, and
are asked in turn, so that a busy machine weighs on both alike.
"""

import asyncio
import json
import random
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

import psycopg

from secretariat.local.databases import copy_database
from secretariat.local.test_servers import on

from . import past, ringing
from .figures import AT_MOST, Figure, MeasurementFailed, percentile
from .office import DATABASE, Office

CLIENTS = 1000
SHORT, LONG = 10_000, 1_000_000
COOKIE = "__Host-session"
DESK, PORTAL = "/desk/messages/", "/portal/messages/"
LIMITS = {"list": 2.5, "client": 12.0, "global": 20.0}


@dataclass(frozen=True)
class Page:
    """One page somebody opens. `kind` names the limit on how it may grow; without one it is only told."""

    name: str
    who: str
    address: str
    kind: str = "list"
    within: float = 0.0  # ms at the 99th percentile


def _pages(middle: dict[str, str]) -> list[Page]:
    def asked(path: str, **query: str) -> str:
        return f"{path}?{urlencode(query)}"

    two = f"{past.MIDDLING} {past.COMMON}"
    deep, deep_calls = middle["messages"], middle["calls"]
    return [
        Page("messages", "secretary", DESK),
        Page("messages-deep", "secretary", asked(DESK, after=deep)),
        Page("messages-undelivered", "secretary", asked(DESK, show="undelivered")),
        Page("messages-urgent", "secretary", asked(DESK, show="urgent")),
        Page("all-messages", "supervisor", DESK),
        Page("all-messages-deep", "supervisor", asked(DESK, after=deep)),
        Page("client-messages", "owner", PORTAL),
        Page("client-messages-deep", "owner", asked(PORTAL, after=deep)),
        Page("client-calls", "owner", "/portal/calls/"),
        Page("client-calls-deep", "owner", asked("/portal/calls/", after=deep_calls)),
        Page("portal-today", "owner", "/portal/"),
        Page("desk", "secretary", "/desk/"),
        Page("wallboard", "supervisor", "/firm/wallboard/"),
        Page("calls-in-admin", "supervisor", "/admin/calls/call/"),
        Page("messages-in-admin", "supervisor", "/admin/messages_app/message/"),
        Page("search-client", "owner", asked(PORTAL, q=past.MIDDLING), "client", 50),
        Page("search-client-common", "owner", asked(PORTAL, q=past.COMMON), "client", 50),
        Page("search-desk", "secretary", asked(DESK, q=past.MIDDLING), "client", 50),
        Page("search-desk-number", "secretary", asked(DESK, q="0123 4567"), "client", 50),
        Page("search-all-rare", "supervisor", asked(DESK, q=past.RARE), "global", 50),
        Page("search-all-common", "supervisor", asked(DESK, q=past.COMMON), "global", 50),
        Page(
            "search-all-two-words",
            "supervisor",
            asked(DESK, q=two),
            "global",
            50,
        ),
        Page("search-all-number", "supervisor", asked(DESK, q="0123 4567"), "global", 50),
        Page("search-everything", "supervisor", asked("/desk/search/", q=past.MIDDLING), "global", 50),
    ]


def measure(office: Office, *, quick: bool) -> list[Figure]:
    """Every page in every round from both offices; then the webhook of both."""
    long, rounds, times = (100_000, 3, 6) if quick else (LONG, 5, 20)
    office.fill(CLIENTS)
    office.stop_all()
    office.collect_static()
    sessions = json.loads(office.with_django("people.tell()"))
    ports, middles = {}, {}
    for name, calls in (("short", SHORT), ("long", long)):
        database = f"test_bench_{name}"
        copy_database(on(office.owner_url, "postgres"), DATABASE, database)
        past.live_through(on(office.owner_url, database), calls)
        beside = office.beside(database)
        middles[name] = json.loads(beside.with_django("people.cursors()"))
        ports[name] = beside.serve(name, "secretariat.wsgi:application", workers=1, SECOND_STEP="off")
    took = asyncio.run(_asked(office, ports, middles, sessions, rounds, times))
    figures = _page_figures(took, long)
    figures += _searches(office.beside("test_bench_long"), rounds, times, long)
    figures.append(_webhook(office, ports, rounds, 10 * times, long))
    office.stop_all()
    return figures


async def _asked(office, ports, middles, sessions, rounds, times) -> dict:
    """Milliseconds by page, office and round."""
    host = urlsplit(office.signed_url).netloc
    lines = {name: await ringing.Line.open(port) for name, port in ports.items()}
    pages = {name: _pages(middles[name]) for name in ports}
    took: dict = {page.name: {name: [] for name in ports} for page in pages["long"]}
    for number in range(rounds + 1):  # the first one warms up and is not counted
        for short, long in zip(pages["short"], pages["long"], strict=True):
            for name, page in (("short", short), ("long", long)):
                heard = [
                    await get(lines[name], host, page, sessions[page.who])
                    for _ in range(times if number else 2)
                ]
                if number:
                    took[page.name][name].append(heard)
    return took


async def get(line, host: str, page: Page, session: str) -> float:
    answer = await line.send(
        f"GET {page.address} HTTP/1.1\r\nHost: {host}\r\nCookie: {COOKIE}={session}\r\n\r\n".encode()
    )
    if answer.status != 200:
        raise MeasurementFailed(f"{page.name} answered {answer.status}: {answer.body[:300]!r}")
    return answer.seconds * 1e3


def _page_figures(took: dict, long: int) -> list[Figure]:
    figures = []
    for page in _pages({"messages": "", "calls": ""}):
        rounds = list(zip(took[page.name]["short"], took[page.name]["long"], strict=True))
        grown = tuple(percentile(late, 50) / percentile(early, 50) for early, late in rounds)
        slow = tuple(percentile(late, 99) for _, late in rounds)
        late = [each for _, later in rounds for each in later]
        told = f"p50 {percentile(late, 50):.0f} ms, p99 {percentile(slow, 50):.0f} ms at {long:,}"
        figures.append(Figure(f"grown-{page.name}", "11", "×", LIMITS[page.kind], AT_MOST, grown, told))
        if page.within:
            figures.append(Figure(f"{page.name}-p99", "8", "ms", page.within, AT_MOST, slow))
    for deep, first in (("messages-deep", "messages"), ("client-calls-deep", "client-calls")):
        ratios = tuple(
            percentile(far, 50) / percentile(near, 50)
            for far, near in zip(took[deep]["long"], took[first]["long"], strict=True)
        )
        figures.append(Figure(f"{deep}-page", "7", "× first", 1.5, AT_MOST, ratios))
    return figures


def _searches(office: Office, rounds: int, times: int, long: int) -> list[Figure]:
    """The statement alone, beside the same one written by hand, and one that reads every row."""
    took = json.loads(office.with_django(f"searches.tell({rounds}, {times})"))
    told = ", ".join(f"{name.replace('_', ' ')} {percentile(took[name], 50):.2f} ms" for name in took)

    def of(other: str) -> tuple[float, ...]:
        return tuple(ours / theirs for ours, theirs in zip(took["product"], took[other], strict=True))

    return [
        Figure("search-of-by-hand", "8", "×", 2.0, AT_MOST, of("by_hand"), f"{told} at {long:,}"),
        Figure("search-of-icontains", "8", "×", 0.02, AT_MOST, of("unindexed")),
    ]


def _webhook(office: Office, ports, rounds: int, calls: int, long: int) -> Figure:
    """One call after the other, in both offices in turn."""
    ratios, beside, wal = [], [], []
    for number in range(rounds + 1):
        p99 = {}
        logged = {}
        for name, port in ports.items():
            numbers = random.sample(office.filled["numbers"], calls if number else 20)
            environment = office.environment
            signed = {"account": environment["TWILIO_ACCOUNT_SID"], "token": environment["TWILIO_AUTH_TOKEN"]}
            requests = [ringing.incoming_call(office.signed_url, each, **signed) for each in numbers]
            before = _logged(office)
            answers, _ = asyncio.run(ringing.at_once(port, requests, 1))
            logged[name] = (_logged(office) - before) / len(answers) / 1024
            if any(answer.status != 200 for answer in answers):
                raise MeasurementFailed(f"the webhook was refused: {office.children.last_words(name)}")
            p99[name] = percentile([answer.seconds * 1e3 for answer in answers], 95)
        if number:
            ratios.append(p99["long"] / p99["short"])
            beside.append(p99["long"])
            wal.append(logged)
    kilobytes = " and ".join(f"{percentile([each[name] for each in wal], 50):.0f}" for name in ports)
    told = (
        f"p95 {percentile(beside, 50):.0f} ms at {long:,} calls (the goal is p99 at 10,000,000); "
        f"{kilobytes} kB of WAL a call, short and long"
    )
    return Figure("grown-webhook", "10", "×", 1.2, AT_MOST, tuple(ratios), told)


def _logged(office: Office) -> int:
    """Bytes of write-ahead log since the server began."""
    with psycopg.connect(office.owner_url) as rows:
        return int(rows.execute("SELECT pg_current_wal_insert_lsn() - '0/0'").fetchone()[0])
