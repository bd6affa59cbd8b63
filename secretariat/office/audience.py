"""Whom a live event concerns, in the firm itself."""

from uuid import UUID

from secretariat.one_trip.asking import Part, Question, ids

from .models import Post, Presence


def running_the_firm() -> Part:
    """The ids of everybody who runs the firm just now; a bookkeeper does not."""
    return ids(Post.objects.running_the_firm().filter(user__is_active=True).values("user_id"))


_ASKED = Question(lambda: {"firm": running_the_firm()})


def firm() -> set[UUID]:
    return _ASKED.ask()["firm"]


def on_shift() -> set[UUID]:
    """The ids of the secretaries who are at work just now."""
    there = Presence.objects.exclude(state=Presence.State.OFF).filter(secretary__user__is_active=True)
    return set(there.values_list("secretary__user_id", flat=True))
