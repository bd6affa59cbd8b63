"""The token that opens a mailbox at Google or Microsoft, fresh; failures under the names of mailboxes."""

from calendar_app import elsewhere, tokens
from messages_app.models import Mailbox
from secretariat.channels.mailbox_at import Refused, Unreachable

from . import hosts
from .secret import seal, secret_of


class OfMailbox(tokens.OfRow):
    """Of one mailbox."""

    model = Mailbox

    def secret_of(self, row) -> dict:
        return secret_of(row)

    def seal(self, row, secret: dict) -> None:
        seal(row, secret)


def of(mailbox: Mailbox, *, refused: str = "") -> str:
    """One that is good now, and is not the one that was refused. Open no transaction around it.

    Raises Refused (`consent`, `not_set_up`) where somebody must act, and Unreachable where later may do.
    """
    service = hosts.of(mailbox.service)
    if service is None:
        raise Refused("not_set_up")
    try:
        return OfMailbox(mailbox.pk, service)(refused)
    except elsewhere.Refused as refusal:
        raise Refused("consent") from refusal
    except elsewhere.Trouble as silence:
        raise Unreachable("no_answer") from silence
