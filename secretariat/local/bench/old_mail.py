"""What mail's pages cost after a million mails: a secretary of fifty clients, the firm, a client herself."""

import asyncio
import json
from urllib.parse import urlencode

from . import mail_past, past, processor, ringing
from .figures import AT_MOST, Figure, percentile
from .growth import Page, get
from .office import Office

FULL, QUICK = (1_000_000, 1000), (50_000, 100)  # mails and clients
LIMIT = 100.0  # ms
INBOX, HISTORY = "/desk/inbox/", "/portal/mail/history/"


def measure(office: Office, *, quick: bool) -> list[Figure]:
    (mails, clients), rounds, times = (QUICK, 1, 4) if quick else (FULL, 5, 20)
    office.fill(clients)
    office.stop_all()
    office.collect_static()
    sessions = json.loads(office.with_django("people.tell()"))
    office.with_django(f"mailboxes.connect({clients})")
    office.with_django("mailboxes.sample()")
    mail_past.live_through(office.owner_url, mails)
    middle = json.loads(office.with_django("mailboxes.middle()"))
    port = office.serve("web-inbox", "secretariat.wsgi:application", workers=1, SECOND_STEP="off")
    took, worked = asyncio.run(_asked(office, port, _pages(middle), sessions, rounds, times))
    figures = []
    for page, heard in took.items():
        told = [each for one in heard for each in one]
        beside = f"p50 {percentile(told, 50):.0f} ms, most {max(told):.0f} ms at {mails:,} mails"
        p95 = tuple(percentile(one, 95) for one in heard)
        figures.append(Figure(f"{page}-p95", "post", "ms", LIMIT, AT_MOST, p95, beside))
        work = tuple(worked[page])
        figures.append(Figure(f"{page}-work", "post", "ms", LIMIT, AT_MOST, work, "of a processor, in all"))
    return figures


def _pages(middle: dict[str, str]) -> list[Page]:
    def asked(page: str = INBOX, **query: str) -> str:
        return f"{page}?{urlencode(query)}"

    return [
        Page("inbox", "secretary", INBOX),
        Page("inbox-of-firm", "supervisor", INBOX),
        Page("inbox-later", "secretary", asked(show="later")),
        Page("inbox-answered", "secretary", asked(show="waiting")),
        Page("inbox-done", "secretary", asked(show="done")),
        Page("inbox-done-deep", "supervisor", asked(show="done", after=middle["done"])),
        Page("inbox-junk", "secretary", asked(show="junk")),
        Page("inbox-client", "secretary", asked(client=middle["client"])),
        Page("inbox-search-common", "supervisor", asked(q=past.COMMON)),
        Page("inbox-search-middling", "supervisor", asked(q=past.MIDDLING)),
        Page("inbox-search-rare", "secretary", asked(q=past.RARE)),
        Page("inbox-thread", "supervisor", f"{INBOX}{middle['thread']}/"),
        Page("history", "owner", HISTORY),
        Page("history-late", "owner", asked(HISTORY, show="late")),
        Page("history-answered", "owner", asked(HISTORY, show="answered")),
        Page("history-done-deep", "owner", asked(HISTORY, show="done", after=middle["done"])),
        Page("history-search-common", "owner", asked(HISTORY, q=past.COMMON)),
        Page("history-search-rare", "owner", asked(HISTORY, q=past.RARE)),
        Page("history-thread", "owner", f"{HISTORY}{middle['own']}/"),
    ]


async def _asked(office, port: int, pages, sessions, rounds: int, times: int) -> tuple[dict, dict]:
    """Milliseconds by page and round: of each answer, and of a processor on average, PostgreSQL's with it."""
    host = office.environment["PUBLIC_BASE_URL"].removeprefix("http://")
    line = await ringing.Line.open(port)
    took: dict[str, list[list[float]]] = {page.name: [] for page in pages}
    worked: dict[str, list[float]] = {page.name: [] for page in pages}
    for number in range(rounds + 1):  # the first one warms up and is not counted
        for page in pages:
            began = processor.seconds()
            asked = times if number else 2
            heard = [await get(line, host, page, sessions[page.who]) for _ in range(asked)]
            if number:
                took[page.name].append(heard)
                worked[page.name].append((processor.seconds() - began) * 1e3 / asked)
    return took, worked
