"""Who is on call: the rule itself, without a database."""

import itertools
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clients.contradictions import PersonFacts
from clients.on_call import DAILY, STAYS, WEEKLY, Replacement, Roster, edges, gaps, on_call, together, turn
from clients.on_call_words import because, in_rosters
from clients.windows import ALWAYS, Window

TUNDE, AMARA, NGOZI = (UUID(int=n) for n in (1, 2, 3))
NAMES = {TUNDE: "Tunde", AMARA: "Amara", NGOZI: "Ngozi"}
LONDON, LAGOS, NEW_YORK, APIA, LORD_HOWE = (
    "Europe/London",
    "Africa/Lagos",
    "America/New_York",
    "Pacific/Apia",
    "Australia/Lord_Howe",
)
WRITTEN = datetime(2026, 11, 1, tzinfo=UTC)
NIGHTS = Window(begins=time(18), ends=time(8))


def at(local, zone=LONDON):
    return datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def roster(turns=STAYS, people=(TUNDE, AMARA, NGOZI), zone=LONDON, name="Nights", **facts):
    return Roster(UUID(int=9), name, zone, people, facts.pop("since", date(2026, 11, 23)), turns, **facts)


def others(begins, ends, *people, written=WRITTEN):
    return Replacement(at(begins), at(ends), people, written)


# Monday 23 November 2026 is the day on which the first person's turn began.
TABLE = [
    # turns, further facts, moment, who is on call in order, until when
    (STAYS, {}, "2026-11-23 12:00", [TUNDE, AMARA, NGOZI], None),
    (DAILY, {}, "2026-11-23 08:00", [TUNDE, AMARA, NGOZI], "2026-11-24 08:00"),
    (DAILY, {}, "2026-11-24 07:59", [TUNDE, AMARA, NGOZI], "2026-11-24 08:00"),
    (DAILY, {}, "2026-11-24 08:00", [AMARA, NGOZI, TUNDE], "2026-11-25 08:00"),
    (DAILY, {}, "2026-11-26 09:00", [TUNDE, AMARA, NGOZI], "2026-11-27 08:00"),
    (DAILY, {}, "2026-11-22 09:00", [NGOZI, TUNDE, AMARA], "2026-11-23 08:00"),  # before it began
    (WEEKLY, {}, "2026-11-30 07:00", [TUNDE, AMARA, NGOZI], "2026-11-30 08:00"),
    (WEEKLY, {}, "2026-11-30 08:00", [AMARA, NGOZI, TUNDE], "2026-12-07 08:00"),
    (DAILY, {"changes_over": time(0)}, "2026-11-24 00:00", [AMARA, NGOZI, TUNDE], "2026-11-25 00:00"),
    # Somebody who has left: the next is on call in her turn, and nobody else's turn moves.
    (DAILY, {"gone": frozenset({AMARA})}, "2026-11-24 09:00", [NGOZI, TUNDE], "2026-11-26 08:00"),
    (DAILY, {"gone": frozenset({AMARA})}, "2026-11-26 09:00", [TUNDE, NGOZI], "2026-11-27 08:00"),
    # For some hours only
    (STAYS, {"hours": NIGHTS}, "2026-11-24 07:59", [TUNDE, AMARA, NGOZI], "2026-11-24 08:00"),
    (STAYS, {"hours": NIGHTS}, "2026-11-24 12:00", [], "2026-11-24 18:00"),
    # Others for some days; of two the newer, and then the list again
    (
        DAILY,
        {"replacements": (others("2026-11-24 06:00", "2026-11-24 20:00", NGOZI),)},
        "2026-11-24 08:00",
        [NGOZI],
        "2026-11-24 20:00",
    ),
    (
        STAYS,
        {
            "replacements": (
                others("2026-11-24 00:00", "2026-11-26 00:00", NGOZI, written=WRITTEN),
                others("2026-11-25 00:00", "2026-11-26 00:00", AMARA, written=WRITTEN + timedelta(hours=1)),
            )
        },
        "2026-11-24 12:00",
        [NGOZI],
        "2026-11-25 00:00",
    ),
    (
        STAYS,
        {"replacements": (others("2026-11-24 02:00", "2026-11-24 06:00"),)},
        "2026-11-24 03:00",
        [],
        "2026-11-24 06:00",
    ),
]


@pytest.mark.parametrize(("turns", "facts", "moment", "people", "until"), TABLE)
def test_who_is_on_call_and_until_when(turns, facts, moment, people, until):
    told = on_call(roster(turns, **facts), at(moment))
    assert [NAMES[each] for each in told.people] == [NAMES[each] for each in people]
    assert told.until_at == (until and at(until))


@pytest.mark.parametrize(
    ("zone", "day", "changes_over", "changes_at"),
    [
        # The clocks skip 01:00–02:00: they change over at the moment of the jump.
        (LONDON, date(2027, 3, 28), time(1, 30), datetime(2027, 3, 28, 1, tzinfo=UTC)),
        # The clocks show 01:30 twice: at the first of them, and not again at the second.
        (LONDON, date(2026, 10, 25), time(1, 30), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (NEW_YORK, date(2026, 11, 1), time(1, 30), datetime(2026, 11, 1, 5, 30, tzinfo=UTC)),
        (LAGOS, date(2026, 11, 1), time(1, 30), datetime(2026, 11, 1, 0, 30, tzinfo=UTC)),
    ],
)
def test_they_change_over_once_where_the_clocks_jump(zone, day, changes_over, changes_at):
    list_ = roster(DAILY, (TUNDE, AMARA), zone, since=day, changes_over=changes_over)
    second = timedelta(seconds=1)
    assert on_call(list_, changes_at - second).people[0] == AMARA
    around = [changes_at + each * timedelta(minutes=10) for each in range(12)]
    assert {on_call(list_, each).people[0] for each in around} == {TUNDE}


zones = st.sampled_from([LONDON, LAGOS, NEW_YORK, APIA, LORD_HOWE, "UTC", "Africa/Casablanca"])
moments = st.datetimes(datetime(2009, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))
spans = st.tuples(moments, st.timedeltas(timedelta(minutes=1), timedelta(days=9)))


@st.composite
def any_roster(draw):
    begins, ends = draw(st.sampled_from([(None, None), (time(18), time(8)), (time(1, 30), time(2, 30))]))
    swaps = [
        Replacement(
            begin, begin + lasts, tuple(draw(st.lists(st.sampled_from([*NAMES]), max_size=2))), written
        )
        for (begin, lasts), written in draw(st.lists(st.tuples(spans, moments), max_size=2))
    ]
    return Roster(
        UUID(int=9),
        "Any",
        draw(zones),
        draw(st.permutations([*NAMES]).map(tuple)),
        draw(st.dates(date(2009, 1, 1), date(2030, 1, 1))),
        draw(st.sampled_from([STAYS, DAILY, WEEKLY])),
        draw(st.sampled_from([time(0), time(1, 30), time(8), time(23, 30)])),
        Window(begins=begins, ends=ends) if begins else ALWAYS,
        tuple(swaps),
        draw(st.sampled_from([frozenset(), frozenset({AMARA})])),
    )


@settings(deadline=None, max_examples=60)
@given(any_roster(), moments)
def test_it_stays_so_until_the_moment_told_and_changes_then(list_, moment):
    told = on_call(list_, moment)
    end = told.until_at or moment + timedelta(days=50)
    steps = [moment + (end - moment) * part / 7 for part in range(7)]
    assert {on_call(list_, each).people for each in steps} == {told.people}
    if told.until_at:
        assert on_call(list_, told.until_at).people != told.people


@settings(deadline=None, max_examples=60)
@given(any_roster(), moments)
def test_gaps_are_the_moments_at_which_nobody_is(list_, moment):
    end = moment + timedelta(days=3)
    found = gaps([list_], moment, end)
    assert all(begins < ends for begins, ends in found)
    assert all(one[1] < other[0] for one, other in itertools.pairwise(found))
    for hours in range(0, 3 * 24, 2):
        looked = moment + timedelta(hours=hours)
        alone = any(begins <= looked < ends for begins, ends in found)
        assert alone == (not on_call(list_, looked).people)


@settings(deadline=None, max_examples=60)
@given(zones, st.sampled_from([DAILY, WEEKLY]), st.dates(date(2010, 1, 1), date(2029, 1, 1)), moments)
def test_turns_follow_each_other_and_nobody_is_left_out(zone, turns, since, moment):
    list_ = roster(turns, zone=zone, since=since)
    swaps = list(edges(list_, moment, moment + timedelta(days=24)))
    numbers = [turn(list_, each) for each in swaps]
    # Where a zone skips a whole day two change-overs fall into one moment.
    assert numbers == sorted(numbers)
    if zone != APIA:
        assert numbers == [*range(turn(list_, moment) + 1, turn(list_, moment) + 1 + len(swaps))]
    assert {on_call(list_, each).people[0] for each in [moment, *swaps]} == set(NAMES)


def test_of_several_lists_everybody_is_once_with_the_first_that_names_her():
    nights = roster(people=(TUNDE, NGOZI))
    backup = roster(people=(NGOZI, AMARA), name="Backup")
    found = together([nights, backup], at("2026-11-23 12:00"))
    assert [(NAMES[who], told.name) for who, told in found] == [
        ("Tunde", "Nights"),
        ("Ngozi", "Nights"),
        ("Amara", "Backup"),
    ]


def people(**facts):
    return [
        PersonFacts(id=each, name=name, **({"numbers": ("+447700900101",)} | facts.get(name, {})))
        for each, name in NAMES.items()
    ]


NOW = at("2026-11-23 12:00")


@pytest.mark.parametrize(
    ("facts", "of", "sentences"),
    [
        ({}, {}, []),
        ({"hours": Window(begins=time(6), ends=time(2))}, {}, ["Nobody is on call 02:00–06:00."]),
        ({"hours": NIGHTS}, {}, ["Nobody is on call 08:00–18:00."]),
        ({"people": ()}, {}, ["Nobody is on call."]),
        (
            {"replacements": (others("2026-11-24 02:00", "2026-11-24 06:00"),)},
            {},
            ["Nobody is on call from Tue 02:00 until Tue 06:00."],
        ),
        (
            {"replacements": (others("2026-12-24 18:00", "2026-12-27 08:00"),)},
            {},
            ["Nobody is on call from Thu 24 Dec 18:00 until Sun 27 Dec 08:00."],
        ),
        (
            {"gone": frozenset({AMARA})},
            {"Amara": {"is_active": False}},
            ["“Nights” names Amara, who is no longer there. The next in order is on call."],
        ),
        (
            {},
            {"Tunde": {"numbers": ()}},
            ["“Nights” names Tunde, who has no number to be rung or texted at."],
        ),
        (
            {},
            {"Ngozi": {"stopped": (("+447700900101", "Asked us to stop"),)}},
            ["“Nights” names Ngozi, but nothing is sent to +44 7700 900101: Asked us to stop."],
        ),
    ],
)
def test_gaps_leavers_and_dead_numbers_are_pointed_out(facts, of, sentences):
    assert list(in_rosters([roster(**facts)], people(**of), now=NOW)) == sentences


def test_a_gap_of_one_list_is_none_where_another_covers_it():
    days = roster(name="Days", hours=Window(begins=time(8), ends=time(18)))
    assert list(in_rosters([roster(hours=NIGHTS), days], people(), now=NOW)) == []
    assert list(in_rosters([], people(), now=NOW)) == []


@pytest.mark.parametrize(
    ("turns", "words"),
    [(STAYS, "on call by “Nights”"), (DAILY, "on call by “Nights” until Tue 08:00")],
)
def test_why_somebody_is_told(turns, words):
    assert because(on_call(roster(turns), NOW), zone=LONDON, now=NOW) == words
