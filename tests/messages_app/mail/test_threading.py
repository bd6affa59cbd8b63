"""Which conversation a mail belongs to, and when two mails are one: tables."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from messages_app.mail import identity, threading, tokens
from messages_app.mail.reading import read
from messages_app.mail.threading import Candidate
from secretariat.ids import uuid7

NOW = datetime(2026, 11, 24, 10, 30, tzinfo=UTC)
ONE, OTHER = UUID(int=1), UUID(int=2)


@pytest.mark.parametrize(
    ("subject", "key", "is_answer"),
    [
        ("Lease", "lease", False),
        ("Re: Lease", "lease", True),
        ("RE: re: AW: Lease ", "lease", True),
        ("Re[2]: Lease", "lease", True),
        ("Fwd: Lease", "lease", False),
        ("[ext] Re: Lease", "lease", True),
        ("回复:Lease", "lease", True),
        ("Antw: WG: Lease", "lease", True),
        ("Reading list", "reading list", False),
        ("Re:", "", True),
        ("", "", False),
    ],
)
def test_what_mail_programs_put_before_a_subject_is_left_out(subject, key, is_answer):
    assert threading.subject_key(subject) == key
    assert threading.looks_like_an_answer(subject) == is_answer


def test_what_it_answers_comes_before_what_it_refers_to_and_the_last_before_the_first():
    assert threading.named(["c"], ["a", "b", "c"]) == ["c", "b", "a"]


@pytest.mark.parametrize(
    ("people", "days", "found"),
    [
        ({"dana"}, 1, ONE),
        ({"dana", "tom"}, 13, ONE),
        ({"kim"}, 1, None),
        ({"dana"}, 15, None),
        (set(), 1, None),
    ],
)
def test_the_same_subject_is_the_same_conversation_among_the_same_people_within_days(people, days, found):
    candidates = [
        Candidate(ONE, frozenset({"dana"}), NOW - timedelta(days=days)),
        Candidate(OTHER, frozenset({"dana"}), NOW - timedelta(days=40)),
    ]
    assert threading.by_subject(people, candidates, at=NOW) == found


def test_a_token_in_an_address_names_a_conversation_and_a_forged_one_none():
    thread = uuid7()
    address = tokens.address_with("ngozi@okafor.example", thread)
    assert tokens.thread_in(["x@y.example", address.upper()]) == thread
    assert tokens.without(address) == "ngozi@okafor.example"
    other = tokens.address_with("ngozi@okafor.example", uuid7())
    forged = f"{other.rpartition('-')[0]}-{address.rpartition('-')[2]}"  # another's name, signed as this one
    assert tokens.thread_in([forged]) is None
    assert tokens.thread_in(["ngozi+t-short@okafor.example", ""]) is None


MAIL = b"From: Dana <dana@harlow.example>\r\nDate: Tue, 24 Nov 2026 10:00:00 +0000\r\n"


def key(raw: bytes) -> str:
    return identity.key_of(read(raw))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (b"Message-ID: <1@x>\r\n\r\nHello", b"Received: by us\r\nMessage-ID: <1@x>\r\n\r\nHello\r\n", True),
        (b"Message-ID: <1@x>\r\n\r\nHello", b"Message-ID: <2@x>\r\n\r\nHello", False),
        (b"Subject: A\r\n\r\nHello  there", b"Subject: A\r\n\r\nHello\r\nthere\r\n", True),
        (b"Subject: A\r\n\r\nHello", b"Subject: A\r\n\r\nHello you", False),
    ],
)
def test_the_same_mail_by_another_way_is_the_same(one, other, same):
    assert (key(MAIL + one) == key(MAIL + other)) == same


def test_one_message_id_for_everything_does_not_make_everything_one():
    later = MAIL.replace(b"10:00:00", b"11:00:00")
    assert key(MAIL + b"Message-ID: <1@x>\r\n\r\nA") != key(later + b"Message-ID: <1@x>\r\n\r\nB")


SCANNED = b'Subject: Scan\nContent-Type: multipart/mixed; boundary="b"\n\n--b\n\nAttached.\n--b\n%b\n--b--\n'
FILE = b"Content-Type: text/csv; name=a.csv\nContent-Disposition: attachment\n\n%b"


def test_what_says_the_same_and_brings_another_file_is_another_mail():
    """A scanner writes the same words with every sheet, and no Message-ID."""
    one, other = (MAIL + SCANNED % (FILE % content) for content in (b"one,1\n", b"two,2\n"))
    assert key(one) != key(other)
    assert key(one) == key(one.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
