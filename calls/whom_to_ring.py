"""Who is rung for a meeting by telephone, and at which numbers or in which browser."""

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from django.db.models import Q
from django.db.models.functions import Now

from calendar_app import ringing
from calendar_app.models import Guest, Meeting
from clients.models import Client, Contact, Line
from secretariat.office.models import LineKind, Presence, Secretary

from . import reachable, situation
from .models import BookedDictation

GUEST_SECONDS = 35
BROWSER = "client:"  # before the name of a browser of ours, at the carrier
IN_A_MOMENT = timedelta(seconds=30)  # until a line of ours that is busy, or not there, is rung once more


def is_dictation(meeting: Meeting) -> bool:
    return BookedDictation.objects.filter(meeting=meeting).exists()


@ringing.names_whom
def whoever_dictates(meetings: Collection[UUID]) -> dict[UUID, str]:
    """In the diary of the client it is not whoever reads it who is rung for a dictation."""
    booked = BookedDictation.objects.filter(meeting__in=meetings)
    return dict(booked.values_list("meeting_id", "contact__name"))


def numbers_of(meeting: Meeting) -> list[dict]:
    """Where the client is rung: who dictates, or whose diary it is, or the first owner with a number."""
    booked = BookedDictation.objects.filter(meeting=meeting).select_related("contact").first()
    if booked:
        people = [booked.contact] if booked.contact.is_active else []
    elif meeting.diary.contact_id:
        people = [meeting.diary.contact]
    else:
        owners = Contact.objects.filter(
            client=meeting.client_id, standing=Contact.Standing.OWNER, is_active=True
        )
        people = list(owners.order_by("rank", "pk"))
    return next(filter(None, map(numbers_to, people)), [])


def numbers_to(person: Contact) -> list[dict]:
    """The numbers at which somebody at the client is rung, in order, with her name."""
    numbers = [each for each in reachable.numbers_of(person) if not _comes_back(each["number"])]
    return [each | {"name": person.name} for each in numbers]


def _comes_back(number: str) -> bool:
    """Whether calls to this number come to us."""
    return Line.objects.filter(Q(number=number) | Q(forwarded_from=number)).exists()


def to_ring(meeting: Meeting) -> list[Guest]:
    """The guests who are rung: by their numbers, and those of ours where they work.

    One of ours to whom the client is shut by then is not: she would hear what is not hers any more.
    """
    coming = meeting.guests.exclude(number="", secretary=None).exclude(answer=Guest.Answer.DECLINED)
    found = coming.select_related("secretary")
    return [guest for guest in found if _is_rung(guest)]


def _is_rung(guest: Guest) -> bool:
    if guest.secretary is None:
        return not _comes_back(guest.number)
    return Client.objects.served_by(guest.secretary).filter(pk=guest.client_id).exists()


def may_be_rung(secretary: Secretary) -> bool:
    """Whether there is anything to ring her on: the browser she works in, or a telephone known to be hers."""
    return secretary.line == LineKind.BROWSER or _rings_at_home(secretary)


def _rings_at_home(secretary: Secretary) -> bool:
    """Whoever works alone may have sent her own telephone on to us: it would ring in a circle."""
    return secretary.rings_at_home and not _comes_back(secretary.home_number)


def place_of(guest: Guest, *, in_vain: bool) -> str:
    """What the carrier rings: a guest's number; for one of ours the browser she works in, else her telephone.

    Where she was just rung `in_vain` it is her telephone, unless she talks to a caller.
    """
    if guest.secretary is None:
        return guest.number
    secretary = guest.secretary
    here = Presence.objects.filter(secretary=secretary).exclude(state=Presence.State.OFF)
    here = here.filter(line=LineKind.BROWSER)
    talks = here.filter(state=Presence.State.ON_CALL).exists()
    heard = here.filter(phone_registered=True, heartbeat_at__gt=Now() - situation.HEARTBEAT_LASTS)
    in_browser = talks or heard.exists()
    if (not in_browser or (in_vain and not talks)) and _rings_at_home(secretary):
        return secretary.home_number
    return BROWSER + situation.identity(secretary.pk)
