import pytest
from django.db.models.functions import Now

from secretariat import outbox
from secretariat.outbox import rounds
from secretariat.outbox.models import Breaker, Round

pytestmark = pytest.mark.django_db


@pytest.fixture
def duties(monkeypatch):
    monkeypatch.setattr(rounds, "_duties", {})
    return rounds._duties


def make_due(**names):
    Round.objects.filter(**names).update(ran_at=rounds.NEVER)


def test_a_duty_is_done_when_its_interval_has_passed(duties):
    done = []

    @rounds.every(seconds=60)
    def sweep_the_floor():
        done.append("floor")
        return 3

    assert [rounds.go(), rounds.go()] == [3, 0]
    make_due()
    rounds.go()
    assert done == ["floor", "floor"]


def test_one_that_fails_is_noted_and_rolled_back_and_the_others_are_done(duties):
    @rounds.every(seconds=60)
    def fails():
        Breaker.objects.create(channel="half done")
        raise KeyError("Ngozi Okafor")

    @rounds.every(seconds=60)
    def works():
        Breaker.objects.create(channel="done")

    rounds.go()
    assert list(Breaker.objects.values_list("channel", flat=True)) == ["done"]
    fault = Round.objects.get(name__endswith="fails").fault
    assert fault.startswith("KeyError at outbox/test_rounds.py:")
    assert rounds.go() == 0, "not again before its interval has passed"


def test_the_sweeper_s_age():
    assert outbox.sweeper_age() is None
    rounds.beat()
    assert 0 <= outbox.sweeper_age() < 30
    Round.objects.filter(name=rounds.SWEEPER).update(ran_at=rounds.NEVER)
    assert outbox.sweeper_age() > 600
    rounds.beat()
    assert Round.objects.filter(name=rounds.SWEEPER, ran_at__lte=Now()).count() == 1
