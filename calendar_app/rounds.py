"""What recurs for diaries."""

from secretariat import clock
from secretariat.outbox.rounds import every

from . import booking, pushes


@every(seconds=15)
def let_holds_lapse() -> int:
    """Times that were held for somebody are free when nobody took them."""
    return booking.lapse_due(at=clock.now())


@every(seconds=60)
def ask_to_be_told() -> int:
    """Channels of calendars elsewhere end; before they do, another is asked for."""
    return pushes.arrange(at=clock.now())
