"""Who may listen to what callers left."""

from secretariat import media

from .models import Voicemail
from .voicemail import MEDIA_KIND


@media.guard(MEDIA_KIND)
def may_hear(user, file) -> bool:
    """Those who see the call hear its voicemail. A member of the client sees neither."""
    return Voicemail.objects.visible_to(user).filter(media_id=file.pk).exists()
