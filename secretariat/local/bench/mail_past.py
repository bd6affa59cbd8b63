"""A past of many mails, written by the database itself: see `past.py`.

Four mails to a conversation. What waits is half of the newest fiftieth; the rest was answered, is kept for
later, was junk or is done. The first client has far more than the last.
"""

import psycopg
from psycopg import sql

from . import past

TO_ONE = 4  # mails of a conversation
PAST = """
    CREATE TEMP TABLE bench_threads AS
    SELECT n, 1 + floor(power(random(), 2) * {clients})::int AS k,
           floor(random() * 20000)::int AS first, floor(random() * 20000)::int AS second,
           now() - n * interval '2 minutes' AS at, uuidv7(-n * interval '2 minutes') AS thread_id,
           CASE WHEN n <= {threads} / 50 AND n % 40 = 0 THEN 'urgent'
                WHEN n <= {threads} / 50 AND n % 2 = 0 THEN 'answer'
                WHEN n <= {threads} / 10 AND n % 20 = 1 THEN 'later'
                WHEN n % 12 = 5 THEN 'junk' ELSE 'answer' END AS verdict,
           CASE WHEN n <= {threads} / 50 AND n % 2 = 0 OR n <= {threads} / 10 AND n % 20 = 1 THEN 'open'
                WHEN n % 10 = 3 AND n % 12 <> 5 THEN 'waiting' ELSE 'done' END AS state
    FROM generate_series(1, {threads}) n
"""
MAILBOXES = """
    JOIN (SELECT row_number() OVER (ORDER BY client_id) AS k, client_id, id AS mailbox_id
          FROM messages_app_mailbox) b USING (k)
"""
SENTENCES = f"""
    JOIN {past.SAID} one ON one.n = p.first JOIN {past.SAID} two ON two.n = p.second
"""
THREADS = f"bench_threads p {MAILBOXES} {SENTENCES}"
MAILS = f"bench_threads p {MAILBOXES} {SENTENCES} CROSS JOIN generate_series(0, {TO_ONE - 1}) g"
WHERE = {"client_id": "b.client_id", "mailbox_id": "b.mailbox_id"}
AUTHOR = "'dana' || p.n % 5000 || '@harlow.example'"
TOLD: dict[str, tuple[str, dict[str, str]]] = {
    "messages_app_mailthread": (
        THREADS,
        WHERE
        | {
            "id": "p.thread_id",
            "subject": "left(one.said, 60)",
            "subject_key": "left(one.said, 60)",
            "who": f"'Dana ' || p.n % 5000 || ' <' || {AUTHOR} || '>'",
            "address": AUTHOR,
            "verdict": "p.verdict",
            "state": "p.state",
            "because": "'no rule of the client says otherwise'",
            "promised_at": "CASE WHEN p.state = 'open' THEN p.at + interval '4 hours' END",
            "waits_since": "CASE WHEN p.state = 'open' THEN p.at END",
            "done_because": "CASE WHEN p.state = 'open' THEN '' ELSE 'Answered' END",
            "first_at": f"p.at - interval '{TO_ONE} hours'",
            "last_at": "p.at",
        },
    ),
    "messages_app_mail": (
        MAILS,
        WHERE
        | {
            "id": "uuidv7(-p.n * interval '2 minutes' - g * interval '1 hour')",
            "thread_id": "p.thread_id",
            "key": f"lpad((p.n * {TO_ONE} + g)::text, 64, '0')",
            "message_id": "p.n || '.' || g || '@harlow.example'",
            "direction": "CASE WHEN g % 2 = 0 THEN 'in' ELSE 'out' END",
            "sender": AUTHOR,
            "sender_name": "'Dana ' || p.n % 5000",
            "subject": "left(one.said, 60)",
            "words": "one.said || ' ' || two.said",
            "at": "p.at - g * interval '1 hour'",
        },
    ),
}


def live_through(owner_url: str, mails: int) -> None:
    """Add so many mails to an office in which each client has a mailbox, and one of them one mail."""
    with psycopg.connect(owner_url) as rows:
        rows.execute("SET session_replication_role = replica")  # the keys are known to be there
        rows.execute("SELECT setseed(0.5)")
        [clients] = rows.execute("SELECT count(*) FROM messages_app_mailbox").fetchone()
        rows.execute(past.SENTENCES)
        rows.execute(PAST.format(clients=clients, threads=mails // TO_ONE))
        rows.execute(f"ANALYZE bench_threads, {past.SAID}")
        for table, (source, told) in TOLD.items():
            indexes = past.without_indexes(rows, table)
            past.multiply(rows, table, told, source)
            for index in indexes:
                rows.execute(index)
    with psycopg.connect(owner_url, autocommit=True) as rows:
        for table in TOLD:
            rows.execute(sql.SQL("VACUUM {}").format(sql.Identifier(table)))
        rows.execute("ANALYZE")
