"""A mailbox elsewhere as a test needs it: in this process, with the manners of a real server.

Numbers rise and are never given twice while `uidvalidity` stays; what is gone is left out of every answer;
looking changes nothing. `tests/contracts/test_mailbox_at.py` holds the same of a real server.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from secretariat import clock
from secretariat.channels.mailbox_at import Folder, Head, NotTold, Opened, Refused, Unreachable

PIECE = 16 * 1024


@dataclass
class Lying:
    raw: bytes
    flags: set[str] = field(default_factory=set)
    at: datetime = field(default_factory=clock.now)


@dataclass
class FolderThere:
    role: str
    uidvalidity: int = 7
    uidnext: int = 1
    mails: dict[int, Lying] = field(default_factory=dict)

    def add(self, raw: bytes, *flags: str, at: datetime | None = None) -> int:
        uid, self.uidnext = self.uidnext, self.uidnext + 1
        self.mails[uid] = Lying(raw, set(flags), at or clock.now())
        return uid

    def renumber(self) -> None:
        """As after a restore: the same mails under other numbers."""
        mails, self.mails = list(self.mails.values()), {}
        self.uidvalidity, self.uidnext = self.uidvalidity + 1, 1
        for each in mails:
            self.add(each.raw, *each.flags, at=each.at)


class LiesElsewhere:
    """The server. `password` opens it; `cut_after` is how many more mails it hands out before it falls."""

    def __init__(self):
        self.folders = {"INBOX": FolderThere("inbox"), "Sent": FolderThere("sent"), "Filed": FolderThere("")}
        self.password = "right"
        self.account_of = lambda token: None  # whom a token of OAuth speaks for
        self.cut_after: int | None = None
        self.is_away = False
        self.says_no = False  # to every question after the mails of a folder
        self.withheld: set[int] = set()  # numbers of mails that it cannot give out
        self.fetched: list[int] = []
        self.breaks_off_after: int | None = None  # pieces of a large mail, each time it is fetched
        self.waiting = False
        self.tells: list = []  # what happens in each wait; true: the server tells of something

    @property
    def inbox(self) -> FolderThere:
        return self.folders["INBOX"]

    @property
    def sent(self) -> FolderThere:
        return self.folders["Sent"]

    def opened(self, server) -> "SignedIn":
        return SignedIn(self, server)


class SignedIn:
    def __init__(self, there: LiesElsewhere, server):
        self.there, self.server = there, server
        self.folder = there.inbox

    def __enter__(self):
        if self.there.is_away:
            raise Unreachable("no_answer")
        if not self._is_let_in():
            raise Refused("sign_in")
        return self

    def _is_let_in(self):
        if self.server.token:
            return self.there.account_of(self.server.token) == self.server.username
        return self.server.password == self.there.password

    def __exit__(self, *_):
        pass

    def folders(self):
        return [Folder(name, each.role) for name, each in self.there.folders.items() if each.role]

    def open(self, name, *, to_change=False):
        self.folder, self.to_change = self.there.folders[name], to_change
        return Opened(self.folder.uidvalidity, self.folder.uidnext)

    def after(self, uid):
        return sorted(each for each in self.folder.mails if each > uid)

    def since(self, day: date):
        return sorted(uid for uid, each in self.folder.mails.items() if each.at.date() >= day)

    def holding(self, message_id):
        named = f"<{message_id}>".encode()
        return [uid for uid, each in self.folder.mails.items() if named in each.raw.partition(b"\r\n\r\n")[0]]

    def add(self, raw, folder, *, flags=("\\Seen",)):
        self.there.folders[folder].add(raw, *flags)

    def mark(self, uid, flag):
        assert self.to_change, "a folder opened to look is not changed"
        self.folder.mails[uid].flags.add(flag.lower())

    def heads(self, uids):
        if self.there.says_no or (uids and set(uids) <= self.there.withheld):
            raise NotTold
        return dict.fromkeys(uid for uid in uids if uid in self.there.withheld) | {
            uid: Head(
                uid, frozenset(each.flags), len(each.raw), each.at, each.raw.partition(b"\n\n")[0] + b"\n\n"
            )
            for uid in uids
            if uid not in self.there.withheld and (each := self.folder.mails.get(uid))
        }

    def flags(self, uids):
        if self.there.says_no:
            raise NotTold
        return {uid: frozenset(self.folder.mails[uid].flags) for uid in uids if uid in self.folder.mails}

    def raw(self, head):
        if self.there.cut_after is not None:
            if self.there.cut_after == 0:
                raise Unreachable("no_answer")
            self.there.cut_after -= 1
        lying = self.folder.mails.get(head.uid)
        self.there.fetched.append(head.uid)
        return lying.raw if lying else None

    def pieces(self, head):
        for number, begins in enumerate(range(0, len(self.folder.mails[head.uid].raw), PIECE)):
            if number == self.there.breaks_off_after:
                raise Unreachable("no_answer")
            yield self.piece(head, begins)
        self.there.fetched.append(head.uid)

    def piece(self, head, begins=0):
        lying = self.folder.mails.get(head.uid)
        if lying is None:
            raise NotTold
        return lying.raw[begins : begins + PIECE]

    can_wait = True

    def begin_waiting(self):
        self.there.waiting = True

    def waited(self, seconds):
        return self.there.tells.pop(0)()

    def end_waiting(self):
        self.there.waiting = False
