"""A meeting of ours as iCalendar, on the `icalendar` library. Pure.

A single meeting is written in UTC, which every program reads alike (Outlook takes no zone without its rules,
and ignores half of those). What somebody else put into an entry, such as her alarm, stays.
"""

import re
from datetime import UTC

from icalendar import Calendar, Event, vCalAddress, vRecur, vText

from secretariat import calendar_files

from .cutting import lines_of
from .elsewhere import Entry

PRODUCT = "-//Secretariat//Diary//EN"
KEY = "X-SECRETARIAT-KEY"
ANSWERS = {"accepted": "ACCEPTED", "tentative": "TENTATIVE", "declined": "DECLINED"}
OURS = {
    *(
        "UID",
        "DTSTAMP",
        "LAST-MODIFIED",
        "SEQUENCE",
        "DTSTART",
        "DTEND",
        "DURATION",
        "SUMMARY",
        "DESCRIPTION",
    ),
    *(
        "LOCATION",
        "URL",
        "CLASS",
        "TRANSP",
        "STATUS",
        "RRULE",
        "EXDATE",
        "RECURRENCE-ID",
        "ORGANIZER",
        "ATTENDEE",
    ),
    KEY,
}


def calendar(entries, *, method: str = "", name: str = "") -> str:
    """Entries as a whole calendar."""
    made = Calendar()
    made.add("PRODID", PRODUCT)
    made.add("VERSION", "2.0")
    if method:
        made.add("METHOD", method)
    if name := " ".join(name.split()):  # the library does not escape it
        made.add("X-WR-CALNAME", name)
    for entry in entries:
        made.add_component(_event(entry))
    return calendar_files.written(made)


def written(entry: Entry) -> str:
    """A new entry."""
    return calendar([entry])


def revised(raw: str, entry: Entry) -> str:
    """The entry as it stands elsewhere (`raw`), with what is ours as we have it now. All else stays."""
    kept: list[str] = []
    alarms: list[str] = []
    inside, depth, is_first = False, 0, True
    for line in lines_of(raw):
        name = line[:40].upper().rstrip()
        if name == "BEGIN:VEVENT" and is_first:
            inside = True
        elif name == "END:VEVENT" and inside:
            inside = is_first = False
        elif inside and (depth or name.startswith("BEGIN:")):
            depth += name.startswith("BEGIN:")
            depth -= name.startswith("END:")
            alarms.append(line)
        elif inside and line.partition(":")[0].partition(";")[0].upper() not in OURS:
            kept.append(line)
    if entry.rule:  # its exceptions are told anew
        kept = [line for line in kept if not line.upper().startswith("RDATE")]
    fresh = written(entry)
    ending = fresh.rindex("END:VEVENT")
    return fresh[:ending] + "".join(_folded(line) for line in (*kept, *alarms)) + fresh[ending:]


def key_in(raw: str) -> str:
    """By which attempt of ours an entry was written; empty if by none."""
    for line in lines_of(raw):
        if line.upper().startswith(f"{KEY}:"):
            return line.partition(":")[2].strip()
    return ""


def answered(raw: str, address: str, answer: str) -> str | None:
    """The entry with what `address`, invited to it, says; all else as it was. None: she is not invited."""
    said, found = ANSWERS[answer], False
    lines = []
    for line in lines_of(raw):
        head, colon, value = line.rpartition("mailto:") if "mailto:" in line else line.rpartition("MAILTO:")
        if line.upper().startswith("ATTENDEE") and colon and value.strip().lower() == address:
            found = True
            params = re.sub(r';(PARTSTAT|RSVP)=("[^"]*"|[^;:"]*)', "", head.rstrip(":"), flags=re.IGNORECASE)
            line = f"{params};PARTSTAT={said}:mailto:{value}"
        lines.append(_folded(line))
    return "".join(lines) if found else None


def _folded(line: str) -> str:
    """At most 75 bytes a line (RFC 5545 §3.1), never cut inside a character."""
    parts, current, size = [], "", 0
    for c in line:
        wide = len(c.encode())
        if size + wide > 74:
            parts.append(current)
            current, size = "", 0
        current, size = current + c, size + wide
    return "\r\n ".join([*parts, current]) + "\r\n"


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("UID", entry.uid)
    event.add("DTSTAMP", (entry.stamp or entry.starts).astimezone(UTC))
    event.add("SEQUENCE", entry.sequence)
    event.add("DTSTART", entry.starts.astimezone(UTC))
    event.add("DTEND", entry.ends.astimezone(UTC))
    event.add("SUMMARY", entry.summary)
    event.add("STATUS", "CONFIRMED")
    event.add("TRANSP", "OPAQUE" if entry.busy else "TRANSPARENT")
    if entry.description:
        event.add("DESCRIPTION", entry.description)
    if entry.where:
        event.add("LOCATION", entry.where)
    if entry.link:
        event.add("URL", entry.link)
    if entry.private:
        event.add("CLASS", "PRIVATE")
    if entry.key:
        event.add(KEY, entry.key)
    if entry.rule:
        event.add("RRULE", vRecur.from_ical(entry.rule))
    for moment in entry.left_out:
        event.add("EXDATE", moment.astimezone(UTC))
    if entry.instance_at:
        event.add("RECURRENCE-ID", entry.instance_at.astimezone(UTC))
    _people(event, entry)
    return event


def _people(event: Event, entry: Entry) -> None:
    if not entry.guests or not entry.organiser:
        return
    organiser = vCalAddress(f"mailto:{entry.organiser}")
    if entry.sent_by:
        organiser.params["SENT-BY"] = vText(f"mailto:{entry.sent_by}")
    if not entry.tells_guests:
        organiser.params["SCHEDULE-AGENT"] = vText("CLIENT")
    event.add("ORGANIZER", organiser)
    for guest in entry.guests:
        address = vCalAddress(f"mailto:{guest.email}")
        address.params["PARTSTAT"] = vText(ANSWERS.get(guest.answer, "NEEDS-ACTION"))
        if guest.name:
            address.params["CN"] = vText(guest.name.replace('"', "'"))
        if not entry.tells_guests:
            address.params["SCHEDULE-AGENT"] = vText("CLIENT")
        event.add("ATTENDEE", address)
