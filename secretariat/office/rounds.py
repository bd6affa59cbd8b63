from secretariat import clock
from secretariat.outbox.rounds import every

from . import presence


@every(seconds=5)
def notice_silent_browsers() -> int:
    """Nobody is offered a call who is not there."""
    return presence.notice_silence(at=clock.now())
