"""What Outlook packs into winmail.dat, as attachments of their own. Raises nothing."""

import logging
import struct
from dataclasses import dataclass, field

from .reading import Attachment

MOST_FILES = 100
MOST_BYTES = 50 * 2**20
BEGINS = b"\x78\x9f\x3e\x22"

logging.getLogger("tnefparse").setLevel(logging.CRITICAL)  # it tells what is in the mail


def is_packed(attachment: Attachment) -> bool:
    return attachment.content[:4] == BEGINS


@dataclass(frozen=True)
class Unpacked:
    """`missing`: the names of those that have no content of their own, or come after the most."""

    files: list[Attachment]
    missing: list[str] = field(default_factory=list)


def unpacked(attachment: Attachment) -> Unpacked:
    """The files within; the pack itself where it does not open, or holds none."""
    if len(attachment.content) > MOST_BYTES:
        return Unpacked([attachment])
    try:
        from tnefparse import TNEF

        opened = TNEF(attachment.content, do_checksum=False)
        with_content = [each for each in opened.attachments if each.data]
        found = [Attachment(_name(each), "", bytes(each.data)) for each in with_content[:MOST_FILES]]
        missing = [_name(each) for each in opened.attachments if not each.data]
        missing += [_name(each) for each in with_content[MOST_FILES:]]
    except (ValueError, LookupError, TypeError, AttributeError, struct.error, OverflowError, MemoryError):
        return Unpacked([attachment])
    except Exception:  # whatever a parser of a hostile file may raise: the pack itself is still to be had
        return Unpacked([attachment])
    return Unpacked(found or [attachment], missing)


def _name(part) -> str:
    try:
        said = part.long_filename() or part.name
        said = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    except Exception:  # of a name no two programs write alike
        said = ""
    plain = "".join(each for each in said if each.isprintable()).replace("\\", "/").rpartition("/")[2]
    return "".join("_" if each in '<>:"|?*' else each for each in plain).strip(". ")[-150:] or "file"
