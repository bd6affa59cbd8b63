"""A booked dictation goes to another of ours before its time: she takes it, or the firm gives it to her."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from calendar_app import booking as diary_booking
from calendar_app import planning
from calendar_app.models import Meeting
from calls import telephone_meetings, whom_to_ring
from calls.models import BookedDictation
from clients.models import Client
from secretariat import ledger
from secretariat.office.models import Secretary, User

from . import booked_mail, booking
from .booking import NotBooked


def is_open(booked: BookedDictation, *, at: datetime) -> bool:
    """Whether it still may: it stands, and nobody is being rung for it."""
    meeting = booked.meeting
    return meeting.state == Meeting.State.CONFIRMED and meeting.starts_at > at + telephone_meetings.BEFORE


@transaction.atomic
def take_over(booked: BookedDictation, secretary: Secretary, *, by: User, at: datetime) -> BookedDictation:
    """She types it, and is rung; whoever was to type it is not. All of them hear so. Raises NotBooked."""
    diary_booking.locked(booked.meeting.diary_id, at)
    rows = BookedDictation.objects.select_for_update(of=("self",)).select_related("client", "contact")
    booked = rows.get(pk=booked.pk)
    meeting = booked.meeting = Meeting.objects.select_related("diary", "place").get(pk=booked.meeting_id)
    if not is_open(booked, at=at):
        raise NotBooked(_("It is under way, over or called off: it is not taken over any more."))
    stands = meeting.guests.filter(secretary=secretary).exists()
    if secretary.pk == booked.secretary_id and stands:
        raise NotBooked(_("%(name)s has it already.") % {"name": secretary.spoken_name})
    if not Client.objects.served_by(secretary).filter(pk=booked.client_id).exists():
        words = _("%(name)s does not answer for %(client)s.")
        raise NotBooked(words % {"name": secretary.spoken_name, "client": booked.client})
    if not whom_to_ring.may_be_rung(secretary):
        raise NotBooked(booking.cannot_be_rung(secretary, by))
    if busy := booking.taken([secretary], meeting.starts_at, meeting.ends_at, but_for=meeting):
        raise NotBooked(f"{busy}.")
    if not stands:
        hers = (planning.Coming(name=secretary.spoken_name, secretary_id=secretary.pk),)
        meeting = diary_booking.invite(meeting, hers, version=meeting.version, by=by, at=at)
    before, booked.secretary = booked.secretary_id, secretary
    booked.save(update_fields=["secretary"])
    for gone in meeting.guests.filter(secretary=before).exclude(secretary=secretary):
        meeting = diary_booking.take_off(meeting, gone, version=meeting.version, by=by, at=at)
    booked.meeting = meeting
    booking.see_whether_it_fits(meeting, by=by)
    booked_mail.tell(booked, booked_mail.OTHER, by=by, at=at)
    ledger.record(
        f"{booked_mail.SUBJECT}.taken_over",
        actor_id=by.pk,
        client_id=booked.client_id,
        subject=(booked_mail.SUBJECT, booked.pk),
    )
    return booked
