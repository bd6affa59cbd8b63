"""A past of many years: rows copied by the database itself, with what must differ between them.

Every table keeps the columns of one sample row; only the named ones are told anew. So a column that is
added to the product later is filled without a change here.
"""

import psycopg
from psycopg import sql

SECONDS_APART = 25  # of two calls: a million of them are nine months
CALLERS = 200_000
TABLES = (
    *("calls_call", "calls_leg", "calls_offer", "calls_callevent"),
    *("messages_app_message", "messages_app_delivery", "outbox_effect", "outbox_inboundevent"),
)
RUNG = tuple(
    each for each in TABLES if not each.startswith("messages_app")
)  # what a ringing call asks and writes
SAID = "bench_said"  # sentences that messages are put together from
COMMON, MIDDLING, RARE = "wordbaaa", "wordcaab", "wordzzrare"

# Words as they are in talk: few very often, most hardly ever.
SENTENCES = f"""
    CREATE TEMP TABLE {SAID} AS
    SELECT n, string_agg('word' || translate(lpad(floor(20000 * power(random(), 4))::int::text, 5, '0'),
                                             '0123456789', 'bcdfghjklm'), ' ')
           || CASE WHEN n % 3 = 0 THEN ' {COMMON}' ELSE '' END
           || CASE WHEN n % 500 = 0 THEN ' {MIDDLING}' ELSE '' END
           || CASE WHEN n = 7 THEN ' {RARE}' ELSE '' END AS said
    FROM generate_series(0, 19999) n, generate_series(1, 11) w GROUP BY n
"""

# One row each: which client (the first far more often than the last), which caller, how long ago.
PAST = f"""
    CREATE TEMP TABLE bench_past AS
    SELECT n, 1 + floor(power(random(), 2) * {{clients}})::int AS k,
           '+4477' || lpad(floor(random() * {CALLERS})::int::text, 8, '0') AS caller,
           floor(random() * 20000)::int AS first, floor(random() * 20000)::int AS second,
           now() - n * interval '{SECONDS_APART} seconds' AS at,
           uuidv7(-n * interval '{SECONDS_APART} seconds') AS call_id,
           uuidv7(-n * interval '{SECONDS_APART} seconds') AS message_id,
           uuidv7(-n * interval '{SECONDS_APART} seconds') AS effect_id
    FROM generate_series({{first}}, {{last}}) n
"""
SOURCE = f"""
    bench_past p
    JOIN (SELECT row_number() OVER (ORDER BY c.id) AS k, c.id AS client_id, l.id AS line_id,
                 min(t.id::text)::uuid AS contact_id
          FROM clients_client c JOIN clients_line l ON l.client_id = c.id
          JOIN clients_contact t ON t.client_id = c.id GROUP BY c.id, l.id) c USING (k)
    JOIN {SAID} one ON one.n = p.first JOIN {SAID} two ON two.n = p.second
"""
TOLD: dict[str, dict[str, str]] = {
    "calls_call": {
        "id": "p.call_id",
        "client_id": "c.client_id",
        "line_id": "c.line_id",
        "carrier_id": "'CA' || p.n",
        "caller_number": "p.caller",
        "rang_at": "p.at",
        "answered_at": "p.at",
        "ended_at": "p.at",
        "closed_at": "p.at",
    },
    "calls_leg": {
        "id": "gen_random_uuid()",
        "call_id": "p.call_id",
        "client_id": "c.client_id",
        "carrier_id": "'CA' || p.n",
        "created_at": "p.at",
        "ended_at": "p.at",
    },
    "calls_offer": {
        "id": "gen_random_uuid()",
        "call_id": "p.call_id",
        "client_id": "c.client_id",
        "offered_at": "p.at",
        "expires_at": "p.at + interval '20 seconds'",
        "settled_at": "p.at",
    },
    "calls_callevent": {"call_id": "p.call_id", "client_id": "c.client_id", "at": "p.at"},
    "messages_app_message": {
        "id": "p.message_id",
        "client_id": "c.client_id",
        "contact_id": "c.contact_id",
        "call_back_on": "p.caller",
        "taken_at": "p.at",
        "caller_name": "'Caller ' || p.n % 5000",
        "text": "one.said || ' ' || two.said",
        "state": "CASE WHEN p.n % 50 = 0 THEN 'undelivered' ELSE 'acknowledged' END",
        "acknowledged_at": "CASE WHEN p.n % 50 = 0 THEN NULL ELSE p.at END",
    },
    "outbox_effect": {
        "id": "p.effect_id",
        "key": "'past-' || p.n",
        "posted_at": "p.at",
        "changed_at": "p.at",
        "place": "nextval('outbox_effect_place')",
        "client_id": "c.client_id",
    },
    "messages_app_delivery": {
        "id": "gen_random_uuid()",
        "message_id": "p.message_id",
        "client_id": "c.client_id",
        "contact_id": "c.contact_id",
        "effect_id": "p.effect_id",
        "created_at": "p.at",
    },
    "outbox_inboundevent": {
        "id": "gen_random_uuid()",
        "key": "'past-' || p.n",
        "received_at": "p.at",
        "ended_at": "p.at",
        "emptied_at": "p.at",
    },
}


def live_through(owner_url: str, calls: int, tables: tuple[str, ...] = TABLES) -> None:
    """Add so many calls, each with a row in these tables, to the past of an office that has one of each."""
    with psycopg.connect(owner_url) as connection:
        connection.execute("SET session_replication_role = replica")  # the keys are known to be there
        connection.execute("SET maintenance_work_mem = '512MB'")
        connection.execute("SELECT setseed(0.5)")
        [clients] = connection.execute("SELECT count(*) FROM clients_client").fetchone()
        connection.execute(SENTENCES)
        connection.execute(PAST.format(clients=clients, first=1, last=calls))
        connection.execute(f"ANALYZE bench_past, {SAID}")
        for table in tables:
            indexes = without_indexes(connection, table)
            multiply(connection, table, TOLD[table], SOURCE)
            for index in indexes:
                connection.execute(index)
    with psycopg.connect(owner_url, autocommit=True) as connection:
        for table in tables:
            connection.execute(sql.SQL("VACUUM {}").format(sql.Identifier(table)))
        connection.execute("ANALYZE")


def multiply(connection, table: str, told: dict[str, str], source: str) -> None:
    """Add a row like its first one for each row of the source, with what is told anew of each."""
    columns = [name for name in columns_of(connection, table) if name in told or name != "id"]
    values = [
        sql.SQL(told[name]) if name in told else sql.SQL("o.{}").format(sql.Identifier(name))
        for name in columns
    ]
    written = "INSERT INTO {table} ({names}) SELECT {values} FROM (SELECT * FROM {table} LIMIT 1) o, "
    connection.execute(
        sql.SQL(written + source).format(
            table=sql.Identifier(table),
            names=sql.SQL(", ").join(map(sql.Identifier, columns)),
            values=sql.SQL(", ").join(values),
        )
    )


def columns_of(connection, table: str) -> list[str]:
    found = connection.execute(
        "SELECT column_name FROM information_schema.columns "
        "WHERE table_schema = 'public' AND table_name = %s AND is_generated = 'NEVER' "
        "ORDER BY ordinal_position",
        [table],
    )
    return [name for (name,) in found]


def without_indexes(connection, table: str) -> list[str]:
    """Drop what can be made again at once afterwards, which is faster than entry by entry; returns how."""
    found = connection.execute(
        "SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i "
        "WHERE i.indrelid = %s::regclass AND NOT EXISTS "
        "(SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)",
        [table],
    ).fetchall()
    for name, _ in found:
        connection.execute(f"DROP INDEX {name}")
    return [definition for _, definition in found]
