"""Finding meetings: by who comes, what about, where, when, and how they stand or ended."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from .models import Guest, Meeting

State = Meeting.State


def known_to(user) -> Q:
    """Those of which this person may know more than that the time is taken. As `discretion.may_know` says."""
    contacts = user.roles.contacts
    return (
        Q(private=False)
        | Q(arranged_by=user)
        | Q(diary__contact__in=[each.pk for each in contacts])
        | Q(diary__contact=None, client__in=[each.client_id for each in contacts if each.is_owner])
    )


def found(meetings: QuerySet[Meeting], words: str, *, user) -> QuerySet[Meeting]:
    """Those that hold each of these words somewhere, or a guest's number that ends so. All, for no words.

    Of what is private to others nothing is found, whatever is asked.
    """
    words = " ".join(words.split())[:120]
    if not words:
        return meetings
    meetings = meetings.filter(known_to(user))  # else a word that hits would tell what it is about
    digits = "".join(filter(str.isdigit, words)).lstrip("0")
    if len(digits) >= 4 and not any(map(str.isalpha, words)):
        return meetings.filter(_a_guest(Q(number__endswith=digits)))
    for word in words.split(" ")[:8]:
        meetings = meetings.filter(
            Q(about__unaccent__icontains=word)
            | Q(where__unaccent__icontains=word)
            | Q(place__name__unaccent__icontains=word)
            | Q(place__address__unaccent__icontains=word)
            | _a_guest(Q(name__unaccent__icontains=word) | Q(email__icontains=word))
        )
    return meetings


def _a_guest(such: Q) -> Exists:
    return Exists(Guest.objects.filter(such, meeting=OuterRef("pk")))


def shown(show: str, *, at: datetime) -> Q:
    """Of one state, one outcome, or those to come or over; all but what lapsed, for anything else."""
    confirmed = Q(state=State.CONFIRMED)
    those = {
        "coming": confirmed & Q(ends_at__gt=at),
        "past": confirmed & Q(ends_at__lte=at),
        "held": Q(state=State.HELD, expires_at__gt=at),
        "cancelled": Q(state=State.CANCELLED),
        "open": confirmed & Q(ends_at__lte=at, outcome="") & ~Q(manner=Meeting.Manner.BLOCK),
        **{outcome: Q(outcome=outcome) for outcome in Meeting.Outcome.values},
    }
    return those.get(show, ~Q(state=State.LAPSED))
