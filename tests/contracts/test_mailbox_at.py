"""What we rely on of a mailbox elsewhere, asked of a real server: Dovecot, on this computer."""

from datetime import timedelta

import pytest
from django.utils import timezone

from secretariat.channels.mail_as import Server
from secretariat.channels.mailbox_at import Folder, MailboxAt, Refused, Unreachable
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
