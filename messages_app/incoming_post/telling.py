"""The client is told by mail that post waits. Who wrote, and what, stands in the portal alone.

Where none of her owners can be told by mail, somebody rings her.
"""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from clients import work
from clients.models import Contact, WorkItem
from messages_app.answering import asking_client
from messages_app.models import ReceivedPost
from secretariat import clock, outbox

from . import rules

TELL, OPENED = "post.passed_on", "post.opened"
NOT_TOLD = "post.not_told"  # the work of whoever rings


def tell(post: ReceivedPost) -> bool:
    """One mail to each owner, once for each piece of post. Call it in the transaction that passes it on.

    False where no mail gets to any of them.
    """
    with translation.override(post.client.language):
        title = _("Post has come for you")
        text = _("Post number %(n)d for %(client)s is here. Read it, or say what is to be done with it:")
        is_told = _mail(post, title, text, key=f"{TELL}:{post.pk}")
    if not is_told:
        not_told(post)
    return is_told


def tell_opened(post: ReceivedPost) -> None:
    """One mail to each owner, once for each wish of hers. Call it in the transaction that keeps its pages."""
    with translation.override(post.client.language):
        title = _("Your post was opened")
        text = _("Post number %(n)d for %(client)s was opened as you wished. Read its pages:")
        is_told = _mail(post, title, text, key=f"{OPENED}:{post.pk}:{post.wished_at:%Y%m%d%H%M%S%f}")
    if not is_told:
        not_told(post)


def not_told(post: ReceivedPost) -> None:
    """No mail gets to her: somebody must ring, and what presses was promised for the day it came.

    Once that is past, as where it was opened later at her wish, nothing is broken by ringing now.
    """
    pressing = post.kind in rules.PRESSING
    promised = post.promised_at if pressing and post.promised_at and post.promised_at > clock.now() else None
    work.open_item(
        NOT_TOLD,
        subject=("messages_app.receivedpost", post.pk),
        client=post.client_id,
        because=_("No mail tells the client of post %(n)d: ring.") % {"n": post.number},
        urgency=WorkItem.Urgency.URGENT if pressing else WorkItem.Urgency.TODAY,
        promised_at=promised,
    )


def heard(post: ReceivedPost, *, by) -> None:
    """She has it before her, so she knows."""
    subject = ("messages_app.receivedpost", post.pk)
    work.finish_all(subject=subject, kind=NOT_TOLD, by=by, outcome=_("The client has read it."))


def _mail(post: ReceivedPost, title: str, text: str, *, key: str) -> bool:
    client = post.client
    said = text % {"n": post.number, "client": client.name}
    link = f"{settings.PUBLIC_BASE_URL}{reverse('post-portal-one', args=[post.pk])}?client={client.pk}"
    owners = Contact.objects.filter(client=client, standing=Contact.Standing.OWNER, is_active=True)
    told = asking_client.mailboxes(owners)
    for contact_id, address in told.items():
        outbox.post(
            TELL,
            key=f"{key}:{contact_id}",
            client_id=client.pk,
            subject=("messages_app.receivedpost", post.pk),
            payload={"to": address, "subject": title, "text": f"{said}\n\n{link}"},
        )
    return bool(told)
