"""What recurs: urgent messages that nobody has acknowledged, and mail that was kept for later."""

from secretariat import clock
from secretariat.outbox.rounds import every

from . import escalating
from .answering import domains, following
from .incoming_post import receiving
from .letters import carrier_asking
from .mail import coming_up, schedule
from .models import Message

AT_MOST = 50


@every(seconds=1)
def climb_ladders() -> int:
    """Try the next person and channel wherever that is due."""
    due = Message.objects.filter(pk__in=escalating.due_messages(AT_MOST)).order_by("pk")
    return sum(escalating.climb(message, at=clock.now()) for message in due)


@every(seconds=30)
def bring_up_mail() -> int:
    """What was kept for later comes to the desk on its day."""
    return coming_up.bring_up(at=clock.now())


@every(seconds=2)
def look_for_mail() -> int:
    """Mailboxes that lie elsewhere are looked into in turn."""
    return schedule.ask_for_due(at=clock.now())


@every(seconds=600)
def forget_looks() -> int:
    return schedule.forget_old(at=clock.now())


@every(seconds=600)
def shred_post() -> int:
    """Paper that has been kept as long as agreed is shredded by a person."""
    return receiving.to_shred(at=clock.now())


@every(seconds=60)
def ask_the_carrier() -> int:
    """What has become of letters that a carrier has, of which it has told nothing for long."""
    return carrier_asking.ask_for_due(at=clock.now())


@every(seconds=60)
def look_after_sent_mail() -> int:
    """What left while the disk was full is filed; domains in whose name we write are looked at each week."""
    at = clock.now()
    return following.file_what_left(at=at) + domains.ask_for_due(at=at)
