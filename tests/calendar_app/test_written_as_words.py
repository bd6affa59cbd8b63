"""What people call a meeting, a place and themselves stands in a calendar as words, and begins no line."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from calendar_app import composing, icalendar, invitations, published
from calendar_app.elsewhere import Entry

AT = datetime(2026, 11, 24, 10, tzinfo=UTC)
LONG = timedelta(hours=1)
LONGEST = 500  # characters of a title that are read
SAID = {
    "a line of its own": "Lease\r\nATTENDEE:mailto:evil@evil.example",
    "another entry": "Lease\nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY:Other",
    "an alarm": "Lease\rBEGIN:VALARM\rACTION:PROCEDURE\rEND:VALARM",
    "a parameter": 'Lease";ROLE=CHAIR;PARTSTAT=ACCEPTED:mailto:evil@evil.example',
    "what parameters are escaped by": "Lease^nATTENDEE^'^^",
    "what words are escaped by": "Lease\\nATTENDEE:mailto:evil@evil.example\\",
    "one very long line": "Lease " + "ATTENDEE:mailto:evil@evil.example " * 40,
    "what a word processor puts between lines": "Lease\x0bATTENDEE:mailto:evil@evil.example",
    "what is no text": "Lease\x00\x01\x08\x0c\x1b\x1f\x7f\ufffe\uffff",
    "a sum, and markup": "=1+1<script>alert(1)</script>",
}
by_what = pytest.mark.parametrize("said", SAID.values(), ids=SAID)


def lines(text: str) -> list[str]:
    """Its lines as every program sees them, folded ones put together."""
    assert text.endswith("\r\n")
    assert not [each for each in text if each < " " and each not in "\r\n\t"]
    whole = text.replace("\r\n ", "").split("\r\n")[:-1]
    assert not [each for each in whole if "\r" in each or "\n" in each]
    return whole


def names(text: str) -> list[str]:
    return [each.partition(":")[0].partition(";")[0] for each in lines(text)]


def reads_as(text: str, said: str) -> bool:
    """Another program makes one entry of it, which is called as was said, and nobody else is invited."""
    [event] = icalendar.read(text, zone=UTC)
    as_words = " ".join("".join(each if each.isprintable() else " " for each in said).split())
    assert {each.email for each in event.guests} <= {"dana@harlow.example"}
    return " ".join(event.summary.split()) == as_words[:LONGEST].strip()


def invitation(**facts) -> invitations.Invitation:
    told = {"uid": "1@x", "sequence": 0, "stamp": AT, "starts": AT, "ends": AT + LONG, "about": "Lease"}
    people = {"organiser": invitations.Person("Okafor", "o@okafor.example")}
    people["guest"] = invitations.Person("Dana", "dana@harlow.example")
    return invitations.Invitation(**told | people | {"where": "Here", "words": "Bring it"} | facts)


@by_what
def test_an_invitation(said):
    plain = invitation()
    told = replace(
        plain,
        about=said,
        where=said,
        words=said,
        organiser=invitations.Person(said, "o@okafor.example"),
        guest=invitations.Person(said, "dana@harlow.example"),
    )
    for written in (invitations.request, invitations.cancellation):
        assert names(written(told)) == names(written(plain))
        assert reads_as(written(told), said)
        people = sorted(each for each in lines(written(told)) if each.startswith(("ATT", "ORG")))
        assert [each.rpartition(":")[2] for each in people] == ["dana@harlow.example", "o@okafor.example"]
        assert [each.count("ROLE=") for each in people] == [1 + said.count("ROLE="), said.count("ROLE=")]


@by_what
def test_a_diary_that_others_read(said):
    plain = published.Told("1@x", AT, AT + LONG, "Europe/London", "Lease", where="Here", words="Bring it")
    told = replace(plain, summary=said, where=said, words=said)
    written = published.calendar([told], stamp=AT, name=said)
    assert names(written) == names(published.calendar([plain], stamp=AT, name="Lease"))
    assert reads_as(written, said)


@by_what
def test_an_entry_in_her_own_calendar(said):
    plain = Entry("1@x", 0, "Lease", AT, AT + LONG, "Europe/London", description="Bring it", where="Here")
    told = replace(plain, summary=said, where=said, description=said)
    assert names(composing.written(told)) == names(composing.written(plain))
    assert reads_as(composing.written(told), said)
