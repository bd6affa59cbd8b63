"""For whom a provider took a mail in, where it posts one mail once for several. Pure.

Anymail tells of the first of them. The others are our clients just as well, and each must have her mail.
"""

import json
from collections.abc import Callable

from anymail.inbound import AnymailInboundMessage


def everybody(esp_name: str, message: AnymailInboundMessage, posted) -> list[str]:
    """Addresses of the envelope, each once; none where the provider tells no envelope at all.

    `posted` is what it posted, as anymail hands it on: parsed JSON, or the request.
    """
    told = SEVERAL.get(esp_name)
    named = [message.envelope_recipient, *(_said(told, posted) if told else [])]
    return list(dict.fromkeys(each.strip() for each in named if isinstance(each, str) and each.strip()))


def named_in(message: AnymailInboundMessage) -> list[str]:
    """Whom its own headers name, as the last resort: they do not tell of a hidden copy."""
    found = []
    for header in (message.to, message.cc):
        found += [each.addr_spec for each in header]
    return list(dict.fromkeys(found))


def _said(told: Callable[..., list], posted) -> list:
    try:
        return list(told(posted))
    except (KeyError, TypeError, ValueError, AttributeError):  # not posted as its documents say
        return []


SEVERAL: dict[str, Callable[..., list]] = {
    "Amazon SES": lambda posted: posted["receipt"]["recipients"],
    "Brevo": lambda posted: posted["Recipients"],
    "MailerSend": lambda posted: [each["email"] for each in posted["data"]["recipients"]["rcptTo"]],
    "SendGrid": lambda posted: json.loads(posted.POST["envelope"])["to"],
}
