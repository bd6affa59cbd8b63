"""The floor: what a webhook costs without a framework. Bare WSGI and psycopg, nothing else.

It checks the signature, looks up the line and its secretary, and writes in one transaction the rows
that the product wrote for one call, under new ids. It decides nothing, which is the difference measured.
"""

import base64
import hashlib
import hmac
import json
import os
import threading
import uuid
from pathlib import Path
from urllib.parse import parse_qsl

import psycopg

from .sample import ids_in

TOKEN = os.environ["TWILIO_AUTH_TOKEN"].encode()
URL = f"{os.environ['PUBLIC_BASE_URL']}/twilio/voice/"
SAMPLE = json.loads(Path(os.environ["BENCH_SAMPLE"]).read_text())
LINE = """
    SELECT l.id::text, l.client_id::text, c.name
    FROM clients_line l JOIN clients_client c ON c.id = l.client_id
    WHERE l.number = %s AND l.is_active AND c.is_active
"""
SECRETARY = """
    SELECT a.secretary_id::text, s.user_id::text, s.home_number, s.spoken_name
    FROM clients_assignment a JOIN office_secretary s ON s.id = a.secretary_id
    WHERE a.client_id = %s AND a.until_at IS NULL
"""
_here = threading.local()


class Rows:
    """The sampled rows as statements whose changing parts are known beforehand."""

    def __init__(self, rows: list[dict], known: dict[str, str]):
        self.new_ids = sorted(ids_in(rows))
        changing = [*self.new_ids, *known]
        self.statements = []
        for row in rows:
            places = ", ".join(f"%s::{kind}" for kind in row["types"])
            names = ", ".join(f'"{name}"' for name in row["columns"])
            changed = [
                number
                for number, value in enumerate(row["values"])
                if value is not None and any(part in value or _bare(part) in value for part in changing)
            ]
            written = f'INSERT INTO "{row["table"]}" ({names}) VALUES ({places})'
            self.statements.append((written, row["values"], changed))

    def write(self, connection, known: dict[str, str]) -> None:
        fresh = {old: str(uuid.uuid4()) for old in self.new_ids} | known
        for written, values, changed in self.statements:
            copied = list(values)
            for number in changed:
                copied[number] = replaced(copied[number], fresh)
            connection.execute(written, copied)


def replaced(text: str, fresh: dict[str, str]) -> str:
    for old, new in fresh.items():
        text = text.replace(old, new).replace(_bare(old), _bare(new))
    return text


def _bare(part: str) -> str:
    """An id as some addresses and names have it, without its hyphens."""
    return part.replace("-", "") if len(part) == 36 else part


def facts(connection, number: str, carrier_id: str) -> tuple:
    line = connection.execute(LINE, [number]).fetchone()
    return (*line, *connection.execute(SECRETARY, [line[1]]).fetchone(), number, carrier_id)


def _connection():
    if not hasattr(_here, "connection"):
        connection = psycopg.connect(os.environ["DATABASE_URL"])
        call = next(row for row in SAMPLE["rows"] if row["table"] == "calls_call")
        sampled = dict(zip(call["columns"], call["values"], strict=True))
        number = connection.execute(
            "SELECT number FROM clients_line WHERE id = %s", [sampled["line_id"]]
        ).fetchone()[0]
        _here.sampled = facts(connection, number, sampled["carrier_id"])
        _here.rows = Rows(SAMPLE["rows"], dict.fromkeys(_here.sampled, ""))
        connection.commit()
        _here.connection = connection
    return _here.connection


def application(environ, start_response):
    if environ["REQUEST_METHOD"] != "POST":
        start_response("405 Method Not Allowed", [("Content-Length", "0")])
        return [b""]
    body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
    fields = dict(parse_qsl(body.decode(), keep_blank_values=True))
    signed = URL + "".join(name + fields[name] for name in sorted(fields))
    expected = base64.b64encode(hmac.new(TOKEN, signed.encode(), hashlib.sha1).digest()).decode()
    if not hmac.compare_digest(expected, environ.get("HTTP_X_TWILIO_SIGNATURE", "")):
        start_response("403 Forbidden", [("Content-Length", "0")])
        return [b""]
    connection = _connection()
    with connection.transaction():
        here = facts(connection, fields["To"], fields["CallSid"])
        known = dict(zip(_here.sampled, here, strict=True))
        _here.rows.write(connection, known)
    answer = replaced(SAMPLE["answer"], known).encode()
    start_response("200 OK", [("Content-Type", "text/xml"), ("Content-Length", str(len(answer)))])
    return [answer]
