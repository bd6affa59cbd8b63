"""The files that came with a mail, numbered as its row lists them."""

from secretariat.card_numbers import redact

from . import kinds, winmail
from .reading import Attachment, Read

MOST = 300


def files_of(mail: Read) -> list[Attachment]:
    """Every file, those packed by Outlook unpacked; the order never changes."""
    found: list[Attachment] = []
    for each in mail.attachments:
        found += winmail.unpacked(each) if winmail.is_packed(each) else [each]
    return found[:MOST]


def listed(mail: Read) -> list[dict]:
    """What its row keeps of them: name without a card number, kind by content, size in bytes."""
    return [
        {
            "name": redact(each.name)[0],
            "kind": kinds.kind_of(each.content, each.content_type),
            "size": len(each.content),
            "inline": each.inline,
        }
        for each in files_of(mail)
    ]
