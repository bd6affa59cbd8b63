"""A mail made into the bytes that leave. Pure: the same words give the same mail, however often.

The moment, the Message-ID and the boundaries come from outside or from the words, so that a second attempt
sends the very bytes of the first.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, getaddresses

MOST_REFERENCES = 20
LONGEST_SUBJECT = 200
MOST_RECIPIENTS = 50  # of one mail that a person writes
MOST_BYTES = 20 * 2**20  # of all attachments together; many servers take 25 with what encoding adds
SEPARATOR = "-- "
REPLIED = re.compile(r"^(?:(?:re|aw|wg|sv|antw|odp|rv|fw|fwd|tr|r)(?:\[\d+\])?\s*:\s*)+", re.I)
LINE_ENDS = re.compile(r"\r\n|\r|\n")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
BARE = re.compile(
    r"[^@\s<>\"(),;:\\\[\]\x00-\x20\x7f-\U0010ffff]{1,64}@[^@\s<>\"(),;:\\\[\]\x00-\x20/?#]{1,190}"
)


@dataclass(frozen=True)
class Enclosure:
    """Something that goes with a mail. `content_type` is what its bytes are, told by somebody who looked."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True)
class Letter:
    """Everything that makes a mail. `sender` and `reply_to` with names; the others bare addresses.

    `at` is aware. Message ids stand without brackets. `bcc` is in the envelope alone, and in the copy that
    its author keeps.
    """

    sender: str
    to: Sequence[str]
    subject: str
    words: str
    message_id: str
    at: datetime
    cc: Sequence[str] = ()
    bcc: Sequence[str] = ()
    reply_to: str = ""
    in_reply_to: str = ""
    references: Sequence[str] = ()
    enclosures: Sequence[Enclosure] = ()
    extra: dict[str, str] = field(default_factory=dict)


def message_id(key: str, domain: str) -> str:
    """The id, without brackets, of the mail with this key; the key itself stays with us."""
    host = domain_in_ascii(domain) or "localhost"
    return f"{hashlib.sha256(key.encode()).hexdigest()[:40]}@{host}"


def references(parent: str, before: Sequence[str]) -> list[str]:
    """Those of an answer: the parent's and the parent, at most twenty, the first and the newest of them."""
    chain = list(dict.fromkeys(each for each in [*before, parent] if each))
    if len(chain) <= MOST_REFERENCES:
        return chain
    return [chain[0], *chain[-(MOST_REFERENCES - 1) :]]


def answer_subject(subject: str) -> str:
    """`Re: ` once, whatever stood before it in whichever language."""
    plain = REPLIED.sub("", " ".join(subject.split()))
    return f"Re: {plain}".strip()[:LONGEST_SUBJECT]


def passed_on_subject(subject: str) -> str:
    """`Fwd: ` once."""
    plain = " ".join(subject.split())
    return (plain if plain.lower().startswith(("fwd:", "fw:")) else f"Fwd: {plain}").strip()[:LONGEST_SUBJECT]


def signed(words: str, signature: str) -> str:
    """The words with the signature below its line, once."""
    words, signature = words.rstrip(), signature.strip()
    if not signature or words.endswith(signature):
        return words + "\n"
    return f"{words}\n\n{SEPARATOR}\n{signature}\n"


def quoted(words: str, *, said: str) -> str:
    """What was answered, each line marked, below `said` (who wrote when, in words)."""
    lines = (f"> {line}".rstrip() for line in words.strip().splitlines())
    return "\n".join([said, *lines]) + "\n"


def bytes_of(letter: Letter) -> bytes:
    """The mail as it leaves, in RFC 5322's form. Raises ValueError for an address that is none."""
    return _made(letter).as_bytes()


def bytes_of_copy(letter: Letter) -> bytes:
    """The same for its author's own Sent folder, which says to whom hidden copies went. It never leaves."""
    mail = _made(letter)
    if letter.bcc:
        mail["Bcc"] = ", ".join(map(_writable, letter.bcc))
    return mail.as_bytes()


def _made(letter: Letter) -> EmailMessage:
    mail = EmailMessage(policy=SMTP.clone(cte_type="7bit"))
    for address in recipients(letter):
        if not is_address(address):
            raise ValueError(f"no address: {address!r}")
    mail["From"] = letter.sender
    mail["To"] = ", ".join(map(_writable, letter.to))
    if letter.cc:
        mail["Cc"] = ", ".join(map(_writable, letter.cc))
    if letter.reply_to:
        mail["Reply-To"] = letter.reply_to
    mail["Subject"] = _line(letter.subject)[:LONGEST_SUBJECT]
    mail["Date"] = format_datetime(letter.at)
    mail["Message-ID"] = f"<{_id_of(letter)}>"
    if letter.in_reply_to:
        mail["In-Reply-To"] = f"<{letter.in_reply_to}>"
    if before := [each for each in letter.references if each]:
        mail["References"] = " ".join(f"<{each}>" for each in before)
    for name, value in letter.extra.items():
        mail[name] = _line(value)
    mail.set_content(CONTROL.sub("", LINE_ENDS.sub("\n", letter.words)), cte="quoted-printable")
    for enclosure in letter.enclosures:
        main, _slash, sub = enclosure.content_type.partition("/")
        mail.add_attachment(
            enclosure.content,
            maintype=main or "application",
            subtype=sub or "octet-stream",
            filename=_line(enclosure.name) or "file",
        )
    if mail.is_multipart():
        mail.set_boundary(f"={hashlib.sha256(_id_of(letter).encode()).hexdigest()[:32]}=")
    return mail


def headers_of(letter: Letter) -> dict[str, str]:
    """Those that a provider does not write by itself."""
    made = {"Message-ID": f"<{_id_of(letter)}>", "Date": format_datetime(letter.at), **letter.extra}
    if letter.in_reply_to:
        made["In-Reply-To"] = f"<{letter.in_reply_to}>"
    if before := [each for each in letter.references if each]:
        made["References"] = " ".join(f"<{each}>" for each in before)
    return made


def _id_of(letter: Letter) -> str:
    """Its id; where nobody gave it one, of what it says, so that each attempt has the same."""
    if letter.message_id:
        return letter.message_id
    domain = getaddresses([letter.sender])[0][1].rpartition("@")[2]
    said = [letter.sender, *recipients(letter), letter.subject, letter.words, letter.at.isoformat()]
    return message_id("\0".join(said), domain)


def recipients(letter: Letter) -> list[str]:
    """Everybody on the envelope, each once."""
    return list(dict.fromkeys([*letter.to, *letter.cc, *letter.bcc]))


def is_address(address: str) -> bool:
    """Whether a bare address can be written to at all."""
    if not BARE.fullmatch(address) or ".." in address:
        return False
    domain = address.rpartition("@")[2]
    return bool(domain_in_ascii(domain)) and not domain.startswith((".", "-")) and not domain.endswith("-")


def written_addresses(typed: str) -> tuple[list[str], list[str]]:
    """(addresses, what was meant for one and is none) of a line that somebody typed.

    Commas, semicolons and line ends part them; a name may stand before an address in angle brackets.
    """
    good: dict[str, None] = {}
    wrong: list[str] = []
    for piece in re.split(r"[;\n]+|,(?![^<]*>)(?![^\"]*\"[^\"]*<)", typed):
        piece = piece.strip().strip(",")
        if not piece:
            continue
        address = getaddresses([piece])[0][1].strip().lower() if "<" in piece else piece.lower()
        if is_address(address):
            good[address] = None
        else:
            wrong.append(piece[:120])
    return list(good), wrong


def _writable(address: str) -> str:
    local, _at, domain = address.rpartition("@")
    return f"{local}@{domain_in_ascii(domain)}"


def domain_in_ascii(domain: str) -> str:
    """The domain as it goes over the wire; empty where it cannot be written."""
    try:
        return domain.strip().rstrip(".").encode("idna").decode().lower()
    except (UnicodeError, ValueError):
        return ""


def _line(text: str) -> str:
    return " ".join(CONTROL.sub("", text).split())
