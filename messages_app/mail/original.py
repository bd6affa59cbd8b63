"""The mail as it came: kept sealed before anything is made of it, read again whenever it is opened."""

from secretariat import mail_parts, media
from secretariat.media import storing
from secretariat.media.models import MediaFile

from .reading import BEGINNING, Read, read

KIND = "correspondence"


def keep(
    raw: bytes, *, client_id, is_beginning: bool = False, written: storing.Written | None = None
) -> MediaFile:
    """`written` is the whole of it, where that lies on the disk already; else `raw` is all that is had."""
    name = "beginning-of-mail.eml" if is_beginning and written is None else "mail.eml"
    written = written or storing.write(raw)
    return storing.claim(written, client_id=client_id, kind=KIND, name=name, content_type="message/rfc822")


def file_of(mail) -> MediaFile | None:
    """None once it is kept no longer."""
    return media.kept(mail.media_id)


def files_of(mails) -> dict:
    """Those that are kept still, by their ids; asked for together."""
    ids = [mail.media_id for mail in mails if mail.media_id]
    return MediaFile.objects.filter(pk__in=ids, deleted_at=None).in_bulk() if ids else {}


def bytes_of(mail) -> bytes | None:
    """None where it is kept no longer, or cannot be read from the disk."""
    file = file_of(mail)
    if file is None:
        return None
    try:
        return b"".join(storing.read(file))
    except FileNotFoundError:
        return None


def read_again(mail) -> Read | None:
    """As it was read when it came: of one that is too large for that, the beginning alone."""
    file = file_of(mail)
    if file is None:
        return None
    is_large = file.size > mail_parts.MOST_BYTES
    try:
        raw = b"".join(storing.read(file, 0, BEGINNING if is_large else None))
    except FileNotFoundError:
        return None
    return read(raw, is_beginning=is_large)
