"""A real calendar server beside the diary: read by it, and asked the same question as it."""

import asyncio
import http.client
import json
import re
import shutil
import time
from base64 import b64encode
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

from secretariat.local import calendar_servers

from . import agendas, ringing
from .figures import AT_LEAST, AT_MOST, Figure, MeasurementFailed, percentile
from .office import Office

PERSON, PASSWORD = "bench", "bench"
WINDOW = timedelta(days=14)
PATIENCE = 600  # seconds for it to look at everything once
ASKED = """<c:free-busy-query xmlns:c="urn:ietf:params:xml:ns:caldav">
<c:time-range start="{:%Y%m%dT%H%M%SZ}" end="{:%Y%m%dT%H%M%SZ}"/></c:free-busy-query>"""
CHANGED = """<d:sync-collection xmlns:d="DAV:"><d:sync-token/><d:sync-level>1</d:sync-level>
<d:prop><d:getetag/></d:prop></d:sync-collection>"""
SPAN = re.compile(r"(\d{8}T\d{6})Z/(\d{8}T\d{6})Z")


def measured(office: Office, filled: dict, now: datetime, size) -> list[Figure]:
    folder = office.folder / "radicale"
    shutil.rmtree(folder, ignore_errors=True)  # of a run before
    server = calendar_servers.radicale(office.children, folder, {PERSON: PASSWORD})
    remote = agendas.agenda(7, events=size.remote - 100, series=100, today=now.date())
    work = _filled(office, server, "work", remote)
    alone = agendas.agenda(0, events=size.events, series=size.series, today=now.date())
    _filled(office, server, "alone", alone)
    try:
        return [*_read(office, work, size), *_side_by_side(office, server, filled, now, alone, size)]
    finally:
        office.stop("radicale")


def _filled(office: Office, server, name: str, items: list[agendas.Item]) -> str:
    """A calendar there, its entries put where it keeps them; it has looked at each once."""
    address = server.make(PERSON, name)
    folder = Path(office.folder) / "radicale" / "calendars" / "collection-root" / PERSON / name
    if not folder.is_dir():
        raise MeasurementFailed(f"Radicale keeps nothing in {folder}")
    for number, item in enumerate(items):
        (folder / f"{number}.ics").write_text(item.text)
    # As some program of the client's has asked before: at first it takes each of them apart.
    status, said = _ask(server.port, "REPORT", f"/{PERSON}/{name}/", CHANGED)
    listed = said.count("<response>")
    if status != 207 or listed < len(items):
        raise MeasurementFailed(f"Radicale lists {listed} of {len(items)} entries ({status})")
    return address


def _ask(port: int, method: str, path: str, body: str) -> tuple[int, str]:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    secret = b64encode(f"{PERSON}:{PASSWORD}".encode()).decode()
    headers = {"Authorization": f"Basic {secret}", "Depth": "1", "Content-Type": "application/xml"}
    try:
        line.request(method, path, body.encode(), headers)
        answer = line.getresponse()
        return answer.status, answer.read().decode()
    finally:
        line.close()


def _read(office: Office, address: str, size) -> list[Figure]:
    told = json.loads(office.with_django(f"diaries.look({address!r}, {PERSON!r}, {PASSWORD!r})"))
    if told["read"] != size.remote or told["rows"] != size.remote:
        raise MeasurementFailed(f"of {size.remote} entries {told['rows']} came, {told['read']} were read")
    beside = (
        f"{size.remote:,} entries of Radicale, {told['occurrences']:,} times; "
        f"{told['bare']:.1f} s of it asking and being told"
    )
    return [
        Figure("diary-read-first", "diary", "s", 60, AT_MOST, (told["first"],), beside),
        Figure("diary-read-unchanged", "diary", "s", 2, AT_MOST, tuple(told["again"])),
    ]


def _side_by_side(office: Office, server, filled: dict, now: datetime, items, size) -> list[Figure]:
    """Two weeks around the next change of the clocks, asked of both in turn."""
    begins = datetime.combine(agendas.next_change(now.date() + timedelta(days=2)), datetime.min.time(), UTC)
    begins, until = begins - WINDOW / 2, begins + WINDOW / 2
    right = agendas.joined([span for item in items for span in item.spans], begins, until)
    port = office.serve("free", "secretariat.local.bench.free:application", workers=1)
    asked = {"diary": filled["alone"], "begins": begins.isoformat(), "until": until.isoformat()}
    ways = {
        "ours": lambda: _ours(port, asked),
        "theirs": lambda: _ask(server.port, "REPORT", f"/{PERSON}/alone/", ASKED.format(begins, until)),
    }
    reads = {"ours": _spans_of_ours, "theirs": _spans_of_theirs}
    took: dict[str, list[float]] = {name: [] for name in ways}
    wrong: dict[str, int] = {}
    for number in range(size.rounds * 2 + 1):  # the first one warms up
        for name in sorted(ways, reverse=number % 2 == 0):
            began = time.perf_counter()
            status, said = ways[name]()
            seconds = time.perf_counter() - began
            if status != 200:
                raise MeasurementFailed(f"{name}: {status} {said[:200]}")
            if number:
                took[name].append(seconds * 1e3)
            wrong[name] = agendas.minutes_apart(agendas.joined(reads[name](said), begins, until), right)
    ratios = tuple(ours / theirs for ours, theirs in zip(took["ours"], took["theirs"], strict=True))
    p50 = {name: percentile(each, 50) for name, each in took.items()}
    beside = f"{p50['ours']:.0f} and {p50['theirs']:.0f} ms, {len(items):,} entries, two weeks"
    whole = sum(int((ends - starts).total_seconds()) // 60 for starts, ends in right)
    return [
        Figure("busy-of-radicale", "9", "× Radicale", 1, AT_MOST, ratios, beside),
        Figure("busy-wrong", "9", "minutes", 0, AT_MOST, (wrong["ours"],), f"of {whole:,} busy ones"),
        Figure("busy-wrong-radicale", "9", "minutes", 0, AT_LEAST, (wrong["theirs"],), "its own answer"),
    ]


def _ours(port: int, asked: dict) -> tuple[int, str]:
    answer = asyncio.run(_get(port, f"GET /busy/?{urlencode(asked)} HTTP/1.1\r\nHost: x\r\n\r\n".encode()))
    return answer.status, answer.body.decode()


async def _get(port: int, request: bytes) -> ringing.Answer:
    line = await ringing.Line.open(port)
    answer = await line.send(request)
    line.close()
    return answer


def _spans_of_ours(said: str) -> list[agendas.Span]:
    return [
        (datetime.fromisoformat(starts), datetime.fromisoformat(ends)) for starts, ends in json.loads(said)
    ]


def _spans_of_theirs(said: str) -> list[agendas.Span]:
    unfolded = said.replace("\r\n ", "").replace("\n ", "")
    busy = [
        line for line in unfolded.splitlines() if line.startswith("FREEBUSY") and "FBTYPE=FREE" not in line
    ]

    def moment(text: str) -> datetime:
        return datetime.strptime(text, "%Y%m%dT%H%M%S").replace(tzinfo=UTC)

    return [(moment(a), moment(b)) for line in busy for a, b in SPAN.findall(line)]
