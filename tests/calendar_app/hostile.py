"""Calendars that somebody wrote to do harm, or that no program should ever have written. Made, not kept:

each of a size that hurts whoever does more than he must.
"""

from datetime import datetime, timedelta

from calendar_app import cutting

AT = ("DTSTART:20270310T090000Z", "DURATION:PT1H")
GOOD = "2027-03-10T09:00/60"
LONG_AGO = datetime(2000, 1, 1)
CHANGE = [
    *("BEGIN:STANDARD", "DTSTART:16010101T020000", "RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11"),
    *("TZOFFSETFROM:-0400", "TZOFFSETTO:-0500", "END:STANDARD"),
]


def calendar(*lines):
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *lines, "END:VCALENDAR", ""])


def entry(*lines, uid="a"):
    return ["BEGIN:VEVENT", f"UID:{uid}", *lines, "END:VEVENT"]


def zone(name, *lines):
    return ["BEGIN:VTIMEZONE", f"TZID:{name}", *lines, "END:VTIMEZONE"]


def _day(n):
    return f"{LONG_AGO + timedelta(n):%Y%m%d}"


def _moved(count, how=""):
    """A daily series, each of whose first instances is an hour later."""
    lines = entry("DTSTART:20000101T090000Z", "DURATION:PT1H", f"RRULE:FREQ=DAILY;COUNT={count}")
    for n in range(count):
        starts = f"DTSTART:{_day(n)}T100000Z"
        lines += entry(f"RECURRENCE-ID{how}:{_day(n)}T090000Z", starts, "DURATION:PT1H")
    return lines


def one_line(line):
    """An entry with this line, and a good one after it."""
    return calendar(*entry(*AT, line), *entry(*AT, uid="b"))


BOTH = {"a": GOOD, "b": GOOD}
GOOD_ONE = entry(*AT, uid="b")

# What it is: how it is made, and what becomes of it. `n=`: so many times.
HOSTILE = {
    # -- what repeats
    "a thousand rules under one UID, each counted from 1601": (
        lambda: calendar(
            *(
                line
                for n in range(1000)
                for line in entry(
                    f"DTSTART:16010101T{n // 60:02}{n % 60:02}00Z", "RRULE:FREQ=DAILY;BYDAY=MO;COUNT=20000"
                )
            ),
            *GOOD_ONE,
        ),
        {"a": "unreadable too_often", "b": GOOD},
    ),
    "many entries that each count through four centuries": (
        lambda: calendar(
            *(
                line
                for n in range(40)
                for line in entry("DTSTART:16010101T090000Z", "RRULE:FREQ=DAILY;COUNT=999999999", uid=f"{n}")
            )
        ),
        {f"{n}": "n=547" for n in range(40)},
    ),
    "ten thousand exceptions, all left out": (
        lambda: calendar(
            *entry(
                "DTSTART:20000101T090000Z",
                "DURATION:PT1H",
                "RRULE:FREQ=DAILY;COUNT=10000",
                *(f"EXDATE:{_day(n)}T090000Z" for n in range(10_000)),
            )
        ),
        {"a": ""},
    ),
    "a thousand exceptions that each hold from there on": (
        lambda: calendar(*_moved(1_000, ";RANGE=THISANDFUTURE"), *GOOD_ONE),
        {"a": "", "b": GOOD},
    ),
    "twenty thousand dates put in": (
        lambda: calendar(*entry(*AT, "RDATE:" + ",".join(["20270311T090000Z"] * 20_000)), *GOOD_ONE),
        {"a": f"{GOOD} 2027-03-11T09:00/60", "b": GOOD},
    ),
    "more dates put in than that": (
        lambda: calendar(*entry(*AT, "RDATE:" + ",".join(["20270311T090000Z"] * 20_001)), *GOOD_ONE),
        {"a": "unreadable too_often", "b": GOOD},
    ),
    "more than two thousand times within sight": (
        lambda: calendar(
            *entry(
                *AT,
                "RDATE:" + ",".join(f"202703{n % 28 + 1:02}T09{n // 60:02}{n % 60:02}Z" for n in range(3000)),
            )
        ),
        {"a": "unreadable too_often"},
    ),
    "a rule of four hundred values and more": (
        lambda: calendar(
            *entry(
                *AT, "RRULE:FREQ=YEARLY;COUNT=3;BYYEARDAY=" + ",".join(str(n % 366 + 1) for n in range(9000))
            )
        ),
        {"a": "n=3"},
    ),
    "a rule of a hundred thousand characters": (
        lambda: calendar(*entry(*AT, "RRULE:FREQ=DAILY;X-A=" + "1" * 100_000 + ";COUNT=2")),
        {"a": f"{GOOD} 2027-03-11T09:00/60"},
    ),
    "ten thousand parts of a rule": (
        lambda: calendar(
            *entry(*AT, "RRULE:FREQ=DAILY;COUNT=2;" + ";".join(f"X-{n}=1" for n in range(10_000)))
        ),
        {"a": f"{GOOD} 2027-03-11T09:00/60"},
    ),
    "a thousand exceptions of one instance": (
        lambda: calendar(
            *entry("DTSTART:20270310T090000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=1"),
            *(
                line
                for n in range(1000)
                for line in entry("RECURRENCE-ID:20270310T090000Z", f"SEQUENCE:{n}", *AT)
            ),
        ),
        {"a": GOOD},
    ),
    # -- zones
    "a zone with a thousand rules": (
        lambda: calendar(
            *zone("Moon", *CHANGE * 250), *entry("DTSTART;TZID=Moon:20270310T090000", AT[1]), *GOOD_ONE
        ),
        {"a": "unreadable unknown_zone", "b": GOOD},
    ),
    "a zone of forty thousand characters and more": (
        lambda: calendar(
            *zone("Moon", "COMMENT:" + "x" * cutting.LONGEST_ZONE, *CHANGE),
            *entry("DTSTART;TZID=Moon:20270310T090000", AT[1]),
            *GOOD_ONE,
        ),
        {"a": "unreadable unknown_zone", "b": GOOD},
    ),
    "hundreds of entries that each bring a zone of their own along": (
        lambda: calendar(
            *zone("Moon", *CHANGE, "COMMENT:" + "x" * 30_000),
            *(
                line
                for n in range(300)
                for line in entry("DTSTART;TZID=Moon:20270310T040000", AT[1], uid=f"{n}")
            ),
        ),
        {f"{n}": GOOD for n in range(300)},
    ),
    "more of its own zones than eight in one entry": (
        lambda: calendar(
            *(line for n in range(9) for line in zone(f"Moon {n}", *CHANGE)),
            *entry(*AT, *(f"EXDATE;TZID=Moon {n}:20270310T080000" for n in range(9))),
            *GOOD_ONE,
        ),
        {"a": "unreadable unknown_zone", "b": GOOD},
    ),
    "a zone whose name is as long as a book": (
        lambda: calendar(*entry(f"DTSTART;TZID={'Moon' * 20_000}:20270310T090000"), *GOOD_ONE),
        {"a": "unreadable unknown_zone", "b": GOOD},
    ),
    "a zone that changes every minute": (
        lambda: calendar(
            *zone(
                "Moon",
                *(
                    line
                    for n in range(390)
                    for line in (
                        *("BEGIN:STANDARD", f"DTSTART:20270310T{n // 60:02}{n % 60:02}00"),
                        *("TZOFFSETFROM:+0000", f"TZOFFSETTO:+{n % 14:02}00", "END:STANDARD"),
                    )
                ),
            ),
            *entry("DTSTART;TZID=Moon:20270310T000030", AT[1]),
        ),
        {"a": "2027-03-10T00:00:30/60"},
    ),
    "a zone within a zone": (
        lambda: calendar(
            *("BEGIN:VTIMEZONE", "TZID:Moon", *zone("Sun", *CHANGE), "END:VTIMEZONE"),
            *entry("DTSTART;TZID=Moon:20270310T090000"),
            *GOOD_ONE,
        ),
        {"a": "unreadable unknown_zone", "b": GOOD},
    ),
    "two zones of one name: the first holds": (
        lambda: calendar(
            *zone("Moon", *CHANGE),
            *zone("Moon", *[line.replace("-0500", "+0900") for line in CHANGE]),
            *entry("DTSTART;TZID=Moon:20270310T040000", AT[1]),
        ),
        {"a": GOOD},
    ),
    "a zone named in the name of another": (
        lambda: calendar(
            *zone("Moon", "X-LIC-LOCATION:Moon", *CHANGE), *entry("DTSTART;TZID=Moon:20270310T040000", AT[1])
        ),
        {"a": GOOD},
    ),
    # -- folding and lines
    "a hundred thousand lines folded without a space": (
        lambda: calendar(*entry(*AT, "DESCRIPTION:x", *["y"] * 100_000), *GOOD_ONE),
        BOTH,
    ),
    "a text folded after each character": (
        lambda: calendar(*entry(*AT, "DESCRIPTION:x", *[" y"] * 100_000), *GOOD_ONE),
        BOTH,
    ),
    "every line folded after each character": (
        lambda: "\r\n".join("\r\n ".join(line) for line in calendar(*entry(*AT), *GOOD_ONE).split("\r\n")),
        BOTH,
    ),
    "a character folded into halves": (
        lambda: cutting.text_of(
            calendar(*entry(*AT, "SUMMARY:Müller"), *GOOD_ONE).encode().replace(b"\xc3\xbc", b"\xc3\r\n \xbc")
        ),
        BOTH,
    ),
    "it begins with a continued line": (lambda: " continued\r\n" + calendar(*GOOD_ONE), {"b": GOOD}),
    "nonsense behind the end of an entry": (lambda: calendar(*entry(*AT), "…and so on", *GOOD_ONE), BOTH),
    "nonsense behind the beginning of one": (
        lambda: calendar("BEGIN:VEVENT", "…and so on", "UID:a", *AT, "END:VEVENT", *GOOD_ONE),
        BOTH,
    ),
    "only spaces between its lines": (
        lambda: calendar(*entry(*AT), *GOOD_ONE).replace("\r\n", "\r\n \r\n\t\r\n"),
        BOTH,
    ),
    "line breaks of other kinds within a title": (
        lambda: one_line("SUMMARY:one\x0btwo\x0cthree\x85four\u2028five"),
        BOTH,
    ),
    "a line of a million characters": (lambda: one_line("DESCRIPTION:" + "x" * 1_000_000), BOTH),
    "a name of a million characters": (lambda: one_line("X" * 1_000_000 + ":y"), BOTH),
    "a hundred thousand backslashes": (lambda: one_line("SUMMARY:" + "\\" * 100_000), BOTH),
    "a hundred thousand quotation marks": (lambda: one_line('ATTENDEE;CN="' + '"' * 100_001 + ":x"), BOTH),
    "twenty thousand parameters": (lambda: one_line("LOCATION" + ";A=B" * 20_000 + ":x"), BOTH),
    "twenty thousand parameters of a start": (
        lambda: calendar(*entry("DTSTART" + ";A=B" * 20_000 + ":20270310T090000Z", AT[1]), *GOOD_ONE),
        BOTH,
    ),
    "twenty thousand values of one parameter": (
        lambda: one_line("ATTENDEE;MEMBER=" + ",".join(['"a"'] * 20_000) + ":x"),
        BOTH,
    ),
    "carets that stand for quotation marks": (
        lambda: one_line("ATTENDEE;CN=" + "^n^'" * 50_000 + ":x"),
        BOTH,
    ),
    "four thousand guests": (
        lambda: calendar(*entry(*AT, *(f"ATTENDEE:mailto:{n}@example.com" for n in range(4_000))), *GOOD_ONE),
        BOTH,
    ),
    "one property twenty thousand times": (
        lambda: calendar(*entry(*AT, *["SUMMARY:again"] * 20_000), *GOOD_ONE),
        BOTH,
    ),
    "a thousand starts: the first holds": (
        lambda: calendar(*entry(*AT, *["DTSTART:20280101T000000Z"] * 1000), *GOOD_ONE),
        BOTH,
    ),
    # -- what stands in what
    "ten thousand beginnings of entries": (
        lambda: calendar(*["BEGIN:VEVENT"] * 10_000, *entry(*AT, uid="b")),
        {"b": GOOD, None: "unreadable cut_off"},
    ),
    "forty thousand alarms, one in the other": (
        lambda: calendar(*entry(*AT, *["BEGIN:VALARM"] * 40_000), *GOOD_ONE),
        BOTH,
    ),
    "forty thousand ends of nothing": (
        lambda: calendar(*entry(*AT, *["END:VALARM"] * 40_000), *GOOD_ONE),
        BOTH,
    ),
    "calendars one in the other": (
        lambda: "BEGIN:VCALENDAR\r\n" * 10_000 + calendar(*entry(*AT), *GOOD_ONE),
        BOTH,
    ),
    "an alarm with a start of its own": (
        lambda: calendar(
            *entry(*AT, "BEGIN:VALARM", "DTSTART:20300101T000000Z", "RRULE:FREQ=SECONDLY", "END:VALARM"),
            *GOOD_ONE,
        ),
        BOTH,
    ),
    "a component nobody knows, with an entry in it": (
        lambda: calendar("BEGIN:X-BOX", *entry(*AT), "END:X-BOX", *GOOD_ONE),
        BOTH,
    ),
    "an entry that ends as a task": (
        lambda: calendar("BEGIN:VEVENT", "UID:a", *AT, "END:VTODO", *GOOD_ONE),
        {"a": "unreadable cut_off", "b": GOOD},
    ),
    "a begin and an end in one title": (
        lambda: one_line("SUMMARY:BEGIN:VEVENT\\nEND:VEVENT\\nEND:VCALENDAR"),
        BOTH,
    ),
    "no BEGIN:VCALENDAR": (
        lambda: "\r\n".join([*entry(*AT), "BEGIN:VCALENDAR", *GOOD_ONE, "END:VCALENDAR"]),
        BOTH,
    ),
    "everything after the end": (lambda: calendar(*entry(*AT)) + "\r\n".join(GOOD_ONE), BOTH),
    # -- UIDs
    "a UID as long as a book": (
        lambda: calendar(*entry(*AT, uid="u" * 100_000), *GOOD_ONE),
        {"u" * 1024: GOOD, "b": GOOD},
    ),
    "a UID of spaces is none": (lambda: calendar(*entry(*AT, uid="   "), *GOOD_ONE), {None: GOOD, "b": GOOD}),
    "two UIDs in one entry: the first holds": (lambda: calendar(*entry(*AT, "UID:other"), *GOOD_ONE), BOTH),
    "a UID with a path": (
        lambda: calendar(*entry(*AT, uid="../../../etc/passwd"), *GOOD_ONE),
        {"../../../etc/passwd": GOOD, "b": GOOD},
    ),
    "a UID with quotes of another language": (
        lambda: calendar(*entry(*AT, uid="'; DROP TABLE calendar_app_meeting; --"), *GOOD_ONE),
        {"'; DROP TABLE calendar_app_meeting; --": GOOD, "b": GOOD},
    ),
    "a UID that differs by case alone": (
        lambda: calendar(*entry(*AT, uid="B"), *GOOD_ONE),
        {"B": GOOD, "b": GOOD},
    ),
    "a UID with a parameter": (
        lambda: calendar(*[line.replace("UID:a", "UID;X-VOBJ=FLOAT:a") for line in entry(*AT)], *GOOD_ONE),
        BOTH,
    ),
    "two thousand entries without a UID": (
        lambda: calendar(*["BEGIN:VEVENT", *AT, "END:VEVENT"] * 2_000, *GOOD_ONE),
        {None: GOOD, "b": GOOD},
    ),
    # -- bytes
    "NUL bytes everywhere": (lambda: calendar(*entry(*AT), *GOOD_ONE).replace(":", "\0:\0"), BOTH),
    "marks of byte order everywhere": (
        lambda: calendar(*entry(*AT), *GOOD_ONE).replace("\r\n", "\r\n\ufeff"),
        BOTH,
    ),
    "UTF-16 without saying so": (
        lambda: cutting.text_of(calendar(*entry(*AT), *GOOD_ONE).encode("utf-16-le")),
        BOTH,
    ),
    "half of a surrogate pair": (
        lambda: cutting.text_of(
            calendar(*entry(*AT, "SUMMARY:\ud83d"), *GOOD_ONE).encode("utf-8", "surrogatepass")
        ),
        BOTH,
    ),
    "one byte that is no text in twenty entries": (
        lambda: cutting.text_of(
            calendar(*entry(*AT, "SUMMARY:x"), *GOOD_ONE).encode().replace(b"x", b"\xff")
        ),
        BOTH,
    ),
    # -- the ends of time
    "a whole day that ends in the last second there is": (
        lambda: calendar(*entry("DTSTART;VALUE=DATE:20270310", "DTEND:99991231T235959Z"), *GOOD_ONE),
        {"a": "n=1", "b": GOOD},
    ),
    "from the first second to the last": (
        lambda: calendar(*entry("DTSTART:00010101T000000Z", "DTEND:99991231T235959Z"), *GOOD_ONE),
        {"a": "n=1", "b": GOOD},
    ),
    "a rule through all of time, west of everything": (
        lambda: calendar(
            *zone(
                "Moon",
                *("BEGIN:STANDARD", "DTSTART:00010101T000000", "TZOFFSETFROM:-2359", "TZOFFSETTO:-2359"),
                "END:STANDARD",
            ),
            *entry("DTSTART;TZID=Moon:00010101T000000", AT[1], "RRULE:FREQ=YEARLY;INTERVAL=9998"),
            *GOOD_ONE,
        ),
        {"a": "", "b": GOOD},
    ),
    "a length of numbers without end": (
        lambda: calendar(*entry(AT[0], "DURATION:P" + "9" * 5000 + "D"), *GOOD_ONE),
        {"a": "unreadable no_length", "b": GOOD},
    ),
    "a start of numbers without end": (
        lambda: calendar(*entry("DTSTART:" + "2" * 100_000), *GOOD_ONE),
        {"a": "unreadable no_time", "b": GOOD},
    ),
    "a sequence of numbers without end": (lambda: one_line("SEQUENCE:" + "9" * 100_000), BOTH),
}
