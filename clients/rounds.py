"""What recurs for clients."""

from secretariat import clock
from secretariat.outbox.rounds import every

from . import closing


@every(seconds=3600)
def ask_about_holidays() -> int:
    """The coming year's public holidays, before each client in good time."""
    return closing.propose_where_due(at=clock.now())
