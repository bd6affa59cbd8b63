"""Who may read the papers of a secretary."""

from secretariat import media
from secretariat.media.guards import taker

from .models import Certificate
from .profiles.proving import KIND


@media.guard(KIND)
def may_read(user, file) -> bool:
    """She whose certificate it is, and the firm that checks it."""
    return user.is_authenticated and Certificate.objects.visible_to(user).filter(media_id=file.pk).exists()


@taker(KIND)
def may_keep(user, file) -> bool:
    return True
