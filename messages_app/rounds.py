"""What is looked after every second or so: urgent messages that nobody has acknowledged yet."""

from secretariat import clock
from secretariat.outbox.rounds import every

from . import escalating
from .models import Message

AT_MOST = 50


@every(seconds=1)
def climb_ladders() -> int:
    """Try the next person and channel wherever that is due."""
    due = Message.objects.filter(pk__in=escalating.due_messages(AT_MOST)).order_by("pk")
    return sum(escalating.climb(message, at=clock.now()) for message in due)
