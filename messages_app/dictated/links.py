"""One-tap links to what was dictated: a signed address that opens one draft for one person, and no other."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse

from clients.models import Contact
from messages_app.models import DictatedDraft
from secretariat import clock
from secretariat.signed_times import ByOurClock

GOOD_FOR = timedelta(days=7)


def _signer() -> ByOurClock:
    """Made for each use: it keeps the secret key of its moment, and keys are changed."""
    return ByOurClock(salt="messages.dictated")


class LinkExpired(Exception):
    """The link was good once. `draft` is what it opened."""

    def __init__(self, draft: DictatedDraft):
        super().__init__("the link has expired")
        self.draft = draft


def address(draft: DictatedDraft, contact: Contact) -> str:
    """The whole address to put into a mail."""
    return settings.PUBLIC_BASE_URL + reverse("dictated-link", args=[token(draft, contact)])


def token(draft: DictatedDraft, contact: Contact) -> str:
    return _signer().sign(signing.b64_encode(draft.pk.bytes + contact.pk.bytes).decode())


def open_link(token: str) -> tuple[DictatedDraft, Contact]:
    """What a token opens, and for whom.

    Raises LinkExpired after seven days or once she has left the client, and DictatedDraft.DoesNotExist for
    anything we did not sign, or what is no longer kept.
    """
    try:
        key = signing.b64_decode(_signer().unsign(token).encode())
    except (signing.BadSignature, ValueError) as forged:
        raise DictatedDraft.DoesNotExist from forged
    rows = DictatedDraft.objects.select_related("client", "dictation__contact", "author")
    draft = rows.get(pk=UUID(bytes=key[:16]), shown_at__isnull=False)
    contact = Contact.objects.filter(pk=UUID(bytes=key[16:]), client=draft.client_id).first()
    over = clock.now() - _signer().signed_at(token) > GOOD_FOR
    if over or contact is None or not contact.is_active:
        raise LinkExpired(draft)
    return draft, contact
