"""`manage.py bench`: the figures this house promises, measured on servers of its own.

Prints one line of JSON for each figure and then a table. A missed limit is a result; only a measurement
that proves nothing makes the command fail.
"""

import argparse
import importlib
import sys

BENCHES = {
    "webhook": "how much of the bare floor's speed the incoming call's webhook keeps",
    "desks": "how soon the desk hears of a call, with many others listening",
    "outbox": "what is lost or sent twice when workers are killed",
}


def run(arguments: list[str]) -> int:
    """Measure what was named, or everything. Returns the exit code."""
    from secretariat.local import postgres, testing, valkey

    from . import figures, office

    asked = _parser().parse_args(arguments)
    measured, failed = [], False
    with testing.own_folder("bench") as folder:
        for name in asked.names or BENCHES:
            measure = importlib.import_module(f"{__name__}.{name}").measure
            try:
                with office.running(folder) as started:
                    found = measure(started, quick=asked.quick)
            except (figures.MeasurementFailed, postgres.PostgresFell, valkey.ValkeyFell) as trouble:
                print(f"{name}: {trouble}", file=sys.stderr, flush=True)
                failed = True
                continue
            for figure in found:
                print(figure.as_json(), flush=True)
            measured += found
        print(figures.table(measured, folder))
    return int(failed)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "manage.py bench",
        description="; ".join(f"{name}: {what}" for name, what in BENCHES.items()),
    )
    parser.add_argument("names", nargs="*", choices=[*BENCHES, []], metavar="NAME", help=", ".join(BENCHES))
    parser.add_argument("--quick", action="store_true", help="smaller, two minutes at most")
    return parser
