"""Getting a message to its people: whom the client's rules name, and the ladder where it is urgent."""

from django.db import transaction
from django.utils.translation import gettext as _

from clients import work

from . import escalating, recipients
from .delivering import deliver, settle_state
from .models import Delivery, Message
from .reaching import Reaching, reaching


@transaction.atomic
def dispatch(message: Message, *, at) -> list[Delivery]:
    """Write the deliveries that the client's rules ask for and that are not there yet.

    In the caller's transaction: a message without its deliveries never exists. When nobody can be
    told, somebody at the desk is. An urgent one begins its ladder.
    """
    known = reaching(message.client, at=at)
    to = (message.client, message.contact_id, message.urgency, message.call_type_id)
    chosen = whom(*to, at=at, known=known)
    deliveries = [
        deliver(
            message,
            known.person[recipient.contact],
            recipient.channel,
            recipient.address,
            because=recipient.because,
            at=at,
        )
        for recipient in chosen
    ]
    if not deliveries:
        work.open_item(
            "messages.nobody",
            client=message.client,
            subject=("messages_app.message", message.pk),
            because=_("Nobody at the client can be told of this message."),
            urgency=message.urgency,
        )
    else:
        _somebody_sees_to(message, deliveries)
    settle_state(message)
    escalating.begin(message, at=at)
    return deliveries


def _somebody_sees_to(message: Message, deliveries: list[Delivery]) -> None:
    """Whoever may be sent nothing by any way has to be told by somebody."""
    open_ways = {each.contact_id for each in deliveries if each.state != Delivery.State.FAILED}
    shut = {each.contact_id: each.contact.name for each in deliveries if each.contact_id not in open_ways}
    if shut:
        work.open_item(
            "messages.failed",
            client=message.client,
            subject=("messages_app.message", message.pk),
            because=_("Nothing may be sent to %(name)s by any way we know.")
            % {"name": ", ".join(shut.values())},
            urgency=message.urgency,
        )


def whom(
    client, contact_id, urgency: int, call_type_id, *, at, known: Reaching | None = None
) -> list[recipients.Recipient]:
    """Everybody who would be told of such a message at `at`, and how; by what is `known`, if it was read."""
    known = known or reaching(client, at=at)
    return recipients.choose(
        addressed_to=contact_id,
        urgency=urgency,
        call_type=call_type_id,
        people=_people(known),
        rules=_rules(known),
        away=known.instead,
        on_call=[recipients.Instead(contact, why) for contact, why in known.on_call],
    )


def _people(known: Reaching) -> list[recipients.Person]:
    return [
        recipients.Person(
            id=contact.pk,
            name=contact.name,
            email=known.email(contact),
            mobile=known.mobile(contact),
            push=known.push(contact),
            signs_in=contact.user_id is not None,
            sees_all=contact.sees_all,
        )
        for contact in known.still_there
    ]


def _rules(known: Reaching) -> list[recipients.Rule]:
    return [
        recipients.Rule(
            contact=rule.contact_id,
            channel=rule.channel,
            at_least=rule.at_least,
            call_type=rule.call_type_id,
            even_if_not_addressed=rule.even_if_not_addressed,
        )
        for rule in known.rules
    ]
