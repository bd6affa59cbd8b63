"""Templates of mails, and what their tokens stand for."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from messages_app import filling
from messages_app.letters.sheets import in_full
from messages_app.models import MailTemplate, OutgoingMail
from secretariat import ledger
from secretariat.office import names
from secretariat.office.models import Firm

SUBJECT = "messages_app.mailtemplate"


@dataclass(frozen=True)
class Filled:
    """A template for one mail. `missing`: tokens that nobody could fill, in the order in which they come."""

    words: str
    subject: str
    missing: tuple[str, ...] = ()


def tokens() -> dict[str, str]:
    """Every token, and what it stands for in words."""
    return {
        "name": _("the correspondent’s name"),
        "first_name": _("the correspondent’s first name"),
        "client": _("the client’s name"),
        "secretary": _("your name"),
        "firm": _("our firm’s name"),
        "subject": _("what the mail is about"),
        "date": _("today’s date, where the client is"),
    }


def fill(template: MailTemplate, outgoing: OutgoingMail, *, by, at: datetime) -> Filled:
    values = values_for(outgoing, by=by, at=at)
    asked = filling.left_open(template.subject, template.words)
    return Filled(
        words=filling.fill(template.words, values),
        subject=filling.fill(template.subject, values),
        missing=tuple(name for name in asked if not values.get(name)),
    )


def left_open(words: str, outgoing: OutgoingMail) -> list[str]:
    """Tokens in what was written for this mail: ours, and those of the templates it could be written from.

    Other words in braces are her own, and go as they stand.
    """
    standing = filling.left_open(words)
    if not standing:
        return []
    offered = MailTemplate.objects.for_client(outgoing.client).values_list("subject", "words")
    known = {*tokens(), *filling.left_open(*(each for pair in offered for each in pair))}
    return [name for name in standing if name in known]


def values_for(outgoing: OutgoingMail, *, by, at: datetime) -> dict[str, str]:
    thread, client = outgoing.thread, outgoing.client
    last = outgoing.answers
    known = thread.correspondent.name if thread and thread.correspondent else ""
    name = known or (last.sender_name if last else "")
    return {
        "name": name,
        "first_name": filling.first_name(name),
        "client": client.name,
        "secretary": names.to_clients(by),
        "firm": Firm.current().name,
        "subject": thread.subject if thread else outgoing.values.get("subject", ""),
        "date": in_full(at.astimezone(ZoneInfo(client.zone)).date(), client.language),
    }


@transaction.atomic
def write(*, client, name: str, subject: str, words: str, by, at: datetime, instead_of=None) -> MailTemplate:
    """Keep a template. One that it takes the place of is offered no more, and stays as it was."""
    if instead_of:
        end(instead_of, by=by, at=at)
    made = MailTemplate.objects.create(
        client=client, name=name, subject=subject, words=words, by=by, since=at
    )
    ledger.record(
        "correspondence.template_written",
        actor_id=by.pk,
        client_id=client.pk if client else None,
        subject=(SUBJECT, made.pk),
    )
    return made


@transaction.atomic
def end(template: MailTemplate, *, by, at: datetime) -> bool:
    """Offer it no more. False if it was offered no more."""
    if not MailTemplate.objects.filter(pk=template.pk, ended_at=None).update(ended_at=at):
        return False
    ledger.record(
        "correspondence.template_ended",
        actor_id=by.pk,
        client_id=template.client_id,
        subject=(SUBJECT, template.pk),
    )
    return True
