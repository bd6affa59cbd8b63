"""A time at which somebody dictates to her secretary by telephone: in the diary, and rung as it says."""

from datetime import date, datetime, time

from django.db import transaction
from django.utils.translation import gettext as _

from calendar_app import booking, planning
from calendar_app.models import Meeting
from calls.models import BookedDictation
from clients.models import Contact
from secretariat.office.models import Secretary


class NotBooked(Exception):
    """It is not booked. The message says why."""


@transaction.atomic
def book(
    contact: Contact, secretary: Secretary, *, on: date, begins: time, minutes: int, by, at: datetime
) -> BookedDictation:
    """Both are rung then: she who dictates on her numbers, the secretary on hers. Raises NotBooked.

    The diary is the client's, and so are its copies elsewhere: the secretary stands in it by name alone.
    """
    if not secretary.home_number:
        raise NotBooked(_("There is no telephone number at which you could be rung: enter it under Shift."))
    client = contact.client
    plan = planning.Plan(
        about=_("Dictation"),
        on=on,
        at=begins,
        minutes=minutes,
        manner=Meeting.Manner.TELEPHONE,
        we_ring=True,
        guests=(planning.Coming(name=secretary.spoken_name, is_ours=True),),
    )
    try:
        meeting = booking.book(booking.diary_of(client), plan, by=by, at=at)
    except planning.NotPossible as against:
        raise NotBooked(str(against)) from against
    return BookedDictation.objects.create(
        client=client, meeting=meeting, contact=contact, secretary=secretary
    )
