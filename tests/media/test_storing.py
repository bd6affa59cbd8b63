import io
from datetime import timedelta
from hashlib import sha256
from uuid import UUID

import pytest

from secretariat import clock, media
from secretariat.media import boxes, rounds, storing
from secretariat.media.models import MediaFile

pytestmark = pytest.mark.django_db

CLIENT = UUID(int=5)
SAID = b"Please ring back before three." * 9_000


def stored(content=SAID, **other):
    facts = {"client_id": CLIENT, "kind": "voicemail", "name": "call.wav", "content_type": "audio/wav"}
    return media.store(content, **facts | other)


def test_a_file_comes_back_as_it_was_given():
    file = MediaFile.objects.get(pk=stored().pk)
    assert b"".join(storing.read(file)) == SAID
    assert (file.size, file.sha256, file.client_id) == (len(SAID), sha256(SAID).hexdigest(), CLIENT)


def test_an_open_file_is_stored_from_where_it_stands():
    source = io.BytesIO(b"head" + SAID)
    source.seek(4)
    assert b"".join(storing.read(stored(source))) == SAID


@pytest.mark.parametrize("size", [0, 1, 65_535, 65_536, 65_537, 131_072])
def test_as_one_or_in_pieces_it_is_the_same(size):
    said = SAID[:size]
    pieces = (said[start : start + 10_000] for start in range(0, size, 10_000))
    for content in (said, pieces):
        file = stored(content)
        assert b"".join(storing.read(file)) == said
        assert (file.size, file.sha256) == (size, sha256(said).hexdigest())


def test_what_breaks_off_leaves_nothing_and_what_nobody_claims_can_be_dropped():
    def broken():
        yield SAID
        raise EOFError

    with pytest.raises(EOFError):
        storing.write(broken())
    assert not [each for each in storing.root().rglob("*") if each.is_file()]
    written = storing.write(iter([SAID]))
    assert not MediaFile.objects.exists()
    assert str(written.key) not in repr(written)
    storing.drop(written)
    assert not [each for each in storing.root().rglob("*") if each.is_file()]


def test_on_disk_it_has_no_name_and_cannot_be_read():
    file = stored(name="Mrs Okafor.wav")
    (path,) = [each for each in storing.root().rglob("*") if each.is_file()]
    assert path.name == file.pk.hex
    assert b"ring back" not in path.read_bytes()
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\a\\note.txt", "note.txt"),
        ("a\r\nSet-Cookie: x", "aSet-Cookie: x"),
        ("", "file"),
        ("/", "file"),
        ("x" * 300, "x" * 255),
    ],
)
def test_a_senders_name_is_never_a_path(sent, kept):
    assert storing.plain_name(sent) == kept


def test_a_half_written_file_is_not_left_behind():
    class Breaks:
        def read(self, _):
            raise OSError("the line dropped")

    with pytest.raises(OSError, match="the line dropped"):
        stored(Breaks())
    assert not [each for each in storing.root().rglob("*") if each.is_file()]
    assert not MediaFile.objects.exists()


def test_one_files_bytes_do_not_open_as_anothers():
    one, other = stored(), stored()
    storing.path_of(other.pk).write_bytes(storing.path_of(one.pk).read_bytes())
    with pytest.raises(boxes.Altered):
        list(storing.read(other))


def test_when_its_time_is_over_bytes_and_key_go_and_the_row_stays():
    now = clock.now()
    due, later, kept = (
        stored(delete_after=now - timedelta(seconds=1)),
        stored(delete_after=now + timedelta(days=1)),
        stored(),
    )
    assert rounds.end_retention() == 1
    due.refresh_from_db()
    assert due.deleted_at
    assert bytes(due.sealed_key) == b""
    assert not storing.path_of(due.pk).exists()
    assert storing.path_of(later.pk).exists()
    assert storing.path_of(kept.pk).exists()
    assert rounds.end_retention() == 0


def test_a_file_that_no_row_claims_is_deleted_after_a_day(monkeypatch):
    claimed, undone = stored(), stored()
    undone.delete()
    unfinished = storing.path_of(claimed.pk).with_suffix(storing.WRITING)
    unfinished.write_bytes(b"half")
    assert rounds.clear_unclaimed() == 0
    tomorrow = rounds.time() + 90_000
    monkeypatch.setattr(rounds, "time", lambda: tomorrow)
    assert rounds.clear_unclaimed() == 2
    assert [each.name for each in storing.root().rglob("*") if each.is_file()] == [claimed.pk.hex]
