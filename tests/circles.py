"""How long each circle of the tests took, and which files and tests longest: printed at the end of every run.

Whoever lifts the whole over a quarter of an hour moves a story down a circle, and these are the figures to
choose by. Seconds are the workers' own, set-up and tear-down with them, so two workers spend two a second.
"""

from collections import Counter, defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).parent
SLOWEST = 25
CIRCLES = ("rules", "rooms", "races", "walls", "stories", "screens", "slow")
WALLS = ("access", "contracts", "settings", "walls")


def circle_of(item) -> str:
    """Told by what a test uses, and for walls by where it stands."""
    uses, folder = set(getattr(item, "fixturenames", ())), item.path.relative_to(ROOT).parts[0]
    database = item.get_closest_marker("django_db")
    if item.get_closest_marker("slow"):
        return "slow"
    if "running_office" in uses:
        return "stories"
    if "chrome" in uses:
        return "screens"
    if folder in WALLS or folder.startswith("test_"):
        return "walls"
    if "transactional_db" in uses or (database and database.kwargs.get("transaction")):
        return "races"
    return "rooms" if database or "db" in uses else "rules"


class Stopwatch:
    def __init__(self):
        self.seconds: dict[str, Counter] = defaultdict(Counter)  # by circle, then by test

    def pytest_runtest_logreport(self, report):
        circle = dict(report.user_properties).get("circle")
        if circle:
            self.seconds[circle][report.nodeid] += report.duration

    def pytest_terminal_summary(self, terminalreporter):
        if not self.seconds:
            return
        terminalreporter.section("seconds per circle")
        for circle in sorted(self.seconds, key=CIRCLES.index):
            tests = self.seconds[circle]
            terminalreporter.line(f"{sum(tests.values()):8.1f} s  {circle:8} {len(tests):5} tests")
        every = sum(self.seconds.values(), Counter())
        files: Counter = Counter()
        for nodeid, seconds in every.items():
            files[nodeid.partition("::")[0]] += seconds
        for what, took in (("files", files), ("tests", every)):
            terminalreporter.section(f"the {min(SLOWEST, len(took))} slowest {what}")
            for name, seconds in took.most_common(SLOWEST):
                terminalreporter.line(f"{seconds:8.1f} s  {name}")


def pytest_configure(config):
    # A worker of pytest-xdist only runs tests; the process that started it counts and prints.
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Stopwatch(), "stopwatch")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    for item in items:
        item.user_properties.append(("circle", circle_of(item)))
