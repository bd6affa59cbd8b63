"""The client takes the call in the moment in which the secretary takes it back: rows really committed.

Each of the two requests is let in first once, and goes on only when the other waits for its lock.
"""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection

from calls import put_through
from calls.models import Call
from tests.meeting import until_another_waits_for_me
from tests.patience import PATIENCE

from .rooms import heard, talking, the_call
from .throughs import CALLER, asks, mobile, phone, picks_up, the_attempt, with_priya_again

HTMX = {"HX-Request": "true"}
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def caller(office, okafor, priya):
    """A caller who talks with Priya."""
    leg = office.rings(okafor)
    office.answers(priya)
    return leg


def one_after_the_other(monkeypatch, first, second, *, inside):
    """Begin `first`; in the middle of it, which is in put_through's function `inside`, begin `second`.

    Returns what both returned.
    """
    has_begun, act = Event(), getattr(put_through, inside)

    def held_up(*args, **words):
        done = act(*args, **words)
        has_begun.set()
        until_another_waits_for_me(comes_second)
        return done

    def run(request):
        try:
            return request()
        finally:
            connection.close()

    def run_second():
        assert has_begun.wait(PATIENCE)
        return run(second)

    with monkeypatch.context() as only, ThreadPoolExecutor(2) as threads:
        only.setattr(put_through, inside, held_up)
        comes_second = threads.submit(run_second)
        comes_first = threads.submit(run, first)
        return [each.result(2 * PATIENCE) for each in (comes_first, comes_second)]


def she_takes_back(office, priya):
    desk, call = office.browser(priya), the_call().pk
    return lambda: desk.post(f"/desk/calls/{call}/through/back/", headers=HTMX).status_code


@pytest.mark.parametrize(
    ("way", "has_her"),
    [("straight", "the client"), ("ask", "the secretary")],
)
def test_the_key_is_first(office, priya, tunde, caller, monkeypatch, way, has_her):
    """Straight, the caller is the client's from then on. One she asked first she may take back even now."""
    asks(office, priya, tunde, way)
    leg = picks_up(office, mobile(tunde))
    office.carrier.control.press(leg, "1")
    delivered, told = one_after_the_other(
        monkeypatch, office.transport.deliver, she_takes_back(office, priya), inside="take"
    )
    assert delivered == 1
    office.settle()
    if has_her == "the client":
        assert told == 422
        assert (the_call().state, the_attempt().state) == (Call.State.THROUGH, "done")
        assert talking(office) == {CALLER, mobile(tunde)}
        assert office.phone_of(priya) is None
    else:
        assert told == 200
        assert the_attempt().state == "taken_back"
        assert phone(office, mobile(tunde)) is None
        with_priya_again(office, priya)
    assert office.carrier.check() == []


@pytest.mark.parametrize("way", ["straight", "ask"])
def test_taking_back_is_first(office, priya, tunde, caller, monkeypatch, way):
    """She who pressed the key hears that the caller has gone back, and her line ends."""
    asks(office, priya, tunde, way)
    leg = picks_up(office, mobile(tunde))
    office.carrier.control.press(leg, "1")
    told, delivered = one_after_the_other(
        monkeypatch, she_takes_back(office, priya), office.transport.deliver, inside="take_back"
    )
    assert (told, delivered) == (200, 1)
    office.passes(8)
    assert the_attempt().state == "taken_back"
    assert "no longer waiting" in heard(leg)
    assert phone(office, mobile(tunde)) is None
    with_priya_again(office, priya)
    assert office.carrier.check() == []


def test_sent_back_and_taken_back_at_once_it_is_ended_once(office, priya, tunde, caller, monkeypatch):
    asks(office, priya, tunde, "straight")
    leg = picks_up(office, mobile(tunde))
    office.carrier.control.press(leg, "2")
    delivered, told = one_after_the_other(
        monkeypatch, office.transport.deliver, she_takes_back(office, priya), inside="refuse"
    )
    assert (delivered, told) == (1, 422)
    office.passes(3)
    assert the_attempt().state == "refused"
    assert phone(office, mobile(tunde)) is None
    with_priya_again(office, priya)
