"""A client's logo on her letters: what cannot stand there is refused, and the paper keeps what it had."""

import struct
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from messages_app.letters import lettering, logo, typesetting
from messages_app.models import Letterhead
from secretariat.media import storing
from secretariat.media.models import MediaFile

from . import paper
from .deeds import does, is_whole


def a_png(width=300, height=100, *, pixels: bytes | None = None) -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        sum_ = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + sum_

    rows = (b"\x00" + b"\x40" * width) * height if pixels is None else pixels
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def a_jpegs_head(width: int, height: int) -> bytes:
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"
    return b"\xff\xd8\xff\xe0" + struct.pack(">H", 4) + b"xx\xff\xc0" + struct.pack(">H", 11) + frame


def said(head, **more):
    names = ("name", "lines", "return_line", "foot", "signs", "signer", "job", "layout", "sender_at_carrier")
    words = {name: getattr(head, name) for name in names} | {"client": head.client_id}
    return words | ({"needs_approval": "on"} if head.needs_approval else {}) | more


def saves(office, head, **more):
    page = reverse("admin:messages_app_letterhead_change", args=[head.pk])
    answer = office.browser(office.helen).post(page, said(head, **more))
    head.refresh_from_db()
    return answer


@pytest.fixture
def head(office, okafor):
    office.helen = office.supervisor()
    return Letterhead.objects.get()


def uploaded(content, name="logo.png"):
    return SimpleUploadedFile(name, content, content_type="image/png")


def test_it_stands_at_the_upper_left_of_the_letter_beside_the_head(office, head, desk, letter):
    is_whole(desk, letter)
    newest = lettering.newest_of(letter)
    assert paper.pictures(lettering.pdf(letter, newest)) == []
    assert saves(office, head, logo=uploaded(a_png(300, 100))).status_code == 302
    made = lettering.pdf(letter, newest)
    assert paper.pictures(made) == [(25.0, 10.0, 60.0, 20.0)]
    assert lettering.pdf(letter, newest) == made
    assert "Okafor Legal" in [each.text for each in paper.lines(made)]
    assert desk.get(reverse("letters-page", args=[letter.pk])).content.startswith(b"\x89PNG")
    file = MediaFile.objects.get(kind=logo.MEDIA_KIND)
    assert desk.get(reverse("media-file", args=[file.pk])).status_code == 200
    rival = office.browser(office.client("Brookes Dental").owner)
    assert rival.get(reverse("media-file", args=[file.pk])).status_code == 404


def test_another_takes_its_place_and_what_was_agreed_keeps_the_old_one(office, head, desk, letter):
    Letterhead.objects.update(needs_approval=False)
    head.refresh_from_db()
    saves(office, head, logo=uploaded(a_png()))
    first = head.logo_id
    is_whole(desk, letter)
    does(desk, "letters-release", letter)
    saves(office, head, logo=uploaded(a_png(100, 100)))
    assert MediaFile.objects.get(pk=first).deleted_at is not None
    kept = b"".join(storing.read(MediaFile.objects.get(pk=letter.media_id)))
    assert paper.pictures(kept) == [(25.0, 10.0, 60.0, 20.0)]
    saves(office, head, without_logo="on")
    assert head.logo_id is None
    assert not MediaFile.objects.filter(kind=logo.MEDIA_KIND, deleted_at=None).exists()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "neither a PNG nor a JPEG"),
        (b"\x89PNG\r\n\x1a\n", "neither a PNG nor a JPEG"),
        (a_png(4000, 20), "pixels a side"),
        (a_png(20, 8), "pixels a side"),
        (a_png(pixels=b"cut"), "cannot be read as a picture"),
        (a_jpegs_head(300, 100), "cannot be read as a picture"),
        (a_jpegs_head(30_000, 100), "pixels a side"),
        (a_png() + b"\x00" * 200_000, "larger than 200 kB"),
    ],
)
def test_what_cannot_stand_there_is_refused_with_the_reason(office, head, content, why):
    answer = saves(office, head, logo=uploaded(content), name="Okafor & Daughters")
    assert answer.status_code == 200
    assert why in answer.content.decode()
    assert "Okafor &amp; Daughters" in answer.content.decode()  # what was typed beside it stands
    assert (head.logo_id, head.name) == (None, "Okafor Legal")


def test_a_long_name_has_what_room_is_left_and_never_runs_into_it():
    drawn = typesetting.Logo(a_png(), "png", 60.0, 20.0)
    sheet = typesetting.Sheet("uk-dl", "en-GB", ["Dana"], "x", ["y"], "O", head=["Okafor " * 9], logo=drawn)
    made = typesetting.pdf(sheet, at=typesetting.SAMPLE_AT)
    assert min(each.left for each in paper.lines(made) if each.baseline < 40) > 25 + 60 + 4
