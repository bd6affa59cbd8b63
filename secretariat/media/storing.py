"""Storing, reading and removing the bytes of a file."""

import os
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import BinaryIO
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import File

from secretariat import clock, sealing
from secretariat.ids import uuid7

from . import boxes
from .models import MediaFile

PIECE = 64 * 1024
WRITING = ".writing"  # ends the name of a file that is not whole yet


@dataclass(frozen=True)
class Written:
    """Bytes that lie sealed on the disk, and belong to nobody yet: no row says so."""

    pk: UUID
    key: bytes = field(repr=False)
    size: int
    sha256: str


def store(content: bytes | BinaryIO | File | Iterator[bytes], **facts) -> MediaFile:
    """Keep `content` (bytes, a binary file to be read from where it stands, or pieces) and return its row.

    The bytes are on disk before the row is written: if the caller's transaction fails, they are a file
    without a row, which the retention round removes. `facts` as of `claim`.
    """
    return claim(write(content), **facts)


def write(content: bytes | BinaryIO | File | Iterator[bytes]) -> Written:
    """Seal `content` on the disk and write no row: for what comes slowly, while no transaction is open.

    Of what does not come whole nothing is left. What nobody claims within a day the retention round removes.
    """
    pk, key = uuid7(), secrets.token_bytes(32)
    path = path_of(pk)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = path.with_name(path.name + WRITING)
    try:
        with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
            sum_ = boxes.fill(target, _pieces(content), key)
            target.flush()
            os.fsync(target.fileno())
        unfinished.rename(path)
        _settle(path.parent)
    finally:
        unfinished.unlink(missing_ok=True)
    return Written(pk, key, sum_.size, sum_.sha256)


def claim(written: Written, *, client_id, kind, name, content_type, delete_after=None) -> MediaFile:
    """The row of what was written, in the caller's transaction."""
    return MediaFile.objects.create(
        pk=written.pk,
        client_id=client_id,
        kind=kind,
        name=plain_name(name),
        content_type=content_type[:127],
        size=written.size,
        sha256=written.sha256,
        sealed_key=sealing.seal(written.key, **_place(written.pk)),
        delete_after=delete_after,
    )


def drop(written: Written) -> None:
    """Nobody will claim it."""
    path_of(written.pk).unlink(missing_ok=True)


def read(file: MediaFile, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
    """The content of `file` from byte `start` up to `stop`, in pieces.

    Raises FileNotFoundError at once if the bytes are not there, and boxes.Altered while reading if they were
    changed on disk.
    """
    source = path_of(file.pk).open("rb")
    try:
        key = sealing.unseal(bytes(file.sealed_key), **_place(file.pk))
    except sealing.Unsealable:
        source.close()
        raise
    return _taken(source, key, file.size, start, file.size if stop is None else stop)


def remove(file: MediaFile) -> None:
    """Delete the bytes of `file`, its key and its name; the row stays to say that there was one."""
    path_of(file.pk).unlink(missing_ok=True)
    file.deleted_at, file.sealed_key, file.name = clock.now(), b"", ""
    file.save(update_fields=["deleted_at", "sealed_key", "name"])


def path_of(pk: UUID) -> Path:
    """Where the bytes lie: a name made of the id alone, in one of 256 folders."""
    return root() / pk.hex[-2:] / pk.hex


def root() -> Path:
    if not settings.MEDIA_ROOT:
        raise ImproperlyConfigured("MEDIA_ROOT is empty: files have nowhere to lie. See .env.example.")
    return Path(settings.MEDIA_ROOT)


def plain_name(name: str) -> str:
    """A name to offer for saving: what a sender wrote, without folders and control characters."""
    last = PurePosixPath(name.replace("\\", "/")).name
    return "".join(each for each in last if each.isprintable())[:255] or "file"


def _taken(source: BinaryIO, key: bytes, size: int, start: int, stop: int) -> Iterator[bytes]:
    with source:
        yield from boxes.take(source, key, size=size, start=start, stop=stop)


def _pieces(content) -> Iterable[bytes]:
    """In pieces, so that the time it takes to seal them rises with their number and not with its square."""
    if isinstance(content, bytes | bytearray | memoryview):
        return (bytes(content[start : start + PIECE]) for start in range(0, len(content), PIECE))
    if hasattr(content, "read"):
        return iter(lambda: content.read(PIECE), b"")
    return content


def _settle(folder: Path) -> None:
    """Make the new name survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _place(pk: UUID) -> dict:
    return {"table": "media_file", "row": pk, "field": "sealed_key"}
