import pytest

from .switchboard import Switchboard, connected


@pytest.fixture
def board(db, settings):
    """The switchboard, with nobody at work yet."""
    board = Switchboard(settings)
    with connected(board):
        yield board


@pytest.fixture
def priya(board):
    """The client's own secretary, by browser."""
    return board.secretary("Priya")


@pytest.fixture
def maya(board):
    """The stand-in, by her own telephone."""
    return board.secretary("Maya", turn="stand_in", home_number="+441632960002")
