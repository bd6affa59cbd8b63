import uuid

import pytest
from django.db import transaction

from secretariat import clock, outbox
from secretariat.outbox import hints
from secretariat.outbox.models import Effect

from .conftest import CARD, LETTER

pytestmark = pytest.mark.django_db


@pytest.fixture
def kicks(monkeypatch):
    kicked = []
    monkeypatch.setattr(hints, "kick", kicked.append)
    return kicked


def test_a_posted_effect_is_waiting_and_due_with_everything_it_was_given(provider):
    subject, client = uuid.uuid4(), uuid.uuid4()
    effect = outbox.post(
        LETTER, key="a", client_id=client, subject=("messages_app.delivery", subject), payload={"to": "x"}
    )
    assert (effect.state, effect.queue, effect.attempts) == ("pending", "urgent", 0)
    assert (effect.client_id, effect.subject_kind, effect.subject_id) == (
        client,
        "messages_app.delivery",
        subject,
    )
    assert effect.payload == {"to": "x"}
    assert effect.due_at <= clock.now()


def test_the_same_key_again_gives_the_row_already_there_unchanged(provider):
    first = outbox.post(LETTER, key="a", payload={"words": "first"})
    again = outbox.post(LETTER, key="a", payload={"words": "second"}, queue="bulk")
    assert again.pk == first.pk
    assert (again.payload, again.queue) == ({"words": "first"}, "urgent")
    assert Effect.objects.count() == 1


def test_the_hint_follows_the_commit(provider, kicks, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        outbox.post(LETTER, key="a", queue="calls")
        assert kicks == []
    assert kicks == ["calls"]


def test_no_hint_for_what_is_due_later_or_posted_already(provider, kicks, django_capture_on_commit_callbacks):
    outbox.post(LETTER, key="a")
    with django_capture_on_commit_callbacks(execute=True):
        outbox.post(LETTER, key="b", due_at=clock.now())
        outbox.post(LETTER, key="a")
    assert kicks == []


def test_what_the_caller_rolls_back_was_never_posted(provider):
    with transaction.atomic():
        outbox.post(LETTER, key="a")
        transaction.set_rollback(True)
    assert not Effect.objects.exists()


def test_cancelling_by_key_ends_it_with_its_reason_and_tells_its_kind(provider):
    outbox.post(LETTER, key="a")
    assert outbox.cancel(key="a", because="withdrawn") == 1
    effect = Effect.objects.get(key="a")
    assert (effect.state, effect.reason) == ("cancelled", "withdrawn")
    assert provider.states == [("a", "cancelled")]
    assert outbox.drain("urgent") == 0
    assert provider.accepted == []


def test_cancelling_a_lane_may_be_narrowed_to_kinds(provider):
    outbox.post(LETTER, key="hold", lane="leg")
    outbox.post(CARD, key="digits", lane="leg")
    outbox.post(LETTER, key="other", lane="other leg")
    assert outbox.cancel(lane="leg", kinds=[LETTER], because="newer") == 1
    assert set(Effect.objects.filter(state="pending").values_list("key", flat=True)) == {"digits", "other"}


def test_what_has_left_or_perhaps_has_is_not_cancelled(provider):
    provider.behaviour["perhaps"] = ["silent, lost"]
    for key in ("done", "perhaps"):
        outbox.post(LETTER, key=key)
    outbox.drain("urgent")
    assert outbox.cancel(key="done", because="late") == 0
    assert outbox.cancel(key="perhaps", because="late") == 0


@pytest.mark.parametrize("names", [{}, {"key": "a", "lane": "b"}])
def test_cancel_wants_either_a_key_or_a_lane(names):
    with pytest.raises(TypeError):
        outbox.cancel(because="?", **names)


def test_sending_again_is_a_new_effect_with_the_same_content(provider):
    provider.behaviour["a"] = ["refuse for ever"]
    outbox.post(LETTER, key="a", payload={"words": "hello"}, lane="x")
    outbox.drain("urgent")
    again = outbox.post_again(Effect.objects.get(key="a"))
    third = outbox.post_again(again)
    assert (again.key, third.key) == ("a#2", "a#3")
    assert (again.payload, again.lane, again.state) == ({"words": "hello"}, "x", "pending")
    assert Effect.objects.get(key="a").state == "dead"


def test_in_plain_words_even_when_the_kind_is_unknown(provider):
    assert outbox.describe(outbox.post(LETTER, key="a")) == "Letter a"
    assert outbox.describe(Effect(kind="of.tomorrow")) == "Something this release does not know how to send"
