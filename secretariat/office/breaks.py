"""The reasons for a break that the firm knows. Until it names its own, two that every office has."""

from django.utils.translation import gettext as _

from .models import BreakReason, User


def reasons(user: User) -> list[BreakReason]:
    """What stands under Break on this person's desk, in the firm's order."""
    named = list(BreakReason.objects.visible_to(user).filter(is_active=True))
    if named:
        return named
    return [BreakReason(name=_("Short break"), minutes=15), BreakReason(name=_("Lunch"), minutes=45)]
