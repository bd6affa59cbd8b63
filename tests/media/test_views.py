import re
from uuid import UUID, uuid4

import pytest
from django.contrib.auth import get_user_model

from secretariat import clock, media
from secretariat.ledger.models import LedgerEntry
from secretariat.media import storing

pytestmark = pytest.mark.django_db

CLIENT = UUID(int=5)
SAID = bytes(range(250)) * 1000


@pytest.fixture
def ana(client):
    person = get_user_model().objects.create(email="ana@example.com")
    client.force_login(person)
    return person


@pytest.fixture
def voicemail(opened):
    opened["voicemail"] = lambda user, file: user.email == "ana@example.com"
    return stored()


def stored(**other):
    facts = {"client_id": CLIENT, "kind": "voicemail", "name": "call.wav", "content_type": "audio/wav"}
    return media.store(SAID, **facts | other)


def body(answer):
    return b"".join(answer.streaming_content)


def test_whoever_may_see_it_gets_all_of_it(client, ana, voicemail):
    answer = client.get(media.url(voicemail))
    assert body(answer) == SAID
    assert answer.status_code == 200
    assert answer["Content-Type"] == "audio/wav"
    assert answer["Content-Length"] == str(len(SAID))
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Accept-Ranges"] == "bytes"
    assert "sandbox" in answer["Content-Security-Policy"]


def test_a_range_of_it(client, ana, voicemail):
    answer = client.get(media.url(voicemail), headers={"Range": "bytes=65530-65545"})
    assert answer.status_code == 206
    assert body(answer) == SAID[65530:65546]
    assert answer["Content-Range"] == f"bytes 65530-65545/{len(SAID)}"
    assert answer["Content-Length"] == "16"


def test_a_range_beyond_its_end(client, ana, voicemail):
    answer = client.get(media.url(voicemail), headers={"Range": "bytes=999999-"})
    assert answer.status_code == 416
    assert answer["Content-Range"] == f"bytes */{len(SAID)}"


def test_only_its_head(client, ana, voicemail):
    answer = client.head(media.url(voicemail))
    assert (answer.status_code, answer["Content-Length"]) == (200, str(len(SAID)))
    assert body(answer) == b""


def test_it_cannot_be_posted_to(client, ana, voicemail):
    assert client.post(media.url(voicemail)).status_code == 405


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("plain.pdf", 'attachment; filename="plain.pdf"'),
        ('a"b.pdf', r'attachment; filename="a\"b.pdf"'),
        ("Brief für Ana.pdf", "attachment; filename*=utf-8''Brief%20f%C3%BCr%20Ana.pdf"),
    ],
)
def test_all_but_sound_is_offered_for_saving(client, ana, voicemail, name, said):
    letter = stored(name=name, content_type="application/pdf")
    assert client.get(media.url(letter))["Content-Disposition"] == said
    assert client.get(media.url(voicemail))["Content-Disposition"] == 'inline; filename="call.wav"'


@pytest.mark.parametrize("sent", ["text/html; charset=x\r\nX: y", "", "audio"])
def test_a_senders_type_that_is_none_becomes_plain_bytes(client, ana, voicemail, sent):
    assert client.get(media.url(stored(content_type=sent)))["Content-Type"] == "application/octet-stream"


def test_a_stranger_finds_nothing_and_the_same_nothing(client, voicemail, monkeypatch):
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now)  # the page tells the time
    client.force_login(get_user_model().objects.create(email="rival@example.com"))
    refused, unknown = client.get(media.url(voicemail)), client.get(f"/media/{uuid4()}/")
    assert refused.status_code == unknown.status_code == 404
    csrf_token = rb"\b[A-Za-z0-9]{64}\b"
    assert re.sub(csrf_token, b"", refused.content) == re.sub(csrf_token, b"", unknown.content)
    assert not LedgerEntry.objects.exists()


def test_somebody_who_is_not_signed_in_is_asked_to(client, voicemail):
    answer = client.get(media.url(voicemail))
    assert answer.status_code == 302
    assert "/accounts/login/" in answer["Location"]


def test_a_kind_that_nobody_answers_for_is_seen_by_nobody(client, ana, opened):
    assert client.get(media.url(stored(kind="unheard-of"))).status_code == 404


def test_a_look_is_on_the_ledger_once(client, ana, voicemail):
    for _ in range(3):
        body(client.get(media.url(voicemail)))
    look = LedgerEntry.objects.get()
    assert (look.verb, look.actor_id, look.client_id) == ("looked", ana.pk, CLIENT)
    assert look.subject_id == str(voicemail.pk)


def test_a_deleted_file_is_gone(client, ana, voicemail):
    storing.remove(voicemail)
    assert client.get(media.url(voicemail)).status_code == 404


def test_a_file_lost_on_disk_is_a_404_and_said_in_the_log(client, ana, voicemail, caplog):
    storing.path_of(voicemail.pk).unlink()
    assert client.get(media.url(voicemail)).status_code == 404
    assert "file is not on disk" in caplog.text
