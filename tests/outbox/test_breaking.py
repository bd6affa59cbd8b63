import pytest

from secretariat import outbox
from secretariat.outbox import breaking
from secretariat.outbox.models import Effect

from .conftest import CARD, LETTER

pytestmark = pytest.mark.django_db


def states():
    return dict(Effect.objects.values_list("key", "state"))


@pytest.fixture
def outage(provider):
    """Six letters for a provider that cannot be reached."""
    for key in "abcdef":
        outbox.post(LETTER, key=key)
        provider.behaviour[key] = ["unreachable"]
    return provider


def test_after_five_failures_the_channel_is_left_alone(outage):
    assert outbox.drain("urgent") == 5
    assert outbox.channel_is_down("post")
    assert Effect.objects.get(key="f").attempts == 0


def test_other_channels_go_on(outage):
    outbox.drain("urgent")
    outbox.post(CARD, key="card")
    outbox.drain("urgent")
    assert outage.accepted == ["card"]


def test_after_the_pause_one_worker_tries_and_success_opens_it(outage, passes):
    outbox.drain("urgent")
    passes(31)
    outage.behaviour["f"] = []
    assert not outbox.channel_is_down("post")
    assert breaking.may_pass("post")
    assert not breaking.may_pass("post"), "a second worker must wait for the first"
    passes(900)
    outbox.drain("urgent")
    assert set(states().values()) == {"done"}


def test_a_failed_trial_closes_it_again(outage, passes):
    outbox.drain("urgent")
    passes(31)
    assert outbox.drain("urgent") == 1
    assert outbox.channel_is_down("post")


def test_failures_far_apart_do_not_count_together(passes):
    for _ in range(10):
        breaking.failed("post")
        passes(10)
    assert not outbox.channel_is_down("post")


def test_a_refusal_of_one_letter_says_nothing_about_the_channel(provider):
    for number in range(9):
        outbox.post(LETTER, key=f"{number}")
        provider.behaviour[f"{number}"] = ["refuse for ever"]
    assert outbox.drain("urgent") == 9
    assert not outbox.channel_is_down("post")


def test_a_kind_without_a_channel_has_no_breaker(provider):
    for number in range(9):
        outbox.post(CARD, key=f"{number}")
        provider.behaviour[f"{number}"] = ["unreachable"]
    assert outbox.drain("urgent") == 9
