"""What a mail is and by when it is answered: a table of rules, and promises that count opening hours."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from messages_app.mail import triage
from messages_app.mail.triage import Facts, Rule

MAIL = Facts(
    sender="dana@mail.harlow.example",
    subject="Court: hearing moved",
    words="Room 4, at nine.",
    firm="Harlow & Sons",
    is_known=True,
)
URGENT = Rule(None, "urgent")


@pytest.mark.parametrize(
    ("asks", "fits"),
    [
        ({}, True),
        ({"sender": "harlow.example"}, True),
        ({"sender": "@harlow.example"}, True),
        ({"sender": "low.example"}, False),
        ({"sender": "dana@mail.harlow.example"}, True),
        ({"sender": "tom@mail.harlow.example"}, False),
        ({"firm": "harlow"}, True),
        ({"firm": "Brill"}, False),
        ({"subject": "court"}, True),
        ({"subject": "lease, hearing"}, True),
        ({"subject": "room"}, False),
        ({"words": "room 4"}, True),
        ({"words": "at  nine"}, True),
        ({"words": ", ,"}, False),
        ({"known": "known"}, True),
        ({"known": "vip"}, False),
        ({"known": "unknown"}, False),
        ({"with_attachment": True}, False),
        ({"hours": "open"}, True),
        ({"hours": "closed"}, False),
        ({"sender": "harlow.example", "subject": "lease"}, False),
    ],
)
def test_a_rule_fits_when_everything_it_asks_is_so(asks, fits):
    judged = triage.judge([replace(URGENT, **asks)], MAIL)
    assert (judged.verdict == "urgent") == fits
    assert bool(judged.passed) != fits
    assert all(each.because for each in judged.passed)


@pytest.mark.parametrize(
    ("asks", "of_her", "to_her"),
    [
        ({"known": "known"}, "from somebody the client knows", "from somebody you know"),
        ({"known": "vip"}, "from somebody important to the client", "from somebody important to you"),
        ({"hours": "open"}, "while the client is open", "while you are open"),
        ({"hours": "closed"}, "while the client is closed", "while you are closed"),
    ],
)
def test_a_rule_is_said_of_the_client_and_to_her(asks, of_her, to_her):
    rule = Rule(None, "urgent", **asks)
    assert (triage.described(rule), triage.described(rule, to_her=True)) == (of_her, to_her)


def test_why_not_otherwise_is_said_to_her_too():
    closed = Rule(None, "urgent", hours="closed")
    blocked = replace(MAIL, is_blocked=True)
    of_her, to_her = (triage.judge([closed], blocked, to_her=said) for said in (False, True))
    assert (of_her.because, of_her.passed[0].because) == (
        "the client has blocked whoever wrote it",
        "the client was open",
    )
    assert (to_her.because, to_her.passed[0].because) == (
        "you have blocked whoever wrote it",
        "you were open",
    )
    assert triage.judge([replace(closed, hours="any")], MAIL, to_her=True).because == "every mail"


def test_the_first_rule_that_fits_decides_and_the_others_are_not_asked():
    rules = [Rule(None, "junk", firm="Brill"), Rule(None, "later", firm="Harlow"), URGENT]
    judged = triage.judge(rules, MAIL)
    assert (judged.verdict, judged.because) == ("later", "from the firm Harlow")
    assert [each.because for each in judged.passed] == ["it comes from another firm"]


@pytest.mark.parametrize(
    ("facts", "verdict"),
    [({}, "answer"), ({"is_automatic": True}, "later"), ({"is_blocked": True, "is_automatic": True}, "junk")],
)
def test_without_a_rule_machines_wait_and_whom_she_blocked_is_junk(facts, verdict):
    assert triage.judge([], replace(MAIL, **facts)).verdict == verdict


def nine_to_five(at: datetime):
    opens, closes = (at.replace(hour=hour, minute=0) for hour in (9, 17))
    if at < opens:
        return False, opens
    return (True, closes) if at < closes else (False, opens + timedelta(days=1))


@pytest.mark.parametrize(
    ("came", "hours", "promised"),
    [
        ("24 10:30", 4, "24 14:30"),
        ("24 15:00", 4, "25 11:00"),
        ("24 03:00", 4, "24 13:00"),
        ("24 22:00", 1, "25 10:00"),
        ("24 10:00", 20, "26 14:00"),
        ("24 16:00", 1, "24 17:00"),
        ("24 12:00", 0, "24 12:00"),
    ],
)
def test_a_promise_counts_opening_hours(came, hours, promised):
    read = "%Y-%m %d %H:%M"
    at = datetime.strptime(f"2026-11 {came}", read).replace(tzinfo=UTC)
    due = triage.promised(at, hours, nine_to_five)
    assert due == datetime.strptime(f"2026-11 {promised}", read).replace(tzinfo=UTC)


def test_where_no_hours_are_known_every_hour_counts():
    at = datetime(2026, 11, 24, 22, tzinfo=UTC)
    assert triage.promised(at, 4, lambda at: (True, None)) == at + timedelta(hours=4)
