"""Calendars made to do harm: each costs no more than it may, and takes nothing else with it."""

import os
import random
import sys
from contextlib import contextmanager

import pytest

from calendar_app import cutting, expansion, icalendar, recurrence

from .hostile import HOSTILE, calendar
from .hostile import entry as hostile_entry
from .test_calendars_as_they_come import FROM, LONDON, TO, cases, entry, made_of, told
from .test_whole_calendars import BYTES, CALENDARS, outcome
from .too_large import TOO_LARGE

MOST_CALLS = 6_000_000  # of functions, for one calendar: counted, as seconds depend on who else is at work
ALTERATIONS = int(os.environ.get("ALTERATIONS", "300"))


@contextmanager
def bounded(most=MOST_CALLS):
    """Whatever calls more functions than that within the block is too slow, on whatever computer."""
    left = most

    def count(_frame, event, _argument):
        nonlocal left
        if event in ("call", "c_call"):
            left -= 1
            if left < 0:
                sys.setprofile(None)
                raise AssertionError(f"more than {most} calls")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        yield
    finally:
        sys.setprofile(before)


@pytest.mark.parametrize(("make", "meaning"), HOSTILE.values(), ids=HOSTILE.keys())
def test_a_calendar_made_to_do_harm(make, meaning):
    text = make()
    with bounded():
        made = outcome(text)
    nameless = {each for uid, each in made.items() if uid.startswith("unnamed-")}
    if None in meaning:
        assert nameless == {meaning[None]}
    named = {uid: each for uid, each in made.items() if not uid.startswith("unnamed-")}
    assert set(named) == set(meaning) - {None}
    for uid, each in named.items():
        if meaning[uid].startswith("n="):
            assert f"n={len(each.split())}" == meaning[uid]
        else:
            assert each == meaning[uid], uid


@pytest.mark.parametrize("make", TOO_LARGE.values(), ids=TOO_LARGE.keys())
def test_what_is_larger_than_anybody_keeps_is_not_looked_at(make):
    text = make()
    with bounded(), pytest.raises(cutting.Unreadable, match="too_large"):
        cutting.cut(text)


def test_a_zone_that_many_entries_share_is_kept_once():
    lines = [
        line for n in range(500) for line in hostile_entry("DTSTART;TZID=Moon:20270310T090000", uid=f"{n}")
    ]
    zone = ["BEGIN:VTIMEZONE", "TZID:Moon", "COMMENT:" + "x" * 30_000, "END:VTIMEZONE"]
    pieces = cutting.cut(calendar(*zone, *lines)).pieces
    assert len({id(its) for piece in pieces for its in piece.zones}) == 1


def test_there_are_three_hundred_kinds_in_all():
    """Each is another kind of calendar, not another number in the same one."""
    kinds = [case.id for case in cases()] + [*CALENDARS, *BYTES, *HOSTILE, *TOO_LARGE]
    assert len(set(kinds)) == len(kinds) >= 300


SPICE = [
    *("9999", "00000000T000000Z", "FREQ=DAILY;COUNT=999999999", "BYSETPOS=-1", "TZID=../x", "T", "Z", ";"),
    *("=", ":", ",", "\r\n ", "\r\n", "\0", "\ufeff", "-", "+", "P", "W", '"', "\\", "٣", "9" * 30, "^"),
    *("END:VEVENT\r\n", "BEGIN:VEVENT\r\n", "BEGIN:VTIMEZONE\r\n", "EXDATE:", "RDATE:", "DURATION:P"),
    *("UNTIL=00010101", "INTERVAL=10000", "DTEND;VALUE=DATE:99991231\r\n", "DTSTART;VALUE=DATE:00010101\r\n"),
    "RRULE:FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO\r\n",
    "RECURRENCE-ID;RANGE=THISANDFUTURE:20270311T090000Z\r\n",
]


def altered(lots, text):
    """This text as it might be after an accident, or after somebody thought about it."""
    for _ in range(lots.choice([1, 1, 2, 3, 6])):
        at = lots.randrange(len(text) + 1)
        until = min(len(text), at + lots.choice([1, 1, 2, 5, 20, 80]))
        how = lots.randrange(7)
        if how == 0:
            text = text[:at] + text[until:]
        elif how == 1:
            text = text[:at] + lots.choice(SPICE) + text[at:]
        elif how == 2:
            text = text[:at] + text[at:until] * lots.choice([2, 3, 50]) + text[until:]
        elif how == 3:
            text = text[:at] + chr(lots.choice([0, 9, 58, 59, 0x85, 0x2028, 0x1F600])) + text[at + 1 :]
        elif how == 4:
            lines = text.split("\r\n")
            lines.insert(lots.randrange(len(lines)), lots.choice(lines))
            text = "\r\n".join(lines)
        elif how == 5:
            text = text[:at] + lots.choice(SPICE) + text[until:]
        else:
            text = "".join(
                lots.choice("0123456789") if c.isdigit() and lots.random() < 0.1 else c for c in text
            )
    return text


def alterations(number, seed):
    lots, lines = random.Random(seed), [case.values[0] for case in cases()]
    for _ in range(number):
        yield altered(lots, "\r\n".join(entry(lots.choice(lines), "altered")) + "\r\n")


def read_all(number, seed=20270310):
    """Read so many altered entries, each before and after a good one, which must come through."""
    for text in alterations(number, seed):
        if cutting.NO_TEXT.sub("", text)[:1] in (" ", "\t"):
            continue  # by the rules of folding it belongs to the line before
        whole = calendar(*hostile_entry("DTSTART:20270310T090000Z", "DURATION:PT1H", uid="before"), text)
        with bounded():
            made = made_of(whole)
        assert isinstance(made["before"], list), text
        assert " ".join(map(told, made["before"])) == "2027-03-10T09:00/60", text


def test_an_entry_altered_at_random_takes_no_other_with_it():
    """More of them: ALTERATIONS=100000."""
    read_all(ALTERATIONS)


@pytest.mark.slow
def test_thousands_of_altered_entries():
    read_all(max(20_000, ALTERATIONS), seed=1)


@pytest.mark.slow
def test_thousands_of_altered_calendars():
    """Whole calendars, so that what is broken may be what holds them together."""
    lots, texts, codes = random.Random(2), [text for text, _ in CALENDARS.values()], set()
    for _ in range(max(5_000, ALTERATIONS)):
        text = altered(lots, lots.choice(texts))
        with bounded():
            try:
                pieces = cutting.cut(text).pieces
            except cutting.Unreadable:
                continue
            for piece in pieces:
                try:
                    expansion.expand(icalendar.read(piece.raw, zone=LONDON), FROM, TO, zone=LONDON)
                except (icalendar.Unreadable, recurrence.Unfollowable) as fault:
                    codes.add(fault.code)
    assert {"no_time", "cut_off", "unknown_zone"} <= codes  # it was read, and not merely refused
