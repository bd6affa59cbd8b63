"""What recurs for clients."""

from secretariat import clock
from secretariat.outbox.rounds import every

from . import bulletins, closing, going_home, minders


@every(seconds=3600)
def ask_about_holidays() -> int:
    """The coming year's public holidays, before each client in good time."""
    return closing.propose_where_due(at=clock.now())


@every(seconds=60)
def release_what_was_left() -> int:
    """No piece of work waits for somebody who has gone home."""
    return going_home.release_what_was_left(at=clock.now())


@every(seconds=15)
def announce_bulletins() -> int:
    """A bulletin that was written for later has come into force."""
    return bulletins.announce_due(at=clock.now())


@every(seconds=15)
def announce_minders() -> int:
    """What was promised for this hour has fallen due."""
    return minders.announce_due(at=clock.now())
