from secretariat import clock
from secretariat.outbox.rounds import every

from . import presence, suspending
from .contracts import ending
from .profiles import proving
from .rota import attending, open_shifts, swapping
from .vacancies import referring


@every(seconds=5)
def notice_silent_browsers() -> int:
    """Nobody is offered a call who is not there."""
    return presence.notice_silence(at=clock.now())


@every(seconds=30)
def notice_who_has_not_come() -> int:
    """A shift that nobody has started is somebody's to look after."""
    return attending.notice_late(at=clock.now())


@every(seconds=60)
def notice_open_shifts() -> int:
    """A shift that nobody has taken does not begin with nobody there, unnoticed."""
    return open_shifts.notice(at=clock.now())


@every(seconds=60)
def open_shifts_of_the_suspended() -> int:
    """Nobody counts on whoever may not come in: what nears is open in time for somebody to take it."""
    return suspending.open_what_nears(at=clock.now())


@every(seconds=60)
def let_swaps_run_out() -> int:
    """What nobody has answered in time."""
    return swapping.expire_due(at=clock.now())


@every(seconds=60)
def stop_trials() -> int:
    """Nobody works longer for nothing than was agreed."""
    return ending.stop_trials(at=clock.now())


@every(seconds=300)
def go_on_with_references() -> int:
    """Whoever was asked about an applicant is reminded once; of whom nothing came, the firm is told."""
    return referring.go_on(at=clock.now())


@every(seconds=300)
def warn_of_certificates() -> int:
    """Nobody finds out on the day that hers has expired."""
    return proving.warn(at=clock.now())


@every(seconds=300)
def warn_of_contracts() -> int:
    """Nobody finds out on the day itself that a contract ends."""
    return ending.warn(at=clock.now())


@every(seconds=300)
def end_contracts() -> int:
    """What ends with a contract ends by itself."""
    return ending.end_what_is_over(at=clock.now())
