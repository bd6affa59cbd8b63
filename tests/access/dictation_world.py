"""Dictation of each side: waiting to be typed, being typed, with the client, and by its link."""

from datetime import timedelta

from calendar_app.models import Guest
from calls.dictation import dictating, hearing, keys
from calls.models import (
    BookedDictation,
    DiaryLeg,
    Dictation,
    DictationCall,
    DictationLine,
    DictationPart,
    MeetingCall,
)
from messages_app.dictated import deciding, links, typing
from secretariat import clock
from secretariat.office.models import Secretary, User
from tests.calls.meetings import in_a_diary

NUMBER, PIN = "+442079460190", "482915"


def rows(side) -> dict:
    at = clock.now()
    by = User.objects.create(email=f"typist@{side.word.lower()}.example", name="Somebody who left")
    line, _made = DictationLine.objects.get_or_create(number=NUMBER, defaults={"recording_notice": "Yes."})
    keys.set_pin(side.owner, PIN, by=side.owner.user, at=at)
    call = DictationCall.objects.create(
        line=line,
        carrier_id=f"CA{side.word}",
        client=side.client.row,
        contact=side.owner,
        known_at=at,
    )
    waits, typed, shown = (_dictated(side, call) for _ in range(3))
    draft = typing.begin(typed, by=by, at=at)
    asked = typing.begin(shown, by=by, at=at)
    typing.make_it(asked, "task", by=by, at=at)
    values = {"words": f"{side.word} agrees"}
    typing.save(asked, by=by, at=at, values=values, revision=0)
    deciding.ask(asked, by=by, at=at)
    asked.refresh_from_db()
    booked = in_a_diary(side.client.row, None, at + timedelta(days=2), manner="telephone")
    return {
        "booked": BookedDictation.objects.create(
            client=side.client.row, meeting=booked, contact=side.owner, secretary=Secretary.objects.first()
        ),
        "rung_line": _rung(side, booked, at),
        "room_dictation": Dictation.objects.create(
            client=side.client.row, contact=side.owner, source="room", number=900, state="waiting"
        ),
        "dictation": waits,
        "typed_dictation": shown,
        "dictated": draft,
        "asked_draft": asked,
        "dictated_link": links.token(asked, side.owner),
        "heard": hearing.token(waits.parts.get()),
    }


def _dictated(side, call) -> Dictation:
    item = Dictation.objects.create(client=side.client.row, contact=side.owner, call=call)
    part = DictationPart(client=side.client.row, dictation=item, rank=1, seconds=9)
    dictating.keep(part, b"ID3 audio", content_type="audio/mpeg", suffix="mp3")
    return dictating.finish(item, at=clock.now())


def _rung(side, meeting, at) -> DiaryLeg:
    """A line that rings for it, a day earlier. Nobody's yet: whoever is rung is offered no caller."""
    guest = Guest.objects.create(client=side.client.row, meeting=meeting, name="Typist")
    earlier = at - timedelta(days=1)
    call = MeetingCall.objects.create(
        client=side.client.row, meeting=meeting, of=earlier, began_at=earlier, state="guests"
    )
    return DiaryLeg.objects.create(
        client=side.client.row,
        meeting=meeting,
        meeting_call=call,
        guest=guest,
        party="guest",
        to="client:sec",
    )
