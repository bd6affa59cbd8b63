"""Under whose name a client's mail leaves, and which record of her domain keeps it from being her own."""

from dataclasses import dataclass
from datetime import datetime

from messages_app.mail import addressing
from messages_app.mail.domain_check import State
from messages_app.models import Mailbox, SendingDomain

from . import domains, making


@dataclass(frozen=True)
class Naming:
    """As whom others see her where mail leaves by us. `missing`: what stands wrong, each with its words."""

    sender: str
    domain: str
    is_hers: bool  # her own address stands there
    is_set_up: bool  # the firm has said what is to stand in her domain's records
    missing: tuple[dict, ...] = ()
    looked_at: datetime | None = None


def of(mailbox: Mailbox) -> Naming | None:
    """None: it leaves by her own server, as whatever she writes herself."""
    heading = making.heading_of(mailbox)
    if not heading.by_us:
        return None
    domain = addressing.domain_of(mailbox.address)
    known = SendingDomain.objects.filter(client=mailbox.client_id, domain=domain).first()
    found = [each for each in known.findings if each["state"] != State.THERE] if known else []
    return Naming(
        sender=heading.sender,
        domain=domain,
        is_hers=heading.because == addressing.VERIFIED,
        is_set_up=known is not None,
        missing=tuple(each | {"words": domains.in_words(each)} for each in found),
        looked_at=known.checked_at if known else None,
    )
