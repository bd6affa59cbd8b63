"""The words in which a message leaves us, written once with the delivery: a retry sends the same bytes."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from clients.models import Channel, Line
from secretariat.office.models import Firm

from . import links
from .models import Delivery, Message


def of(delivery: Delivery) -> dict[str, str]:
    """The frozen payload of this delivery's effect."""
    with translation.override(delivery.message.client.language.split("-")[0]):
        by = {Channel.EMAIL: _email, Channel.TEXT: _text, Channel.CALL: _call, Channel.PUSH: _push}
        return by[Channel(delivery.channel)](delivery)


def _email(delivery: Delivery) -> dict[str, str]:
    # The caller's name and words stay out of the subject: it shows on lock screens.
    message = delivery.message
    context = {
        "delivery": delivery,
        "message": message,
        "answers": list(message.answers.all()),
        "firm": Firm.current(),
        "link": links.address(delivery),
    }
    return {
        "to": delivery.address,
        "subject": f"{_headline(message)}: {message.client.name}",
        "text": render_to_string("messages_app/mail/message.txt", context).strip() + "\n",
        "html": render_to_string("messages_app/mail/message.html", context),
    }


def _text(delivery: Delivery) -> dict[str, str]:
    message = delivery.message
    return {
        "to": delivery.address,
        "body": _("%(headline)s for %(client)s, from %(firm)s. Reply %(ok)s, or open: %(link)s")
        % {
            "headline": _headline(message),
            "client": message.client.name,
            "firm": Firm.current().name,
            "ok": "OK" if delivery.code <= 1 else f"OK {delivery.code}",
            "link": links.address(delivery),
        },
    }


def _push(delivery: Delivery) -> dict[str, str]:
    """No more than a text says: the caller's name and words are for whoever signs in."""
    message = delivery.message
    title = _("%(headline)s for %(client)s")
    return {
        "title": title % {"headline": _headline(message), "client": message.client.name},
        "body": _("From %(firm)s. Open to read it.") % {"firm": Firm.current().name},
        "url": reverse("messages-portal-message", args=[message.pk]),
        "tag": message.pk.hex,
        "urgent": "yes" if message.urgency == Message.Urgency.URGENT else "",
    }


def _call(delivery: Delivery) -> dict[str, str]:
    """No words: they are looked up when a key is pressed. It comes from the client's own line with us."""
    line = Line.objects.filter(client=delivery.client_id, is_active=True).first()
    return {"to": delivery.address, "from": line.number if line else settings.TWILIO_TEXT_FROM}


def of_withdrawal(delivery: Delivery) -> dict[str, str]:
    """The note that a message was not for them: it repeats nothing of what was said."""
    message, firm = delivery.message, Firm.current().name
    with translation.override(message.client.language.split("-")[0]):
        at = f"{message.taken_at.astimezone(message.client.tz):%H:%M}"
        words = _(
            "The message for %(client)s of %(time)s was not for you. It has been withdrawn. "
            "Do not act on it, and delete it."
        ) % {"client": message.client.name, "time": at}
        if delivery.channel == Channel.TEXT:
            return {"to": delivery.address, "body": f"{words} {firm}"}
        subject = _("A message was withdrawn: %(client)s") % {"client": message.client.name}
        return {"to": delivery.address, "subject": subject, "text": f"{words}\n\n-- \n{firm}\n", "html": ""}


def of_notice_over(delivery: Delivery) -> dict[str, str]:
    """What takes the place of a notice in her browser: what became of the message, and no more of it."""
    message = delivery.message
    with translation.override(message.client.language.split("-")[0]):
        if message.state == Message.State.WITHDRAWN:
            title, url = _("Withdrawn: %(client)s"), reverse("messages-portal")
            body = _("The message was not for you. There is nothing left to read.")
        else:
            title, url = _("Acknowledged: %(client)s"), reverse("messages-portal-message", args=[message.pk])
            body = _("The mail was dealt with in your own mailbox.")
            if message.acknowledged_by:
                body = _("%(name)s has acknowledged the message.") % {"name": message.acknowledged_by.name}
            if message.acknowledged_by_id == delivery.contact_id:
                body = _("You have acknowledged the message.")
        words = {"title": title % {"client": message.client.name}, "body": body, "url": url}
    return words | {"tag": message.pk.hex, "urgent": "", "quiet": "yes"}


def _headline(message: Message) -> str:
    if message.corrects_id:
        return _("Correction of a message")
    return {
        Message.Urgency.URGENT: _("Urgent message"),
        Message.Urgency.TODAY: _("Message for today"),
    }.get(message.urgency, _("New message"))
