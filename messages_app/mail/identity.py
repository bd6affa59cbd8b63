"""Whether two mails that came by different ways are one. Pure.

A provider's webhook, the client's own server and a copy in another folder bring the same mail with other
headers and other line ends. A Message-ID alone is not enough: some programs use one for all they write.
"""

import hashlib

from .reading import Read


def key_of(mail: Read, *, digest: str = "") -> str:
    """The same for the same mail, by whatever way it came: 64 hexadecimal digits.

    `digest` is that of its bytes, where it was too large for its files to be told.
    """
    author = mail.sender.email if mail.sender else ""
    moment = str(int(mail.at.timestamp())) if mail.at else ""
    if mail.message_id:
        parts = ["id", mail.message_id, author, moment]
    else:
        parts = ["words", author, moment, _letters(mail.subject), _letters(mail.words)]
        parts += [_bytes(each.content) for each in mail.attachments]  # a scanner says always the same
        parts += [digest] if digest else []
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()


def is_told_by_headers(mail: Read) -> bool:
    """Whether its headers alone say which it is."""
    return bool(mail.message_id)


def _bytes(content: bytes) -> str:
    return hashlib.sha256(content.replace(b"\r\n", b"\n").strip()).hexdigest()


def _letters(said: str) -> str:
    return "".join(filter(str.isalnum, said.casefold()))
