"""Whom a live event concerns, in the firm itself."""

from uuid import UUID

from .models import Post


def firm() -> set[UUID]:
    """The ids of everybody who holds a post in the firm just now."""
    return set(Post.objects.current().filter(user__is_active=True).values_list("user_id", flat=True))
