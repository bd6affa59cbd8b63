"""The month's end of a large firm: everybody's pay and every bill, killed, gone on with, and repeated.

Two processes of the queue `cpu` do the work, as in production. They are killed with SIGKILL when a third
is there. What stands once others have gone on must be, to the cent, what it comes to when everything is
done anew; every interval must be paid once and billed once. What is issued cannot be made anew: that run is
measured with its kill, and afterwards numbers follow each other without a gap, and each client is told once.
"""

import json
import subprocess
import time
from dataclasses import dataclass

import psycopg

from .figures import AT_MOST, Figure, MeasurementFailed
from .office import Office

PATIENCE = 900.0  # seconds until a third must be there, and until nothing is left
WORKERS = 2  # of the queue `cpu`, as in production
PAY, BILLS = "books_payrun", "books_monthrun"
PAID, DRAFTED, ISSUED = "books_paystatement", "books_bill", "books_bill WHERE state = 'issued'"
SINCE_BEGUN = """
    SELECT extract(epoch FROM clock_timestamp() - min(posted_at)) FROM outbox_effect, {} run
    WHERE subject_id = run.id AND payload ->> 'turn' = run.turn::text
"""


@dataclass(frozen=True)
class _Size:
    secretaries: int
    intervals: int
    clients: int


def measure(office: Office, *, quick: bool) -> list[Figure]:
    size = _Size(24, 12_000, 120) if quick else _Size(1000, 2_000_000, 10_000)
    office.stop_all()
    office.empty()
    filled = _told(office, f"month.fill({size.secretaries}, {size.intervals}, {size.clients})")
    with psycopg.connect(office.owner_url, autocommit=True) as connection:
        connection.execute("ANALYZE")
    intervals = filled["intervals"]
    figures = [_paid(office, size, intervals), *_billed(office, size, intervals)]
    office.filled = {}  # its month is over
    return figures


def _paid(office: Office, size: _Size, intervals: int) -> Figure:
    there = _killed(office, "month.pay()", PAID, size.secretaries // 3)
    resumed = _worked(office, PAY)
    first = _told(office, "month.paid()")
    cleared = _told(office, "month.clear()")["seconds"]
    took = _worked(office, PAY, begin="month.pay()")
    again = _told(office, "month.paid()")
    _same(first, again, "pay")
    if (again["statements"], again["intervals"]) != (size.secretaries, intervals):
        raise MeasurementFailed(f"not everybody was paid for everything: {again}")
    if not again["prepared"] or again["parts"] != again["total"]:
        raise MeasurementFailed(f"the run was not prepared to its end, or does not add up: {again}")
    beside = f"{size.secretaries:,} statements, {intervals:,} intervals, {again['total']} EUR; "
    beside += f"killed at {there}, {resumed:.0f} s for the rest; {cleared:.0f} s to take it away"
    return Figure("firm-pay", "", "s", 60.0, AT_MOST, (took,), beside)


def _billed(office: Office, size: _Size, intervals: int) -> list[Figure]:
    there = _killed(office, "month.bill()", DRAFTED, size.clients // 3)
    resumed = _worked(office, BILLS)
    first = _told(office, "month.billed()")
    cleared = _told(office, "month.draft_none()")["seconds"]
    took = _worked(office, BILLS, begin="month.bill()")
    again = _told(office, "month.billed()")
    _same(first, again, "bills")
    if (again["bills"], again["intervals"], again["hindered"]) != (size.clients, intervals, 0):
        raise MeasurementFailed(f"not everything was billed: {again}")
    if again["of items"] != again["net"]:
        raise MeasurementFailed(f"the items do not add up: {again}")
    beside = (
        f"{size.clients:,} bills, {again['items']:,} calls, {intervals:,} intervals, {again['total']} EUR; "
    )
    beside += f"killed at {there}, {resumed:.0f} s for the rest; {cleared:.0f} s to take them away"
    drafted = Figure("firm-drafts", "", "s", 120.0, AT_MOST, (took,), beside)
    issued, beside = _issued(office, size, again["total"])
    beside = f"drafted in {took:.0f} s, issued in {issued:.0f} s; {beside}"
    return [drafted, Figure("firm-bills", "", "s", 120.0, AT_MOST, (took + issued,), beside)]


def _issued(office: Office, size: _Size, total: str) -> tuple[float, str]:
    """Seconds from the word to issue until all are, over a kill; and in words what came of it."""
    there = _killed(office, "month.issue()", ISSUED, size.clients // 3)
    rest = _worked(office, BILLS)
    with psycopg.connect(office.owner_url, autocommit=True) as rows:
        took = float(rows.execute(SINCE_BEGUN.format(BILLS)).fetchone()[0])
    told = _told(office, "month.issued()")
    of_each = ("issued", "told", "mails", "mailed", "entries")
    if any(told[each] != size.clients for each in of_each) or told["drafts"] or told["hindered"]:
        raise MeasurementFailed(f"not every bill was issued, told of and noted once: {told}")
    if not told["without a gap"] or told["total"] != total:
        raise MeasurementFailed(f"the numbers have a gap, or what was issued is not what was drafted: {told}")
    return took, f"killed at {there}, {rest:.0f} s for the rest; numbers without a gap, a mail each"


def _told(office: Office, call: str) -> dict:
    return json.loads(office.with_django(call))


def _killed(office: Office, call: str, rows_of: str, enough: int) -> int:
    """Begin it, kill every worker once so many rows are there; how many there were then."""
    workers = _workers(office)
    office.with_django(call)
    deadline = time.monotonic() + PATIENCE
    with psycopg.connect(office.owner_url, autocommit=True) as rows:
        while (there := _count(rows, rows_of)) < enough:
            if time.monotonic() > deadline:
                raise MeasurementFailed(f"{call}: only {there} rows after {PATIENCE:.0f} s")
            time.sleep(0.01)
        for worker in workers:
            worker.kill()
        for worker in workers:
            worker.wait()
        return _count(rows, rows_of)


def _worked(office: Office, run: str, *, begin: str = "") -> float:
    """Seconds until nothing is left of the run, from the moment of the call that begins it, if one does."""
    workers = _workers(office)
    began = time.monotonic()
    if begin:
        office.with_django(begin)
    with psycopg.connect(office.owner_url, autocommit=True) as rows:
        _wait_until_over(rows, run)
        took = time.monotonic() - began
        if begin:  # by the one clock that all share: what Python takes to start is not the firm's time
            took = float(rows.execute(SINCE_BEGUN.format(run)).fetchone()[0])
    for worker in workers:
        worker.stdin.close()
        worker.wait()
    return took


def _workers(office: Office) -> list[subprocess.Popen]:
    workers = [office.beginning("month.work()") for _ in range(WORKERS)]
    for worker in workers:
        worker.stdout.readline()  # it is ready
    return workers


def _wait_until_over(rows, run: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        left, hindered = rows.execute(f"SELECT parts_left, hindered FROM {run}").fetchone()
        if hindered:
            raise MeasurementFailed(f"it was hindered, with {left} parts left: {hindered}")
        if not left:
            return
        if time.monotonic() > deadline:
            raise MeasurementFailed(f"{left} parts are left after {PATIENCE:.0f} s")
        time.sleep(0.05)


def _count(rows, rows_of: str) -> int:
    return rows.execute(f"SELECT count(*) FROM {rows_of}").fetchone()[0]


def _same(one: dict, other: dict, what: str) -> None:
    if one != other:
        raise MeasurementFailed(f"{what}: once {one}, and then {other}")
