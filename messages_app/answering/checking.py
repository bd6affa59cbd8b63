"""What speaks against sending a mail: seen before it is sent, and once more when it leaves."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from clients.models import Channel, Suppression
from messages_app import delivering
from messages_app.mail import arrival
from messages_app.models import Mail, MailThread, OutgoingMail

from . import drafting

ANSWERED, MARKED, MORE_CAME = "answered", "marked", "more_came"
MOST_OF_HERS = 20  # that she wrote in one conversation while one answer was written


@dataclass(frozen=True)
class Meanwhile:
    """What happened in a conversation while an answer was written: `how` is ANSWERED, MARKED or MORE_CAME.

    MARKED: the client's own program says that she answered this mail, and her answer was not found.
    """

    how: str
    mail: Mail


def meanwhile(outgoing: OutgoingMail, *, had_seen=None, known_at: datetime | None = None) -> Meanwhile | None:
    """What its author has not had before her.

    `had_seen`: the newest mail she was shown since. `known_at`: when she was told what else had happened.
    """
    thread = outgoing.thread
    if thread is None:
        return None
    seen = {str(each) for each in (outgoing.had_seen, had_seen) if each}
    known = Mail.objects.filter(thread=thread, pk__in=seen).order_by("-at", "-pk").first()
    later = thread.mails.order_by("-at", "-pk")
    if known:
        later = later.filter(at__gte=known.at).exclude(pk__in=seen)
    elif not outgoing.had_seen:  # there was nothing yet
        later = later.filter(at__gt=outgoing.began_at)
    hers = later.filter(direction=Mail.Direction.OUT, by=None, automatic=False)
    if answered := next(filter(arrival.answers, hers[:MOST_OF_HERS]), None):
        return Meanwhile(ANSWERED, answered)
    informed_at = max(filter(None, (outgoing.began_at, outgoing.informed_at, known_at)))
    marked = thread.mails.filter(direction=Mail.Direction.IN, answered_at__gt=informed_at)
    if found := marked.order_by("-at", "-pk").first():
        return Meanwhile(MARKED, found)
    came = later.filter(direction=Mail.Direction.IN).first()
    return Meanwhile(MORE_CAME, came) if came else None


def refused_addresses(addresses: Iterable[str]) -> dict[str, Suppression]:
    """Those to which nothing is sent, with the reason on record."""
    found = {address: delivering.objection(Channel.EMAIL, address) for address in addresses}
    return {address: refused for address, refused in found.items() if refused}


def refusals_in_words(addresses: Iterable[str]) -> list[str]:
    """Why nothing is sent to some of them, each as a sentence."""
    why = {
        Suppression.Because.BOUNCED: _("mail came back for good"),
        Suppression.Because.COMPLAINED: _("our mail was marked as unwanted there"),
    }
    said = _("Nothing is sent to %(address)s: %(why)s. A supervisor can have it sent to again.")
    return [
        said % {"address": address, "why": why.get(refused.because) or refused.get_because_display()}
        for address, refused in refused_addresses(addresses).items()
    ]


def newest_id(thread: MailThread | None):
    return getattr(drafting.newest(thread), "pk", None)
