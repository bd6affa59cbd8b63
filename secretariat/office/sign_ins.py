"""Every sign-in somebody has, wherever she is signed in."""

from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone

from .models import User


def end_all(user: User) -> int:
    """Sign her out of every browser. Her open pages hear of it within seconds. Returns how many ended."""
    known = UserSession.objects.filter(user=user)
    keys = set(known.values_list("session_key", flat=True))
    known.delete()
    # Whichever are on no list are found by what they hold: rare, and worth looking through all of them.
    others = Session.objects.filter(expire_date__gt=timezone.now()).exclude(session_key__in=keys)
    keys |= {
        session.pk for session in others.iterator() if session.get_decoded().get(SESSION_KEY) == str(user.pk)
    }
    ended, _each = Session.objects.filter(session_key__in=keys).delete()
    return ended
