"""The figures at the end of a run: each test counted once, in its circle."""

from types import SimpleNamespace

from .circles import Stopwatch, circle_of


def test_this_one_is_among_the_walls(request):
    assert circle_of(request.node) == "walls"


def test_a_story_is_told_by_the_office_it_uses(request):
    item = SimpleNamespace(
        fixturenames=["office", "running_office", "chrome", "db"],
        path=request.node.path.parent / "stories" / "test_lines.py",
        get_closest_marker=lambda name: None,
    )
    assert circle_of(item) == "stories"


def test_set_up_call_and_tear_down_are_one_test():
    watch, lines = Stopwatch(), []
    for nodeid, circle, seconds in (("a", "rooms", 1), ("a", "rooms", 2), ("b", "stories", 9)):
        report = SimpleNamespace(nodeid=nodeid, duration=seconds, user_properties=[("circle", circle)])
        watch.pytest_runtest_logreport(report)
    watch.pytest_terminal_summary(SimpleNamespace(section=lines.append, line=lines.append))
    told = [line.split() for line in lines]
    assert ["3.0", "s", "rooms", "1", "tests"] in told
    assert told[-2:] == [["9.0", "s", "b"], ["3.0", "s", "a"]]
