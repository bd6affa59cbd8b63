"""Whole calendars: cut so that what is broken takes nothing else with it, and no UID is lost."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from calendar_app import cutting, icalendar, recurrence, zones

from .test_calendars_as_they_come import LONDON, calendar, entry, made_of, told

AT = ("DTSTART:20270310T090000Z", "DURATION:PT1H")
GOOD = "2027-03-10T09:00/60"
NEW_YORK_BY_HAND = [
    *("BEGIN:VTIMEZONE", "TZID:Customized Time Zone", "BEGIN:STANDARD", "DTSTART:16010101T020000"),
    *("RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11", "TZOFFSETFROM:-0400", "TZOFFSETTO:-0500", "END:STANDARD"),
    *("BEGIN:DAYLIGHT", "DTSTART:16010101T020000", "RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3"),
    *("TZOFFSETFROM:-0500", "TZOFFSETTO:-0400", "END:DAYLIGHT", "END:VTIMEZONE"),
]


def outcome(text, **how):
    made = made_of(text, **how)
    return {uid: each if isinstance(each, str) else " ".join(map(told, each)) for uid, each in made.items()}


def two(first, second, *around):
    return calendar(*around, *first, *second)


A, B = entry(AT, "a"), entry(AT, "b")
CALENDARS = {
    "two entries": (two(A, B), {"a": GOOD, "b": GOOD}),
    "an entry without an end, then another": (two(A[:-1], B), {"a": "unreadable cut_off", "b": GOOD}),
    "cut off in the middle": (
        two(A, B)[: two(A, B).rindex("DTSTART")],
        {"a": GOOD, "b": "unreadable cut_off"},
    ),
    "cut off inside a line": (two(A, B)[:-45], {"a": GOOD, "b": "unreadable cut_off"}),
    "no END:VCALENDAR": (two(A, B).replace("END:VCALENDAR\r\n", ""), {"a": GOOD, "b": GOOD}),
    "the calendar ends inside an entry": (
        "\r\n".join(["BEGIN:VCALENDAR", *A[:-1], "END:VCALENDAR", "BEGIN:VCALENDAR", *B, "END:VCALENDAR"]),
        {"a": "unreadable cut_off", "b": GOOD},
    ),
    "two calendars in one file": (two(A, []) + two(B, []), {"a": GOOD, "b": GOOD}),
    "line feeds alone": (two(A, B).replace("\r\n", "\n"), {"a": GOOD, "b": GOOD}),
    "carriage returns alone": (two(A, B).replace("\r\n", "\r"), {"a": GOOD, "b": GOOD}),
    "empty lines between": (two(A, B).replace("\r\n", "\r\n\r\n"), {"a": GOOD, "b": GOOD}),
    "folded on after an empty line, behind the end of an entry": (
        two(A, B).replace("END:VEVENT\r\n", "END:VEVENT\r\n\r\n\tnonsense\r\n", 1),
        {"a": GOOD, "b": GOOD},
    ),
    "NUL bytes": (two(A, B).replace("UID", "U\0ID"), {"a": GOOD, "b": GOOD}),
    "folded in the middle of a name": (two(A, B).replace("DTSTART", "DT\r\n START"), {"a": GOOD, "b": GOOD}),
    "folded with a tab": (two(A, B).replace("T090000Z", "T09\r\n\t0000Z"), {"a": GOOD, "b": GOOD}),
    "folded without a space": (
        two(entry([*AT, "DESCRIPTION:it goes", "on and on"], "a"), B),
        {"a": GOOD, "b": GOOD},
    ),
    "text before it begins": ("Here is your calendar\r\n" + two(A, B), {"a": GOOD, "b": GOOD}),
    "a byte order mark": ("﻿" + two(A, B), {"a": GOOD, "b": GOOD}),
    "lower case": (
        two(A, B).replace("BEGIN:VEVENT", "begin:vevent").replace("END:VEVENT", "end:vevent"),
        {"a": GOOD, "b": GOOD},
    ),
    "tasks and journals are no entries": (
        two(["BEGIN:VTODO", "UID:t", "END:VTODO", "BEGIN:VJOURNAL", "UID:j", "END:VJOURNAL"], A),
        {"a": GOOD},
    ),
    "a task that never ends": (two(["BEGIN:VTODO", "UID:t"], A), {"a": GOOD}),
    "an entry inside an entry": (two(A[:-1], [*B, "END:VEVENT"]), {"a": "unreadable cut_off", "b": GOOD}),
    "an end of nothing": (two(["END:VEVENT", "END:VALARM"], A), {"a": GOOD}),
    "an alarm's UID is not the entry's": (
        two(entry([*AT, "BEGIN:VALARM", "UID:alarm", "END:VALARM"], "a"), B),
        {"a": GOOD, "b": GOOD},
    ),
    "the same UID in two places is one entry with two times": (
        two(A, entry(["DTSTART:20270311T090000Z", "DURATION:PT1H"], "a")),
        {"a": f"{GOOD} 2027-03-11T09:00/60"},
    ),
    "an entry with a fault beside good ones": (
        two(entry(["DTSTART:tomorrow"], "a"), B),
        {"a": "unreadable no_time", "b": GOOD},
    ),
    "nothing in it": (calendar(), {}),
    "its own zone": (
        two(
            entry(["DTSTART;TZID=Customized Time Zone:20270315T090000", "DURATION:PT1H"], "a"),
            B,
            *NEW_YORK_BY_HAND,
        ),
        {"a": "2027-03-15T13:00/60", "b": GOOD},
    ),
    "its own zone, on the other side of the change": (
        two(
            entry(["DTSTART;TZID=Customized Time Zone:20270115T090000", "DURATION:PT1H"], "a"),
            [],
            *NEW_YORK_BY_HAND,
        ),
        {"a": "2027-01-15T14:00/60"},
    ),
    "its own zone after the entry": (
        two(
            entry(["DTSTART;TZID=Customized Time Zone:20270315T090000", "DURATION:PT1H"], "a"),
            NEW_YORK_BY_HAND,
        ),
        {"a": "2027-03-15T13:00/60"},
    ),
    "its own zone, weekly over the change": (
        two(
            entry(
                [
                    "DTSTART;TZID=Customized Time Zone:20270308T090000",
                    "DURATION:PT1H",
                    "RRULE:FREQ=WEEKLY;COUNT=2",
                ],
                "a",
            ),
            NEW_YORK_BY_HAND,
        ),
        {"a": "2027-03-08T14:00/60 2027-03-15T13:00/60"},
    ),
    "a zone that is defined by each second": (
        two(
            entry(["DTSTART;TZID=Bomb:20270315T090000", "DURATION:PT1H"], "a"),
            [
                *("BEGIN:VTIMEZONE", "TZID:Bomb", "BEGIN:STANDARD", "DTSTART:19700101T000000"),
                *(
                    "RRULE:FREQ=SECONDLY",
                    "TZOFFSETFROM:+0000",
                    "TZOFFSETTO:+0100",
                    "END:STANDARD",
                    "END:VTIMEZONE",
                ),
            ],
        ),
        {"a": "unreadable unknown_zone"},
    ),
    "a zone of nothing": (
        two(
            entry(["DTSTART;TZID=Empty:20270315T090000", "DURATION:PT1H"], "a"),
            ["BEGIN:VTIMEZONE", "TZID:Empty", "END:VTIMEZONE"],
        ),
        {"a": "unreadable unknown_zone"},
    ),
    "a zone with an offset of days": (
        two(
            entry(["DTSTART;TZID=Far:20270315T090000", "DURATION:PT1H"], "a"),
            [
                *("BEGIN:VTIMEZONE", "TZID:Far", "BEGIN:STANDARD", "DTSTART:19700101T000000"),
                *("TZOFFSETFROM:+0000", "TZOFFSETTO:+9900", "END:STANDARD", "END:VTIMEZONE"),
            ],
        ),
        {"a": "unreadable unknown_zone"},
    ),
    "times without a zone, in a calendar that names one": (
        two(entry(["DTSTART:20270610T090000", "DURATION:PT1H"], "a"), [], "X-WR-TIMEZONE:America/New_York"),
        {"a": "2027-06-10T13:00/60"},
    ),
    "a rule in UTC, in a calendar that names a zone": (
        two(
            entry(["DTSTART:20270315T130000Z", "DURATION:PT1H", "RRULE:FREQ=MONTHLY;COUNT=2"], "a"),
            entry(["DTSTART:20271101T130000Z", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=2"], "b"),
            "X-WR-TIMEZONE:America/New_York",
        ),
        {
            "a": "2027-03-15T13:00/60 2027-04-15T13:00/60",
            "b": "2027-11-01T13:00/60 2027-11-08T14:00/60",
        },
    ),
    "a known zone is believed before what the calendar says of it": (
        two(
            entry(["DTSTART;TZID=Europe/London:20270610T090000", "DURATION:PT1H"], "a"),
            [
                *("BEGIN:VTIMEZONE", "TZID:Europe/London", "BEGIN:STANDARD", "DTSTART:19700101T000000"),
                *("TZOFFSETFROM:+0500", "TZOFFSETTO:+0500", "END:STANDARD", "END:VTIMEZONE"),
            ],
        ),
        {"a": "2027-06-10T08:00/60"},
    ),
}


@pytest.mark.parametrize(("text", "meaning"), CALENDARS.values(), ids=CALENDARS.keys())
def test_a_calendar(text, meaning):
    assert outcome(text) == meaning


BYTES = {
    "UTF-8": "Müller".encode(),
    "Latin-1": "Müller".encode("latin-1"),
    "Windows": "Müller – “so”".encode("cp1252"),
    "no text at all": bytes(range(128, 256)),
    "half a character": "Müller".encode()[:2],
}


@pytest.mark.parametrize("title", BYTES.values(), ids=BYTES.keys())
def test_bytes_that_are_no_utf_8(title):
    raw = calendar(*entry([*AT, "SUMMARY:TITLE"])).encode().replace(b"TITLE", title)
    assert outcome(cutting.text_of(raw)) == {"one@example.com": GOOD}


@pytest.mark.parametrize("how", ["utf-16", "utf-8-sig"])
def test_other_encodings_that_say_so(how):
    assert outcome(cutting.text_of(calendar(*A).encode(how))) == {"a": GOOD}


@pytest.mark.parametrize(
    "raw", [b"", b"\0" * 100, b"<html>Sign in</html>", b"BEGIN:VCARD\r\nEND:VCARD", b"\x89PNG"]
)
def test_what_is_no_calendar_is_said_to_be_none(raw):
    with pytest.raises(icalendar.Unreadable, match="no_calendar"):
        cutting.cut(cutting.text_of(raw))


def test_more_than_anybody_keeps_is_not_looked_at():
    with pytest.raises(icalendar.Unreadable, match="too_large"):
        cutting.cut("BEGIN:VCALENDAR\r\n" + "X" * cutting.MOST_BYTES)


def test_ten_thousand_exceptions():
    left_out = [f"EXDATE:{datetime(2000, 1, 1) + timedelta(n):%Y%m%d}T090000Z" for n in range(10_000)]
    made = made_of(
        calendar(*entry(["DTSTART:20000101T090000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY", *left_out]))
    )
    assert min(each.starts for each in made["one@example.com"]) == datetime(2027, 5, 19, 9, tzinfo=UTC)


def test_more_exceptions_than_that_are_refused():
    days = ",".join(
        ["20270310T090000Z"]
        + [f"{datetime(2000, 1, 1) + timedelta(n):%Y%m%d}T090000Z" for n in range(20_001)]
    )
    made = made_of(calendar(*entry([*AT, "RRULE:FREQ=DAILY", f"EXDATE:{days}"]), *B))
    assert made["one@example.com"] == "unreadable too_often"
    assert made["b"]


def test_ten_thousand_moved_instances():
    lines = ["DTSTART:20000101T090000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=10000"]
    for n in range(10_000):
        day = datetime(2000, 1, 1) + timedelta(n)
        lines += [
            "+",
            f"RECURRENCE-ID:{day:%Y%m%d}T090000Z",
            f"DTSTART:{day:%Y%m%d}T100000Z",
            "DURATION:PT1H",
        ]
    made = made_of(calendar(*entry(lines)))
    assert {each.starts.hour for each in made["one@example.com"]} == {10}


def test_ten_thousand_zones_with_ten_thousand_entries_stay_linear():
    """Each entry keeps only the zones it names."""
    lines = []
    for n in range(2_000):
        lines += ["BEGIN:VTIMEZONE", f"TZID:Z{n}", "END:VTIMEZONE", *entry(AT, f"u{n}")]
    pieces = cutting.cut(calendar(*lines)).pieces
    assert len(pieces) == 2_000
    assert not any("VTIMEZONE" in piece.raw for piece in pieces)


def test_what_a_person_said_a_zone_means_holds():
    [piece] = cutting.cut(calendar(*entry(["DTSTART;TZID=IST:20270610T090000", "DURATION:PT1H"]))).pieces
    with pytest.raises(icalendar.Unreadable) as refused:
        icalendar.read(piece.raw, zone=LONDON)
    assert refused.value.about == "IST"
    [event] = icalendar.read(piece.raw, zone=LONDON, told={"IST": "Asia/Kolkata"})
    assert event.zone == ZoneInfo("Asia/Kolkata")


def test_an_entry_without_a_name_keeps_the_one_it_is_given():
    nameless = ["BEGIN:VEVENT", *AT, "END:VEVENT"]
    once, twice = (cutting.cut(calendar(*nameless, *more)).pieces[0].uid for more in ([], A))
    assert once == twice


def test_an_entry_is_marked_by_what_it_says_and_by_nothing_beside_it():
    alone = cutting.cut(calendar(*A)).pieces[0]
    beside = cutting.cut(calendar("X-WR-CALNAME:Work", *B, *A)).pieces[1]
    changed = cutting.cut(calendar(*entry([*AT, "SUMMARY:New"], "a"))).pieces[0]
    assert alone.mark == beside.mark != changed.mark


def test_hour_by_hour_through_a_year_its_own_rules_agree_with_the_tables():
    lines = NEW_YORK_BY_HAND[2:-1]
    own, table = zones.defined_by("Customized Time Zone", lines), ZoneInfo("America/New_York")
    moment = datetime(2027, 1, 1, tzinfo=UTC)
    while moment.year == 2027:
        assert moment.astimezone(own).replace(tzinfo=None) == moment.astimezone(table).replace(tzinfo=None)
        wall = moment.replace(tzinfo=None)
        for fold in (0, 1):
            mine, theirs = (wall.replace(tzinfo=zone, fold=fold).utcoffset() for zone in (own, table))
            assert mine == theirs, (wall, fold)
        moment += timedelta(minutes=30)


DAYS = st.lists(st.sampled_from(recurrence.DAYS), min_size=1, max_size=3, unique=True)
PARTS = st.fixed_dictionaries(
    {"FREQ": st.sampled_from(recurrence.FREQUENCIES), "INTERVAL": st.integers(1, 4)},
    optional={
        "BYMONTH": st.lists(st.integers(1, 12), min_size=1, max_size=3, unique=True),
        "BYMONTHDAY": st.lists(
            st.sampled_from([1, 5, 15, 28, 31, -1, -5]), min_size=1, max_size=3, unique=True
        ),
        "BYDAY": DAYS,
        "WKST": st.sampled_from(["MO", "SU"]),
        "COUNT": st.integers(1, 30) | st.integers(31, 4_000),  # many lie before they are looked at
        "BYSETPOS": st.lists(st.sampled_from([1, 2, -1]), min_size=1, max_size=2, unique=True),
    },
)
NTH = st.sampled_from(["1MO", "-1FR", "2TU", "5WE", "-2SU"])


def written(parts):
    lists = {
        key: ",".join(map(str, value)) if isinstance(value, list) else value for key, value in parts.items()
    }
    return ";".join(f"{key}={value}" for key, value in lists.items())


@settings(deadline=None, derandomize=True)
@given(
    parts=PARTS,
    nth=st.none() | NTH,
    first=st.datetimes(datetime(2018, 1, 1), datetime(2027, 12, 31)).map(
        lambda at: at.replace(microsecond=0)
    ),
)
def test_rules_say_what_another_reader_of_them_says(parts, nth, first):
    if nth and parts["FREQ"] in ("MONTHLY", "YEARLY"):
        parts = {**parts, "BYDAY": [nth]}
    # The other begins the first week of a rule at its first day, not at the week's.
    assume(parts["FREQ"] != "WEEKLY" or "BYSETPOS" not in parts)
    text = written(parts)
    rule = recurrence.read(text)
    after, before = datetime(2027, 1, 1), datetime(2028, 7, 1)
    endless = recurrence.walls(replace(rule, count=None), first, UTC, first + timedelta(days=1), before)
    assume(next(endless, None))  # the other looks for what never comes until the year 9999
    ours = list(recurrence.walls(rule, first, UTC, after, before))
    theirs = list(takewhile(lambda each: each < before, rrulestr(text, dtstart=first)))
    if first not in theirs:  # to the other, a first that does not fit its rule is none
        theirs = [first, *theirs][: rule.count]
    assert ours == [each for each in theirs if after <= each < before]
