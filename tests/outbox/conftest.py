"""A provider that the test holds in its hand, and an effect kind that talks to it."""

from collections import defaultdict
from datetime import timedelta

import pytest

from secretariat.channels import Refused, Silent
from secretariat.local.models import Clock
from secretariat.outbox import effects, inbox, retrying, signals
from secretariat.outbox.effects import CannotAsk
from secretariat.outbox.models import Effect

LETTER = "test.letter"
CARD = "test.card"
NOTE = "test.note"


class Provider:
    """What arrived outside, and how the provider behaves next."""

    def __init__(self):
        self.accepted = []  # keys in the order in which they arrived
        self.under_way = []  # what will arrive although we have stopped listening
        self.asked = []
        self.can_be_asked = True
        self.behaviour = defaultdict(list)  # key: what happens at the next attempts, "accept" when empty
        self.objections = {}  # key: why it may not be sent
        self.states = []  # (key, state) as `settled` was told them
        self.settling_fails = 0  # how many times to fail
        self.before_fence = lambda effect: None
        self.before_send = lambda effect: None
        self.after_send = lambda effect: None
        self.shown = []

    def may_send(self, effect):
        self.before_fence(effect)
        return self.objections.get(effect.key)

    def send(self, effect):
        self.before_send(effect)
        behaviour = self.behaviour[effect.key].pop(0) if self.behaviour[effect.key] else "accept"
        match behaviour:
            case "accept":
                return self._take_in(effect)
            case "refuse":
                raise Refused("busy")
            case "refuse for ever":
                raise Refused("21211", permanent=True)
            case "ask for a pause":
                raise Refused("20429", retry_after=3000)
            case "unreachable":
                raise Refused("no connection", outage=True)
            case "silent, accepted":
                self._take_in(effect)
                raise Silent("timeout")
            case "silent, under way":
                self.under_way.append(effect)
                raise Silent("timeout")
            case "silent, lost":
                raise Silent("timeout")
            case "our mistake":
                raise KeyError("name")
        raise AssertionError(behaviour)

    def _take_in(self, effect):
        self.accepted.append(effect.key)
        self.after_send(effect)
        return f"receipt {effect.key}"

    def take_in_what_was_under_way(self):
        while self.under_way:
            self._take_in(self.under_way.pop(0))

    def ask(self, effect):
        self.asked.append(effect.key)
        if not self.can_be_asked:
            return CannotAsk
        return f"receipt {effect.key}" if effect.key in self.accepted else None

    def settled(self, effect):
        if self.settling_fails:
            self.settling_fails -= 1
            raise RuntimeError("no room")
        self.states.append((effect.key, effect.state))


def kind_of(provider, channel, settles_at=tuple(Effect.State)):
    class Kind:
        def may_send(self, effect):
            return provider.may_send(effect)

        def send(self, effect):
            return provider.send(effect)

        def ask(self, effect):
            return provider.ask(effect)

        def describe(self, effect):
            return f"Letter {effect.key}"

        def settled(self, effect):
            provider.settled(effect)

    Kind.channel, Kind.settles_at = channel, settles_at
    return Kind


@pytest.fixture
def provider(monkeypatch):
    """Letters, cards and notes go to this provider, and nothing else is known to the outbox.

    Cards and notes have no breaker. Of a note nothing follows, whatever becomes of it.
    """
    monkeypatch.setattr(effects, "_kinds", {})
    monkeypatch.setattr(retrying.random, "uniform", lambda low, high: high)
    provider = Provider()
    effects.effect(LETTER)(kind_of(provider, "post"))
    monkeypatch.setitem(effects._kinds, CARD, kind_of(provider, "")())
    monkeypatch.setitem(effects._kinds, NOTE, kind_of(provider, "", settles_at=())())

    def shown(effect, **_):
        provider.shown.append(effect.key)

    signals.effect_needs_person.connect(shown)
    yield provider
    signals.effect_needs_person.disconnect(shown)


@pytest.fixture
def workers(monkeypatch):
    """The notices that are worked, by name; empty to begin with."""
    monkeypatch.setattr(inbox, "_workers", {})
    return inbox._workers


@pytest.fixture
def passes():
    """Let seconds pass on the product's clock."""

    def passes(seconds):
        clock, _ = Clock.objects.get_or_create(defaults={"shift": timedelta()})
        clock.shift += timedelta(seconds=seconds)
        clock.save()

    return passes
