"""A carrier that is not ours: it rings whom it is told to ring, and keeps a book of every line.

`python -m secretariat.local.bench.carrier FILE PORT WEB SECONDS` until it is stopped. It speaks as much of
Twilio's API as ringing, finding, moving and ending a line takes. SECONDS is how long it takes, on average, to
say that it rings: the gap in which a worker is best not to die. Nobody picks up: a line ends when told to,
or after its own time, and WEB, our port, is told of it by a signed notice. Standard library only.
"""

import asyncio
import json
import os
import random
import secrets
import sqlite3
import sys
import time
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

from . import ringing

OVER, NOT_FOUND = {"code": 21220, "status": 400}, {"code": 20404, "status": 404}


@dataclass
class Carrier:
    book: sqlite3.Connection
    web: int
    gap: float
    notices: set[asyncio.Task] = field(default_factory=set)

    async def asked(self, method: str, path: str, told: dict[str, str]) -> tuple[int, dict]:
        """Status and answer to one request of the API."""
        named = urlsplit(path).path.rpartition("/")[2].removesuffix(".json")
        if named == "Calls":
            return (201, await self._ring(told)) if method == "POST" else (200, self._found(told))
        if "/Calls/" not in path:
            return 404, NOT_FOUND
        row = self.book.execute("SELECT ended_at FROM lines WHERE sid = ?", [named]).fetchone()
        if method == "GET":
            return 200, {"sid": named, "status": "completed" if row is None or row[0] else "ringing"}
        if row is not None and row[0]:
            return 400, OVER
        if row is not None and told.get("Status") == "completed":
            self._end(named, "canceled")
        return 200, {"sid": named}

    async def _ring(self, told: dict[str, str]) -> dict:
        sid = f"CA{secrets.token_hex(16)}"
        await asyncio.sleep(random.uniform(0, 0.004))
        self.book.execute(
            "INSERT INTO lines (sid, leg, callee, caller, tells, at) VALUES (?, ?, ?, ?, ?, ?)",
            [
                sid,
                _leg(told["StatusCallback"]),
                told["To"],
                told["From"],
                told["StatusCallback"],
                time.time(),
            ],
        )
        asyncio.get_running_loop().call_later(float(told["Timeout"]), self._end, sid, "no-answer")
        await asyncio.sleep(random.uniform(0.4, 1.6) * self.gap)
        return {"sid": sid, "status": "queued"}

    def _found(self, told: dict[str, str]) -> dict:
        asked = "SELECT sid FROM lines WHERE callee = ? AND caller = ? AND at >= ? ORDER BY at DESC"
        since = datetime.fromisoformat(told["StartTime>"]).timestamp() if "StartTime>" in told else 0
        rows = self.book.execute(asked, [told.get("To", ""), told.get("From", ""), since]).fetchall()
        return {"calls": [{"sid": sid} for (sid,) in rows], "page": 0, "page_size": 20, "next_page_uri": None}

    def _end(self, sid: str, status: str) -> None:
        """Unless it has ended; whoever asked for it is told."""
        ended = "UPDATE lines SET ended_at = ? WHERE sid = ? AND ended_at IS NULL RETURNING tells"
        for (tells,) in self.book.execute(ended, [time.time(), sid]).fetchall():
            notice = asyncio.create_task(self._tell(tells, {"CallSid": sid, "CallStatus": status}))
            self.notices.add(notice)
            notice.add_done_callback(self.notices.discard)

    async def _tell(self, url: str, fields: dict[str, str]) -> None:
        told = fields | {"AccountSid": os.environ["TWILIO_ACCOUNT_SID"]}
        request = ringing.posting(url.partition("#")[0], told, token=os.environ["TWILIO_AUTH_TOKEN"])
        line = await ringing.Line.open(self.web)
        await line.send(request)
        line.close()

    async def serve(self, reader, writer) -> None:
        """One connection, one request after the other."""
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode()
                method, path, _ = head.split(" ", 2)
                length = head.lower().partition("content-length:")[2].partition("\r\n")[0]
                body = (await reader.readexactly(int(length))).decode() if length else ""
                told = {name: found[-1] for name, found in parse_qs(body or urlsplit(path).query).items()}
                status, said = await self.asked(method, path, told)
                answer = json.dumps(said).encode()
                writer.write(b"HTTP/1.1 %d -\r\nContent-Type: application/json\r\n" % status)
                writer.write(b"Content-Length: %d\r\n\r\n%b" % (len(answer), answer))
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()  # whoever asked has died


def _leg(url: str) -> str:
    """Which line of ours this is, by the address at which we want to hear of it."""
    return UUID(parse_qs(urlsplit(url).query)["leg"][0]).hex


async def _serve(book: Path, port: int, web: int, gap: float) -> None:
    rows = sqlite3.connect(book, isolation_level=None)
    rows.execute("PRAGMA synchronous = OFF")  # a sync would be the bottleneck
    rows.execute("PRAGMA journal_mode = WAL")  # whoever looks into the book must not hold up the carrier
    rows.execute(
        "CREATE TABLE lines (sid TEXT PRIMARY KEY, leg TEXT, callee TEXT, caller TEXT, tells TEXT,"
        " at REAL, ended_at REAL)"
    )
    rows.execute("CREATE INDEX by_leg ON lines (leg)")
    rows.execute("CREATE INDEX by_number ON lines (callee, caller)")
    server = await asyncio.start_server(Carrier(rows, web, gap).serve, "127.0.0.1", port, backlog=1024)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4])))
