from datetime import UTC, datetime

import pytest

from clients.phrases import Phrases, answer_phrase, fill, greeting, unknown_tokens

PHRASES = Phrases(
    client="Okafor Legal",
    usual="{greeting}, {client}, {secretary} speaking. How may I help?",
    closed="{greeting}, {client}. The office is closed.",
    holiday="{client} is closed for the holiday.",
    zone="Africa/Lagos",
)
AT = datetime(2026, 11, 24, 11, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("utc", "zone", "words"),
    [
        ("2026-11-24 10:59", "Africa/Lagos", "Good morning"),
        ("2026-11-24 11:00", "Africa/Lagos", "Good afternoon"),
        ("2026-11-24 11:00", "Europe/London", "Good morning"),
        ("2026-11-24 17:00", "Africa/Lagos", "Good evening"),
        ("2026-07-24 17:00", "Europe/London", "Good evening"),
    ],
)
def test_the_greeting_follows_the_clients_clock(utc, zone, words):
    assert greeting(datetime.fromisoformat(utc).replace(tzinfo=UTC), zone) == words


@pytest.mark.parametrize(
    ("is_open", "is_holiday", "says"),
    [
        (True, False, "Good afternoon, Okafor Legal, Priya speaking. How may I help?"),
        (False, False, "Good afternoon, Okafor Legal. The office is closed."),
        (False, True, "Okafor Legal is closed for the holiday."),
    ],
)
def test_the_phrase_has_its_closed_and_holiday_forms(is_open, is_holiday, says):
    assert answer_phrase(PHRASES, at=AT, secretary="Priya", is_open=is_open, is_holiday=is_holiday) == says


def test_without_a_closed_form_the_usual_one_is_said():
    plain = Phrases(client="Brill", usual="{client}", zone="Europe/London")
    assert answer_phrase(plain, at=AT, secretary="Priya", is_open=False, is_holiday=True) == "Brill"


def test_braces_that_are_no_token_are_left_alone():
    hostile = "{client.__class__} {secretery} { } {client}"
    assert fill(hostile, client="Brill {secretary}") == "{client.__class__} {secretery} { } Brill {secretary}"
    assert unknown_tokens(hostile) == ["secretery"]
