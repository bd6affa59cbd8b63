"""Calendars as text, which other programs write and read."""

import re

from icalendar import Calendar

# What iCalendar may not hold (RFC 5545, 3.1), with marks of byte order and what is no character.
NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\ufffe\uffff]")


def written(calendar: Calendar) -> str:
    """Its text. The library escapes and folds what people wrote, but lets through what is no text at all."""
    return NO_TEXT.sub(" ", calendar.to_ical().decode())
