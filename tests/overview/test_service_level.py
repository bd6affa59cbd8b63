"""What counts as answered in time, as given up, and as a call at all."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calls.models import Call
from secretariat.overview.firm import service_level as sl
from secretariat.overview.firm.service_level import ServiceLevel, Wait, judge, service_level

RANG = datetime(2026, 11, 24, 10, 30, tzinfo=UTC)
WITHIN = timedelta(seconds=20)


def wait(answered=None, ended=None, outcome=""):
    return Wait(
        outcome,
        RANG,
        None if answered is None else RANG + timedelta(seconds=answered),
        None if ended is None else RANG + timedelta(seconds=ended),
    )


@pytest.mark.parametrize(
    ("after", "case", "verdict"),
    [
        (60, wait(answered=0), sl.WITHIN),
        (60, wait(answered=20), sl.WITHIN),
        (60, wait(answered=20.001), sl.LATE),
        (60, wait(answered=21, ended=90, outcome="message"), sl.LATE),
        (60, wait(ended=3, outcome="abandoned"), sl.ABANDONED),
        (60, wait(ended=34, outcome="abandoned"), sl.ABANDONED),
        (60, wait(ended=50, outcome="voicemail"), sl.UNANSWERED),
        (60, wait(ended=50, outcome="unanswered"), sl.UNANSWERED),
        (60, wait(ended=2, outcome="failed"), sl.UNANSWERED),
        (20, wait(), sl.WAITING),
        (21, wait(), sl.UNANSWERED),
    ],
)
def test_what_a_call_counts_as(after, case, verdict):
    assert judge(case, within=WITHIN, at=RANG + timedelta(seconds=after)) == verdict


@pytest.mark.parametrize(
    ("waits", "percent", "calls"),
    [
        ([], None, 0),
        ([wait()], None, 0),  # she has waited for no more than the firm allows
        ([wait(answered=5)], 100, 1),
        ([wait(answered=5), wait(ended=9, outcome="abandoned")], 50, 2),
        ([wait(answered=5)] * 999 + [wait(answered=25)], 99, 1000),
        ([wait(answered=25)] * 3, 0, 3),
    ],
)
def test_the_level_in_whole_percents(waits, percent, calls):
    level = service_level(waits, within=WITHIN, at=RANG + timedelta(seconds=15))
    assert (level.percent, level.calls) == (percent, calls)


def test_means_are_of_those_they_are_about():
    level = service_level(
        [
            wait(answered=4),
            wait(answered=30),
            wait(ended=34, outcome="abandoned"),
            wait(outcome="unanswered"),
        ],
        within=WITHIN,
        at=RANG + timedelta(hours=1),
    )
    assert level == ServiceLevel(
        calls=4,
        within=1,
        answered=2,
        gave_up=1,
        unanswered=1,
        speed=timedelta(seconds=17),
        gave_up_after=timedelta(seconds=34),
    )


seconds = st.none() | st.integers(0, 300)
waits = st.lists(
    st.builds(
        wait,
        answered=seconds,
        ended=seconds,
        outcome=st.sampled_from(["", "abandoned", "voicemail", "message"]),
    )
)


@given(waits, st.integers(0, 300))
def test_every_counted_call_is_one_thing(waits, after):
    level = service_level(waits, within=WITHIN, at=RANG + timedelta(seconds=after))
    assert level.answered + level.gave_up + level.unanswered == level.calls <= len(waits)
    assert 0 <= level.within <= level.answered
    assert (level.percent == 100) == (level.calls > 0 and level.within == level.calls)


@given(waits)
def test_time_never_makes_a_level_better(waits):
    """Nothing but an answer raises the number of those in time."""
    early, late = (
        service_level(waits, within=WITHIN, at=RANG + timedelta(seconds=after)) for after in (0, 400)
    )
    assert late.within == early.within
    assert late.calls >= early.calls


def test_the_words_are_those_of_the_calls():
    assert Call.Outcome.ABANDONED == sl.GAVE_UP
