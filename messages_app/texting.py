"""Texts that come in: what they acknowledge, stop, ask or say, and what we text back."""

from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clients import audience, suppressing, work
from clients.models import Channel, Client, Contact, ContactAddress, Line, Suppression, WorkItem
from secretariat import ledger, live, outbox
from secretariat.card_numbers import redact

from . import consent, delivering, short_replies
from .acknowledging import acknowledge
from .models import Delivery, InboundText, TextAnswer
from .replying import reply

STRAY_KIND = "messages.stray_text"


@transaction.atomic
def came(fields, *, at) -> None:
    """Work one text, as the carrier told it (`fields`), in the transaction of its notice."""
    number, body = fields["From"], fields.get("Body", "").strip()
    if _consented(number, body, fields.get("OptOutType", ""), at):
        return
    waiting = _waiting_at(number)
    accepted = short_replies.read(body)
    if accepted:
        codes = {delivery.code: delivery for delivery in waiting}
        if delivery := short_replies.meant(accepted, codes):
            acknowledge(delivery.message, contact=delivery.contact, how="text", at=at)
        elif codes:
            _ask_which(number, waiting, fields["MessageSid"])
        elif not _just_settled(number):
            _keep(fields, body, at)
        return
    newest = waiting[0] if waiting else _last_to(number)
    if newest is None or not body or _media(fields):
        _keep(fields, body, at)
    else:
        reply(newest.message, contact=newest.contact, text=body, how="text", at=at)


def _consented(number: str, body: str, opt_out_type: str, at) -> bool:
    """STOP and START are heard for what they are, and answered by the carrier, not by us."""
    is_stopped = delivering.objection(Channel.TEXT, number) is not None
    said = consent.said(body, opt_out_type, is_stopped=is_stopped)
    if said == consent.STOP:
        suppressing.suppress(Channel.TEXT, number, Suppression.Because.STOP, at=at)
    elif said == consent.START:
        suppressing.lift(Channel.TEXT, number)
    return bool(said)


def _waiting_at(number: str) -> list[Delivery]:
    """One text for each message that waits for an answer at this number, the newest message first."""
    texts = delivering.open_at(number).select_related("message__client", "contact").order_by("-created_at")
    first = {delivery.message_id: delivery for delivery in texts if delivery.contact.is_active}
    return list(first.values())


def _last_to(number: str) -> Delivery | None:
    """What a text that names nothing most likely answers: the last message texted there."""
    sent = Delivery.objects.filter(channel=Channel.TEXT, address=number, contact__is_active=True)
    sent = sent.exclude(state=Delivery.State.WITHDRAWN)
    return sent.select_related("message__client", "contact").order_by("-created_at").first()


def _just_settled(number: str) -> bool:
    """An OK to what was acknowledged already says nothing new."""
    return Delivery.objects.filter(
        channel=Channel.TEXT, address=number, acknowledged_at__isnull=False
    ).exists()


def _ask_which(number: str, waiting: list[Delivery], carrier_id: str) -> None:
    client = waiting[0].message.client
    with translation.override(client.language.split("-")[0]):
        named = ", ".join(
            _("OK %(code)d for the one of %(time)s")
            % {
                "code": delivery.code,
                "time": f"{delivery.message.taken_at.astimezone(ZoneInfo(client.zone)):%H:%M}",
            }
            for delivery in sorted(waiting, key=lambda each: each.code)
        )
        words = ngettext("%(n)d message is open.", "%(n)d messages are open.", len(waiting)) % {
            "n": len(waiting)
        }
        _send(client, number, f"{words} {_('Reply')} {named}.", key=f"text-which:{carrier_id}")


def _keep(fields, body: str, at) -> None:
    """A text that answers nothing: somebody reads it, and may text back."""
    contact = _contact(fields["From"], fields.get("To", ""))
    client = contact.client if contact else _client_of_line(fields.get("To", ""))
    kept, is_new = InboundText.objects.get_or_create(
        carrier_id=fields["MessageSid"],
        defaults={
            "client": client,
            "contact": contact,
            "number": fields["From"][:40],
            "to_number": fields.get("To", "")[:40],
            "words": redact(body)[0][:2000],
            "attachments": _media(fields),
            "came_at": at,
        },
    )
    if is_new:
        work.open_item(
            STRAY_KIND,
            client=client,
            subject=("messages_app.inboundtext", kept.pk),
            because=_("A text came in that answers no message of ours."),
            urgency=WorkItem.Urgency.TODAY,
        )


def _media(fields) -> int:
    count = fields.get("NumMedia", "0")
    return int(count) if count.isdigit() else 0


def _contact(number: str, to_number: str) -> Contact | None:
    """Whoever has this mobile, if that is one person, or one at the client whose line was texted."""
    having = ContactAddress.objects.filter(value=number, contact__is_active=True)
    people = list(Contact.objects.filter(pk__in=having.values("contact")).select_related("client"))
    client = _client_of_line(to_number)
    if client:
        people = [person for person in people if person.client_id == client.pk]
    return people[0] if len(people) == 1 else None


def _client_of_line(number: str) -> Client | None:
    line = Line.objects.filter(number=number).select_related("client").first()
    return line.client if line else None


@transaction.atomic
def answer(text: InboundText, *, words: str, by, at) -> TextAnswer:
    """Text back what somebody at the desk has typed; the text that came in is thereby dealt with."""
    words, _found = redact(words.strip())
    sent = _send(text.client, text.number, words, key=None, to_text=text, by=by, at=at)
    ledger.record(
        "text.answered",
        actor_id=by.pk,
        client_id=text.client_id,
        subject=("messages_app.inboundtext", text.pk),
    )
    deal_with(text, by=by, at=at, outcome=_("Answered by text"))
    return sent


@transaction.atomic
def deal_with(text: InboundText, *, by, at, outcome: str) -> bool:
    """Somebody has read it. False if somebody had before."""
    won = InboundText.objects.filter(pk=text.pk, read_at=None).update(read_at=at, read_by=by)
    work.finish_all(subject=("messages_app.inboundtext", text.pk), by=by, outcome=outcome)
    return bool(won)


def _send(client, number, words, *, key, to_text=None, by=None, at=None) -> TextAnswer:
    facts = {"at": at} if at else {}
    row = TextAnswer.objects.create(
        client=client, to_text=to_text, number=number, words=words, by=by, **facts
    )
    outbox.post(
        "messages.text_back",
        key=key or f"text-back:{row.pk}",
        queue="urgent",
        client_id=client.pk if client else None,
        subject=("messages_app.textanswer", row.pk),
        payload={"to": number, "body": words},
    )
    return row


def settle(row: TextAnswer, state: str, *, receipt: str = "") -> None:
    """How far what we texted back got; the last word counts."""
    changes = {"state": state} | ({"receipt": receipt} if receipt else {})
    still_moving = [TextAnswer.State.WAITING, TextAnswer.State.SENT, TextAnswer.State.UNKNOWN]
    TextAnswer.objects.filter(pk=row.pk, state__in=still_moving).update(**changes)
    concerned = audience.desk_or_firm(row.client_id)
    if row.to_text_id:
        live.announce("task.changed", row.to_text_id, 0, concerned)
