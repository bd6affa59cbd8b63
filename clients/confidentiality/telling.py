"""Who is told of a lapse by mail: the owners of the client concerned, and she for whom something followed."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from clients.models import ContactAddress, Lapse
from secretariat import outbox
from secretariat.office.models import Firm

TO_CLIENT, TO_HER = "clients.lapse_to_client", "clients.lapse_word"
SUBJECT = "clients.lapse"


def client(lapse: Lapse, addresses: Iterable[ContactAddress], words: str, *, key) -> None:
    page = f"{settings.PUBLIC_BASE_URL}{reverse('lapse-portal')}?client={lapse.client_id}"
    for address in addresses:
        outbox.post(
            TO_CLIENT,
            key=f"{TO_CLIENT}:{lapse.pk}:{key}:{address.pk}",
            client_id=lapse.client_id,
            subject=(SUBJECT, lapse.pk),
            payload={
                "to": address.value,
                "subject": _("%(firm)s: about what is confidential of yours") % {"firm": Firm.current().name},
                "text": f"{words}\n\n{page}\n",
            },
        )


def her(lapse: Lapse) -> None:
    """That something is decided, and no word of it: others may see her mail. The rest is at her desk."""
    if lapse.about is None or not lapse.about.user.is_active:
        return
    if lapse.consequence == Lapse.Consequence.WARNING:
        subject = _("A warning in writing")
        words = _("The firm warns you in writing about confidentiality. You read it at your desk.")
    else:
        subject = _("Something is decided about confidentiality")
        words = _("Something about confidentiality is decided that concerns you. You read it at your desk.")
    outbox.post(
        TO_HER,
        key=f"{TO_HER}:{lapse.pk}",
        subject=(SUBJECT, lapse.pk),
        payload={
            "to": lapse.about.user.email,
            "subject": f"{Firm.current().name}: {subject}",
            "text": f"{words}\n\n{settings.PUBLIC_BASE_URL}{reverse('my-terms')}\n",
        },
    )
