"""The files that came with a mail, numbered as its row lists them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from secretariat.card_numbers import redact

from . import kinds, laying_out, winmail
from .reading import Attachment, Read

MOST = 300
MOST_NAMED = 3
LONGEST_NAMED = 40


@dataclass(frozen=True)
class Opened:
    """`files`: every file that is offered. `trouble`: of those that are not, in words."""

    files: list[Attachment]
    trouble: list[str] = field(default_factory=list)


def opened(mail: Read) -> Opened:
    """Every file, those packed by Outlook unpacked; the order never changes."""
    found: list[Attachment] = []
    missing: list[str] = []
    for each in mail.attachments:
        if winmail.is_packed(each):
            pack = winmail.unpacked(each)
            found += pack.files
            missing += pack.missing
        else:
            found.append(each)
    missing += [each.name or _("file") for each in found[MOST:]]
    drawn = laying_out.drawn(mail, found[:MOST])
    files = [replace(each, is_drawn=number in drawn) for number, each in enumerate(found[:MOST])]
    return Opened(files, [_left_out(missing)] if missing else [])


def files_of(mail: Read) -> list[Attachment]:
    """See `opened`."""
    return opened(mail).files


def _left_out(names: list[str]) -> str:
    """Short enough for a row: the first of them, and how many more."""
    said = ", ".join(redact(each)[0][:LONGEST_NAMED] for each in names[:MOST_NAMED])
    more = len(names) - MOST_NAMED
    if more <= 0:
        return _("Not to be had but in the original: %(names)s.") % {"names": said}
    return _("Not to be had but in the original: %(names)s and %(n)s more.") % {"names": said, "n": more}


def listed(mail: Read) -> list[dict]:
    """What its row keeps of them: name without a card number, kind by content, size in bytes."""
    return [
        {
            "name": redact(each.name)[0],
            "kind": kinds.kind_of(each.content, each.content_type),
            "size": len(each.content),
            "drawn": each.is_drawn,
        }
        for each in files_of(mail)
    ]


def is_drawn(row: Mapping) -> bool:
    """Whether what `listed` kept is a picture in the mail's HTML, and need not be shown as a file, too.

    Older rows do not say so: what came with those mails is shown twice rather than nowhere.
    """
    return row.get("drawn", False)
