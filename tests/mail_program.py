"""Somebody's own mail program at a mail server on this computer, and what she does in it."""

import imaplib
import re

from secretariat.local.dovecot import PASSWORD


class MailProgram:
    """Signed in as `username`, with the folders that Dovecot has here."""

    SENT = "Gesendet"

    def __init__(self, port: int, username: str):
        self.username = username
        self.there = imaplib.IMAP4("127.0.0.1", port)
        self.there.login(username, PASSWORD)

    def receives(self, raw: bytes) -> None:
        self._do(self.there.append("INBOX", None, None, raw))

    def files_as_sent(self, raw: bytes) -> None:
        self._do(self.there.append(self.SENT, r"(\Seen)", None, raw))

    def marks(self, subject: str, flag: str) -> None:
        self._do(self.there.select("INBOX"))
        self._do(self.there.store(self._number_of(subject), "+FLAGS", flag))
        self.there.unselect()

    def deletes(self, subject: str) -> None:
        self._do(self.there.select("INBOX"))
        self._do(self.there.store(self._number_of(subject), "+FLAGS", r"\Deleted"))
        self._do(self.there.expunge())
        self.there.unselect()

    def files(self, subject: str, folder: str) -> None:
        self.there.create(folder)
        self._do(self.there.select("INBOX"))
        self._do(self.there.copy(self._number_of(subject), folder))
        self.there.unselect()
        self.deletes(subject)

    def flags(self, subject: str) -> set[str]:
        self._do(self.there.select("INBOX", readonly=True))
        number = self._number_of(subject)
        said = self._do(self.there.fetch(number, "(FLAGS)"))
        self.there.unselect()
        # Between them the server tells, too, of others whose flags were changed meanwhile.
        now = [each.decode() for each in said if each.startswith(f"{number} ".encode())]
        return set(re.findall(r"\\\w+", now[-1]))

    def sent(self) -> list[bytes]:
        """What lies in her Sent folder."""
        self._do(self.there.select(self.SENT, readonly=True))
        numbers = self._do(self.there.search(None, "ALL"))[0].split()
        found = [self._do(self.there.fetch(each.decode(), "(BODY.PEEK[])"))[0][1] for each in numbers]
        self.there.unselect()
        return found

    def closes(self) -> None:
        self.there.logout()

    def _number_of(self, subject: str) -> str:
        [numbers] = self._do(self.there.search(None, "SUBJECT", f'"{subject}"'))
        assert numbers, f"no mail is called {subject}"
        return numbers.split()[0].decode()

    @staticmethod
    def _do(answer):
        said, found = answer
        assert said == "OK", found
        return found
