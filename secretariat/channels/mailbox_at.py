"""A mailbox at somebody else's server, by IMAP: looked into, waited at, and written to where she allows.

The server is an address that somebody outside named: it is resolved once, checked, and never spoken to in
the clear past the firm's own network. Folders are opened so that looking changes nothing there.
"""

import contextlib
import imaplib
import re
import ssl
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from imap_tools.errors import ImapToolsError, MailboxLoginError
from imap_tools.folder import FolderInfo

from . import fetching
from .mail_as import Server
from .mailbox_line import Box

PATIENCE = 8.0  # seconds for one answer
PIECE = 2**20  # bytes of a large mail that are asked for at once
MOST_NUMBERS = 200  # of one question
MOST_WITHHELD = 2  # of the first mails: then it is the server that says no, and not a mail that is broken
EXPUNGED = b"[EXPUNGEISSUED]"
HEAD = "UID FLAGS RFC822.SIZE INTERNALDATE BODY.PEEK[HEADER.FIELDS (MESSAGE-ID FROM SENDER DATE)]"
UID = re.compile(rb"\bUID (\d+)")
FLAGS = re.compile(rb"\bFLAGS \(([^)]*)\)")
SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)")
# A piece of a mail that is told on the same line, or none; most follow it, and are told apart from it.
PART = re.compile(rb'\bBODY\[\]<(\d+)> ?(?:"((?:[^"\\]|\\.)*)")?', re.I)
SENT_NAMES = (
    *("sent", "sent items", "sent messages", "sent mail", "inbox.sent", "[gmail]/sent mail"),
    *("gesendet", "gesendete objekte", "gesendete elemente", "verzonden items", "verzonden", "skickat"),
    *("envoyés", "éléments envoyés", "messages envoyés", "enviados", "elementos enviados"),
    *("posta inviata", "sendt", "wysłane"),
)


# What servers say of the password, and what they say when they are busy, restart or have broken: not every
# one gives a code. One that does not understand (BAD) has not looked at the password, either.
WRONG = re.compile(
    r"\[(AUTHENTICATIONFAILED|AUTHORIZATIONFAILED|EXPIRED)\b"
    r"|log.?in failed|invalid|incorrect|credential|password",
    re.I,
)
BUSY_SAID = re.compile(r"\[(INUSE|LIMIT|SERVERBUG|UNAVAILABLE)\b|command error: BAD", re.I)
BUSY = re.compile(r"temporar|unavailable|too many|\blater\b", re.I)
FOR_A_PERSON = ("not_public", "not_secure", "certificate", "no_address")


class Refused(Exception):
    """Not without somebody who acts. `code`: sign_in, not_public, not_secure, certificate, no_address."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


class Unreachable(Exception):
    """Not just now. `code`: no_such_host, no_connection, no_answer, says_no."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


class NotTold(Unreachable):
    """The server is there, and says no: what was asked is not known. It may be busy."""

    def __init__(self) -> None:
        super().__init__("says_no")


@dataclass(frozen=True)
class Folder:
    """`role`: inbox, sent or nothing."""

    name: str
    role: str = ""


@dataclass(frozen=True)
class Opened:
    """How a folder stood when it was opened. Numbers of mails hold as long as `uidvalidity` is the same."""

    uidvalidity: int
    uidnext: int


@dataclass(frozen=True)
class Head:
    """What is known of a mail before it is fetched. `at`: when its server took it in, aware."""

    uid: int
    flags: frozenset[str]
    size: int
    at: datetime | None
    header: bytes


class MailboxAt:
    """One sign-in. Use it as a context. Everything raises Refused or Unreachable."""

    def __init__(self, server: Server, *, patience: float = PATIENCE):
        self.server, self.patience = server, patience

    def __enter__(self) -> "MailboxAt":
        with _translated():
            self._box = Box(self.server, self.patience)  # a server that says no here does not know who comes
            try:
                if self.server.token:
                    self._box.let_in(self.server.username, self.server.token)
                else:
                    self._box.login_utf8(self.server.username, self.server.password, initial_folder=None)
            except (MailboxLoginError, imaplib.IMAP4.error) as refusal:
                if isinstance(refusal, imaplib.IMAP4.abort):
                    raise
                self._shut()
                raise (NotTold() if _is_busy(refusal) else Refused("sign_in")) from refusal
        return self

    def __exit__(self, *_):
        self._shut()

    def _shut(self) -> None:
        box = getattr(self, "_box", None)
        if box is not None:
            with contextlib.suppress(OSError, imaplib.IMAP4.error, ImapToolsError):
                box.client.logout()
            with contextlib.suppress(OSError, imaplib.IMAP4.error):
                box.client.shutdown()

    # --- Looking -----------------------------------------------------------------------------------------

    def folders(self) -> list[Folder]:
        """The inbox, and where what she sent lies, by what the server says of it or else by its name."""
        with _translated():
            everything = self._box.folder.list()
        if not everything:  # an inbox there is in every mailbox
            raise NotTold
        listed = [each for each in everything if "\\Noselect" not in each.flags]
        sent = next((each.name for each in listed if "\\sent" in _lower(each)), None)
        sent = sent or next((each.name for each in listed if each.name.lower() in SENT_NAMES), None)
        inbox = next((each.name for each in listed if each.name.upper() == "INBOX"), "INBOX")
        return [Folder(inbox, "inbox"), *([Folder(sent, "sent")] if sent else [])]

    def open(self, name: str, *, to_change: bool = False) -> Opened:
        with _translated():
            status = self._box.folder.status(name, ["UIDVALIDITY", "UIDNEXT"])
            self._box.folder.set(name, readonly=not to_change)
        return Opened(int(status.get("UIDVALIDITY") or 1), int(status.get("UIDNEXT") or 1))

    def after(self, uid: int) -> list[int]:
        """The numbers of mails later than this one, in order."""
        found = self._search(f"UID {uid + 1}:*")
        return [each for each in found if each > uid]  # a server names its last one in any case

    def since(self, day: date) -> list[int]:
        return self._search(f"SINCE {day.day}-{MONTHS[day.month - 1]}-{day.year}")

    def holding(self, message_id: str) -> list[int]:
        """The mails of the open folder with this Message-ID, which stands without brackets."""
        plain = "".join(each for each in message_id if each not in '"\\\r\n')
        return self._search(f'HEADER Message-ID "<{plain}>"')

    def _search(self, criteria: str) -> list[int]:
        with _translated():
            return sorted(int(each) for each in self._box.uids(criteria))

    def heads(self, uids: Sequence[int]) -> dict[int, Head | None]:
        """What is known of these; those that are gone are left out. None: the server will not tell of it now.

        Raises NotTold where it tells of none of them.
        """
        found: dict[int, Head | None] = {}
        for chunk in _in_chunks(uids):
            try:
                found |= _heads_in(self._fetch(chunk, f"({HEAD})"))
            except NotTold:
                if len(chunk) == 1:
                    raise
                found |= self._one_by_one(chunk)
        return found

    def _one_by_one(self, uids: Sequence[int]) -> dict[int, Head | None]:
        """One mail that its server cannot give out keeps nobody from the others."""
        found: dict[int, Head | None] = {}
        withheld: list[int] = []
        for uid in uids:
            try:
                found |= _heads_in(self._fetch([uid], f"({HEAD})"))
            except NotTold:
                withheld.append(uid)
                if len(withheld) > MOST_WITHHELD and not found:
                    raise
        if withheld and not found:
            raise NotTold
        return found | dict.fromkeys(withheld)

    def flags(self, uids: Sequence[int]) -> dict[int, frozenset[str]]:
        """The marks of these; those gone are left out. Raises NotTold where it does not tell of all."""
        told = [each for chunk in _in_chunks(uids) for each, _header in self._fetch(chunk, "(UID FLAGS)")]
        return {int(uid[1]): _flags(each) for each in told if (uid := UID.search(each))}

    def raw(self, head: Head) -> bytes | None:
        """The mail as it lies there, at once; None when it is not had."""
        try:
            answer = self._fetch([head.uid], "(UID BODY.PEEK[])")
        except NotTold:
            return None
        for told, content in answer:
            if (uid := UID.search(told)) and int(uid[1]) == head.uid and content:
                return content
        return None

    def pieces(self, head: Head) -> Iterator[bytes]:
        """The mail as it lies there, however large. Raises NotTold where it is not had to its end.

        It ends where the server has no more of it: the size that some tell beforehand is a guess.
        """
        begins, piece = 0, b""
        while not (begins >= head.size and len(piece) < PIECE):
            try:
                piece = self.piece(head, begins)
            except NotTold:
                if begins < head.size:
                    raise
                return  # as some say of what begins where a mail ends
            if not piece:
                break
            yield piece
            begins += len(piece)
        if not begins:
            raise NotTold

    def piece(self, head: Head, begins: int = 0) -> bytes:
        """At most PIECE bytes of a mail; none where it has ended. Raises NotTold where they are not had."""
        for told, content in self._fetch([head.uid], f"(UID BODY.PEEK[]<{begins}.{PIECE}>)"):
            uid, part = UID.search(told), PART.search(told)
            if uid and part and (int(uid[1]), int(part[1])) == (head.uid, begins):
                content = content or re.sub(rb"\\(.)", rb"\1", part[2] or b"")
                if len(content) <= PIECE:
                    return content
        raise NotTold

    def _fetch(self, uids: Sequence[int], what: str) -> list[tuple[bytes, bytes]]:
        """Raises NotTold where the server says no: half an answer would look as if the rest were gone."""
        client = self._box.client
        for is_again in (False, True):
            with _translated():
                client.untagged_responses.pop("FETCH", None)  # told unasked, or before it said no
                try:
                    status, answer = client.uid("FETCH", ",".join(map(str, uids)), what)
                except imaplib.IMAP4.abort:
                    raise
                except imaplib.IMAP4.error:  # as some say of a mail that is broken on their disk
                    status, answer = "BAD", []
                if status == "OK":
                    return list(_together(answer))
                client.untagged_responses.pop("FETCH", None)
                if is_again or not any(EXPUNGED in each for each in answer if isinstance(each, bytes)):
                    break
                client.noop()  # it tells which are gone, and then answers of the rest
        raise NotTold

    # --- Waiting -----------------------------------------------------------------------------------------

    @property
    def can_wait(self) -> bool:
        return "IDLE" in self._box.client.capabilities

    def begin_waiting(self) -> None:
        with _translated():
            self._box.idle.start()

    def waited(self, seconds: float) -> bool:
        """Whether the server told of anything within so many seconds."""
        with _translated():
            return bool(self._box.idle.poll(timeout=seconds))

    def end_waiting(self) -> None:
        with _translated():
            self._box.idle.stop()

    # --- Changing ----------------------------------------------------------------------------------------

    def mark(self, uid: int, flag: str) -> None:
        """Set a mark on a mail of the folder that was opened to change."""
        with _translated():
            status, _answer = self._box.client.uid("STORE", str(uid), "+FLAGS.SILENT", f"({flag})")
        if status != "OK":
            raise NotTold

    def add(self, raw: bytes, folder: str, *, flags: Sequence[str] = ("\\Seen",)) -> None:
        """Put a mail into a folder."""
        with _translated():
            self._box.append(raw, folder, flag_set=list(flags))


MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _in_chunks(uids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (uids[start : start + MOST_NUMBERS] for start in range(0, len(uids), MOST_NUMBERS))


def _heads_in(answer: Iterable[tuple[bytes, bytes]]) -> dict[int, Head]:
    found: dict[int, Head] = {}
    for told, header in answer:
        if uid := UID.search(told):
            size = SIZE.search(told)
            found[int(uid[1])] = Head(
                int(uid[1]), _flags(told), int(size[1]) if size else 0, _moment(told), header
            )
    return found


def _together(answer) -> Iterable[tuple[bytes, bytes]]:
    """What a server said of each mail, the content apart: what follows the content belongs to it, too."""
    told, content = b"", b""
    for each in answer or []:
        if isinstance(each, tuple):
            if told:
                yield told, content
            told, content = each[0], each[1]
        elif isinstance(each, bytes):
            if told and not re.match(rb"\d+ \(", each):
                yield told + b" " + each, content
                told, content = b"", b""
            else:
                if told:
                    yield told, content
                told, content = b"", b""
                yield each, b""
    if told:
        yield told, content


def _flags(told: bytes) -> frozenset[str]:
    found = FLAGS.search(told)
    marks = found[1].split() if found else []
    return frozenset(each.decode("ascii", "replace").lower() for each in marks)


def _moment(told: bytes) -> datetime | None:
    local = imaplib.Internaldate2tuple(told)
    return None if local is None else datetime.fromtimestamp(time.mktime(local), UTC)


def _lower(folder: FolderInfo) -> set[str]:
    return {flag.lower() for flag in folder.flags}


def _is_busy(refusal: Exception) -> bool:
    """Whether a server lets nobody in just now, which says nothing of the password (RFC 5530)."""
    said = str(refusal)
    return bool(BUSY_SAID.search(said) or (BUSY.search(said) and not WRONG.search(said)))


@contextlib.contextmanager
def _translated():
    try:
        yield
    except fetching.NotFetched as fault:
        raise (Refused if fault.code in FOR_A_PERSON else Unreachable)(fault.code) from fault
    except ssl.SSLCertVerificationError as fault:
        raise Refused("certificate") from fault
    except (OSError, EOFError) as fault:
        raise Unreachable("no_answer") from fault
    except (imaplib.IMAP4.error, ImapToolsError, ValueError, TypeError, IndexError) as fault:
        raise Unreachable("no_answer") from fault
