"""`manage.py bench`: the figures this house promises, measured on servers of its own.

Prints one line of JSON for each figure and then a table. A missed limit is a result; only a measurement
that proves nothing makes the command fail.
"""

import argparse
import importlib
import sys
import time

BENCHES = {
    "webhook": "how much of the bare floor's speed the incoming call's webhook keeps",
    "desks": "how soon the desk hears of a call, with many others listening",
    "answer": "how soon Answer stands on the right desk in a browser",
    "open_loop": "how late answers are when calls come at a steady rate, whoever is answered",
    "crowd": "what thousands of desks cost one process, and whether each hears",
    "growth": "what lists, searches and the webhook cost after a million calls and messages",
    "helpdesk": "a list of a hundred thousand messages beside django-helpdesk’s of as many tickets",
    "size": "whether a call costs more after ten million calls, or with a hundred thousand clients",
    "urgent": "how soon an urgent letter leaves while thousands of bulk ones wait",
    "drain": "how fast a full queue empties with a slow provider, over a kill -9",
    "restart": "what fails while the web processes are replaced one after the other",
    "hotspot": "how many calls at once for one client fare, and whether a secretary is given two",
    "mixed": "how much later a call is answered while others search, export and send",
    "suspended": "how soon somebody who is suspended is out, and her caller looked after",
    "broker": "what is lost or late when Redis forgets everything, and when it dies",
    "crash": "whether a call that was acknowledged is there after PostgreSQL crashed",
    "frozen": "what is lost or sent twice when workers stand still for longer than their lease",
    "poison": "what letters that kill their workers do to the others",
    "chaos": "what becomes of letters while their provider refuses, hangs and drops",
    "diary": "what is free and busy in full diaries, how long it takes, and whether it is right",
    "bookers": "whether of many who want the same times of a diary one gets each, and no two the same",
    "letters": "how long a letter takes to be set, and a thousand copies of one",
    "post": "how soon a mail is on the right desk, what is lost when workers are killed, what its pages cost",
    "firm": "how long a month’s pay and bills of a large firm take, and whether they are right when killed",
    "rung": "whether every caller is seen to, and nobody rung twice, when workers are killed",
    "outbox": "what is lost or sent twice when workers are killed",
}
QUICK = ("webhook", "desks", "outbox")  # what `--quick` measures when nothing is named


def run(arguments: list[str]) -> int:
    """Measure what was named, or everything. Returns the exit code."""
    from secretariat.local import postgres, testing, valkey

    from . import figures, office

    asked = _parser().parse_args(arguments)
    measured, failed = [], False
    with testing.own_folder("bench") as folder:
        try:
            with office.running(folder) as started:
                for name in asked.names or (QUICK if asked.quick else BENCHES):
                    found = _measured(name, started, quick=asked.quick)
                    measured += found
                    failed |= not found
        except (postgres.PostgresFell, valkey.ValkeyFell) as trouble:
            print(trouble, file=sys.stderr, flush=True)
            failed = True
        print(figures.table(measured, folder))
    return int(failed)


def _measured(name: str, office, *, quick: bool) -> list:
    """The figures of one benchmark, or none and a word why, where the measurement proves nothing."""
    from .figures import MeasurementFailed

    began = time.monotonic()
    try:
        found = importlib.import_module(f"{__name__}.{name}").measure(office, quick=quick)
    except MeasurementFailed as trouble:
        print(f"{name}: {trouble}", file=sys.stderr, flush=True)
        office.stop_all()
        office.empty()
        return []
    for figure in found:
        print(figure.as_json(), flush=True)
    print(f"{name}: {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    return found


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "manage.py bench",
        description="; ".join(f"{name}: {what}" for name, what in BENCHES.items()),
    )
    parser.add_argument("names", nargs="*", choices=[*BENCHES, []], metavar="NAME", help=", ".join(BENCHES))
    parser.add_argument("--quick", action="store_true", help="smaller, two minutes at most")
    return parser
