"""The diary: what is free in twenty calendars, a week of ten clients, reading a large calendar, and Radicale.

What is right is reckoned beside it (`agendas`), and each answer is held against that.
"""

import asyncio
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from urllib.parse import urlencode, urlsplit

from secretariat.local.databases import copy_database
from secretariat.local.test_servers import on

from . import agendas, processor, radicale, ringing
from .figures import AT_MOST, Figure, MeasurementFailed, percentile
from .growth import COOKIE
from .office import DATABASE, Office

CLIENTS = 10  # of the secretary whose week is looked at
WEEKLY = 25  # series of each
WORK = "work"  # of the processor, beside the clock's
DAY = timedelta(days=1)


def measure(office: Office, *, quick: bool) -> list[Figure]:
    size = _Size(4, 200, 10, 300, 3, 4) if quick else _Size(20, 2000, 100, 10_000, 5, 20)
    now = datetime.now(UTC).replace(second=0, microsecond=0)
    office.fill(CLIENTS + 3)
    office.stop_all()
    office.collect_static()
    filled = json.loads(
        office.with_django(
            f"diaries.fill({now.date().isoformat()!r}, {size.calendars}, {size.events}, {size.series}, "
            f"{CLIENTS}, {WEEKLY})"
        )
    )
    short, long = (office.beside(f"test_bench_{name}") for name in ("short", "long"))
    for beside, times, meetings in ((short, 1, size.events), (long, 10, 10 * size.events)):
        copy_database(on(office.owner_url, "postgres"), DATABASE, urlsplit(beside.owner_url).path[1:])
        beside.with_django(f"diaries.live_through({times}, {meetings})")
        beside.begin()
    asked = _Asked(office, {"short": short, "long": long}, filled, now, size)
    figures = [*asked.free(), *asked.weeks()]
    office.stop_all()
    figures += radicale.measured(_reaching(office), filled, now, size)
    office.stop_all()
    office.filled = {}  # its clients have diaries
    return figures


class _Size:
    def __init__(self, calendars: int, events: int, series: int, remote: int, rounds: int, times: int):
        self.calendars, self.events, self.series, self.remote = calendars, events, series, remote
        self.rounds, self.times = rounds, times


def _reaching(office: Office) -> Office:
    """The office, that may reach a calendar server on this computer."""
    return replace(office, environment=office.environment | {"FETCH_PRIVATE_HOSTS": "127.0.0.1"}, _ports={})


class _Asked:
    """Two offices, one with a past ten times as long, asked in turn."""

    def __init__(self, office: Office, offices: dict[str, Office], filled: dict, now: datetime, size: _Size):
        self.office, self.offices, self.filled, self.now, self.size = office, offices, filled, now, size

    def free(self) -> list[Figure]:
        serve = "secretariat.local.bench.free:application"
        ports = {name: each.serve(f"free-{name}", serve, workers=1) for name, each in self.offices.items()}
        query = {"diary": self.filled["diary"], "reader": self.filled["reader"], "at": self.now.isoformat()}
        right = self._really_free()
        wrong: list[list[str]] = []

        def judge(body: bytes) -> None:
            told = [datetime.fromisoformat(each) for each in json.loads(body)]
            if told != right:
                wrong.append([each.isoformat() for each in told])

        took = self._took(ports, f"/free/?{urlencode(query)}", judge)
        beside = (
            f"{self.size.calendars} calendars of {self.size.events:,} events and {self.size.series} series; "
            f"p50 {_all(took, 'short', 50):.0f} ms; {len(right)} times"
        )
        if len(right) < 10:
            raise MeasurementFailed(f"only {len(right)} times are free")
        return [
            Figure("diary-free-p95", "diary", "ms", 150, AT_MOST, _rounds(took, "short", 95), beside),
            _worked("diary-free-work", took, 150),
            _grown("diary-free-grown", took, f"past × 10: p95 {_all(took, 'long', 95):.0f} ms"),
            Figure("diary-free-wrong", "diary", "answers", 0, AT_MOST, (len(wrong),), str(wrong[:1])[:80]),
        ]

    def _really_free(self) -> list[datetime]:
        spans = [
            span
            for seed in range(self.size.calendars)
            for item in self._agenda(seed, self.size.events, self.size.series)
            for span in item.spans
        ]
        busy = agendas.joined(spans, self.now - DAY, self.now + 40 * DAY)
        return agendas.next_free(busy, self.now, minutes=30, days=28, at_most=10, a_day=3)

    def _agenda(self, seed: int, events: int, series: int) -> list[agendas.Item]:
        return agendas.agenda(seed, events=events, series=series, today=self.now.date())

    def weeks(self) -> list[Figure]:
        serve = partial(
            Office.serve, application="secretariat.wsgi:application", workers=1, SECOND_STEP="off"
        )
        ports = {name: serve(each, f"web-{name}") for name, each in self.offices.items()}
        expected = self._entries_of_the_week()

        def judge(body: bytes) -> None:
            listed = body.partition(b'<div class="narrow-only">')[2]  # the grid names but some of a crowd
            found = len(re.findall(rb"<b>(?:Event|Series) \d+", listed))
            if found != expected:
                raise MeasurementFailed(f"the week lists {found} entries, there are {expected}")

        took = self._took(ports, f"/desk/diary/?{urlencode({'on': self._monday().date()})}", judge)
        beside = f"{CLIENTS} clients, {expected} entries; p50 {_all(took, 'short', 50):.0f} ms"
        return [
            Figure("diary-week-p95", "diary", "ms", 200, AT_MOST, _rounds(took, "short", 95), beside),
            _worked("diary-week-work", took, 200),
            _grown("diary-week-grown", took, f"past × 10: p95 {_all(took, 'long', 95):.0f} ms"),
        ]

    def _monday(self) -> datetime:
        """Of the next week: no day of it is half over."""
        return (self.now + (7 - self.now.weekday()) * DAY).replace(hour=0, minute=0)

    def _entries_of_the_week(self) -> int:
        begins = self._monday()
        spans = [
            span
            for seed in range(1000, 1000 + CLIENTS)
            for item in self._agenda(seed, self.size.events // 4, WEEKLY)
            for span in item.spans
        ]
        return sum(begins <= starts < begins + 7 * DAY for starts, _ends in spans)

    def _took(self, ports: dict[str, int], address: str, judge: Callable[[bytes], None]) -> dict:
        """Milliseconds by office and round; every answer is judged."""
        return asyncio.run(self._asked(ports, address, judge))

    async def _asked(self, ports: dict[str, int], address: str, judge) -> dict:
        lines = {name: await ringing.Line.open(port) for name, port in ports.items()}
        took: dict[str, list[list[float]]] = {name: [] for name in [*ports, WORK]}
        for number in range(self.size.rounds + 1):  # the first one warms up and is not counted
            for name in sorted(ports, reverse=number % 2 == 0):
                began = processor.seconds()
                heard = [await self._get(lines[name], address, judge) for _ in range(self.size.times)]
                if number:
                    took[name].append(heard)
                    took[WORK].append([(processor.seconds() - began) * 1e3 / self.size.times])
        for line in lines.values():
            line.close()
        return took

    async def _get(self, line: ringing.Line, address: str, judge) -> float:
        host = urlsplit(self.office.signed_url).netloc
        cookie = f"Cookie: {COOKIE}={self.filled['session']}\r\n"
        answer = await line.send(f"GET {address} HTTP/1.1\r\nHost: {host}\r\n{cookie}\r\n".encode())
        if answer.status != 200:
            raise MeasurementFailed(f"{address} answered {answer.status}: {answer.body[:300]!r}")
        judge(answer.body)
        return answer.seconds * 1e3


def _rounds(took: dict, name: str, percent: float) -> tuple[float, ...]:
    return tuple(percentile(heard, percent) for heard in took[name])


def _all(took: dict, name: str, percent: float) -> float:
    return percentile([each for heard in took[name] for each in heard], percent)


def _worked(name: str, took: dict, limit: float) -> Figure:
    rounds = _rounds(took, WORK, 50)
    return Figure(name, "diary", "ms", limit, AT_MOST, rounds, "of a processor, PostgreSQL's with it")


def _grown(name: str, took: dict, beside: str) -> Figure:
    ratios = [
        percentile(long, 50) / percentile(short, 50)
        for short, long in zip(took["short"], took["long"], strict=True)
    ]
    return Figure(name, "diary", "×", 1.2, AT_MOST, tuple(ratios), beside)
