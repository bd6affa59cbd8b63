"""A million mails: conversations copied by the database itself, and the inbox of a secretary of many clients.

Every client has as many conversations as any other; of ten a client's newest one waits for an answer.
"""

import asyncio
from urllib.parse import urlencode, urlsplit

import psycopg

from . import past, ringing
from .figures import AT_MOST, Figure, MeasurementFailed, percentile
from .growth import COOKIE
from .office import Office

CLIENTS = 1000
MAILS_EACH = 2.5  # of a conversation, taken over all
OPEN = 10  # conversations of a client that wait
SECONDS_APART = 40  # of two conversations: 400,000 of them are half a year
LIMIT = 100.0  # ms
INBOX = "/desk/inbox/"
TABLES = ("messages_app_mailthread", "messages_app_mail")

THREADS = """
    CREATE TEMP TABLE bench_threads AS
    SELECT n, 1 + n % {clients} AS k, n / {clients} < {open} AS is_open, n % 7 AS seventh,
           now() - n * interval '{apart} seconds' AS at, uuidv7(-n * interval '{apart} seconds') AS thread_id
    FROM generate_series(0, {last}) n
"""
BOXES = """
    CREATE TEMP TABLE bench_boxes AS
    SELECT row_number() OVER (ORDER BY b.id) AS k, b.id AS mailbox_id, b.client_id FROM messages_app_mailbox b
"""
ONE_EACH = "bench_threads t JOIN bench_boxes b USING (k)"
SOURCE_OF_THREADS = ONE_EACH
SOURCE_OF_MAILS = f"""
    {ONE_EACH} JOIN generate_series(1, 3) m ON m <= 2 + t.n % 2
    JOIN {past.SAID} one ON one.n = (t.n * 7 + m) % 20000
"""
TOLD = {
    "messages_app_mailthread": {
        "id": "t.thread_id",
        "client_id": "b.client_id",
        "mailbox_id": "b.mailbox_id",
        "subject": "'Subject ' || t.n",
        "subject_key": "'subject ' || t.n",
        "who": "'Caller ' || t.n % 5000",
        "address": "'caller' || t.n % 5000 || '@harlow.example'",
        "verdict": "CASE WHEN t.is_open AND t.n % 50 = 0 THEN 'urgent' WHEN t.is_open AND t.seventh = 0 "
        "THEN 'later' WHEN t.seventh = 1 AND NOT t.is_open THEN 'junk' ELSE 'answer' END",
        "state": "CASE WHEN t.is_open THEN 'open' WHEN t.seventh = 2 THEN 'waiting' ELSE 'done' END",
        "promised_at": "CASE WHEN t.is_open THEN t.at + interval '4 hours' END",
        "waits_since": "CASE WHEN t.is_open THEN t.at END",
        "first_at": "t.at",
        "last_at": "t.at",
    },
    "messages_app_mail": {
        "id": "uuidv7(-t.n * interval '40 seconds')",
        "client_id": "b.client_id",
        "mailbox_id": "b.mailbox_id",
        "thread_id": "t.thread_id",
        "key": "'past-' || t.n || '-' || m",
        "message_id": "'past-' || t.n || '-' || m || '@harlow.example'",
        "sender": "'caller' || t.n % 5000 || '@harlow.example'",
        "sender_name": "'Caller ' || t.n % 5000",
        "subject": "'Subject ' || t.n",
        "words": "one.said",
        "at": "t.at",
        "said_at": "t.at",
    },
}


def live_through(owner_url: str, mails: int) -> None:
    """So many mails, in mailboxes that hold one conversation of one mail altogether."""
    last = int(mails / MAILS_EACH)
    with psycopg.connect(owner_url) as rows:
        rows.execute("SET session_replication_role = replica")  # the keys are known to be there
        rows.execute("SELECT setseed(0.5)")
        rows.execute(past.SENTENCES)
        rows.execute(THREADS.format(clients=CLIENTS, open=OPEN, apart=SECONDS_APART, last=last))
        rows.execute(BOXES)
        rows.execute(f"ANALYZE bench_threads, bench_boxes, {past.SAID}")
        for table, source in zip(TABLES, (SOURCE_OF_THREADS, SOURCE_OF_MAILS), strict=True):
            past.multiply(rows, TOLD, source, [table])
    past.vacuum(owner_url, TABLES)


def pages() -> dict[str, str]:
    asked = {
        "inbox": {},
        "inbox-later": {"show": "later"},
        "inbox-answered": {"show": "waiting"},
        "inbox-done": {"show": "done"},
        "inbox-junk": {"show": "junk"},
        "inbox-found-rarely": {"q": past.RARE},
        "inbox-found": {"q": past.MIDDLING},
        "inbox-found-often": {"q": past.COMMON},
    }
    return {name: f"{INBOX}?{urlencode(query)}" for name, query in asked.items()}


def measure(office: Office, *, quick: bool) -> list[Figure]:
    """Every page of the inbox in turn, over HTTP."""
    mails, rounds, times = (50_000, 3, 6) if quick else (1_000_000, 5, 20)
    office.fill(CLIENTS)
    office.stop_all()
    office.collect_static()
    office.with_django("correspondence.begin()")
    session = office.with_django("correspondence.fill()").strip()
    live_through(office.owner_url, mails)
    with psycopg.connect(office.owner_url) as rows:
        [there] = rows.execute("SELECT count(*) FROM messages_app_mail").fetchone()
    if there < mails:
        raise MeasurementFailed(f"{there} mails instead of {mails}")
    port = office.serve("web", "secretariat.wsgi:application", workers=1, SECOND_STEP="off")
    took = asyncio.run(_asked(office, port, session, rounds, times))
    office.stop_all()
    office.filled = {}  # its clients have mailboxes
    return [_figure(name, heard, there) for name, heard in took.items()]


async def _asked(office: Office, port: int, session: str, rounds: int, times: int) -> dict:
    """Milliseconds by page and round."""
    line, host = await ringing.Line.open(port), urlsplit(office.signed_url).netloc
    took: dict[str, list[list[float]]] = {name: [] for name in pages()}
    for number in range(rounds + 1):  # the first one warms up and is not counted
        for name, address in pages().items():
            request = f"GET {address} HTTP/1.1\r\nHost: {host}\r\nCookie: {COOKIE}={session}\r\n\r\n".encode()
            answers = [await line.send(request) for _ in range(times if number else 2)]
            for answer in answers:
                if answer.status != 200:
                    raise MeasurementFailed(f"{address} answered {answer.status}: {answer.body[:300]!r}")
            if name == "inbox" and b"Subject 0" not in answers[0].body and b"Subject" not in answers[0].body:
                raise MeasurementFailed("the inbox shows no mail")
            if number:
                took[name].append([answer.seconds * 1e3 for answer in answers])
    line.close()
    return took


def _figure(name: str, heard: list[list[float]], mails: int) -> Figure:
    every = [each for answers in heard for each in answers]
    beside = f"{mails:,} mails; p50 {percentile(every, 50):.0f} ms"
    rounds = tuple(percentile(answers, 95) for answers in heard)
    return Figure(f"{name}-p95", "post", "ms", LIMIT, AT_MOST, rounds, beside)
