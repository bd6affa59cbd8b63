"""Moving the clock: the office first, then the world."""

import hashlib
import hmac

import pytest

from secretariat.local.outside.client import NotDone

from .office import AUTH_TOKEN


def test_the_office_is_told_its_whole_shift_and_can_check_who_says_so(outside, office):
    outside.do("move", seconds=900)
    outside.do("move", seconds=60)
    office.next("/demo/clock/")
    told = office.next("/demo/clock/")
    assert told.fields == {"shift_seconds": "960.000"}
    expected = hmac.new(AUTH_TOKEN.encode(), told.body, hashlib.sha256).hexdigest()
    assert told.headers["X-Demo-Signature"] == expected
    assert outside.idle()["now"] == "2026-03-02T12:49:00+00:00"


def test_when_the_office_keeps_its_clock_the_world_does_too(outside, office):
    office.answer("/demo/clock/", 409)
    with pytest.raises(NotDone, match="The office answered 409 and kept its clock"):
        outside.do("move", seconds=900)
    assert outside.idle()["now"] == "2026-03-02T12:33:00+00:00"
