"""The mail as it came: kept sealed before anything is made of it, read again whenever it is opened."""

from secretariat import media
from secretariat.media import storing
from secretariat.media.models import MediaFile

from .reading import Read, read

KIND = "correspondence"


def keep(raw: bytes, *, client_id) -> MediaFile:
    return media.store(raw, client_id=client_id, kind=KIND, name="mail.eml", content_type="message/rfc822")


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
    raw = bytes_of(mail)
    return None if raw is None else read(raw)
