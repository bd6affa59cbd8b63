"""Who may listen to what callers left."""

from clients import leaving
from clients.models import Client
from clients.taking_out import Act
from secretariat import media
from secretariat.media.guards import taker

from .dictation.dictating import MEDIA_KIND as DICTATIONS
from .models import Dictation, DictationPart, Voicemail
from .voicemail import MEDIA_KIND


@media.guard(MEDIA_KIND)
def may_hear(user, file) -> bool:
    """Those who see the call hear its voicemail. A member of the client sees neither."""
    return Voicemail.objects.visible_to(user).filter(media_id=file.pk).exists()


@taker(MEDIA_KIND)
def may_keep(user, file) -> bool:
    """Those whom the firm lets and the client does not forbid; the client herself her own."""
    client = Client.objects.filter(pk=file.client_id).first()
    return client is not None and Act.DOWNLOAD in leaving.allowed(user, client)


@media.guard(DICTATIONS)
def may_hear_dictation(user, file) -> bool:
    """Those who type it, and whoever dictated it or speaks for her client."""
    seen = Dictation.objects.visible_to(user).values("pk")
    return DictationPart.objects.filter(media_id=file.pk, dictation__in=seen).exists()


@taker(DICTATIONS)
def may_keep_dictation(user, file) -> bool:
    return may_keep(user, file)
