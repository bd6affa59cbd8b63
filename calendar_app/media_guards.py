"""Who may read what was put beside a meeting."""

from clients import leaving
from clients.models import Client
from clients.taking_out import Act
from secretariat import media
from secretariat.media.guards import taker

from . import discretion
from .models import Paper
from .preparing import MEDIA_KIND


@media.guard(MEDIA_KIND)
def may_read(user, file) -> bool:
    """Those who see the meeting and may know what it is about."""
    papers = Paper.objects.visible_to(user).filter(media_id=file.pk)
    paper = papers.select_related("meeting__diary").first()
    return paper is not None and discretion.may_know(user, paper.meeting)


@taker(MEDIA_KIND)
def may_keep(user, file) -> bool:
    """Those whom the firm lets and the client does not forbid; the client herself her own."""
    client = Client.objects.filter(pk=file.client_id).first()
    return client is not None and Act.DOWNLOAD in leaving.allowed(user, client)
