"""Whether something may be sent to an address, and what a word or a bounce means. Pure.

Numbers are E.164 and mailboxes lower case, as they are kept with the contact.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

STOP, START = "stop", "start"
BOUNCED, COMPLAINED, REFUSED = "bounced", "complained", "refused"
OPTED_OUT = "21610"  # the carrier's code for a number that has said stop

# The words for which the carrier itself stops sending from a long number, and those that start it again.
STOP_WORDS = frozenset(["STOP", "STOPALL", "UNSUBSCRIBE", "END", "QUIT", "CANCEL", "REVOKE", "OPTOUT"])
START_WORDS = frozenset(["START", "UNSTOP", "YES"])


@dataclass(frozen=True)
class Suppressed:
    """Nothing more goes by this channel to this address."""

    channel: str
    address: str
    because: str
    since: datetime


def objection(channel: str, address: str, suppressed: Iterable[Suppressed]) -> Suppressed | None:
    """What forbids sending to this address by this channel, if anything does. Others ways stay open."""
    wanted = address.strip().lower()
    return next((s for s in suppressed if s.channel == channel and s.address == wanted), None)


def said(body: str, opt_out_type: str = "", *, is_stopped: bool = False) -> str:
    """`stop`, `start` or nothing. The carrier's own judgement counts, then the word, if it stands alone.

    YES starts only what was stopped: to anybody else it is an answer like any other.
    """
    if opt_out_type:
        return {"STOP": STOP, "START": START}.get(opt_out_type.upper(), "")
    word = "".join(filter(str.isalpha, body)).upper() if len(body.split()) == 1 else ""
    if word in STOP_WORDS:
        return STOP
    if word in START_WORDS and (is_stopped or word != "YES"):
        return START
    return ""


def of_mail(event_type: str, reason: str = "") -> str:
    """Why a mailbox is not written to after this event of the provider; empty where it still may be.

    A mail that was refused for a while, or for what it held, says nothing about the mailbox.
    """
    if event_type == "complained":
        return COMPLAINED
    if event_type == "bounced" and reason in ("", "bounced", "invalid"):
        return BOUNCED
    if event_type == "rejected" and reason in ("bounced", "invalid"):
        return BOUNCED
    return ""


def of_report(action: str, status: str) -> str:
    """The same for a mail server's own report: `failed` with a permanent status about the mailbox itself."""
    about_the_mailbox = status.startswith(("5.1.", "5.2.1"))
    return BOUNCED if action.lower() == "failed" and about_the_mailbox else ""
