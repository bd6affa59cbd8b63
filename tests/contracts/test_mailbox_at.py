"""What we rely on of a mailbox elsewhere, asked of a real server: Dovecot, on this computer."""

import imaplib
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from secretariat.channels import mailbox_at
from secretariat.channels.mail_as import Server
from secretariat.channels.mailbox_at import Folder, Head, MailboxAt, NotTold, Refused, Unreachable
from secretariat.local import dovecot

pytestmark = pytest.mark.slow
LETTER = (
    b"From: Dana <dana@harlow.example>\r\nMessage-ID: <%d@harlow.example>\r\nSubject: Hours\r\n\r\nOpen?\r\n"
)


@pytest.fixture(scope="module")
def port():
    assert dovecot.program(), "apt-get install dovecot-imapd"
    with dovecot.running() as number:
        yield number


@pytest.fixture
def box(port, settings, request):
    settings.FETCH_PRIVATE_HOSTS = ["127.0.0.1"]
    name = "".join(filter(str.isalnum, request.node.name))[:40]
    return Server("127.0.0.1", port, "none", username=name, password=dovecot.PASSWORD)


def test_the_folders_are_told_by_what_they_are_for(box):
    with MailboxAt(box) as there:
        assert there.folders() == [Folder("INBOX", "inbox"), Folder("Gesendet", "sent")]


def test_looking_changes_nothing_and_the_mail_is_the_one_that_was_put_there(box):
    with MailboxAt(box) as there:
        there.add(LETTER % 1, "INBOX", flags=())
        there.add(LETTER % 2, "INBOX", flags=())
        opened = there.open("INBOX")
        first, second = there.after(0)
        assert (opened.uidnext, second) == (second + 1, first + 1)
        assert there.after(second) == []
        assert there.since(timezone.now().date() - timedelta(days=1)) == [first, second]
        heads = there.heads([first, second, second + 5])
        assert set(heads) == {first, second}
        assert b"<2@harlow.example>" in heads[second].header
        assert abs(heads[second].at - timezone.now()) < timedelta(minutes=5)
        assert there.raw(heads[second]) == LETTER % 2
        assert "\\seen" not in there.flags([first, second])[second]


@pytest.mark.parametrize("piece", [1, 7, 50, len(LETTER % 1), len(LETTER % 1) + 1, 10_000])
def test_piece_by_piece_it_is_the_same_mail(box, monkeypatch, piece):
    monkeypatch.setattr(mailbox_at, "PIECE", piece)
    with MailboxAt(box) as there, MailboxAt(box) as hers:
        there.add(LETTER % 1, "INBOX", flags=())
        there.open("INBOX")
        [uid] = there.after(0)
        head = there.heads([uid])[uid]
        assert b"".join(there.pieces(head)) == LETTER % 1
        assert there.piece(head) == (LETTER % 1)[:piece]
        for guessed in (1, head.size - 3, head.size + 3, head.size * 2):
            assert b"".join(there.pieces(replace(head, size=guessed))) == LETTER % 1
        assert "\\seen" not in there.flags([uid])[uid]
        hers.open("INBOX", to_change=True)
        hers._box.delete([str(uid)])
        there.open("INBOX")
        with pytest.raises(NotTold):
            list(there.pieces(head))


@pytest.mark.parametrize(
    ("said", "had"),
    [
        (b'1 (UID 5 BODY[]<0> "a \\"b\\" \\\\")', b'a "b" \\'),
        (b"1 (UID 5 BODY[]<0> NIL)", b""),
        (b'1 (BODY[]<0> "abc" UID 5)', b"abc"),
        (b"1 (UID 5 FLAGS (\\Seen))", None),
        (b'1 (UID 6 BODY[]<0> "abc")', None),
        (b'1 (UID 5 BODY[]<9> "abc")', None),
        (b'1 (UID 5 BODY[] "abc")', None),
    ],
)
def test_a_piece_that_is_told_on_one_line_is_told_apart_from_other_news(monkeypatch, said, had):
    there = MailboxAt(Server("127.0.0.1", 1, "none"))
    monkeypatch.setattr(there, "_fetch", lambda uids, what: [(said, b"")])
    head = Head(5, frozenset(), 9, None, b"")
    if had is None:
        with pytest.raises(NotTold):
            there.piece(head)
    else:
        assert there.piece(head) == had


def test_marks_and_what_is_gone_are_told(box):
    with MailboxAt(box) as there, MailboxAt(box) as hers:
        for number in range(3):
            there.add(LETTER % number, "INBOX", flags=())
        hers.open("INBOX", to_change=True)
        one, two, three = hers.after(0)
        hers.mark(one, "\\Answered")
        hers._box.delete([str(two)])
        opened = there.open("INBOX")
        marks = there.flags([one, two, three])
        assert set(marks) == {one, three}
        assert "\\answered" in marks[one]
        assert there.raw(there.heads([three])[three]) == LETTER % 2
        assert opened.uidvalidity == there.open("INBOX").uidvalidity


class SaysNo:
    """A line on which the server says no to some commands, for as long as it is asked `times`."""

    def __init__(self, client, monkeypatch, *, no=b"[SERVERBUG] Busy", times=99, only=lambda numbers: True):
        self.no, self.left, self.only, self.uid = no, times, only, client.uid
        monkeypatch.setattr(client, "uid", self.asked)

    def asked(self, command, numbers, *what):
        if command == "SEARCH" or not self.left or not self.only(numbers):
            return self.uid(command, numbers, *what)
        self.left -= 1
        self.uid(command, numbers, *what)  # half of it came already
        if isinstance(self.no, Exception):
            raise self.no
        return "NO", [self.no]


@pytest.fixture
def three(box):
    with MailboxAt(box) as there:
        for number in range(3):
            there.add(LETTER % number, "INBOX", flags=())
        there.open("INBOX", to_change=True)
        yield there


def test_a_server_that_says_no_has_told_of_nothing_gone(three, monkeypatch):
    uids = three.after(0)
    heads = three.heads(uids)
    SaysNo(three._box.client, monkeypatch)
    with pytest.raises(NotTold):
        three.heads(uids)
    with pytest.raises(NotTold):
        three.flags(uids)
    with pytest.raises(NotTold):
        three.mark(uids[0], "\\Seen")
    assert three.raw(heads[uids[0]]) is None


@pytest.mark.parametrize("no", [b"[SERVERBUG] It is broken", imaplib.IMAP4.error("BAD Command Error. 12")])
def test_one_mail_that_is_kept_back_is_told_apart_from_those_that_are_gone(three, monkeypatch, no):
    uids = three.after(0)
    SaysNo(three._box.client, monkeypatch, no=no, only=lambda numbers: str(uids[1]) in numbers.split(","))
    heads = three.heads([*uids, uids[2] + 5])
    assert set(heads) == set(uids)
    assert heads[uids[1]] is None
    assert three.raw(heads[uids[2]]) == LETTER % 2


def test_what_was_deleted_while_it_was_asked_for_is_gone_and_the_rest_is_told(three, monkeypatch):
    uids = three.after(0)
    SaysNo(three._box.client, monkeypatch, no=b"[EXPUNGEISSUED] Some are gone", times=1)
    assert set(three.flags(uids)) == set(uids)


def test_who_waits_is_told_when_something_comes(box):
    with MailboxAt(box) as there, MailboxAt(box) as hers:
        assert there.can_wait
        there.open("INBOX")
        there.begin_waiting()
        assert not there.waited(0.05)
        hers.add(LETTER % 1, "INBOX", flags=())
        assert there.waited(20)
        there.end_waiting()
        assert len(there.after(0)) == 1


def test_a_wrong_password_a_closed_door_and_our_own_network_are_told_apart(box, port, settings):
    wrong = Server("127.0.0.1", port, "none", username="somebody", password="wrong")
    with pytest.raises(Refused, match="sign_in"), MailboxAt(wrong):
        pass
    with pytest.raises(Unreachable, match="no_connection"), MailboxAt(Server("127.0.0.1", 1, "none")):
        pass
    settings.FETCH_PRIVATE_HOSTS = []
    with pytest.raises(Refused, match="not_secure"), MailboxAt(box):
        pass
    with pytest.raises(Refused, match="not_public"), MailboxAt(Server("127.0.0.1", port, "tls")):
        pass
