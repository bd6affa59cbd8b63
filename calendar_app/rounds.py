"""What recurs for diaries."""

from secretariat import clock
from secretariat.outbox.rounds import every

from . import being_invited, booking, looking, pushes, syncing


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


@every(seconds=60)
def judge_invitations() -> int:
    """What came by mail and stands in no calendar of hers is judged by her rule all the same."""
    return being_invited.judge_due(at=clock.now())


@every(seconds=600)
def look_further_ahead() -> int:
    """What repeats is worked out further, as days go by; what is long past is forgotten."""
    at = clock.now()
    return syncing.look_further_ahead(at=at) + syncing.tidy(at=at) + looking.forget_old(at=at)
