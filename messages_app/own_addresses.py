"""Where somebody at the client is reached, as she says herself.

A mobile or mailbox becomes one of her addresses when a code told there has been typed by her; until then
nothing but the code goes there. A test shows her that what is sent arrives.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, Min, Sum
from django.utils import translation
from django.utils.translation import gettext as _

from clients import numbers, suppressing
from clients.models import AddressCheck, Channel, Contact, ContactAddress
from secretariat import codes, ledger, outbox
from secretariat.office.models import Firm, User
from secretariat.outbox.models import Effect

from . import delivering

LASTS = timedelta(minutes=10)
HOUR = timedelta(hours=1)
TRIES = 3  # for one code
TRIES_AN_HOUR = 6  # for one person, whatever the code and the address
ASKED_AN_HOUR = 5
TESTS_AN_HOUR = 6
CODE_TEXT, TEST_TEXT = "text-code:", "text-test:"  # how their keys in the outbox begin
Kind = ContactAddress.Kind
CHANNEL = {Kind.MOBILE: Channel.TEXT, Kind.EMAIL: Channel.EMAIL}
TESTS = {Channel.TEXT: "messages.test_text", Channel.EMAIL: "messages.test_email"}


class NotNow(Exception):
    """Nothing is sent just now. The message says why."""


class Outcome(StrEnum):
    CONFIRMED = "confirmed"
    WRONG = "wrong"
    OVER = "over"  # too late, or too many tries with this code: ask for another
    LOCKED = "locked"  # too many tries in an hour


@transaction.atomic
def ask(contact: Contact, *, kind: str, value: str, by: User, at: datetime) -> AddressCheck:
    """Tell a code at `value`: a mobile (E.164) by text, a mailbox by mail. Raises NotNow after too many."""
    _lock(contact)
    if _is_locked(contact, at=at):
        raise NotNow(_("There were too many wrong codes. Wait an hour, or ask the office."))
    if kind == Kind.MOBILE and delivering.objection(Channel.TEXT, value):
        raise NotNow(
            _("This telephone has texted STOP. Text START from it to %(number)s, then ask again.")
            % {"number": numbers.spaced(settings.TWILIO_TEXT_FROM)}
        )
    checks = AddressCheck.objects.filter(contact=contact)
    if checks.filter(asked_at__gt=at - HOUR).count() >= ASKED_AN_HOUR:
        raise NotNow(_("Enough codes for one hour. Wait a little, or ask the office."))
    checks.filter(kind=kind, ended_at=None).update(ended_at=at)
    check = AddressCheck.objects.create(
        client_id=contact.client_id,
        contact=contact,
        kind=kind,
        value=value,
        asked_by=by,
        asked_at=at,
        expires_at=at + LASTS,
    )
    by_text = kind == Kind.MOBILE
    outbox.post(
        "messages.code_text" if by_text else "messages.code_email",
        key=f"{CODE_TEXT if by_text else 'code:'}{check.pk}",
        client_id=contact.client_id,
        subject=("clients.addresscheck", check.pk),
        payload={"to": value},
    )
    _record("clients.address.code_asked", contact, by, kind=kind)
    return check


@transaction.atomic
def confirm(contact: Contact, code: str, *, kind: str, by: User, at: datetime) -> Outcome:
    """She types what she was told. Never raises: the count of wrong tries must stand."""
    _lock(contact)
    if _is_locked(contact, at=at):
        return Outcome.LOCKED
    check = waiting(contact, kind, at=at)
    if check is None:
        return Outcome.OVER
    if not codes.is_it(code, code_of(check)):
        AddressCheck.objects.filter(pk=check.pk).update(wrong_tries=F("wrong_tries") + 1)
        check.refresh_from_db(fields=["wrong_tries"])
        if _is_locked(contact, at=at) or check.wrong_tries >= TRIES:
            AddressCheck.objects.filter(pk=check.pk).update(ended_at=at)
            return Outcome.LOCKED if _is_locked(contact, at=at) else Outcome.OVER
        return Outcome.WRONG
    AddressCheck.objects.filter(pk=check.pk).update(passed_at=at, ended_at=at)
    _use(contact, check)
    if kind == Kind.EMAIL:  # mail has just arrived there
        suppressing.lift(Channel.EMAIL, check.value, by=by)
    _record("clients.address.confirmed", contact, by, kind=kind)
    return Outcome.CONFIRMED


def waiting(contact: Contact, kind: str, *, at: datetime) -> AddressCheck | None:
    """The check whose code she may type now."""
    return AddressCheck.objects.filter(contact=contact, kind=kind, ended_at=None, expires_at__gt=at).first()


def code_of(check: AddressCheck) -> str:
    """The six digits told for this check."""
    return codes.six_digits("clients.address", f"{check.pk.hex}:{check.value}")


def not_reached(check_id: str) -> None:
    """The carrier says that the code did not arrive: her page says so."""
    try:
        AddressCheck.objects.filter(pk=UUID(check_id)).update(not_reached=True)
    except ValueError:
        return


@transaction.atomic
def test(address: ContactAddress, *, by: User, at: datetime) -> Effect:
    """Send something harmless there, as a message would go. Raises NotNow after too many.

    Pressed twice within a minute it is sent once.
    """
    _lock(address.contact)
    lately = Effect.objects.filter(
        kind__in=TESTS.values(), client_id=address.client_id, posted_at__gt=at - HOUR
    )
    if lately.filter(payload__to=address.value).count() >= TESTS_AN_HOUR:
        raise NotNow(_("Enough tests for one hour. Wait a little."))
    channel = CHANNEL[Kind(address.kind)]
    begins = TEST_TEXT if channel == Channel.TEXT else "test:"
    _record("clients.address.tested", address.contact, by, kind=address.kind)
    return outbox.post(
        TESTS[channel],
        key=f"{begins}{address.pk}:{at:%Y%m%d%H%M}",
        client_id=address.client_id,
        subject=("clients.contactaddress", address.pk),
        payload=_words(address) | {"to": address.value},
    )


def last_test(address: ContactAddress) -> Effect | None:
    sent = Effect.objects.filter(subject_kind="clients.contactaddress", subject_id=address.pk)
    return sent.filter(kind__in=TESTS.values()).order_by("-posted_at", "-pk").first()


def _words(address: ContactAddress) -> dict[str, str]:
    client, firm = address.contact.client, Firm.current().name
    with translation.override(client.language.split("-")[0]):
        words = _("This is a test of how %(firm)s tells you of messages for %(client)s. It has arrived.")
        told = words % {"firm": firm, "client": client.name}
        subject = _("A test from %(firm)s") % {"firm": firm}
        return {"subject": subject, "text": told}


def _use(contact: Contact, check: AddressCheck) -> None:
    """The confirmed one takes the place of the first of its kind, with its label and order."""
    hers = list(ContactAddress.objects.filter(contact=contact, kind=check.kind).order_by("rank", "pk"))
    same = next((row for row in hers if row.value == check.value), None)
    if same:
        first = ContactAddress.objects.filter(contact=contact).aggregate(rank=Min("rank"))["rank"]
        ContactAddress.objects.filter(contact=contact).exclude(pk=same.pk).update(rank=F("rank") + 1)
        ContactAddress.objects.filter(pk=same.pk).update(rank=first)
    elif hers:
        ContactAddress.objects.filter(pk=hers[0].pk).update(value=check.value)
    else:
        ContactAddress.objects.create(
            client_id=contact.client_id, contact=contact, kind=check.kind, value=check.value
        )


def _is_locked(contact: Contact, *, at: datetime) -> bool:
    """Too many wrong codes within the hour, counted by when their codes were asked for."""
    lately = AddressCheck.objects.filter(contact=contact, asked_at__gt=at - HOUR - LASTS)
    return (lately.aggregate(n=Sum("wrong_tries"))["n"] or 0) >= TRIES_AN_HOUR


def _lock(contact: Contact) -> None:
    Contact.objects.select_for_update(no_key=True).get(pk=contact.pk)


def _record(verb: str, contact: Contact, by: User, **detail) -> None:
    ledger.record(
        verb,
        actor_id=by.pk,
        client_id=contact.client_id,
        subject=("clients.contact", contact.pk),
        detail=detail,
    )
