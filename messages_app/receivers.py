"""What the floors below announce and messages must know."""

import base64
import json

from django.dispatch import receiver

from calls import signals as call_signals
from secretariat import clock
from secretariat.office.models import User
from secretariat.outbox import signals

from . import mail_in, receipts
from .answering import following
from .dictated import hours
from .models import Delivery, Mailbox, OutgoingMail


@receiver(signals.effect_posted_again, dispatch_uid="messages_app.effect_posted_again")
def effect_posted_again(sender, effect, before, actor_id, **rest):
    """The delivery follows the effect that now carries it out."""
    delivery = Delivery.objects.select_related("message", "contact").filter(effect=before.pk).first()
    if delivery:
        receipts.goes_again(delivery, effect, by=User.objects.filter(pk=actor_id).first())
    outgoing = OutgoingMail.objects.filter(effect=before.pk).first()
    if outgoing:
        following.goes_again(outgoing, effect, by=User.objects.filter(pk=actor_id).first())


@receiver(signals.event_needs_person, dispatch_uid="messages_app.event_needs_person")
def event_needs_person(sender, event, **rest):
    """A mail that could not be filed outlives its notice, whose bytes are removed after a day."""
    if event.name == "anymail.mail" and event.state == event.State.FAILED and event.sealed_body:
        raw = base64.b64decode(json.loads(event.body)["raw"])
        mail_in.not_read(raw, event_id=event.pk, at=clock.now(), is_mail=True)


@receiver(call_signals.listened, dispatch_uid="messages_app.listened")
def listened(sender, secretary, **rest):
    """What she typed on the line is typing, and not listening as well."""
    hours.so_far(secretary)


def mailbox_needs_consent(client_id, kind: str) -> bool:
    """Whether a mailbox of this client is opened by a consent of this kind."""
    return Mailbox.objects.filter(client=client_id, service=kind, ended_at=None).exists()
