"""What recurs for diaries."""

from secretariat import clock
from secretariat.outbox.rounds import every

from . import agendas, being_invited, booking, chasing, looking, outcomes, pushes, reminding, syncing


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


@every(seconds=5)
def remind_guests() -> int:
    """Reminders go out when they are due."""
    return reminding.send_due(at=clock.now())


@every(seconds=600)
def look_at_reminders_again() -> int:
    """A zone's law may change between the planning of a reminder and its hour."""
    return reminding.look_again(at=clock.now())


@every(seconds=60)
def send_agendas() -> int:
    """Whoever wants it has the agenda of the days to come, the evening before."""
    return agendas.send_due(at=clock.now())


@every(seconds=60)
def ask_what_came_of_it() -> int:
    """Where a client wants it, the desk is asked what came of a meeting."""
    return outcomes.ask_due(at=clock.now())


@every(seconds=30)
def follow_up_requests() -> int:
    """Whoever was asked for a meeting and has not answered is reminded, followed up, or given up."""
    return chasing.all_due(at=clock.now())
