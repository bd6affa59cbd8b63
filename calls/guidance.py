"""What the secretary is told about one call: what to say, what is different today, what the client wants.

Kept with the call as it was when it rang, in plain values, so that the record shows it for ever.
"""

from datetime import datetime

from clients.guidance import Guidance
from clients.instructions import Instruction

from .routing import in_words

HER_NAME = "{secretary}"  # in the phrase that is kept, before anybody has answered


def phrase_of(call) -> str:
    """What was said to this caller; where nobody has answered, with no name in it."""
    her_name = call.secretary.spoken_name if call.secretary else "…"
    return call.guidance["phrase"].replace(HER_NAME, her_name)


def announcement_of(call) -> str:
    """What this caller heard in place of a secretary, because the client's service was suspended."""
    return call.guidance.get("suspended", "")


def as_kept(guidance: Guidance) -> dict:
    """The guidance in plain values. Moments are ISO 8601 in UTC."""
    wins = guidance.verdict.wins
    kept = {"suspended": guidance.suspended.spoken} if guidance.suspended else {}
    return kept | {
        "at": _iso(guidance.at),
        "phrase": guidance.answer_phrase(HER_NAME),
        "whereabouts": [
            {
                "name": each.name,
                "words": each.words,
                "note": each.note,
                "until_at": _iso(each.until_at),
                "set_at": _iso(each.set_at),
                "set_by": each.set_by,
            }
            for each in guidance.whereabouts
        ],
        "today": [_instruction(each, guidance.at) for each in guidance.today],
        "instruction": _instruction(wins, guidance.at) if wins else None,
    }


def _instruction(instruction: Instruction, at: datetime) -> dict:
    return {
        "id": str(instruction.id),
        "words": in_words(instruction),
        "callers": instruction.callers,
        "of": list(instruction.people_names) or sorted(instruction.companies) or sorted(instruction.numbers),
        "text": instruction.text,
        "until_at": _iso(instruction.holds_until(at)),
        "written_at": _iso(instruction.written_at),
        "written_by": instruction.written_by,
    }


def _iso(moment) -> str:
    return moment.isoformat() if moment else ""
