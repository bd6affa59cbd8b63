"""Who invites the client to what, read out of what came: a mail, or an entry of her calendar. Pure."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta, tzinfo
from email.message import Message
from email.utils import parseaddr

from secretariat import mail_parts

from . import icalendar, recurrence, replies
from .cutting import Unreadable, cut, lines_of, text_of

REQUEST, CANCEL = "REQUEST", "CANCEL"
NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Asked:
    """One invitation. `answer` is what she has said herself: waiting, accepted, tentative, declined.

    Two are put in order by `sequence` and `stamp`. `starts` and `ends` are moments; of a day, midnights.
    """

    method: str
    uid: str
    sequence: int
    stamp: datetime
    organiser: str
    address: str
    starts: datetime
    ends: datetime
    about: str = ""
    where: str = ""
    notes: str = ""
    organiser_name: str = ""
    answer: str = "waiting"
    instance: datetime | None = None
    all_day: bool = False
    repeats: bool = False
    private: bool = False


def in_mail(raw: bytes, *, zone: tzinfo = UTC) -> tuple[list[Asked], str, list[str]]:
    """What this mail invites to or calls off, who wrote it, and whom it invites; nothing, if unsure.

    The author must be who invites, or write in her name by SENT-BY: else somebody reads it.
    """
    mail = mail_parts.taken_apart(raw)
    if mail is None:
        return [], "", []
    try:
        return _in_mail(mail, zone)
    except mail_parts.RAISED:
        return [], "", []


def _in_mail(mail: Message, zone: tzinfo) -> tuple[list[Asked], str, list[str]]:
    sender = parseaddr(str(mail.get("From", "")))[1].lower()
    if not replies._vouched(mail):
        return [], sender, []
    found: dict[tuple, Asked] = {}
    invited: dict[str, None] = {}
    for part in mail_parts.every_part(mail, most=replies.MOST_PARTS):
        if part.get_content_type() != "text/calendar" and not replies._is_file(part):
            continue
        for each, addresses in _of_part(part, sender, zone):
            found[(each.uid, each.instance)] = each
            invited |= dict.fromkeys(addresses)
    return list(found.values()), sender, list(invited)


def _of_part(part, sender: str, zone: tzinfo):
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return
    try:
        whole = cut(text_of(content))
    except Unreadable:
        return
    method = whole.method.upper()
    if method not in (REQUEST, CANCEL):
        return
    for piece in whole.pieces[: replies.MOST_PARTS]:
        try:
            events = icalendar.read(piece.raw, zone=zone)
        except Unreadable:
            continue
        for event, (stamp, _comment) in zip(events, replies._facts(piece.raw), strict=False):
            if sender in (event.organiser, sent_by(piece.raw)) and event.organiser:
                name = organiser_name(piece.raw)
                yield (
                    replace(_asked(method, event, stamp, zone), organiser_name=name),
                    [guest.email for guest in event.guests],
                )


def in_calendar(raw: str, events: Sequence[icalendar.Event], addresses: Collection[str], zone: tzinfo):
    """What an entry of her calendar invites her to, if somebody else does; None if nobody.

    `raw` is iCalendar, or Google's or Microsoft's JSON, as `events` were read from it.
    """
    first = next((event for event in events if event.instance is None), events[0] if events else None)
    if first is None or not first.organiser or first.organiser in addresses:
        return None
    told = _own_answer_in_json(raw) if raw.lstrip().startswith("{") else _own_answer(first, addresses)
    if told is None:
        return None
    address, answer = told
    stamp = _stamp(first.stamp)
    return replace(_asked(REQUEST, first, stamp, zone), address=address, answer=answer)


def _asked(method: str, event: icalendar.Event, stamp: datetime, zone: tzinfo) -> Asked:
    if isinstance(event.starts, datetime):
        starts = recurrence.moment(event.starts, event.zone)
        ends = starts + event.length
    else:
        starts = recurrence.moment(datetime.combine(event.starts, time()), zone)
        ends = starts + timedelta(days=max(1, event.days))
    return Asked(
        method=method,
        uid=event.uid,
        sequence=event.sequence,
        stamp=stamp,
        organiser=event.organiser,
        address="",
        starts=starts,
        ends=max(ends, starts + timedelta(minutes=1)),
        about=event.summary,
        where=event.where,
        notes=event.description,
        instance=event.instance if isinstance(event.instance, datetime) else None,
        all_day=event.all_day,
        repeats=event.rule is not None or bool(event.put_in),
        private=event.private,
    )


def _own_answer(event: icalendar.Event, addresses: Collection[str]) -> tuple[str, str] | None:
    for guest in event.guests:
        if guest.email in addresses:
            return guest.email, guest.answer
    return None


def _own_answer_in_json(raw: str) -> tuple[str, str] | None:
    """Google marks her among those invited; Microsoft says how she answered, apart from them."""
    try:
        told = json.loads(raw)
        event = told.get("master", told)
        for each in event.get("attendees") or []:
            if each.get("self"):
                said = {"needsAction": "waiting"}.get(each.get("responseStatus"), each.get("responseStatus"))
                return str(each.get("email", "")).lower(), str(said or "waiting")
        response = (event.get("responseStatus") or {}).get("response")
    except (ValueError, AttributeError, TypeError):
        return None
    answers = {"notResponded": "waiting", "none": "waiting", "accepted": "accepted", "declined": "declined"}
    answers["tentativelyAccepted"] = "tentative"
    return ("", answers[response]) if response in answers else None


def _stamp(text: str) -> datetime:
    for form in ("%Y%m%dT%H%M%S", "%Y-%m-%dT%H:%M:%S"):
        try:
            return datetime.strptime(text[:15] if form.startswith("%Y%m") else text[:19], form).replace(
                tzinfo=UTC
            )
        except ValueError:
            continue
    return NEVER


def sent_by(raw: str) -> str:
    """Who writes in the name of whoever invites; lower case, empty where nobody does."""
    return _of_organiser(raw, "SENT-BY").lower().removeprefix("mailto:")


def organiser_name(raw: str) -> str:
    return _of_organiser(raw, "CN")[:120]


def _of_organiser(raw: str, wanted: str) -> str:
    for line in lines_of(raw):
        if not line.upper().startswith("ORGANIZER"):
            continue
        quoted, current = False, ""
        for c in line[len("ORGANIZER") :]:
            if c == '"':
                quoted = not quoted
            elif c in ";:" and not quoted:
                name, _, value = current.partition("=")
                if name.strip().upper() == wanted:
                    return value.strip()
                current = ""
                if c == ":":
                    return ""
            else:
                current += c
    return ""
