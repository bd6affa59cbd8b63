"""What a provider's event means for the address, where anymail's words for it leave that open. Pure.

anymail calls a mailbox that is full and one that never was by the same word; here they differ: to the first
we write again. It names the first of several recipients where the provider names none; here, nobody.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

FOR_NOW = "for_now"  # the reason of what did not arrive this time, and may the next
BOUNCED, FAILED, REJECTED = "bounced", "failed", "rejected"
# RFC 3463: the mailbox, or its domain, is not there, or is closed.
NOBODY_THERE = re.compile(r"(?<![\d.])5\.(?:1\.(?:1|2|3|6|10)|2\.1)(?![\d.])")
# Likewise: it is there, and full, even where its server said so for good.
IS_FULL = re.compile(r"(?<![\d.])[45]\.2\.2(?![\d.])")
# https://support.sparkpost.com/docs/deliverability/bounce-classification-codes: 10 and 30 alone are for good.
PASSING_AT_SPARKPOST = frozenset(["1", "20", "21", "22", "23", "24", "40", "70"])
PASSING_AT_MAILJET = frozenset(["quota exceeded", "greylisted", "no mail host", "relay/access denied"])

Posted = Mapping[str, Any]


def _within(posted: Any, *names: str) -> Any:
    for name in names:
        posted = posted.get(name) if isinstance(posted, Mapping) else None
    return posted


def _of_mailjet(posted: Posted) -> bool:
    if posted.get("error") in PASSING_AT_MAILJET:
        return True
    return posted.get("event") == "bounce" and not posted.get("hard_bounce")


def _of_resend(posted: Posted) -> bool:
    kind = _within(posted, "data", "bounce", "type")
    return kind is not None and kind != "Permanent"


def _of_sparkpost(posted: Posted) -> bool:
    [event] = list((posted.get("msys") or {}).values())[:1] or [{}]
    return str(_within(event, "bounce_class")) in PASSING_AT_SPARKPOST


PASSING: dict[str, Callable[[Posted], bool]] = {
    "Amazon SES": lambda posted: _within(posted, "bounce", "bounceType") in ("Transient", "Undetermined"),
    "Brevo": lambda posted: posted.get("event") == "soft_bounce",
    "MailerSend": lambda posted: _within(posted, "data", "type") == "soft_bounced",
    "Mailjet": _of_mailjet,
    "Mandrill": lambda posted: posted.get("event") == "soft_bounce",
    "Postmark": lambda posted: posted.get("Type") == "SoftBounce",
    "Resend": _of_resend,
    "SendGrid": lambda posted: posted.get("event") == "bounce" and posted.get("type") == "blocked",
    "SparkPost": _of_sparkpost,
}


@dataclass(frozen=True)
class Word:
    """`recipient` is empty where the provider does not say which of several it is about."""

    event_type: str
    recipient: str
    reason: str
    why: str


def heard(esp_name: str, event) -> Word:
    """Of one event as anymail read it, with what was posted beside it."""
    posted = event.esp_event if isinstance(event.esp_event, Mapping) else {}
    kind, reason = event.event_type, event.reject_reason or ""
    why = " ".join(str(event.mta_response or event.description or "").split())[:240]
    passing = PASSING.get(esp_name, lambda _posted: False)(posted) or IS_FULL.search(why)
    if kind in (BOUNCED, REJECTED) and passing:
        reason = FOR_NOW
    elif kind in (BOUNCED, FAILED, REJECTED) and NOBODY_THERE.search(why):
        kind, reason = BOUNCED, BOUNCED
    recipient = "" if _is_about_one_of_several(esp_name, posted) else str(event.recipient or "")
    return Word(kind, recipient, reason, why)


def _is_about_one_of_several(esp_name: str, posted: Posted) -> bool:
    """Resend posts an event for each, and in each of them everybody's name."""
    if esp_name != "Resend":
        return False
    named = [_within(posted, "data", field) or [] for field in ("to", "cc", "bcc")]
    return sum(len(each) if isinstance(each, list) else 1 for each in named) > 1
