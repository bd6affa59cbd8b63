"""The client is told by mail that post waits. Who wrote, and what, stands in the portal alone."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from messages_app.letters.telling import owners
from messages_app.models import ReceivedPost
from secretariat import outbox

TELL, OPENED = "post.passed_on", "post.opened"


def tell(post: ReceivedPost) -> None:
    """One mail to each owner, once for each piece of post. Call it in the transaction that passes it on."""
    with translation.override(post.client.language):
        title = _("Post has come for you")
        text = _("Post number %(n)d for %(client)s is here. Read it, or say what is to be done with it:")
        _mail(post, title, text, key=f"{TELL}:{post.pk}")


def tell_opened(post: ReceivedPost) -> None:
    """One mail to each owner, once for each wish of hers. Call it in the transaction that keeps its pages."""
    with translation.override(post.client.language):
        title = _("Your post was opened")
        text = _("Post number %(n)d for %(client)s was opened as you wished. Read its pages:")
        _mail(post, title, text, key=f"{OPENED}:{post.pk}:{post.wished_at:%Y%m%d%H%M%S%f}")


def _mail(post: ReceivedPost, title: str, text: str, *, key: str) -> None:
    client = post.client
    said = text % {"n": post.number, "client": client.name}
    link = f"{settings.PUBLIC_BASE_URL}{reverse('post-portal-one', args=[post.pk])}?client={client.pk}"
    for address in owners(client):
        outbox.post(
            TELL,
            key=f"{key}:{address.pk}",
            client_id=client.pk,
            subject=("messages_app.receivedpost", post.pk),
            payload={"to": address.value, "subject": title, "text": f"{said}\n\n{link}"},
        )
