"""Mail for clients that our e-mail provider takes in: which mailbox it is for, by the envelope's address."""

from datetime import datetime

from django.db.models import Q

from messages_app.models import Mail, Mailbox

from . import coming_in, tokens

Incoming = Mailbox.Incoming


def mailbox_of(recipient: str) -> Mailbox | None:
    """Whose mail this is, by whom it was delivered to: never by whom it names."""
    address = tokens.without(recipient.strip())
    plain = address.partition("@")[0].partition("+")[0] + "@" + address.partition("@")[2]
    ours = Q(our_address__in=[address, plain]) | Q(
        address__in=[address, plain], our_address="", incoming__in=[Incoming.OURS, Incoming.BOTH]
    )
    return Mailbox.objects.filter(ours, ended_at=None).select_related("client").first()


def came(
    raw: bytes,
    mailbox: Mailbox,
    *,
    recipient: str,
    at: datetime,
    envelope_sender: str | None = None,
    is_spam: bool = False,
) -> Mail:
    """Keep it, in the transaction of its notice."""
    filed = coming_in.came(
        mailbox,
        raw,
        filed_at=at,
        at=at,
        recipient=recipient,
        envelope_sender=envelope_sender,
        is_spam=is_spam,
    )
    if mailbox.state == Mailbox.State.NEW and mailbox.incoming == Incoming.OURS:
        Mailbox.objects.filter(pk=mailbox.pk).update(state=Mailbox.State.CONNECTED, looked_at=at)
    return filed.mail
