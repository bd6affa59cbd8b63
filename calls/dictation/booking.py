"""A time at which somebody dictates to her secretary by telephone: in the diary, and rung as it says."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q, QuerySet
from django.dispatch import receiver
from django.utils.translation import gettext as _

from calendar_app import booking, planning, signals
from calendar_app.models import Guest, Meeting
from calls import telephone_meetings, whom_to_ring
from calls.models import BookedDictation, MeetingCall
from clients import work
from clients.models import Assignment, Client, Contact, WorkItem
from secretariat.office.models import Secretary

from . import booked_mail

SETTLE = "calls.dictation_unsettled"
AT_ONCE = timedelta(minutes=5)  # so soon that the telephone says it sooner than a mail


class NotBooked(Exception):
    """It is not booked. The message says why."""


@dataclass(frozen=True)
class OnTheLine:
    """Who is rung besides who dictates: who types it, and whoever else is to be there."""

    typist: Secretary
    contacts: tuple[Contact, ...] = ()
    colleagues: tuple[Secretary, ...] = ()

    @property
    def ours(self) -> tuple[Secretary, ...]:
        return (self.typist, *(each for each in self.colleagues if each.pk != self.typist.pk))


def team_of(client: Client, *, besides: Secretary | None = None) -> QuerySet[Secretary]:
    """Who may type what a client dictates: whoever answers for it, but for the pool; and whoever books it."""
    turns = (Assignment.Turn.OWN, Assignment.Turn.STAND_IN)
    rows = Assignment.objects.current().filter(client=client, turn__in=turns)
    known = Q(pk__in=rows.values("secretary")) | Q(pk=besides and besides.pk)
    return Secretary.objects.filter(known).order_by("spoken_name", "pk")


def usual_typist(client: Client) -> Secretary | None:
    """Who answers for the client first."""
    rows = Assignment.objects.current().filter(client=client, turn=Assignment.Turn.OWN)
    first = rows.select_related("secretary").order_by("from_at", "pk").first()
    return first.secretary if first else None


@transaction.atomic
def book(
    contact: Contact, who: OnTheLine, *, on: date, begins: time, minutes: int, by, at: datetime
) -> BookedDictation:
    """All are rung then: who dictates first, then the others. Raises NotBooked.

    The diary is the client's, and so are its copies elsewhere: the secretary stands in it by name alone.
    """
    contacts = tuple(each for each in who.contacts if each.pk != contact.pk)
    for secretary in who.ours:
        if not whom_to_ring.may_be_rung(secretary):
            raise NotBooked(cannot_be_rung(secretary, by))
    numbers = {each.pk: whom_to_ring.numbers_to(each) for each in (contact, *contacts)}
    if silent := [each.name for each in (contact, *contacts) if not numbers[each.pk]]:
        words = _("There is no telephone number for calls to %(names)s. Enter it with the people first.")
        raise NotBooked(words % {"names": ", ".join(silent)})
    plan = planning.Plan(
        about=_("Dictation"),
        on=on,
        at=begins,
        minutes=minutes,
        manner=Meeting.Manner.TELEPHONE,
        we_ring=True,
        guests=(
            *(planning.Coming(name=each.spoken_name, secretary_id=each.pk) for each in who.ours),
            *(
                planning.Coming(name=each.name, number=numbers[each.pk][0]["number"], contact_id=each.pk)
                for each in contacts
            ),
        ),
    )
    diary = booking.kept(booking.diary_of(contact.client))
    try:
        booking.locked(diary.pk, at)  # before those who are booked, as where a meeting is moved
        if busy := taken(who.ours, *plan.moments(diary)):
            raise NotBooked(_("%(names)s. Choose another time.") % {"names": busy})
        meeting = booking.book(diary, plan, by=by, at=at)
    except planning.NotPossible as against:
        raise NotBooked(str(against)) from against
    booked = BookedDictation.objects.create(
        client=contact.client, meeting=meeting, contact=contact, secretary=who.typist
    )
    booked_mail.tell(booked, booked_mail.BOOKED, by=by, at=at)
    return booked


def cannot_be_rung(secretary: Secretary, by) -> str:
    """Why, in words to whoever wants her to be."""
    if secretary.user_id == by.pk:
        return _("There is no telephone number at which you could be rung: enter it under Shift.")
    words = _("%(name)s cannot be rung yet: her telephone is not confirmed. Choose somebody else.")
    return words % {"name": secretary.spoken_name}


def taken(
    ours: Iterable[Secretary], begins: datetime, ends: datetime, *, but_for: Meeting | None = None
) -> str:
    """Who of ours has another booked dictation then, whosever it is, in words; empty for nobody."""
    # Whoever books her at the same moment waits here.
    found = Secretary.objects.select_for_update().filter(pk__in=[each.pk for each in ours]).order_by("pk")
    others = Meeting.objects.standing().between(begins, ends).filter(dictation__isnull=False)
    others = others.exclude(pk=but_for and but_for.pk)
    names = [each.spoken_name for each in found if others.filter(guests__secretary=each).exists()]
    if not names:
        return ""
    words = _("%(names)s is booked for another dictation at that time")
    if len(names) > 1:
        words = _("%(names)s are booked for another dictation at that time")
    return words % {"names": ", ".join(names)}


@receiver(signals.meeting_changed, dispatch_uid="calls.booked_dictation_changed")
def meeting_changed(sender, meeting: Meeting, by, at: datetime, before, **rest) -> None:
    """Whoever is on the line hears of another time, or that it does not take place."""
    booked = BookedDictation.objects.filter(meeting=meeting).first()
    if booked is None or before is None:
        return
    booked.meeting = meeting
    if meeting.state == Meeting.State.CANCELLED:
        booked_mail.tell(booked, booked_mail.OFF, by=by, at=at)
    elif before.starts_at != meeting.starts_at and meeting.starts_at - at > AT_ONCE:
        booked_mail.tell(booked, booked_mail.MOVED, by=by, at=at)
    if before != booking.Before.of(meeting):
        see_whether_it_fits(meeting, by=by)


def see_whether_it_fits(meeting: Meeting, *, by) -> None:
    """Moved in the diary, where nobody looks at other clients', it may lie beside another of hers."""
    stands = meeting.state == Meeting.State.CONFIRMED
    if stands and not _ours(meeting).exists():
        return  # that nobody types it is still to be settled
    busy = taken(_ours(meeting), meeting.starts_at, meeting.ends_at, but_for=meeting) if stands else ""
    work.finish_all(subject=_subject(meeting), by=by, outcome=_("It is otherwise now."), kind=SETTLE)
    if busy:
        _to_a_person(meeting, _("%(names)s: move one of them.") % {"names": busy})


@receiver(signals.guest_taken_off, dispatch_uid="calls.booked_dictation_guest_off")
def guest_taken_off(sender, guest: Guest, meeting: Meeting, by, at: datetime, **rest) -> None:
    """Whoever is not expected any more hears so; whoever else of ours is on the line types in her place."""
    booked = BookedDictation.objects.filter(meeting=meeting).first()
    if booked is None:
        return
    booked_mail.tell_gone(booked, guest, by=by, at=at)
    if guest.secretary_id != booked.secretary_id:
        return
    other = _ours(meeting).exclude(pk=guest.secretary_id).first()
    if other:
        BookedDictation.objects.filter(pk=booked.pk).update(secretary=other)
        booked.secretary = other
        booked_mail.remind(booked, at=at)  # by the name of whoever types it now
    elif meeting.state == Meeting.State.CONFIRMED and meeting.starts_at > at:
        _to_a_person(meeting, _("Nobody is left who types a booked dictation. Book it anew with somebody."))


def _ours(meeting: Meeting) -> QuerySet[Secretary]:
    hers = meeting.guests.filter(secretary__isnull=False).values("secretary")
    return Secretary.objects.filter(pk__in=hers).order_by("spoken_name", "pk")


def _subject(meeting: Meeting) -> tuple[str, UUID]:
    return telephone_meetings.SUBJECT, meeting.pk


def _to_a_person(meeting: Meeting, because: str) -> None:
    work.open_item(
        SETTLE,
        subject=_subject(meeting),
        client=meeting.client_id,
        because=because,
        urgency=WorkItem.Urgency.TODAY,
    )


def did_not_come_about(booked: BookedDictation) -> bool:
    """Whether it was rung at its time, and they did not talk."""
    return (
        booked.meeting.state == Meeting.State.CONFIRMED
        and MeetingCall.objects.filter(meeting=booked.meeting, of=booked.meeting.starts_at, state="over")
        .exclude(result__in=[MeetingCall.Result.TALKED, MeetingCall.Result.CALLED_OFF])
        .exists()
    )


@transaction.atomic
def ring_again(booked: BookedDictation, *, by, at: datetime) -> None:
    """Ring all of them anew, in the next minute: the meeting is moved to it. Raises NotBooked."""
    booked = BookedDictation.objects.select_for_update(of=("self",)).get(pk=booked.pk)
    meeting = Meeting.objects.select_related("diary", "place").get(pk=booked.meeting_id)
    if not did_not_come_about(booked):
        raise NotBooked(_("It is not to be rung again: look at how it stands now."))
    soon = (at + timedelta(minutes=1)).astimezone(ZoneInfo(meeting.zone))
    soon = soon.replace(second=0, microsecond=0) + timedelta(minutes=1 if soon.second else 0)
    booking.locked(meeting.diary_id, at)
    ends = soon + timedelta(minutes=meeting.minutes)
    if busy := taken(_ours(meeting), soon, ends, but_for=meeting):
        raise NotBooked(_("%(names)s. Ring all again when that is over.") % {"names": busy})
    plan = replace(planning.plan_of(meeting), on=soon.date(), at=soon.time())
    word = booking.Word(because=_("rung again, for it did not come about"))
    try:
        booking.move(meeting, version=meeting.version, plan=plan, by=by, at=at, word=word)
    except planning.NotPossible as against:
        raise NotBooked(str(against)) from against
