"""Calendars larger than anybody keeps: not looked at, and said so."""

from .hostile import AT, calendar, entry, one_line

TOO_LARGE = {
    "fifty million bytes of entries": lambda: calendar(*entry(*AT) * 800_000),
    "fifty million bytes of one title": lambda: one_line("SUMMARY:" + "x" * 50_000_000),
    "ten million empty lines": lambda: "BEGIN:VCALENDAR" + "\n" * 10_000_000,
    "more entries than fifty thousand": lambda: calendar(
        *(line for n in range(50_002) for line in entry(uid=f"{n}"))
    ),
}
