"""The month's end of a large firm: everybody's pay and every bill, killed, gone on with, and repeated.

Each run is killed with SIGKILL when a third of it is there. What stands once it has gone on must be, to the
cent, what it comes to when everything is done anew; every interval must be paid once and billed once.
"""

import json
import time
from dataclasses import dataclass

import psycopg

from .figures import AT_MOST, Figure, MeasurementFailed
from .office import Office

PATIENCE = 900.0  # seconds until a third must be there


@dataclass(frozen=True)
class _Size:
    secretaries: int
    intervals: int
    clients: int


def measure(office: Office, *, quick: bool) -> list[Figure]:
    size = _Size(50, 100_000, 500) if quick else _Size(1000, 2_000_000, 10_000)
    office.stop_all()
    office.empty()
    filled = _told(office, f"month.fill({size.secretaries}, {size.intervals}, {size.clients})")
    with psycopg.connect(office.owner_url, autocommit=True) as connection:
        connection.execute("ANALYZE")
    intervals = filled["intervals"]
    figures = [_paid(office, size, intervals), _billed(office, size, intervals)]
    office.filled = {}  # its month is over
    return figures


def _paid(office: Office, size: _Size, intervals: int) -> Figure:
    there = _killed(office, "month.pay()", "books_paystatement", size.secretaries // 3)
    resumed = _told(office, "month.pay()")
    cleared = _told(office, "month.clear()")["seconds"]
    again = _told(office, "month.pay()")
    _same(resumed, again, "pay")
    if (again["statements"], again["intervals"]) != (size.secretaries, intervals):
        raise MeasurementFailed(f"not everybody was paid for everything: {again}")
    if not again["prepared"] or again["parts"] != again["total"]:
        raise MeasurementFailed(f"the run was not prepared to its end, or does not add up: {again}")
    beside = f"{size.secretaries:,} statements, {intervals:,} intervals, {again['total']} EUR; "
    beside += f"killed at {there}, {resumed['seconds']:.0f} s for the rest; {cleared:.0f} s to take it away"
    return Figure("firm-pay", "", "s", 60.0, AT_MOST, (again["seconds"],), beside)


def _billed(office: Office, size: _Size, intervals: int) -> Figure:
    there = _killed(office, "month.bill(anew=False)", "books_bill", size.clients // 3)
    resumed = _told(office, "month.bill(anew=False)")
    cleared = _told(office, "month.draft_none()")["seconds"]
    again = _told(office, "month.bill(anew=False)")
    _same(resumed, again, "bills")
    if (again["bills"], again["intervals"], again["hindered"]) != (size.clients, intervals, 0):
        raise MeasurementFailed(f"not everything was billed: {again}")
    if again["of items"] != again["net"]:
        raise MeasurementFailed(f"the items do not add up: {again}")
    beside = (
        f"{size.clients:,} bills, {again['items']:,} calls, {intervals:,} intervals, {again['total']} EUR; "
    )
    beside += f"killed at {there}, {resumed['seconds']:.0f} s for the rest; {cleared:.0f} s to take them away"
    return Figure("firm-bills", "", "s", 120.0, AT_MOST, (again["seconds"],), beside)


def _told(office: Office, call: str) -> dict:
    return json.loads(office.with_django(call))


def _killed(office: Office, call: str, table: str, enough: int) -> int:
    """Begin it, kill it once so many rows are there; how many there were then."""
    running = office.beginning(call)
    deadline = time.monotonic() + PATIENCE
    with psycopg.connect(office.owner_url, autocommit=True) as rows:
        while (there := _count(rows, table)) < enough:
            if running.poll() is not None:
                raise MeasurementFailed(f"{call} was over before it could be killed: {running.stderr.read()}")
            if time.monotonic() > deadline:
                running.kill()
                raise MeasurementFailed(f"{call}: only {there} rows after {PATIENCE:.0f} s")
            time.sleep(0.01)
        running.kill()
        running.wait()
        return _count(rows, table)


def _count(rows, table: str) -> int:
    return rows.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


def _same(one: dict, other: dict, what: str) -> None:
    first, second = ({name: each[name] for name in each if name != "seconds"} for each in (one, other))
    if first != second:
        raise MeasurementFailed(f"{what}: once {first}, and then {second}")
