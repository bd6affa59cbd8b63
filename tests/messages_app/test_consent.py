"""What may be sent where, and what a word, a bounce and a report mean."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendar_app import asked, replies
from messages_app import bounces, consent, short_replies
from messages_app.mail import reading
from messages_app.short_replies import Accepted

SINCE = datetime(2026, 11, 24, tzinfo=UTC)
NUMBER = "+447700900123"


@pytest.mark.parametrize(
    ("body", "opt_out_type", "is_stopped", "expected"),
    [
        ("STOP", "", False, "stop"),
        ("stop.", "", False, "stop"),
        ("Unsubscribe", "", False, "stop"),
        ("please stop by at three", "", False, ""),
        ("Don't stop", "", False, ""),
        ("START", "", True, "start"),
        ("yes", "", False, ""),  # an answer, unless there is something to start again
        ("yes", "", True, "start"),
        ("whatever", "STOP", False, "stop"),  # the carrier's judgement counts
        ("START", "HELP", False, ""),
        ("", "", False, ""),
    ],
)
def test_what_a_text_says_about_texting(body, opt_out_type, is_stopped, expected):
    assert consent.said(body, opt_out_type, is_stopped=is_stopped) == expected


def test_only_that_way_to_that_address_is_shut():
    known = [consent.Suppressed("text", NUMBER, "stop", SINCE)]
    assert consent.objection("text", NUMBER, known).because == "stop"
    assert consent.objection("call", NUMBER, known) is None
    assert consent.objection("text", "+447700900124", known) is None
    mailbox = [consent.Suppressed("email", "ada@example.com", "bounced", SINCE)]
    assert consent.objection("email", "Ada@Example.com", mailbox).because == "bounced"


@pytest.mark.parametrize(
    ("event_type", "reason", "expected"),
    [
        ("bounced", "invalid", "bounced"),
        ("bounced", "", "bounced"),
        ("bounced", "timed_out", ""),
        ("deferred", "", ""),
        ("complained", "spam", "complained"),
        ("rejected", "spam", ""),
        ("delivered", "", ""),
    ],
)
def test_which_mails_shut_a_mailbox(event_type, reason, expected):
    assert consent.of_mail(event_type, reason) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("OK", Accepted()),
        ("ok.", Accepted()),
        (" Okay! ", Accepted()),
        ("O.K.", Accepted()),
        ("👍", Accepted()),
        ("👍🏽", Accepted()),
        ("1", Accepted(1)),
        ("OK 2", Accepted(2)),
        ("ok2", Accepted(2)),
        ("2ok", Accepted(2)),
        ("ok, 12", Accepted(12)),
        ("OK but not before three", None),
        ("okra", None),
        ("Tell her yes", None),
        ("1234", None),
        ("020 7946 0100", None),
        ("", None),
    ],
)
def test_what_counts_as_ok(body, expected):
    assert short_replies.read(body) == expected


@pytest.mark.parametrize(
    ("accepted", "open_codes", "expected"),
    [
        (Accepted(), {1: "a"}, "a"),
        (Accepted(1), {4: "a"}, "a"),  # 1 answers the only one, whatever its number is
        (Accepted(2), {4: "a"}, None),
        (Accepted(), {1: "a", 2: "b"}, None),
        (Accepted(2), {1: "a", 2: "b"}, "b"),
        (Accepted(3), {1: "a", 2: "b"}, None),
        (Accepted(), {}, None),
    ],
)
def test_which_message_is_meant(accepted, open_codes, expected):
    assert short_replies.meant(accepted, open_codes) == expected


@given(code=st.integers(1, 999), codes=st.sets(st.integers(1, 999), min_size=2))
def test_nothing_is_accepted_that_was_not_named(code, codes):
    meant = short_replies.meant(Accepted(code), {each: each for each in codes})
    assert meant == (code if code in codes else None)


REPORT = b"""From: MAILER-DAEMON@mx.example
Content-Type: multipart/report; report-type=delivery-status; boundary="b"
MIME-Version: 1.0

--b
Content-Type: text/plain

It did not arrive.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; Ada@Example.com
Action: failed
Status: 5.1.1

--b
Content-Type: text/rfc822-headers

Message-ID: <key@office.example>
Subject: x
--b--
"""


def test_a_mail_servers_report_is_read():
    [report] = bounces.reports(REPORT)
    assert report == bounces.Report(
        "ada@example.com", "failed", "5.1.1", "<key@office.example>", says="5.1.1"
    )
    assert report.of({"ada@example.com"}) == "ada@example.com"
    assert report.of({"bea@example.com"}) == ""
    assert consent.of_report(report.action, report.status) == "bounced"
    assert consent.of_report("delayed", "4.4.7") == ""
    assert consent.of_report("failed", "5.2.2") == ""  # a full mailbox is there all the same


def test_whose_mail_went_on_from_there_is_told_by_where_it_was_sent():
    sent_on = b"Original-Recipient: rfc822; ada@example.com\nFinal-Recipient: rfc822; a.b@corp.example\n"
    [report] = bounces.reports(REPORT.replace(b"Final-Recipient: rfc822; Ada@Example.com\n", sent_on))
    assert (report.address, report.of({"ada@example.com"})) == ("a.b@corp.example", "ada@example.com")


NESTED = b"Content-Type: message/rfc822\n\n"
BOUNDED = b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n"


@pytest.mark.parametrize(
    "within",
    [NESTED * 5000, b"".join(BOUNDED % (n, n) for n in range(3000)), BOUNDED % (1, 1) + b"--1\n" * 20_000],
    ids=["mails in mails", "parts in parts", "parts beside parts"],
)
def test_however_deep_it_is_it_does_no_harm(within):
    deep = REPORT.replace(b"It did not arrive.\n", b"").replace(b"Content-Type: text/plain\n\n", within)
    for whole in (deep, NESTED * 40 + REPORT, within):
        assert isinstance(bounces.reports(whole), list)
        assert isinstance(replies.read(whole).answers, tuple)
        assert asked.in_mail(whole)[0] == []
        assert reading.read(whole).trouble is not None


@given(st.binary(max_size=400))
def test_whatever_comes_is_no_report_or_is_read(raw):
    assert isinstance(bounces.reports(raw), list)
    assert isinstance(bounces.reports(REPORT.replace(b"dns; mx.example", raw)), list)
