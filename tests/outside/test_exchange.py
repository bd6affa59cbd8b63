"""The simulated carrier under a running clock, which no fault may stop. The clock is moved by hand."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest

from secretariat.local.outside import exchange as outside
from secretariat.local.outside.configuration import read

from .conftest import configuration


@pytest.fixture
def exchange(monkeypatch):
    """The outside world with a running clock, of which `seconds` is the computer's."""
    given = configuration("http://127.0.0.1:1")
    clock = {"now": 100.0}
    monkeypatch.setattr(outside, "time", SimpleNamespace(monotonic=lambda: clock["now"]))
    made = outside.Exchange(read(given | {"clock": {"mode": "real"}}))
    made.computer = clock
    return made


def test_a_fault_in_what_is_due_stops_nothing_that_is_due_after_it(exchange):
    def falls():
        raise ZeroDivisionError

    done = []
    exchange.carrier.timeline.after(1, falls)
    exchange.carrier.timeline.after(2, lambda: done.append("later"))
    for exchange.computer["now"] in (101.0, 103.0):
        exchange._live_on()
    assert done == ["later"]
    [complaint] = exchange.carrier.check()
    assert "ZeroDivisionError" in complaint


def test_a_fault_is_told_and_the_clock_runs_on(exchange):
    """Left to itself the clock would have ended with the first fault, and nothing been due ever after."""

    async def runs():
        done = asyncio.Event()
        exchange.carrier.timeline.soon(lambda: 1 / 0)
        exchange.carrier.timeline.soon(done.set)
        clock = asyncio.ensure_future(exchange.run())
        await done.wait()
        clock.cancel()

    with ThreadPoolExecutor(1) as thread:  # a browser beside this test leaves a loop running in the first
        thread.submit(asyncio.run, runs()).result()
    assert "ZeroDivisionError" in " ".join(exchange.carrier.check())
