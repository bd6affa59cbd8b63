"""The benchmarks and the fault runs at the size of a test, on servers that keep what they were given.

Each fails by itself when rows do not match responses, or a fault was not met: then it has proved nothing.
"""

import json
import os
import subprocess
import sys

import pytest

from secretariat.local.paths import CHECKOUT

pytestmark = pytest.mark.slow
FIELDS = {"name", "goal", "value", "unit", "limit", "holds"}


def bench(*names: str) -> dict[str, dict]:
    """The figures of one `bench --quick`, by name."""
    command = [sys.executable, str(CHECKOUT / "manage.py"), "bench", "--quick", *names]
    # As from a shell: the servers of this test run are none of its business.
    environment = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    done = subprocess.run(command, cwd=CHECKOUT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    print(done.stdout)  # what was sent, lost and doubled, and where the kills fell
    figures = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    table = done.stdout.rpartition("figure ")[2]
    assert "fdatasync" in table
    for figure in figures:
        assert set(figure) == FIELDS
        assert isinstance(figure["holds"], bool)
        assert figure["name"] in table
    return {figure["name"]: figure for figure in figures}


def broken(figures: dict[str, dict], *promised: str) -> dict[str, float]:
    """Those of the promised figures that do not hold. How fast a machine is, is no promise."""
    return {name: figures[name]["value"] for name in promised if not figures[name]["holds"]}


def test_the_figures_are_measured_and_a_killed_worker_loses_and_doubles_nothing():
    """All in one, since two benchmarks side by side measure each other."""
    figures = bench()
    assert {"webhook-throughput", "call-to-desk"} < set(figures)
    assert broken(figures, "outbox-lost", "outbox-doubled", "outbox-doubled-unasked") == {}


def test_no_secretary_is_given_two_callers_and_no_call_fails_while_the_web_is_replaced():
    figures = bench("hotspot", "restart")
    assert (
        broken(figures, "secretaries-with-two-calls", "calls-with-two-secretaries", "restart-unanswered")
        == {}
    )


def test_whatever_becomes_of_redis_postgresql_or_a_frozen_worker_nothing_is_lost_or_doubled():
    figures = bench("broker", "crash", "frozen")
    assert broken(figures, "broker-lost", "broker-doubled", "crash-acknowledged-and-lost") == {}
    assert broken(figures, "frozen-lost", "frozen-doubled", "frozen-doubled-unasked") == {}


def test_poison_and_a_provider_in_trouble_end_where_somebody_sees_them():
    figures = bench("poison", "chaos")
    assert (
        broken(figures, "poison-others-lost", "poison-others-doubled", "poison-shown", "poison-attempts")
        == {}
    )
    assert (
        broken(figures, "chaos-lost", "chaos-doubled", "chaos-unasked-shown", "chaos-unasked-sent-again")
        == {}
    )


def test_an_urgent_letter_passes_thousands_of_bulk_ones():
    """How soon is for `bench` to say. Here: that it does not stand in their queue, and nothing is lost."""
    figures = bench("urgent", "drain")
    assert broken(figures, "urgent-doubled", "bulk-waiting-meanwhile", "drain-lost", "drain-doubled") == {}


def test_whoever_calls_is_answered_and_every_desk_of_many_hears():
    figures = bench("open_loop", "crowd")
    assert broken(figures, "open-loop-failed", "crowd-lost", "crowd-connections") == {}


def test_of_many_who_want_the_same_times_one_gets_each_and_no_two_the_same():
    """The run itself fails unless, with lock and rule taken off, some do overlap."""
    figures = bench("bookers")
    promised = ("bookers-overlaps", "bookers-times-not-one", "bookers-not-told-in-words")
    assert broken(figures, *promised, "bookers-unlocked-overlaps") == {}


def test_what_is_offered_is_free_and_what_is_busy_is_told_over_a_change_of_the_clocks():
    """Reckoned apart from everything measured. How fast it is, is for `bench` to say."""
    figures = bench("diary")
    assert broken(figures, "diary-free-wrong", "busy-wrong") == {}


def test_no_caller_is_forgotten_and_nobody_rung_twice_when_workers_are_killed():
    """The run fails unless somebody dies between the carrier's yes and our mark. That it doubles where nobody
    asks is for `bench` at full size to say.
    """
    figures = bench("rung")
    assert broken(figures, "rung-lost", "rung-doubled", "rung-on") == {}


def test_a_month_is_paid_and_billed_once_and_the_same_to_the_cent_when_killed():
    """The run fails unless everything was, and adds up. How long it takes is for `bench` to say."""
    assert {"firm-pay", "firm-bills"} <= set(bench("firm"))


def test_answer_stands_on_each_desk_and_whoever_is_suspended_is_out_with_all_that_was_with_her():
    """The run fails unless the button came and everybody was out. How soon is for `bench` to say."""
    out = {"suspended-out", "suspended-stream", "suspended-pages", "suspended-callers"}
    assert out | {"call-to-answer-p95"} <= set(bench("answer", "suspended"))


def test_a_mail_that_was_taken_is_on_the_right_desk_once_whoever_is_killed():
    """The run fails unless a worker died at some of them. How fast it is, is for `bench` to say."""
    figures = bench("post")
    promised = ("poured-lost", "poured-twice", "poured-never-taken", "poured-taken-up-again")
    assert broken(figures, *promised) == {}
    assert {"mail-brought-p95", "mail-fetched-p95", "inbox-p95"} <= set(figures)


def test_a_thousand_copies_of_a_letter_are_each_set_and_kept():
    """The run fails unless each is what its hash says. How long it takes is for `bench` to say."""
    assert {"letter-p95", "serial-thousand"} <= set(bench("letters"))
