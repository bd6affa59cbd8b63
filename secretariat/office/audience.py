"""Whom a live event concerns, in the firm itself."""

from uuid import UUID

from .models import Post, Presence


def firm() -> set[UUID]:
    """The ids of everybody who runs the firm just now; a bookkeeper does not."""
    return set(Post.objects.running_the_firm().filter(user__is_active=True).values_list("user_id", flat=True))


def on_shift() -> set[UUID]:
    """The ids of the secretaries who are at work just now."""
    there = Presence.objects.exclude(state=Presence.State.OFF).filter(secretary__user__is_active=True)
    return set(there.values_list("secretary__user_id", flat=True))
