"""When a meeting is agreed: all must say yes to the same time."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendar_app.agreement import Option, Party, judge

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def options(text):
    """ "1 2 !3": three times an hour apart, the last no longer held; "-1" is an hour ago."""
    return [
        Option(int(each.strip("!")), NOW + timedelta(hours=int(each.strip("!"))), not each.startswith("!"))
        for each in text.split()
    ]


def parties(text):
    """ "dana:1,2 tom:none lee:": who said yes to what."""
    found = []
    for each in text.split():
        name, _colon, said = each.partition(":")
        yes = frozenset(int(n) for n in said.split(",") if n and said != "none")
        found.append(Party(name, yes, refuses=said == "none"))
    return found


@pytest.mark.parametrize(
    ("offered", "said", "agreed", "possible", "waiting"),
    [
        ("1 2 3", "dana:", None, [1, 2, 3], ["dana"]),
        ("1 2 3", "dana:2", 2, [2], []),
        ("1 2 3", "dana:3,2", 2, [2, 3], []),
        ("1 2 3", "dana:none", None, [], []),
        ("1 2 3", "dana:2 tom:", None, [2], ["tom"]),
        ("1 2 3", "dana:1,2 tom:2,3", 2, [2], []),
        ("1 2 3", "dana:1 tom:3", None, [], []),
        ("1 2 3", "dana:1,2,3 tom:none", None, [], []),
        ("1 2 3", "dana:1,2,3 tom:2,3 lee:", None, [2, 3], ["lee"]),
        ("1 2 3", "dana:1,2,3 tom:2,3 lee:3", 3, [3], []),
        # what is no longer held, and what has begun, cannot be agreed
        ("!1 2", "dana:1", None, [2], ["dana"]),
        ("!1 2", "dana:1,2", 2, [2], []),
        ("-1 0 2", "dana:-1,0", None, [2], ["dana"]),
        ("!1 !2", "dana:", None, [], ["dana"]),
        ("", "dana:", None, [], ["dana"]),
        ("1", "", None, [1], []),
        # her yes went with the time it was for: she is asked again, and stands in nobody's way
        ("!1 2 3", "dana:1 tom:3", None, [3], ["dana"]),
    ],
)
def test_how_it_stands(offered, said, agreed, possible, waiting):
    verdict = judge(options(offered), parties(said), NOW)
    assert (verdict.agreed.id if verdict.agreed else None) == agreed
    assert [each.id for each in verdict.possible] == possible
    assert list(verdict.waiting) == waiting
    assert verdict.is_stuck == (agreed is None and not possible)


some_options = st.lists(
    st.builds(
        Option,
        st.integers(0, 6),
        st.integers(-3, 8).map(lambda n: NOW + timedelta(hours=n)),
        st.booleans(),
    ),
    max_size=6,
    unique_by=lambda each: each.id,
)
some_parties = st.lists(
    st.builds(
        Party,
        st.integers(0, 4),
        st.frozensets(st.integers(0, 6), max_size=5),
        st.booleans(),
    ),
    max_size=4,
    unique_by=lambda each: each.id,
)


@given(some_options, some_parties)
def test_what_is_agreed_suits_everybody_and_nothing_earlier_does(offered, asked):
    verdict = judge(offered, asked, NOW)
    suits = [
        each
        for each in offered
        if each.is_held
        and each.starts > NOW
        and asked
        and all(each.id in party.yes and not party.refuses for party in asked)
    ]
    if verdict.agreed is None:
        assert suits == []
    else:
        assert verdict.agreed in suits
        assert verdict.agreed.starts == min(each.starts for each in suits)


@given(some_options, some_parties, st.randoms(use_true_random=False))
def test_no_order_of_rows_matters(offered, asked, lots):
    shuffled, others = offered[:], asked[:]
    lots.shuffle(shuffled)
    lots.shuffle(others)
    first, second = judge(offered, asked, NOW), judge(shuffled, others, NOW)
    assert (first.agreed, first.remaining, first.possible) == (
        second.agreed,
        second.remaining,
        second.possible,
    )
    assert set(first.waiting) == set(second.waiting)


@given(some_options, some_parties)
def test_a_last_yes_to_something_possible_settles_it(offered, asked):
    verdict = judge(offered, asked, NOW)
    if len(verdict.waiting) != 1 or not verdict.possible:
        return
    [last] = verdict.waiting
    chosen = verdict.possible[-1]
    now_said = [Party(last, frozenset({chosen.id})) if each.id == last else each for each in asked]
    assert judge(offered, now_said, NOW).agreed == chosen


@given(some_options, some_parties)
def test_stuck_is_stuck_whatever_is_still_said(offered, asked):
    verdict = judge(offered, asked, NOW)
    if not verdict.is_stuck:
        return
    every = frozenset(each.id for each in offered)
    said = [Party(each.id, every) if each.id in verdict.waiting else each for each in asked]
    assert judge(offered, said, NOW).agreed is None
