"""What recurs for diaries."""

from secretariat import clock
from secretariat.outbox.rounds import every

from . import booking, chasing, looking, pushes, syncing


@every(seconds=15)
def let_holds_lapse() -> int:
    """Times that were held for somebody are free when nobody took them."""
    return booking.lapse_due(at=clock.now())


@every(seconds=60)
def ask_to_be_told() -> int:
    """Channels of calendars elsewhere end; before they do, another is asked for."""
    return pushes.arrange(at=clock.now())


@every(seconds=5)
def look_at_calendars() -> int:
    """Calendars elsewhere are read in turn."""
    return looking.ask_for_due(at=clock.now())


@every(seconds=600)
def look_further_ahead() -> int:
    """What repeats is worked out further, as days go by; what is long past is forgotten."""
    at = clock.now()
    return syncing.look_further_ahead(at=at) + syncing.tidy(at=at) + looking.forget_old(at=at)


@every(seconds=30)
def follow_up_requests() -> int:
    """Whoever was asked for a meeting and has not answered is reminded, followed up, or given up."""
    return chasing.all_due(at=clock.now())
