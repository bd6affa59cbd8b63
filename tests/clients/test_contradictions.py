from dataclasses import replace
from datetime import UTC, datetime, time
from uuid import UUID, uuid4

import pytest

from clients.availability import EVERY_HOUR, Hours, Interval
from clients.contradictions import ClientFacts, LineFacts, PersonFacts, contradictions
from clients.instructions import Instruction

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
MORNING, AFTERNOON = Interval(0, time(9), time(12, 30)), Interval(0, time(13, 30), time(17))
LINE = LineFacts(
    UUID(int=1),
    "Main line",
    "+442079460101",
    "+2348031234567",
    True,
    Hours("Africa/Lagos", open=(MORNING, AFTERNOON)),
)
NGOZI = PersonFacts(
    UUID(int=2), "Ngozi", ("+2348030000117",), ("ngozi@example.com",), frozenset({"email", "text"})
)
SOUND = ClientFacts(
    "Africa/Lagos",
    NOW,
    phrases=("{greeting}, {client}", ""),
    lines=(LINE,),
    people=(NGOZI,),
    instructions=(
        Instruction(
            uuid4(),
            UUID(int=5),
            NOW,
            action="put_through",
            callers="vips",
            put_through_to=NGOZI.id,
            put_through_name="Ngozi",
        ),
    ),
    team_size=1,
    call_types=1,
)


def line(**facts):
    return replace(SOUND, lines=(replace(LINE, **facts),))


def hours(**facts):
    return line(hours=Hours("Africa/Lagos", **facts))


def person(**facts):
    return replace(SOUND, people=(replace(NGOZI, **facts),))


def told(*instructions):
    return replace(
        SOUND, instructions=tuple(Instruction(uuid4(), uuid4(), NOW, **facts) for facts in instructions)
    )


def test_what_fits_together_is_left_in_peace():
    assert contradictions(SOUND) == []


@pytest.mark.parametrize(
    ("client", "sentence"),
    [
        (replace(SOUND, phrases=("{greting}, {client}",)), "{greting}"),
        (
            hours(open=(MORNING, Interval(0, time(12), time(13)))),
            "Monday 09:00–12:30 and Monday 12:00–13:00 overlap",
        ),
        (hours(answers="listed"), "none are listed"),
        (hours(open=(MORNING,), answered=(AFTERNOON,)), "do not count"),
        (hours(answers="when_closed"), "no opening hours are set"),
        (hours(open=EVERY_HOUR, answers="when_closed"), "never closed"),
        (line(forwarded_from=""), "is missing"),
        (line(forwarded_from=LINE.number), "loop"),
        (line(voicemail_greeting="Leave a message"), "without a recording notice"),
        (person(numbers=(LINE.number,)), "leads back to us"),
        (person(numbers=(LINE.forwarded_from,)), "leads back to us"),
        (
            replace(person(numbers=("+442079460999",)), other_lines=frozenset({"+442079460999"})),
            "leads back to us",
        ),
        (person(emails=()), "no address"),
        (replace(person(numbers=()), instructions=()), "no mobile"),
        (person(channels=frozenset()), "Nobody is told of messages"),
        (person(numbers=(), channels=frozenset({"email"})), "who has no number"),
        (
            replace(
                SOUND,
                people=(
                    NGOZI,
                    replace(NGOZI, id=uuid4()),
                ),
                team_size=0,
            ),
            "Nobody is on the team",
        ),
        (replace(SOUND, call_types=0), "no call type"),
        (told({"action": "put_through", "put_through_to": uuid4()}), "no longer there"),
        (told({"callers": "people"}), "no caller at all"),
        (told({"callers": "numbers"}), "no caller at all"),
        (told({"callers": "companies"}), "no caller at all"),
        (
            told(
                {
                    "callers": "numbers",
                    "numbers": frozenset(NGOZI.numbers),
                    "action": "put_through",
                    "put_through_to": NGOZI.id,
                }
            ),
            "to herself",
        ),
        (told({"action": "voicemail"}, {"action": "refuse"}), "The newer wins"),
    ],
)
def test_what_does_not_fit_is_said_once_in_a_sentence(client, sentence):
    found = contradictions(client)
    assert len(found) == 1
    assert sentence in found[0]


def test_somebody_who_left_is_not_complained_of():
    gone = replace(NGOZI, id=uuid4(), is_active=False, numbers=(LINE.number,), emails=())
    assert contradictions(replace(SOUND, people=(NGOZI, gone))) == []
