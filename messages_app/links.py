"""One-tap links: a signed address that opens one message for one contact, and nothing else."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse

from secretariat import clock
from secretariat.signed_times import ByOurClock

from .models import Delivery

GOOD_FOR = timedelta(days=7)


def _signer() -> ByOurClock:
    """Made for each use: it keeps the secret key of its moment, and keys are changed."""
    return ByOurClock(salt="messages.link")


class LinkExpired(Exception):
    """The link was good once. `delivery` is what it opened."""

    def __init__(self, delivery):
        super().__init__("the link has expired")
        self.delivery = delivery


def address(delivery: Delivery) -> str:
    """The whole address to put into a text or an e-mail."""
    return settings.PUBLIC_BASE_URL + reverse("messages-link", args=[token(delivery)])


def token(delivery: Delivery) -> str:
    return _signer().sign(signing.b64_encode(delivery.pk.bytes).decode())


def open_link(token: str) -> Delivery:
    """The delivery behind a token.

    Raises LinkExpired after seven days, or once the delivery was withdrawn or its contact has left the
    client, and Delivery.DoesNotExist for anything we did not sign.
    """
    try:
        key = _signer().unsign(token)
    except signing.BadSignature as forged:
        raise Delivery.DoesNotExist from forged
    delivery = Delivery.objects.select_related("message__client", "contact").get(
        pk=UUID(bytes=signing.b64_decode(key.encode()))
    )
    if clock.now() - _signer().signed_at(token) > GOOD_FOR:
        raise LinkExpired(delivery)
    if delivery.state == Delivery.State.WITHDRAWN or not delivery.contact.is_active:
        raise LinkExpired(delivery)
    return delivery
