"""What the carrier calls is opened by its signature alone, whoever is signed in."""

import re
from uuid import uuid4

import pytest

from .matrix import Watch, addresses
from .world import ADMIN, ANONYMOUS, TEAM

WEBHOOKS = sorted(route for _name, route in addresses() if route.startswith("twilio/"))


def address(route: str) -> str:
    return "/" + re.sub(r"<slug:\w+>", "waiting", re.sub(r"<uuid:\w+>", str(uuid4()), route))


@pytest.mark.parametrize("route", WEBHOOKS)
@pytest.mark.parametrize("actor", [ANONYMOUS, TEAM, ADMIN])
def test_nothing_unsigned_is_heard(world, route, actor):
    watch = Watch()
    for headers in ({}, {"X-Twilio-Signature": "bm90IHlvdXJz"}):
        for method in ("post", "get"):
            answer = getattr(world.browsers[actor], method)(
                address(route), {"CallSid": "CA1", "From": "+447700900123"}, headers=headers
            )
            assert answer.status_code in (403, 405), (method, answer.status_code)
    assert not watch.changed()


def test_there_are_webhooks():
    assert len(WEBHOOKS) > 10
