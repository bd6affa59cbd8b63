"""Who may read the files of briefs and milestones."""

from clients import leaving
from clients.models import Client
from clients.taking_out import Act
from secretariat import media
from secretariat.media.guards import taker

from .briefs import handing_on
from .briefs.posting import FILE
from .models import Brief, BriefFile


@media.guard(FILE)
def may_read(user, file) -> bool:
    """Those who see the brief: to propose for it, or because it is theirs; or work that goes on from it."""
    if not user.is_authenticated:
        return False
    if BriefFile.objects.visible_to(user).filter(media_id=file.pk).exists():
        return True
    kept = BriefFile.objects.filter(media_id=file.pk).first()
    going_on = handing_on.after(kept.brief_id) if kept else []
    return Brief.objects.visible_to(user).filter(pk__in=going_on).exists()


@taker(FILE)
def may_keep(user, file) -> bool:
    """Those whom the firm lets and the client does not forbid; the client herself her own."""
    client = Client.objects.filter(pk=file.client_id).first()
    return client is not None and Act.DOWNLOAD in leaving.allowed(user, client)
