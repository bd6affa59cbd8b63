"""How the workers share the tests: file by file, and in one piece what has something dear in common.

A real office, the world of the access matrix, the rows of a filled demo: each is made once for a worker that
needs it. What takes longest is begun first, so that the workers end together.
"""

import pytest

IN_ONE_PIECE = ("tests/stories/", "tests/access/", "tests/screens/")
ONE_BY_ONE = (
    "tests/calls/test_anything_happens.py",
    "tests/calls/test_rehearsing.py",
    "tests/messages_app/mail/test_hostile_mails.py",
)
# A demo is started again and again: begun last, it would keep one worker while the others have ended.
FIRST = ("tests/slow/", *IN_ONE_PIECE, "tests/local/test_demo.py")


def piece_of(nodeid: str) -> str:
    """What one worker does without another: a folder, a file, or this one test."""
    file = nodeid.partition("::")[0]
    if file in ONE_BY_ONE:
        return nodeid
    return next((folder for folder in IN_ONE_PIECE if file.startswith(folder)), file)


def pytest_collection_modifyitems(items):
    rank = {folder: number for number, folder in enumerate(FIRST)}
    items.sort(
        key=lambda item: min(
            (number for folder, number in rank.items() if item.nodeid.startswith(folder)), default=len(FIRST)
        )
    )


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    from xdist.scheduler import LoadScopeScheduling

    class ByPiece(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            return piece_of(nodeid)

    config.option.loadscopereorder = False  # the order is ours
    return ByPiece(config, log)
