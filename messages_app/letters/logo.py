"""A client's logo on her letters: a small picture, told by what is in it, that the setter can read."""

import struct
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from messages_app.models import Letterhead
from secretariat import media
from secretariat.media import storing
from secretariat.media.models import MediaFile

from . import typesetting
from .layouts import LAYOUTS, Layout
from .typesetting import CannotBeSet, Logo

MEDIA_KIND = "letters.logo"
LARGEST = 200_000  # bytes
SMALLEST, LONGEST = 16, 3_000  # pixels a side
WIDEST = 60.0  # mm on the paper
COARSEST = 25.4 / 100  # mm a pixel: larger than at 100 of them an inch it is not drawn
KINDS = {"png": "image/png", "jpg": "image/jpeg"}
FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}  # markers of a JPEG that say how large it is


class NotALogo(Exception):
    """It cannot stand on a letter. The message says why."""


@dataclass(frozen=True)
class Picture:
    kind: str  # png or jpg
    width: int  # pixels
    height: int


def look(content: bytes) -> Picture:
    """What picture it is. Raises NotALogo."""
    if len(content) > LARGEST:
        raise NotALogo(_("The logo is larger than 200 kB."))
    found = _png(content) or _jpeg(content)
    if found is None:
        raise NotALogo(_("The logo is neither a PNG nor a JPEG."))
    if max(found.width, found.height) > LONGEST or min(found.width, found.height) < SMALLEST:
        bounds = {"most": LONGEST, "least": SMALLEST}
        raise NotALogo(_("The logo has from %(least)d to %(most)d pixels a side.") % bounds)
    _refuse_unreadable(content, found)
    return found


@transaction.atomic
def keep(head: Letterhead, content: bytes) -> None:
    """It stands on every letter from now on; papers that are agreed stay as they are. Raises NotALogo."""
    kind = look(content).kind
    before = head.logo_id
    kept = media.store(
        content,
        client_id=head.client_id,
        kind=MEDIA_KIND,
        name=f"logo.{kind}",
        content_type=KINDS[kind],
    )
    Letterhead.objects.filter(pk=head.pk).update(logo_id=kept.pk)
    head.logo_id = kept.pk
    _remove(before)


@transaction.atomic
def drop(head: Letterhead) -> None:
    before, head.logo_id = head.logo_id, None
    Letterhead.objects.filter(pk=head.pk).update(logo_id=None)
    _remove(before)


def of(head: Letterhead, layout: str) -> Logo | None:
    """The picture as it stands on this paper. Read once for each letterhead that was fetched."""
    if head.logo_id is None:
        return None
    if "_logo" not in vars(head):
        file = media.kept(head.logo_id)
        vars(head)["_logo"] = b"".join(storing.read(file)) if file else b""
    return placed(vars(head)["_logo"], layout)


def placed(content: bytes, layout: str) -> Logo | None:
    """These bytes as they would stand on this paper; None where they are no picture."""
    found = _png(content) or _jpeg(content)
    return _placed(content, found, LAYOUTS[layout]) if found else None


def _placed(content: bytes, found: Picture, layout: Layout) -> Logo:
    """As large as there is room for, and not so large that its pixels are seen."""
    scale = min(WIDEST / found.width, layout.head.height / found.height, COARSEST)
    return Logo(content, found.kind, round(found.width * scale, 2), round(found.height * scale, 2))


def _refuse_unreadable(content: bytes, found: Picture) -> None:
    drawn = _placed(content, found, LAYOUTS["uk-dl"])
    try:
        typesetting.pages(typesetting.sample(drawn), at=typesetting.SAMPLE_AT)
    except CannotBeSet as wrong:
        raise NotALogo(_("The logo cannot be read as a picture.")) from wrong


def _remove(media_id) -> None:
    for file in MediaFile.objects.filter(pk=media_id, deleted_at=None):
        media.remove(file)


def _png(content: bytes) -> Picture | None:
    if not content.startswith(b"\x89PNG\r\n\x1a\n") or content[12:16] != b"IHDR" or len(content) < 24:
        return None
    return Picture("png", *struct.unpack(">II", content[16:24]))


def _jpeg(content: bytes) -> Picture | None:
    """Its size stands in the first frame, behind segments that each say how long they are."""
    if not content.startswith(b"\xff\xd8\xff"):
        return None
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4])
        if marker in FRAMES:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return Picture("jpg", width, height)
        if length < 2:
            return None
        at += 2 + length
    return None
