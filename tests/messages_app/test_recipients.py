from uuid import UUID

import pytest

from messages_app.recipients import Person, Rule, choose

NGOZI = Person(UUID(int=1), "Ngozi", "ngozi@example.com", "+2348035550117", signs_in=True, sees_all=True)
TUNDE = Person(UUID(int=2), "Tunde", "tunde@example.com", "+2348035550118")
SILENT = Person(UUID(int=3), "Ada")
COURT = UUID(int=9)


def told(addressed_to=NGOZI.id, urgency=1, call_type=None, people=(NGOZI, TUNDE), rules=()):
    recipients = choose(
        addressed_to=addressed_to, urgency=urgency, call_type=call_type, people=people, rules=rules
    )
    return [(recipient.contact, recipient.channel) for recipient in recipients]


@pytest.mark.parametrize(
    ("urgency", "call_type", "expected"),
    [
        (1, None, ["email"]),
        (2, None, ["email"]),
        (3, None, ["email", "text"]),
        (1, COURT, ["email", "portal"]),
    ],
)
def test_rules_decide_by_urgency_and_call_type(urgency, call_type, expected):
    rules = [
        Rule(NGOZI.id, "email"),
        Rule(NGOZI.id, "text", at_least=3),
        Rule(NGOZI.id, "portal", call_type=COURT),
    ]
    channels = sorted(channel for _, channel in told(urgency=urgency, call_type=call_type, rules=rules))
    assert channels == expected


def test_somebody_else_hears_only_when_she_asked_to():
    rules = [
        Rule(NGOZI.id, "email"),
        Rule(TUNDE.id, "text"),
        Rule(TUNDE.id, "email", even_if_not_addressed=True),
    ]
    assert told(rules=rules) == [(NGOZI.id, "email"), (TUNDE.id, "email")]


def test_without_a_rule_the_addressed_person_is_told_every_way_we_know():
    assert told() == [(NGOZI.id, "portal"), (NGOZI.id, "email")]
    assert told(urgency=3) == [(NGOZI.id, "portal"), (NGOZI.id, "email"), (NGOZI.id, "text")]


def test_a_rule_whose_address_is_missing_does_not_silence_the_message():
    rules = [Rule(TUNDE.id, "portal")]  # Tunde does not sign in
    assert told(addressed_to=TUNDE.id, rules=rules) == [(TUNDE.id, "email")]


def test_a_message_for_nobody_in_particular_goes_to_those_who_see_everything():
    assert told(addressed_to=None) == [(NGOZI.id, "portal"), (NGOZI.id, "email")]


def test_nobody_can_be_told_where_no_way_is_known():
    assert told(addressed_to=SILENT.id, people=[SILENT]) == []


def test_two_rules_for_one_channel_send_once():
    rules = [Rule(NGOZI.id, "email"), Rule(NGOZI.id, "email", at_least=2)]
    assert told(urgency=3, rules=rules) == [(NGOZI.id, "email")]
