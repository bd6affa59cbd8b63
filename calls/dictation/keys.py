"""Who somebody at the dictation line is: her number and her PIN say so, and never the number she rings from.

The PIN is compared here and kept as a hash alone. Wrong tries are counted in her own row, so that they count
whatever telephone they come from and survive everything but the database.
"""

import secrets
from datetime import datetime

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from calls.models import DictationKey
from clients import work
from clients.models import Contact, ContactAddress, WorkItem
from secretariat import ledger, outbox
from secretariat.office.models import Firm

from . import pins

LOCKED = "calls.dictation_locked"
SUBJECT = "calls.dictationkey"
WHY_NOT = {
    "form": gettext_lazy("A PIN has six to twelve digits and nothing else."),
    "same": gettext_lazy("Use more than two different digits."),
    "row": gettext_lazy("Digits in a row are tried first. Choose others."),
    "repeated": gettext_lazy("The same digits again and again are tried first. Choose others."),
    "known": gettext_lazy("That is part of a number others may know of you. Choose another."),
}


class TooEasy(Exception):
    """This PIN will not do. The message says why."""


@transaction.atomic
def set_pin(contact: Contact, pin: str, *, by, at: datetime) -> DictationKey:
    """Her PIN from now on; a lock is lifted by it. Raises TooEasy."""
    key = DictationKey.objects.select_for_update().filter(contact=contact).first()
    known = [*contact.addresses.exclude(kind="email").values_list("value", flat=True)]
    if key:
        known.append(key.number)
    if why := pins.too_easy(pin, known=known):
        raise TooEasy(str(WHY_NOT[why]))
    facts = {"pin_hash": make_password(pin), "set_at": at, "failed": [], "locked_at": None}
    if key is None:
        key = DictationKey.objects.create(
            client_id=contact.client_id, contact=contact, number=_free_number(), **facts
        )
    else:
        DictationKey.objects.filter(pk=key.pk).update(**facts)
        key.refresh_from_db()
    work.finish_all(subject=(SUBJECT, key.pk), kind=LOCKED, by=by, outcome=_("A new PIN was set"))
    _record("calls.dictation_pin.set", key, by)
    return key


@transaction.atomic
def take_away(contact: Contact, *, by) -> bool:
    """She no longer dictates by telephone. False if she did not."""
    key = DictationKey.objects.select_for_update().filter(contact=contact).first()
    if key is None:
        return False
    work.finish_all(subject=(SUBJECT, key.pk), kind=LOCKED, by=by, outcome=_("The PIN was taken away"))
    _record("calls.dictation_pin.taken_away", key, by)
    key.delete()
    return True


def known_by(number: str, pin: str, *, at: datetime) -> Contact | None:
    """Whose number and PIN these are; None for a wrong one, one that is locked, or nobody's.

    In the caller's transaction, and taking as long for nobody's number as for a wrong PIN.
    """
    keys = DictationKey.objects.select_for_update(of=["self"]).select_related("contact", "client")
    key = keys.filter(number=number, contact__is_active=True, client__is_active=True).first()
    if key is None:
        make_password(pin)  # so that an unknown number is not answered sooner
        return None
    right = check_password(pin, key.pin_hash)
    if key.locked_at is not None:
        return None
    if not right:
        _wrong(key, at=at)
        return None
    DictationKey.objects.filter(pk=key.pk).update(failed=[], used_at=at)
    return key.contact


def _wrong(key: DictationKey, *, at: datetime) -> None:
    before = [datetime.fromisoformat(moment) for moment in key.failed]
    failed = [*pins.still_count(before, at=at), at]
    locked = pins.locks(failed, at=at)
    DictationKey.objects.filter(pk=key.pk).update(
        failed=[moment.isoformat() for moment in failed], locked_at=at if locked else None
    )
    _record("calls.dictation_pin.wrong", key, None)
    if not locked:
        return
    _record("calls.dictation_pin.locked", key, None)
    work.open_item(
        LOCKED,
        subject=(SUBJECT, key.pk),
        client=key.client_id,
        because=_("The dictation PIN of %(name)s is locked: it was tried wrongly %(n)d times.")
        % {"name": key.contact.name, "n": pins.TRIES_AN_HOUR},
        urgency=WorkItem.Urgency.TODAY,
    )
    _tell_her(key, at=at)


def _tell_her(key: DictationKey, *, at: datetime) -> None:
    """By another way than the telephone, which somebody else may have in hand."""
    boxes = ContactAddress.objects.filter(contact=key.contact, kind=ContactAddress.Kind.EMAIL)
    address = boxes.order_by("rank", "pk").values_list("value", flat=True).first()
    if not address:
        return
    firm = Firm.current().name
    with translation.override(key.client.language.split("-")[0]):
        words = _(
            "Your dictation PIN was typed wrongly %(n)d times within an hour, so it is locked. Set a new one "
            "in the portal, and the line knows you again: %(address)s"
        ) % {
            "n": pins.TRIES_AN_HOUR,
            "address": settings.PUBLIC_BASE_URL + reverse("dictation-line"),
        }
        subject = _("%(firm)s: your dictation PIN is locked") % {"firm": firm}
    outbox.post(
        "calls.dictation_locked",
        key=f"calls.dictation_locked:{key.pk}:{at:%Y%m%d%H%M%S}",
        client_id=key.client_id,
        subject=(SUBJECT, key.pk),
        payload={"to": address, "subject": subject, "text": f"{words}\n"},
    )


def _free_number() -> str:
    while True:
        number = f"{secrets.randbelow(900_000) + 100_000}"
        if not DictationKey.objects.filter(number=number).exists():
            return number


def _record(verb: str, key: DictationKey, by) -> None:
    ledger.record(
        verb,
        actor_id=by.pk if by else None,
        client_id=key.client_id,
        subject=(SUBJECT, key.pk),
    )
