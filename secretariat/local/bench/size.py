"""Goal 10: whether a call costs more after ten million calls, or among a hundred thousand clients.

Two offices at a time, a small and a large one, are rung in turn, one call after the other, so that a busy
machine weighs on both alike. What rang is taken away after each hundred: every caller finds a secretary free.
"""

import asyncio
import random
from typing import NamedTuple

import psycopg

from secretariat.local.databases import copy_database
from secretariat.local.test_servers import on

from . import past, ringing, webhook
from .figures import AT_MOST, Figure, MeasurementFailed, percentile
from .office import DATABASE, Office

CALLS, CLIENTS = (10_000, 10_000_000), (100, 100_000)
BLOCK = 100  # calls to one office before the other has its turn; no more than the fewest clients
LIMIT = 1.2
SMALL, LARGE = "small", "large"


class Size(NamedTuple):
    """An office by what it has grown in."""

    clients: int
    calls: int

    def __str__(self) -> str:
        return f"{self.clients:,} clients and {self.calls:,} calls"


def measure(office: Office, *, quick: bool) -> list[Figure]:
    """Once more calls behind the same clients, once more clients with as many calls behind them."""
    (few, many), (least, most) = ((10_000, 100_000), (100, 2_000)) if quick else (CALLS, CLIENTS)
    rounds, calls = (3, 200) if quick else (7, 1000)
    return [
        *_grown(office, "calls", Size(1000, few), Size(1000, many), rounds, calls),
        *_grown(office, "clients", Size(least, few), Size(most, few), rounds, calls),
    ]


def _grown(office: Office, what: str, small: Size, large: Size, rounds: int, calls: int) -> list[Figure]:
    offices = {name: _of_size(office, name, size) for name, size in ((SMALL, small), (LARGE, large))}
    for name, each in offices.items():
        each.serve(name, "secretariat.wsgi:application", workers=1)
    took: dict[str, list[list[float]]] = {name: [] for name in offices}
    for number in range(rounds + 1):  # the first one warms up and is not counted
        heard = _round(offices, calls)
        if number:
            for name, seconds in heard.items():
                took[name].append(seconds)
    office.stop_all()
    office.empty()

    def ratios(percent: float) -> tuple[float, ...]:
        pairs = zip(took[LARGE], took[SMALL], strict=True)
        return tuple(percentile(late, percent) / percentile(early, percent) for late, early in pairs)

    def told(percent: float) -> str:
        middle = {
            name: percentile([percentile(each, percent) for each in rounds_], 50) * 1e3
            for name, rounds_ in took.items()
        }
        return f"{middle[SMALL]:.1f} and {middle[LARGE]:.1f} ms; {small}, {large}"

    return [
        Figure(f"many-{what}-p99", "10", "×", LIMIT, AT_MOST, ratios(99), told(99)),
        Figure(f"many-{what}-p50", "10", "×", LIMIT, AT_MOST, ratios(50), told(50)),
    ]


def _of_size(office: Office, name: str, size: Size) -> Office:
    office.stop_all()
    office.empty()
    office.fill(size.clients)
    office.with_django("people.tell()")
    database = f"test_bench_{name}"
    copy_database(on(office.owner_url, "postgres"), DATABASE, database)
    past.live_through(on(office.owner_url, database), size.calls, past.RUNG)
    return office.beside(database)


def _round(offices: dict[str, Office], calls: int) -> dict[str, list[float]]:
    """Seconds of each call, by office."""
    took: dict[str, list[float]] = {name: [] for name in offices}
    for _ in range(calls // BLOCK):
        for name, office in offices.items():
            numbers = random.sample(office.filled["numbers"], BLOCK)
            requests = [webhook.request(office, number) for number in numbers]
            port = office.serve(name, "secretariat.wsgi:application")
            answers, _ = asyncio.run(ringing.at_once(port, requests, 1))
            took[name] += [answer.seconds for answer in answers]
            if any(answer.status != 200 for answer in answers):
                raise MeasurementFailed(f"the webhook was refused: {office.children.last_words(name)}")
            if (rang := _take_away(office)) != BLOCK:
                raise MeasurementFailed(
                    f"{BLOCK} calls were answered in the {name} office, and {rang} offered"
                )
    return took


def _take_away(office: Office) -> int:
    """End what rings as if it had never rung. Returns how many secretaries had been offered a call."""
    ringing_now = "SELECT call_id FROM calls_offer WHERE state = 'pending'"
    with psycopg.connect(office.owner_url) as rows:
        rows.execute("SET session_replication_role = replica")
        calls = [call for (call,) in rows.execute(ringing_now).fetchall()]
        offered = 0
        for table in ("calls_callevent", "calls_leg", "calls_offer"):
            gone = rows.execute(f"DELETE FROM {table} WHERE call_id = ANY(%s)", [calls]).rowcount
            offered = gone if table == "calls_offer" else offered
        rows.execute("DELETE FROM calls_call WHERE id = ANY(%s)", [calls])
    return offered
