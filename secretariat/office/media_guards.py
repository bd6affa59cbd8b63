"""Who may read the papers of a secretary, and of somebody who applies."""

from secretariat import media
from secretariat.media.guards import taker

from .models import ApplicantsPaper, Certificate, Claim, SecretaryLanguage, SecretarySkill
from .profiles import claiming
from .profiles.proving import KIND
from .vacancies import papers


@media.guard(KIND)
def may_read(user, file) -> bool:
    """She whose certificate it is, and the firm that checks it."""
    return user.is_authenticated and Certificate.objects.visible_to(user).filter(media_id=file.pk).exists()


@taker(KIND)
def may_keep(user, file) -> bool:
    return True


@media.guard(claiming.KIND)
def may_read_evidence(user, file) -> bool:
    """She who says what it shows, and the firm that checks it."""
    if not user.is_authenticated:
        return False
    rows = (model.objects.visible_to(user) for model in (Claim, SecretarySkill, SecretaryLanguage))
    return any(each.filter(media_id=file.pk).exists() for each in rows)


@taker(claiming.KIND)
def may_keep_evidence(user, file) -> bool:
    return True


@media.guard(papers.KIND)
def may_read_hers(user, file) -> bool:
    """The firm alone: what came with an application."""
    return (
        user.is_authenticated and ApplicantsPaper.objects.visible_to(user).filter(media_id=file.pk).exists()
    )


@taker(papers.KIND)
def may_keep_hers(user, file) -> bool:
    return True
