import json
from contextlib import nullcontext

import pytest

from secretariat.local import bench
from secretariat.local.bench import office
from secretariat.local.bench.figures import AT_LEAST, AT_MOST, Figure, MeasurementFailed, percentile, table
from secretariat.local.bench.sample import ids_in


@pytest.mark.parametrize(
    ("side", "rounds", "holds"),
    [
        (AT_LEAST, (0.2, 0.25, 0.9), True),
        (AT_LEAST, (0.2, 0.2, 0.9), False),
        (AT_MOST, (0.25, 0.2, 0.9), True),
        (AT_MOST, (0.3,), False),
    ],
)
def test_the_median_is_held_against_the_limit(side, rounds, holds):
    assert Figure("speed", "1", "×", 0.25, side, rounds).holds is holds


def test_a_figure_is_told_as_json_and_in_the_table(tmp_path):
    figure = Figure("speed", "1", "×", 0.25, AT_LEAST, (0.3, 0.5, 0.4), "beside it")
    assert json.loads(figure.as_json()) == {
        "name": "speed",
        "goal": "1",
        "value": 0.4,
        "unit": "×",
        "limit": 0.25,
        "holds": True,
    }
    shown = table([figure], tmp_path)
    assert "0.3 … 0.5" in shown
    assert "beside it" in shown
    assert "fdatasync" in shown


@pytest.mark.parametrize(
    ("values", "percent", "value"),
    [([3, 1, 2], 50, 2), ([3, 1, 2], 99, 3), (list(range(1, 101)), 99, 99), ([7], 1, 7)],
)
def test_percentiles(values, percent, value):
    assert percentile(values, percent) == value


def test_only_ids_that_are_new_are_renewed_in_a_copy():
    uuid = "01a20573-c7ef-741b-9a0b-19d410d9e3c1"
    rows = [
        {"table": "calls_call", "columns": ["id", "client_id"], "values": [uuid, uuid.replace("0", "1")]},
        {"table": "live_event", "columns": ["event"], "values": ["call.offered"]},
        {"table": "numbered", "columns": ["id"], "values": ["17"]},
    ]
    assert ids_in(rows) == {uuid}


def test_a_measurement_that_proves_nothing_fails_the_command(monkeypatch, capsys):
    """A missed limit does not."""
    answers = {
        "webhook": [Figure("webhook", "1", "×", 0.25, AT_LEAST, (0.1,))],
        "desks": MeasurementFailed("no"),
    }

    class Bench:
        def __init__(self, name):
            self.name = name.rpartition(".")[2]

        def measure(self, office, *, quick):
            if isinstance(answers[self.name], Exception):
                raise answers[self.name]
            return answers[self.name]

    class Office:
        def stop_all(self):
            pass

        empty = stop_all

    monkeypatch.setattr(office, "running", lambda folder: nullcontext(Office()))
    monkeypatch.setattr(bench.importlib, "import_module", Bench)
    assert bench.run(["webhook", "--quick"]) == 0
    assert '"holds": false' in capsys.readouterr().out
    assert bench.run(["webhook", "desks"]) == 1
    assert "desks: no" in capsys.readouterr().err
