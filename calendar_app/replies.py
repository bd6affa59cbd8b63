"""What a mail says about meetings: the answers and proposals of guests' programs (RFC 5546, 6047).

Pure: bytes in, answers out. Whoever wrote it may have written anything.
"""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from email.message import Message
from email.utils import parseaddr

from secretariat import mail_parts

from . import icalendar, recurrence
from .cutting import Unreadable, cut, lines_of, text_of

METHODS = {"REPLY", "COUNTER"}
MOST_PARTS = 50
FAILED = re.compile(r"^\s*(fail|softfail)\b", re.IGNORECASE)
STAMP = re.compile(r"(\d{8}T\d{6})Z?", re.ASCII)


@dataclass(frozen=True)
class Answer:
    """One guest's word on one meeting. `answer` is accepted, tentative, declined or waiting.

    `instance`: of a series, which one; None: all of it. `starts`, `ends`: what a counter-proposal proposes.
    """

    method: str
    uid: str
    sequence: int
    stamp: datetime
    address: str
    answer: str
    comment: str = ""
    instance: datetime | None = None
    starts: datetime | None = None
    ends: datetime | None = None


@dataclass(frozen=True)
class Read:
    """A mail, as far as it concerns meetings.

    `sender`: its author's address, lower case. `vouched`: no server on its way said it came from elsewhere.
    """

    sender: str
    vouched: bool
    answers: tuple[Answer, ...]


NOTHING = Read("", False, ())


def read(raw: bytes, *, zone: tzinfo = UTC) -> Read:
    """The answers in this mail; none for a mail that has none, or that nobody can read."""
    mail = mail_parts.taken_apart(raw)
    if mail is None:
        return NOTHING
    try:
        return _read(mail, zone)
    except mail_parts.RAISED:
        return NOTHING


def _read(mail: Message, zone: tzinfo) -> Read:
    sender = parseaddr(str(mail.get("From", "")))[1].lower()
    answers: dict[tuple, Answer] = {}
    for part in mail_parts.every_part(mail, most=MOST_PARTS):
        if part.get_content_type() != "text/calendar" and not _is_file(part):
            continue
        for each in _answers(part, zone):
            answers[(each.uid, each.instance, each.address, each.method)] = each
    return Read(sender, _vouched(mail), tuple(answers.values()))


def _is_file(part: Message) -> bool:
    return str(part.get_filename() or "").lower().endswith(".ics")


def _vouched(mail: Message) -> bool:
    checked = [str(each) for each in mail.get_all("Received-SPF", [])]
    results = " ".join(str(each) for each in mail.get_all("Authentication-Results", [])).lower()
    return not any(FAILED.match(each) for each in checked) and "dmarc=fail" not in results


def _answers(part: Message, zone: tzinfo) -> list[Answer]:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return []
    try:
        whole = cut(text_of(content))
    except Unreadable:
        return []
    method = whole.method.upper()
    if method not in METHODS:
        return []
    found = []
    for piece in whole.pieces[:MOST_PARTS]:
        try:
            events = icalendar.read(piece.raw, zone=zone)
        except Unreadable:
            continue
        facts = list(_facts(piece.raw))
        for event, (stamp, comment) in zip(events, facts, strict=False):
            for guest in event.guests[:1]:  # a reply is one person's
                found.append(_answer(method, event, guest, stamp, comment))
    return found


def _answer(method: str, event: icalendar.Event, guest, stamp: datetime, comment: str) -> Answer:
    starts = ends = None
    if method == "COUNTER" and isinstance(event.starts, datetime):
        with suppress(OverflowError):
            starts = recurrence.moment(event.starts, event.zone)
            ends = starts + event.length
    return Answer(
        method=method,
        uid=event.uid,
        sequence=event.sequence,
        stamp=stamp,
        address=guest.email,
        answer=guest.answer,
        comment=comment,
        instance=event.instance if isinstance(event.instance, datetime) else None,
        starts=starts,
        ends=ends,
    )


def _facts(raw: str):
    """Of each event in turn: when it was written (DTSTAMP), and what was said with it (COMMENT)."""
    stamp, comment = datetime.min.replace(tzinfo=UTC), ""
    for line in lines_of(raw):
        name, _, value = line.partition(":")
        name = re.split("[;]", name, maxsplit=1)[0].upper()
        if name == "BEGIN" and value.strip().upper() == "VEVENT":
            stamp, comment = datetime.min.replace(tzinfo=UTC), ""
        elif name == "DTSTAMP" and (found := STAMP.match(value.strip())):
            try:
                stamp = datetime.strptime(found[1], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
            except ValueError:
                continue
        elif name == "COMMENT" and not comment:
            comment = re.sub(r"\\([,;\\nN])", lambda it: " " if it[1] in "nN" else it[1], value).strip()[:240]
        elif name == "END" and value.strip().upper() == "VEVENT":
            yield stamp, comment
