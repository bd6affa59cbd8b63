"""A client's request: asked, taken back, answered; and what goes with it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F, Max
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from calls.dictation import dictating
from clients import audience, work
from clients.models import Client, Contact, WorkItem
from messages_app.answering import asking_client
from messages_app.models import ClientRequest, RequestFile
from secretariat import ledger, live, media, outbox
from secretariat.card_numbers import redact
from secretariat.office.models import User

SUBJECT = "messages_app.clientrequest"
WORK_KIND = "requests.open"
TELL = "requests.answered"
MEDIA_KIND = "requests.file"
State = ClientRequest.State


class NotAsSeen(Exception):
    """Somebody answered it, or took it back, since it was shown."""


@dataclass(frozen=True)
class Brought:
    """A file that goes with a request: its content, and what it is by its first bytes."""

    content: object  # an uploaded file
    kind: str
    content_type: str
    suffix: str
    seconds: int | None = None


@transaction.atomic
def ask(
    contact: Contact, words: str, *, urgent: bool = False, brought: Iterable[Brought] = (), at: datetime
) -> ClientRequest:
    """Put it before her secretaries, as a piece of work that stays until it is answered."""
    client = Client.objects.select_for_update(no_key=True).get(pk=contact.client_id)
    last = ClientRequest.objects.filter(client=client).aggregate(last=Max("number"))["last"] or 0
    asked = ClientRequest.objects.create(
        client=client,
        contact=contact,
        number=last + 1,
        urgent=urgent,
        words=redact(words.strip())[0][:4_000],
        asked_at=at,
        promised_at=dictating.promised(client, urgent=urgent, at=at),
    )
    for number, each in enumerate(brought, 1):
        kept = media.store(
            each.content,
            client_id=client.pk,
            kind=MEDIA_KIND,
            name=f"request-{asked.number}-{number}.{each.suffix}",
            content_type=each.content_type,
        )
        RequestFile.objects.create(
            client=client,
            request=asked,
            kind=each.kind,
            media_id=kept.pk,
            sha256=kept.sha256,
            seconds=each.seconds,
        )
    work.open_item(
        WORK_KIND,
        subject=(SUBJECT, asked.pk),
        client=client,
        because=_("%(name)s asks for something.") % {"name": contact.name},
        urgency=WorkItem.Urgency.URGENT if urgent else WorkItem.Urgency.NORMAL,
        promised_at=asked.promised_at,
    )
    _changed(asked, "requests.asked", by=contact.user)
    return asked


@transaction.atomic
def answer(asked: ClientRequest, words: str, *, version: int, by: User, at: datetime) -> None:
    """It is done, or cannot be: she reads why in the portal, and is told by mail. Raises NotAsSeen."""
    facts = {"answer": redact(words.strip())[0][:4_000], "answered_at": at, "answered_by": by}
    _move(asked, State.DONE, version=version, **facts)
    work.finish_all(subject=(SUBJECT, asked.pk), by=by, outcome=_("Answered"))
    _tell(asked)
    _changed(asked, "requests.answered", by=by)


@transaction.atomic
def take_back(asked: ClientRequest, *, version: int, by: User) -> None:
    """She does not want it any more. Raises NotAsSeen."""
    _move(asked, State.WITHDRAWN, version=version)
    work.finish_all(subject=(SUBJECT, asked.pk), by=by, outcome=_("The client has taken it back."))
    _changed(asked, "requests.taken_back", by=by)


def _move(asked: ClientRequest, to: str, *, version: int, **facts) -> None:
    rows = ClientRequest.objects.filter(pk=asked.pk, state=State.OPEN, version=version)
    if not rows.update(state=to, version=F("version") + 1, **facts):
        raise NotAsSeen
    asked.refresh_from_db()


def _tell(asked: ClientRequest) -> None:
    """One mail to whoever asked. What was answered stands in the portal alone."""
    address = _mailbox(asked)
    if not address:
        return
    client = asked.client
    with translation.override(client.language):
        title = _("Your secretary has answered")
        text = _("What you asked for, number %(n)d for %(client)s, is answered. Read it here:") % {
            "n": asked.number,
            "client": client.name,
        }
    link = f"{settings.PUBLIC_BASE_URL}{reverse('requests-one', args=[asked.pk])}?client={client.pk}"
    outbox.post(
        TELL,
        key=f"{TELL}:{asked.pk}",
        client_id=client.pk,
        subject=(SUBJECT, asked.pk),
        payload={"to": address, "subject": title, "text": f"{text}\n\n{link}"},
    )


def unheard(asked: ClientRequest) -> str:
    """Why she may not learn that it is answered, for whoever answered it; empty where a mail goes to her."""
    if _mailbox(asked):
        return ""
    name = {"name": asked.contact.name}
    if not asked.contact.user_id:
        return _("%(name)s cannot be reached from here. Ring, and say what you have answered.") % name
    return _("Nothing tells %(name)s that your answer waits in the portal. Ring, if it is urgent.") % name


def _mailbox(asked: ClientRequest) -> str:
    """Where she is told of it; empty where she has no mailbox to which something may be sent."""
    return asking_client.mailboxes([asked.contact]).get(asked.contact_id, "")


def _changed(asked: ClientRequest, verb: str, *, by) -> None:
    ledger.record(
        verb, actor_id=by.pk if by else None, client_id=asked.client_id, subject=(SUBJECT, asked.pk)
    )
    concerned = audience.desk(asked.client_id) | audience.portal(asked.client_id)
    live.announce("task.changed", asked.pk, asked.version, concerned | audience.people([asked.contact]))
