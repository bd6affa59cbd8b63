"""The browsers in which somebody at the client is told of messages: she switches them on and off herself."""

import hashlib
import json
from datetime import datetime, timedelta
from hmac import compare_digest

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from clients.models import Channel, Contact, DeliveryRule, Device
from clients.sealed import DEVICE
from secretariat import ledger, outbox, sealing
from secretariat.channels import push
from secretariat.office.models import Firm, User
from secretariat.outbox.models import Effect

MOST = 5
TESTS_AN_HOUR = 6
HOUR = timedelta(hours=1)
TEST = "messages.test_push"
NONE_TAKES = "no browser takes it"


class NotNow(Exception):
    """Nothing is done just now. The message says why."""


@transaction.atomic
def switch_on(
    contact: Contact, *, name: str, subscription: push.Subscription, by: User, at: datetime
) -> Device:
    """From now on this browser is told of messages for her. Raises NotNow when she has too many.

    Whoever switched it on before, if that was another person, is told in it no longer: it is one browser, and
    whoever sits at it now said so. Her first brings the rule that messages go there, if she has none.
    """
    _lock(contact)
    endpoint_hash = hash_of(subscription.endpoint)
    rows = Device.objects.filter(endpoint_hash=endpoint_hash)
    for other in rows.exclude(contact__user=contact.user_id):
        _record("clients.device.passed_on", other.contact, by, device=other.pk)
        other.delete()
    known = rows.filter(contact=contact).first()
    others = Device.objects.filter(contact=contact, ended_at=None).exclude(endpoint_hash=endpoint_hash)
    if others.count() >= MOST:
        raise NotNow(_("There are %(n)d already. Switch one off first.") % {"n": MOST})
    device = known or Device(client_id=contact.client_id, contact=contact, endpoint_hash=endpoint_hash)
    device.name, device.added_at, device.signed_by = name, at, push.mark()
    device.ended_at, device.ended_because, device.told_at = None, "", None
    device.sealed = _sealed(device, subscription)
    device.save()
    _rule_for(contact)
    _record("clients.device.switched_on", contact, by, device=device.pk)
    return device


@transaction.atomic
def renew(*, before: str, secret: str, now: push.Subscription) -> bool:
    """The push service has given a browser another address than `before`: it is the same browser.

    It says so itself, and nobody has signed in for it: `secret` is the one of the address before, which no
    push service knows. False where that is none of ours, or takes nothing more.
    """
    rows = Device.objects.select_for_update(of=("self",)).filter(endpoint_hash=hash_of(before), ended_at=None)
    hers = [each for each in rows.select_related("contact") if _knows(each, secret)]
    for device in hers:
        endpoint_hash = hash_of(now.endpoint)
        _record("clients.device.renewed", device.contact, None, device=device.pk)
        others = Device.objects.filter(contact=device.contact_id, endpoint_hash=endpoint_hash)
        if others.exclude(pk=device.pk).exists():  # her page, in which she switched it on anew, was quicker
            device.delete()
            continue
        device.endpoint_hash, device.sealed = endpoint_hash, _sealed(device, now)
        device.save(update_fields=["endpoint_hash", "sealed"])
    return bool(hers)


@transaction.atomic
def switch_off(device: Device, *, by: User) -> None:
    """Nothing is told there any more, and nothing is left of how it was reached."""
    _record("clients.device.switched_off", device.contact, by, device=device.pk)
    device.delete()


def taking(contact: Contact) -> list[Device]:
    """Where she is told now."""
    return list(Device.objects.taking(push.mark()).filter(contact=contact, contact__user__isnull=False))


def subscription_of(device: Device) -> push.Subscription:
    return push.Subscription(**json.loads(sealing.unseal(bytes(device.sealed), row=device.pk, **DEVICE)))


def _sealed(device: Device, subscription: push.Subscription) -> bytes:
    content = {"endpoint": subscription.endpoint, "p256dh": subscription.p256dh, "auth": subscription.auth}
    return sealing.seal(json.dumps(content).encode(), row=device.pk, **DEVICE)


def _knows(device: Device, secret: str) -> bool:
    return compare_digest(subscription_of(device).auth.encode(), secret.encode())


def hash_of(endpoint: str) -> str:
    """By which a browser finds itself among hers, without its address standing in a page."""
    return hashlib.sha256(endpoint.encode()).hexdigest()


def told(device: Device, *, at: datetime) -> None:
    Device.objects.filter(pk=device.pk).update(told_at=at)


def end(device: Device, *, because: str, at: datetime) -> None:
    """It takes nothing more. Her page says so until she switches it on anew."""
    open_still = Device.objects.filter(pk=device.pk, ended_at=None, sealed=device.sealed)
    open_still.update(ended_at=at, ended_because=because, sealed=b"")


@transaction.atomic
def test(device: Device, *, by: User, at: datetime) -> Effect:
    """Tell this browser something harmless, as of a message. Raises NotNow after too many.

    Pressed twice within a minute it is told once.
    """
    _lock(device.contact)
    lately = Effect.objects.filter(
        kind=TEST, subject_id=device.pk, client_id=device.client_id, posted_at__gt=at - HOUR
    )
    if lately.count() >= TESTS_AN_HOUR:
        raise NotNow(_("Enough tests for one hour. Wait a little."))
    _record("clients.device.tested", device.contact, by, device=device.pk)
    return outbox.post(
        TEST,
        key=f"push-test:{device.pk}:{at:%Y%m%d%H%M}",
        queue="urgent",
        client_id=device.client_id,
        subject=("clients.device", device.pk),
        payload=_words(device),
    )


def last_test(device: Device) -> Effect | None:
    sent = Effect.objects.filter(subject_kind="clients.device", subject_id=device.pk, kind=TEST)
    return sent.filter(posted_at__gte=device.added_at).order_by("-posted_at", "-pk").first()


def _words(device: Device) -> dict[str, str]:
    client, firm = device.contact.client, Firm.current().name
    with translation.override(client.language.split("-")[0]):
        words = _("This is a test of how %(firm)s tells you of messages for %(client)s. It has arrived.")
        return {
            "title": _("A test from %(firm)s") % {"firm": firm},
            "body": words % {"firm": firm, "client": client.name},
            "url": reverse("notifications"),
            "tag": device.pk.hex,
            "urgent": "",
        }


def _rule_for(contact: Contact) -> None:
    hers = DeliveryRule.objects.filter(contact=contact)
    if not hers.filter(channel=Channel.PUSH).exists():
        DeliveryRule.objects.create(
            client_id=contact.client_id,
            contact=contact,
            channel=Channel.PUSH,
            even_if_not_addressed=hers.filter(even_if_not_addressed=True).exists(),
        )


def _lock(contact: Contact) -> None:
    Contact.objects.select_for_update(no_key=True).get(pk=contact.pk)


def _record(verb: str, contact: Contact, by: User | None, **detail) -> None:
    ledger.record(
        verb,
        actor_id=by.pk if by else None,
        client_id=contact.client_id,
        subject=("clients.contact", contact.pk),
        detail={name: str(value) for name, value in detail.items()},
    )
