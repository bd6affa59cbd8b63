"""What recurs for diaries."""

from secretariat import clock
from secretariat.outbox.rounds import every

from . import booking


@every(seconds=15)
def let_holds_lapse() -> int:
    """Times that were held for somebody are free when nobody took them."""
    return booking.lapse_due(at=clock.now())
