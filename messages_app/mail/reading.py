"""What a mail says, read from its bytes: whatever is wrong with it, something is shown and nothing is raised.

Mails are taken apart by the old policy (`mail_parts.py`), which leaves every header as it stands, and headers
are made sense of here, each by itself. What cannot be made sense of is named in `trouble`, in words for a
person, who may open the original.
"""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import policy
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.utils import collapse_rfc2231_value, getaddresses, parsedate_to_datetime

from django.utils.translation import gettext as _

from secretariat import mail_parts
from secretariat.mail_parts import DEEPEST, MOST_PARTS

from . import automatic
from .charsets import decoded
from .words import Said, in_html, in_other_words, in_turn

LONGEST_HEADER = 8_000
MOST_HEADERS = 20  # of one name
MOST_TEXT = 500_000  # letters of a body that are shown
MOST_ADDRESSES = 500
BEGINNING = 200_000  # bytes of a mail that is too large to be read whole
KEPT = "\n\t\xad\u200c\u200d\u200e\u200f"  # without which scripts that join, or run leftward, do not read
ADDRESS = re.compile(r"[^@\s<>\"(),;]{1,100}@[^@\s<>\"(),;]{1,150}")
MESSAGE_ID = re.compile(r"<([^<>\s]{1,250})>")


class AsItCame(policy.Compat32):
    """Writes a mail within a mail with its headers as they stood, however wrong they are."""

    def fold_binary(self, name, value):
        return f"{name}: {value}{self.linesep}".encode("ascii", "surrogateescape")


@dataclass(frozen=True)
class Address:
    """Somebody named in a header. `email` in lower case, empty where none could be told."""

    name: str
    email: str

    def __str__(self):
        return self.name or self.email


@dataclass(frozen=True)
class Attachment:
    """A part that is not read out. `content_type` is what the mail says of it, not what it is.

    Whether it is a picture in the mail's HTML, `attached.opened` tells. What the mail says of it is no help:
    some programs give every file an id, others call every file inline.
    """

    name: str
    content_type: str
    content: bytes
    cid: str = ""  # by which its HTML names it, without brackets
    is_drawn: bool = False


@dataclass
class Read:
    """A mail as far as it could be read. Texts are plain and as long as they came, up to MOST_TEXT.

    `at`, aware, is the author's own word and may lie anywhere; None where none was said. Message ids stand
    without brackets. `trouble`, in words: what could not be read, or was left out.
    """

    subject: str = ""
    sender: Address | None = None
    reply_to: list[Address] = field(default_factory=list)
    to: list[Address] = field(default_factory=list)
    cc: list[Address] = field(default_factory=list)
    bcc: list[Address] = field(default_factory=list)  # as a copy in a Sent folder tells
    at: datetime | None = None
    message_id: str = ""
    in_reply_to: list[str] = field(default_factory=list)
    references: list[str] = field(default_factory=list)
    text: str = ""  # of each part its plain words, or those of its HTML where it has no others
    html: str = ""  # the same as HTML, with the plain parts in their places; empty where no part is HTML
    attachments: list[Attachment] = field(default_factory=list)
    by_a_machine: bool = False  # and so asks for nothing of us
    content_type: str = "text/plain"
    asks: dict[str, str] = field(default_factory=dict)  # headers of `automatic.ASKED`, names in lower case
    envelope_sender: str | None = None  # of whoever brings it; None where nobody says
    is_spam: bool = False  # as whoever brings it says
    trouble: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        """What a person reads in it."""
        return self.text.strip()


def read(raw: bytes, *, is_beginning: bool = False) -> Read:
    """Read a mail. Raises nothing.

    Of one that is too large, or of which `raw` only `is_beginning`, the headers and the first words.
    """
    if not is_beginning and len(raw) <= mail_parts.MOST_BYTES:
        return _read(raw)
    found = _read(raw[:BEGINNING])
    found.attachments = []  # the last of them is cut off, and nobody could tell which are missing
    found.trouble = [_("It is too large to be shown whole.")]
    return found


def _read(raw: bytes) -> Read:
    found = Read()
    mail = _parsed(raw, found)
    _read_headers(mail if mail is not None else mail_parts.head_of(raw), found)
    if mail is None:
        return found
    try:
        _read_parts(mail, found)
    except RecursionError:
        found.trouble.append(_("It is nested too deeply to be read whole."))
    return found


def _parsed(raw: bytes, found: Read) -> Message | None:
    """The mail in its parts; None where they cannot be told apart."""
    mail = mail_parts.taken_apart(raw)
    if mail is None:
        found.trouble.append(_("Its parts could not be told apart."))
    return mail


# --- Headers ---------------------------------------------------------------------------------------------


def _read_headers(mail: Message, found: Read) -> None:
    found.subject = header(mail, "Subject")
    found.reply_to = addresses(mail, "Reply-To")
    found.to, found.cc, found.bcc = (addresses(mail, name) for name in ("To", "Cc", "Bcc"))
    authors = addresses(mail, "From") or addresses(mail, "Sender")
    found.sender = authors[0] if authors else None
    found.at = _moment(header(mail, "Date"))
    found.message_id = next(iter(_ids(mail, "Message-ID")), "")
    found.in_reply_to, found.references = _ids(mail, "In-Reply-To"), _ids(mail, "References")
    found.content_type = mail.get_content_type()
    there = {name.lower() for name, _value in mail.raw_items()}
    found.asks = {name: header(mail, name) for name in automatic.ASKED if name in there}
    author = found.sender.email if found.sender else ""
    found.by_a_machine = automatic.by_a_machine(automatic.Came(author, found.asks, found.content_type))


def header(mail: Message, name: str) -> str:
    """One header in plain letters on one line; empty where there is none."""
    return _plain(_decoded_header(next(iter(_raw_headers(mail, name)), "")))


def addresses(mail: Message, name: str) -> list[Address]:
    """Everybody a header names, in order, each once."""
    try:
        pairs = getaddresses(_raw_headers(mail, name))
    except (RecursionError, ValueError, IndexError, TypeError, AttributeError):
        pairs = []
    named: dict[tuple[str, str], Address] = {}
    for called, address in pairs[:MOST_ADDRESSES]:
        address = _plain(_decoded_header(address)).lower()
        address = address if ADDRESS.fullmatch(address) else ""
        called = _plain(_decoded_header(called)).strip("'\" ")
        if called or address:
            named.setdefault((address, "" if address else called), Address(called, address))
    return list(named.values())


def _raw_headers(mail: Message, name: str) -> list[str]:
    """Headers of this name as they stand; bytes that are no ASCII are read as UTF-8 or what they may be."""
    said = [str(value) for called, value in mail.raw_items() if called.lower() == name.lower()]
    return [
        decoded(value[:LONGEST_HEADER].encode("ascii", "surrogateescape"), None)
        if _is_as_it_came(value)
        else value[:LONGEST_HEADER]
        for value in said[:MOST_HEADERS]
    ]


def _is_as_it_came(value: str) -> bool:
    """Whether it is the bytes of the mail, and nothing that was made of them."""
    return all(letter < "\x80" or "\udc80" <= letter <= "\udcff" for letter in value)


def _decoded_header(value: str) -> str:
    """RFC 2047's encoded words made letters; left as they stand where they cannot be."""
    if "=?" not in value:
        return value
    try:
        pieces = decode_header(value)
    except (MessageError, ValueError, LookupError, IndexError, AttributeError):
        return value
    return "".join(
        decoded(piece, charset) if isinstance(piece, bytes) else piece for piece, charset in pieces
    )


def _plain(said: str) -> str:
    letters = "".join(each if each.isprintable() else " " for each in said)
    return " ".join(letters.split())


def _ids(mail: Message, name: str) -> list[str]:
    return list(dict.fromkeys(MESSAGE_ID.findall(header(mail, name))))[-100:]


def _moment(said: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(said[:100])
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return moment.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError, AttributeError):
        return None


# --- Parts -----------------------------------------------------------------------------------------------


def _read_parts(mail: Message, found: Read) -> None:
    left = _Left()
    said = _said(mail, found, left)
    if left.parts < 0:
        found.trouble.append(_("It has too many parts; the others are in the original."))
    found.text, found.html = said.words[:MOST_TEXT], said.html[:MOST_TEXT]


@dataclass
class _Left:
    """How much more of a mail is read."""

    parts: int = MOST_PARTS  # that are no mere envelopes; below nothing, some were left out
    letters: int = 2 * MOST_TEXT  # it may say all of it twice


def _said(part: Message, found: Read, left: _Left, depth: int = 0) -> Said:
    """What it says with all its parts, in order. What is not read out is attached on the way."""
    if part.is_multipart() and part.get_content_maintype() == "multipart" and depth < DEEPEST:
        within = [each for each in part.get_payload() if isinstance(each, Message)]
        said = [_said(each, found, left, depth + 1) for each in within]
        return in_other_words(said) if part.get_content_subtype() == "alternative" else in_turn(said)
    left.parts -= 1
    if left.parts < 0:
        return Said()
    kind = part.get_content_type()
    if kind == "text/html" and not _is_attached(part):
        return in_html(_text(part, found, left))
    if kind == "text/plain" and not _is_attached(part):
        return Said(_text(part, found, left))
    _attach(part, found)
    return Said()


def _is_attached(part: Message) -> bool:
    return _disposition(part) == "attachment" or bool(_name(part))


def _disposition(part: Message) -> str:
    return header(part, "Content-Disposition").partition(";")[0].strip().lower()


def _text(part: Message, found: Read, left: _Left) -> str:
    content = _content(part, found)
    text = decoded(content, _parameter(part, "charset"))
    most = min(MOST_TEXT, left.letters)
    if len(text) > most:
        found.trouble.append(_("Its text is cut; the whole is in the original."))
    left.letters -= min(len(text), most)
    # What is no letter would be drawn as a box, and NUL cannot be kept in a table at all.
    return "".join(each for each in text[:most] if each in KEPT or each.isprintable())


def _attach(part: Message, found: Read) -> None:
    kind = part.get_content_type()
    name = _name(part)
    if part.is_multipart():  # a mail in a mail, or an envelope within too many others
        content = _inner(part, found)
        name = name or (_("forwarded mail") + ".eml")
        kind = "message/rfc822"
    else:
        content = _content(part, found)
    cid = header(part, "Content-ID").strip("<> ")[:200]
    found.attachments.append(Attachment(name, kind, content, cid=cid))


def _inner(part: Message, found: Read) -> bytes:
    try:
        inner = [each for each in part.get_payload() if isinstance(each, Message)]
        whole = inner[0] if len(inner) == 1 and part.get_content_maintype() == "message" else part
        return whole.as_bytes(policy=AsItCame())
    except (MessageError, RecursionError, ValueError, LookupError, AttributeError, TypeError):
        found.trouble.append(_("A mail within it could not be read."))
        return b""


def _content(part: Message, found: Read) -> bytes:
    try:
        content = part.get_payload(decode=True)
    except (ValueError, LookupError, AttributeError, TypeError):
        content = None
    if isinstance(content, bytes):
        return content
    found.trouble.append(_("A part of it could not be read."))
    return b""


def _name(part: Message) -> str:
    """The file's name without folders, in letters that every disk bears; empty where none is given."""
    said = _parameter(part, "filename", "Content-Disposition") or _parameter(part, "name")
    said = _plain(_decoded_header(said)).replace("\\", "/").rpartition("/")[2]
    return "".join("_" if each in '<>:"|?*' else each for each in said).strip(". ")[-150:]


def _parameter(part: Message, name: str, of: str = "Content-Type") -> str:
    try:
        value = part.get_param(name, "", header=of)
        if isinstance(value, tuple):
            charset, _language, said = value
            return decoded(said.encode("latin-1", "replace"), charset)
        said = collapse_rfc2231_value(value)
        return decoded(said.encode("ascii", "surrogateescape"), None)
    except UnicodeEncodeError:
        return said
    except (ValueError, LookupError, IndexError, AttributeError, TypeError):
        return ""
