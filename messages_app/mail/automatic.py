"""Whether a machine of ours may answer a mail (RFC 3834), and whether a machine wrote it. Pure.

Two machines that answer each other fill mailboxes for ever, and one that answers a list answers thousands. So
silence is the rule whenever anything speaks against it, and the reason is told. A person may always answer.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

# Whoever reads none of it. Of what stands before the @, a whole word.
NOBODY = re.compile(
    r"(?:^|[._+-])(?:mailer-?daemon|postmaster|no-?reply|do-?not-?reply|bounces?|listserv|majordomo|owner|root|"
    r"abuse|notifications?|auto(?:mailer|responder|reply)?|request)(?:$|[._+-])"
)
MASS = frozenset(["bulk", "list", "junk", "auto_reply"])
SUPPRESS = frozenset(["all", "dr", "autoreply", "oof"])
LISTS = (
    "list-id",
    "list-post",
    "list-unsubscribe",
    "list-unsubscribe-post",
    "list-help",
    "list-subscribe",
    "list-archive",
    "list-owner",
)
LISTS_BY_HAND = ("x-mailing-list", "x-ml-name", "mailing-list", "x-loop", "x-autorespond", "x-autoreply")
# Each mail is promised its own answer, so the day's first is acknowledged and not only the week's.
AGAIN_AFTER = timedelta(days=1)
SAY = ("auto-submitted", "precedence", "return-path", "x-auto-response-suppress", "x-failed-recipients")
ASKED = (*SAY, *LISTS, *LISTS_BY_HAND)  # the headers that are looked at


@dataclass(frozen=True)
class Came:
    """A mail that came, as far as this is about it.

    `headers` by name in lower case, of one name the first. `envelope_sender` is None where it is not known,
    and empty where the mail was sent with none. `answered_at`: when this address was last answered so.
    """

    sender: str
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str = "text/plain"
    envelope_sender: str | None = None
    named: Collection[str] = ()  # everybody in To and Cc
    answered_at: datetime | None = None
    is_spam: bool = False


def why_not(mail: Came, *, ours: Collection[str], at: datetime) -> str:
    """Why no machine answers it, as a code; empty where one may. `ours`: every address we write from."""
    mine = {address.lower() for address in ours}
    return next((code for code, forbids in REASONS if forbids(mail, mine, at)), "")


def by_a_machine(mail: Came) -> bool:
    """Whether no person wrote it to somebody, so that it asks for nothing of us.

    That is less than what no machine answers: where a client's address is a group, whatever people write
    comes to her by a list.
    """
    if _a_machine(mail, (), None) or _a_report(mail, (), None) or _nowhere_to_answer(mail, (), None):
        return True
    precedence = _precedence(mail)
    if precedence != "auto_reply" and _is_of_a_group(mail, precedence) and not _nobody_reads(mail, (), None):
        return False
    return precedence in MASS or any(name in mail.headers for name in LISTS)


def _is_of_a_group(mail: Came, precedence: str) -> bool:
    """Whether it came by a list to which people write, as nobody does to a newsletter (RFC 2369, 8058)."""
    said = mail.headers.get("list-post", "").strip("<> ").lower()
    people_write = (said and not said.startswith("no")) or "mailing-list" in mail.headers
    sent_out = precedence in ("bulk", "junk") and "list-unsubscribe" in mail.headers
    return bool(people_write) and not sent_out and "list-unsubscribe-post" not in mail.headers


def _precedence(mail: Came) -> str:
    return mail.headers.get("precedence", "").strip().lower()


def _no_author(mail: Came, mine, at) -> bool:
    return "@" not in mail.sender


def _ourselves(mail: Came, mine, at) -> bool:
    return mail.sender.strip().lower() in mine


def _a_machine(mail: Came, mine, at) -> bool:
    said = mail.headers.get("auto-submitted", "").partition(";")[0].strip().lower()
    return said not in ("", "no")


def _a_report(mail: Came, mine, at) -> bool:
    return mail.content_type.lower() in ("multipart/report", "message/delivery-status") or (
        "x-failed-recipients" in mail.headers
    )


def _nowhere_to_answer(mail: Came, mine, at) -> bool:
    returned = mail.headers.get("return-path", "").strip()
    return mail.envelope_sender == "" or returned == "<>"


def _a_list(mail: Came, mine, at) -> bool:
    return any(name in mail.headers for name in (*LISTS, *LISTS_BY_HAND))


def _to_many(mail: Came, mine, at) -> bool:
    return _precedence(mail) in MASS


def _asked_not_to(mail: Came, mine, at) -> bool:
    wanted = {each.strip().lower() for each in mail.headers.get("x-auto-response-suppress", "").split(",")}
    return bool(SUPPRESS & wanted)


def _nobody_reads(mail: Came, mine, at) -> bool:
    local = mail.sender.rpartition("@")[0].lower()
    return bool(NOBODY.search(local))


def _not_to_us(mail: Came, mine, at) -> bool:
    return not mine & {address.lower() for address in mail.named}


def _lately(mail: Came, mine, at) -> bool:
    return mail.answered_at is not None and at - mail.answered_at < AGAIN_AFTER


REASONS: list[tuple[str, Callable[[Came, set[str], datetime], bool]]] = [
    ("no_author", _no_author),
    ("ourselves", _ourselves),
    ("a_machine", _a_machine),
    ("a_report", _a_report),
    ("nowhere_to_answer", _nowhere_to_answer),
    ("a_list", _a_list),
    ("to_many", _to_many),
    ("asked_not_to", _asked_not_to),
    ("nobody_reads", _nobody_reads),
    ("spam", lambda mail, mine, at: mail.is_spam),
    ("not_to_us", _not_to_us),
    ("lately", _lately),
]


def headers(*, answering: bool) -> dict[str, str]:
    """What a mail that no person wrote says of itself, so that no machine answers it."""
    return {
        "Auto-Submitted": "auto-replied" if answering else "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }
