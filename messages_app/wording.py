"""The words in which a message leaves us, written once with the delivery: a retry sends the same bytes."""

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from clients.models import Channel
from secretariat.office.models import Firm

from . import links
from .models import Delivery, Message


def of(delivery: Delivery) -> dict[str, str]:
    """The frozen payload of this delivery's effect."""
    with translation.override(delivery.message.client.language.split("-")[0]):
        return {Channel.EMAIL: _email, Channel.TEXT: _text}[Channel(delivery.channel)](delivery)


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
        "body": _("%(headline)s for %(client)s, from %(firm)s. Open and acknowledge: %(link)s")
        % {
            "headline": _headline(message),
            "client": message.client.name,
            "firm": Firm.current().name,
            "link": links.address(delivery),
        },
    }


def _headline(message: Message) -> str:
    if message.corrects_id:
        return _("Correction of a message")
    return {
        Message.Urgency.URGENT: _("Urgent message"),
        Message.Urgency.TODAY: _("Message for today"),
    }.get(message.urgency, _("New message"))
