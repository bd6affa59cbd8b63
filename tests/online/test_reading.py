"""What the services' JSON means: tables, and whatever else may come."""

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendar_app import recurrence
from calendar_app.elsewhere import Trouble, google_events, microsoft_events
from calendar_app.icalendar import Unreadable

from .owners import LONDON, at, entry

SELF = {"self": True, "email": "anna@harlow.example"}
GOOGLE = {
    "id": "a1",
    "iCalUID": "a1@google.com",
    "status": "confirmed",
    "summary": "Dentist",
    "start": {"dateTime": "2027-03-10T10:00:00Z", "timeZone": "Europe/London"},
    "end": {"dateTime": "2027-03-10T10:30:00Z", "timeZone": "Europe/London"},
}
MICROSOFT = {
    "id": "AAMk1",
    "iCalUId": "0400",
    "subject": "Dentist",
    "type": "singleInstance",
    "showAs": "busy",
    "start": {"dateTime": "2027-03-10T10:00:00.0000000", "timeZone": "UTC"},
    "end": {"dateTime": "2027-03-10T10:30:00.0000000", "timeZone": "UTC"},
}


@pytest.mark.parametrize(
    ("facts", "busy"),
    [
        ({}, "busy"),
        ({"transparency": "opaque"}, "busy"),
        ({"transparency": "transparent"}, "free"),
        ({"status": "tentative"}, "tentative"),
        ({"eventType": "workingLocation"}, "free"),
        ({"eventType": "birthday"}, "free"),
        ({"eventType": "outOfOffice"}, "busy"),
        ({"eventType": "focusTime"}, "busy"),
        ({"attendees": [SELF | {"responseStatus": "accepted"}]}, "busy"),
        ({"attendees": [SELF | {"responseStatus": "declined"}]}, "free"),
        ({"attendees": [SELF | {"responseStatus": "tentative"}]}, "tentative"),
        ({"attendees": [SELF | {"responseStatus": "needsAction"}]}, "tentative"),
        ({"attendees": [SELF | {"responseStatus": "needsAction", "organizer": True}]}, "busy"),
        ({"attendees": [{"email": "other@example.com", "responseStatus": "declined"}]}, "busy"),
    ],
)
def test_whether_google_means_busy(facts, busy):
    assert google_events.read(json.dumps(GOOGLE | facts), zone=LONDON)[0].busy == busy


@pytest.mark.parametrize(
    ("facts", "busy"),
    [
        ({}, "busy"),
        ({"showAs": "free"}, "free"),
        ({"showAs": "workingElsewhere"}, "free"),
        ({"showAs": "tentative"}, "tentative"),
        ({"showAs": "oof"}, "busy"),
        ({"showAs": "unknown"}, "busy"),
        ({"responseStatus": {"response": "organizer"}}, "busy"),
        ({"responseStatus": {"response": "accepted"}}, "busy"),
        ({"responseStatus": {"response": "declined"}}, "free"),
        ({"responseStatus": {"response": "tentativelyAccepted"}}, "tentative"),
        ({"responseStatus": {"response": "notResponded"}}, "tentative"),
    ],
)
def test_whether_microsoft_means_busy(facts, busy):
    assert microsoft_events.read(json.dumps(MICROSOFT | facts), zone=LONDON)[0].busy == busy


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"start": {}}, "no_time"),
        ({"start": {"dateTime": "soon"}}, "no_time"),
        ({"start": {"date": "2027-02-30"}}, "no_time"),
        ({"start": {"date": "2027-03-10"}}, "no_time"),  # a day that ends at an hour
        ({"end": {"dateTime": "2027-03-10T09:00:00Z"}}, "ends_before"),
        ({"start": {"dateTime": "2027-03-10T10:00:00", "timeZone": "Mars/Olympus"}}, "unknown_zone"),
        ({"recurrence": ["RRULE:FREQ=SECONDLY"]}, "too_fast"),
        ({"recurrence": ["RRULE:FREQ=LUNARLY"]}, "not_a_rule"),
        ({"recurrence": ["EXRULE:FREQ=DAILY"]}, "not_a_rule"),
        ({"recurrence": ["RRULE"]}, "not_a_rule"),
        ({"recurrence": ["EXDATE:yesterday"]}, "no_time"),
        ({"recurrence": 7}, "no_event"),
    ],
)
def test_what_of_google_cannot_be_read_says_why(facts, code):
    with pytest.raises(Unreadable) as unreadable:
        google_events.read(json.dumps(GOOGLE | facts), zone=LONDON)
    assert unreadable.value.code == code


def test_a_moment_that_google_tells_twice_a_year_is_the_one_it_told():
    """01:30 of the last Sunday in October comes twice; the second has the offset of winter."""
    told = {"start": {"dateTime": "2027-10-31T01:30:00+00:00", "timeZone": "Europe/London"}}
    told["end"] = {"dateTime": "2027-10-31T02:00:00+00:00", "timeZone": "Europe/London"}
    event = google_events.read(json.dumps(GOOGLE | told), zone=LONDON)[0]
    assert recurrence.moment(event.starts, event.zone) == at("2027-10-31 01:30")


PLAIN = st.sampled_from(
    [None, True, 0, -1, "", "x", "2027-03-10", "2027-03-10T10:00:00", "9999-12-31", "UTC"]
)
INNER = st.sampled_from(["start", "end", "dateTime", "timeZone", "date", "emailAddress", "response", "self"])
JSON = PLAIN | st.lists(PLAIN, max_size=2) | st.dictionaries(INNER, PLAIN, max_size=3)
JSON = JSON | st.lists(JSON, max_size=2)
OUTER = st.sampled_from(
    sorted(
        {
            *(*GOOGLE, *MICROSOFT, "recurrence", "attendees", "organizer", "location", "master"),
            *("instances", "exceptions", "responseStatus", "extendedProperties", "isAllDay"),
        }
    )
)


@given(st.dictionaries(OUTER, JSON))
def test_whatever_comes_is_read_or_said_to_be_unreadable(facts):
    for reading, event in ((google_events, GOOGLE), (microsoft_events, MICROSOFT)):
        with contextlib.suppress(Unreadable):
            assert reading.read(json.dumps(event | facts), zone=LONDON)


@pytest.mark.parametrize(
    ("iana", "windows"),
    [
        ("Europe/London", "GMT Standard Time"),
        ("Europe/Lisbon", "GMT Standard Time"),  # keeps the same time
        ("Europe/Berlin", "W. Europe Standard Time"),
        ("America/New_York", "Eastern Standard Time"),
        ("Asia/Kathmandu", "Nepal Standard Time"),
        ("Australia/Lord_Howe", "Lord Howe Standard Time"),
        ("UTC", "UTC"),
        ("Mars/Olympus", "UTC"),
    ],
)
def test_what_windows_calls_a_zone(iana, windows):
    assert microsoft_events.windows_name(iana, 2027) == windows


@pytest.mark.parametrize(
    ("rule", "pattern", "span"),
    [
        ("FREQ=DAILY;COUNT=3", {"type": "daily", "interval": 1}, "numbered"),
        (
            "FREQ=WEEKLY;BYDAY=MO,WE;INTERVAL=2;UNTIL=20270601T000000Z",
            {
                "type": "weekly",
                "interval": 2,
                "daysOfWeek": ["monday", "wednesday"],
                "firstDayOfWeek": "monday",
            },
            "endDate",
        ),
        ("FREQ=MONTHLY;COUNT=2", {"type": "absoluteMonthly", "interval": 1, "dayOfMonth": 10}, "numbered"),
        (
            "FREQ=MONTHLY;BYDAY=2WE;COUNT=2",
            {"type": "relativeMonthly", "interval": 1, "daysOfWeek": ["wednesday"], "index": "second"},
            "numbered",
        ),
        (
            "FREQ=YEARLY",
            {"type": "absoluteYearly", "interval": 1, "dayOfMonth": 10, "month": 3},
            "noEnd",
        ),
    ],
)
def test_a_rule_in_microsofts_words(rule, pattern, span):
    said = microsoft_events.repeated(entry(rule=rule))
    assert said["pattern"] == pattern
    assert said["range"]["type"] == span
    assert said["range"]["recurrenceTimeZone"] == "GMT Standard Time"


@pytest.mark.parametrize(
    "rule", ["FREQ=MONTHLY;BYMONTHDAY=1,15", "FREQ=YEARLY;BYWEEKNO=20", "FREQ=MONTHLY;BYDAY=5MO"]
)
def test_a_rule_that_microsoft_has_no_words_for_is_not_written_wrongly(rule):
    with pytest.raises(Trouble):
        microsoft_events.repeated(entry(rule=rule))
