"""Which conversation a mail belongs to. Pure: no clock, no database, no settings.

Headers first: what it answers, then what it refers to, the last named first. Then a token of ours in an
address it was sent to. Then, of something that looks like an answer, the subject together with the people.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

MOST_NAMED = 40
SAME_SUBJECT_WITHIN = timedelta(days=14)
# As mail programs of many languages begin the subject of an answer, and of what is passed on.
ANSWERED = r"re|aw|antw|sv|vs|ref|rif|odp|ynt|ατ|отв|回复|答复|返信"
PASSED_ON = r"fwd?|wg|tr|vb|doorst|rv|enc|vl|i|yml|转发|転送"
PREFIX = re.compile(rf"\s*(?:(?:{ANSWERED}|{PASSED_ON})\s*(?:\[\d{{1,3}}\]|\(\d{{1,3}}\))?\s*[::]\s*)", re.I)
ANSWER = re.compile(
    rf"\s*(?:\[[^\]]{{1,40}}\]\s*)?(?:{ANSWERED})\s*(?:\[\d{{1,3}}\]|\(\d{{1,3}}\))?\s*[::]", re.I
)
LIST_TAG = re.compile(r"\s*\[[^\]]{1,40}\]\s*")
LONGEST_KEY = 240


@dataclass(frozen=True)
class Candidate:
    """A conversation of the same subject: who took part in it, and when its last mail came."""

    id: UUID
    people: frozenset[str]
    last_at: datetime


def named(in_reply_to: Iterable[str], references: Iterable[str]) -> list[str]:
    """Ids of mails it may belong to, the likeliest first."""
    ids = [*in_reply_to, *reversed(list(references))]
    return list(dict.fromkeys(ids))[:MOST_NAMED]


def subject_key(subject: str) -> str:
    """The subject without what mail programs put before it; empty where nothing is left."""
    said, before = subject, ""
    while said != before:
        before = said
        said = LIST_TAG.sub("", PREFIX.sub("", said, count=1), count=1) if said else said
    return " ".join(said.casefold().split())[:LONGEST_KEY]


def looks_like_an_answer(subject: str) -> bool:
    return bool(ANSWER.match(subject))


def by_subject(people: Iterable[str], candidates: Iterable[Candidate], *, at: datetime) -> UUID | None:
    """The newest conversation of the last fortnight that somebody of `people` took part in."""
    here = set(people)
    fits = [each for each in candidates if here & each.people and at - each.last_at <= SAME_SUBJECT_WITHIN]
    newest = max(fits, key=lambda each: each.last_at, default=None)
    return newest.id if newest else None
