"""How long a line stays up when its page is gone. Time is the event loop's, stood still by hand."""

from contextlib import contextmanager
from datetime import UTC, datetime

from secretariat.local.carrier.core import Carrier
from secretariat.local.outside import phone

PRIYA = "sec_" + "a" * 32


class Loop:
    """Remembers what it should do later."""

    def __init__(self):
        self.later = []

    def call_later(self, seconds, act, *given):
        self.later.append((seconds, act, given))
        return self

    def cancel(self):
        self.later.clear()

    def let_pass(self):
        for _seconds, act, given in self.later:
            act(*given)


class Exchange:
    """The exchange without its sockets."""

    def __init__(self):
        self.carrier = Carrier("AC" + "1" * 32, "token", start=datetime(2026, 3, 2, tzinfo=UTC))
        self.listeners = set()

    @contextmanager
    def acting(self):
        yield self.carrier


def line_with_one_page(monkeypatch):
    loop, exchange = Loop(), Exchange()
    monkeypatch.setattr(phone.asyncio, "get_running_loop", lambda: loop)
    board, stream = phone.Switchboard(exchange), phone.Stream(until=0)
    board.join(PRIYA, stream)
    return loop, exchange, board, stream


def test_a_page_gone_for_five_seconds_takes_the_line_down(monkeypatch):
    loop, exchange, board, stream = line_with_one_page(monkeypatch)
    board.leave(PRIYA, stream)
    assert [seconds for seconds, *_rest in loop.later] == [5.0]
    assert PRIYA in exchange.carrier.registered
    loop.let_pass()
    assert PRIYA not in exchange.carrier.registered


def test_a_reloaded_page_keeps_the_line(monkeypatch):
    loop, exchange, board, stream = line_with_one_page(monkeypatch)
    board.leave(PRIYA, stream)
    board.join(PRIYA, phone.Stream(until=0))
    loop.let_pass()
    assert PRIYA in exchange.carrier.registered


def test_a_second_tab_keeps_the_line_of_the_first(monkeypatch):
    loop, exchange, board, stream = line_with_one_page(monkeypatch)
    board.join(PRIYA, phone.Stream(until=0))
    board.leave(PRIYA, stream)
    assert loop.later == []
    assert PRIYA in exchange.carrier.registered
