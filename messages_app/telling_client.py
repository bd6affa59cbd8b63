"""The client is told by mail that something of her mail waits for her. What it is stands in the portal alone.

Each word goes to each owner who has a mailbox, once; whether it is still so is asked when it leaves.
"""

from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from clients.models import Client
from secretariat import outbox

from .letters.telling import owners
from .mail import automatic
from .models import Mailbox, MailRule, OutgoingMail, OutgoingVersion

TELL = "messages.mail_tell"
VERSION, RULE, MAILBOX = (
    "messages_app.outgoingversion",
    "messages_app.mailrule",
    "messages_app.mailbox",
)


def that_a_mail_waits(version: OutgoingVersion) -> None:
    """Of each version she is shown. Call it in the transaction that shows it, as all of these."""
    _tell(
        version.client,
        (VERSION, version.pk),
        page=reverse("mail-approval", args=[version.outgoing_id]),
        said=lambda name: (
            _("A mail waits for your word"),
            _("Your secretary has written it for %(client)s. It leaves once it is approved.")
            % {"client": name},
        ),
    )


def that_a_rule_is_proposed(rule: MailRule) -> None:
    """While another waits for her she is not told again: she finds them together."""
    others = MailRule.objects.filter(client=rule.client_id, state=MailRule.State.PROPOSED)
    if others.exclude(pk=rule.pk).exists():
        return
    _tell(
        rule.client,
        (RULE, rule.pk),
        page=reverse("mail-portal"),
        said=lambda name: (
            _("Your secretary proposes a rule"),
            _("It says how mail for %(client)s is sorted from now on, if you accept it.") % {"client": name},
        ),
    )


def that_a_mailbox_is_refused(mailbox: Mailbox) -> None:
    """Once, until it works again."""
    address = mailbox.address
    _tell(
        mailbox.client,
        (MAILBOX, mailbox.pk),
        page=reverse("mail-portal"),
        said=lambda name: (
            _("Your mailbox must be connected again"),
            _("%(address)s of %(client)s lets us in no more. Until then we read nothing that comes there.")
            % {"address": address, "client": name},
        ),
        turn=f":{mailbox.troubled_since:%Y%m%d%H%M%S}" if mailbox.troubled_since else "",
    )


def still_so(subject_kind: str, subject_id: UUID) -> bool:
    """Whether nobody has decided or mended it since she was to be told."""
    waits = {
        VERSION: OutgoingVersion.objects.filter(
            decision=OutgoingVersion.Decision.WAITS, outgoing__state=OutgoingMail.State.AWAITING
        ),
        RULE: MailRule.objects.filter(state=MailRule.State.PROPOSED),
        MAILBOX: Mailbox.objects.filter(state=Mailbox.State.REFUSED, ended_at=None),
    }
    return waits[subject_kind].filter(pk=subject_id).exists()


def _tell(
    client: Client,
    subject: tuple[str, UUID],
    *,
    page: str,
    said: Callable[[str], tuple[str, str]],
    turn: str = "",
) -> None:
    with translation.override(client.language.split("-")[0]):
        title, text = said(client.name)
    link = f"{settings.PUBLIC_BASE_URL}{page}?client={client.pk}"
    for address in owners(client):
        outbox.post(
            TELL,
            key=f"{TELL}:{subject[1]}{turn}:{address.pk}",
            client_id=client.pk,
            subject=subject,
            payload={
                "to": address.value,
                "subject": title,
                "text": f"{text}\n\n{link}\n",
                "headers": automatic.headers(answering=False),
            },
        )
