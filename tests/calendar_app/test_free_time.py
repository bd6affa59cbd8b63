"""What may be arranged when, judged by one function and told in the client's own clock."""

from dataclasses import replace
from datetime import date, time

import pytest

from calendar_app.free_time import Awake, Kind, Why
from clients.availability import Holiday

from .times import HALF_AN_HOUR, LAGOS, NEW_YORK, RULES, against, every_day, offered, taken


@pytest.mark.parametrize(
    ("starts", "entries", "rules", "wish", "why", "words"),
    [
        pytest.param("2026-11-24 10:00", [], {}, {}, None, "", id="nothing stands against it"),
        pytest.param(
            "2026-11-24 10:00",
            [taken("2026-11-24 10:15", "2026-11-24 11:00")],
            {},
            {},
            Why.OVERLAP,
            "There is already something: Court, 10:15 to 11:00.",
            id="it overlaps",
        ),
        pytest.param(
            "2026-11-24 10:00",
            [taken("2026-11-24 10:30", "2026-11-24 11:00"), taken("2026-11-24 09:00", "2026-11-24 10:00")],
            {},
            {},
            None,
            "",
            id="what touches does not overlap",
        ),
        pytest.param(
            "2026-11-24 10:00",
            [taken("2026-11-24 10:00", "2026-11-24 11:00", what="")],
            {},
            {},
            Why.OVERLAP,
            "There is already something: busy, 10:00 to 11:00.",
            id="what may not be known has no name",
        ),
        pytest.param(
            "2026-11-24 10:00",
            [taken("2026-11-24 10:00", "2026-11-24 10:30", what="Dana Reyes", kind=Kind.HELD)],
            {},
            {},
            Why.OVERLAP,
            "It is held: Dana Reyes, 10:00 to 10:30.",
            id="a time held is taken",
        ),
        pytest.param(
            "2026-11-24 10:00",
            [taken("2026-11-24 10:00", "2026-11-24 11:00", busy="free")],
            {},
            {},
            None,
            "",
            id="transparent entries take no time",
        ),
        pytest.param(
            "2026-11-24 10:00",
            [taken("2026-11-24 10:00", "2026-11-24 11:00", busy="tentative")],
            {},
            {},
            Why.OVERLAP,
            "There is already something: Court, 10:00 to 11:00.",
            id="tentative ones do",
        ),
        pytest.param(
            "2026-11-24 10:00",
            [taken("2026-11-24 10:00", "2026-11-24 11:00", busy="tentative")],
            {"tentative_is_busy": False},
            {},
            None,
            "",
            id="unless the client says they do not",
        ),
        pytest.param(
            "2026-11-24 10:00",
            [taken("2026-11-24 00:00", "2026-11-25 00:00", what="Lisbon", all_day=True)],
            {},
            {},
            Why.OVERLAP,
            "There is already something: Lisbon, all day Tue 24 Nov.",
            id="a whole day elsewhere",
        ),
        pytest.param(
            "2026-11-24 10:00",
            [taken("2026-11-24 00:00", "2026-11-25 00:00", all_day=True)],
            {"all_day_is_busy": False},
            {},
            None,
            "",
            id="a whole day that only tells something",
        ),
        pytest.param(
            "2026-11-24 10:00",
            [taken("2026-11-24 09:00", "2026-11-24 09:50")],
            {"gap_before": 15},
            {},
            Why.GAP,
            "There are not the 15 minutes kept free between it and Court, 09:00 to 09:50.",
            id="the gap before it",
        ),
        pytest.param(
            "2026-11-24 10:00",
            [taken("2026-11-24 09:00", "2026-11-24 09:45", gap_after=10)],
            {"gap_before": 15},
            {},
            None,
            "",
            id="the larger gap of two, not their sum",
        ),
        pytest.param(
            "2026-11-24 10:00",
            [taken("2026-11-24 10:40", "2026-11-24 11:00", gap_before=20)],
            {"gap_after": 5},
            {},
            Why.GAP,
            "There are not the 20 minutes kept free between it and Court, 10:40 to 11:00.",
            id="the gap that the next one wants",
        ),
        pytest.param(
            "2026-11-24 10:00",
            [taken("2026-11-24 09:00", "2026-11-24 09:45", place="court 4")],
            {"travel": 30},
            {"place": "the office"},
            Why.TRAVEL,
            "There are not the 30 minutes for the way between it and Court, 09:00 to 09:45.",
            id="the way from another place",
        ),
        pytest.param(
            "2026-11-24 10:00",
            [taken("2026-11-24 09:00", "2026-11-24 09:45", place="the office")],
            {"travel": 30},
            {"place": "the office"},
            None,
            "",
            id="no way within one place",
        ),
        pytest.param(
            "2026-11-24 10:00",
            [taken("2026-11-24 09:00", "2026-11-24 09:45", place="court 4")],
            {"travel": 30},
            {},
            None,
            "",
            id="no way to the telephone",
        ),
        pytest.param(
            "2026-11-24 10:00",
            [taken("2026-11-24 09:00", "2026-11-24 09:45", place="court 4", gap_after=10)],
            {"travel": 15, "gap_before": 10},
            {"place": "the office"},
            None,
            "",
            id="the way is made within the gap",
        ),
        pytest.param(
            "2026-11-24 16:45",
            [],
            {},
            {},
            Why.HOURS,
            "It is outside the hours for meetings: Tuesday 09:00–17:00.",
            id="it would last beyond the hours",
        ),
        pytest.param(
            "2026-11-24 12:15",
            [],
            {"hours": every_day("09:00-12:30", "13:30-17:00")},
            {},
            Why.HOURS,
            "It is outside the hours for meetings: Tuesday 09:00–12:30, 13:30–17:00.",
            id="it would reach into the gap of the day",
        ),
        pytest.param(
            "2026-11-29 10:00",
            [],
            {"hours": every_day("09:00-17:00", days=range(5))},
            {},
            Why.HOURS,
            "There are no meetings on a Sunday.",
            id="a day without hours",
        ),
        pytest.param(
            "2026-11-30 10:00",
            [],
            {"holidays": (Holiday(date(2026, 11, 30), date(2026, 11, 30), "St Andrew’s Day"),)},
            {},
            Why.HOLIDAY,
            "It falls on St Andrew’s Day.",
            id="a holiday",
        ),
        pytest.param(
            "2026-12-24 13:00",
            [],
            {
                "holidays": (
                    Holiday(date(2026, 12, 24), date(2026, 12, 24), "Christmas Eve", "half", closes=time(12)),
                )
            },
            {},
            Why.HOLIDAY,
            "It falls on Christmas Eve.",
            id="the shut half of a day",
        ),
        pytest.param(
            "2026-12-24 10:00",
            [],
            {
                "holidays": (
                    Holiday(date(2026, 12, 24), date(2026, 12, 24), "Christmas Eve", "half", closes=time(12)),
                )
            },
            {},
            None,
            "",
            id="the open half of a day",
        ),
        pytest.param(
            "2026-11-24 09:30",
            [],
            {"notice": 120},
            {},
            Why.NOTICE,
            "It is sooner than the notice wanted: not before 10:00.",
            id="too soon",
        ),
        pytest.param(
            "2026-11-24 07:30",
            [],
            {"hours": every_day("06:00-17:00")},
            {},
            Why.PAST,
            "That time is over.",
            id="it is over",
        ),
        pytest.param(
            "2026-12-05 10:00",
            [],
            {"days_ahead": 10},
            {},
            Why.HORIZON,
            "It is further ahead than the diary is open: until Fri 4 Dec.",
            id="too far ahead",
        ),
        pytest.param(
            "2026-12-04 16:30", [], {"days_ahead": 10}, {}, None, "", id="the last day it is open for"
        ),
        pytest.param(
            "2026-11-24 15:00",
            [taken("2026-11-24 09:00", "2026-11-24 10:00"), taken("2026-11-24 11:00", "2026-11-24 12:00")],
            {"daily_limit": 2},
            {},
            Why.LIMIT,
            "The day is full: 2 meetings at most.",
            id="the day is full",
        ),
        pytest.param(
            "2026-11-24 15:00",
            [
                taken("2026-11-24 09:00", "2026-11-24 10:00", kind=Kind.BLOCK),
                taken("2026-11-24 11:00", "2026-11-24 12:00", kind=Kind.ELSEWHERE),
            ],
            {"daily_limit": 2},
            {},
            None,
            "",
            id="what we did not arrange does not fill it",
        ),
        pytest.param(
            "2026-11-24 10:00",
            [],
            {},
            {"guests": (Awake(NEW_YORK),)},
            Why.ASLEEP,
            "It would be 05:00 in New York, early or late for whoever is to come.",
            id="a guest would have to rise for it",
        ),
        pytest.param(
            "2026-11-24 14:00",
            [],
            {},
            {"guests": (Awake(NEW_YORK), Awake(LAGOS))},
            None,
            "",
            id="three zones, all awake",
        ),
        pytest.param(
            "2026-11-24 14:00",
            [],
            {},
            {"guests": (Awake(NEW_YORK), Awake("Asia/Tokyo"))},
            Why.ASLEEP,
            "It would be 23:00 in Tokyo, early or late for whoever is to come.",
            id="three zones, one asleep",
        ),
        pytest.param(
            "2026-11-24 23:30",
            [],
            {"hours": every_day("22:00-00:00", "00:00-02:00"), "days_ahead": 0},
            {"minutes": 60},
            None,
            "",
            id="over midnight on the last day",
        ),
        pytest.param(
            "2026-11-24 23:30",
            [],
            {"hours": every_day("22:00-00:00", "00:00-00:15")},
            {"minutes": 60},
            Why.HOURS,
            "It is outside the hours for meetings: Tuesday 00:00–00:15, 22:00–00:00.",
            id="over midnight, and too long",
        ),
    ],
)
def test_one_judgement_of_a_time(starts, entries, rules, wish, why, words):
    found = against(starts, *entries, rules=replace(RULES, **rules), wish=replace(HALF_AN_HOUR, **wish))
    assert [(each.why, each.words) for each in found] == ([(why, words)] if why else [])


def test_everything_that_stands_against_it_is_named():
    found = against(
        "2026-11-24 16:45",
        taken("2026-11-24 16:50", "2026-11-24 17:20"),
        rules=replace(RULES, notice=24 * 60),
    )
    assert [each.why for each in found] == [Why.NOTICE, Why.OVERLAP, Why.HOURS]


def test_a_meeting_that_lasts_for_days_is_in_the_way_of_each():
    trip = taken("2026-11-20 08:00", "2026-12-01 10:00", what="Trial")
    assert [each.why for each in against("2026-11-26 10:00", trip)] == [Why.OVERLAP]
    assert offered(trip, at_most=1) == ["Tue 10:00"]
