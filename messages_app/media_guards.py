"""Who may have a mail as it came."""

from clients import leaving
from clients.models import Client
from clients.taking_out import Act
from secretariat import media
from secretariat.media.guards import taker

from .mail import original
from .mail_in import MEDIA_KIND
from .models import InboundMail, Mail


@media.guard(MEDIA_KIND)
def may_open(user, file) -> bool:
    return InboundMail.objects.visible_to(user).filter(media_id=file.pk).exists()


@taker(MEDIA_KIND)
def may_keep(user, file) -> bool:
    """Those whom the firm lets and the client does not forbid; what is nobody's yet, the firm alone sees."""
    client = Client.objects.filter(pk=file.client_id).first()
    return client is None or Act.DOWNLOAD in leaving.allowed(user, client)


@media.guard(original.KIND)
def may_open_correspondence(user, file) -> bool:
    return Mail.objects.visible_to(user).filter(media_id=file.pk).exists()


@taker(original.KIND)
def may_keep_correspondence(user, file) -> bool:
    """As with every file of a client: those whom the firm lets and the client does not forbid."""
    client = Client.objects.filter(pk=file.client_id).first()
    return client is not None and Act.DOWNLOAD in leaving.allowed(user, client)
